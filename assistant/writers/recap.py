"""The summary for the two themselves, and for whoever wrote the note: what was discussed, agreed and left open.

Every statement is a sentence of the note, with its place. Nothing is drawn from planned notes or drafts, since neither
is in what a recap is written from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from assistant import panels
from assistant.drafts import Statement
from assistant.notes import gist
from assistant.phrases import SummaryPhrases, begun, fill, names_day
from assistant.records import Audience, Belief, Commitment, Facts, Level, Line, Owner, Pair, Passage, Reading, Source
from assistant.words import stems
from assistant.writers.sources import Book

MOST, A_BLOCK = 7, 2
_SHORTEST, _LONGEST = 5, 60


class Material(Struct, frozen=True):
    """All that a recap is written from, cut down to its audience. `kept` are promises told as kept that day.

    `reading` is what all notes of the session say together, `apart` each of them.
    """

    audience: Audience
    pair: Pair
    language: str
    facts: Facts
    themes: tuple[str, ...]
    reading: Reading
    apart: tuple[Reading, ...]
    kept: tuple[Commitment, ...]


class Written(Struct, frozen=True):
    """The recap, and the places it cites."""

    statements: tuple[Statement, ...]
    text: str
    sources: dict[str, Source]


class Anew(Struct, frozen=True):
    """Statements by those in the place of which they stand, and the sources that they cite."""

    statements: Mapping[Statement, Statement] = {}
    sources: Mapping[str, Source] = {}


_AS_IT_IS = Anew()


def write(material: Material, phrases: SummaryPhrases, anew: Anew = _AS_IT_IS) -> Written:
    """The recap as statements and as Markdown."""
    writer = _Writer(material, phrases)
    opening = list(writer.opening())
    parts = [
        (phrases.pair.discussed, list(writer.discussed())),
        (phrases.pair.agreed, list(writer.agreed())),
        (phrases.pair.kept, list(writer.kept())),
        (phrases.pair.left_open, list(writer.left_open())),
    ]
    parts = [(heading, [anew.statements.get(s, s) for s in statements]) for heading, statements in parts]
    told = [*opening, *(s for _, statements in parts for s in statements)]
    sources = {**anew.sources, **writer.book.sources}
    writer.book.sources = {key: sources[key] for s in told for key in s.sources}
    return Written(tuple(told), _markdown(writer, opening, parts), writer.book.sources)


def verbatim(written: Written) -> list[Statement]:
    """The statements that are a sentence of the note as it stands there, and no more."""
    return [
        s
        for s in written.statements
        if s.kind == "discussed" and len(s.sources) == 1 and s.text == _one_line(written.sources[s.sources[0]].quote)
    ]


def _markdown(writer: _Writer, opening: list[Statement], parts: list[tuple[str, list[Statement]]]) -> str:
    words = writer.phrases.pair
    banner = words.banner_own if writer.material.audience is Audience.OWN else words.banner_pair
    title = fill(words.title, **writer.people, date=writer.phrases.date(writer.material.facts.date))
    lines = [f"# {title}", "", f"*{banner}*", "", " ".join(s.text for s in opening), ""]
    for heading, statements in parts:
        if statements or heading != words.kept:
            lines += [f"## {heading}", ""]
            lines += [writer.line(s) for s in statements] or [words.nothing]
            lines += [""]
    if writer.book.sources:
        lines += [f"## {words.sources}", ""]
        lines += [f"- [{key}] {s.path.rsplit('/', 1)[-1]}:{s.line}" for key, s in writer.book.sources.items()]
    return "\n".join(lines).rstrip() + "\n"


class _Writer:
    def __init__(self, material: Material, phrases: SummaryPhrases) -> None:
        self.material, self.phrases, self.book = material, phrases, Book()
        self.people = panels.called(material.pair, material.language)
        reading = material.reading
        self.elsewhere = {p.source.quote for p in reading.promises} | {t.source.quote for t in reading.threads}
        self.elsewhere |= {q.source.quote for q in reading.questions}
        self.elsewhere |= {s.quote for b in reading.beliefs for s in (b.source, b.against) if s}

    def line(self, statement: Statement) -> str:
        """A statement as a list item with its sources, and its level where that is not the pair's."""
        level = self.book.sources[statement.sources[0]].level
        shown = f" ({self.phrases.pair.levels[level.value]})" if level is not Level.PAIR else ""
        return f"- {_safe(statement.text)}{shown} [{', '.join(statement.sources)}]"

    def opening(self) -> Iterator[Statement]:
        words, facts = self.phrases.pair, self.material.facts
        template = words.session_minutes if facts.minutes else words.session
        values = {
            "date": self.phrases.date(facts.date),
            "nth": self.phrases.ordinal(facts.nth),
            "minutes": facts.minutes,
        }
        yield Statement(fill(template, **self.people, **values), "process")
        if self.material.themes:
            yield Statement(fill(words.theme, themes=self.phrases.listed(self.material.themes)), "theme")

    def discussed(self) -> Iterator[Statement]:
        for belief in self.material.reading.beliefs:
            yield self._belief(belief)
        for source in (s for reading in self.material.apart for s in discussed(reading, self.elsewhere)):
            yield Statement(_one_line(source.quote), "discussed", (self.book.cite(source),))
        for question in self.material.reading.questions:
            if not any(question.text in thread.source.quote for thread in self.material.reading.threads):
                asked = fill(self.phrases.pair.question, question=_one_line(question.text))
                yield Statement(asked, "discussed", (self.book.cite(question.source),))

    def _belief(self, belief: Belief) -> Statement:
        words = self.phrases.pair
        keys = [self.book.cite(s) for s in (belief.source, belief.against) if s is not None]
        said = {"belief": _sentence(belief.belief), "reality": _sentence(belief.reality or "")}
        template = words.belief if belief.reality and belief.against else words.belief_alone
        return Statement(fill(template, **self.people, **said), "discussed", tuple(keys))

    def agreed(self) -> Iterator[Statement]:
        for promise in self.material.reading.promises:
            yield self._promise(promise.text, promise.owner, promise.who, promise.due, [promise.source])

    def kept(self) -> Iterator[Statement]:
        for c in self.material.kept:
            yield self._promise(c.text, c.owner, c.who, None, c.sources)

    def _promise(
        self, text: str, owner: Owner, mentors: tuple[str, ...], due: dt.date | None, sources: Sequence[Source]
    ) -> Statement:
        words = self.phrases.pair
        default = fill(words.owners[owner], **self.people)
        who = panels.owners(self.material.pair, owner, mentors, default, self.phrases.and_)
        said = re.sub(rf"^{re.escape(who)} ", "", _one_line(text).rstrip(" ."), flags=re.IGNORECASE)
        dated = due is not None and not names_day(said, due, self.phrases.months)
        date = self.phrases.date(due, self.material.facts.date) if due else ""
        template = words.promise_due if dated else words.promise
        line = fill(template, owner=who[:1].upper() + who[1:], text=said, date=date)
        return Statement(line, "commitment", tuple(dict.fromkeys(self.book.cite(s) for s in sources)))

    def left_open(self) -> Iterator[Statement]:
        for thread in self.material.reading.threads:
            yield Statement(begun(gist.unlabelled(thread.title)), "discussed", (self.book.cite(thread.source),))


def discussed(reading: Reading, elsewhere: Iterable[str]) -> list[Source]:
    """The sentences of a note that tell most of it, in order: those that share most words with the rest, two a block.

    `elsewhere` are sentences that are told under another heading.
    """
    told, note = set(elsewhere), reading.note
    usable = [(line, p) for line in reading.lines if (p := _passage(line, note.passages)) and _tells(line, p, told)]
    common = Counter(stem for line, _ in usable for stem in stems(line.text))
    first = {(p.block, p.line): line for line, p in reversed(usable)}

    def worth(entry: tuple[Line, Passage]) -> float:
        line, passage = entry
        found = stems(line.text)
        shared = sum(min(common[stem], 4) - 1 for stem in found)
        return shared + len(found) / 2 + (first[passage.block, passage.line] is line)

    chosen: list[tuple[Line, Passage]] = []
    for entry in sorted(usable, key=lambda e: (-worth(e), e[0].line)):
        if len(chosen) < MOST and sum(p is entry[1] for _, p in chosen) < A_BLOCK:
            chosen.append(entry)
    chosen.sort(key=lambda entry: usable.index(entry))
    return [Source(note.path, line.line, note.date, line.level, line.text[:400]) for line, _ in chosen]


def _passage(line: Line, passages: Sequence[Passage]) -> Passage | None:
    """The passage in which a sentence stands."""
    return next((p for p in passages if p.line <= line.line <= p.line + p.text.count("\n")), None)


def _tells(line: Line, passage: Passage, told: set[str]) -> bool:
    """Is it a sentence of the talk itself: no pasted text, no question, no label, and not told elsewhere?"""
    words = line.text.split()
    whole = line.text.rstrip("”\"' )")
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and not passage.quoted
        and passage.level.openness <= Level.PAIR.openness  # what others are told reports on the talk
        and passage.kind in ("text", "item")
        and not whole.endswith(("?", ":", ","))
        and not any(line.text in quote or quote in line.text for quote in told)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    """A sentence with its end, to stand in quotation marks."""
    line = _one_line(text).strip('“”" ')
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _safe(text: str) -> str:
    """Text that Markdown shows as it is: no tags, no comment signs, no mark at a line's end."""
    return text.replace("<", "&lt;").replace("%%", "% %").replace("[!", "\\[!").replace(" #", " \\#")
