"""The summary for readers beyond the pair: facts of process, names of themes, and lines that passed the audit.

What it is written from holds no text of a note but such lines, and so neither can what is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from assistant.drafts import Statement
from assistant.phrases import SummaryPhrases, fill
from assistant.records import Audience, Audited, Facts


class Material(Struct, frozen=True):
    """All that such a summary is written from."""

    audience: Audience
    facts: Facts
    themes: tuple[str, ...]
    shared: tuple[Audited, ...]
    ticked: tuple[Audited, ...] = ()
    announced: bool = False  # does the note itself say when the next session is?


class Written(Struct, frozen=True):
    """The summary, and those of its sentences that are prep's own."""

    statements: tuple[Statement, ...]
    text: str
    own: tuple[str, ...]


def write(material: Material, phrases: SummaryPhrases) -> Written:
    """The summary as statements and as Markdown."""
    writer = _Writer(material, phrases)
    opening = [*writer.session(), *writer.theme()]
    lines = [Statement(line, "shared") for line in (*material.shared, *material.ticked)]
    intro = phrases.public["shared"] if lines else ""
    closing = [*writer.commitments(), *writer.rhythm(), *writer.next()]
    public, named = phrases.public, material.audience.value
    title = fill(public[f"title_{named}"], date=writer.day(), month=phrases.month(material.facts.date))
    parts = [f"# {title}", f"*{public[f'banner_{named}']}*", _joined(opening)]
    parts += [" ".join([intro, _joined(lines)])] if lines else []
    text = "\n\n".join([*parts, _joined(closing)]) + "\n"
    own = (title, public[f"banner_{named}"], intro, *(s.text for s in (*opening, *closing)))
    return Written((*opening, *lines, *closing), text, own)


def _joined(statements: Sequence[Statement]) -> str:
    return " ".join(s.text for s in statements)


class _Writer:
    def __init__(self, material: Material, phrases: SummaryPhrases) -> None:
        self.material, self.facts, self.phrases = material, material.facts, phrases

    def say(self, key: str, **values: object) -> Statement:
        text = fill(self.phrases.public[key], **values)
        return Statement(text[:1].upper() + text[1:], "process")

    def day(self) -> str:
        return self.phrases.date(self.facts.date)

    def when(self, day: dt.date, beside: dt.date | None = None) -> str:
        """ "on 14 April", for the organisation "in April"."""
        if self.material.audience is Audience.ORGANISATION:
            return fill(self.phrases.in_, month=self.phrases.month(day, beside))
        return fill(self.phrases.on, date=self.phrases.date(day, beside))

    def session(self) -> Iterator[Statement]:
        key = "session_minutes" if self.facts.minutes else "session"
        nth = self.phrases.ordinal(self.facts.nth)
        yield self.say(key, when=self.when(self.facts.date), nth=nth, minutes=self.facts.minutes)

    def theme(self) -> Iterator[Statement]:
        if self.material.themes:
            listed = self.phrases.listed(self.material.themes)
            yield Statement(fill(self.phrases.public["theme"], themes=listed), "theme")

    def commitments(self) -> Iterator[Statement]:
        made, kept, still = self.facts.made, self.facts.kept, self.facts.open
        key = "_".join(f"{name}_{_many(n)}" for name, n in (("made", made), ("kept", kept)) if n)
        if key:
            yield self.say(key, made=self.phrases.number(made), kept=self.phrases.number(kept))
        if key or still:
            yield self.say(f"open_{_many(still)}", open=self.phrases.number(still))

    def rhythm(self) -> Iterator[Statement]:
        momentum, lost = self.facts.momentum, self.facts.cancelled
        if momentum is None:
            return
        if momentum.state in ("new", "on-track"):
            yield self.say("on-track")
        elif len(lost) > (momentum.state == "stalled"):
            count, when = self.phrases.number(len(lost)), self.when(lost[-1], self.facts.date)
            yield self.say(f"{momentum.state}_cancelled", count=count, when=when)
        else:
            yield self.say(f"{momentum.state}_late")

    def next(self) -> Iterator[Statement]:
        if self.facts.next is not None:
            yield self.say("next", when=self.when(self.facts.next, self.facts.date))
        elif self.facts.momentum is not None and not self.material.announced:
            yield self.say("next_none")


def _many(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, "many")
