"""The model that prep.toml names, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from assistant.desk import Desk
from assistant.endpoint.client import Client
from assistant.endpoint.ladder import Ladder


class Modelling(Struct, frozen=True):
    """A model to ask. `here` says that it runs on this very machine; `say` takes what people should know meanwhile."""

    ladder: Ladder
    here: bool
    say: Callable[[str], None]


def modelling(
    desk: Desk, say: Callable[[str], None], progress: Callable[[int], None] = lambda _: None
) -> Modelling | None:
    """The model of a programme behind the gate of a pair, None where prep.toml names none; raises Refused."""
    folder, endpoint = desk.folder, desk.folder.programme.model
    if endpoint is None:
        return None
    gate = desk.gate(endpoint)
    client = Client(endpoint, say, progress, folder.ledger(desk.pair.slug))
    ladder = Ladder(client, gate, folder.private / "model.json", folder.scratch, say)
    return Modelling(ladder, gate.local, say)
