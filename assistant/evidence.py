"""What the notes say on what a pair wants to talk of: one sentence a wish, and nothing that a later note overturned."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec import Struct

from assistant.notes import turns
from assistant.records import Level, Note, Passage, Readable, Source, Story, Wish
from assistant.retrieval.recall import Recall, Sentence
from assistant.words import stems

SHORT = 25  # letters; a sentence that is shorter tells nothing by itself
_QUOTE = 400
# Measured by bench/briefing.py; docs/search.md has the figures.
_LEAST = 0.35  # of a wish, in a sentence that is about it
_ENOUGH = 0.6  # more than this makes a sentence no better
_MORE, _NAMED = 3, 0.5  # words besides those of a wish, and what a sentence is worth without them
_SAME = 0.18  # of a plan, in a later sentence that may be about it


class Evidence(Struct, frozen=True):
    """A wish of the pair (scope, interest, learning goal) with its place, and where the notes speak of it."""

    kind: str
    wish: Wish
    profile: Source
    seen: Source | None


def evidence(kind: str, wish: Wish, path: str, recall: Recall, taken: set[str]) -> Evidence:
    """The newest telling sentence about a wish that still holds and is none of `taken`, to which it is added.

    `path` is the file that has the wish.
    """
    profile = Source(path, wish.line, None, Level.PAIR, wish.text)
    asked = stems(wish.text)
    worth = {
        number: min(1.0, score / _ENOUGH) * recall.newness[number] * _telling(source.quote, asked)
        for number, score in recall.scores(wish.text).items()
        if score >= _LEAST and _quotable(source := recall.sentences[number].source) and not _told(source.quote, taken)
    }
    ranked = sorted(worth, key=lambda number: (-worth[number], -number))
    best = next((number for number in ranked if not _overturned(recall, number)), None)
    seen = recall.sentences[best].source if best is not None else None
    if seen is not None:
        taken.add(seen.quote)
    return Evidence(kind, wish, profile, seen)


def _told(text: str, taken: Iterable[str]) -> bool:
    return any(text in other or other in text for other in taken)


def _quotable(source: Source) -> bool:
    """What is confidential is told only where an item is about it."""
    text = source.quote
    return len(text) >= SHORT and not text.rstrip('"”’').endswith("?") and not source.level.closes


def _telling(text: str, asked: frozenset[str]) -> float:
    """Less for a sentence that hardly says more than that something came up."""
    return 1.0 if len(stems(text) - asked) >= _MORE else _NAMED


def _overturned(recall: Recall, number: int) -> bool:
    """Is it a plan of which a later session says that it goes otherwise?"""
    told = recall.sentences[number].source
    if told.date is None or not turns.is_plan(told.quote):
        return False
    alike = (recall.sentences[other].source for other, score in recall.scores(told.quote).items() if score >= _SAME)
    return any(later.date is not None and later.date > told.date and turns.turns(later.quote) for later in alike)


def holding(story: Story, recall: Recall) -> Story:
    """The story without the plans, among its beliefs and threads, that go otherwise by now."""

    def stale(source: Source) -> bool:
        number = recall.number(source)
        return number is not None and _overturned(recall, number)

    beliefs = tuple(belief for belief in story.beliefs if not stale(belief.sources[0]))
    threads = tuple(thread for thread in story.threads if not stale(thread.source))
    return msgspec.structs.replace(story, beliefs=beliefs, threads=threads)


def remembered(readable: Readable, today: dt.date, meaning: Callable[[str], Mapping[str, float]]) -> Recall:
    """What was said in the sessions held up to today, to be asked; not what others were told of it."""
    notes = [r.note for r in readable if r.note.status == "held" and r.note.date <= today]
    notes.sort(key=lambda note: (note.date, note.nth))
    return Recall([sentence for note in notes for sentence in _said(note)], meaning)


def _said(note: Note) -> Iterable[Sentence]:
    last: tuple[str, ...] | None = None
    for passage in note.passages:
        told_on = passage.level.openness > Level.PAIR.openness  # it reports on the talk, it is not the talk
        if passage.kind in ("heading", "row") or passage.order or told_on:
            continue
        for number, (line, text) in enumerate(sentences(passage)):
            joined = last == passage.section and (number > 0 or passage.kind == "text")
            last = passage.section
            yield Sentence(Source(note.path, line, note.date, passage.level, text), passage.section, joined)


def sentences(passage: Passage) -> list[tuple[int, str]]:
    """(line, text) of each sentence of a passage that is not too long to quote."""
    found = []
    for match in re.finditer(r"\S.*?(?:[.!?]+[\"”’)]*(?=\s)|$)", passage.text, re.DOTALL):
        text = match.group().strip()
        if text and len(text) <= _QUOTE:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            found.append((passage.line + passage.text.count("\n", 0, start), text))
    return found
