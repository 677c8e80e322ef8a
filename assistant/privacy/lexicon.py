"""Which words are plain words, of Dutch or English, and which are names. Both languages always count.

The lists are corpus/words/known.txt, first-names.txt, surnames.txt and ordinary.txt, sorted and folded as in
assistant/words.py. A list that is missing or cut off stops what needs it: without it, nothing can be said of a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from functools import cache
from typing import TypeVar

import msgspec
from msgspec import Struct

from assistant import resources, words
from assistant.errors import Refused

T = TypeVar("T")

# As many entries as the lists have at least; fewer means that a file was cut off.
_LEAST = {"known": 100_000, "first-names": 10_000, "surnames": 10_000, "ordinary": 2_000}


class Sorted(Struct, frozen=True):
    """A list of words in order of their letters: half as long in coming as a set, and quick enough to look in."""

    words: list[str]

    def __contains__(self, word: object) -> bool:
        at = bisect_left(self.words, str(word))
        return at < len(self.words) and self.words[at] == word


@cache
def _listed(name: str) -> Sorted:
    path = resources.corpus() / "words" / f"{name}.txt"
    try:
        found = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        found = []
    if len(found) < _LEAST[name]:
        raise Refused(f"the word list {path} is missing or cut off, so nothing can be checked; install prep again")
    return Sorted(found)


def ready() -> None:
    """Raise Refused unless every word list is there and whole, whether a text would need it or not."""
    for name in _LEAST:
        _listed(name)
    _cues()


def load(name: str, kind: type[T]) -> T:
    """corpus/privacy/<name>.toml; raises Refused."""
    path = resources.corpus() / "privacy" / f"{name}.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except (OSError, ValueError):
        raise Refused(f"{path} is missing or broken, so nothing can be checked; install prep again") from None


@cache
def cue(name: str) -> frozenset[str]:
    """One list of identify.toml, folded."""
    return frozenset(words.fold(_cues()[name]).split())


def cue_text(name: str) -> str:
    """One list of identify.toml as it is written, for those whose order counts."""
    return _cues()[name]


@cache
def _cues() -> dict[str, str]:
    return load("identify", dict[str, str])


@cache
def endings() -> tuple[str, ...]:
    """What words of both languages end in, longest first: what they are added to is looked up instead."""
    return tuple(sorted(cue("endings"), key=lambda e: (-len(e), e)))


@cache
def is_word(word: str) -> bool:
    """Is this folded word a plain word of either language, in some form or as a compound of two?"""
    known = _listed("known")
    if word in known or word in words.stop_words() or is_ordinary(word) or any(base in known for base in bases(word)):
        return True
    return halves(word, known)


def is_ordinary(word: str) -> bool:
    """Is this folded word one that any talk about work and mentoring may hold?"""
    return word in _listed("ordinary")


def is_listed(word: str) -> bool:
    """Is this folded word a plain word as it stands, not for an ending or for being two words in one?"""
    return word in _listed("known") or is_ordinary(word) or word in words.stop_words()


def is_first_name(word: str) -> bool:
    """Is this folded word a first name, whatever else it may be? Names that are everyday words are left out."""
    return word in _listed("first-names") or word in cue("first_names_more")


@cache
def is_name(word: str) -> bool:
    """Is this folded word a first name or a surname, with an s after it or not?"""
    bare = word[:-1] if word.endswith("s") else word
    return any(w in _listed(kind) for w in (word, bare) for kind in ("first-names", "surnames"))


def bases(word: str) -> Iterator[str]:
    """What is left of a folded word without an ending, with the spelling put right; never under three letters."""
    for ending in endings():
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)]
            yield base
            yield from _respelt(base, ending)


def _respelt(base: str, ending: str) -> Iterator[str]:
    if base[-1] == base[-2]:  # planned, bommen
        yield base[:-1]
    if ending in ("ing", "ings", "ed", "er", "ers", "est", "en", "e", "es"):  # making
        yield base + "e"
    if ending in ("ier", "iest", "ies", "ied"):  # tried
        yield base + "y"
    if ending in ("en", "e"):
        if base[-1] in "zv":  # huizen, brieven
            yield base[:-1] + ("s" if base[-1] == "z" else "f")
        if base[-2] in "aeou":  # lopen
            yield base[:-1] + base[-2] + base[-1]


def halves(word: str, known: Container[str]) -> bool:
    """Is a folded word of eight letters or more two known ones of four or more, with or without an s between?"""
    for cut in range(4, len(word) - 3) if len(word) >= 8 else ():
        first, second = word[:cut], word[cut:]
        begins = first in known or (first[-1] == "s" and first[:-1] in known)
        if begins and (second in known or any(len(base) >= 4 and base in known for base in bases(second))):
            return True
    return False
