"""An agenda as lines to show: what every form of it says, in the same words."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from assistant import panels
from assistant.drafts import Agenda, AgendaCommitment, Item
from assistant.notes import gist
from assistant.phrases import AgendaPhrases, begun, fill, names_day
from assistant.records import Audience, Pair, Source
from assistant.render.parts import ShownSource, days


class ShownPromise(Struct, frozen=True):
    """One open promise: whose, what, and since and until when."""

    owner: str
    text: str
    dates: str
    late: bool
    keys: str


class ShownItem(Struct, frozen=True):
    """One item of the plan. `time` is when it starts and ends, in minutes from the start."""

    title: str
    minutes: str
    time: str
    lead: str
    why: str
    question: str
    extra: str
    facets: tuple[str, ...]
    keys: str


class Shown(Struct, frozen=True):
    """A whole agenda, ready to be set."""

    language: str
    title: str
    subtitle: str
    banner: str
    headings: dict[str, str]
    promises: tuple[ShownPromise, ...]
    items: tuple[ShownItem, ...]
    balance: str
    sources: tuple[ShownSource, ...]

    @property
    def dense(self) -> bool:
        """Is there so much of it that one printed page needs a smaller type?"""
        return len(self.promises) + 2 * len(self.items) + len(self.sources) / 2 > 24


def shown(agenda: Agenda, phrases: AgendaPhrases, pair: Pair, today: dt.date) -> Shown:
    """The agenda in words."""
    people = panels.called(pair, agenda.language)
    session = agenda.session
    length = next((rule.sources[0] for rule in agenda.house_rules if rule.subject == "length"), "")
    first = phrases.heading(
        "subtitle_house" if length else "subtitle",
        minutes=session.minutes,
        stage=phrases.stages[session.stage],
        state=phrases.states[agenda.momentum.state],
        place=length,
    )
    banner = "level_own" if agenda.audience is Audience.OWN else "level"
    at = 0
    items = []
    for item in agenda.items:
        items.append(
            ShownItem(
                item.title,
                phrases.heading("minutes", minutes=item.minutes),
                f"{at}–{at + item.minutes}",
                _lead(item, agenda, phrases, pair),
                item.why,
                item.question,
                item.extra_question,
                item.facets,
                ", ".join(_keys(item, agenda)),
            )
        )
        at += item.minutes
    return Shown(
        agenda.language,
        phrases.heading("title", number=session.number, **people),
        " · ".join([first, *days(session, phrases, today)]),
        " ".join([phrases.heading(banner, **people), *_turns(agenda, pair)]),
        {name: phrases.headings[name] for name in ("promises", "no_promises", "plan", "sources", "question", "extra")},
        tuple(_promise(c, phrases, pair, people, today) for c in agenda.commitments),
        tuple(items),
        _balance(agenda, phrases, people),
        tuple(
            ShownSource(key, _place(source, phrases, today), _words(source, agenda))
            for key, source in agenda.sources.items()
        ),
    )


def _lead(item: Item, agenda: Agenda, phrases: AgendaPhrases, pair: Pair) -> str:
    """Who leads an item, of a panel by name."""
    if not item.turns:
        return phrases.leads[item.lead].format(**panels.called(pair, agenda.language))
    from assistant import prompts

    said = prompts.panel_phrases(agenda.language)
    names = panels.short(pair, (turn.who for turn in item.turns))
    return fill(said.opens if len(names) == 1 else said.opens_each, who=panels.joined(names, said.and_))


def _turns(agenda: Agenda, pair: Pair) -> list[str]:
    """How many minutes each mentor of a panel opens, in one sentence."""
    if not agenda.turns:
        return []
    from assistant import prompts

    said = prompts.panel_phrases(agenda.language)
    told = [fill(said.turn, who=panels.short(pair, [t.who])[0], minutes=t.minutes) for t in agenda.turns]
    return [fill(said.turns, turns=panels.joined(told, said.and_))]


def _keys(item: Item, agenda: Agenda) -> tuple[str, ...]:
    """What an item cites; looking back on promises it cites those that stand above, with their own, no second time."""
    above = {key for promise in agenda.commitments for key in promise.sources}
    return tuple(key for key in item.sources if item.kind != "close-the-loop" or key not in above)


def _balance(agenda: Agenda, phrases: AgendaPhrases, people: dict[str, str]) -> str:
    """Who leads how many minutes, and how much is asked against how much is told."""
    told = agenda.balance
    alone = told.mentor_minutes + told.mentee_minutes
    return fill(
        phrases.balance["line"],
        mentor_minutes=told.mentor_minutes,
        mentee_minutes=told.mentee_minutes,
        both_minutes=agenda.session.minutes - alone,
        asks=told.asks,
        tells=told.tells,
        **people,
    )


def _promise(
    c: AgendaCommitment, phrases: AgendaPhrases, pair: Pair, people: dict[str, str], today: dt.date
) -> ShownPromise:
    dates = phrases.heading("made", date=phrases.date(c.made, today))
    late = c.due is not None and c.due < today
    if c.due is not None and (late or not names_day(c.words, c.due, phrases.months)):
        dates += ", " + phrases.heading("overdue" if late else "due", date=phrases.date(c.due, today))
    owner = begun(phrases.owners[c.owner].format(**people))
    if c.who:
        owner = panels.joined(panels.owned_by(pair, c.owner, c.who), phrases.and_)
    return ShownPromise(owner, f"“{c.words}”", dates, late, ", ".join(c.sources))


def _words(source: Source, agenda: Agenda) -> str:
    """The words of a source; "" where the page says them already, as a promise or a title."""
    quote = gist.unmarked(source.quote)
    said = {c.text for c in agenda.commitments} | {i.title.casefold() for i in agenda.items}
    told = quote in said or any(quote.casefold() in title for title in said if source.path.endswith("pair.toml"))
    return "" if told else quote


def _place(source: Source, phrases: AgendaPhrases, today: dt.date) -> str:
    if source.date is not None:
        return f"{phrases.date(source.date, today)} · {source.path.rsplit('/', 1)[-1]}:{source.line}"
    kind = phrases.heading("from_profile" if source.path.endswith("pair.toml") else "from_guidance")
    return f"{kind} · {source.path.rsplit('/', 1)[-1]}:{source.line}"
