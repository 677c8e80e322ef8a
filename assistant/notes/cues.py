"""Sayings that tell what became of something: done, let go, not yet, in part."""

from __future__ import annotations

import itertools
import re
from functools import cache

from assistant.notes.traces import vocabulary

KINDS = ("done", "dropped", "unmet", "part", "future", "still", "negation")
_GAP = 4
_PARTICIPLE = re.compile(r"(?:\w{2,4})?ge\w{2,}(?:t|d|en)$|(?:be|ver|her|ont|over|onder)\w{3,}(?:t|d|en)$")


@cache
def _words(name: str) -> frozenset[str]:
    """One of the plain word lists."""
    return vocabulary().words(name)


@cache
def _sayings() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """(kind, all words) of the sayings that begin with a word, or with its first three letters and a star."""
    words = vocabulary()
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for kind in (*KINDS, "look_back"):
        for saying in words.lines(kind):
            parts = tuple(saying.split())
            first = parts[0][:3] + "*" if parts[0].endswith("*") else parts[0]
            found.setdefault(first, []).append((kind, parts))
    return found


def found_in(tokens: list[str]) -> dict[str, int]:
    """How many sayings of each kind some tokens hold."""
    sayings = _sayings()
    counts: dict[str, int] = {}
    for at, word in enumerate(tokens):
        for key in (word, word[:3] + "*"):
            for kind, parts in sayings.get(key, ()):
                if _matches(parts, tokens, at):
                    counts[kind] = counts.get(kind, 0) + 1
    return counts


def _matches(parts: tuple[str, ...], tokens: list[str], at: int) -> bool:
    for number, part in enumerate(parts):
        if part == "..":
            rest = parts[number + 1 :]
            return any(_matches(rest, tokens, at + skipped) for skipped in range(_GAP + 1))
        if at >= len(tokens) or not (tokens[at] == part or (part[-1] == "*" and tokens[at].startswith(part[:-1]))):
            return False
        at += 1
    return True


def perfect(tokens: list[str]) -> bool:
    """Does it tell of something that has happened: "heeft .. gestuurd", "was sent", or a participle alone?"""
    auxiliary = not _words("auxiliary").isdisjoint(tokens)
    if any(len(word) > 4 and _PARTICIPLE.match(word) for word in tokens):
        return auxiliary or len(tokens) <= 8
    helped = not _words("auxiliary_en").isdisjoint(tokens)
    return helped and any(word.endswith("ed") and len(word) > 4 for word in tokens)


def past(tokens: list[str]) -> bool:
    """Is it told in the plain past?"""
    told = _words("past")
    return any(word in told or (word.endswith("ed") and len(word) > 4) for word in tokens)


def in_part(tokens: list[str]) -> bool:
    """Does it tell of some out of more: "twee van de drie", "4 out of ten", "van de zes heb ik er vier"?"""
    numbers = vocabulary().numbers
    found = [
        (at, n)
        for at, word in enumerate(tokens)
        if (n := numbers.get(word) or _digits(word)) and not _of_time(tokens, at)
    ]
    for (at, few), (further, many) in itertools.pairwise(found):
        between, before = tokens[at + 1 : further], tokens[max(at - 3, 0) : at]
        if few < many and len(between) <= 3 and not _words("of").isdisjoint(between):
            return True
        if few > many and before and before[-1] in _words("the") and not _words("of").isdisjoint(before):
            return True
    return _rest_stays(tokens, [at for at, _ in found])


def _rest_stays(tokens: list[str], counts: list[int]) -> bool:
    """A count, and then that others are not there: "drie zijn af, de andere twee volgen", "12 gelezen, 20 niet"."""
    for at in counts:
        if at and tokens[at - 1] in _words("no_more"):
            return True
        behind = tokens[at + 1 :]
        ahead = not (_words("negation") | _words("to_come")).isdisjoint(behind)
        if ahead and (not _words("others").isdisjoint(behind) or any(at < other for other in counts)):
            return True
    return False


def _of_time(tokens: list[str], at: int) -> bool:
    """Is a number part of a date, a time or a length of time: "op 12 december", "van één tot zes", "drie uur"?"""
    before, behind = tokens[at - 1 : at], tokens[at + 1 : at + 2]
    return not _words("clock").isdisjoint(behind) or not _words("on_day").isdisjoint(before)


def _digits(word: str) -> int:
    return int(word) if word.isdigit() and len(word) <= 3 else 1 if word in _words("one") else 0


def first_person(tokens: list[str]) -> bool:
    """Does it speak of the speaker?"""
    return not _words("i").isdisjoint(tokens)


def other_person(tokens: list[str]) -> bool:
    """Does it speak of, or to, the other one?"""
    return not _words("they").isdisjoint(tokens)


def pointing(tokens: list[str]) -> bool:
    """Does it begin with a word that points back at something named before?"""
    return not _words("pointing").isdisjoint(tokens[:4])
