"""Whose promises, and whose wishes to learn, came up in each session."""

from __future__ import annotations

import datetime as dt

from assistant.records import Commitment, Pair, Readable, Reading, Side, Sitting, Wish
from assistant.words import stems

IN_A_ROW = 2  # sessions that tell whether the talk leans to one side


def sittings(
    readable: Readable, commitments: tuple[Commitment, ...], pair: Pair, today: dt.date
) -> tuple[Sitting, ...]:
    """The last `IN_A_ROW` sessions held up to `today`, the oldest first."""
    held = [r for r in readable if r.note.status == "held" and r.note.date <= today]
    held.sort(key=lambda r: (r.note.date, r.note.nth))
    return tuple(Sitting(reading.note.date, _sides(reading, commitments, pair)) for reading in held[-IN_A_ROW:])


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
