"""What the executive reads before a session: what to expect, what not to fear, what to bring."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from assistant import panels
from assistant.briefing import Brief
from assistant.drafts import Line, MenteePage, Section, Session
from assistant.notes import gist
from assistant.notes.people import Roster
from assistant.phrases import AskPhrases, MenteePhrases, fill, names_in
from assistant.records import Level, Owner, Source, Wish
from assistant.writers.first import chosen
from assistant.writers.headings import heading
from assistant.writers.plan import listed
from assistant.writers.sources import Book

_MOST_PROMISES, _MOST_TOPICS = 3, 2
# Rules of the house that tell the mentee something: where, who books, what to bring, and what is kept between the two.
_RULES = ("place", "books", "first-action", "show", "between")


class Value(Struct, frozen=True):
    """What fills a {name}, and where it stands."""

    text: str
    sources: tuple[Source, ...] = ()


Values = Mapping[str, Sequence[Value]]
OnPaper = Callable[[str, Level], bool]


def page(brief: Brief, phrases: MenteePhrases, asks: AskPhrases, on_paper: OnPaper) -> MenteePage:
    """The page for the next session of the pair; what is not for paper is told without its words."""
    calendar = brief.calendar
    lines = phrases.first if calendar.last_held is None else phrases.later
    values = {
        **_always(brief, phrases),
        **(_first(brief, phrases, asks) if calendar.last_held is None else _later(brief, phrases, on_paper)),
    }
    book = Book()
    sections = [Section(s.heading, tuple(_lines(s.lines, values, book))) for s in lines.sections]
    people = {name: values[name][0].text for name in ("mentor", "mentee", "number")}
    return MenteePage(
        brief.pair.slug,
        brief.language,
        brief.audience,
        "offline",
        Session(calendar.number, calendar.stage, brief.minutes, calendar.last_held, calendar.next_planned),
        calendar.momentum,
        fill(lines.title, **people),
        fill(lines.opening, **people),
        tuple(section for section in sections if section.lines),
        fill(lines.closing, **people),
        book.sources,
        brief.warnings,
    )


def _lines(templates: Sequence[str], values: Values, book: Book) -> Iterator[Line]:
    """The lines of which all is known, each as often as there are values for it."""
    for template in templates:
        names = list(dict.fromkeys(names_in(template)))
        for filled in itertools.product(*(values.get(name, ()) for name in names)):
            told = dict(zip(names, filled, strict=True))
            keys = [book.cite(source) for value in filled for source in value.sources]
            yield Line(fill(template, **{name: value.text for name, value in told.items()}), tuple(dict.fromkeys(keys)))


def _always(brief: Brief, phrases: MenteePhrases) -> dict[str, list[Value]]:
    calendar, pair = brief.calendar, brief.pair
    coming = calendar.next_planned if calendar.next_planned and calendar.next_planned >= brief.today else None
    length = (brief.length.source,) if brief.length else ()
    found = {
        "mentor": [Value(panels.side(pair, brief.language))],
        "mentee": [Value(pair.mentee.name.split()[0])],
        "minutes": [Value(str(brief.minutes), length)],
        "number": [Value(str(calendar.number))],
        "date": [Value(phrases.date(coming, brief.today))] if coming else [],
        "cancelled": [Value(phrases.date(day, brief.today)) for day in brief.cancelled_on[-1:]],
    }
    if brief.learning:
        goal = brief.learning[(calendar.number - 1) % len(brief.learning)]
        found["learning"] = [Value(f"“{goal.wish.text}”", (goal.profile,))]
    return found


def _first(brief: Brief, phrases: MenteePhrases, asks: AskPhrases) -> dict[str, list[Value]]:
    pair = brief.pair
    wish, vague = chosen(brief.wishes)
    found = {"scope": _listed(brief, pair.scope, phrases), "out": _listed(brief, pair.out_of_scope, phrases)}
    found["wish"] = [Value(f"“{wish.wish.text}”", (wish.profile,))] if wish else []
    if vague is not None:
        quoted = f"“{vague.wish.text}”"
        found["vague"] = [Value(quoted, (vague.profile,))]
        found["ask"] = [Value(asks.about)]
    rules = [rule for rule in brief.house if rule.subject in _RULES]
    found["rule"] = [Value(f"“{gist.of_text(rule.source.quote).text}”", (rule.source,)) for rule in rules[:2]]
    return found


def _later(brief: Brief, phrases: MenteePhrases, on_paper: OnPaper) -> dict[str, list[Value]]:
    calendar, names = brief.calendar, list(Roster(brief.pair).spellings)
    sides: dict[str, Owner] = {"mine": "mentee", "theirs": "mentor", "ours": "both"}
    found = {name: list(_promises(brief, phrases, owner, on_paper)) for name, owner in sides.items()}
    ahead = any(rule.subject == "ahead" for rule in brief.house)  # some want no agenda before the session
    threads = [] if ahead else [t for t in brief.story.threads if on_paper(t.source.quote, t.source.level)]
    titles = [(title, t.source) for t in threads if (title := heading(gist.of_thread(t.title), names))][:_MOST_TOPICS]
    topics = listed((title for title, _ in titles), phrases.and_) if titles else ""
    found["topic"] = [Value(topics, tuple(source for _, source in titles))] if titles else []
    found["last"] = [Value(phrases.date(calendar.last_held, brief.today))] if calendar.last_held else []
    found["open"] = [Value("")] if found["mine"] or found["ours"] else []
    return found


def _promises(brief: Brief, phrases: MenteePhrases, owner: Owner, on_paper: OnPaper) -> Iterator[Value]:
    """What stands open of one side: its words where they may lie on a desk, else that there is something."""
    standing = [c for c in brief.story.commitments if c.status == "open" and c.owner == owner]
    told, unsaid = 0, False
    for promise in sorted(standing, key=lambda c: (c.due is None, c.due or c.made)):
        day = phrases.date(promise.made, brief.today)
        if not all(on_paper(said, promise.level) for said in (promise.text, promise.sources[0].quote)):
            if phrases.unsaid and not unsaid:
                yield Value(fill(phrases.unsaid, date=day))
            unsaid = True
        elif told < _MOST_PROMISES:
            quote = f"“{gist.of_text(promise.text).text}”"
            yield Value(fill(phrases.since, quote=quote, date=day), promise.sources[:1])
            told += 1


def _listed(brief: Brief, wishes: tuple[Wish, ...], phrases: MenteePhrases) -> list[Value]:
    if not wishes:
        return []
    sources = tuple(Source(brief.pair.path, wish.line, None, Level.PAIR, wish.text) for wish in wishes)
    return [Value(listed((wish.text for wish in wishes), phrases.and_), sources)]
