"""Readings of all notes into the story of the pair: which promises stand, what was asked."""

from __future__ import annotations

import datetime as dt
import hashlib

from assistant.notes import outcomes
from assistant.records import Commitment, Promise, Question, Readable, Reading, Source, Story
from assistant.words import likeness, stems

_SAME = 0.75


def tell(readings: Readable, today: dt.date) -> Story:
    """The story as of `today`, out of readings that were cut down to an audience."""
    past = sorted((r for r in readings if r.note.date <= today), key=lambda r: (r.note.date, r.note.nth))
    return Story(tuple(_commitments(past)), (), tuple(_questions(past)))


def identify(made: dt.date, text: str) -> str:
    """The id of a commitment: a hash of its day and words, so that it lasts."""
    words = " ".join(text.casefold().split())
    return "c-" + hashlib.blake2b(f"{made} {words}".encode(), digest_size=3).hexdigest()


def _commitments(readings: list[Reading]) -> list[Commitment]:
    found: list[Commitment] = []
    for reading in readings:
        for promise in reading.promises:
            before = next((n for n, c in enumerate(found) if _repeats(promise, c)), None)
            if before is None:
                found.append(_commitment(promise, reading))
            elif promise.ticked and found[before].status == "open":
                found[before] = _closed(found[before], reading.note.date, promise.source)
        found = outcomes.follow([_ticked_off(c, reading) for c in found], reading)
    return found


def _commitment(promise: Promise, reading: Reading) -> Commitment:
    date = reading.note.date
    return Commitment(
        identify(date, promise.text), promise.text, promise.owner, date, promise.due,
        "done" if promise.ticked else "open", date if promise.ticked else None, promise.source.level, (promise.source,),
    )


def _closed(commitment: Commitment, day: dt.date, source: Source) -> Commitment:
    c = commitment
    return Commitment(c.id, c.text, c.owner, c.made, c.due, "done", day, c.level, (*c.sources, source))


def _repeats(promise: Promise, commitment: Commitment) -> bool:
    same_owner = "unknown" in (promise.owner, commitment.owner) or promise.owner == commitment.owner
    return same_owner and likeness(stems(promise.text), stems(commitment.text)) >= _SAME


def _ticked_off(commitment: Commitment, reading: Reading) -> Commitment:
    """Closed by a ticked box of a later note that speaks of the same thing."""
    if commitment.status != "open" or commitment.made >= reading.note.date:
        return commitment
    own = stems(commitment.text)
    for passage in reading.note.passages:
        if passage.box and len(own & stems(passage.text)) >= 2 and likeness(own, stems(passage.text)) >= 0.5:
            quote = passage.text[:400]
            source = Source(reading.note.path, passage.line, reading.note.date, passage.level, quote)
            return _closed(commitment, reading.note.date, source)
    return commitment


def _questions(readings: list[Reading]) -> list[Question]:
    return [question for reading in readings for question in reading.questions]
