"""How well a chunk answers a question: BM25 over the terms of its words and of what they are in the other language.

A word of the question counts once in a chunk: as itself or as one of its meanings, whichever is worth most there. Words
of the question that have a term in common share what it is worth. To that comes a part of what the chunks before and after it add, and of how like the best chunks it is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from assistant.retrieval.terms import asks, columns

# Measured on the sets of bench/retrieval.py; docs/search.md has the figures.
WEIGHTS = (1.0, 1.0, 0.5)  # of stems, beginnings and pieces
_K1 = 2.5
_B = 0.9
_AROUND = 0.5  # how much of the score is that of the chunk with its neighbours
_ALIKE = 0.45  # what likeness to the best chunks adds
_BEST = 20
_ASKING = 0.6  # what a word counts for that asks rather than tells: "summarise", "besproken"
_POWER = 4  # by which the best of them count for more

Term = tuple[int, str]  # (column, term)


class Row(Struct, frozen=True):
    """A candidate: how often each term of the question is in it, how many terms it has, and its stems."""

    id: int
    path: str
    counts: dict[Term, int]
    length: int
    stems: Counter[str]


class Match(Struct, frozen=True):
    """`score` is relative to the best chunk, at most 1; `coverage` is the share of the question that is in it, 0 to 1."""

    score: float
    coverage: float


class Question:
    """The words of a question, each with its variants: itself, and its meanings with their weights."""

    def __init__(self, words: Sequence[str], meaning: Callable[[str], Mapping[str, float]]) -> None:
        self.words = words
        self.variants = [
            (number, word, weight * (_ASKING if asks(own) else 1.0))
            for number, own in enumerate(words)
            for word, weight in ((own, 1.0), *meaning(own).items())
        ]
        self.users: dict[Term, list[int]] = defaultdict(list)
        for number, (_, word, _) in enumerate(self.variants):
            for column, found in enumerate(columns(word)):
                for term in found:
                    self.users[column, term].append(number)
        self.shares = {term: 1 / len({self.variants[v][0] for v in users}) for term, users in self.users.items()}
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
            gain = self.shares[term] * idf[term] * count * (_K1 + 1) / (count + norm)
            for variant in self.users[term]:
                sums[variant] += gain
        best: dict[int, float] = {}
        for variant, total in sums.items():
            word, _, weight = self.variants[variant]
            best[word] = max(total * weight, best.get(word, 0.0))
        return best


def ranked(question: Question, rows: Sequence[Row], size: int, frequencies: Mapping[Term, int]) -> dict[int, Match]:
    """The rows by how well they answer; `frequencies` of the terms are among `size` chunks."""
    if not rows:
        return {}
    idf = {term: _idf(frequencies.get(term, 1), size) * WEIGHTS[term[0]] for term in question.users}
    own, around = _worths(question, rows, idf), _worths(question, _with_neighbours(rows), idf)
    top, top_around = max(own.values()) or 1.0, max(around.values()) or 1.0
    scores = {key: (1 - _AROUND) * own[key] / top + _AROUND * around[key] / top_around for key in own}
    near, full = _likeness(scores, rows), _full(question, idf)
    return {
        key: Match((score + _ALIKE * near[key]) / (1 + _ALIKE), min(1.0, own[key] / full))
        for key, score in scores.items()
    }


def _with_neighbours(rows: Sequence[Row]) -> list[Row]:
    """Each row with what is in the chunks before and after it, as far as they are rows too."""
    by_place = {(row.path, row.id): row for row in rows}
    result = []
    for row in rows:
        near = [by_place[at] for step in (-1, 0, 1) if (at := (row.path, row.id + step)) in by_place]
        counts: Counter[Term] = Counter()
        for other in near:
            counts.update(other.counts)
        result.append(Row(row.id, row.path, counts, sum(other.length for other in near), row.stems))
    return result


def _idf(frequency: int, size: int) -> float:
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _worths(question: Question, rows: Sequence[Row], idf: Mapping[Term, float]) -> dict[int, float]:
    """BM25 of each row; lengths are measured against the average of these rows."""
    average = sum(row.length for row in rows) / len(rows) or 1.0
    norms = {row.id: _K1 * (1 - _B + _B * row.length / average) for row in rows}
    return {row.id: sum(question.gains(row.counts, norms[row.id], idf).values()) for row in rows}


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
    top = max(scores.values()) or 1.0
    sums: dict[str, float] = defaultdict(float)
    for key in sorted(scores, key=lambda k: (-scores[k], k))[:_BEST]:
        share = (scores[key] / top) ** _POWER
        for word, value in vectors[key].items():
            sums[word] += share * value
    middle = _unit(sums)
    return {key: sum(value * middle[word] for word, value in v.items() if word in middle) for key, v in vectors.items()}


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items()}
