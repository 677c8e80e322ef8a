"""What each of the two has given and got, and whether the talk leans to one side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.notes import gist, sides
from assistant.phrases import fill
from assistant.records import Commitment, Side, Sitting, Source
from assistant.words import words
from assistant.writers.plan import Material, telling

_CLEAR = 0.6  # how much the words must say
_LONGEST = 90  # letters; a kept promise is recalled, not retold
_POINTING = frozenset(
    ["he", "she", "you", "it", "that", "there", "they", "hij", "zij", "ze", "je", "jij", "dat", "dit", "er", "daar"]
)
_SAYING = re.compile(r"\b(?:beloo|promis|toegezegd|afgesproken|agreed)", re.IGNORECASE)


def one_sided(sittings: Sequence[Sitting]) -> Side | None:
    """The side whose promises and wishes to learn alone came up in the last two sessions, if that is so."""
    last = [sitting.sides for sitting in sittings[-sides.IN_A_ROW :]]
    if len(last) < sides.IN_A_ROW or len(last[0]) != 1 or last[0] != last[1]:
        return None
    return next(iter(last[0]))


def nudge(material: Material, side: Side) -> str:
    """A word to begin with the other side."""
    other = "mentee" if side == "mentor" else "mentor"
    return fill(material.phrases.given["nudge"], side=material.people[side], other=material.people[other])


def told(material: Material) -> tuple[str, list[Source]]:
    """What each last did of what was promised, with where it was; "" where nothing is down as done."""
    kept: dict[str, Commitment] = {}
    for side in ("mentor", "mentee"):
        done = [c for c in material.brief.story.commitments if c.owner == side and c.status == "done" and _short(c)]
        if done:
            kept[side] = max(done, key=lambda c: (c.closed_on or c.made, c.made))
    if not kept:
        return "", []
    values = dict(material.people)
    for side, promise in kept.items():
        values |= {f"{side}_did": telling(promise.text), f"{side}_date": material.date(promise.sources[0])}
    key = "both" if len(kept) == 2 else next(iter(kept))
    return fill(material.phrases.given[key], **values), [promise.sources[0] for promise in kept.values()]


def _short(promise: Commitment) -> bool:
    """Can it be recalled in a line: is it short, and more than the saying that something was promised?"""
    told = gist.of_text(promise.text)
    first = next(iter(words(told.text)), "")
    clear = told.weight >= _CLEAR and first not in _POINTING
    return clear and len(told.text) <= _LONGEST and not _SAYING.search(told.text)
