"""What of a pair's notes may be drawn on for readers beyond the pair: the cuts for it, each of a type of its own.

`common` is the ground of themes and counts, of which no word is told; `shareable` what people marked to be told;
`unmarked` what a person may yet choose to tell, one sentence at a time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator

import msgspec

from assistant.errors import Refused
from assistant.privacy import sensitive
from assistant.privacy.audience import cut, may_read
from assistant.records import Audience, Level, Line, Passage, Readable, Reading, Shareable

_NEXT = re.compile(
    r"(?i)\b(?:volgende|nieuwe datum|next|new date)\b\D{0,30}?"
    r"(\d{4}-\d\d-\d\d|\d{1,2}[-/]\d{1,2}|\d{1,2}(?:st|nd|rd|th|e)?(?: of)? [^\W\d]{3,9})\b"
)


def shareable(readings: Iterable[Reading], audience: Audience) -> Shareable:
    """What was marked for an audience beyond the pair; Refused for the pair itself, whose text is not for others."""
    if may_read(audience, Level.PAIR):
        raise Refused("only what is marked for the programme or the organisation can be told to others")
    return Shareable(tuple(cut(readings, audience)))


def common(readings: Iterable[Reading]) -> Readable:
    """The readings without anything that a closing mark covers: the ground of themes and counts."""
    return Readable(tuple(_of_level(r, Level.PAIR) for r in cut(readings, Audience.PAIR)))


def _of_level(reading: Reading, least: Level) -> Reading:
    def opened(level: Level) -> bool:
        return level.openness >= least.openness

    note = msgspec.structs.replace(reading.note, passages=tuple(p for p in reading.note.passages if opened(p.level)))
    return Reading(
        note,
        tuple(p for p in reading.promises if opened(p.source.level)),
        tuple(q for q in reading.questions if opened(q.source.level)),
        tuple(t for t in reading.threads if opened(t.source.level)),
        tuple(b for b in reading.beliefs if opened(b.source.level) and (b.against is None or opened(b.against.level))),
        tuple(line for line in reading.lines if opened(line.level)),
        tuple(fate for fate in reading.fates if opened(fate.source.level)),
        reading.seen,
    )


def tellable(reading: Reading) -> list[str]:
    """The sentences and headings of a cut reading that touch no sensitive matter: where themes are looked for."""
    said: list[Line | Passage] = [*reading.lines, *(p for p in reading.note.passages if p.kind in ("heading", "row"))]
    return [one.text for one in said if not sensitive.matters_of(one.text)]


def announced(readings: Iterable[Reading], audience: Audience) -> Iterator[dt.date]:
    """The days of next sessions that marked lines tell: sessions' own days, though there is no note of them yet."""
    yield from _next_days(shareable(readings, audience))


def announces_next(readings: Iterable[Reading], path: str) -> bool:
    """Does a note say when the next session is? Then it can't be told that no date was set."""
    return any(True for _ in _next_days(reading for reading in common(readings) if reading.note.path == path))


def _next_days(readings: Iterable[Reading]) -> Iterator[dt.date]:
    from assistant.privacy.audit import day_of

    for reading in readings:
        for line in reading.lines:
            for match in _NEXT.finditer(line.text):
                day = day_of(match.group(1))
                if day is not None and (date := _first_after(reading.note.date, *day)):
                    yield date


def _first_after(date: dt.date, day: int, month: int) -> dt.date | None:
    for year in (date.year, date.year + 1):
        with contextlib.suppress(ValueError):
            if (found := dt.date(year, month, day)) > date:
                return found
    return None
