"""The middle of a very first session: something of use at once, the right to an opinion, and what it will be about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.asks import is_vague
from assistant.evidence import Evidence
from assistant.records import Level, Source, Wish
from assistant.writers.middle import ask
from assistant.writers.plan import Material, Plan, listed

_WIN = (5, 8)  # minutes, the least and the most: behind the opening it is over within a quarter of an hour


def first_middle(material: Material) -> Iterator[Plan]:
    """A quick win that is over within ten minutes, then the agreements, then one question made specific."""
    win, vague = chosen(material.brief.wishes)
    if win is not None:
        values, asked = {"wish": win.wish.text}, (material.one_of(material.asks.win), material.asks.win_follow_up)
        plan = Plan("theme", "theme-first", "interest", "win", "mentor", 1.0, 3, values, [win.profile], asked=asked)
        plan.least, plan.most = _WIN
        yield plan
    yield Plan("contract", "rights-first", "contract", "rights", "both", 0.3, 2, least=3, most=5)
    yield _scope(material)
    if vague is not None:
        yield ask(material, vague, 1.6, 4)
    elif rest := [wish for wish in material.brief.wishes if wish is not win]:
        yield _subject(rest[0])


def chosen(wishes: Sequence[Evidence]) -> tuple[Evidence | None, Evidence | None]:
    """What the quick win is about, and the interest of the mentee that is still too wide; another one if that can be."""
    vague = [wish for wish in wishes if wish.kind == "interest" and is_vague(wish.wish.text)]
    clear = [wish for wish in wishes if wish not in vague]
    return next(iter([*clear, *vague]), None), next(iter(vague), None)


def _subject(wish: Evidence) -> Plan:
    """A first subject, specific enough to begin with."""
    key = f"theme-{'interest' if wish.kind == 'interest' else 'scope'}-new"
    text = wish.wish.text
    return Plan(
        "theme", key, "interest", "theme", "mentor", 1.6, 4, {"wish": text}, [wish.profile], "interest", text, 6
    )


def _scope(material: Material) -> Plan:
    pair, and_ = material.brief.pair, material.phrases.and_
    sources = [_place(material, wish) for wish in (*pair.scope, *pair.out_of_scope)]
    values = {"scope": listed((w.text for w in pair.scope), and_)} if pair.scope else {}
    if pair.out_of_scope:
        values["out"] = listed((w.text for w in pair.out_of_scope), and_)
    key = "scope-first" if len(values) == 2 else "scope-first-in" if pair.scope else "scope-first-none"
    return Plan("theme" if sources else "contract", key, "scope", "scope", "mentor", 2.0, 1, values, sources, least=6)


def _place(material: Material, wish: Wish) -> Source:
    return Source(material.brief.pair.path, wish.line, None, Level.PAIR, wish.text)
