"""Matters of which a text beyond the pair never speaks: health, pay, reorganisation and the like.

Their words are data, corpus/privacy/sensitive.toml, always of both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.privacy import lexicon
from assistant.privacy.normal import flatten


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    listed = lexicon.load("sensitive", dict[str, str])
    return {matter: re.compile(rf"\b(?:{_alternatives(words)})\b") for matter, words in listed.items()}


def _alternatives(words: str) -> str:
    entries = (flatten(" ".join(entry.split())).folded.strip() for entry in words.split(","))
    return "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in entries if entry)


def matters(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, matter) of every word of a flattened, folded text that shows one."""
    for matter, pattern in _patterns().items():
        for match in pattern.finditer(folded):
            yield match.start(), match.end(), matter


def matters_of(text: str) -> frozenset[str]:
    """The matters that a text speaks of."""
    return frozenset(matter for _, _, matter in matters(flatten(text).folded))
