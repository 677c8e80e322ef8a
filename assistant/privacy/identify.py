"""The detector: what in a text identifies people, organisations, places, or what is known of them.

Known names come first, then what identifies by its form, then capitalised words that are no plain words of either
language. Offsets are those of the text as it was given, whatever disguises it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from assistant.privacy import patterns, unknown
from assistant.privacy.known import Known, Who
from assistant.privacy.normal import Flat, flatten
from assistant.privacy.text import Text

Kind = Literal[
    "person",  # somebody of a roster
    "unknown-name",  # a capitalised word that is no plain word: a person, an organisation, a place, a project
    "organisation",  # the same, with what an organisation's name ends in
    "contact",  # e-mail, phone, handle, address, account
    "link",
    "amount",
    "percentage",
    "age",
    "number",  # long, broken or coded: what may identify
    "date",  # with a day
    "month",
    "time",
    "duration",
    "count",
    "quotation",
]
# What nobody can be known by on its own: these stay in a text for any audience.
HARMLESS: frozenset[Kind] = frozenset(["month", "time", "duration", "count"])


class Span(Struct, frozen=True):
    """A stretch of a text. `who` is set for persons of a roster."""

    start: int
    end: int
    kind: Kind
    who: Who | None = None


def spans(text: str, known: Known) -> list[Span]:
    """All finds but quotations, in order; none overlaps another."""
    flat = flatten(text)
    if not flat.cased.strip():
        return []
    words = Text(flat)
    people = list(known.find(words))
    persons = [(words.matches[p.first].start(), words.matches[p.last].end(), p.who) for p in people]
    named = {i for p in people for i in range(p.first, p.last + 1)}
    forms = list(patterns.found_in(flat))
    found = _Finds(flat)
    for start, end, form in forms:
        if form in ("link", "contact"):
            found.take(start, end, form, next((who for at, _, who in persons if start <= at < end), None))
    for start, end, who in persons:
        found.take(start, end, "person", who)
    for start, end, form in forms:
        if form not in ("time", "duration", "count"):
            found.take(start, end, form)
    for start, end, kind in unknown.names(words, found.taken, named):  # before the counts: "ten" is part of a name too
        found.take(start, end, kind)
    for start, end, form in forms:
        found.take(start, end, form)
    return sorted(found.spans, key=lambda s: s.start)


def persons(text: str, known: Known) -> list[Span]:
    """The mentions of people of a roster alone, in order."""
    words = Text(flatten(text))
    found = ((words.matches[p.first].start(), words.matches[p.last].end(), p.who) for p in known.find(words))
    return [Span(*words.flat.back(start, end), "person", who) for start, end, who in found]


class _Finds:
    """Spans of one text; the first to take a stretch has it."""

    def __init__(self, flat: Flat) -> None:
        self.flat, self.taken = flat, bytearray(len(flat.cased))
        self.spans: list[Span] = []
        self._told = bytearray(len(flat.original))  # one sign, such as ¼, may be several when flattened

    def take(self, start: int, end: int, kind: Kind, who: Who | None = None) -> None:
        first, last = self.flat.back(start, end)
        if not any(self._told[first:last]):
            self._told[first:last] = b"\x01" * (last - first)
            self.taken[start:end] = b"\x01" * (end - start)
            self.spans.append(Span(first, last, kind, who))


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks; other finds may lie inside."""
    flat = flatten(text)
    return [Span(*flat.back(start, end), "quotation") for start, end in patterns.quotations(flat)]


def replaced(text: str, found: Iterable[Span], say: Callable[[Span], str | None]) -> str:
    """The text with each span said otherwise; None leaves it as it stands. Spans must not overlap."""
    for span in sorted(found, key=lambda s: -s.start):
        other = say(span)
        if other is not None:
            text = text[: span.start] + other + text[span.end :]
    return text
