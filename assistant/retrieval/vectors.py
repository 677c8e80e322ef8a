"""The vector arm: one Chroma collection a pair, in the pair's own index folder. The only importer of chromadb.

Chroma holds row numbers and vectors, no text. It is always given vectors of our own (embedding_function=None), and
one process writes at a time, under the index's lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.retrieval.lexical import Damaged

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_BATCH = 500


class Embedder(Protocol):
    """Turns texts into vectors of one length. `name` says which model, so that vectors are never mixed."""

    name: str

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text; raises ModelFailed."""
        ...


class Vectors:
    """The vectors of one index. Raises Damaged on anything that is off, whatever Chroma raised."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._client: ClientAPI = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
            self._rows = self._client.get_or_create_collection(
                "chunks", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except Exception as error:  # noqa: BLE001  Chroma raises bare and Rust errors for a damaged folder
            raise Damaged("chroma") from error

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def add(self, ids: Sequence[int], vectors: Sequence[Sequence[float]]) -> None:
        """Put vectors in under the row numbers of their chunks; one that is there already is replaced."""
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            try:
                self._rows.upsert(ids=[str(n) for n in ids[part]], embeddings=[list(v) for v in vectors[part]])
            except Exception as error:  # noqa: BLE001
                raise Damaged("chroma") from error

    def remove(self, ids: Sequence[int]) -> None:
        """Take rows out."""
        if ids:
            try:
                self._rows.delete(ids=[str(n) for n in ids])
            except Exception as error:  # noqa: BLE001
                raise Damaged("chroma") from error

    def count(self) -> int:
        """How many rows there are."""
        try:
            return self._rows.count()
        except Exception as error:  # noqa: BLE001
            raise Damaged("chroma") from error

    def search(self, vector: Sequence[float], most: int) -> dict[int, float]:
        """Cosine of the nearest rows, by row number."""
        try:
            count = self._rows.count()
            if not count:
                return {}
            found = self._rows.query(query_embeddings=[list(vector)], n_results=min(most, count), include=["distances"])
        except Exception as error:  # noqa: BLE001
            raise Damaged("chroma") from error
        distances = (found["distances"] or [[]])[0]
        return {int(row): 1.0 - distance for row, distance in zip(found["ids"][0], distances, strict=True)}
