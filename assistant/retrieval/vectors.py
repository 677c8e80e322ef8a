"""The vector arm: one Chroma collection a pair, in the pair's own index folder. The only importer of chromadb.

Chroma holds row numbers and vectors, no text. It is always given vectors of our own (embedding_function=None), and
one process writes at a time, under the index's lock.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from assistant.records import Level
from assistant.retrieval.lexical import Damaged

if TYPE_CHECKING:
    from chromadb.api.client import Client

_BATCH = 500
# Rows from which Chroma would keep its graph in files of its own. A damaged one of those ends the process, where a
# damaged SQLite file is told; made from the rows each time, a few hundred rows cost milliseconds.
_NEVER = 1_000_000_000


class Embedder(Protocol):
    """Turns texts into vectors of one length. `name` says which model, so that vectors are never mixed.

    `least` is the most closed level of which it may read text.
    """

    name: str
    least: Level

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text; raises ModelFailed."""
        ...


@contextlib.contextmanager
def _damage() -> Iterator[None]:
    """Damaged, whatever Chroma raises: bare Exceptions and, for some damaged folders, Rust panics, which are none."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Damaged("chroma") from error


def _look_at(path: Path) -> None:
    """Find damaged pages before Chroma does, which can end the process over them."""
    if path.is_file():
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise Damaged("pages")


class Vectors:
    """The vectors of one index. Raises Damaged on anything that is off."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _damage():
            _look_at(folder / "chroma.sqlite3")
            client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
        self._client = cast("Client", client)
        try:
            with _damage():
                self._rows = self._client.get_or_create_collection(
                    "chunks",
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "sync_threshold": _NEVER}},
                )
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the files."""
        with contextlib.suppress(Damaged), _damage():
            self._client.close()

    def add(self, ids: Sequence[int], vectors: Sequence[Sequence[float]]) -> None:
        """Put vectors in under the row numbers of their chunks; one that is there already is replaced."""
        if len(ids) != len(vectors):
            raise Damaged("one vector a chunk")
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            rows: list[Sequence[float] | Sequence[int]] = list(vectors[part])
            with _damage():
                self._rows.upsert(ids=[str(n) for n in ids[part]], embeddings=rows)

    def remove(self, ids: Sequence[int]) -> None:
        """Take rows out."""
        if ids:
            with _damage():
                self._rows.delete(ids=[str(n) for n in ids])

    def get(self, ids: Sequence[int]) -> dict[int, Sequence[float]]:
        """Vectors by row number."""
        if not ids:
            return {}
        with _damage():
            found = self._rows.get(ids=[str(n) for n in ids], include=["embeddings"])
        vectors = found["embeddings"]
        if vectors is None or len(vectors) != len(ids):
            raise Damaged("vectors are missing")
        return {int(row): [float(x) for x in vector] for row, vector in zip(found["ids"], vectors, strict=True)}

    def count(self) -> int:
        """How many rows there are."""
        with _damage():
            return self._rows.count()

    def search(self, vector: Sequence[float], most: int) -> dict[int, float]:
        """Cosine of the nearest rows, by row number."""
        asked: list[Sequence[float] | Sequence[int]] = [vector]
        count = self.count()
        if not count:
            return {}
        with _damage():
            found = self._rows.query(query_embeddings=asked, n_results=min(most, count), include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return {int(row): 1.0 - distance for row, distance in zip(found["ids"][0], distances, strict=True)}
