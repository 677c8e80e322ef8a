"""The audit: would a text, whoever wrote it, give away what its audience must not learn?

A tripwire, not a proof: what is said in other words passes. It fails closed: whatever goes wrong on the way, nothing
is passed.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Literal

import msgspec
from msgspec import Struct

from assistant.errors import PrepError, Refused
from assistant.privacy import identify, lexicon, sensitive
from assistant.privacy.audience import may_read
from assistant.privacy.known import Known
from assistant.privacy.normal import Flat, flatten, peeled
from assistant.privacy.overlap import Closed, Overlap, Shared, Words
from assistant.privacy.roles import Roles
from assistant.privacy.sensitive import matters_of
from assistant.records import Audience, Audited, Level, Pair

Kind = Literal[identify.Kind, "attribution", "role", "sensitive", "closed-words", "closed-sentence", "closed-detail"]
REASONS: dict[Kind, str] = {
    "person": "names somebody of a roster",
    "unknown-name": "looks like a name: of a person, an organisation, a place or a project",
    "organisation": "looks like the name of an organisation",
    "contact": "is a contact detail",
    "link": "is a link or the name of a file",
    "amount": "is an amount of money",
    "percentage": "is a percentage",
    "age": "is somebody's age",
    "number": "is a number that may identify",
    "date": "is a date with a day",
    "quotation": "quotes somebody",
    "attribution": "tells who of a panel said or did something",
    "role": "is a role that singles out one person",
    "sensitive": "touches a matter (health, pay, leaving or the like) of which a closed part of the notes speaks",
    "closed-words": "stands word for word in a closed part of the notes",
    "closed-sentence": "says much the same as a closed sentence of the notes",
    "closed-detail": "is a rare word or a number out of a closed part of the notes",
}
SECONDS = 20.0
MOST_SIGNS = 200_000


class Finding(Struct, frozen=True):
    """What is wrong with a stretch of a text. `source_level` is that of the closed text it shares words with."""

    start: int
    end: int
    text: str
    kind: Kind
    reason: str
    source_level: Level | None = None


class Rosters:
    """The people of the whole programme, by name and by role; a text beyond the pair names none of them."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        with closing_on_failure("the rosters"):
            lexicon.ready()
            everybody = list(pairs)
            self.known, self.roles = Known(everybody), Roles(everybody)
        self._seen: _Seen | None = None
        self._shown: _Seen | None = None

    def seen(self, text: str) -> _Seen:
        """What is seen in a text whichever pair it is judged for: worked out once for all of them."""
        if self._seen is None or self._seen.flat.original != text:
            self._seen = _Seen(text, self)
        return self._seen

    def shown(self, text: str) -> _Seen:
        """The same of a text as a page would show it."""
        if self._shown is None or self._shown.flat.original != text:
            self._shown = _Seen(text, self)
        return self._shown


class _Seen:
    """A text taken apart, as far as no closed text is needed for it. A stage that breaks leaves nothing here."""

    def __init__(self, text: str, rosters: Rosters) -> None:
        self.flat, self._rosters = flatten(text), rosters

    @cached_property
    def words(self) -> Words:
        return Words(self.flat)

    @cached_property
    def identified(self) -> list[tuple[identify.Span, list[str]]]:
        """What identifies, each with its words."""
        text = self.flat.original
        found = [*identify.spans(text, self._rosters.known), *identify.quotations(text)]
        return [(span, Words(flatten(text[span.start : span.end])).words) for span in found]

    @cached_property
    def persons(self) -> list[identify.Span]:
        return identify.persons(self.flat.original, self._rosters.known)

    @cached_property
    def roles(self) -> list[tuple[int, int]]:
        return list(self._rosters.roles.find(self.flat.folded))

    @cached_property
    def matters(self) -> list[tuple[int, int, str]]:
        return list(sensitive.matters(self.flat.folded))


class Guard:
    """All that an audience must not learn of one pair, ready to judge any number of texts.

    `days` are the sessions' own,
    which the programme may know; `names` are words that name nobody, such as the programme's own name. `panel` is the
    slug of the pair where it has several mentors: who of them said what is told to nobody, not even by `hints`.
    """

    def __init__(
        self,
        audience: Audience,
        rosters: Rosters,
        closed: Iterable[Closed],
        opened: Iterable[str],
        days: Iterable[dt.date] = (),
        names: Iterable[str] = (),
        panel: str | None = None,
        hints: bool = True,
    ) -> None:
        self.audience, self.rosters, self._panel, self._hints = audience, rosters, panel, hints
        with closing_on_failure("the closed text"):
            self._closed, self._opened = list(closed), list(opened)
            self._overlap = Overlap(self._closed, self._opened, rosters.known.words)
        self._days = frozenset((d.day, d.month) for d in days) if audience is Audience.PROGRAMME else frozenset()
        self._names = frozenset(w for name in names for w in re.findall(r"[^\W_]+", flatten(name).folded))

    @cached_property
    def _matters(self) -> frozenset[str]:
        """The matters of which closed text speaks and no open text does."""
        closed = matters_of("\n".join(piece.text for piece in self._closed))
        return closed - matters_of("\n".join(self._opened))

    def passed(self, text: str, exempt: Iterable[str] = ()) -> Audited | None:
        """The text as one that its audience may have, None where the audit finds anything."""
        return None if self.judge(text, exempt) else Audited(text)

    def judge(self, text: str, exempt: Iterable[str] = ()) -> tuple[Finding, ...]:
        """All findings, in order of place. `exempt` are the texts whose own words a person chose to share."""
        deadline = time.monotonic() + SECONDS
        if len(text) > MOST_SIGNS:
            raise Refused(f"a text of over {MOST_SIGNS} signs is too long to be checked; check it in parts")
        with closing_on_failure("the text"):
            seen = self.rosters.seen(text)
            overlap = self._overlap.beside(exempt)
        found: list[Finding] = self._wrapped(text, overlap)
        for stage in (self._attributed, self._identified, self._singled_out, self._sensitive, self._shared):
            with closing_on_failure(stage.__name__.strip("_")):
                found += stage(seen, overlap)
            if time.monotonic() > deadline:
                raise Refused("the check took too long, so nothing is passed; check the text in parts")
        told = [f for f in found if f.kind != "closed-detail"]
        details = [f for f in found if f.kind == "closed-detail" and not any(_holds(t, f) for t in told)]
        return tuple(sorted({*told, *details}, key=lambda f: (f.start, -f.end, f.kind)))

    def _wrapped(self, text: str, overlap: Overlap) -> list[Finding]:
        """What is seen only when tags, entities and signs inside words are taken off: people, and closed text."""
        with closing_on_failure("the text"):
            shown, at = peeled(text)
            if shown == text:
                return []
            seen = self.rosters.shown(shown)
        found: list[Finding] = []
        with closing_on_failure("wrapped"):
            if not may_read(self.audience, Level.PAIR):
                found += (self._finding(seen.flat, s.start, s.end, "person") for s in seen.persons)
            found += self._shared(seen, overlap)
        places = ((at[f.start], at[f.end - 1] + 1, f) for f in found)
        return [msgspec.structs.replace(f, start=start, end=end, text=text[start:end]) for start, end, f in places]

    def _attributed(self, seen: _Seen, overlap: Overlap) -> Iterator[Finding]:
        """What tells the mentors of a panel apart, by name or by a hint; the panel itself may not be told either."""
        if self._panel is None or self.audience is Audience.OWN:
            return
        from assistant.privacy import attribution

        flat, mine = seen.flat, [s for s in seen.persons if s.who and s.who.side == "mentor"]
        for start, end in attribution.named(flat.original, [s for s in mine if s.who and s.who.pair == self._panel]):
            yield self._finding(flat, start, end, "attribution")
        for start, end in attribution.hints(flat.folded) if self._hints else ():
            yield self._finding(flat, *flat.back(start, end), "attribution")

    def _identified(self, seen: _Seen, overlap: Overlap) -> Iterator[Finding]:
        """Finds that identify on their own; the pair itself may know them."""
        if may_read(self.audience, Level.PAIR):
            return
        for span, said in seen.identified:
            if not self._may_stand(seen.flat.original[span.start : span.end], said, span.kind, overlap):
                yield self._finding(seen.flat, span.start, span.end, span.kind)

    def _may_stand(self, text: str, said: list[str], kind: identify.Kind, overlap: Overlap) -> bool:
        if kind == "date":
            return day_of(text) in self._days
        if kind == "quotation":
            return overlap.is_open(said)
        return kind in identify.HARMLESS or (kind == "unknown-name" and self._names.issuperset(said))

    def _singled_out(self, seen: _Seen, overlap: Overlap) -> Iterator[Finding]:
        if not may_read(self.audience, Level.PAIR):
            for start, end in seen.roles:
                yield self._finding(seen.flat, *seen.flat.back(start, end), "role")

    def _sensitive(self, seen: _Seen, overlap: Overlap) -> Iterator[Finding]:
        if not may_read(self.audience, Level.PAIR):
            for start, end, matter in seen.matters:
                if matter in self._matters:
                    yield self._finding(seen.flat, *seen.flat.back(start, end), "sensitive")

    def _shared(self, seen: _Seen, overlap: Overlap) -> Iterator[Finding]:
        flat, words = seen.flat, seen.words
        said = overlap.righted(words.words)
        for kind, found in (
            ("closed-words", overlap.runs(said)),
            ("closed-words", overlap.run_together(said)),
            ("closed-sentence", overlap.bags(said, words.sentences())),
            ("closed-detail", overlap.rare(said)),
        ):
            for shared in found:
                yield self._from_closed(flat, words, shared, kind)  # type: ignore[arg-type]

    def _from_closed(self, flat: Flat, words: Words, shared: Shared, kind: Kind) -> Finding:
        start, end = flat.back(words.spans[shared.first][0], words.spans[shared.last][1])
        return self._finding(flat, start, end, kind, shared.level)

    def _finding(self, flat: Flat, start: int, end: int, kind: Kind, level: Level | None = None) -> Finding:
        return Finding(start, end, flat.original[start:end], kind, REASONS[kind], level)


def _holds(outer: Finding, inner: Finding) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@contextmanager
def closing_on_failure(stage: str) -> Iterator[None]:
    """Whatever goes wrong in a stage, nothing is passed, and the reason holds no text."""
    try:
        yield
    except PrepError:
        raise
    except Exception as error:  # noqa: BLE001  a fault of any kind must refuse, never pass
        raise Refused(
            f"the check broke off at {stage} ({type(error).__name__}), so nothing is passed; please report it"
        ) from None


def day_of(text: str) -> tuple[int, int] | None:
    """(day, month) of a date as people write it, None where it can't be told."""
    folded = flatten(text).folded
    numbers = [int(n) for n in re.findall(r"\d+", folded)]
    if match := re.search(r"\b(?:19|20)\d\d[-/.](\d\d?)[-/.](\d\d?)", folded):
        return int(match[2]), int(match[1])
    listed = lexicon.cue_text("month_numbers").split()
    months = dict(zip(listed[::2], map(int, listed[1::2]), strict=True))
    named = [months[w[:3]] for w in re.findall(r"[a-z]+", folded) if w[:3] in months]
    days = [n for n in numbers if n <= 31]
    if named and days:
        return days[0], named[0]
    return (days[0], days[1]) if len(days) >= 2 and not named else None
