"""The embedding service that prep.toml names: what goes there goes through the gate and stands in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from assistant.endpoint.address import key_of
from assistant.endpoint.connection import connect
from assistant.errors import ModelFailed, Refused
from assistant.ledger import RULES, Ledger
from assistant.privacy.gate import Gate
from assistant.records import Audience, Endpoint, Level

_BATCH = 64
_SECONDS = 60.0


class _Vector(Struct):
    embedding: list[float]
    index: int | None = None


class _Answer(Struct):
    data: list[_Vector]


class Embeddings:
    """Vectors from an OpenAI-compatible endpoint, behind one gate."""

    def __init__(self, endpoint: Endpoint, gate: Gate, ledger: Ledger) -> None:
        """Raises Refused for a key that would go in the clear, Unusable for a key variable that isn't set."""
        self._endpoint, self._gate, self._ledger = endpoint, gate, ledger
        self._key = key_of(endpoint, "embedding")
        self.name = f"{endpoint.base_url} {endpoint.name}" + ("" if gate.local else f" {gate.under}-{RULES}")
        self.least = Level.CONFIDENTIAL if gate.local else Level.PAIR

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text; raises ModelFailed with the mend."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors += self._batch(list(texts[start : start + _BATCH]))
        return vectors

    def _batch(self, texts: list[str]) -> list[list[float]]:
        import httpx2
        import openai

        request = {"model": self._endpoint.name, "input": texts, "encoding_format": "float"}
        client = connect(self._endpoint, self._key, _SECONDS, _SECONDS)
        try:
            outgoing = self._gate.seal(request, "embedding", Audience.OWN)
            self._ledger.record(outgoing)
            headers = {"Content-Type": "application/json"}
            response = client.post(
                "/embeddings", cast_to=httpx2.Response, content=outgoing.body, options={"headers": headers}
            )
            return self._read(response, len(texts))
        except Refused as error:
            raise ModelFailed(f"{error}; the search goes on by words") from None
        except (openai.OpenAIError, httpx2.HTTPError, OSError, ValueError) as error:
            raise ModelFailed(
                f"the embedding service at {self._endpoint.base_url} gave no vectors ({type(error).__name__});"
                " start it, or mend [embedding] in prep.toml; the search goes on by words"
            ) from None
        finally:
            client.close()

    def _read(self, response: Any, wanted: int) -> list[list[float]]:
        """The vectors in the order of their texts."""
        data = msgspec.json.decode(response.content, type=_Answer).data
        if all(row.index is not None for row in data):
            data.sort(key=lambda row: row.index or 0)
        if len(data) != wanted:
            raise ModelFailed(
                f"the embedding service at {self._endpoint.base_url} gave {len(data)} vectors"
                f" for {wanted} texts; name another model in prep.toml"
            )
        return [row.embedding for row in data]
