"""How well a chunk answers a question: BM25 over the terms of its words, of what they are in the other language, and
of the document round it.

A word of the question counts once in a chunk: as itself or as one of its meanings, whichever is worth most there.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from assistant.retrieval.terms import columns

# Measured on the sets of bench/retrieval.py; docs/search.md has the figures.
WEIGHTS = (1.0, 1.0, 0.5)  # of stems, beginnings and pieces
_K1 = 1.5
_B = 0.9
_AROUND = 0.5  # how much of the score is that of the whole document
_ALIKE = 0.35  # what likeness to the best chunks adds
_BEST = 20
_POWER = 4

Term = tuple[int, str]  # (column, term)
Key = TypeVar("Key", int, str)


class Row(Struct, frozen=True):
    """A candidate: how often each term of the question is in it, how many terms it has, and its stems."""

    id: int
    path: str
    counts: dict[Term, int]
    length: int
    stems: Counter[str]


class Match(Struct, frozen=True):
    """`score` is relative to the best chunk; `coverage` is the share of the question that is in it, 0 to 1."""

    score: float
    coverage: float


class Question:
    """The words of a question, each with its variants: itself, and its meanings with their weights."""

    def __init__(self, words: Sequence[str], meaning: Callable[[str], Mapping[str, float]]) -> None:
        self.words = words
        self.variants = [(n, word, weight) for n, own in enumerate(words) for word, weight in ((own, 1.0), *meaning(own).items())]
        self.users: dict[Term, list[int]] = defaultdict(list)
        for number, (_, word, _) in enumerate(self.variants):
            for column, found in enumerate(columns(word)):
                for term in found:
                    self.users[column, term].append(number)
        self.terms = [{term for n, term in self.users if n == column} for column in range(len(WEIGHTS))]

    def row(self, id: int, path: str, texts: Sequence[str]) -> Row:
        """A chunk as its index has it: the terms of each column, with spaces between."""
        found = [text.split() for text in texts]
        counts = {
            (column, term): count
            for column, terms in enumerate(found)
            for term, count in Counter(filter(self.terms[column].__contains__, terms)).items()
        }
        return Row(id, path, counts, sum(map(len, found)), Counter(found[0]))

    def gains(self, counts: Mapping[Term, int], norm: float, idf: Mapping[Term, float]) -> dict[int, float]:
        """What each word of the question, by its number, is worth in a text with these terms."""
        sums: dict[int, float] = defaultdict(float)
        for term, count in counts.items():
            gain = idf[term] * count * (_K1 + 1) / (count + norm)
            for variant in self.users[term]:
                sums[variant] += gain
        best: dict[int, float] = {}
        for variant, total in sums.items():
            word, _, weight = self.variants[variant]
            best[word] = max(total * weight, best.get(word, 0.0))
        return best


def ranked(question: Question, rows: Sequence[Row], size: int, frequencies: Mapping[Term, int]) -> dict[int, Match]:
    """The rows by how well they answer; `frequencies` of the terms are among `size` chunks."""
    idf = {term: _idf(frequencies.get(term, 1), size) * WEIGHTS[term[0]] for term in question.users}
    wholes: dict[str, Counter[Term]] = defaultdict(Counter)
    lengths: Counter[str] = Counter()
    for row in rows:
        wholes[row.path].update(row.counts)
        lengths[row.path] += row.length
    own = _worths(question, {r.id: r.counts for r in rows}, {r.id: r.length for r in rows}, idf)
    around = _worths(question, wholes, lengths, idf)
    top, top_around = max(own.values(), default=0.0) or 1.0, max(around.values(), default=0.0) or 1.0
    scores = {r.id: (1 - _AROUND) * own[r.id] / top + _AROUND * around[r.path] / top_around for r in rows}
    near = _likeness(scores, rows)
    full = _full(question, idf)
    return {key: Match(score + _ALIKE * near[key], min(1.0, own[key] / full)) for key, score in scores.items()}


def _idf(frequency: int, size: int) -> float:
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _worths(
    question: Question, counts: Mapping[Key, Mapping[Term, int]], lengths: Mapping[Key, int], idf: Mapping[Term, float]
) -> dict[Key, float]:
    """What texts are worth, by what they are known under."""
    average = sum(lengths.values()) / max(1, len(lengths)) or 1.0
    norms = {key: _K1 * (1 - _B + _B * length / average) for key, length in lengths.items()}
    return {key: sum(question.gains(found, norms[key], idf).values()) for key, found in counts.items()}


def _full(question: Question, idf: Mapping[Term, float]) -> float:
    """What a text of average length with each word of the question once would be worth."""
    worth = sum(idf[n, term] for word in question.words for n, found in enumerate(columns(word)) for term in found)
    return worth or 1.0


def _likeness(scores: Mapping[int, float], rows: Sequence[Row]) -> dict[int, float]:
    """Cosine of each chunk with the best ones taken together: what they speak of in other words than the question's."""
    among = Counter(word for row in rows for word in row.stems)
    rare = {word: math.log(1 + len(rows) / count) for word, count in among.items()}
    vectors = {
        row.id: _unit({w: rare[w] if n == 1 else rare[w] * (1 + math.log(n)) for w, n in row.stems.items()})
        for row in rows
    }
    top = max(scores.values(), default=1.0)
    middle: dict[str, float] = defaultdict(float)
    for key in sorted(scores, key=lambda k: (-scores[k], k))[:_BEST]:
        share = (scores[key] / top) ** _POWER
        for word, value in vectors[key].items():
            middle[word] += share * value
    middle = _unit(middle)
    return {key: sum(value * middle.get(word, 0.0) for word, value in vector.items()) for key, vector in vectors.items()}


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items()}
