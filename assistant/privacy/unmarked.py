"""The sentences of a note that nobody marked, paragraph by paragraph, with what speaks against telling any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from msgspec import Struct

from assistant.privacy import identify, lexicon, rewrite, secrecy, wording
from assistant.privacy.sharing import cells
from assistant.records import Level, Line, Passage, Reading

# What is never said in general words, because what is left says nothing or still too much.
_IDENTIFIES = frozenset(("amount", "percentage", "age", "number", "contact", "link", "unknown-name", "organisation"))
_MOST_QUOTED = 3  # words between quotation marks that are a term and no quotation
_SHORTEST = 5


class Sentence(Struct, frozen=True):
    """A sentence as it stands in a note, and its words as they are to be said: without brackets that identify."""

    text: str
    said: str
    line: int
    level: Level
    speaker: rewrite.Speaker


def paragraphs(reading: Reading) -> Iterator[list[Sentence]]:
    """The unmarked sentences of a note by paragraph, list item or table row, in order."""
    rows = [Sentence(p.text, cells(p.text), p.line, p.level, "mentor") for p in reading.note.passages if _is_row(p)]
    placed = [(_place(line, reading.note.passages), line) for line in reading.lines if line.level is Level.PAIR]
    for _, group in groupby(placed, key=lambda entry: entry[0]):
        lines = [line for place, line in group if place is not None]
        if lines:
            yield [part for line in lines for part in _parts(line)]
    yield from ([row] for row in rows)


_LOW_END = re.compile(r"(?<=[^\W\d]{3}[.!?])\s+(?=[a-z])")


def _parts(line: Line) -> Iterator[Sentence]:
    """A sentence, cut where one begins in small letters, as dictated notes have them."""
    start = 0
    for end in [*(match.end() for match in _LOW_END.finditer(line.text)), len(line.text)]:
        text = line.text[start:end].strip()
        at = line.line + line.text.count("\n", 0, start)
        yield Sentence(text, text, at, line.level, line.speaker)
        start = end


def _is_row(passage: Passage) -> bool:
    return passage.kind == "row" and passage.level is Level.PAIR and not passage.order and not passage.for_pair


def _place(line: Line, passages: Iterable[Passage]) -> tuple[int, int] | None:
    """Which paragraph or list item a sentence stands in; None where it is pasted text, a cell, or marked for the pair."""
    for passage in passages:
        if passage.line <= line.line <= passage.line + passage.text.count("\n") and line.text[:20] in passage.text:
            barred = passage.quoted or passage.for_pair or passage.kind in ("verbatim", "row")
            return None if barred else (passage.block, passage.line)
    return None


def objection(sentence: Sentence, rewriter: rewrite.Rewriter) -> str | None:
    """Why a sentence may not be proposed whatever it says, None where nothing stands against it."""
    text = wording.plain(sentence.said)
    if len(text.split()) < _SHORTEST or sentence.speaker == "other":
        return "fragment"
    if wording.is_disguised(sentence.text):
        return "disguised"
    spans = rewriter.spans(text)
    if kind := secrecy.ruled_out(identify.replaced(text, spans, lambda s: "X" if s.kind == "person" else None)):
        return kind
    for span in spans:
        ours = span.who is not None and span.who.side != "other" and span.who.pair == rewriter.slug
        if span.kind == "person" and not ours:
            return "person"
        if span.kind in _IDENTIFIES and not ours and not _is_harmless_form(text[span.start : span.end], span.kind):
            return span.kind
    if text.rstrip(" \"”')").endswith("?") and not _NEXT_TIME.search(text):
        return "question"
    if secrecy.addresses(text):
        return "addressed"
    return "quotation" if _quotes(text) else None


def first_named(sentence: Sentence, rewriter: rewrite.Rewriter) -> Literal["mentor", "mentee"] | None:
    """Who of the pair a sentence names first: the one a later "she" most likely is."""
    for span in rewriter.spans(wording.plain(sentence.said)):
        if span.who is not None and span.who.side != "other":
            return span.who.side
    return None


def begins_with_pronoun(sentence: Sentence) -> bool:
    """Does it begin with a "he" or "she", of whom it doesn't say who that is?"""
    return _PRONOUN.match(sentence.said) is not None


_PRONOUN = re.compile(r"(?i)\W*(?:hij|zij|ze|he|she|they|haar|his|her)\b")


def _is_harmless_form(text: str, kind: str) -> bool:
    """A4 and the like: a code that every office has."""
    return kind == "number" and re.split(r"\W", text.lower())[0] in lexicon.cue("harmless_capitals")


_NEXT_TIME = re.compile(r"^\W*(?:volgende|next)\b", re.IGNORECASE)


def _quotes(text: str) -> bool:
    """Does somebody speak in quotation marks? A term does not, nor a rule or a title that is quoted as such."""
    for quote in identify.quotations(text):
        said, before = text[quote.start : quote.end], text[: quote.start]
        if len(said.split()) > _MOST_QUOTED and not secrecy.names_a_rule(before):
            return True
    return False


def unquoted(text: str) -> str:
    """The sentence with its quotation marks taken off."""
    for quote in sorted(identify.quotations(text), key=lambda q: -q.start):
        text = text[: quote.start] + text[quote.start + 1 : quote.end - 1] + text[quote.end :]
    return text
