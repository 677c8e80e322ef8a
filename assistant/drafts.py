"""What prep writes, in the shapes of the contract: every writer fills these, every form is made from them.

Keys may be added, never renamed. `sources` of an entry are keys of the draft's own `sources`; the first is what the
entry is about.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from assistant.records import Audience, Momentum, Owner, Side, Source, Stage, Status

ItemKind = Literal["contract", "close-the-loop", "theme", "message-check", "give-back", "small-but-important", "review"]


class Turn(Struct, frozen=True):
    """How many minutes a mentor of a panel opens, by full name."""

    who: str
    minutes: int


class Item(Struct, frozen=True):
    """One item of an agenda. `sources` are keys of the agenda's `sources`; the first is what the item is about.

    `facets` are the sides of the question whether a message lands, `turns` who of a panel opens it.
    """

    kind: ItemKind
    title: str
    minutes: int
    lead: Side
    why: str
    question: str
    extra_question: str
    sources: tuple[str, ...]
    facets: tuple[str, ...] = ()
    turns: tuple[Turn, ...] | UnsetType = UNSET


class Balance(Struct, frozen=True):
    """Who leads how many minutes of content, and how many of its items ask and tell."""

    mentor_minutes: int
    mentee_minutes: int
    both_minutes: int
    asks: int
    tells: int


class Followed(Struct, frozen=True):
    """A rule of the programme's own guidance that an agenda follows, by subject; `sources` are where it stands."""

    subject: str
    sources: tuple[str, ...]


class AgendaCommitment(Struct, frozen=True):
    """An open promise as an agenda shows it; `words` are those of the note that say what was promised.

    `who` are the mentors of a panel whose it is, where the notes name them.
    """

    id: str
    text: str
    owner: Owner
    made: dt.date
    due: dt.date | None
    status: Status
    sources: tuple[str, ...]
    words: str = ""
    who: tuple[str, ...] | UnsetType = UNSET


class Session(Struct, frozen=True):
    """The session that an agenda is for."""

    number: int
    stage: Stage
    minutes: int
    last_held: dt.date | None
    planned: dt.date | None = None


class Agenda(Struct, frozen=True):
    """prep.agenda/1. `turns` are those of a panel, by mentor."""

    pair: str
    language: str
    audience: Audience
    writer: Literal["offline", "model"]
    session: Session
    momentum: Momentum
    commitments: tuple[AgendaCommitment, ...]
    items: tuple[Item, ...]
    balance: Balance
    house_rules: tuple[Followed, ...]
    sources: dict[str, Source]
    warnings: tuple[str, ...] = ()
    schema: str = "prep.agenda/1"
    turns: tuple[Turn, ...] | UnsetType = UNSET


class Idea(Struct, frozen=True):
    """A question to ask. `deeper_than` is how deep its cited line goes where it was asked to go one further.

    `id` and `basis` are its name in the bank and the practice that it rests on.
    """

    text: str
    category: str
    depth: int
    why: str
    follow_ups: tuple[str, ...]
    sources: tuple[str, ...]
    id: str
    basis: str
    deeper_than: int | None = None


class Questions(Struct, frozen=True):
    """prep.questions/1. `notice` tells, in the draft's language, what became of the topic; it is a warning too."""

    pair: str
    language: str
    audience: Audience
    writer: Literal["offline", "model"]
    topic: str | None
    session: Session
    momentum: Momentum
    questions: tuple[Idea, ...]
    sources: dict[str, Source]
    notice: str = ""
    warnings: tuple[str, ...] = ()
    schema: str = "prep.questions/1"


# --- the page for the mentee --------------------------------------------------------------------------------------------


class Line(Struct, frozen=True):
    """One line of a page; `sources` are keys of the page's own `sources`."""

    text: str
    sources: tuple[str, ...] = ()


class Section(Struct, frozen=True):
    """A heading with the lines under it."""

    heading: str
    lines: tuple[Line, ...]


class MenteePage(Struct, frozen=True):
    """prep.mentee/1: what the senior reads before a session."""

    pair: str
    language: str
    audience: Audience
    writer: Literal["offline", "model"]
    session: Session
    momentum: Momentum
    title: str
    opening: str
    sections: tuple[Section, ...]
    closing: str
    sources: dict[str, Source]
    warnings: tuple[str, ...] = ()
    schema: str = "prep.mentee/1"


# --- summaries --------------------------------------------------------------------------------------------------------

StatementKind = Literal["process", "theme", "shared", "lesson", "discussed", "commitment"]


class Statement(Struct, frozen=True):
    """One statement of a summary. For readers beyond the pair it has no sources."""

    text: str
    kind: StatementKind
    sources: tuple[str, ...] = ()


class Withheld(Struct, frozen=True):
    """What was marked to be told and was not, for the author: how many lines, and of which kind the reasons were."""

    count: int = 0
    by_reason: dict[str, int] = {}


class Verdict(Struct, frozen=True):
    """What the audit said of the text as it stands. What it did not pass is not in the text."""

    passed: bool = True
    findings: tuple[str, ...] = ()


class Proposal(Struct, frozen=True):
    """An unmarked sentence in general words that a person may choose to tell; for the author's eyes."""

    id: str
    text: str
    sources: tuple[str, ...]


class Release(Struct, frozen=True):
    """Where a released text lies, and what binds it."""

    path: str
    sha256: str
    approved_by: str
    on: dt.date


class Summary(Struct, frozen=True, kw_only=True):
    """prep.summary/1. `date` is the session's day, for the organisation its month; `reader` whom the text is for."""

    pair: str
    date: str
    language: str
    audience: Audience
    reader: Audience | UnsetType = UNSET
    writer: Literal["offline", "model"] = "offline"
    statements: tuple[Statement, ...]
    text: str
    withheld: Withheld = Withheld()
    proposals: tuple[Proposal, ...] | UnsetType = UNSET
    audit: Verdict = Verdict()
    release: Release | UnsetType = UNSET
    sources: dict[str, Source] = {}
    warnings: tuple[str, ...] = ()
    schema: str = "prep.summary/1"


# --- mails ------------------------------------------------------------------------------------------------------------


class Followup(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """prep.followup/1: the mail after the session of `date`. `text` is all of it, `words` counts them, `ask` is in it.

    `kind` is the mail of the day after, or the one that asks for a date where the pair is slipping. `commitments` are
    those that it tells; `withheld` counts, for the author, what is not for a mail.
    """

    pair: str
    date: dt.date
    language: str
    audience: Audience = Audience.PAIR
    writer: Literal["offline", "model"] = "offline"
    from_: Literal["mentor", "mentee"]
    kind: Literal["thanks", "date"]
    discreet: bool
    subject: str
    text: str
    words: int
    ask: str
    next: dt.date | None
    commitments: tuple[AgendaCommitment, ...]
    withheld: Withheld = Withheld()
    audit: Verdict = Verdict()
    sources: dict[str, Source]
    warnings: tuple[str, ...] = ()
    schema: str = "prep.followup/1"


class Invitation(Struct, frozen=True, kw_only=True):
    """prep.invitation/1: what a calendar shows of the next session. `start` has a time zone; None: the day as a whole.

    `uid` stays that of the session when its day is moved.
    """

    pair: str
    language: str
    date: dt.date
    start: dt.datetime | None
    zone: str | None
    minutes: int
    uid: str
    title: str
    description: str
    schema: str = "prep.invitation/1"


HandoverPart = Literal["scope", "beyond", "wish", "theme", "promise"]


class Handed(Struct, frozen=True):
    """One line that can be passed on; `id` is how it is chosen."""

    id: str
    part: HandoverPart
    text: str


class Handover(Struct, frozen=True, kw_only=True):
    """prep.handover/1: for a new mentor what the mentee agrees to pass on. Before they agree, `lines` are proposals.

    `audience` is then own: it is for the author's eyes, and `text` is empty.
    """

    pair: str
    language: str
    audience: Audience
    lines: tuple[Handed, ...]
    text: str
    withheld: Withheld = Withheld()
    audit: Verdict = Verdict()
    release: Release | UnsetType = UNSET
    warnings: tuple[str, ...] = ()
    schema: str = "prep.handover/1"
