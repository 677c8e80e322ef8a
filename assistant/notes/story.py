"""Readings of all notes into the story of the pair: which promises stand, what was asked."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from assistant.records import Commitment, Promise, Readable, Reading, Story, are_others
from assistant.words import likeness, stems

_SAME = 0.75


def tell(readings: Readable, today: dt.date) -> Story:
    """The story as of `today`, out of readings that were cut down to an audience."""
    from assistant.notes import weave  # most stories are kept

    past = sorted((r for r in readings if r.note.date <= today), key=lambda r: (r.note.date, r.note.nth))
    commitments = tuple(_commitments(past))
    return Story(commitments, weave.unresolved(past), weave.asked(past), weave.convictions(past, commitments))


def agreed(reading: Reading, story: Story) -> list[Commitment]:
    """The promises of one note that stand, in its order and words; one made anew as it was worded this time."""
    found = {c.id: c for c in story.commitments}
    standing = []
    for promise in (p for p in reading.promises if not p.ticked):
        commitment = found.get(identify(reading.note.date, promise.text, promise.who)) or next(
            (c for c in story.commitments if _repeats(promise, c)), None
        )
        if commitment is not None and commitment.status == "open":
            standing.append(
                msgspec.structs.replace(
                    commitment, text=promise.text, due=promise.due or commitment.due, sources=(promise.source,)
                )
            )
    return [c for c in (_apart(c, standing) for c in standing) if c.text]


def _apart(commitment: Commitment, beside: list[Commitment]) -> Commitment:
    """A promise without what is told of another one: its words are empty where another one's hold them."""
    text = commitment.text
    for other in (c for c in beside if c.text != commitment.text):
        told_there = text in other.text and (other.owner == commitment.owner or not other.text.startswith(text))
        text = "" if told_there else text.removeprefix(other.text).strip()
    return msgspec.structs.replace(commitment, text=text)


def identify(made: dt.date, text: str, who: tuple[str, ...] = ()) -> str:
    """The id of a commitment: a hash of its day and words, so that it lasts; in a panel of its mentors too."""
    words = " ".join([*text.casefold().split(), *who])
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
                continue
            if promise.who and not found[before].who:
                found[before] = msgspec.structs.replace(found[before], who=promise.who)
            if promise.ticked and found[before].status == "open":
                found[before] = outcomes.closed(found[before], "done", promise.source)
        found = [outcomes.ticked_off(outcomes.told(c, reading), reading) for c in found]
        found = fates.after(found, reading)
    return [
        msgspec.structs.replace(c, stands=fates.stands(c, likely[c.id])) if c.status == "open" else c for c in found
    ]


def _commitment(promise: Promise, reading: Reading) -> Commitment:
    date = reading.note.date
    return Commitment(
        identify(date, promise.text, promise.who),
        promise.text,
        promise.owner,
        date,
        promise.due,
        "done" if promise.ticked else "open",
        date if promise.ticked else None,
        promise.source.level,
        (promise.source,),
        who=promise.who,
    )


@cache
def _stems(text: str) -> frozenset[str]:
    return stems(text)


def together(readings: Sequence[Reading]) -> Reading:
    """Readings of one session as one, under the first of their notes."""
    return Reading(
        readings[0].note,
        _without_repeats(p for r in readings for p in r.promises),
        tuple(q for r in readings for q in r.questions),
        tuple(t for r in readings for t in r.threads),
        tuple(b for r in readings for b in r.beliefs),
        tuple(line for r in readings for line in r.lines),
    )


def _without_repeats(promises: Iterable[Promise]) -> tuple[Promise, ...]:
    """Promises of one session that several wrote down, each once."""
    found: list[Promise] = []
    for promise in promises:
        if not any(_repeats(promise, known) for known in found):
            found.append(promise)
    return tuple(found)


def _repeats(promise: Promise, commitment: Commitment | Promise) -> bool:
    same_owner = "unknown" in (promise.owner, commitment.owner) or promise.owner == commitment.owner
    if are_others(promise.who, commitment.who):
        return False
    return same_owner and likeness(_stems(promise.text), _stems(commitment.text)) >= _SAME
