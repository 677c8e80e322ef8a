"""The facts of process of one session: numbers and days, and no text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.records import Calendar, Commitment, Facts, Note, Story


def facts(notes: Sequence[Note], session: Note, story: Story, calendar: Calendar, today: dt.date) -> Facts:
    """What a coordinator may know of a held session; `story` is drawn from text of level pair and more open alone."""
    past = sorted((n for n in notes if n.date <= today and n.status != "planned"), key=lambda n: (n.date, n.nth))
    held = [n for n in past if n.status == "held"]
    at = held.index(session)
    last = at == len(held) - 1
    lost = tuple(n.date for n in past[past.index(session) + 1 :] if n.status == "cancelled") if last else ()
    promises = story.commitments
    return Facts(
        session.date,
        at + 1,
        session.minutes,
        made=sum(c.made == session.date for c in promises),
        kept=len(kept(held, session, story)),
        open=sum(c.status == "open" and (last or c.made <= session.date) for c in promises),
        cancelled=lost,
        momentum=calendar.momentum if last else None,
        next=calendar.next_planned if last else None,
    )


def kept(held: Sequence[Note], session: Note, story: Story) -> tuple[Commitment, ...]:
    """The promises that were kept between the session held before and this one, this day included."""
    at = held.index(session)
    since = held[at - 1].date if at else dt.date.min
    closed = [c for c in story.commitments if c.status == "done" and c.closed_on is not None]
    return tuple(c for c in closed if c.closed_on and since < c.closed_on <= session.date)
