"""What prep writes, in the shapes of the contract: every writer fills these, every form is made from them.

Keys may be added, never renamed. `sources` of an entry are keys of the draft's own `sources`; the first is what the
entry is about.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from assistant.records import Audience, Momentum, Owner, Side, Source, Stage, Status

ItemKind = Literal["contract", "close-the-loop", "theme", "message-check", "give-back", "small-but-important", "review"]


class Item(Struct, frozen=True):
    """One item of an agenda. `sources` are keys of the agenda's `sources`; the first is what the item is about."""

    kind: ItemKind
    title: str
    minutes: int
    lead: Side
    why: str
    question: str
    extra_question: str
    sources: tuple[str, ...]


class AgendaCommitment(Struct, frozen=True):
    """An open promise as an agenda shows it."""

    id: str
    text: str
    owner: Owner
    made: dt.date
    due: dt.date | None
    status: Status
    sources: tuple[str, ...]


class Session(Struct, frozen=True):
    """The session that an agenda is for."""

    number: int
    stage: Stage
    minutes: int
    last_held: dt.date | None
    planned: dt.date | None = None


class Agenda(Struct, frozen=True):
    """prep.agenda/1."""

    pair: str
    language: str
    audience: Audience
    writer: Literal["offline", "endpoint"]
    session: Session
    momentum: Momentum
    commitments: tuple[AgendaCommitment, ...]
    items: tuple[Item, ...]
    sources: dict[str, Source]
    warnings: tuple[str, ...] = ()
    schema: str = "prep.agenda/1"


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
    writer: Literal["offline", "endpoint"]
    topic: str | None
    session: Session
    momentum: Momentum
    questions: tuple[Idea, ...]
    sources: dict[str, Source]
    notice: str = ""
    warnings: tuple[str, ...] = ()
    schema: str = "prep.questions/1"
