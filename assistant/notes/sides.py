"""Whose promises, and whose wishes to learn, came up in each session."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from assistant.records import Commitment, Pair, Readable, Reading, Side, Sitting, Wish
from assistant.words import stems

IN_A_ROW = 2  # sessions that tell whether the talk leans to one side


def sittings(
    readable: Readable, commitments: tuple[Commitment, ...], pair: Pair, today: dt.date
) -> tuple[Sitting, ...]:
    """The last `IN_A_ROW` sessions held up to `today`, the oldest first."""
    held = [r for r in readable if r.note.status == "held" and r.note.date <= today]
    held.sort(key=lambda r: (r.note.date, r.note.nth))
    found = [Sitting(reading.note.date, _sides(reading, commitments, pair)) for reading in _last(held, pair)]
    return tuple(_of_a_day(found) if pair.is_panel else found)


def _last(held: list[Reading], pair: Pair) -> list[Reading]:
    """The readings of the last `IN_A_ROW` sessions; in a panel several notes may be of one."""
    if not pair.is_panel:
        return held[-IN_A_ROW:]
    days = sorted({reading.note.date for reading in held})[-IN_A_ROW:]
    return [reading for reading in held if reading.note.date in days]


def came_up(sessions: list[Reading]) -> dict[str, int]:
    """How much each mentor of a panel came up in some sessions, the last of them counting most."""
    found: dict[str, int] = {}
    for weight, reading in enumerate(sessions, 1):
        names = {name for line in reading.lines for name in line.who}
        names |= {name for promise in reading.promises for name in promise.who}
        found |= {name: found.get(name, 0) + weight for name in names}
    return found


def _of_a_day(sittings: list[Sitting]) -> list[Sitting]:
    """Notes of one day as one: in a panel several write of the same session."""
    return [
        Sitting(day, frozenset().union(*(sitting.sides for sitting in same)))
        for day, same in groupby(sittings, key=lambda sitting: sitting.date)
    ]


def _sides(reading: Reading, commitments: tuple[Commitment, ...], pair: Pair) -> frozenset[Side]:
    touched = [c.owner for c in commitments if any(source.path == reading.note.path for source in c.sources)]
    mentor = not {"mentor", "both"}.isdisjoint(touched) or _speaks_of(reading, pair.learning)
    mentee = not {"mentee", "both"}.isdisjoint(touched) or _speaks_of(reading, pair.interests)
    found: list[Side] = [*(["mentor"] if mentor else []), *(["mentee"] if mentee else [])]  # type: ignore[list-item]
    return frozenset(found)


def _speaks_of(reading: Reading, wishes: tuple[Wish, ...]) -> bool:
    """Does a sentence of the note share two words that carry meaning with a wish, or all that it has?"""
    said = [stems(line.text) for line in reading.lines]
    return any(
        len(wanted & words) >= min(2, len(wanted)) for w in wishes if (wanted := stems(w.text)) for words in said
    )
