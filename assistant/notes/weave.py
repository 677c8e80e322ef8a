"""Finds of single notes woven over all of them: which threads still lie open, which beliefs stand, what was asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property

import msgspec

from assistant.notes.sayings import sayings
from assistant.notes.traces import Keys, Weights, tokens
from assistant.notes.utterances import shorten
from assistant.records import Belief, Commitment, Conviction, Line, Question, Reading, Source, Thread

_AGAIN, _AGAIN_MOST = 0.5, 0.7  # the share of a thread's weight by which a newer one is the same: both ways, one way
_SETTLED, _RARE = 0.25, 0.6  # what a sentence that says so outright must take up of a thread
_ALONE = 0.34
_ARRANGED = 0.5
_ACTED = 0.6
_TELLING, _TAKEN_UP = 0.57, 0.15  # what words must weigh, and how much of a belief they take up, to be about it
_FEW = 4  # sentences; a word in no more of them tells, however short the notes are
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*")
_WINDOW = 45


class Said(msgspec.Struct, frozen=True):
    """A sentence of a later note, or a stretch of a dictated one, with the words by which it is known."""

    text: str
    line: Line
    keys: Keys
    settles: bool
    arranged: bool


class Chronicle:
    """All that was said in the notes of a pair, in order."""

    def __init__(self, readings: list[Reading]) -> None:
        self._readings = readings
        spoken = [[tokens(line.text) for line in reading.lines] for reading in readings]
        self.weights = Weights(spoken)

    @cached_property
    def said(self) -> dict[str, list[Said]]:
        """The sentences of each note, by its path."""
        return {r.note.path: [s for line in r.lines for s in self._stretches(line)] for r in self._readings}

    def _stretches(self, line: Line) -> list[Said]:
        words = tokens(line.text)
        parts = [words] if len(words) <= _WINDOW else [words[n : n + 30] for n in range(0, len(words) - 10, 20)]
        return [self._stretch(line, part) for part in parts]

    def _stretch(self, line: Line, words: list[str]) -> Said:
        cues = sayings("threads").found(words)
        told = {n for kind in ("settled", "arranged") for s in cues.get(kind, ()) for n in range(s.start, s.end)}
        dull = sayings("threads").words("dull")
        matter = [word for n, word in enumerate(words) if n not in told and word not in dull]
        asks = line.text.rstrip().endswith("?") or line.box is False
        open_still = asks or not cues.keys().isdisjoint(("left", "joint"))
        settles = "settled" in cues and not open_still
        return Said(line.text, line, self.weights.keys(matter), settles, "arranged" in cues and not open_still)

    def keys(self, text: str) -> Keys:
        """The keys of a text of these notes."""
        return self.weights.keys([word for word in tokens(text) if word not in sayings("threads").words("dull")])

    def matter(self, text: str) -> Keys:
        """The keys of a text without the sayings that tell it was left."""
        words = tokens(text)
        cues = sayings("threads").found(words)
        spans = [span for kind in ("left", "hint", "joint", "nobody") for span in cues.get(kind, ())]
        told = {n for span in spans for n in range(span.start, span.end)}
        return self.weights.keys([word for n, word in enumerate(words) if n not in told])

    def weight(self, keys: Keys) -> float:
        """What keys weigh together."""
        return sum(self.weights.of(key) for key in keys)

    def share(self, own: Keys, other: Keys) -> float:
        """How much of a matter's weight something else takes up again."""
        return self.weight(own & other) / (self.weight(own) or 1.0)


def unresolved(readings: list[Reading]) -> tuple[Thread, ...]:
    """The threads that no later note settles, those left most plainly first, then the oldest."""
    chronicle = Chronicle(readings)
    standing: list[Thread] = []
    for reading in readings:
        standing = [t for t in standing if not _settled(chronicle, t, reading)]
        for thread in reading.threads:
            standing = [t for t in standing if not _same(chronicle, t, thread)]
            standing.append(thread)
    return tuple(sorted(standing, key=_rank))


def _rank(thread: Thread) -> tuple[float, dt.date, int]:
    return -thread.likely, thread.source.date or dt.date.min, thread.source.line


def _same(chronicle: Chronicle, old: Thread, new: Thread) -> bool:
    a, b = chronicle.matter(old.title), chronicle.matter(new.title)
    shares = sorted((chronicle.share(a, b), chronicle.share(b, a)))
    much = shares[0] >= _AGAIN or (shares[1] >= _AGAIN_MOST and len(a & b) >= 2)
    return old.source.path != new.source.path and much


def _settled(chronicle: Chronicle, thread: Thread, reading: Reading) -> bool:
    """Does a later note say that it was decided, answered or dropped?"""
    if thread.source.date is None or reading.note.date <= thread.source.date:
        return False
    if any(fate.of == thread.key for fate in reading.fates):
        return True
    own = chronicle.keys(thread.title + " " + thread.source.quote)
    title = chronicle.keys(thread.title)
    said = chronicle.said[reading.note.path]
    for at, here in enumerate(said):
        shared = own & here.keys
        if reading.told(thread.key, here.line.level):
            continue
        if not shared or here.text in thread.source.quote:
            continue
        share = max(chronicle.share(title, here.keys), chronicle.share(own, here.keys))
        rare = max(chronicle.weights.of(key) for key in shared)
        follows = at + 1 < len(said) and said[at + 1].settles and said[at + 1].line.line - here.line.line <= 1
        enough = _SETTLED if len(shared) >= 2 else _ALONE
        if (here.settles or follows) and share >= enough and rare >= _RARE:
            return True
        if (here.settles or here.arranged) and share >= _ARRANGED and len(shared) >= 2:
            return True
    return False


def convictions(readings: list[Reading], commitments: Sequence[Commitment] = ()) -> tuple[Conviction, ...]:
    """The beliefs of all notes in order, with what was done with each, and whether a session was held since.

    An insight that was acted on is shown back in the next session; one held since has shown it.
    """
    chronicle = Chronicle(readings)
    held = [r.note.date for r in readings if r.note.status == "held"]
    return tuple(_conviction(chronicle, belief, readings, commitments, held) for r in readings for belief in r.beliefs)


def _conviction(
    chronicle: Chronicle,
    belief: Belief,
    readings: list[Reading],
    commitments: Sequence[Commitment],
    held: list[dt.date],
) -> Conviction:
    sources: tuple[Source, ...] = (belief.source, *([belief.against] if belief.against else []))
    done = _kept_for(chronicle, belief, commitments) or _acted_on(chronicle, belief, readings)
    if done is None or done.date is None:
        return Conviction(belief.belief, belief.reality, None, "open", sources)
    shown = any(day > done.date for day in held)
    return Conviction(
        belief.belief, belief.reality, done.quote, "shown back" if shown else "acted on", (*sources, done)
    )


def _kept_for(chronicle: Chronicle, belief: Belief, commitments: Sequence[Commitment]) -> Source | None:
    """The sentence that says that the mentee kept a promise about the matter of a belief."""
    day = belief.source.date
    for c in commitments:
        told = c.sources[-1]
        if c.status != "done" or c.owner not in ("mentee", "both") or day is None or c.made < day:
            continue
        later = told.date is not None and told.date > day
        if later and _about(chronicle, belief, chronicle.keys(f"{c.text} {told.quote}")):
            return told
    return None


def _acted_on(chronicle: Chronicle, belief: Belief, readings: list[Reading]) -> Source | None:
    """The sentence of a later note that says what was decided about the matter of a belief."""
    own = chronicle.keys(belief.belief)
    for reading in readings:
        if belief.source.date is None or reading.note.date <= belief.source.date:
            continue
        for said in chronicle.said[reading.note.path]:
            much = len(own & said.keys) >= 2 and chronicle.share(own, said.keys) >= _ACTED
            if said.settles and (much or _about(chronicle, belief, said.keys)):
                return Source(reading.note.path, said.line.line, reading.note.date, said.line.level, shorten(said.text))
    return None


def _about(chronicle: Chronicle, belief: Belief, keys: Keys) -> bool:
    """Does something take up a belief that the floor showed otherwise: by a part of its weight and two telling words?"""
    text, weights = f"{belief.belief} {belief.reality or ''}", chronicle.weights
    own, names = chronicle.keys(text), chronicle.keys(" ".join(_NAME.findall(text)))
    words = [key for key in (own & keys) - names if key[0] not in "@#"]
    telling = [key for key in words if weights.of(key) >= _TELLING or weights.count(key) <= _FEW]
    return belief.reality is not None and len(telling) >= 2 and chronicle.share(own, keys) >= _TAKEN_UP


def asked(readings: list[Reading]) -> tuple[Question, ...]:
    """The questions of all notes, in order."""
    return tuple(question for reading in readings for question in reading.questions)
