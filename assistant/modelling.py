"""The model that prep.toml names, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from assistant.desk import Desk
from assistant.endpoint.client import Client
from assistant.endpoint.ladder import Ladder
from assistant.records import Audience, Level, Outgoing

if TYPE_CHECKING:  # imported where they are called for
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
