"""Readings of all notes into the story of the pair: which promises stand, what was asked."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache

import msgspec

from assistant.records import Commitment, Promise, Readable, Reading, Story
from assistant.words import likeness, stems

_SAME = 0.75


def tell(readings: Readable, today: dt.date) -> Story:
    """The story as of `today`, out of readings that were cut down to an audience."""
    from assistant.notes import weave  # most stories are kept

    past = sorted((r for r in readings if r.note.date <= today), key=lambda r: (r.note.date, r.note.nth))
    return Story(tuple(_commitments(past)), weave.unresolved(past), weave.asked(past), weave.convictions(past))


def identify(made: dt.date, text: str) -> str:
    """The id of a commitment: a hash of its day and words, so that it lasts."""
    words = " ".join(text.casefold().split())
    return "c-" + hashlib.blake2b(f"{made} {words}".encode(), digest_size=3).hexdigest()


def _commitments(readings: list[Reading]) -> list[Commitment]:
    from assistant.notes import outcomes

    found: list[Commitment] = []
    fates = outcomes.Fates(readings)
    likely: dict[str, float] = {}
    for reading in readings:
        for promise in reading.promises:
            before = next((n for n, c in enumerate(found) if _repeats(promise, c)), None)
            if before is None:
                found.append(_commitment(promise, reading))
                likely[found[-1].id] = promise.likely
            elif promise.ticked and found[before].status == "open":
                found[before] = outcomes.closed(found[before], "done", promise.source)
        found = fates.after([outcomes.ticked_off(c, reading) for c in found], reading)
    return [
        msgspec.structs.replace(c, stands=fates.stands(c, likely[c.id])) if c.status == "open" else c for c in found
    ]


def _commitment(promise: Promise, reading: Reading) -> Commitment:
    date = reading.note.date
    return Commitment(
        identify(date, promise.text),
        promise.text,
        promise.owner,
        date,
        promise.due,
        "done" if promise.ticked else "open",
        date if promise.ticked else None,
        promise.source.level,
        (promise.source,),
    )


@cache
def _stems(text: str) -> frozenset[str]:
    return stems(text)


def _repeats(promise: Promise, commitment: Commitment) -> bool:
    same_owner = "unknown" in (promise.owner, commitment.owner) or promise.owner == commitment.owner
    return same_owner and likeness(_stems(promise.text), _stems(commitment.text)) >= _SAME
