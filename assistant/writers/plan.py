"""What an item is before its minutes and its question are known, and what all items are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct, field

from assistant import panels
from assistant.briefing import Brief
from assistant.drafts import ItemKind
from assistant.evidence import Evidence
from assistant.notes import gist
from assistant.notes.people import Roster
from assistant.phrases import AgendaPhrases, AskPhrases, begun, fill
from assistant.records import Commitment, Side, Source, Thread
from assistant.words import fold, stems
from assistant.writers.headings import heading, needs_more, points_back

LONGEST = 120  # letters of a quotation under a heading
_POOR = 0.4  # what weighs less and points back says too little without the sentence before it
_MORE = 3  # words that a line must have besides those of a wish
_MOST = 0.75  # of the words of a line, for its heading to say it all


class Plan(Struct):
    """An item in the making. It takes from `least` to `most` minutes, `weight` being its share of those to spare.

    A lower `rank` is given up later where time is short. `need` is what its question is to serve, `occasion` by which
    house rules know it; `asked` is a question that is given, with the one behind it.
    """

    kind: ItemKind
    key: str
    need: str
    occasion: str
    lead: Side
    weight: float
    rank: int
    values: dict[str, str] = field(default_factory=dict)
    sources: Sequence[Source] = ()
    evidence: str = "none"
    quote: str = ""
    least: int = 4
    most: int | None = None
    asked: tuple[str, str] | None = None
    facets: bool = False
    tail: str = ""


class Headed(Struct, frozen=True):
    """A line of a note under its heading: title ("" for none), its telling words, and whether the title says them all.

    `sources` are where it stands, and what it needs to be understood.
    """

    title: str
    quote: str
    whole: bool
    sources: tuple[Source, ...] = ()


class Material:
    """Everything that items are made from, with what several of them share."""

    def __init__(self, brief: Brief, phrases: AgendaPhrases, asks: AskPhrases) -> None:
        self.brief, self.phrases, self.asks = brief, phrases, asks
        pair = brief.pair
        self.people = panels.called(pair, brief.language)
        spellings = Roster(pair).spellings
        self.names = list(spellings)
        self.mentee = [name for name, who in spellings.items() if who == "mentee"]
        self.open: list[Commitment] = sorted(
            (c for c in brief.story.commitments if c.status == "open"),
            key=lambda c: (c.due is None, c.due or c.made, c.made),
        )
        self._titles: set[str] = set()

    @property
    def first(self) -> bool:
        """Is it the very first session?"""
        return self.brief.calendar.stage == "first"

    @property
    def early(self) -> bool:
        """Is it one of the first sessions, in which asks are made specific?"""
        return self.brief.calendar.stage in ("first", "early")

    def date(self, source: Source) -> str:
        """The day of a source, "" for one without."""
        return self.phrases.date(source.date, self.brief.today) if source.date else ""

    def thread(self, thread: Thread) -> Headed:
        """A thread under a heading of its own words; no heading is used twice in an agenda."""
        told = gist.of_thread(thread.title)
        poor = needs_more(told.text) if not told.weight else told.weight < _POOR and points_back(told.text)
        before = self.brief.before.get(thread.source.quote)
        if before is None or not poor:
            if not told.weight:  # it only says that something was left; what, stands in the quotation
                told = gist.of_text(thread.source.quote)
            return msgspec.structs.replace(self.headed(told, thread.source.quote), sources=(thread.source,))
        matter = gist.of_text(before.quote)
        quote = f"{matter.text.rstrip('.?!')}. {told.text[:1].upper()}{told.text[1:]}"
        return Headed(self.headed(matter, before.quote).title, quote, False, (thread.source, before))

    def headed(self, told: gist.Gist, line: str = "") -> Headed:
        """The telling part of a line under a heading that no other item has."""
        options = (heading(told, self.names), self._agreed(line or told.text))
        title = next((title for title in options if title and self.is_new(title)), "")
        self.use(title)
        said, shown = stems(told.text), stems(title)
        return Headed(title, told.text, bool(title) and len(said & shown) >= _MOST * len(said))

    def is_new(self, title: str) -> bool:
        """Does no item have it as its heading yet?"""
        return fold(title) not in self._titles

    def use(self, title: str) -> None:
        """Give a heading out."""
        self._titles.add(fold(title))

    def _agreed(self, text: str) -> str:
        """The subject that the pair agreed on or asked for of which a line speaks, "" for none."""
        said = stems(text)
        wishes = [
            w.wish.text for w in self.brief.wishes if (of := stems(w.wish.text)) and len(of & said) >= min(2, len(of))
        ]
        return wishes[0][:1].upper() + wishes[0][1:] if wishes else ""

    def one_of(self, options: Sequence[str], **values: str) -> str:
        """One of several wordings that was not asked before; another one each session and for each pair."""
        start = self.brief.calendar.number + self.brief.seat[0]
        turned = (*options[start % len(options) :], *options[: start % len(options)])
        filled = [begun(fill(option, **values)) for option in turned]
        asked = [fold(text) for text in self.brief.asked]
        return next((text for text in filled if not any(fold(text) in said for said in asked)), filled[0])


def told_of(wish: Evidence) -> Source | None:
    """Where the notes speak of a wish and say more than that it is one."""
    more = stems(wish.seen.quote) - stems(wish.wish.text) if wish.seen else frozenset()
    return wish.seen if len(more) >= _MORE else None


def listed(wishes: Iterable[str], and_: str) -> str:
    """Wishes in quotation marks, in one line: “a”, “b” and “c”."""
    quoted = [f"“{wish}”" for wish in wishes]
    return f" {and_} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def telling(text: str) -> str:
    """The words of a line that are worth quoting under a heading."""
    return gist.of_text(text).text
