"""Which words are plain words, of Dutch or English, and which are names. Both languages always count.

The lists are corpus/words/known.txt and names.txt, folded as in assistant/words.py. A list that is missing or cut off
stops what needs it: without it, nothing can be said of a text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterator
from functools import cache
from typing import Any

from assistant import resources, words
from assistant.errors import Refused

# As many entries as the lists have at least; fewer means that a file was cut off.
_LEAST = {"known": 100_000, "names": 10_000}


@cache
def _listed(name: str) -> frozenset[str]:
    path = resources.corpus() / "words" / f"{name}.txt"
    try:
        found = frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        found = frozenset()
    if len(found) < _LEAST[name]:
        raise Refused(f"the word list {path} is missing or cut off, so nothing can be checked; install prep again")
    return found


@cache
def cues() -> dict[str, Any]:
    """corpus/privacy/identify.toml: months, number words, titles and the like, in both languages."""
    path = resources.corpus() / "privacy" / "identify.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Refused(
            f"the word list {path} is missing or broken, so nothing can be checked; install prep again"
        ) from None


@cache
def cue(name: str) -> frozenset[str]:
    """One list of identify.toml, folded."""
    return frozenset(words.fold(cues()[name]).split())


@cache
def endings() -> tuple[str, ...]:
    """What words of both languages end in, longest first: what they are added to is looked up instead."""
    return tuple(sorted(cue("endings"), key=lambda e: (-len(e), e)))


@cache
def is_word(word: str) -> bool:
    """Is this folded word a plain word of either language, in some form or as a compound of two?"""
    known = _listed("known")
    if word in known or word in words.stop_words() or any(base in known for base in bases(word)):
        return True
    return halves(word, known)


@cache
def is_name(word: str) -> bool:
    """Is this folded word somebody's first name or surname, whatever else it may be?"""
    return word in _listed("names") or (word.endswith("s") and word[:-1] in _listed("names"))


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
        if second in known and (first in known or (first[-1] == "s" and first[:-1] in known)):
            return True
    return False
