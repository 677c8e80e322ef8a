"""Who of a panel said what: where a text gives that away, by a name or by a hint. In a small group a hint is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from assistant.privacy import lexicon
from assistant.privacy.identify import Span
from assistant.words import fold, stop_words

_REACH = 4  # words between somebody and what they say
_FIRST_PERSON = re.compile(r"\b(?:ik|mijn|mij|me|i|my|i'm|i've|i'll|i'd)\b")


class _Words(Struct, frozen=True):
    side: str
    says: str
    according: str
    against: list[str]
    hints: list[str]


class _File(Struct, frozen=True):
    nl: _Words
    en: _Words


def _file() -> _File:
    return lexicon.load("panel", _File)


def side(language: str) -> str:
    """What the mentors of a panel are called together, within a sentence; raises Refused."""
    words: _Words = getattr(_file(), language)
    return words.side


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    both = (_file().nl, _file().en)
    says = "|".join(word for words in both for word in words.says.split())
    according = "|".join(word for words in both for word in words.according.split())
    hints = "|".join(hint for words in both for hint in words.hints)
    return (
        re.compile(rf"^(?:\W+[^\W_]+){{0,{_REACH - 1}}}?\W+(?:{says})\b"),
        re.compile(rf"\b(?:{according}) (?:to )?$"),
        re.compile(rf"\b(?:{hints})"),
        re.compile("|".join(pattern for words in both for pattern in words.against)),
    )


def hints(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) in a folded text of what points to one of the panel without a name."""
    for match in _patterns()[2].finditer(text):
        yield match.span()


def trades(roles: list[str]) -> re.Pattern[str] | None:
    """Where a folded text speaks as one of these roles: "as a night planner", "als kok"; None without any."""
    words = {fold(word) for role in roles for word in re.findall(r"[^\W\d_]{3,}", role)} - stop_words()
    return (
        re.compile(rf"\b(?:als|as)(?: een| an?| the)?(?: \w+)? (?:{'|'.join(map(re.escape, sorted(words)))})\b")
        if words
        else None
    )


def sees_it_otherwise(text: str) -> bool:
    """Does a folded text take up what another said, to see it otherwise?"""
    return _patterns()[3].search(text) is not None


def says_next(text: str) -> bool:
    """Is the very next word of a text one by which somebody says something?"""
    match = _patterns()[0].match(text.casefold())
    return match is not None and len(match.group().split()) == 1


def says_of_oneself(text: str) -> bool:
    """Is what somebody says about themselves, as a promise is?"""
    return re.search(r"\b(?:ik|hij|zij|ze|i|he|she|i'll|he'll|she'll|they)\b", text.casefold()) is not None


def says_he_or_she(text: str) -> bool:
    """Does a folded text go on about somebody as a man or a woman?"""
    return re.search(r"\b(?:she|he|her|his|him|herself|himself|hij|zij|haar|hem)\b", text) is not None


def is_first_person(text: str) -> bool:
    """Does a folded text say "I"?"""
    return _FIRST_PERSON.search(text) is not None


def named(text: str, people: list[Span], labels: bool = True) -> Iterator[tuple[int, int]]:
    """(start, end) of what is told of a mentor by name; `people` are the mentors in the text.

    With `labels` also "Sam: ..." at the head of a line that is no list item, where it would be whose task it is.
    """
    says, according, *_ = _patterns()
    for span in people:
        before, after = text[: span.start].casefold(), text[span.end :].casefold()
        sentence = re.split(r"[.!?\n]", after)[0]
        label = labels and re.match(r"(?:\*\*|__)?\s*:", after) and not re.search(r"[-*+] (?:\[.\] )?[\w *]*$", before)
        if match := says.match(sentence):
            yield span.start, span.end + match.end()
        elif label or according.search(before[-20:]):
            yield span.start, span.end
