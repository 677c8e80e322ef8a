"""Vectors without a model: how often each piece of three to five letters is in a text, hashed into 256 numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import llm
import numpy as np

SIZE = 256
_PRIME = 16777619


def vector(text: str) -> list[float]:
    """Of length 1, but for an empty text."""
    raw = np.frombuffer(f" {' '.join(text.lower().split())} ".encode(), dtype=np.uint8).astype(np.uint32)
    counts = np.zeros(SIZE)
    for length in (3, 4, 5):
        hashed = np.full(max(0, len(raw) - length + 1), 2166136261, dtype=np.uint32)
        for at in range(length):
            hashed = (hashed ^ raw[at : at + len(hashed)]) * np.uint32(_PRIME)
        counts += np.bincount((hashed >> 8) % SIZE, minlength=SIZE)
    weighed = np.log1p(counts)
    weighed -= weighed.mean()
    norm = float(np.linalg.norm(weighed)) or 1.0
    return [float(x) for x in weighed / norm]


class Hashed(llm.EmbeddingModel):  # type: ignore[misc]
    model_id = "hashed"
    batch_size = 500

    def embed_batch(self, items: Iterable[str | bytes]) -> Iterator[list[float]]:
        return (vector(item if isinstance(item, str) else item.decode()) for item in items)


@llm.hookimpl  # type: ignore[untyped-decorator]
def register_embedding_models(register: Any) -> None:
    register(Hashed())
