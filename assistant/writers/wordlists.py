"""The word lists of corpus/words/ by which questions are compared, matched with lines and kept off what is delicate.

Each holds Dutch and English at once, since people mix them in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeVar

import msgspec

from assistant import resources
from assistant.words import content, fold, stem, words

T = TypeVar("T")


def _read(name: str, shape: type[T]) -> T:
    text = (resources.corpus() / "words" / f"{name}.yaml").read_text(encoding="utf-8")
    return msgspec.convert(resources.parsed(text), shape)


@cache
def concepts() -> dict[str, str]:
    """The meaning of each stem in concepts.yaml, named by the first word of its line; "" for what says nothing."""
    lists = _read("concepts", dict[str, str])
    lines = [("", lists["silent"].split()), *((line.split()[0], line.split()) for line in lists["same"].splitlines())]
    return {stem(fold(word)): name for name, line in reversed(lines) for word in line}


@cache
def subjects() -> dict[str, frozenset[str]]:
    """The words of each subject that a question of the bank can be about."""
    return {name: frozenset(map(fold, line)) for name, line in _read("subjects", dict[str, list[str]]).items()}


@cache
def _delicate() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings of words."""
    entries = [fold(word) for line in _read("delicate", list[list[str]]) for word in line]
    return frozenset(entries), tuple(word[:-1] for word in entries if word.endswith("*"))


def meaning(text: str) -> frozenset[str]:
    """The meanings of the words of a text, whatever its language."""
    known = concepts()
    return frozenset(known.get(stem(word), stem(word)) for word in content(text)) - {""}


def is_delicate(text: str, chosen: Iterable[str]) -> bool:
    """Does a text touch what no question is built on, other than in words that the pair chose as its subjects?"""
    whole, beginnings = _delicate()
    own = {stem(word) for text in chosen for word in content(text)}
    found = (word for word in words(text) if word in whole or word.startswith(beginnings))
    return any(stem(word) not in own for word in found)


@cache
def _depths() -> list[tuple[int, frozenset[str]]]:
    lists = _read("depth", dict[int, list[str]])
    return sorted(((depth, meaning(" ".join(line))) for depth, line in lists.items()), reverse=True)


def depth_of(question: str) -> int:
    """How deep a question that stands in a note goes, from 1 to 3."""
    asked = meaning(question)
    return next((depth for depth, known in _depths() if not known.isdisjoint(asked)), 1)
