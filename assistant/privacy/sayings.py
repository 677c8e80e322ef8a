"""Delicate matters in other words than their own: sayings, data in corpus/privacy/office.toml, in both languages."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from assistant.privacy import lexicon
from assistant.privacy.normal import flatten
from assistant.words import fold

_NAME = re.compile(
    r"(?<=[a-z,;] )[A-Z][a-zà-ÿ]{1,15}(?![\w'’])"
)  # within a sentence, where no list knows it for a name
_GAP = r"(?:\W+\w+){0,4}?"


class _Lists(Struct, frozen=True):
    classes: dict[str, str]
    harmless: dict[str, str]
    sayings: dict[str, str]


def matter(text: str) -> str | None:
    """The matter that a line touches in a saying, None where there is none; its people stand in it as X."""
    folded = fold(flatten(_NAME.sub("X", text)).folded)
    return next((name for name, pattern in _patterns()[0].items() if pattern.search(folded)), None)


def without_harmless(text: str) -> str:
    """A line without the sayings whose words only look delicate: customers complain too."""
    for pattern in _patterns()[1].values():
        text = pattern.sub(" ", fold(flatten(text).folded))
    return text


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """One pattern a matter, and what is harmless; raises Refused where the list is not there."""
    lists = lexicon.load("office", _Lists)
    delicate, harmless = (
        {name: _pattern(listed, lists.classes) for name, listed in part.items()}
        for part in (lists.sayings, lists.harmless)
    )
    return delicate, harmless


def _pattern(listed: str, classes: dict[str, str]) -> re.Pattern[str]:
    sayings = [" ".join(fold(entry).split()) for entry in listed.split(",")]
    found = (_saying(saying, classes) for saying in dict.fromkeys(sayings) if saying)
    return re.compile(r"(?<!\w)(?:" + "|".join(found) + ")")


def _saying(saying: str, classes: dict[str, str]) -> str:
    """A saying as a regular expression: words with anything but letters between them, gaps, an end."""
    ends = saying.endswith(".") and not saying.endswith("..")
    pieces: list[str] = []
    for part in saying.rstrip(". ").split():
        if part == "..":
            pieces[-1] += _GAP
        else:
            pieces.append(_word(part, classes))
    return r"\W+".join(pieces) + (r"(?=\W*$)" if ends else r"(?!\w)")


def _word(part: str, classes: dict[str, str]) -> str:
    options = (fold(classes[word[1:]]).split("|") if word.startswith("@") else [word] for word in part.split("|"))
    words = (r"\W+".join(map(re.escape, option.split())) for listed in options for option in listed)
    return "(?:" + "|".join(words).replace(r"\*", r"\w*") + ")"
