"""What became of a promise: kept, kept in part, or let go, in the other words of a later note.

The signs of evidence.py are weighed by what bench/train_outcomes.py learned from notes with known answers. The newest
word counts, and what is partly done stays open.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from typing import Literal

import msgspec

from assistant import resources
from assistant.notes.evidence import Candidate, candidates
from assistant.notes.matters import Chronicle
from assistant.records import Commitment, Line, Reading, Source, are_others
from assistant.words import likeness, stems

LONGEST_QUOTE = 400
_SURE = 0.982  # of a task box or a label, and the most of any other promise
_SURELY = 1.6
_PLAINLY = 0.8  # shares enough with a promise to speak of nothing else


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """corpus/reading/outcomes/weights.json: what closes a promise, and what of that lets it go.

    A promise is closed where the notes make that as likely as `sure`, and one sentence at least as likely as `least`.
    """

    closes: dict[str, float]
    lets_go: dict[str, float]
    sure: float
    least: float


@cache
def model() -> Model:
    """The learned weights, read once."""
    return msgspec.json.decode((resources.corpus() / "reading" / "outcomes" / "weights.json").read_bytes(), type=Model)


def score(weights: dict[str, float], signs: dict[str, float]) -> float:
    """How likely by the weights."""
    total = sum(weights.get(name, 0.0) * value for name, value in signs.items() if value)
    return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


class Inkling(msgspec.Struct):
    """What the notes so far give to think of a standing promise: how unlikely closed, and by what most likely."""

    doubt: float = 1.0
    likely: float = 0.0
    line: Line | None = None
    path: str = ""
    date: dt.date | None = None
    let_go: bool = False


class Fates:
    """Follows promises through a pair's notes, in order."""

    def __init__(self, readings: list[Reading], learned: Model | None = None) -> None:
        self.chronicle = Chronicle(readings)
        self._learned = learned or model()
        self._inklings: dict[str, Inkling] = {}
        self._closed: dict[str, Commitment] = {}
        self._dates = [r.note.date for r in readings if r.note.status != "planned"]

    def after(self, commitments: list[Commitment], reading: Reading) -> list[Commitment]:
        """The commitments after a later note; the newest word counts, and what is partly done stays open."""
        commitments = [self._opened(c, reading) for c in commitments]
        standing = [c for c in commitments if c.status == "open" and c.made < reading.note.date]
        found = candidates(self.chronicle, standing, reading)
        left = (
            [one for one in some if not reading.told(c.id, one.said.line.level)]
            for c, some in zip(standing, found, strict=True)
        )
        judged = {c.id: self._judged(c, some, reading) for c, some in zip(standing, left, strict=True)}
        return [judged.get(c.id, c) for c in commitments]

    def _opened(self, commitment: Commitment, reading: Reading) -> Commitment:
        """Open again where a later note says that what was told as done is not."""
        was = self._closed.get(commitment.id)
        if (
            was is None
            or commitment.status != "done"
            or (commitment.closed_on or reading.note.date) >= reading.note.date
        ):
            return commitment
        said = self.chronicle.said(reading.note.path)
        touched = self.chronicle.touches(commitment, reading.note.path)
        if not any(touch.own >= _SURELY and "unmet" in said[at].cues for at, touch in touched.items()):
            return commitment
        del self._closed[commitment.id]
        self._inklings.pop(commitment.id, None)
        return was

    def stands(self, commitment: Commitment, likely: float) -> float:
        """How likely an open commitment is one and open indeed; `likely` is how likely it is one.

        What no later note speaks of is often done and forgotten: the more notes there are, the less it is to be
        counted on. Four numbers, fitted to some sixty promises with known answers.
        """
        inkling = self._inklings.get(commitment.id, Inkling())
        sure = min(max(likely, 0.3), _SURE)
        later = sum(date > commitment.made for date in self._dates)
        total = 0.2 + 0.6 * math.log(sure / (1 - sure)) - 0.3 * (1 - inkling.doubt)
        total -= 1.7 * (later >= 1) + 0.3 * min(max(later - 1, 0), 3)
        return round(1 / (1 + math.exp(-total)), 3)

    def _judged(self, commitment: Commitment, found: list[Candidate], reading: Reading) -> Commitment:
        """Closed by the sentence that says so most surely, if the notes so far say so surely enough."""
        inkling = self._inklings.setdefault(commitment.id, Inkling())
        if any(c.signs["own"] >= _PLAINLY and c.unmet for c in found):
            inkling = self._inklings[commitment.id] = Inkling()
        for candidate in (c for c in found if not c.unmet and not are_others(c.said.line.who, commitment.who)):
            likely = score(self._learned.closes, candidate.signs)
            inkling.doubt *= 1.0 - likely
            if likely > inkling.likely:
                inkling.likely, inkling.line = likely, candidate.said.line
                inkling.path, inkling.date = reading.note.path, reading.note.date
                inkling.let_go = score(self._learned.lets_go, candidate.signs) > 0.5
        if 1.0 - inkling.doubt < self._learned.sure or inkling.likely < self._learned.least or inkling.line is None:
            return commitment
        line = inkling.line
        source = Source(inkling.path, line.line, inkling.date, line.level, line.text[:LONGEST_QUOTE])
        self._closed[commitment.id] = commitment
        return closed(commitment, "dropped" if inkling.let_go else "done", source)


def closed(commitment: Commitment, status: Literal["done", "dropped"], source: Source) -> Commitment:
    """The commitment, closed on the day of a source and by it."""
    sources = (*commitment.sources, source)
    return msgspec.structs.replace(commitment, status=status, closed_on=source.date, sources=sources)


def told(commitment: Commitment, reading: Reading) -> Commitment:
    """The commitment as a model read of it in a later note: closed, or still open where it was kept in part."""
    for fate in reading.fates if commitment.status == "open" else ():
        if fate.of == commitment.id and fate.became in ("done", "dropped"):
            return closed(commitment, "dropped" if fate.became == "dropped" else "done", fate.source)
        if fate.of == commitment.id:
            return msgspec.structs.replace(commitment, sources=(*commitment.sources, fate.source))
    return commitment


def ticked_off(commitment: Commitment, reading: Reading) -> Commitment:
    """Closed by a ticked box of a later note that speaks of the same thing."""
    if commitment.status != "open" or commitment.made >= reading.note.date:
        return commitment
    others = {line.line for line in reading.lines if are_others(line.who, commitment.who)}
    ticked = [passage for passage in reading.note.passages if passage.box and passage.line not in others]
    own = stems(commitment.text) if ticked else frozenset()
    for passage in ticked:
        if len(own & stems(passage.text)) >= 2 and likeness(own, stems(passage.text)) >= 0.5:
            quote = passage.text[:LONGEST_QUOTE]
            source = Source(reading.note.path, passage.line, reading.note.date, passage.level, quote)
            return closed(commitment, "done", source)
    return commitment
