"""Where a pair stands in time (contract, section 3), from dates alone."""

from __future__ import annotations

import datetime as dt
import re

from assistant.records import Calendar, Momentum, Note, Stage, State

_CADENCE = re.compile(r"^\s*(\d{1,3})\s*(day|week|month)s?\s*$", re.IGNORECASE)


def is_cadence(text: str) -> bool:
    """Is it of the form "N days", "N weeks" or "N months", with N at least 1?"""
    match = _CADENCE.match(text)
    return match is not None and int(match.group(1)) > 0


def after(day: dt.date, cadence: str, times: int = 1) -> dt.date:
    """The day `times` cadences after `day`; a month after 31 January is the last of February."""
    from dateutil.relativedelta import relativedelta

    match = _CADENCE.match(cadence)
    if match is None:
        raise ValueError("no cadence")
    count, unit = int(match.group(1)) * times, match.group(2).lower()
    step = {"day": relativedelta(days=count), "week": relativedelta(weeks=count), "month": relativedelta(months=count)}
    return day + step[unit]


def calendar(
    notes: list[Note], cadence: str, started: dt.date | None, sessions: int | None, today: dt.date
) -> Calendar:
    """Facts of process as of `today`; a note dated after it counts as planned."""
    past = sorted((n for n in notes if n.date <= today and n.status != "planned"), key=lambda n: (n.date, n.nth))
    held = [n for n in past if n.status == "held"]
    coming = sorted(n.date for n in notes if n.date > today or (n.status == "planned" and n.date == today))
    last = held[-1] if held else None
    since = (last.date, last.nth) if last else (started or dt.date.min, 0)
    cancelled = [n for n in past if n.status == "cancelled" and (n.date, n.nth) > since]
    number = len(held) + 1
    return Calendar(
        number,
        stage(number, sessions),
        last.date if last else None,
        coming[0] if coming else None,
        _momentum(last.date if last else None, len(cancelled), cadence, started, today),
    )


def stage(number: int, sessions: int | None) -> Stage:
    """1 first, 2 and 3 early, from 4 on deep, the last two of `sessions` closing (but the first is the first)."""
    if number == 1:
        return "first"
    if sessions is not None and number >= sessions - 1:
        return "closing"
    return "early" if number <= 3 else "deep"


def _momentum(last: dt.date | None, cancelled: int, cadence: str, started: dt.date | None, today: dt.date) -> Momentum:
    base = last or started
    due = after(base, cadence) if base else None
    state: State
    if last is None and not cancelled:
        state = "new"
    elif cancelled >= 2 or (base and today >= after(base, cadence, 2)):
        state = "stalled"
    elif cancelled == 1 or (due and today > due):
        state = "slipping"
    else:
        state = "on-track"
    return Momentum(state, due, cancelled)
