"""A query over a pair's notes and the guidance: scores of the arms added up, the best passages first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import msgspec

from assistant.errors import ModelFailed
from assistant.records import Hit
from assistant.retrieval.index import Index
from assistant.retrieval.lexical import Damaged
from assistant.retrieval.meanings import Meanings

_CANDIDATES = 100
_VECTOR_WEIGHT = 1.5
# Guidance stands beside the notes: as good a match in it counts for less than one in what the pair said.
GUIDANCE_WEIGHT = 0.15
_QUESTIONS = 0.4


class Searchable:
    """An index that is made anew, once, if it turns out damaged when it is asked."""

    def __init__(self, index: Index, rebuild: Callable[[], Index], meanings: Meanings | None = None) -> None:
        self._index, self._rebuild, self._meanings = index, rebuild, meanings

    def find(self, query: str, most: int) -> list[Hit]:
        """The best passages, the best one first."""
        try:
            return _find(self._index, query, most, self._meanings)
        except (Damaged, sqlite3.Error):
            self._index.close()
            self._index = self._rebuild()
        try:
            return _find(self._index, query, most, self._meanings)
        except Damaged:  # vectors that can't be asked even when they are new
            return _find(self._index, query, most, self._meanings, lexical_alone=True)

    def close(self) -> None:
        self._index.close()


def _find(index: Index, query: str, most: int, meanings: Meanings | None, lexical_alone: bool = False) -> list[Hit]:
    found = index.lexical.search(query, meanings)
    scores = {row: match.score * (0.5 + match.coverage / 2) for row, match in found.items()}
    if not lexical_alone:
        for row, cosine in _nearest(index, query).items():
            scores[row] = scores.get(row, 0.0) + _VECTOR_WEIGHT * max(cosine, 0.0)
    # Row numbers tell how an index came about: equal scores go by place, so that a fresh one answers the same.
    stored = index.lexical.get(sorted(scores, key=lambda row: (-scores[row], row))[: 4 * most])
    hits = [
        Hit(c.path, c.line, c.date, c.level, c.section, c.text, round(scores[row] * _telling(c.text), 4))
        for row, c in stored.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.path, hit.line))[:most]


def _telling(text: str) -> float:
    """1 for what tells something, less the more of it is questions: those seldom answer one."""
    questions = text.count("?")
    return 1 - _QUESTIONS * questions / (questions + text.count(". ") + text.count("\n") + 1)


def _nearest(index: Index, query: str) -> dict[int, float]:
    """Cosines by row; none where there are no vectors, or where the query can't be embedded now."""
    if index.vectors is None or index.embedder is None:
        return {}
    try:
        vector = index.embedder.embed([query])[0]
    except ModelFailed:
        return {}
    known = index.lexical.embedded()
    return {row: cosine for row, cosine in index.vectors.search(vector, _CANDIDATES).items() if row in known}


def both(notes: Searchable, guidance: Searchable, query: str, most: int) -> list[Hit]:
    """The best passages of a pair's notes and of the guidance in one list."""
    pool = [*notes.find(query, most), *(_weighed(hit) for hit in guidance.find(query, most))]
    return sorted(pool, key=lambda hit: -hit.score)[:most]


def _weighed(hit: Hit) -> Hit:
    return msgspec.structs.replace(hit, score=round(hit.score * GUIDANCE_WEIGHT, 4))
