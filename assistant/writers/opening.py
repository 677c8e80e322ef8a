"""What an agenda begins with: what may leave the room, the rhythm where it is lost, and what was promised."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.notes.gist import of_text as telling_of
from assistant.writers.plan import Material, Plan

_SURE, _CLEAR = 0.6, 0.6  # how likely a promise stands, and how much its words say, for a question to be built on it


def opening(material: Material) -> Iterator[Plan]:
    """The items before the subjects of the day."""
    yield contract(material)
    if material.first:
        return
    brief = material.brief
    if material.open:
        yield _loop(material)
    elif brief.last_note is not None and brief.last_note.date:
        values = {"date": material.date(brief.last_note)}
        yield Plan("close-the-loop", "loop-none", "close-the-loop", "loop", "mentor", 0.3, 4, values, [brief.last_note])


def contract(material: Material) -> Plan:
    """How the two of them work together, this time."""
    calendar, momentum = material.brief.calendar, material.brief.calendar.momentum
    phrases, today = material.phrases, material.brief.today
    values = {
        "last": phrases.date(calendar.last_held, today) if calendar.last_held else "",
        "count": str(momentum.cancelled_in_a_row),
        "due": phrases.date(momentum.due, today) if momentum.due else "",
        "cancelled": phrases.date(material.brief.cancelled_on[-1], today) if material.brief.cancelled_on else "",
    }
    key, lost = _key(material), list(material.brief.cancelled)
    slips = momentum.state in ("slipping", "stalled")
    if material.first:  # whatever fell through before it, these agreements come first
        tail = phrases.why(key, **values) if slips else ""
        return Plan("contract", "contract-first", "contract", "first", "both", 0.3, 0, values, lost, most=6, tail=tail)
    if slips:
        quote = lost[-1].quote if lost else ""
        return Plan("contract", key, "rhythm", "rhythm", "both", 0.8, 0, values, lost, "cancelled", quote)
    need = "closing" if key == "contract-closing" else "contract"
    return Plan("contract", key, need, "contract", "both", 0.3, 0, values, lost, least=3)


def _key(material: Material) -> str:
    calendar = material.brief.calendar
    state, lost = calendar.momentum.state, calendar.momentum.cancelled_in_a_row
    if state == "stalled":
        return "contract-stalled" if lost >= 2 else "contract-silent"
    if state == "slipping":
        return "contract-slipping" if lost else "contract-overdue"
    return "contract-closing" if calendar.stage == "closing" else "contract-on-track"


def _loop(material: Material) -> Plan:
    """What is open on both sides; its question is about a promise that is not the mentor's own."""
    sources = [c.sources[0] for c in material.open]
    others = [c for c in material.open if c.owner != "mentor"]
    values = {"tally": tally(material)}
    plan = Plan("close-the-loop", "loop-open", "close-the-loop", "loop", "mentor", 0.8, 1, values, sources, least=4)
    if others:
        clear = [c for c in others if c.stands >= _SURE and telling_of(c.text).weight >= _CLEAR]
        plan.evidence, plan.quote = "promise", (clear or others)[0].text
    return plan


def tally(material: Material) -> str:
    """How many promises are open, whose, since when, and how many are overdue."""
    phrases, today, open_ones = material.phrases, material.brief.today, material.open
    owners = []
    for owner in ("mentee", "mentor", "both", "unknown"):
        count = sum(c.owner == owner for c in open_ones)
        if count:
            name = phrases.owners[owner].format(**material.people)
            each = phrases.tally["each" if owner in ("mentor", "mentee") else "none_of"]
            label = each.format(count=count, owner=name) if owner != "both" else f"{count} {name}"
            owners.append(label if owner != "unknown" else f"{count} {label}")
    one, told = len(open_ones) == 1, ", ".join(owners)
    oldest = phrases.date(min(c.made for c in open_ones), today)
    text = phrases.tally["one" if one else "many"].format(
        count=len(open_ones), owners=told.removeprefix("1 ") if one else told, oldest=oldest
    )
    late = sum(c.due is not None and c.due < today for c in open_ones)
    if late and not one:
        text += " " + phrases.tally["overdue_one" if late == 1 else "overdue_many"].format(count=late)
    return text
