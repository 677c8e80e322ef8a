"""The words of corpus/reading/: what months, labels and the two sides are called, all languages at once.

People mix languages in one sentence, so no word is looked up in one language alone.
"""

from __future__ import annotations

from functools import cache

import msgspec

from assistant import resources


class _File(msgspec.Struct, forbid_unknown_fields=True):
    months: dict[str, int]
    weekdays: dict[str, int]
    action_labels: list[str]
    question_labels: list[str]
    action_headings: list[str]
    question_headings: list[str]
    look_back_headings: list[str]
    both: list[str]
    self: list[str]
    abbreviations: list[str]


class Lexicon(msgspec.Struct, frozen=True):
    """The lists of all languages put together; months from 1, weekdays from 0 for Monday."""

    months: dict[str, int]
    weekdays: dict[str, int]
    action_labels: frozenset[str]
    question_labels: frozenset[str]
    action_headings: frozenset[str]
    question_headings: frozenset[str]
    look_back_headings: frozenset[str]
    both: frozenset[str]
    self_words: frozenset[str]
    abbreviations: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Every language's words, read once."""
    files = [
        msgspec.convert(resources.parsed(path.read_text(encoding="utf-8")), _File)
        for path in sorted((resources.corpus() / "reading").glob("*.yaml"))
    ]

    def together(name: str) -> frozenset[str]:
        return frozenset(word for file in files for word in getattr(file, name))

    return Lexicon(
        {word: n for file in files for word, n in file.months.items()},
        {word: n for file in files for word, n in file.weekdays.items()},
        together("action_labels"),
        together("question_labels"),
        together("action_headings"),
        together("question_headings"),
        together("look_back_headings"),
        together("both"),
        together("self"),
        together("abbreviations"),
    )
