"""Who leads how much of an agenda, and how much of it tells rather than asks: a session is not to be a lecture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from assistant import resources
from assistant.drafts import Balance, Item
from assistant.phrases import AgendaPhrases, fill
from assistant.records import Side
from assistant.words import fold, words

_CONTENT = ("theme", "message-check", "close-the-loop", "give-back", "small-but-important")
_LED, _TOLD = 0.5, 0.3  # the least of the minutes that the mentor leads, the most of the items that tell
_FEWEST = 3  # words of a question that asks for something


def weigh(items: Iterable[Item]) -> Balance:
    """The minutes of content that each leads, and how many items ask and tell."""
    content = [item for item in items if item.kind in _CONTENT]
    minutes: dict[Side, int] = {"mentor": 0, "mentee": 0, "both": 0}
    for item in content:
        minutes[item.lead] += item.minutes
    told = sum(tells(item) for item in content)
    return Balance(minutes["mentor"], minutes["mentee"], minutes["both"], len(content) - told, told)


def is_even(balance: Balance) -> bool:
    """Does the mentor lead enough of it, and is enough of it asked?"""
    minutes = balance.mentor_minutes + balance.mentee_minutes + balance.both_minutes
    items = balance.asks + balance.tells
    return balance.mentor_minutes >= _LED * minutes and balance.tells <= _TOLD * items


def tells(item: Item) -> bool:
    """Does somebody hold forth in it: by its title, or because it asks for nothing?"""
    asked = fold(item.question)
    said = [word.partition("'")[0] for word in words(asked)]
    idle = len(said) < _FEWEST or _asking().isdisjoint(said) or _found(asked, "questions")
    return idle or _sends(item.title)


def mended(items: Sequence[Item], phrases: AgendaPhrases, people: dict[str, str]) -> tuple[Item, ...]:
    """The agenda with as much asked, and led by the mentor, as it takes to be in balance; each change is told."""
    result = list(items)
    order = sorted(range(len(result)), key=lambda n: (not tells(result[n]), -result[n].minutes))
    for n in order:
        if is_even(weigh(result)):
            break
        item = result[n]
        if item.kind in _CONTENT and (tells(item) or (item.lead != "mentor" and item.kind != "give-back")):
            result[n] = _turned(item, phrases, people)
    return tuple(_shifted(result))


def _turned(item: Item, phrases: AgendaPhrases, people: dict[str, str]) -> Item:
    """An item in which the mentor asks."""
    sender, listener = ("mentor", "mentee") if item.lead == "mentor" else ("mentee", "mentor")
    question = fill(phrases.balance["asked"], listener=people[listener]) if tells(item) else item.question
    why = f"{item.why} {fill(phrases.balance['mended'], sender=people[sender])}" if tells(item) else item.why
    title = phrases.balance["turned"].format(title=item.title) if _sends(item.title) else item.title
    return msgspec.structs.replace(item, lead="mentor", title=title, question=question, why=why.strip())


def _shifted(items: list[Item]) -> list[Item]:
    """Minutes go from what the others lead to what the mentor leads until that is half of it, three left to each."""
    mine = next((n for n, item in enumerate(items) if item.kind in _CONTENT and item.lead == "mentor"), None)
    while mine is not None and not _enough(items):
        theirs = [n for n, i in enumerate(items) if i.kind in _CONTENT and i.lead != "mentor" and i.minutes > 3]
        if not theirs:
            break
        most = max(theirs, key=lambda n: items[n].minutes)
        items[most] = msgspec.structs.replace(items[most], minutes=items[most].minutes - 1)
        items[mine] = msgspec.structs.replace(items[mine], minutes=items[mine].minutes + 1)
    return items


def _enough(items: list[Item]) -> bool:
    balance = weigh(items)
    return balance.mentor_minutes >= balance.mentee_minutes + balance.both_minutes


def _sends(title: str) -> bool:
    """Does a title announce that somebody holds forth, and not that the two exchange views on it?"""
    said = fold(title)
    return _found(said, "titles") and not said.startswith(tuple(map(fold, _lists()["exchanging"])))


def _found(text: str, name: str) -> bool:
    return _patterns()[name].search(text) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for name, end in (("titles", r"\b"), ("questions", r"\b[^.?!]{0,15}[?!.]*$")):
        entries = "|".join(re.escape(fold(entry)).replace(r"\*", r"[^.?!]{1,60}") for entry in _lists()[name])
        found[name] = re.compile(rf"\b(?:{entries}){end}")
    return found


@cache
def _asking() -> frozenset[str]:
    return frozenset(fold(word) for word in _lists()["asking"])


@cache
def _lists() -> dict[str, list[str]]:
    values = resources.parsed((resources.corpus() / "words" / "telling.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(values, dict[str, list[str]])
