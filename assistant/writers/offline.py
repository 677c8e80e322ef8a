"""The offline writer: an agenda out of a Brief, without a model. Every sentence of its own stands in prompts/."""

from __future__ import annotations

from msgspec import UNSET

from assistant.briefing import Brief
from assistant.drafts import Agenda, AgendaCommitment, Session
from assistant.phrases import AgendaPhrases, AskPhrases
from assistant.records import Commitment
from assistant.writers import balance, ending, first, giving
from assistant.writers.items import Bench
from assistant.writers.middle import Middle
from assistant.writers.minutes import share
from assistant.writers.opening import opening
from assistant.writers.plan import Material, Plan, telling
from assistant.writers.sources import Book


def agenda(brief: Brief, phrases: AgendaPhrases, asks: AskPhrases) -> Agenda:
    """The agenda of the next session; its minutes add up to those of the brief."""
    material = Material(brief, phrases, asks)
    plans, bench = _plans(material), Bench(material)
    if brief.length is not None:
        bench.follow(brief.length)
    kept = share([(p.rank, p.weight, p.least, p.most) for p in plans], brief.minutes)
    items = tuple(bench.item(plans[n], minutes) for n, minutes in kept)
    if not balance.is_even(balance.weigh(items)):
        items = balance.mended(items, phrases, material.people)
    calendar = brief.calendar
    return Agenda(
        brief.pair.slug,
        brief.language,
        brief.audience,
        "offline",
        Session(calendar.number, calendar.stage, brief.minutes, calendar.last_held, calendar.next_planned),
        calendar.momentum,
        tuple(_commitment(c, bench.book) for c in material.open),
        items,
        balance.weigh(items),
        tuple(bench.followed),
        bench.book.sources,
        brief.warnings,
    )


def _plans(material: Material) -> list[Plan]:
    """All that the session could hold, in its order; where the talk leaned to one side, giving back comes early."""
    middle = Middle(material)
    themes = list(first.first_middle(material) if material.first else middle.plans())
    back = ending.give_back(material)
    early = giving.one_sided(material.brief.sittings) is not None
    begin, end = list(opening(material)), list(ending.ending(material, middle.threads))
    return [*begin, back, *themes, *end] if early else [*begin, *themes, back, *end]


def _commitment(c: Commitment, book: Book) -> AgendaCommitment:
    keys = tuple(book.cite(source) for source in c.sources)
    return AgendaCommitment(c.id, c.text, c.owner, c.made, c.due, c.status, keys, telling(c.text), c.who or UNSET)
