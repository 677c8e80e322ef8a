"""The mail after a session, from one of the two to the other: thanks, what was agreed, one question, the next date.

What it is written from holds no text of a note but lines that may stand in a mail (privacy/office.py).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from assistant import panels
from assistant.phrases import LetterPhrases, fill, names_day
from assistant.records import Calendar, Commitment, Mailable, Pair
from assistant.writers.promised import Teller

MOST_WORDS = 149
_CUTS = (40, 26, 20, 16, 13, 11, 9, 7, 5)  # words of a promise, tried in turn until the mail is short enough
_NO_SHORTER = 13  # words of a promise; before it is cut further, the quotation in the thanks goes
_ORDER = ("self", "other", "both", "unknown")


class Point(Struct, frozen=True):
    """A promise as a mail may tell it; without `text` only that there is one, whose, and by when."""

    text: Mailable | None
    commitment: Commitment


class Told(Struct, frozen=True):
    """The one concrete thing of a mail: a line worth telling, a promise that was kept, what was left, or was asked."""

    kind: Literal["told", "kept", "left", "asked"]
    line: Mailable


class Material(Struct, frozen=True):
    """All that a mail is written from. `cancelled` are the days lost since the session.

    `about` are names of subjects. `writes` is the mentor of a panel who writes in its name, where it is known.
    """

    pair: Pair
    sender: Literal["mentor", "mentee"]
    today: dt.date
    session: dt.date
    calendar: Calendar
    cancelled: tuple[dt.date, ...]
    about: tuple[str, ...]
    told: Told | None
    points: tuple[Point, ...]
    discreet: bool
    writes: str | None = None


class Written(Struct, frozen=True):
    """The mail; `own` are those of its lines that are prep's own, `points` what it tells of promises."""

    kind: Literal["thanks", "date"]
    subject: str
    text: str
    ask: str
    own: tuple[str, ...]
    points: tuple[Point, ...]


def write(material: Material, phrases: LetterPhrases) -> Written:
    """The mail, in less than 150 words: promises are cut first, then left to the notes, those of each side last."""
    writer = _Writer(material, phrases)
    points = writer.sorted()
    shortest = _CUTS[0]
    for shortest in (*(cut for cut in _CUTS if cut >= _NO_SHORTER), *(cut for cut in _CUTS if cut <= _NO_SHORTER)):
        if _words(writer.text(points, shortest)) <= MOST_WORDS:
            break
        if shortest == _NO_SHORTER:
            writer.material = msgspec.structs.replace(material, told=None)
    while _words(writer.text(points, shortest)) > MOST_WORDS and points:
        points = _without_one(points, writer.side)
    return writer.written(points, shortest)


def _without_one(points: list[Point], side: Callable[[Point], str]) -> list[Point]:
    """The points without the last one of the side that has most."""
    sides = [side(point) for point in points]
    most = max(_ORDER, key=sides.count)
    at = len(sides) - 1 - sides[::-1].index(most)
    return [*points[:at], *points[at + 1 :]]


def _words(text: str) -> int:
    return len(text.split())


class _Writer:
    def __init__(self, material: Material, phrases: LetterPhrases) -> None:
        self.material, self.phrases = material, phrases
        pair, mentor = material.pair, material.sender == "mentor"
        mentors = panels.all_first(pair, phrases.and_, material.writes if mentor else None)
        mentee = pair.mentee.name.split()[0]
        self.sender, self.reader = (mentors, mentee) if mentor else (mentee, mentors)
        self.adrift = material.calendar.momentum.state in ("slipping", "stalled")
        self.teller = Teller(pair, material.sender, phrases.sides, phrases.language)
        self.own: list[str] = []

    def written(self, points: list[Point], most: int) -> Written:
        self.own = []
        text = self.text(points, most)
        kind: Literal["thanks", "date"] = "date" if self.adrift else "thanks"
        subject = self.say(self.phrases.subjects[kind], date=self.date(self.material.session))
        return Written(kind, subject, text, self.ask(), tuple(self.own), tuple(points))

    def say(self, template: str, **values: object) -> str:
        """A sentence of prep's own."""
        said = fill(template, **values)
        self.own.append(said)
        return said

    def text(self, points: list[Point], most: int) -> str:
        opening = self.rescue() if self.adrift else self.thanks()
        parts = [
            self.say(self.phrases.openings["greeting"], name=self.reader),
            " ".join(opening),
            "\n".join(self.agreed(points, most)),
            " ".join(self.closing()),
            self.say(self.phrases.closings["signed"]) + "\n" + self.sender,
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    # -- how it opens --

    def thanks(self) -> Iterator[str]:
        material, words = self.material, self.phrases.thanks
        when = {0: "today", 1: "yesterday"}.get((material.today - material.session).days, "on")
        about = () if material.discreet else material.about
        values = {"date": self.day(material.session), "about": self.phrases.listed(about) if about else ""}
        yield self.say(words[f"{'about' if about else 'plain'}_{when}"], **values)
        if material.told and not material.discreet:
            yield fill(words[material.told.kind], line=material.told.line)

    def rescue(self) -> Iterator[str]:
        lost, words = self.material.cancelled, self.phrases.openings
        if len(lost) > 1:
            yield self.say(words["cancelled_many"], count=self.phrases.number(len(lost)))
        elif lost:
            yield self.say(words["cancelled_one"], date=self.day(lost[0]))
        else:
            yield self.say(words["silent"], date=self.day(self.material.session))
        whole = self.material.calendar.momentum.state == "slipping" and self.material.calendar.next_planned
        yield self.say(words.get("again_planned", words["again"]) if whole else words["again"])

    # -- what was agreed --

    def side(self, point: Point) -> str:
        return self.teller.side(point.commitment.owner)

    def sorted(self) -> list[Point]:
        """One's own promises first, then by when they are due."""
        return sorted(
            self.material.points,
            key=lambda p: (_ORDER.index(self.side(p)), p.commitment.due is None, p.commitment.due or dt.date.min),
        )

    def agreed(self, points: list[Point], most: int) -> Iterator[str]:
        words = self.phrases.promises
        if points:
            yield self.say(words["standing" if self.adrift else "agreed"])
        for side in _ORDER:
            of_side = [p for p in points if self.side(p) == side]
            told = [] if self.material.discreet else [p for p in of_side if p.text]
            yield from (self.line(text, p.commitment, most) for p in told if (text := p.text))
            yield from self.counted([p for p in of_side if p not in told], side)
        if len(points) < len(self.material.points):
            yield self.say(words["rest"])

    def line(self, text: Mailable, commitment: Commitment, most: int) -> str:
        words, due = self.phrases.promises, commitment.due
        said = self.teller.said(shortened(text, most), commitment.owner, commitment.who)
        if due is None or names_day(said, due, self.phrases.months):
            return fill(words["line"], text=said)
        return fill(words["line_due"], text=said, date=self.date(due))

    def counted(self, points: list[Point], side: str) -> Iterator[str]:
        """How many promises a side made and by when, without a word of what."""
        if points:
            days = dict.fromkeys(self.date(p.commitment.due) for p in points if p.commitment.due)
            key = f"count_{'one' if len(points) == 1 else 'many'}{'_due' if days else ''}"
            count, dates = self.phrases.number(len(points)), self.phrases.listed(list(days)) if days else ""
            yield self.say(self.phrases.promises[key], side=self.phrases.sides[side], count=count, dates=dates)

    # -- how it closes --

    def closing(self) -> Iterator[str]:
        next_day = self.material.calendar.next_planned
        if next_day is not None and not self.adrift:
            yield self.say(self.phrases.closings["next"], date=self.day(next_day))
        yield self.say("{ask}", ask=self.ask())

    def ask(self) -> str:
        """The one question of the mail: for a date where there is none, else for a line on what the other took on."""
        asks, calendar = self.phrases.asks, self.material.calendar
        if self.adrift and calendar.next_planned:
            return fill(asks["confirm"], date=self.day(calendar.next_planned))
        if self.adrift:
            first, second = proposals(self.material.session, self.material.today)
            return fill(asks["proposals"], first=self.day(first), second=self.day(second))
        if calendar.next_planned is None:
            due = calendar.momentum.due or self.material.today
            return fill(asks["date"], date=self.date(max(due, self.material.today)))
        return self.ask_for_a_line(calendar.next_planned)

    def ask_for_a_line(self, next_day: dt.date) -> str:
        asks = self.phrases.asks
        theirs = [p.commitment for p in self.sorted() if self.side(p) == "other"]
        if not theirs:
            return fill(asks[f"bring_{self.material.sender}"])
        many, due = "one" if len(theirs) == 1 else "many", theirs[0].due
        if due is not None and self.material.today < due < next_day:
            return fill(asks[f"due_{many}"], date=self.date(due))
        return fill(asks[f"open_{many}"])

    def date(self, day: dt.date) -> str:
        return self.phrases.date(day, self.material.today)

    def day(self, day: dt.date) -> str:
        return self.phrases.day(day, self.material.today)


def proposals(session: dt.date, today: dt.date) -> tuple[dt.date, dt.date]:
    """Two working days to propose: the weekday of the last session, at least five days ahead, and one two or so later."""
    weekday = min(session.weekday(), 4)
    first = today + dt.timedelta(days=5 + (weekday - today.weekday() - 5) % 7)
    return first, first + dt.timedelta(days=2 if weekday <= 2 else 5 if weekday == 3 else 6)


def shortened(text: str, most: int) -> str:
    """A quotation of at most `most` words: as it is, or its first sentence, or cut with an ellipsis.

    It ends in no full stop, and asks nothing: the mail has one question, and that is not it.
    """
    sentences = re.split(r"(?<=[.!?])\s+", re.sub(r"\?(?=\s)", ".", text).replace("?", ""))
    telling = [s for s in dict.fromkeys(sentences) if len(s.split()) > 1] or sentences
    text = " ".join(telling)
    words = text.split()
    if len(words) > most:
        first = re.split(r"(?<=[.!])\s", text)[0].split()
        text = " ".join(first) if 4 <= len(first) <= most else " ".join(words[:most]).rstrip(" ,;:.-–—(") + "…"
    return text.rstrip(" .;,")
