"""The embedding service that prep.toml names.

Text of notes goes there as it stands, so it must be a service on this very machine (a loopback address).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.endpoint.address import key_of
from assistant.endpoint.connection import connect
from assistant.errors import ModelFailed, Refused
from assistant.loopback import is_loopback
from assistant.records import Endpoint

_BATCH = 64
_SECONDS = 60.0


class Embeddings:
    """Vectors from an OpenAI-compatible endpoint on this machine."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Raises Refused for an address that is not this machine, Unusable for a key variable that isn't set."""
        if not is_loopback(endpoint.base_url):
            raise Refused(
                "prep.toml: [embedding] base_url is not on this machine and notes would go there as they stand;"
                " use a loopback address (http://127.0.0.1:...), or take the table out"
            )
        self._endpoint = endpoint
        self._key = key_of(endpoint, "embedding")
        self.name = f"{endpoint.base_url} {endpoint.name}"

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text; raises ModelFailed with the mend."""
        import openai

        client = connect(self._endpoint, self._key, _SECONDS, _SECONDS)
        vectors: list[list[float]] = []
        try:
            for start in range(0, len(texts), _BATCH):
                answer = client.embeddings.create(
                    model=self._endpoint.name, input=list(texts[start : start + _BATCH]), encoding_format="float"
                )
                vectors += [list(row.embedding) for row in answer.data]
        except (openai.OpenAIError, ValueError, AttributeError, TypeError) as error:
            raise ModelFailed(
                f"the embedding service at {self._endpoint.base_url} gave no vectors ({type(error).__name__});"
                " start it, or mend [embedding] in prep.toml; the search goes on by words"
            ) from None
        finally:
            client.close()
        if len(vectors) != len(texts):
            raise ModelFailed(
                f"the embedding service at {self._endpoint.base_url} gave {len(vectors)} vectors"
                f" for {len(texts)} texts; name another model in prep.toml"
            )
        return vectors
