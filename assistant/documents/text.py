"""What a document comes to: Markdown, and what of it stayed behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from assistant.notes import marks
from assistant.records import Level

_EXTRA = "prep-reverse-mentoring[office]"


class Document(Struct, frozen=True):
    """A document as Markdown; `left_out` names what of it is not there, `level` is what its wrapping asks for."""

    text: str
    left_out: tuple[str, ...] = ()
    level: Level | None = None


class Unreadable(Exception):
    """Why a document gives no text, with the mend: a sentence without its subject, which is the file's name."""


Reader: TypeAlias = Callable[[bytes], Document]


def missing(what: str) -> Unreadable:
    """The error where the library for a format is not installed."""
    return Unreadable(f"reading {what} needs one thing more; install it with: pip install '{_EXTRA}'")


def counted(number: int, one: str, many: str | None = None) -> tuple[str, ...]:
    """("3 pictures",), or nothing of nothing."""
    return (f"{number} {one if number == 1 else many or one + 's'}",) if number else ()


def asked_for(wrapping: str) -> Level | None:
    """The level that words around a text ask for: a page header, a watermark, a label of sensitivity."""
    return marks.closing_words(wrapping)
