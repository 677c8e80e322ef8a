"""A query over a pair's notes and the guidance: scores of the arms added up, the best passages first."""

from __future__ import annotations

import datetime as dt
import sqlite3
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from assistant.errors import ModelFailed
from assistant.records import Hit, Level
from assistant.retrieval.chunks import Chunk
from assistant.retrieval.index import Index
from assistant.retrieval.lexical import Changed, Damaged
from assistant.retrieval.matching import matched
from assistant.retrieval.meanings import Meanings
from assistant.retrieval.ranking import Question
from assistant.retrieval.terms import asked

_CANDIDATES = 100
# Guidance stands beside the notes: as good a match in it counts for less than one in what the pair said.
GUIDANCE_WEIGHT = 0.15
_QUESTIONS = 0.4
_OLDER = 0.17  # what the oldest note loses against the newest
_TRIES = 5
_REPORT = 0.6  # what was marked for others reports on the talk in general words, it is not the talk


class Searchable:
    """An index that is made anew, once, if it turns out damaged when it is asked, and opened again if it changed."""

    def __init__(
        self,
        index: Index,
        rebuild: Callable[[], Index],
        meanings: Meanings | None = None,
        reopen: Callable[[], Index] | None = None,
    ) -> None:
        self._index, self._rebuild, self._meanings = index, rebuild, meanings
        self._reopen = reopen or rebuild

    def find(self, query: str, most: int) -> list[Hit]:
        """The best passages, the best one first."""
        for _ in range(_TRIES):  # processes that see different notes take turns
            try:
                return self._as_opened(query, most)
            except Changed:
                self._index.close()
                self._index = self._reopen()
            except (Damaged, sqlite3.Error):
                self._index.close()
                self._index = self._rebuild()
                break
        try:
            return _find(self._index, query, _vector(self._index, query), most, self._meanings)
        except Damaged:  # vectors that can't be asked even when they are new
            return _find(self._index, query, None, most, self._meanings)

    def _as_opened(self, query: str, most: int) -> list[Hit]:
        vector = _vector(self._index, query)  # may take a service a while, in which others can write
        with self._index.lexical.as_opened():
            return _find(self._index, query, vector, most, self._meanings)

    def close(self) -> None:
        self._index.close()


def _find(index: Index, query: str, vector: Sequence[float] | None, most: int, meanings: Meanings | None) -> list[Hit]:
    found = index.lexical.search(query, meanings)
    scores = {row: match.score * (0.5 + match.coverage / 2) for row, match in found.items()}
    scores = _fused(scores, _nearest(index, vector))
    stored = index.lexical.get(scores)
    ages = _ages(stored.values())
    hits = [
        Hit(c.path, c.line, c.date, c.level, c.section, c.text, round(scores[row] * _worth(c, ages), 4))
        for row, c in stored.items()
    ]
    # Row numbers tell how an index came about: equal scores go by place, so that a fresh one answers the same.
    best = sorted(hits, key=lambda hit: (-hit.score, hit.path, hit.line))[:most]
    question = Question(asked(query), meanings.of if meanings else lambda word: {})
    return [msgspec.structs.replace(hit, matched=_matched(hit, question)) for hit in best]


def _fused(lexical: dict[int, float], cosines: Mapping[int, float]) -> dict[int, float]:
    """The sum of the z-scores of both arms, from 0 for the worst row to the best score of either arm for the best.

    So it matters not at which height the cosines of a model lie. What has no vector is told by its words alone.
    """
    if not cosines:
        return lexical
    words = _standard(lexical | dict.fromkeys(cosines.keys() - lexical.keys(), 0.0))
    meant = _standard(cosines)
    total = {row: z + meant.get(row, 0.0) for row, z in words.items()}
    low, high = min(total.values()), max(total.values())
    best = max([*lexical.values(), *cosines.values(), 0.0])
    return {row: best * ((z - low) / (high - low) if high > low else 1.0) for row, z in total.items()}


def _standard(scores: Mapping[int, float]) -> dict[int, float]:
    """Z-scores: how many standard deviations each lies above the average."""
    spread = statistics.pstdev(scores.values()) or 1.0
    middle = statistics.fmean(scores.values())
    return {row: (score - middle) / spread for row, score in scores.items()}


def _matched(hit: Hit, question: Question) -> tuple[str, ...]:
    return matched("\n".join([*hit.section, hit.text]), question)


def _ages(found: Iterable[Chunk]) -> dict[dt.date | None, float]:
    """0 for the newest day among them, 1 for the oldest; what has no date has no age."""
    days = sorted({c.date for c in found if c.date}, reverse=True)
    return {day: number / max(1, len(days) - 1) for number, day in enumerate(days)}


def _worth(chunk: Chunk, ages: Mapping[dt.date | None, float]) -> float:
    """The part of its score that a chunk keeps: what came of a thing answers better than what was meant to come."""
    report = chunk.date is not None and chunk.level.openness > Level.PAIR.openness
    return _telling(chunk.text) * (1 - _OLDER * ages.get(chunk.date, 0.0)) * (_REPORT if report else 1.0)


def _telling(text: str) -> float:
    """1 for what tells something, less the more of it is questions: those seldom answer one."""
    questions = text.count("?")
    return 1 - _QUESTIONS * questions / (questions + text.count(". ") + text.count("\n") + 1)


def _vector(index: Index, query: str) -> Sequence[float] | None:
    """Of a query; none where there are no vectors, or where it can't be embedded now."""
    if index.vectors is None or index.embedder is None:
        return None
    try:
        return index.embedder.embed([query])[0]
    except ModelFailed:
        return None


def _nearest(index: Index, vector: Sequence[float] | None) -> dict[int, float]:
    """Cosines by row."""
    if index.vectors is None or vector is None:
        return {}
    known = index.lexical.embedded()
    return {row: cosine for row, cosine in index.vectors.search(vector, _CANDIDATES).items() if row in known}


def both(notes: Searchable, guidance: Searchable, query: str, most: int) -> list[Hit]:
    """The best passages of a pair's notes and of the guidance in one list."""
    pool = [*notes.find(query, most), *(_weighed(hit) for hit in guidance.find(query, most))]
    return sorted(pool, key=lambda hit: -hit.score)[:most]


def _weighed(hit: Hit) -> Hit:
    return msgspec.structs.replace(hit, score=round(hit.score * GUIDANCE_WEIGHT, 4))
