"""The index folder of one pair: brought up to date by content hash, made anew when anything is off.

    <folder>/current             the name of the generation in use, replaced as a whole
    <folder>/<generation>/       lexical.sqlite3 and, where there are vectors, vectors/
    <folder>/lock                held by the one writer

A reader never waits: while another process writes, or where nothing can be written, an index in memory serves.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from assistant.files import private_folder, write_bytes_atomic
from assistant.retrieval.chunks import Chunk, Document
from assistant.retrieval.lexical import Damaged, Lexical
from assistant.retrieval.vectors import Embedder, Vectors

_PATIENCE = 10.0  # seconds to wait for another writer
Progress = Callable[[int, int], None]


class Index:
    """A searchable set of documents that matches them exactly."""

    def __init__(self, lexical: Lexical, vectors: Vectors | None, embedder: Embedder | None) -> None:
        self.lexical, self.vectors, self.embedder = lexical, vectors, embedder

    def close(self) -> None:
        self.lexical.close()


def open_index(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    """The index of `documents`, from `folder` if it is up to date there, else updated, else made anew."""
    with contextlib.suppress(Damaged, sqlite3.Error, OSError):
        index = _opened(folder, embedder)
        if index.lexical.digests() == {d.path: d.digest for d in documents}:
            return index
        index.close()
    try:
        return _written(folder, documents, embedder)
    except (OSError, sqlite3.Error, Damaged):
        return _in_memory(documents)


def rebuilt(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    """A fresh generation, whatever there is: for an index that turned out damaged when it was asked."""
    try:
        with _lock(folder):
            return _fresh(folder, documents, embedder)
    except (OSError, sqlite3.Error, Damaged):
        return _in_memory(documents)


def _opened(folder: Path, embedder: Embedder | None) -> Index:
    name = (folder / "current").read_text(encoding="utf-8").strip()
    path = folder / name / "lexical.sqlite3"
    if not name or "/" in name or not path.is_file():
        raise Damaged("no generation")
    lexical = Lexical(path.resolve())
    try:
        lexical.check(embedder.name if embedder else "", path.stat().st_size)
        vectors = Vectors(folder / name / "vectors") if embedder else None
        if vectors is not None and vectors.count() < len(lexical.all_ids()):
            raise Damaged("vectors are missing")
    except BaseException:
        lexical.close()
        raise
    return Index(lexical, vectors, embedder)


def _lock(folder: Path) -> contextlib.AbstractContextManager[object]:
    from filelock import FileLock, Timeout

    private_folder(folder)
    lock = FileLock(folder / "lock", timeout=_PATIENCE)

    @contextlib.contextmanager
    def held() -> object:  # type: ignore[misc]
        try:
            lock.acquire()
        except Timeout:
            raise OSError("another process is writing") from None
        try:
            yield
        finally:
            lock.release()

    return held()  # type: ignore[no-any-return,operator]


def _written(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    with _lock(folder):
        try:
            index = _opened(folder, embedder)
        except (Damaged, sqlite3.Error, OSError):
            return _fresh(folder, documents, embedder)
        try:
            _update(index, documents)
        except (Damaged, sqlite3.Error):
            index.close()
            return _fresh(folder, documents, embedder)
        return index


def _update(index: Index, documents: list[Document]) -> None:
    """Take out what changed or went, put in what is new; vectors first, so that no row is ever without one."""
    there = index.lexical.digests()
    wanted = {d.path: d.digest for d in documents}
    gone = [path for path, digest in there.items() if wanted.get(path) != digest]
    new = [d for d in documents if there.get(d.path) != d.digest]
    old_rows = [row for path in gone for row in index.lexical.ids_of(path)]
    index.lexical.update(gone, new)
    if index.vectors is not None and index.embedder is not None:
        rows = [row for d in new for row in index.lexical.ids_of(d.path)]
        _embed(index, rows)
        index.vectors.remove(sorted(set(old_rows) - set(rows)))


def _embed(index: Index, rows: list[int]) -> None:
    if index.vectors is None or index.embedder is None or not rows:
        return
    stored = index.lexical.get(rows)
    vectors = index.embedder.embed([embedded_text(stored[row]) for row in rows])
    index.vectors.add(rows, vectors)


def embedded_text(chunk: Chunk) -> str:
    """What of a chunk is embedded: its heading path before its text."""
    return " > ".join(chunk.section) + "\n" + chunk.text if chunk.section else chunk.text


def _fresh(folder: Path, documents: list[Document], embedder: Embedder | None) -> Index:
    name = secrets.token_hex(8)
    home = private_folder(folder / name)
    lexical = Lexical.create(home / "lexical.sqlite3", embedder.name if embedder else "")
    index = Index(lexical, Vectors(home / "vectors") if embedder else None, embedder)
    try:
        lexical.update([], documents)
        _embed(index, lexical.all_ids())
        write_bytes_atomic(folder / "current", name.encode(), folder)
    except BaseException:
        lexical.close()
        shutil.rmtree(home, ignore_errors=True)
        raise
    for other in folder.iterdir():  # what an older generation, or a process that died, left behind
        if other.name not in (name, "current", "lock"):
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)
    return index


def _in_memory(documents: list[Document]) -> Index:
    lexical = Lexical.create(None, "")
    lexical.update([], documents)
    return Index(lexical, None, None)
