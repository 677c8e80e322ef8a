"""The embedding service that prep.toml names: what goes there goes through the gate and stands in the ledger."""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from assistant.endpoint.address import key_of
from assistant.endpoint.exchange import Patience, exchange
from assistant.endpoint.faults import fault, is_page, of_vectors
from assistant.errors import ModelFailed, Refused
from assistant.ledger import RULES, Ledger
from assistant.privacy.gate import Gate
from assistant.records import Audience, Endpoint, Level

_BATCH = 64
_PATIENCE = Patience(connect=10.0, silence=60.0, whole=120.0, most=50_000_000)


class _Vector(Struct):
    embedding: list[float] | str
    index: int | None = None


class _Answer(Struct):
    data: list[_Vector]


class Outage(Struct):
    """What the service failed with, so that nobody waits for it twice in one command; `tell` hears of it once."""

    tell: Callable[[str], None]
    failed: str | None = None


class Embeddings:
    """Vectors from an OpenAI-compatible endpoint, behind one gate."""

    def __init__(self, endpoint: Endpoint, gate: Gate, ledger: Ledger, outage: Outage) -> None:
        """Raises Refused for a key that would go in the clear, Unusable for a key variable that isn't set."""
        self._endpoint, self._gate, self._ledger, self._outage = endpoint, gate, ledger, outage
        self._key = key_of(endpoint, "embedding")
        self.name = f"{endpoint.base_url} {endpoint.name}" + ("" if gate.local else f" {gate.under}-{RULES}")
        self.least = Level.CONFIDENTIAL if gate.local else Level.PAIR

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text; raises ModelFailed with the mend, at once where the service has failed before."""
        if self._outage.failed is not None:
            raise ModelFailed(self._outage.failed)
        vectors: list[list[float]] = []
        try:
            for start in range(0, len(texts), _BATCH):
                vectors += self._batch(list(texts[start : start + _BATCH]))
        except (ModelFailed, Refused) as error:
            self._outage.failed = f"{of_vectors(str(error))} (the search goes by words)"
            self._outage.tell(self._outage.failed)
            raise ModelFailed(self._outage.failed) from None
        return vectors

    def _batch(self, texts: list[str]) -> list[list[float]]:
        request = {"model": self._endpoint.name, "input": texts, "encoding_format": "float"}
        outgoing = self._gate.seal(request, "embedding", Audience.OWN)
        self._ledger.record(outgoing)
        _, text = exchange(self._endpoint, self._key, "/embeddings", outgoing, _PATIENCE)
        return self._read(text, len(texts))

    def _read(self, text: str, wanted: int) -> list[list[float]]:
        """The vectors in the order of their texts; raises Fault and ModelFailed."""
        if not text.strip() or is_page(text):
            raise fault("page" if text.strip() else "empty", self._endpoint)
        try:
            data = msgspec.json.decode(text, type=_Answer).data
            vectors = [(row.index if row.index is not None else place, _numbers(row)) for place, row in enumerate(data)]
        except (ValueError, RecursionError):
            raise fault("no-chat", self._endpoint) from None
        if len(vectors) != wanted or not vectors[0][1] or len({len(numbers) for _, numbers in vectors}) != 1:
            raise ModelFailed(
                f"the embedding service at {self._endpoint.base_url} gave {len(vectors)} vectors for {wanted} texts,"
                " or vectors of different lengths; name another model under [embedding] in prep.toml"
            )
        return [numbers for _, numbers in sorted(vectors, key=lambda vector: vector[0])]


def _numbers(row: _Vector) -> list[float]:
    """A vector, however the service writes it; raises ValueError for one that is none."""
    if isinstance(row.embedding, str):
        raw = base64.b64decode(row.embedding, validate=True)
        found = list(struct.unpack(f"<{len(raw) // 4}f", raw[: len(raw) // 4 * 4]))
    else:
        found = row.embedding
    if not all(map(math.isfinite, found)) or not any(found):
        raise ValueError
    return found
