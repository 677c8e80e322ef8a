"""What is told inside a panel, without who of its mentors said it. Whose a promise is, stays: it binds by name.

A summary says a sentence with the panel in the place of a mentor, and leaves out what can't be said so. Elsewhere a
quotation has [the panel] where a name stood. A source that names a mentor keeps its place and loses its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from assistant.privacy import attribution, rewrite, wording
from assistant.privacy.rewrite import Rewriter, Speaker, Unsayable
from assistant.records import Belief, Level, Line, Promise, Question, Reading, Source, Thread

T = TypeVar("T")
Drafted = TypeVar("Drafted", bound=msgspec.Struct)

_TOLD = frozenset(("items", "questions", "title", "opening", "sections", "closing"))  # what a draft says
_KEYS = frozenset(("kind", "lead", "category", "sources", "id", "basis", "turns"))


class Unattributed:
    """Says the lines of one panel so in a language."""

    def __init__(self, rewriter: Rewriter, language: str) -> None:
        self._rewriter, self._language = rewriter, language
        self._changed: set[str] = set()

    def reading(self, reading: Reading) -> Reading:
        """What was read in a note; of what a mentor reads for themselves nothing is changed."""
        speakers = {(line.line, line.text): line.speaker for line in reading.lines}
        promises = tuple(p for p in reading.promises if not self._is_told(p))
        promised = [p.source.quote for p in promises] + [b.source.quote for b in reading.beliefs]
        lines = tuple(ln for ln in reading.lines if not any(ln.text in q or q in ln.text for q in promised))
        return Reading(
            reading.note,
            promises,
            tuple(self._each(reading.questions, self._question)),
            tuple(self._each(reading.threads, lambda t: self._thread(t, speakers))),
            tuple(self._each(reading.beliefs, self._belief)),
            tuple(self._each(lines, self._line)),
        )

    def source(self, source: Source) -> Source:
        """A source whose words are the note's own, and name no mentor; else its place alone."""
        tells = source.level is not Level.OWN and self._rewriter.mentors_in(source.quote)
        return msgspec.structs.replace(source, quote="") if tells or source.quote in self._changed else source

    def bracketed(self, text: str) -> str:
        """A text of a draft with [the panel] where the name of a mentor stood."""
        side = f"[{attribution.side(self._language)}]"
        for span in reversed(self._rewriter.mentors_in(text)):
            text = text[: span.start] + side + text[span.end :]
        return text

    def draft(self, draft: Drafted) -> Drafted:
        """A whole draft so: its own texts bracketed, but those of promises, and its sources without names."""
        fields = msgspec.structs.asdict(draft)
        told = {name: self._bracketed_in(value) for name, value in fields.items() if name in _TOLD}
        sources = {key: self.source(source) for key, source in fields["sources"].items()}
        return msgspec.structs.replace(draft, **told, sources=sources)

    def _bracketed_in(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.bracketed(value)
        if isinstance(value, tuple):
            return tuple(map(self._bracketed_in, value))
        if isinstance(value, msgspec.Struct):
            fields = msgspec.structs.asdict(value)
            told = {name: self._bracketed_in(inner) for name, inner in fields.items() if name not in _KEYS}
            return msgspec.structs.replace(value, **told)
        return value

    def _each(self, items: tuple[T, ...], said: Callable[[T], T]) -> Iterator[T]:
        for item in items:
            try:
                yield said(item)
            except Unsayable:
                continue

    def _said(self, text: str, level: Level, speaker: Speaker) -> str:
        if level is Level.OWN:
            return text
        spoken = wording.language_of(text, self._language)
        said = self._rewriter.unattributed(rewrite.Source(text, speaker, spoken))
        if said != text:
            self._changed.add(said)
        return said

    def _of(self, source: Source, speaker: Speaker) -> Source:
        return msgspec.structs.replace(source, quote=self._said(source.quote, source.level, speaker))

    def _is_told(self, promise: Promise) -> bool:
        """Does what was read as a promise rather tell what a mentor said?"""
        quote = promise.source.quote
        about = self._rewriter.mentors_in(quote)
        told = list(attribution.named(quote, about, labels=False))
        return bool(told) and not attribution.says_of_oneself(quote[told[0][1] :])

    def _line(self, line: Line) -> Line:
        return msgspec.structs.replace(line, text=self._said(line.text, line.level, line.speaker))

    def _question(self, question: Question) -> Question:
        return Question(self._said(question.text, question.source.level, "other"), self._of(question.source, "other"))

    def _thread(self, thread: Thread, speakers: dict[tuple[int, str], Speaker]) -> Thread:
        speaker = speakers.get((thread.source.line, thread.source.quote), "mentor")
        title = self._said(thread.title, thread.source.level, speaker)
        return msgspec.structs.replace(thread, title=title, source=self._of(thread.source, speaker))

    def _belief(self, belief: Belief) -> Belief:
        against, reality = belief.against, belief.reality
        said = self._said(belief.belief, belief.source.level, "other"), self._of(belief.source, "other")
        try:
            shown = self._said(reality, against.level, "mentor") if reality and against else reality
            return Belief(*said, shown, self._of(against, "mentor") if against else None)
        except Unsayable:  # what the floor showed can't be told, what was believed can
            return Belief(*said)
