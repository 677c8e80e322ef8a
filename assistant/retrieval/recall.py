"""The sentences of a pair's notes, asked in memory: what bears on the next session, without opening an index.

An agenda asks many small questions of text that is read anyway, one for each wish of the pair. A word of a question finds
itself, its forms, the compounds that it is part of, and what it is in the other language.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from assistant.records import Source
from assistant.retrieval.terms import bare
from assistant.words import content, stem

_PART = 5  # letters of a word of a question that may be part of a compound of the notes
_OWN_PART = 6  # and of the part of one in a question: shorter ones are the endings of too many words
_FORM = 2  # letters that another form of a short word may have more
_COMPOUND = 0.8
_HEADING = 0.5  # what a word is worth that stands in the heading above a sentence
_BESIDE = 0.3  # or in the sentence before or after it
_REPEATED = 0.7  # what is taken off a sentence that repeats another whole
_SURE = 0.5  # of a question, in its best answer: what is found for less counts for less
_OLDER = 0.3  # what the first session loses against the last

Worth = dict[int, float]  # by the number of a sentence


class Sentence(Struct, frozen=True):
    """A sentence with its place and the headings above it. `joined`: does it go on from the one before it?"""

    source: Source
    heading: tuple[str, ...] = ()
    joined: bool = False


class Recall:
    """Sentences, to be asked."""

    def __init__(self, sentences: Sequence[Sentence], meaning: Callable[[str], Mapping[str, float]]) -> None:
        self.sentences, self._meaning = sentences, meaning
        self.words = [frozenset(map(bare, content(s.source.quote))) for s in sentences]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The sentences that have a word."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for word in words:
                places[word].append(number)
        return places

    @cached_property
    def _headed(self) -> dict[str, list[int]]:
        """The sentences under a heading that has a word."""
        by_heading: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            by_heading[sentence.heading].append(number)
        places: dict[str, list[int]] = defaultdict(list)
        for heading, numbers in by_heading.items():
            for word in {bare(word) for title in heading for word in content(title)}:
                places[word] += numbers
        return places

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        """The words there are, by what their forms share."""
        forms: dict[str, list[str]] = defaultdict(list)
        for word in {*self._places, *self._headed}:
            forms[stem(word)].append(word)
        return forms

    @cached_property
    def _text(self) -> str:
        """All words there are, one a line: the quickest way to those in which another stands."""
        return "\n".join(["", *self._places, *(word for word in self._headed if word not in self._places), ""])

    def scores(self, question: str) -> Worth:
        """How much of a question each sentence speaks of, 0 to 1; what is rare in the notes tells most."""
        found: Worth = defaultdict(float)
        full = 0.0
        for word in dict.fromkeys(map(bare, content(question))):
            at = self._at(word)
            rare = math.log(1 + len(self.sentences) / (1 + len(at)))
            full += rare
            for number, worth in at.items():
                found[number] += rare * worth
        return {number: worth / full for number, worth in found.items()} if full else {}

    def _at(self, word: str) -> Worth:
        """What a word of a question is worth in each sentence, 0 to 1."""
        own, headed = self._found(word)
        worth = dict(own)
        for number, value in headed.items():
            worth[number] = max(value * _HEADING, worth.get(number, 0.0))
        for number, value in own.items():
            for beside in self._beside(number):
                worth[beside] = max(value * _BESIDE, worth.get(beside, 0.0))
        return worth

    def _found(self, word: str) -> tuple[Worth, Worth]:
        own: Worth = {}
        headed: Worth = {}
        for other, weight in {**self._meaning(word), word: 1.0}.items():
            for known, likely in self._variants(other).items():
                for places, worth in ((self._places, own), (self._headed, headed)):
                    for number in places.get(known, ()):
                        worth[number] = max(weight * likely, worth.get(number, 0.0))
        return own, headed

    def _variants(self, word: str) -> dict[str, float]:
        """The words of the notes that are a form of a word, part of it or made with it."""
        found = dict.fromkeys(self._known.get(stem(word), ()), 1.0)
        at = self._text.find(word)
        while at >= 0:
            start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
            other = self._text[start:end]
            if start == at and len(other) - len(word) <= _FORM:
                found[other] = 1.0
            elif len(word) >= _PART:
                found.setdefault(other, _COMPOUND)
            at = self._text.find(word, end)
        for size in range(_OWN_PART, len(word)):
            for part in (word[:size], word[-size:]):
                if part in self._places or part in self._headed:
                    found.setdefault(part, _COMPOUND)
        return found

    def _beside(self, number: int) -> Iterable[int]:
        if self.sentences[number].joined:
            yield number - 1
        if number + 1 < len(self.sentences) and self.sentences[number + 1].joined:
            yield number + 1

    @cached_property
    def newness(self) -> list[float]:
        """1 for a sentence of the last session, less for an older one."""
        days = sorted({s.source.date for s in self.sentences if s.source.date}, reverse=True)
        ages: dict[dt.date | None, float] = {day: number / max(1, len(days) - 1) for number, day in enumerate(days)}
        return [1 - _OLDER * ages.get(s.source.date, 0.0) for s in self.sentences]

    def spread(self, worth: Worth, most: int, beside: Iterable[str] = ()) -> list[int]:
        """The best sentences, each telling something else than those before it and than the texts `beside` them (MMR)."""
        told = [frozenset(map(bare, content(text))) for text in beside]
        chosen: list[int] = []

        def value(number: int) -> float:
            alike = max((_alike(self.words[number], words) for words in told), default=0.0)
            return worth[number] * self.newness[number] - _REPEATED * alike

        while len(chosen) < most:
            best = max((n for n in sorted(worth) if n not in chosen), key=value, default=None)
            if best is None or value(best) <= 0:
                break
            chosen.append(best)
            told.append(self.words[best])
        return chosen

    def number(self, source: Source) -> int | None:
        """Which sentence a line of a note is, or is part of."""
        return next(
            (
                number
                for number in self._lines.get((source.path, source.line), ())
                if source.quote in self.sentences[number].source.quote
            ),
            None,
        )

    @cached_property
    def _lines(self) -> dict[tuple[str, int], list[int]]:
        lines: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            lines[sentence.source.path, sentence.source.line].append(number)
        return lines


def fused(answers: Iterable[Worth]) -> Worth:
    """The answers to several questions as one: each counts the same, whatever its best is worth."""
    total: Worth = defaultdict(float)
    asked = [answer for answer in answers if answer]
    for answer in asked:
        best = max(answer.values())
        for number, worth in answer.items():
            total[number] += worth / best / len(asked) * min(1.0, best / _SURE)
    return dict(total)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The words that two sentences share, of those of the shorter one."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
