"""The subjects of a session: what was left open, what the mentee wanted to learn, and whether a message lands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.asks import is_vague
from assistant.evidence import Evidence
from assistant.notes import gist
from assistant.records import Conviction, Thread
from assistant.words import stop_words_of, words
from assistant.writers.headings import points_back
from assistant.writers.plan import Material, Plan, telling, told_of

_ROOMY = 55  # minutes of a session in which a third subject takes nothing from the others
_SHORT = 64  # letters of what was believed, to stand in a heading as it is
_MAIN, _SIDE = (7, 3.0), (6, 1.2)  # the least minutes and the share of what is left: the first subject, any other


class Middle:
    """Makes the items of the middle; what it leaves over of the threads is for the small topics."""

    def __init__(self, material: Material) -> None:
        self._material = material
        brief = material.brief
        self.threads = list(brief.story.threads)
        turn = (brief.calendar.number - 1) % len(brief.wishes) if brief.wishes else 0  # each wish has its turn
        self._wishes = sorted([*brief.wishes[turn:], *brief.wishes[:turn]], key=lambda wish: told_of(wish) is None)

    def plans(self) -> Iterator[Plan]:
        """Themes, at most as many as the house rules allow, and the check."""
        most = next((rule.number for rule in self._material.brief.house if rule.subject == "topics" and rule.number), 3)
        threads, self.threads = self.threads[: min(2, most)], self.threads[min(2, most) :]
        for number, thread in enumerate(threads):
            yield self._sized(self._thread(thread), number == 0, 2 + 2 * number)
        self._wishes = [wish for wish in self._wishes if self._material.is_new(wish.wish.text)] or self._wishes
        third = 1 if self._material.brief.minutes >= _ROOMY else 0
        wanted = min(2 - len(threads) or third, most - len(threads))
        for number, wish in enumerate(self._wishes[:wanted]):
            yield self._sized(self._wish(wish), not threads and not number, 7 if len(threads) == 2 else 3 + 4 * number)
        self._wishes = self._wishes[wanted:] or self._wishes
        yield from self._check()

    def _sized(self, plan: Plan, main: bool, rank: int) -> Plan:
        plan.least, plan.weight = _MAIN if main else _SIDE
        plan.rank = rank
        return plan

    def _thread(self, thread: Thread) -> Plan:
        headed = self._material.thread(thread)
        values = {"title": headed.title, "quote": headed.quote, "date": self._material.date(thread.source)}
        key = "theme-thread" if headed.whole else "theme-thread-quoted" if headed.title else "theme-thread-untitled"
        if not headed.title and not self._material.is_new(values["date"]):
            key = "theme-thread-untitled-too"  # two of one day
        self._material.use(headed.title or values["date"])
        return Plan("theme", key, "thread", "thread", "mentor", 0, 0, values, headed.sources, "thread", headed.quote)

    def _wish(self, wish: Evidence) -> Plan:
        self._material.use(wish.wish.text)
        if self._material.early and wish.kind == "interest" and is_vague(wish.wish.text):
            return ask(self._material, wish, 0, 0)
        seen = told_of(wish)
        values = {"wish": wish.wish.text}
        sources = [wish.profile]
        if seen is not None:
            values |= {"date": self._material.date(seen), "quote": telling(seen.quote)}
            sources = [seen, wish.profile]
        key = f"theme-{'interest' if wish.kind == 'interest' else 'scope'}-{'seen' if seen else 'new'}"
        return Plan("theme", key, "interest", "theme", "mentor", 0, 0, values, sources, "interest", wish.wish.text)

    def _check(self) -> Iterator[Plan]:
        story = self._material.brief.story
        promised = {source for commitment in story.commitments for source in commitment.sources}
        standing = [b for b in story.beliefs if b.status == "open" and b.sources[0] not in promised]
        agreed = [wish for wish in (*self._wishes, *self._material.brief.wishes) if wish.kind == "scope"]
        agreed.sort(key=lambda wish: not self._material.is_new(wish.wish.text))
        if standing:
            yield self._belief(standing[-1])
        elif agreed:
            yield self._decision(agreed[0])

    def _belief(self, belief: Conviction) -> Plan:
        """A belief against what the floor showed, with the three sides of the question whether it lands."""
        material = self._material
        told = gist.of_belief(belief.belief, material.mentee)
        values = {"belief": told.text, "date": material.date(belief.sources[0])}
        if belief.reality:
            values["reality"] = telling(belief.reality)
        held = told.form == "that" and not points_back(told.text) and self._own_language(told.text)
        if held and len(told.text) <= _SHORT:
            key = "check-that"
        else:
            values["title"] = material.headed(gist.Gist(told.text, "that", told.weight)).title
            key = "check-untitled" if not values["title"] else "check-held" if held else "check-belief"
        key += "" if belief.reality else "-alone"
        plan = Plan("message-check", key, "message-check", "check", "mentor", 1.2, 3, values, belief.sources, least=6)
        plan.evidence, plan.quote, plan.facets = "belief", belief.belief, True
        return plan

    def _decision(self, wish: Evidence) -> Plan:
        """A decision on something that the pair agreed to talk about, where no belief of the mentee is known."""
        material, text = self._material, wish.wish.text
        values, sources, key = {"wish": text}, [wish.profile], "check-wish"
        seen = told_of(wish)
        if seen is not None:
            values |= {"date": material.date(seen), "quote": telling(seen.quote)}
            sources, key = [seen, wish.profile], "check-passage"
        plan = Plan("message-check", key, "message-check", "check", "mentor", 1.2, 4, values, sources, least=6)
        plan.asked, plan.facets = (
            (material.one_of(material.asks.lands, ask=f"“{text}”"), material.asks.lands_follow_up),
            True,
        )
        return plan

    def _own_language(self, text: str) -> bool:
        """May it stand in a sentence of the draft: has it no more small words of another language than of this one?"""
        here = set(words(text))
        own = len(here & stop_words_of(self._material.brief.language))
        return all(own >= len(here & stop_words_of(other)) for other in ("nl", "en"))


def ask(material: Material, wish: Evidence, weight: float, rank: int) -> Plan:
    """A wish that is too wide, with the question that makes it small."""
    text = wish.wish.text
    asked = (material.one_of(material.asks.interest, ask=f"“{text}”"), material.asks.follow_up)
    plan = Plan("theme", "theme-ask", "scope", "theme", "mentor", weight, rank, {"wish": text}, [wish.profile])
    plan.asked, plan.least = asked, 6
    return plan
