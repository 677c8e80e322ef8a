"""What a new mentor is given: the rhythm, the subjects, and the promises that stand; no text but what was agreed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import get_args

from msgspec import Struct

from assistant.drafts import Handed, HandoverPart
from assistant.phrases import LetterPhrases, fill
from assistant.records import Calendar, Pair


class Material(Struct, frozen=True):
    """All that a handover is written from; `lines` are those that were agreed to."""

    pair: Pair
    today: dt.date
    calendar: Calendar
    minutes: int
    lines: tuple[Handed, ...]
    by: str


def write(material: Material, phrases: LetterPhrases) -> tuple[str, tuple[str, ...]]:
    """The handover as Markdown, and those of its sentences that are prep's own."""
    words, mentee = phrases.handover, material.pair.mentee.name.split()[0]
    approved = fill(words["approved"], by=material.by, date=phrases.date(material.today))
    rhythm = list(_rhythm(material, phrases))
    head = [fill(words["title"], mentee=mentee), fill(words["banner"], mentee=mentee)]
    parts = [f"# {head[0]}", f"*{head[1]}*", _section(words["rhythm"], rhythm)]
    headings = []
    for part in get_args(HandoverPart):
        heading, lines = fill(words[part], mentee=mentee), [line.text for line in material.lines if line.part == part]
        if lines:
            headings.append(heading)
            parts.append(_section(heading, lines))
    return "\n\n".join([*parts, approved]) + "\n", (*head, *rhythm, *headings, approved)


def _section(heading: str, lines: Sequence[str]) -> str:
    shown = (line.replace("<", "&lt;").replace("%%", "% %").replace(" #", " \\#") for line in lines)
    return "\n".join([f"## {heading}", "", *(f"- {line}" for line in shown)])


def _rhythm(material: Material, phrases: LetterPhrases) -> Iterator[str]:
    words, calendar = phrases.handover, material.calendar
    held = calendar.number - 1
    last = phrases.date(calendar.last_held, material.today) if calendar.last_held else ""
    key = {0: "held_none", 1: "held_one"}.get(held, "held_many")
    count = phrases.number(held)
    yield fill(words[key], count=count[:1].upper() + count[1:], last=last)
    yield fill(words["cadence"], cadence=phrases.cadence(material.pair.cadence), minutes=material.minutes)
    if calendar.next_planned:
        yield fill(words["next"], date=phrases.day(calendar.next_planned, material.today))
    else:
        yield words["next_none"]
