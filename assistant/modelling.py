"""The model that prep.toml names, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from assistant.endpoint.address import host_of, is_loopback
from assistant.endpoint.client import Client
from assistant.endpoint.ladder import Ladder
from assistant.errors import Refused
from assistant.privacy import gate
from assistant.privacy.gate import Outgoing
from assistant.programme.folder import Folder
from assistant.records import Endpoint


class Modelling(Struct, frozen=True):
    """A model to ask. `here` says that it runs on this very machine; `say` takes what people should know meanwhile."""

    ladder: Ladder
    here: bool
    say: Callable[[str], None]


class _LocalDoor:
    """Lets requests to this machine out as they are."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def out(self, body: bytes, task: str, audience: str) -> Outgoing:
        return gate.local(body, host_of(self._endpoint.base_url), self._endpoint.name, task, audience)

    def back(self, text: str) -> str:
        return text


def modelling(
    folder: Folder, say: Callable[[str], None], progress: Callable[[int], None] = lambda _: None
) -> Modelling | None:
    """The model of a programme, None where prep.toml names none; raises Refused for one on another machine."""
    endpoint = folder.programme.model
    if endpoint is None:
        return None
    if not is_loopback(endpoint.base_url):
        raise Refused(
            "prep.toml: [model] base_url is not on this machine and names would go there as they stand;"
            " use a loopback address (http://127.0.0.1:...), or take the table out"
        )
    client = Client(endpoint, say, progress)
    ladder = Ladder(client, _LocalDoor(endpoint), folder.private / "model.json", folder.scratch, say)
    return Modelling(ladder, True, say)
