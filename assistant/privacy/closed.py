"""What an audience may not read: everything of a note but the passages that are open to it.

So what the reader of notes left out, a comment, front matter, sealed text, is closed because nothing opened it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from assistant.errors import Refused
from assistant.files import decode
from assistant.privacy.audience import may_read
from assistant.privacy.overlap import Closed
from assistant.records import Audience, Level, Passage
from assistant.words import words

_PIECES = re.compile(r"\n|(?<=[.!?])\s")


class Written(Struct, frozen=True):
    """A file of a pair as it stands on the disk, with what was read in it. `mark`: the most closed mark in it."""

    path: str
    raw: bytes
    passages: tuple[Passage, ...]
    mark: Level | None = None


def closed_to(audience: Audience, files: Iterable[Written]) -> tuple[list[Closed], list[str]]:
    """(closed text, open text) of some files; Refused where a file has closing marks and yet nothing is closed."""
    closed: list[Closed] = []
    opened: list[str] = []
    for file in files:
        shut = [Closed(p.text, p.level) for p in file.passages if not may_read(audience, p.level)]
        shut += _unread(file)
        if file.mark is not None and not may_read(audience, file.mark) and not shut:
            raise Refused(f"{file.path} has a mark that closes text, but none was found; look at its marks")
        closed += shut
        opened += [p.text for p in file.passages if may_read(audience, p.level)]
    return closed, opened


def _unread(file: Written) -> list[Closed]:
    """What stands in the file and in no passage of it."""
    read = " ".join(" ".join(words(p.text)) for p in file.passages)
    read = f" {read} "
    pieces = (piece for piece in _PIECES.split(decode(file.raw)[0]) if words(piece))
    return [Closed(piece, Level.SEALED) for piece in pieces if f" {' '.join(words(piece))} " not in read]
