"""Guards to judge texts by, made of notes as people write them."""

from __future__ import annotations

import datetime as dt

from assistant.notes import marks, note
from assistant.privacy.audit import Guard, Rosters
from assistant.privacy.closed import Written, closed_to
from assistant.records import Audience, Pair

PATH = "pairs/noor-willem/sessions/2026-03-12.md"
DAY = dt.date(2026, 3, 12)


def guard(pair: Pair, text: str, audience: Audience = Audience.PROGRAMME) -> Guard:
    """The guard of a pair with one note."""
    raw = text.encode()
    read = note.read(raw, PATH, DAY)
    written = [Written(PATH, raw, read.passages)]
    closed, opened = closed_to(audience, written, marks.closed_by)
    return Guard(audience, Rosters([pair]), closed, opened, [DAY])
