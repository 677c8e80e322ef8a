"""The index folder of one pair: brought up to date by content hash, made anew when anything is off.

    <folder>/current             the generation in use and how its SQLite file was left, replaced as a whole
    <folder>/<generation>/       lexical.sqlite3 and, where there are vectors, vectors/
    <folder>/lock                held by the one writer
    <folder>/proof.json          its hash as of an earlier day

`seal` tells whether the SQLite file is as it was left. `current` is written last, so a writer that died half-way, in
either arm, leaves an index that is seen to be damaged.
Who finds an index that is up to date never waits; who must write waits a while for another writer. Where nothing can
be written, or nothing embedded, an index in memory serves.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.errors import ModelFailed
from assistant.files import private_folder
from assistant.retrieval import seal
from assistant.retrieval.chunks import Chunk, Document, all_chunks
from assistant.retrieval.lexical import Damaged, Lexical, may_be_embedded
from assistant.retrieval.vectors import Embedder, Vectors

_PATIENCE = 10.0  # seconds to wait for another writer
_FILE = "lexical.sqlite3"
_OFF = (Damaged, sqlite3.Error, OSError)  # what an index that is off, or a disk, answers with


class Index:
    """A searchable set of documents that matches them exactly. `path` is its generation, None in memory."""

    def __init__(
        self, lexical: Lexical, vectors: Vectors | None, embedder: Embedder | None, path: Path | None = None
    ) -> None:
        self.lexical, self.vectors, self.embedder, self.path = lexical, vectors, embedder, path

    def close(self) -> None:
        self.lexical.close()
        if self.vectors is not None:
            self.vectors.close()


def open_index(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    """The index of `documents`, from `folder` if it is up to date there, else updated, else made anew."""
    with contextlib.suppress(*_OFF):
        index = _opened(folder, embedder)
        if _matches(index, documents):
            return index
        index.close()
    try:
        return _written(folder, documents, embedder)
    except (*_OFF, ModelFailed):
        return _in_memory(documents)


def rebuilt(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    """A fresh generation, whatever there is: for an index that turned out damaged when it was asked."""
    try:
        with _lock(folder):
            return _fresh(folder, documents, embedder)
    except (*_OFF, ModelFailed):
        return _in_memory(documents)


def _opened(folder: Path, embedder: Embedder | None, to_write: bool = False) -> Index:
    """The generation in use. Without an embedder any will do to read, so that one offline command costs no vectors."""
    sealed = seal.read(folder)
    if sealed is None:
        raise Damaged("the pointer")
    home = folder / sealed.generation
    if not seal.holds(folder, sealed, home / _FILE):
        raise Damaged("the file")
    index = Index(Lexical((home / _FILE).resolve()), None, embedder, home)
    try:
        if index.lexical.stamp() != sealed.stamp:
            raise Damaged("a writer was broken off")
        index.lexical.check(embedder.name if embedder else "" if to_write else None)
        index.vectors = Vectors(home / "vectors") if embedder else None
        if index.vectors is not None and index.vectors.count() != len(index.lexical.embedded()):
            raise Damaged("vectors are missing")
    except BaseException:
        index.close()
        raise
    return index


def _matches(index: Index, documents: list[Document]) -> bool:
    try:
        return index.lexical.digests() == {d.path: d.digest for d in documents}
    except BaseException:
        index.close()
        raise


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    private_folder(folder)
    lock = FileLock(folder / "lock", timeout=_PATIENCE)
    try:
        lock.acquire()
    except (Timeout, NotImplementedError):  # the latter on file systems without locks
        raise OSError("another process is writing, or nothing can be locked") from None
    try:
        yield
    finally:
        lock.release()


def _written(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    with _lock(folder):
        try:
            index = _opened(folder, embedder, to_write=True)
        except _OFF:
            return _fresh(folder, documents, embedder)
        try:
            _update(index, documents)
            _seal(folder, index)
        except (Damaged, sqlite3.Error):
            index.close()
            return _fresh(folder, documents, embedder)
        except BaseException:
            index.close()
            raise
        return index


def _update(index: Index, documents: list[Document]) -> None:
    """Take out what changed or went, put in what is new. What can fail for long, embedding, comes before any change."""
    there = index.lexical.digests()
    wanted = {d.path: d.digest for d in documents}
    gone = [path for path, digest in there.items() if wanted.get(path) != digest]
    new = [d for d in documents if there.get(d.path) != d.digest]
    if not gone and not new:
        return
    old_rows = [row for path in gone for row in index.lexical.ids_of(path)]
    vectors = _embedded(index.embedder, new, _vectors_of(index, old_rows))
    new_rows = index.lexical.update(gone, new)
    if index.vectors is not None:
        index.vectors.remove(old_rows)  # first, since SQLite gives their numbers out again
        _add(index, new_rows, vectors)


def _vectors_of(index: Index, rows: list[int]) -> dict[str, Sequence[float]]:
    """The vectors of chunks that go, by their text: most of a note that was changed is as it was."""
    if index.vectors is None:
        return {}
    embedded = index.lexical.embedded()
    there = index.lexical.get(row for row in rows if row in embedded)
    vectors = index.vectors.get(list(there))
    return {embedded_text(chunk): vectors[row] for row, chunk in there.items()}


def _embedded(
    embedder: Embedder | None, documents: list[Document], known: Mapping[str, Sequence[float]]
) -> list[Sequence[float]]:
    """A vector for each chunk that may be embedded, in their order, out of `known` where one is; raises ModelFailed."""
    if embedder is None:
        return []
    texts = [embedded_text(c) for c in all_chunks(documents) if may_be_embedded(c, embedder.least)]
    new = [text for text in dict.fromkeys(texts) if text not in known]
    fresh = embedder.embed(new) if new else []
    if len(fresh) != len(new):
        raise Damaged("one vector a chunk")
    found = {**known, **dict(zip(new, fresh, strict=True))}
    return [found[text] for text in texts]


def _add(index: Index, rows: list[int], vectors: Sequence[Sequence[float]]) -> None:
    """Put the vectors of new chunks in; `rows` are all new chunks, those without a vector too."""
    embedded = index.lexical.embedded()
    if index.vectors is not None:
        index.vectors.add([row for row in rows if row in embedded], vectors)


def _seal(folder: Path, index: Index) -> None:
    """Make a generation the one in use, as it is now."""
    if index.path is not None:
        seal.write(folder, index.path.name, index.lexical.stamp(), index.path / _FILE)


def embedded_text(chunk: Chunk) -> str:
    """What of a chunk is embedded: its heading path before its text."""
    return " > ".join(chunk.section) + "\n" + chunk.text if chunk.section else chunk.text


def _fresh(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    vectors = _embedded(embedder, documents, {})
    home = private_folder(folder / secrets.token_hex(8))
    index: Index | None = None
    try:
        index = Index(_new_lexical(home / _FILE, embedder), None, embedder, home)
        rows = index.lexical.update([], documents)
        if embedder is not None:
            index.vectors = Vectors(home / "vectors")
            _add(index, rows, vectors)
        _seal(folder, index)
    except BaseException:
        if index is not None:
            index.close()
        shutil.rmtree(home, ignore_errors=True)
        raise
    with contextlib.suppress(OSError):
        _tidy(folder, home.name)
    return index


def _new_lexical(path: Path, embedder: Embedder | None) -> Lexical:
    return Lexical.create(path, embedder.name, embedder.least) if embedder else Lexical.create(path, "")


def _tidy(folder: Path, name: str) -> None:
    """Remove what an older generation, or a process that died, left behind."""
    for other in folder.iterdir():
        if other.name not in (name, "current", "lock", "proof.json"):
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)


def _in_memory(documents: list[Document]) -> Index:
    lexical = Lexical.create(None, "")
    lexical.update([], documents)
    return Index(lexical, None, None)
