"""What an agenda ends with: what the mentor gets, what is small but important, and the promises and the date."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evidence import Evidence
from assistant.phrases import fill
from assistant.records import Thread
from assistant.writers import giving
from assistant.writers.plan import Material, Plan, telling, told_of

_RANK, _FIRST_RANK = 2, 6  # nobody only takes, not even in a short session; in the very first one it can wait
_LONGEST = 48  # letters of what stands in a heading behind the name of the item


def give_back(material: Material) -> Plan:
    """One learning goal of the mentor, each in its turn, with what each has given; more of it where one side only takes."""
    one_sided = giving.one_sided(material.brief.sittings)
    learning = material.brief.learning
    if learning:
        goal = _in_turn(learning, material.brief.calendar.number)
        values, sources = {"learning": goal.wish.text}, [goal.profile]
        key = "give-first" if material.first else "give-learning"
        seen = told_of(goal)
        if seen is not None:
            values |= {"date": material.date(seen), "quote": telling(seen.quote)}
            sources, key = [seen, goal.profile], "give-learning-seen"
        plan = Plan(
            "give-back",
            key,
            "give-back",
            "give-back",
            "mentee",
            0.6,
            _RANK,
            values,
            sources,
            "learning",
            goal.wish.text,
        )
    else:
        plan = Plan("give-back", "give-plain", "give-back", "give-back", "mentee", 0.5, _RANK)
    told, kept = giving.told(material)
    plan.tail, plan.sources = told, [*plan.sources, *kept]
    if one_sided:
        plan.tail = giving.nudge(material, one_sided)
        plan.weight = 1.2
    if material.first:
        plan.rank = _FIRST_RANK
    return plan


def _in_turn(learning: tuple[Evidence, ...], number: int) -> Evidence:
    """A goal that never came up goes first, then the one that did so longest ago; among equals they take turns."""
    never = [goal for goal in learning if told_of(goal) is None]
    if never:
        return never[(number - 1) % len(never)]
    return min(learning, key=lambda goal: str(goal.seen.date) if goal.seen else "")


def small(material: Material, threads: list[Thread]) -> Plan:
    """What was left lying and had no turn among the themes, at most two."""
    if not threads:
        return Plan("small-but-important", "small-plain", "small-but-important", "small", "both", 0.2, 6, least=3)
    first, second = material.thread(threads[0]), [material.thread(thread) for thread in threads[1:2]]
    values = {"title": first.title, "quote": first.quote, "date": material.date(threads[0].source)}
    fits = 0 < len(first.title) <= _LONGEST
    key = "small-thread-untitled" if not fits else "small-thread" if first.whole else "small-thread-quoted"
    told = (first, *second)
    sources = [*(headed.sources[0] for headed in told), *(more for headed in told for more in headed.sources[1:])]
    plan = Plan("small-but-important", key, "small-but-important", "small", "both", 0.4, 6, values, sources, "thread")
    plan.quote, plan.least = threads[0].title, 3
    if second:
        plan.tail = fill(material.phrases.also, date=material.date(threads[1].source), quote=second[0].quote)
    return plan


def review(material: Material) -> Plan:
    """One promise each and a date; at the end of it all, what stays."""
    calendar = material.brief.calendar
    if calendar.stage == "closing":
        return Plan("review", "review-closing", "closing", "closing", "both", 0.6, 1, least=3)
    if material.first:
        return Plan("review", "review-first", "review", "review", "both", 0.6, 1, least=3)
    later = calendar.next_planned and calendar.next_planned > material.brief.today and calendar.last_held is None
    if later and calendar.next_planned:
        values = {"planned": material.phrases.date(calendar.next_planned, material.brief.today)}
        return Plan("review", "review-planned", "review", "review", "both", 0.6, 1, values, least=3)
    return Plan("review", "review-open", "review", "review", "both", 0.6, 1, least=3)


def ending(material: Material, threads: list[Thread]) -> Iterator[Plan]:
    """The items after the subjects of the day, in their order; the give-back is placed by itself."""
    yield small(material, threads)
    yield review(material)
