"""Matters of which a text beyond the pair never speaks: health, pay, reorganisation and the like.

Their words are data, corpus/privacy/sensitive.toml, always of both languages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.privacy import lexicon
from assistant.privacy.normal import folded

_WORD = re.compile(r"[^\W_]+")
_KEY = 3  # entries are looked up by the first letters of their first word
_ANY = "*"  # under which those are that begin with any letters, as compounds do


@cache
def _entries() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """(words, matter) of every entry, by the beginning of the first word; a * stands for any letters, or for none."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for matter, listed in lexicon.load("sensitive", dict[str, str]).items():
        for entry in folded(listed).split(","):
            words = tuple(re.findall(r"\*?[^\W_]+\*?", entry))
            if words:
                found[_ANY if words[0].startswith("*") else words[0].rstrip("*")[:_KEY]].append((words, matter))
    return dict(found)


def matters(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, matter) of every entry that stands in a folded text."""
    places = list(_WORD.finditer(text))
    words = [place.group() for place in places]
    for i, word in enumerate(words):
        for length, matter in _at(words, i, word):
            yield places[i].start(), places[i + length - 1].end(), matter


def matters_of(text: str) -> frozenset[str]:
    """The matters that a text speaks of."""
    words = _WORD.findall(folded(text))
    return frozenset(matter for i, word in enumerate(words) for _, matter in _at(words, i, word))


def _at(words: list[str], i: int, word: str) -> Iterator[tuple[int, str]]:
    """(number of words, matter) of the entries that begin at word i."""
    for entry, matter in (*_entries().get(word[:_KEY], ()), *_entries().get(_ANY, ())):
        if _stands(entry, words[i : i + len(entry)]):
            yield len(entry), matter


def _stands(entry: Sequence[str], there: list[str]) -> bool:
    return len(there) == len(entry) and all(_fits(part, word) for part, word in zip(entry, there, strict=True))


def _fits(part: str, word: str) -> bool:
    core = part.strip("*")
    if part.startswith("*"):
        return core in word if part.endswith("*") else word.endswith(core)
    return word.startswith(core) if part.endswith("*") else word == core
