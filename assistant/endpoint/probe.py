"""Does a service answer, and has it the model? Nothing of anybody's is sent: only its list of models is asked for."""

from __future__ import annotations

from msgspec import Struct

from assistant.endpoint.address import host_of, key_of
from assistant.endpoint.answer import decoded
from assistant.endpoint.exchange import Patience, exchange
from assistant.endpoint.faults import fault, is_page, of_vectors
from assistant.errors import ModelFailed
from assistant.records import Endpoint

_PATIENCE = Patience(connect=3.0, silence=10.0, whole=15.0)
_SHOWN = 5

# Where the programs that run models at home listen, unless they are told otherwise.
USUAL = {"Ollama": 11434, "LM Studio": 1234, "llama.cpp": 8080, "vLLM": 8000}


class Found(Struct, frozen=True):
    """A service on this machine, and the models it has."""

    program: str
    base_url: str
    models: tuple[str, ...]


def models(endpoint: Endpoint) -> tuple[str, ...]:
    """The names of the models of a service; raises ModelFailed, and Unusable or Refused where the key is amiss."""
    _, text = exchange(endpoint, key_of(endpoint, "model"), "/models", None, _PATIENCE)
    if not text.strip() or is_page(text):
        raise fault("page" if text.strip() else "empty", endpoint)
    body = decoded(text)
    listed = body.get("data", body.get("models")) if isinstance(body, dict) else None
    if not isinstance(listed, list):
        raise fault("no-chat", endpoint)
    return tuple(str(entry["id"]) for entry in listed if isinstance(entry, dict) and "id" in entry)


def amiss(endpoint: Endpoint, table: str = "model") -> str | None:
    """What is wrong with a service and its model, as one sentence with the mend; None where all is well."""
    try:
        there = models(endpoint)
    except ModelFailed as error:
        return f"prep.toml: [{table}] {error if table == 'model' else of_vectors(str(error))}"
    if not there or any(_same(endpoint.name, name) for name in there):
        return None
    some = ", ".join(there[:_SHOWN]) + (f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else "")
    host = host_of(endpoint.base_url)
    return f"prep.toml: [{table}] {host} lists no model {endpoint.name}; mend `name`, it has {some}"


def at_home(ports: dict[str, int] = USUAL) -> list[Found]:
    """The services that answer on this machine at their usual ports."""
    found = []
    for program, port in ports.items():
        url = f"http://127.0.0.1:{port}/v1"
        try:
            found.append(Found(program, url, models(Endpoint(url, "any"))))
        except ModelFailed:
            continue
    return found


def _same(wanted: str, listed: str) -> bool:
    """Is it the same model? Ollama adds :latest, Gemini puts models/ before it."""
    return wanted.removesuffix(":latest") == listed.removesuffix(":latest").removeprefix("models/")
