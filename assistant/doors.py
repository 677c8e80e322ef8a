"""What judges texts about a pair, and what lets its text out: guards for audiences, gates to services."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.notebook import Notebook
from assistant.notes.corrections import Correction
from assistant.programme.folder import Folder
from assistant.records import Audience, Endpoint, Level, Pair

if TYPE_CHECKING:  # imported where it is used: most commands judge nothing and send nothing
    from assistant.privacy.audit import Guard, Rosters
    from assistant.privacy.gate import Gate
    from assistant.privacy.overlap import Closed
    from assistant.privacy.rewrite import Rewriter


class Doors:
    """The guards and gates of one pair; what its people corrected counts as open text."""

    def __init__(self, notebook: Notebook, corrections: list[Correction]) -> None:
        self._notebook, self._corrections = notebook, corrections
        self._folder, self._pair = notebook.folder, notebook.pair

    def guard(self, audience: Audience, rosters: Rosters | None = None, hints: bool = True) -> Guard:
        """All that an audience must not learn of this pair, to judge texts by; see `Desk.guard`."""
        from assistant.notes.marks import closed_by
        from assistant.privacy.audit import Guard
        from assistant.privacy.closed import closed_to
        from assistant.programme import released

        closed, opened = closed_to(audience, self._notebook.written(), closed_by)
        opened += released.texts(self._folder, self._pair.slug, audience)  # those alone that are as they were approved
        names = [self._folder.programme.name]
        panel = self._pair.slug if self._pair.is_panel else None
        everybody = rosters or rosters_of(self._folder)
        return Guard(audience, everybody, closed, opened, self._days(audience), names, panel, hints)

    def office(self) -> Guard:
        """All that a mail between the two must not tell, since others in the office may open it: every closed line."""
        from assistant.privacy.audit import Guard

        return Guard(Audience.PAIR, rosters_of(self._folder), *self._closed_below(Level.PAIR))

    def rewriter(self, audience: Audience) -> Rewriter:
        """Says sentences of this pair without names; for the programme the sessions' own days may stand."""
        from assistant.privacy.rewrite import Rewriter

        days = self._days(audience) if audience is Audience.PROGRAMME else []
        return Rewriter(self._pair.slug, self._everybody(), days)

    def gate(self, endpoint: Endpoint) -> Gate:
        """The one way by which text of this pair goes to an endpoint; raises Refused."""
        from assistant.loopback import is_loopback
        from assistant.privacy.gate import Gate
        from assistant.privacy.overlap import Overlap
        from assistant.privacy.pseudonyms import Pseudonyms

        here = is_loopback(endpoint.base_url)  # there people keep their names
        shut, opened = self._closed_below(Level.CONFIDENTIAL if here else Level.PAIR)
        pairs = [self._pair] if here else self._everybody()
        pseudonyms = Pseudonyms(self._folder.pair_key(self._pair.slug), pairs, [] if here else opened)
        return Gate(endpoint, pseudonyms, Overlap(shut, opened, pseudonyms.known.words))

    def common_gate(self, endpoint: Endpoint) -> Gate:
        """The gate for guidance, which is of no pair; raises Refused and Unusable."""
        from assistant.loopback import is_loopback
        from assistant.privacy.gate import Gate
        from assistant.privacy.pseudonyms import Pseudonyms

        pairs = [self._pair] if is_loopback(endpoint.base_url) else self._everybody()
        return Gate(endpoint, Pseudonyms(self._folder.guidance_key, sorted(pairs, key=lambda pair: pair.slug)))

    def _closed_below(self, level: Level) -> tuple[list[Closed], list[str]]:
        """What is more closed than a level in all that was written of the pair, and what is not."""
        from assistant.notes.marks import closed_by
        from assistant.privacy.closed import closed_below

        closed, opened = closed_below(level, self._notebook.written(), closed_by)
        return closed, [*opened, *(c.text for c in self._corrections if c.word == "add")]

    def _days(self, audience: Audience) -> list[dt.date]:
        """The sessions' own days, of the past and to come."""
        from assistant.privacy import shareable

        readings = self._notebook.readings
        told = () if audience in (Audience.OWN, Audience.PAIR) else shareable.announced(readings, audience)
        return [*(reading.note.date for reading in readings), *told]

    def _everybody(self) -> list[Pair]:
        """All pairs of the programme, this one first."""
        return [self._pair, *(self._folder.pair(s) for s in self._folder.slugs if s != self._pair.slug)]


def rosters_of(folder: Folder) -> Rosters:
    """The people of every pair of a programme."""
    from assistant.privacy.audit import Rosters

    return Rosters(folder.pair(slug) for slug in folder.slugs)
