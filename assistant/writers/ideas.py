"""The offline writer of questions: a list for this pair now, or the one question that goes a level deeper.

Most stand on a line of the notes or a wish of the pair, the rest are the bank's own; they are spread over categories
and kinds of evidence, and rise in depth.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice

from msgspec import Struct

from assistant import panels
from assistant.briefing import Brief
from assistant.craft import BankQuestion
from assistant.drafts import Idea, Questions, Session
from assistant.notes.answers import Answer
from assistant.phrases import QuestionPhrases
from assistant.records import Source
from assistant.writers.framing import Frames
from assistant.writers.grounds import Ground, grounds
from assistant.writers.shelf import Shelf, kinds
from assistant.writers.sources import Book
from assistant.writers.topics import Topic, place_of
from assistant.writers.wordlists import is_delicate, meaning

_GROUNDED = 0.8  # of a list, at most: a few questions come from nowhere, and surprise
_GROUNDED_FIRST = 0.5  # before there are notes, half is about what the two agree on
_DEEP_SESSION = 3  # from here on a relationship carries hard questions
_EXTRA_FIRST = ("answer", "contrast", "thread", "belief", "kept", "line", "promise", "interest", "learning")
_SAME_CATEGORY, _SAME_KIND, _SETTLED, _ON_TOPIC, _ON_SCOPE, _CHANCE = 0.35, 0.12, 0.2, 1.5, 0.5, 0.25
_NOT_FREE = frozenset(["cancelled"])


class Wanted(Struct, frozen=True):
    """What was asked for. `told` are lines of the notes on the topic; `deep` lets hard questions come early."""

    number: int
    topic: str | None = None
    told: tuple[Source, ...] = ()
    deep: bool = False
    extra: bool = False


class _Choice(Struct):
    question: BankQuestion
    ground: Ground | None
    score: float


def questions(brief: Brief, phrases: QuestionPhrases, answers: Sequence[Answer], wanted: Wanted) -> Questions:
    """The list of questions that was wanted, fewer where fewer fit."""
    return _Writer(brief, phrases, answers, wanted).draft()


class _Writer:
    def __init__(self, brief: Brief, phrases: QuestionPhrases, answers: Sequence[Answer], wanted: Wanted) -> None:
        self.brief, self.phrases, self.wanted = brief, phrases, wanted
        self.book = Book()
        self._first = brief.calendar.stage == "first"
        self.shelf = Shelf(brief, self._deepest(), wanted.deep)
        self.frames = Frames(phrases, brief.today, int(self.shelf.chance("lead") * 5))
        self.topic = Topic(brief, phrases, wanted.topic)
        self.grounds = self.topic.grounds(grounds(brief, answers), wanted.told)
        self.categories: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.used: set[str] = set()
        self.phases: Counter[str] = Counter()
        self.follow_ups: dict[str, tuple[str, ...]] = {}

    def _deepest(self) -> int:
        calendar = self.brief.calendar
        asked = self.wanted.deep or (self.wanted.topic is not None and calendar.number > 1)
        carries = calendar.number >= _DEEP_SESSION and calendar.momentum.state != "stalled"
        return 3 if asked or carries else 2

    # -- the choice --

    def draft(self) -> Questions:
        chosen = self._extras() if self.wanted.extra else self._list()
        ideas = tuple(self._idea(choice) for choice in chosen)
        notice = self.topic.notice
        if len(ideas) < self.wanted.number and not notice:
            notice = self.phrases.notice("few" if ideas else "none")
        brief, calendar = self.brief, self.brief.calendar
        return Questions(
            brief.pair.slug,
            brief.language,
            brief.audience,
            "offline",
            self.wanted.topic,
            Session(calendar.number, calendar.stage, brief.minutes, calendar.last_held, calendar.next_planned),
            calendar.momentum,
            ideas,
            self.book.sources,
            notice,
            (*brief.warnings, notice) if notice else brief.warnings,
        )

    def _list(self) -> list[_Choice]:
        number = self.wanted.number
        slots = Counter(self._depths(number))
        grounded = math.ceil((_GROUNDED_FIRST if self._first else _GROUNDED) * number)
        chosen: list[_Choice] = []
        for _ in range(number):
            on_notes = len(chosen) < grounded
            order = (self._grounded, self._free) if on_notes else (self._free, self._grounded)
            choice = next((c for source in order if (c := self._best(source, slots))), None)
            if choice is None:
                break
            slots[choice.question.depth] -= 1
            self._keep(choice)
            chosen.append(choice)
        return sorted(chosen, key=lambda c: (c.question.depth, -c.score))

    def _depths(self, number: int) -> list[int]:
        """How deep the questions of a list go: a quarter light, and where it carries that, a third hard."""
        deepest = self._deepest()
        light = max(1, round(number * (0.25 if deepest == 3 else 0.4)))
        hard = round(number * 0.3) if deepest == 3 else 0
        return [1] * light + [2] * max(0, number - light - hard) + [3] * hard

    def _best(self, source: Callable[[], list[_Choice]], slots: Counter[int]) -> _Choice | None:
        """The best choice for a depth that is still wanted, else for any."""
        open_ = [c for c in source() if slots[c.question.depth] > 0] or source()
        open_.sort(key=lambda c: -c.score)
        return next((c for c in open_ if not self.shelf.heard(c.question, c.ground is not None)), None)

    def _grounded(self) -> list[_Choice]:
        return [
            _Choice(question, ground, self._score(question, ground))
            for ground in self.grounds
            if ground.quote not in self.used or ground.lead == "topic"
            for question in self.brief.bank
            if self._stands(question, ground)
        ]

    def _stands(self, question: BankQuestion, ground: Ground) -> bool:
        return (
            question.evidence in kinds(ground.evidence, ground.form == "asks")
            and question.wording(self.brief.language).grounded is not None
            and self._may(question)
            and not (ground.lead == "topic" and "few-notes" in question.avoid_if)
            and self.shelf.speaks(question, ground.quote)
        )

    def _may(self, question: BankQuestion) -> bool:
        """Is it of a category that belongs in a list now, and not one too many of those about the two themselves?"""
        if question.category == "closing-handover" and self.brief.calendar.stage != "closing":
            return False
        ours = question.phase in ("contract", "review")
        return self.shelf.fits(question) and (self._first or not ours or self.phases["ours"] < 1 or self.topic.banned)

    def _free(self) -> list[_Choice]:
        """Questions of the bank as they are, those on the topic alone where there is one."""
        fitting = [q for q in self.brief.bank if q.evidence not in _NOT_FREE and self._may(q)]
        if self.topic.words:
            fitting = [q for q in fitting if self.topic.touches(_words(q))]
        return [_Choice(q, None, self._score(q, None)) for q in fitting]

    def _score(self, question: BankQuestion, ground: Ground | None) -> float:
        score = _CHANCE * self.shelf.chance(question.id, ground.quote if ground else "")
        score -= _SAME_CATEGORY * self.categories[question.category]
        if (self.topic.banned or self._first) and question.category in ("contract-safety", "scope-ask"):
            score += _ON_SCOPE
        elif question.category == "contract-safety":
            score -= _SETTLED
        if ground is None:
            return score + (0.05 if question.about else 0.0)
        score += ground.weight - _SAME_KIND * self.kinds[ground.evidence]
        score += 0.1 if question.evidence == "contrast" else 0.0
        score += min(0.15, 0.05 * len(_words(question) & ground.words))
        return score + (_ON_TOPIC if self.topic.words and ground.lead != "topic" else 0.0)

    def _extras(self) -> list[_Choice]:
        """Questions that go one level deeper than the line they stand on, the line that tells most first."""
        chosen: list[_Choice] = []
        while len(chosen) < self.wanted.number:
            options = [c for c in self._grounded() if _deeper(c)]
            if not self.wanted.topic:
                options.sort(key=lambda c: (-c.question.depth, _rank(c), -c.score))
            else:
                options.sort(key=lambda c: -c.score)
            new = next((c for c in options if not self.shelf.heard(c.question, True)), None)
            if new is None:
                break
            self._keep(new)
            chosen.append(new)
        return chosen

    def _keep(self, choice: _Choice) -> None:
        question, ground = choice.question, choice.ground
        self.categories[question.category] += 1
        self.phases["ours"] += question.phase in ("contract", "review")
        if ground is not None:
            self.kinds[ground.evidence] += 1
            self.used.add(ground.quote)
        self.follow_ups[question.id] = self.shelf.take(question, ground is not None)

    # -- from choice to draft --

    def _idea(self, choice: _Choice) -> Idea:
        question, ground = choice.question, choice.ground
        wording = question.wording(self.brief.language)
        text = wording.text
        if ground is not None and wording.grounded:
            text = self.frames.framed(ground, wording.grounded)
        sources = ground.sources if ground is not None else self._occasion()
        return Idea(
            text,
            question.category,
            question.depth,
            f"{self._why(ground)} {wording.why}",
            self.follow_ups[question.id],
            tuple(dict.fromkeys(self.book.cite(source) for source in sources)),
            question.id,
            question.source,
            ground.depth if ground is not None and self.wanted.extra else None,
        )

    def _why(self, ground: Ground | None) -> str:
        if ground is None:
            return self._why_free()
        if not ground.sources:
            return self.phrases.why(ground.why)
        names = panels.called(self.brief.pair, self.brief.language)
        place = place_of(ground.source.path, ground.source.line)
        return self.phrases.why(
            ground.why, date=self._day(ground.source.date), place=place, due=self._day(ground.due), **names
        )

    def _why_free(self) -> str:
        held = self.brief.calendar.last_held
        places = [place_of(source.path, source.line) for source in self._occasion()]
        if held is None:
            return self.phrases.why("free_first", place=places[0]) if places else self.phrases.why("free_none")
        key = "free" if places else "free_nowhere"
        return self.phrases.why(key, date=self._day(held), place=places[0] if places else "")

    def _day(self, day: dt.date | None) -> str:
        return self.phrases.date(day, self.brief.today) if day else ""

    def _occasion(self) -> tuple[Source, ...]:
        """What a question that stands on nothing points to: a line of the last session, else the first wish."""
        last = self.brief.last_note
        if last is None:
            return tuple(wish.profile for wish in self.brief.wishes[:1])
        chosen = [wish.wish.text for wish in (*self.brief.wishes, *self.brief.learning)]
        lines = [last, *(ground.source for ground in self.grounds if ground.sources)]
        fit = (s for s in lines if s.path == last.path and not is_delicate(s.quote, chosen))
        return tuple(islice(fit, 1))


def _deeper(choice: _Choice) -> bool:
    """Does a question go exactly one level deeper than the line it stands on, and are those words the mentee's own?"""
    ground = choice.ground
    if ground is None or ground.evidence not in _EXTRA_FIRST or choice.question.phase == "contract":
        return False
    if ground.second and ground.second[0] == "answered_told":  # told, so not the mentee's own words
        return False
    return choice.question.depth == ground.depth + 1


def _rank(choice: _Choice) -> int:
    return _EXTRA_FIRST.index(choice.ground.evidence) if choice.ground else len(_EXTRA_FIRST)


@cache
def _words(question: BankQuestion) -> frozenset[str]:
    return meaning(" ".join(part for w in (question.nl, question.en) for part in (w.text, *w.follow_ups)))
