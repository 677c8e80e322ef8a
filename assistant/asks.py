"""Is an ask specific enough to start from? Vague is a whole field, or a wish of which nobody can tell when it is done."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import msgspec

from assistant import resources
from assistant.words import content, fold, words

_ENOUGH = 2.5
_DRAG = 0.5
_A = frozenset(["een", "a", "an"])


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hedges: frozenset[str]
    asking: frozenset[str]
    moments: frozenset[str]
    calendar: frozenset[str]
    own: frozenset[str]
    before: frozenset[str]
    doing: tuple[str, ...]
    empty: tuple[str, ...]
    broad: tuple[str, ...]


def is_vague(ask: str) -> bool:
    """Does it name a field or a wish, and no matter that can be looked at, shown or found out?"""
    known, said = _lists(), words(ask)
    if not said:
        return False
    told = [word for word in content(ask) if word not in known.asking | known.moments]
    empty = [word for word in told if _among(word, known.empty) or _among(word, known.broad)]
    weight = float(len(told) - len(empty)) - _DRAG * len(empty)
    weight += 1.0 if said[0] in known.asking or _acts(said, known) else -1.0  # a bare topic
    weight += 0.5 * min(2, sum(word in known.moments or word.isdigit() for word in said[1:]))
    weight += 0.5 * min(2, sum(word in known.calendar for word in said))
    weight += 0.5 * any(word in known.own for word in said) + 1.0 * any(
        word in _A and after not in empty for word, after in pairwise(said)
    )
    weight -= 2.0 * any(word in known.hedges for word in said)
    return weight < _ENOUGH


def _acts(said: list[str], known: _Lists) -> bool:
    """Is it something to do: does an English one begin with a verb, or a Dutch one end in one?"""
    first, last = said[0], said[-1]
    if _among(first, known.doing) or _among(last, known.doing):
        return True
    if len(said) == 1:
        return False
    begins = said[1] in known.before and first not in known.before and not _among(first, known.empty)
    ends = last.endswith("en") and said[-2] not in known.before and not said[-2].endswith("e")
    return begins or (ends and not _among(last, known.empty) and not _among(last, known.broad))


@cache
def _lists() -> _Lists:
    values = resources.parsed((resources.corpus() / "words" / "asks.yaml").read_text(encoding="utf-8"))
    return msgspec.convert({name: [fold(word) for word in entries] for name, entries in values.items()}, _Lists)


def _among(word: str, entries: tuple[str, ...]) -> bool:
    """Is a word in a list in which entries ending in * are beginnings?"""
    return any(word.startswith(entry[:-1]) if entry.endswith("*") else word == entry for entry in entries)
