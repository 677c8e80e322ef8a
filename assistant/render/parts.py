"""What all drafts show in the same way: a source, and when the session before and the next one are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from assistant.drafts import Session


class ShownSource(Struct, frozen=True):
    """One source: its key, its place, and its words."""

    key: str
    place: str
    quote: str


class Phrases(Protocol):
    """The fixed sentences that the parts need."""

    def heading(self, key: str, **values: object) -> str: ...

    def date(self, day: dt.date, beside: dt.date | None = None) -> str: ...


def days(session: Session, phrases: Phrases, today: dt.date) -> Iterator[str]:
    """When the last session was, and for when the next is planned."""
    if session.last_held:
        yield phrases.heading("last_held", date=phrases.date(session.last_held, today))
    if session.planned:
        yield phrases.heading("planned", date=phrases.date(session.planned, today))
