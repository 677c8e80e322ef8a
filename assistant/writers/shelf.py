"""The questions of the bank that fit a pair at this moment, each given out once and never one that was asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from assistant.briefing import Brief
from assistant.craft import BankQuestion
from assistant.words import content, fold
from assistant.writers.memory import Memory
from assistant.writers.wordlists import subjects


class Shelf:
    """What may be asked of this pair. `deepest` is 1 to 3; with `on_request` no question is too deep or too soon."""

    def __init__(self, brief: Brief, deepest: int, on_request: bool = False) -> None:
        self.brief = brief
        calendar = brief.calendar
        state, number = calendar.momentum.state, calendar.number
        self._deepest = deepest
        self._stages = {calendar.stage}
        if on_request or calendar.stage == "closing" or number >= 3:  # the third is both: they know each other by then
            self._stages.add("deep")
        self._avoid = {state, *(["first-session"] if number == 1 and not on_request else [])}
        self._avoid |= {"few-notes"} if number < 3 else set()
        self._taken: set[str] = set()
        self._followed: set[str] = set()
        self._memory = Memory(brief.asked, (w.text for q in brief.bank for w in (q.nl, q.en)))
        self._world = _world(brief)

    def fits(self, question: BankQuestion, despite_rhythm: bool = False) -> bool:
        """May the mentor ask it now? With `despite_rhythm` also what is about sessions that were lost."""
        avoid = self._avoid - {"slipping", "stalled"} if despite_rhythm else self._avoid
        return (
            question.asker in ("mentor", "both")
            and (despite_rhythm or not self._stages.isdisjoint(question.stage))
            and question.depth <= self._deepest
            and not avoid.intersection(question.avoid_if)
            and question.id not in self._taken
            and (question.about is None or not subjects()[question.about].isdisjoint(self._world))
        )

    def speaks(self, question: BankQuestion, quote: str) -> bool:
        """Is a quotation about what a question is about?"""
        return question.about is None or not subjects()[question.about].isdisjoint(map(fold, content(quote)))

    def heard(self, question: BankQuestion, grounded: bool) -> bool:
        """Was it asked before, in this language or the other?"""
        both = (question.nl, question.en)
        texts = [w.text for w in both] + [w.grounded for w in both if grounded and w.grounded]
        return self._memory.heard(texts)

    def take(self, question: BankQuestion, grounded: bool) -> tuple[str, ...]:
        """Give it out: it isn't asked again, and its follow-ups are those that weren't either."""
        both = (question.nl, question.en)
        own = question.wording(self.brief.language)
        follow_ups = tuple(f for f in own.follow_ups if f not in self._followed and not self._memory.heard([f]))
        self._followed.update(follow_ups)
        self._taken.add(question.id)
        texts = [w.text for w in both] + [w.grounded for w in both if grounded and w.grounded]
        self._memory.add(texts)
        return follow_ups

    def chance(self, *parts: str) -> float:
        """0 to 1, the same for the same pair, session and parts, another one the next session."""
        key = "/".join([self.brief.pair.slug, str(self.brief.calendar.number), *parts])
        return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32


def kinds(evidence: str, asks: bool) -> frozenset[str]:
    """Which evidence of the bank a line of some kind can serve as; `asks` says that the line is an open question."""
    if evidence == "thread":
        return frozenset(["thread", "line", "question"] if asks else ["thread", "line"])
    return frozenset(["contrast", "belief"]) if evidence == "contrast" else frozenset([evidence])


def _world(brief: Brief) -> frozenset[str]:
    """The words that a pair uses: its subjects and what it said, promised and left open."""
    pair, story = brief.pair, brief.story
    texts: Iterable[str] = (
        *(wish.text for wish in (*pair.scope, *pair.interests, *pair.learning)),
        *(thread.source.quote for thread in story.threads),
        *(belief.belief for belief in story.beliefs),
        *(promise.text for promise in story.commitments),
    )
    return frozenset(fold(word) for text in texts for word in content(text))
