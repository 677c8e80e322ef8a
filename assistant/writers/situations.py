"""Which situations of the guidance a session is in: facts of the calendar and of the notes, no guess at a mood."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.briefing import Brief
from assistant.writers import giving

SHAKEN = "confidence-shaken"
_TWICE = 2


def situations(brief: Brief) -> Iterator[str]:
    """The names under which guidance pages and their rules know the session, the most pressing first."""
    calendar, momentum = brief.calendar, brief.calendar.momentum
    if brief.leak is not None:
        yield SHAKEN
    if momentum.state in ("slipping", "stalled"):
        if momentum.cancelled_in_a_row >= _TWICE:
            yield "cancelled"
        elif not momentum.cancelled_in_a_row:
            yield "silent"
    if giving.one_sided(brief.sittings) is not None:
        yield "one-sided"
    yield from (momentum.state, calendar.stage)
