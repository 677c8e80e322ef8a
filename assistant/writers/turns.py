"""Who of a panel opens what: each of its mentors has a turn in every session, the one who had least lately first."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from assistant import panels
from assistant.drafts import Agenda, Item, Questions, Turn
from assistant.phrases import PanelPhrases, begun
from assistant.records import Pair, Source


def in_order(mentors: Sequence[str], lately: dict[str, int], number: int) -> list[str]:
    """The mentors by how much they had lately, least first; among equals another one begins each session."""
    start = (number - 1) % len(mentors)
    turned = [*mentors[start:], *mentors[:start]]
    return sorted(turned, key=lambda name: lately.get(name, 0))


def dealt(minutes: Sequence[int], order: Sequence[str]) -> list[tuple[Turn, ...]]:
    """For each item of some minutes who opens it: everybody once, then those with fewest minutes.

    Where there are fewer items than mentors, the longest are shared.
    """
    if not minutes:
        return []
    parts = [1] * len(minutes)
    while sum(parts) < min(len(order), sum(minutes)):
        room = [n for n in range(len(minutes)) if parts[n] < minutes[n]]
        parts[max(room, key=lambda n: (minutes[n] / parts[n], -n))] += 1
    had = dict.fromkeys(order, 0)
    found: list[tuple[Turn, ...]] = []
    for length, shares in zip(minutes, parts, strict=True):
        each, rest = divmod(length, shares)
        turns: list[Turn] = []
        for share in range(shares):
            who = min((name for name in order if name not in [t.who for t in turns]), key=had.__getitem__)
            turns.append(Turn(who, each + (share < rest)))
            had[who] += turns[-1].minutes
        found.append(tuple(turns))
    return found


def given(agenda: Agenda, pair: Pair, lately: dict[str, int], phrases: PanelPhrases) -> Agenda:
    """The agenda of a panel with a turn for each mentor, and each wish to learn under the name of who has it."""
    order = in_order([mentor.name for mentor in pair.mentors], lately, agenda.session.number)
    led = [n for n, item in enumerate(agenda.items) if item.lead == "mentor"]
    turns = dict(zip(led, dealt([agenda.items[n].minutes for n in led], order), strict=True))
    items = [_wished(item, agenda, pair, phrases) for item in agenda.items]
    items = [msgspec.structs.replace(item, turns=turns[n]) if n in turns else item for n, item in enumerate(items)]
    if not led and items:
        round_ = phrases.everybody.format(who=panels.short(pair, order[:1])[0])
        items[0] = msgspec.structs.replace(items[0], why=f"{items[0].why} {round_}")
    told = [turn for n in led for turn in turns[n]]
    totals = (Turn(name, sum(t.minutes for t in told if t.who == name)) for name in order)
    return msgspec.structs.replace(agenda, items=tuple(items), turns=tuple(t for t in totals if t.minutes))


def _wished(item: Item, agenda: Agenda, pair: Pair, phrases: PanelPhrases) -> Item:
    """An item about what one mentor wants to learn, with that name in the place of the panel's."""
    whose = _whose(item.sources, agenda.sources, pair)
    if item.kind != "give-back" or not whose:
        return item
    name = panels.short(pair, [whose])[0]
    first, stop, rest = item.why.partition(". ")
    return msgspec.structs.replace(
        item, title=_with(item.title, phrases.side, name), why=_with(first, phrases.side, name) + stop + rest
    )


def of_questions(questions: Questions, pair: Pair, phrases: PanelPhrases) -> Questions:
    """The questions of a panel, each about what one mentor wants to learn with the name of who asks it."""
    told = []
    for idea in questions.questions:
        whose = _whose(idea.sources, questions.sources, pair)
        first, stop, rest = idea.why.partition(". ")
        why = _with(first, phrases.side, panels.short(pair, [whose])[0]) + stop + rest if whose else idea.why
        told.append(msgspec.structs.replace(idea, why=why))
    return msgspec.structs.replace(questions, questions=tuple(told))


def _whose(keys: Sequence[str], sources: dict[str, Source], pair: Pair) -> str:
    """The mentor whose wish to learn is cited, "" where none is."""
    lines = {sources[key].line for key in keys if sources[key].path == pair.path}
    return next((wish.whose for wish in pair.learning if wish.line in lines), "")


def _with(text: str, side: str, name: str) -> str:
    return text.replace(begun(side), name, 1) if begun(side) in text else text.replace(side, name, 1)
