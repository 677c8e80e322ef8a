"""The model that prep.toml names, ready to be asked."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from assistant.desk import Desk
from assistant.endpoint.client import Client
from assistant.endpoint.exchange import Patience
from assistant.endpoint.faults import fault
from assistant.endpoint.ladder import Ladder
from assistant.reading.reader import Bar, ModelReader, Say, Way
from assistant.records import Audience, Endpoint, Level, Outgoing

if TYPE_CHECKING:  # imported where they are called for
    from assistant.privacy.gate import Gate
    from assistant.writers.modelled import Dates, Draft, Editor, Setting


class Modelling(Struct, frozen=True):
    """A model to ask. `admits` says what it may read for an audience; `say` takes what people should know meanwhile."""

    ladder: Ladder
    admits: Callable[[Level, Audience], bool]
    say: Callable[[str], None]

    def may_read(self, audience: Audience) -> Callable[[Level], bool]:
        """Of which levels the model may read text, for this audience."""
        return partial(self._admitted, audience)

    def editor(self, desk: Desk, setting: Setting, dates: Dates) -> Editor:
        """Has drafts of a pair written anew, from what the audience of the setting may read."""
        from assistant.writers.modelled import Editor

        readable, override = desk.readable(setting.audience), desk.folder.root / "prompts"
        return Editor(setting, readable, dates, override, self.may_read(setting.audience))

    def first_request(self, editor: Editor, draft: Draft) -> Outgoing | None:
        """What would be sent first for a draft, None where there is nothing to send."""
        task = editor.task(draft)
        return self.ladder.outgoing(task) if task else None

    def _admitted(self, audience: Audience, level: Level) -> bool:
        return self.admits(level, audience)


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
    return Modelling(ladder, gate.admits, say)


def reader(desk: Desk, say: Say, bar: Bar, ask: bool = True) -> ModelReader | None:
    """The model of a programme as a reader of notes, None where it is to read none, as of a panel; not asking, it tells what it read."""
    endpoint = desk.folder.programme.model
    if endpoint is None or not endpoint.reads_notes or desk.pair.is_panel:
        return None
    return ModelReader(desk.notebook, endpoint, partial(_way, desk, endpoint, say) if ask else None, say, bar)


def next_reading(desk: Desk, say: Say, bar: Bar) -> tuple[Outgoing, int] | None:
    """The request that has the first unread note read, and how many notes are unread; None, and the desk knows what
    was read, where there is none. Raises Refused.
    """
    notes = reader(desk, say, bar, ask=False)
    unread = notes.next_task() if notes else None
    if notes is None or unread is None:
        desk.read_by(notes)
        return None
    way = _way(desk, notes.endpoint, say)
    return way.ladder(math.inf).outgoing(notes.task(unread[0], way.gate)), unread[1]


def _way(desk: Desk, endpoint: Endpoint, say: Say) -> Way:
    """The way by which notes go to a model; raises Refused."""
    gate, folder = desk.gate(endpoint), desk.folder

    def ladder(end: float) -> Ladder:
        door = _Door(gate, endpoint, end)
        left = max(end - time.monotonic(), 1.0)
        usual = Patience()
        patience = Patience(min(usual.connect, left), min(usual.silence, left), left)
        client = Client(endpoint, say, door.in_time, folder.ledger(desk.pair.slug), patience)
        return Ladder(client, door, folder.private / "model.json", folder.scratch, say)

    return Way(gate, ladder)


class _Door:
    """The gate for notes, open until a moment; tokens stay in the answer, whose words are looked up as they were sent."""

    def __init__(self, gate: Gate, endpoint: Endpoint, end: float) -> None:
        self._gate, self._endpoint, self._end = gate, endpoint, end

    def out(self, body: bytes, task: str, audience: str) -> Outgoing:
        self.in_time()
        return self._gate.out(body, task, audience)

    def back(self, text: str) -> str:
        return text

    def in_time(self, size: int = 0) -> None:
        """Raise Fault once the moment is past."""
        if time.monotonic() > self._end:
            raise fault("timeout", self._endpoint)
