"""The values that travel along the line: notes, what was read in them, and the story that they tell.

All are frozen. Dates are calendar days, minutes are whole minutes, lines count from 1, paths are
relative to the programme folder with forward slashes.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Literal, NewType

from msgspec import Struct

Owner = Literal["mentor", "mentee", "both", "unknown"]
Side = Literal["mentor", "mentee", "both"]
Status = Literal["open", "done", "dropped"]
Stage = Literal["first", "early", "deep", "closing"]
State = Literal["new", "on-track", "slipping", "stalled"]


class Level(Enum):
    """Who may see a piece of text, most closed first (contract, section 2)."""

    SEALED = "sealed"
    OWN = "own"
    CONFIDENTIAL = "confidential"
    PAIR = "pair"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"

    @property
    def openness(self) -> int:
        """0 for sealed up to 5 for organisation."""
        return _ORDER.index(self)

    @property
    def closes(self) -> bool:
        """Is a mark of this level a closing one?"""
        return self.openness < Level.PAIR.openness


_ORDER = list(Level)


class Audience(Enum):
    """Whom a text is written for."""

    OWN = "own"
    PAIR = "pair"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"


class Doubt(Struct, frozen=True):
    """Something a person should look at; `text` never quotes a note."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


# --- the programme ---------------------------------------------------------------------------------------------------


class Person(Struct, frozen=True):
    """Somebody of the pair, or somebody who occurs in the notes. `lines` are places in pair.toml."""

    name: str
    aliases: tuple[str, ...] = ()
    email: str | None = None
    handle: str | None = None
    role: str | None = None
    learning: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Full name, first name and aliases, longest first."""
        first = self.name.split()[0]
        return tuple(sorted({self.name, first, *self.aliases}, key=lambda n: (-len(n), n)))


class Wish(Struct, frozen=True):
    """One entry of scope, interests or learning, with its line in pair.toml; `whose` is the mentor of a panel."""

    text: str
    line: int
    whose: str = ""


class Pair(Struct, frozen=True):
    """pairs/<slug>/pair.toml, checked, with the programme's defaults filled in. Cadence as in the contract.

    `fellows` are the other mentors of a panel. What is said of the side as a whole is in panels.called, never `mentor`.
    """

    slug: str
    path: str
    language: str
    cadence: str
    started: dt.date | None
    minutes: int | None
    sessions: int | None
    mentor: Person
    mentee: Person
    people: tuple[Person, ...]
    scope: tuple[Wish, ...]
    out_of_scope: tuple[Wish, ...]
    interests: tuple[Wish, ...]
    learning: tuple[Wish, ...]
    doubts: tuple[Doubt, ...] = ()
    fellows: tuple[Person, ...] = ()

    @property
    def is_panel(self) -> bool:
        """Does the mentee have several mentors?"""
        return bool(self.fellows)

    @property
    def mentors(self) -> tuple[Person, ...]:
        """All mentors, in the order of pair.toml."""
        return (self.mentor, *self.fellows)

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All people of pair.toml."""
        return (*self.mentors, self.mentee, *self.people)


class Endpoint(Struct, frozen=True):
    """[model] or [embedding] of prep.toml. `api_key_env` is the name of a variable, never a key.

    `reads_notes` says whether the model reads the notes too, or only words drafts.
    """

    base_url: str
    name: str
    api_key_env: str | None = None
    reads_notes: bool = True


class Programme(Struct, frozen=True):
    """prep.toml, checked."""

    name: str
    language: str
    cadence: str
    model: Endpoint | None = None
    embedding: Endpoint | None = None
    doubts: tuple[Doubt, ...] = ()
    timezone: str | None = None


# --- notes -----------------------------------------------------------------------------------------------------------


class Passage(Struct, frozen=True):
    """A run of lines of one level in one Markdown block: the smallest thing that has a level.

    `text` is the source as it stands, without list bullets and quote signs. `box` is the task box: None, open or
    ticked. `block` numbers the block, so that runs of one block can be told to belong together; `depth` counts the
    lists it stands in; `quoted` says that it stands in a block quote that is no callout; `order` that it gives orders
    to a machine, so that it is found by search but never drafted from; `for_pair` that somebody marked it for the pair,
    which is more than the level of unmarked text.
    """

    line: int
    level: Level
    section: tuple[str, ...]
    kind: Literal["text", "item", "row", "heading", "verbatim"]
    text: str
    block: int
    depth: int = 0
    box: bool | None = None
    quoted: bool = False
    order: bool = False
    for_pair: bool = False


class Note(Struct, frozen=True):
    """One session note. `passages` hold no sealed text; `sealed` is kept apart, for the audit alone."""

    path: str
    date: dt.date
    nth: int
    status: Literal["held", "cancelled", "planned"]
    minutes: int | None
    language: str | None
    passages: tuple[Passage, ...]
    sealed: tuple[Passage, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    author: str = ""  # as the front matter has it


class Source(Struct, frozen=True):
    """A place that is cited. `quote` is the exact text of the note, at most 400 characters."""

    path: str
    line: int
    date: dt.date | None
    level: Level
    quote: str


def are_others(who: tuple[str, ...], whose: tuple[str, ...]) -> bool:
    """Are these other mentors of a panel than those, as far as both are known?"""
    return bool(who) and bool(whose) and set(who).isdisjoint(whose)


class Promise(Struct, frozen=True):
    """A promise as one note has it. `ticked` is a task box with a cross in it; `likely` that it is one at all, 0 to 1.

    `who` are the mentors of a panel whose it is, by full name, as far as the note names them.
    """

    text: str
    owner: Owner
    due: dt.date | None
    source: Source
    form: Literal["task", "label", "free"]
    ticked: bool = False
    likely: float = 1.0
    who: tuple[str, ...] = ()


class Question(Struct, frozen=True):
    """A question that was asked in a session."""

    text: str
    source: Source


class Thread(Struct, frozen=True):
    """Something that was raised and left unresolved in a note. `title` is what it is about, in the note's words.

    `likely` is how likely it was left indeed, 0 to 1.
    """

    title: str
    source: Source
    likely: float = 1.0

    @property
    def key(self) -> str:
        """By what it is known in later notes."""
        return f"{self.source.path}:{self.source.line} {self.title}"


class Belief(Struct, frozen=True):
    """What the senior believed and, where the note has it, what the floor showed."""

    belief: str
    source: Source
    reality: str | None = None
    against: Source | None = None


class Line(Struct, frozen=True):
    """A sentence of a note, kept to find out later what became of a promise. `speaker` is whose "I" it is.

    `who` are the mentors of a panel who act in it, by full name, as far as that is known.
    """

    text: str
    line: int
    level: Level
    speaker: Literal["mentor", "mentee", "other"]
    section: tuple[str, ...] = ()
    box: bool | None = None
    who: tuple[str, ...] = ()


class Fate(Struct, frozen=True):
    """What a model read of an earlier promise (by its id) or thread (by its `key`), in a line that says so."""

    of: str
    became: Literal["done", "part", "dropped", "settled"]
    source: Source


class Seen(Struct, frozen=True):
    """What a model that read a note was shown: text of level `least` and more open, and these promises and threads."""

    least: Level
    asked: frozenset[str]


class Reading(Struct, frozen=True):
    """A note with what was found in it; `fates` and `seen` where a model read it."""

    note: Note
    promises: tuple[Promise, ...] = ()
    questions: tuple[Question, ...] = ()
    threads: tuple[Thread, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    lines: tuple[Line, ...] = ()
    fates: tuple[Fate, ...] = ()
    seen: Seen | None = None

    def told(self, of: str, level: Level) -> bool:
        """Was a model asked what became of something, with text of this level before it? Then its answer counts."""
        return self.seen is not None and of in self.seen.asked and level.openness >= self.seen.least.openness


# Readings cut down to what an audience may read. Made in privacy/ alone; whatever is drafted from is of this type.
Readable = NewType("Readable", tuple[Reading, ...])


# Readings cut down to what was marked for an audience beyond the pair. Made in privacy/ alone.
Shareable = NewType("Shareable", tuple[Reading, ...])

# A sentence in which people are their roles, and which still has to pass the audit. Made in privacy/ alone.
Masked = NewType("Masked", str)

# Text that passed the audit for an audience wider than the pair. Made in privacy/ alone; a release holds nothing else.
Audited = NewType("Audited", str)


# A line of level pair or more open that may stand in a mail, which others in the office may open. Made in privacy/ alone.
Mailable = NewType("Mailable", str)


class Outgoing(Struct, frozen=True):
    """A request that may leave. `body` are the very bytes that go out. Made in privacy/ alone, by the gate."""

    body: bytes
    host: str
    model: str
    task: str
    audience: str


# --- the story of the pair -------------------------------------------------------------------------------------------


class Momentum(Struct, frozen=True):
    """Where the pair stands in time (contract, section 3). `due` is the day by which a session should be held."""

    state: State
    due: dt.date | None
    cancelled_in_a_row: int


class Commitment(Struct, frozen=True):
    """A promise over all notes. The first source is where it was made, the others are what became of it.

    `stands` is how likely it is a promise and open indeed, 0 to 1, for those of status open. `who` as of a promise.
    """

    id: str
    text: str
    owner: Owner
    made: dt.date
    due: dt.date | None
    status: Status
    closed_on: dt.date | None
    level: Level
    sources: tuple[Source, ...]
    stands: float = 1.0
    who: tuple[str, ...] = ()


class Conviction(Struct, frozen=True):
    """A belief over all notes: what the floor showed, what was done with it, and whether that was shown back."""

    belief: str
    reality: str | None
    done: str | None
    status: Literal["open", "acted on", "shown back"]
    sources: tuple[Source, ...]


class Story(Struct, frozen=True):
    """All that the notes say about a pair, for one audience, as of one day."""

    commitments: tuple[Commitment, ...]
    threads: tuple[Thread, ...]
    questions: tuple[Question, ...]
    beliefs: tuple[Conviction, ...] = ()


class Calendar(Struct, frozen=True):
    """The facts of process: which session comes next, and how the last ones went."""

    number: int
    stage: Stage
    last_held: dt.date | None
    next_planned: dt.date | None
    momentum: Momentum


class Facts(Struct, frozen=True):
    """The facts of process of one held session, all that an audience beyond the pair may know of it unasked.

    `kept` are promises told as kept in this session, `open` those that stand. `cancelled` are the days lost since;
    it, `momentum` and `next` are told of the last session held alone, None and empty of an earlier one.
    """

    date: dt.date
    nth: int
    minutes: int | None
    made: int
    kept: int
    open: int
    cancelled: tuple[dt.date, ...] = ()
    momentum: Momentum | None = None
    next: dt.date | None = None


class Sitting(Struct, frozen=True):
    """A session that was held, and the sides of which a promise or a wish to learn came up in it."""

    date: dt.date
    sides: frozenset[Side]


# --- guidance and search ---------------------------------------------------------------------------------------------


class Rule(Struct, frozen=True):
    """One sentence of guidance that an agenda can give as its reason, with its page and line."""

    text: str
    path: str
    line: int
    situations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class HouseRule(Struct, frozen=True):
    """What a programme's own guidance lays down on a subject, and the items of an agenda that follow it.

    `number` is how many it allows or asks for; minutes for the subject "length".
    """

    subject: str
    items: tuple[str, ...]
    source: Source
    number: int | None = None


class Hit(Struct, frozen=True):
    """One passage found by search; `text` is at most 500 characters, `matched` its words that answer the question."""

    path: str
    line: int
    date: dt.date | None
    level: Level
    section: tuple[str, ...]
    text: str
    score: float
    matched: tuple[str, ...] = ()
