"""From a plan to an item: its question, its rule, its sources."""

from __future__ import annotations

import re

from assistant.drafts import Followed, Item
from assistant.phrases import fill
from assistant.records import HouseRule, Rule
from assistant.words import words
from assistant.writers.plan import LONGEST, Material, Plan
from assistant.writers.questions import Chooser
from assistant.writers.situations import situations
from assistant.writers.sources import Book

# Items that are about how the two work; a theme needs no rule of thumb.
_WITH_RULES = ("contract", "give-back", "review")
_AGAIN = 0.6  # of the words of a sentence
_FULL = ("contract-on-track", "contract-first", "rights-first")


class Bench:
    """Turns plans into items; no question, rule or heading is given out twice."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._chooser = Chooser(material.brief)
        self._given: list[Rule] = []
        self._followed: list[HouseRule] = []
        self.book = Book()
        self.followed: list[Followed] = []

    def item(self, plan: Plan, minutes: int) -> Item:
        """The item of a plan."""
        phrases = self._material.phrases
        values = {**self._material.people, **plan.values}
        question, extra = plan.asked or self._asked(plan)
        keys = [self.book.cite(source) for source in plan.sources]
        before = len(self.followed)
        rule, cited = self._rule(plan)
        ruled = f"{plan.key}-{self.followed[before].subject}" if len(self.followed) > before else ""
        own = _without(phrases.why(ruled if ruled in phrases.items else plan.key, **values), rule)
        why = " ".join(part for part in (own, plan.tail, rule) if part)
        title = phrases.title(plan.key, **values)
        return Item(
            plan.kind,
            title[:1].upper() + title[1:],
            minutes,
            plan.lead,
            why,
            question,
            extra,
            tuple(dict.fromkeys([*keys, *cited])),
            tuple(phrases.facets) if plan.facets else (),
        )

    def follow(self, rule: HouseRule) -> str:
        """The key of a house rule that the agenda follows."""
        key = self.book.cite(rule.source)
        self._followed.append(rule)
        self.followed.append(Followed(rule.subject, (key,)))
        return key

    def _asked(self, plan: Plan) -> tuple[str, str]:
        told = plan.kind in ("theme", "message-check", "small-but-important", "give-back")  # the words stand above it
        asked = self._chooser.choose(plan.need, plan.evidence, plan.quote, plan.key + str(plan.rank), shown=told)
        return asked.text, asked.extra

    def _rule(self, plan: Plan) -> tuple[str, list[str]]:
        """What the programme itself lays down for an item; without that, in some items, a built-in rule.

        What to do about something that went further comes before all that is laid down.
        """
        shaken = plan.kind == "contract" and not self._given and self._material.brief.leak is not None
        own = self._house_rule(plan) if not shaken else None
        if own is not None:
            return fill(self._material.phrases.house, rule=_bare(own.source.quote)), [self.follow(own)]
        fits = plan.kind in _WITH_RULES and plan.key not in _FULL and not plan.tail
        rule = self._built_in(plan) if fits or shaken else None
        return (rule.text, [self.book.cite_rule(rule)]) if rule else ("", [])

    def _house_rule(self, plan: Plan) -> HouseRule | None:
        """One that was not given yet, another one each session."""
        number = self._material.brief.calendar.number
        subject = {"theme", "thread"}
        if plan.kind == "theme" and any(not subject.isdisjoint(rule.items) for rule in self._followed):
            return None  # one on how subjects are dealt with is enough
        wanted = subject if plan.occasion == "thread" else {plan.occasion}
        told = [rule.source for rule in self._followed]
        fitting = [r for r in self._material.brief.house if not wanted.isdisjoint(r.items) and r.source not in told]
        fitting = [r for r in fitting if len(_bare(r.source.quote)) <= LONGEST]
        return fitting[(number - 1) % len(fitting)] if fitting else None

    def _built_in(self, plan: Plan) -> Rule | None:
        """One that fits the situation, another one each session."""
        brief = self._material.brief
        fitting = [r for r in brief.rules if plan.kind in r.kinds and r not in self._given]
        names = [*situations(brief), *([] if plan.kind == "contract" else ["always"])]
        names = ["panel", *names] if brief.pair.is_panel else names
        pool = next((rules for name in names if (rules := [r for r in fitting if name in r.situations])), [])
        if not pool:
            return None
        rule = pool[(brief.calendar.number - 1) % len(pool)]
        self._given.append(rule)
        return rule


def _without(text: str, rule: str) -> str:
    """A text without its sentences that a rule behind it says again in nearly the same words."""
    said = frozenset(words(rule))
    sentences = re.split(r"(?<=[.?!])\s+", text)
    kept = [s for s in sentences if not (own := words(s)) or sum(word in said for word in own) < _AGAIN * len(own)]
    return " ".join(kept or sentences)


def _bare(rule: str) -> str:
    """The words of a rule without its number, its marks and the stop at its end."""
    return re.sub(r"[*_`]", "", re.sub(r"^\W*\d+\.\s*", "", " ".join(rule.split()))).strip(" .")
