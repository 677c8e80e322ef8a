"""What a model found in a note joined with what the rules found there.

The model's word counts for what it was shown, the rules' for the rest. Where both found the same, the rules give the
wording, so that a promise has one id with a model and without, and the model says whose it is. What the rules alone
found stays if it is said outright (a task box, a label) or as good as certain. A day is always the rules' reading of
words of the note, a level always that of the line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar, cast

import msgspec
from msgspec import Struct

from assistant.notes.dates import due
from assistant.notes.people import Roster
from assistant.notes.promises import tidy, without_names
from assistant.notes.utterances import shorten
from assistant.reading.answering import Finds, Promised, Quote
from assistant.reading.asking import Sheet
from assistant.records import Belief, Fate, Note, Pair, Promise, Question, Reading, Seen, Source, Thread
from assistant.words import words

_CERTAIN_PROMISE, _CERTAIN_THREAD = 0.97, 0.97
_SHORT = 4  # words; a shorter quotation is told with the sentence around it

F = TypeVar("F", Promise, Thread, Belief, Question)


def merged(reading: Reading, sheet: Sheet, finds: Finds, pair: Pair) -> Reading:
    """A note as both read it; as the rules did where the model found nothing at all."""
    if not finds.count:
        return reading
    joint = _Joint(reading, sheet)
    return msgspec.structs.replace(
        reading,
        promises=joint.promises(finds, Roster(pair)),
        threads=joint.threads(finds),
        beliefs=joint.beliefs(finds),
        questions=joint.questions(finds),
        fates=joint.fates(finds),
        seen=Seen(sheet.least, frozenset(sheet.asked.values())),
    )


def unread(reading: Reading) -> Reading:
    """A note of which the model may see nothing, beside notes that it read."""
    return msgspec.structs.replace(reading, beliefs=tuple(b for b in reading.beliefs if _plain(b)))


def _plain(belief: Belief) -> bool:
    """Can a belief stand by the rules alone? Where nothing shows otherwise, a third of theirs is none."""
    return belief.against is not None


class _Joint:
    """One note, to join finds in."""

    def __init__(self, reading: Reading, sheet: Sheet) -> None:
        self._reading, self._note, self._least = reading, reading.note, sheet.least

    def promises(self, finds: Finds, roster: Roster) -> tuple[Promise, ...]:
        told = [self._whole(find.quote) for find in finds.promises]
        twins, alone = self._twins(self._reading.promises, told)
        kept = [p for p in alone if p.form != "free" or p.likely >= _CERTAIN_PROMISE or self._unseen(p.source)]
        new = [
            self._promise(find, quote, twin, roster)
            for find, quote, twin in zip(finds.promises, told, twins, strict=True)
        ]
        return _in_order([*kept, *new])

    def _promise(self, find: Promised, quote: Quote, twin: Promise | None, roster: Roster) -> Promise:
        day = _day(find.when, self._note.date, roster)
        if twin is None:
            day = day or due(without_names(quote.text, roster), self._note.date)
            return Promise(tidy(quote.text), find.owner, day, self._source(quote), "free")
        outright = twin.form != "free" and twin.owner != "unknown"
        owner = twin.owner if outright or find.owner == "unknown" else find.owner
        return msgspec.structs.replace(twin, owner=owner, due=day or twin.due, likely=1.0)

    def threads(self, finds: Finds) -> tuple[Thread, ...]:
        told = [self._whole(quote) for quote in finds.threads]
        twins, alone = self._twins(self._reading.threads, told)
        kept = [t for t in alone if t.likely >= _CERTAIN_THREAD or self._unseen(t.source)]
        new = [
            msgspec.structs.replace(twin, likely=1.0) if twin else Thread(tidy(quote.text), self._source(quote))
            for quote, twin in zip(told, twins, strict=True)
        ]
        return _in_order([*kept, *new])

    def beliefs(self, finds: Finds) -> tuple[Belief, ...]:
        told = [self._whole(find.quote) for find in finds.beliefs]
        twins, alone = self._twins(self._reading.beliefs, told)
        result = [b for b in alone if _plain(b) and self._unseen(b.source)]
        for find, quote, twin in zip(finds.beliefs, told, twins, strict=True):
            belief = twin or Belief(tidy(quote.text), self._source(quote))
            if find.shown:
                shown = self._whole(find.shown)
                belief = msgspec.structs.replace(belief, reality=tidy(shown.text), against=self._source(shown))
            result.append(belief)
        return _in_order(result)

    def questions(self, finds: Finds) -> tuple[Question, ...]:
        """All of both: one too many is not asked again, and that is all."""
        twins, _ = self._twins(self._reading.questions, finds.questions)
        new = [
            Question(tidy(quote.text), self._source(quote))
            for quote, twin in zip(finds.questions, twins, strict=True)
            if twin is None
        ]
        return _in_order([*self._reading.questions, *new])

    def fates(self, finds: Finds) -> tuple[Fate, ...]:
        return tuple(
            Fate(one.of, cast(Literal["done", "part", "dropped", "settled"], one.became), self._source(one.quote))
            for one in finds.earlier
        )

    # -- places --

    def _source(self, quote: Quote) -> Source:
        return Source(self._note.path, quote.line, self._note.date, quote.level, quote.text)

    def _unseen(self, source: Source) -> bool:
        """Does it stand where the model was shown nothing?"""
        return source.level.openness < self._least.openness

    def _whole(self, quote: Quote) -> Quote:
        """The sentence around a quotation that says little by itself."""
        if len(words(quote.text)) >= _SHORT:
            return quote
        for line in self._reading.lines:
            if line.level is quote.level and quote.text in line.text and abs(line.line - quote.line) <= 1:
                return msgspec.structs.replace(quote, line=line.line, text=shorten(line.text))
        return quote

    def _twins(self, own: Sequence[F], told: Sequence[Quote]) -> tuple[list[F | None], list[F]]:
        """For each quotation what the rules found in the same words, and what of theirs no quotation touches.

        Twins are one of each: where a quotation lies across two of the rules' finds, or two in one, it stands alone.
        """
        spans = [_span(self._note, find.source) for find in own]
        said = [_span(self._note, self._source(quote)) for quote in told]
        met = [[n for n, span in enumerate(spans) if _meet(span, here)] for here in said]
        count = [sum(n in some for some in met) for n in range(len(own))]
        twins = [
            own[some[0]]
            if len(some) == 1 and count[some[0]] == 1 and _same(own[some[0]], spans[some[0]], here)
            else None
            for some, here in zip(met, said, strict=True)
        ]
        return twins, [find for n, find in enumerate(own) if not count[n]]


class _Span(Struct, frozen=True):
    """Where words stand in a note: in which passage, and from which sign of it to which."""

    passage: int
    start: int
    end: int


def _span(note: Note, source: Source) -> _Span | None:
    """The place of a source; None for one that was put together, as the cells of a row are."""
    for number, passage in enumerate(note.passages):
        last = passage.line + passage.text.count("\n")
        if passage.line <= source.line <= last and passage.level is source.level:
            start = passage.text.find(source.quote)
            if start >= 0:
                return _Span(number, start, start + len(source.quote))
            if passage.kind == "row":
                return _Span(number, 0, len(passage.text))
    return None


def _meet(one: _Span | None, other: _Span | None) -> bool:
    if one is None or other is None:
        return False
    return one.passage == other.passage and one.start < other.end and other.start < one.end


def _same(own: Promise | Thread | Belief | Question, span: _Span | None, told: _Span | None) -> bool:
    """Do the rules' words tell all that a quotation tells? A task or an action is one, however much of it is quoted."""
    if span is None or told is None:
        return False
    outright = isinstance(own, Promise) and own.form != "free"
    return outright or (span.start <= told.start and told.end <= span.end)


def _day(when: str | None, made: dt.date, roster: Roster) -> dt.date | None:
    """The day that some words of the note say, read by the rules."""
    if when is None:
        return None
    text = without_names(when, roster)
    return due(text, made) or due(f"by {text}", made)


def _in_order(finds: Iterable[F]) -> tuple[F, ...]:
    """By line, each place once."""
    once = {(find.source.line, find.source.quote): find for find in finds}
    return tuple(sorted(once.values(), key=lambda find: find.source.line))
