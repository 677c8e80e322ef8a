"""What questions can stand on: lines of the notes and wishes of the pair, each with the words worth quoting.

Not on what is delicate, out of scope or a mentor's own promise, and rather not on a line about somebody else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from assistant.briefing import Brief
from assistant.evidence import Evidence
from assistant.notes.answers import Answer
from assistant.notes.gist import Form, Gist, of_belief, of_text, of_thread
from assistant.notes.people import Roster
from assistant.notes.traces import tokens
from assistant.records import Commitment, Conviction, Source, Thread
from assistant.words import content, stems
from assistant.writers.wordlists import depth_of, is_delicate, meaning

_LEAST = 0.3  # a quotation that says less by itself is not used
_LONGEST_ASKED = 130  # letters
_JOINED = re.compile(r"(?:en|and|maar|but|so|dus)\b", re.IGNORECASE)  # goes on from what was said before
_LABEL = re.compile(r"^[\w-]+(?: [\w-]+)?:\s")
_FIRST = frozenset(["ik", "i", "k"])


class Ground(Struct, frozen=True):
    """One thing that a question can be about. `evidence` is the bank's word for it, `lead` names what goes before it.

    `depth` is how deep the line itself goes, 1 to 3; `second` is a quotation beside the first, with its own lead.
    The first source is the line that is quoted.
    """

    evidence: str
    lead: str
    why: str
    quote: str
    form: Form
    sources: tuple[Source, ...]
    depth: int
    weight: float
    second: tuple[str, str] | None = None
    due: dt.date | None = None

    @property
    def source(self) -> Source:
        return self.sources[0]

    @property
    def words(self) -> frozenset[str]:
        """The meanings of what is quoted and cited."""
        return _meaning(self.quote, *(source.quote for source in self.sources))


@cache
def _meaning(*texts: str) -> frozenset[str]:
    return meaning(" ".join(texts))


def grounds(brief: Brief, answers: Iterable[Answer]) -> list[Ground]:
    """All that a list of questions can stand on, best first."""
    maker = _Maker(brief)
    found = [g for g in maker.all(answers) if g.weight >= _LEAST and maker.allowed(g)]
    best: dict[tuple[str, int, str], Ground] = {}
    for ground in sorted(found, key=lambda g: -g.weight):  # several wishes may stand on one line, one in the notes
        words = "" if ground.source.date else ground.quote
        best.setdefault((ground.source.path, ground.source.line, words), ground)
    quotes = {ground.quote.casefold(): ground for ground in reversed(best.values())}
    return sorted(quotes.values(), key=lambda g: -g.weight)


class _Maker:
    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        pair = brief.pair
        self.mentee = [n for n, who in Roster(pair).spellings.items() if who == "mentee"]
        self.others = {stem for person in pair.people for name in person.names for stem in tokens(name)}
        self.chosen = [w.text for w in (*pair.scope, *pair.interests, *pair.learning)]
        self.closed = out_of_scope(brief)
        self.promised = {c.text.casefold() for c in brief.story.commitments}
        told = [thread.source for thread in brief.story.threads]
        told += [source for belief in brief.story.beliefs for source in belief.sources]
        told += [source for promise in brief.story.commitments for source in promise.sources]
        self.cited = {(source.path, source.line) for source in told}
        self.newest = max((s.date for s in [brief.last_note] if s and s.date), default=brief.today)

    def all(self, answers: Iterable[Answer]) -> Iterator[Ground]:
        story = self.brief.story
        yield from (g for thread in story.threads if (g := self._thread(thread)))
        yield from (g for belief in story.beliefs if (g := self._belief(belief)))
        yield from (g for promise in story.commitments if (g := self._promise(promise)))
        yield from (g for answer in answers if (g := self._answer(answer)))
        yield from (self._wish(wish) for wish in (*self.brief.wishes, *self.brief.learning))
        yield from (g for wish in self.brief.wishes if wish.seen and (g := self._seen(wish.seen)))
        if self.brief.calendar.momentum.state in ("slipping", "stalled"):
            yield from (self._cancelled(source) for source in self.brief.cancelled)

    def allowed(self, ground: Ground) -> bool:
        """Is it neither delicate nor agreed to be left alone?"""
        quotes = " ".join([ground.quote, *(source.quote for source in ground.sources)])
        return not is_delicate(quotes, self.chosen) and self.closed.isdisjoint(stems(quotes))

    def _thread(self, thread: Thread) -> Ground | None:
        gist = of_thread(thread.source.quote)
        said = gist.text.casefold()
        if any(said in text or text in said for text in self.promised):
            return None
        return Ground(
            "thread",
            "thread",
            "thread",
            gist.text,
            gist.form,
            (thread.source,),
            2 if gist.text.endswith("?") else 1,
            self._weight(gist, 0.9, thread.source),
        )

    def _belief(self, belief: Conviction) -> Ground | None:
        gist = of_belief(belief.belief, self.mentee)
        mine = gist.form == "whole" and tokens(gist.text)[:1] and tokens(gist.text)[0] in _FIRST
        if belief.status != "open" or mine or belief.belief.casefold() in self.promised:
            return None
        lead = gist.form if gist.form in ("said", "that") else "told"
        real = of_text(belief.reality) if belief.reality else None
        if real and real.weight >= _LEAST and _bears_on(gist.text, real.text) and not self._is_promise(belief.reality):
            weight = self._weight(gist, 1.0, belief.sources[0])
            return Ground(
                "contrast", lead, "contrast", gist.text, gist.form, belief.sources, 2, weight, ("against", real.text)
            )
        weight = self._weight(gist, 0.8, belief.sources[0])
        return Ground("belief", lead, "belief", gist.text, gist.form, belief.sources[:1], 1, weight)

    def _is_promise(self, text: str | None) -> bool:
        return (text or "").casefold() in self.promised

    def _promise(self, promise: Commitment) -> Ground | None:
        if promise.owner == "mentor" or promise.status == "dropped":
            return None
        gist = of_text(promise.text)
        ending = {"both": "_both", "unknown": "_nobody"}.get(promise.owner, "")
        if promise.status == "done":
            if promise.owner == "unknown":
                return None
            weight = self._weight(gist, 0.7, promise.sources[-1])
            sources = promise.sources[:2]
            return Ground("kept", f"kept{ending}", "kept", gist.text, gist.form, sources, 1, weight)
        late = promise.due is not None and promise.due < self.brief.today
        weight = self._weight(gist, 0.8 if late else 0.65, promise.sources[0])
        why = "promise_late" if late else "promise"
        sources = promise.sources[:1]
        return Ground("promise", f"promise{ending}", why, gist.text, gist.form, sources, 1, weight, due=promise.due)

    def _answer(self, answer: Answer) -> Ground | None:
        question = answer.question.text.strip()
        if not _clear(question) or len(content(answer.gist.text)) < 2:
            return None
        lead = "answered" if answer.literal else "answered_told"
        question = question[:1].upper() + question[1:]
        return Ground(
            "answer",
            "asked",
            "answer",
            question,
            "asks",
            (answer.source, answer.question.source),
            depth_of(question),
            (0.85 if answer.literal else 0.6) * self._age(answer.source),
            (lead, answer.gist.text),
        )

    def _wish(self, wish: Evidence) -> Ground:
        """A subject of the pair; where the notes speak of it, they are cited too."""
        base = {"interest": 0.7, "scope": 0.6, "learning": 0.55}[wish.kind]
        evidence = "learning" if wish.kind == "learning" else "interest"
        sources = (wish.profile, wish.seen) if wish.seen else (wish.profile,)
        return Ground(evidence, wish.kind, wish.kind, wish.wish.text, "whole", sources, 1, base)

    def _seen(self, source: Source) -> Ground | None:
        """A line about a subject of the pair, unless it is there as a promise, a belief or a thread."""
        if (source.path, source.line) in self.cited:
            return None
        gist = of_thread(source.quote)
        return Ground("line", "told", "seen", gist.text, gist.form, (source,), 1, self._weight(gist, 0.6, source))

    def _cancelled(self, source: Source) -> Ground:
        gist = of_text(source.quote)
        return Ground(
            "cancelled", "cancelled", "cancelled", gist.text, gist.form, (source,), 1, self._weight(gist, 1.0, source)
        )

    def _weight(self, gist: Gist, base: float, source: Source) -> float:
        about_others = not self.others.isdisjoint(tokens(gist.text))
        return gist.weight * base * self._age(source) * (0.75 if about_others else 1.0)

    def _age(self, source: Source) -> float:
        """1 for a line of the last session, less for an older one, never under 0.7."""
        days = (self.newest - source.date).days if source.date else 0
        return max(0.7, 1.0 - days / 1000)


def _clear(question: str) -> bool:
    """Is a question of the notes understood without what came before it?"""
    short = question.endswith("?") and "(" not in question and len(question) <= _LONGEST_ASKED
    return short and len(content(question)) >= 2 and not _JOINED.match(question)


def _bears_on(belief: str, reality: str) -> bool:
    """Can a line be what the floor showed of a belief? One that names another subject must share a word with it."""
    return not _LABEL.match(reality) or not stems(belief).isdisjoint(stems(reality))


def out_of_scope(brief: Brief) -> frozenset[str]:
    """The stems by which what was agreed to be left alone is known; common words are none."""
    common = {stem for q in brief.bank for w in (q.nl, q.en) for stem in stems(w.text)}
    return frozenset(stem for wish in brief.pair.out_of_scope for stem in stems(wish.text)) - common
