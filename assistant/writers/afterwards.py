"""What is done to an agenda once it is written: an insight that was acted on is shown back, a pair adrift gets less.

Both go by what an agenda shows, and know nothing of how it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from assistant import panels
from assistant.drafts import Agenda, Item
from assistant.notes import gist
from assistant.phrases import AgendaPhrases
from assistant.records import Conviction, Momentum, Pair, Source, Stage, Story
from assistant.writers import balance

RESCUE = 15  # minutes; long enough to pick things up, short enough to say yes to
_SHOWING = 3  # minutes
_TELLING = 0.5  # how well a matter must stand by itself
_OUTER = ("contract", "review")


def shown_back(agenda: Agenda, story: Story, pair: Pair, phrases: AgendaPhrases) -> Agenda:
    """The agenda with what came of an insight of the mentor's, the latest one; as it was where there is none."""
    acted = [b for b in story.beliefs if b.status == "acted on"]
    longest = max(agenda.items, key=lambda item: item.minutes, default=None)
    if not acted or longest is None or agenda.session.minutes < RESCUE or longest.minutes < 2 * _SHOWING:
        return agenda
    belief = max(acted, key=lambda b: (b.sources[-1].date or b.sources[0].date, b.sources[-1].line))
    key = "give-done" if belief.reality else "give-done-alone"
    if key not in phrases.items:  # a programme's own template may be older
        return agenda
    sources, keys = _cited(agenda.sources, belief.sources[::-1])
    item = _item(key, belief, pair, phrases, agenda, tuple(keys))
    items = [_with(i, minutes=i.minutes - _SHOWING) if i is longest else i for i in agenda.items]
    at = next((n for n, i in enumerate(items) if i.kind == "give-back"), len(items) - 1)
    return _replaced(agenda, [*items[:at], item, *items[at:]], sources)


def _item(
    key: str, belief: Conviction, pair: Pair, phrases: AgendaPhrases, agenda: Agenda, keys: tuple[str, ...]
) -> Item:
    done, first = belief.sources[-1], belief.sources[0]
    values = {
        **panels.called(pair, agenda.language),
        "belief": gist.of_belief(belief.belief, pair.mentee.names).text,
        "reality": gist.of_text(belief.reality or "").text,
        "done": gist.of_text(belief.done or "").text,
        "date": phrases.date(first.date, done.date) if first.date else "",
    }
    title, why = phrases.title(key, **values), phrases.why(key, **values)
    question, extra = (phrases.heading(name, **values) for name in ("done_question", "done_extra"))
    return Item("give-back", title, _SHOWING, "mentee", why, question, extra, keys)


def is_adrift(momentum: Momentum, stage: Stage, planned: dt.date | None) -> bool:
    """Is it a pair that once met and now lies still, or slips without a date? Once it has one, it can meet as ever."""
    loose = momentum.state == "stalled" or (momentum.state == "slipping" and planned is None)
    return loose and stage != "first"


def rescued(agenda: Agenda) -> Agenda:
    """The agenda of a quarter of an hour for a pair adrift: the rhythm, the most valuable open point, a date."""
    middle = [item for item in agenda.items if item.kind not in _OUTER]
    first, last = agenda.items[:1], agenda.items[-1:]
    if not is_adrift(agenda.momentum, agenda.session.stage, agenda.session.planned) or not middle:
        return agenda
    best = max(middle, key=lambda item: _worth(item, agenda))
    items = [
        *(_with(item, minutes=4) for item in first),
        _with(best, minutes=8),
        *(_with(item, minutes=3) for item in last),
    ]
    cited = {key for item in items for key in item.sources} | {k for c in agenda.commitments for k in c.sources}
    told = "the pair is adrift, so this is the agenda of 15 minutes; --minutes gives a longer one"
    shorter = msgspec.structs.replace(
        _replaced(agenda, items, {key: source for key, source in agenda.sources.items() if key in cited}),
        session=msgspec.structs.replace(agenda.session, minutes=RESCUE),
        house_rules=tuple(rule for rule in agenda.house_rules if cited.issuperset(rule.sources)),
    )
    return msgspec.structs.replace(shorter, warnings=(*agenda.warnings, told))


def _worth(item: Item, agenda: Agenda) -> int:
    """How much an open point matters: what was left unresolved and tells what, a promise, a belief, then the rest."""
    cited = [agenda.sources[key] for key in item.sources]
    out_of_notes = bool(cited) and cited[0].date is not None
    a_wish = any(source.path.endswith("pair.toml") for source in cited)
    if item.kind == "theme" and out_of_notes and not a_wish:
        return 5 if gist.of_thread(cited[0].quote).weight >= _TELLING else 2
    if item.kind == "close-the-loop" and agenda.commitments:
        return 4
    if item.kind == "message-check" and out_of_notes and not a_wish:
        return 3
    if item.kind == "small-but-important" and out_of_notes:
        return 2
    return 1 if item.kind == "theme" else 0


def _cited(sources: dict[str, Source], more: Sequence[Source]) -> tuple[dict[str, Source], list[str]]:
    """The sources with some more, and the keys of those, each place under one key."""
    found, keys = dict(sources), []
    for source in more:
        key = next((key for key, known in found.items() if known == source), None)
        if key is None:
            key = f"n{1 + max((int(k[1:]) for k in found if k.startswith('n')), default=0)}"
            found[key] = source
        keys.append(key)
    return found, list(dict.fromkeys(keys))


def _with(item: Item, minutes: int) -> Item:
    return msgspec.structs.replace(item, minutes=minutes)


def _replaced(agenda: Agenda, items: Sequence[Item], sources: dict[str, Source]) -> Agenda:
    return msgspec.structs.replace(agenda, items=tuple(items), balance=balance.weigh(items), sources=sources)
