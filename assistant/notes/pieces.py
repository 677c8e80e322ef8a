"""Sentences of a note, long ones cut up, with the sayings that stand in them: what topics and beliefs are found in."""

from __future__ import annotations

import re

import msgspec

from assistant.notes.people import Roster
from assistant.notes.sayings import MENTEE, MENTOR, Span, sayings, spoken
from assistant.notes.utterances import LONGEST_QUOTE, Utterance
from assistant.records import Note
from assistant.words import stop_words

_LONG = 45  # words; a sentence that is longer was dictated, and is cut up
_CUT = re.compile(r"(?<=\w)[,;]?\s+(?=(?:and|but|en|maar|so|dus|then|toen)\s)")


class Piece(msgspec.Struct):
    """A sentence, or a part of one that was dictated without stops, with the sayings that stand in it."""

    said: Utterance
    text: str
    line: int
    words: list[str]
    cues: dict[str, list[Span]]

    @property
    def asks(self) -> bool:
        """Is it a question?"""
        return "?" in self.text

    def matter(self) -> set[str]:
        """Its words that carry meaning, outside of the sayings."""
        within = {n for kind in self.cues for span in self.cues[kind] for n in range(span.start, span.end)}
        outside = (w for n, w in enumerate(self.words) if n not in within)
        return {w for w in outside if w not in stop_words() and len(w) > 2 and w not in (MENTEE, MENTOR)}


def pieces_of(said: list[Utterance], roster: Roster, name: str) -> list[Piece]:
    """The sentences of a note, long ones cut up, with the sayings of one file found in them."""
    known = sayings(name)
    result: list[Piece] = []
    for utterance in said:
        for start, text in _parts(utterance.text):
            words = spoken(text, utterance, roster)
            line = utterance.line + utterance.text[:start].count("\n")
            result.append(Piece(utterance, text, line, words, known.found(words)))
    return result


def _parts(text: str) -> list[tuple[int, str]]:
    if len(text.split()) <= _LONG:
        return [(0, text)]
    cuts = [0]
    for match in _CUT.finditer(text):
        if len(text[cuts[-1] : match.start()].split()) >= 9:
            cuts.append(match.end())
    return [(start, text[start:end].strip()) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def quoted(run: list[Piece], note: Note) -> str | None:
    """The sentences from the first to the last as they stand in the note, None if that is too long to quote."""
    first, last = run[0], run[-1]
    for passage in note.passages:
        if passage.block == first.said.block and first.said.block == last.said.block:
            start = passage.text.find(first.text)
            end = passage.text.find(last.text, max(start, 0))
            if start >= 0 and end >= 0 and end + len(last.text) - start <= LONGEST_QUOTE:
                return passage.text[start : end + len(last.text)]
    return None
