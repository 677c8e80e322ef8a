"""What an audience may not read: everything of a note but the passages that are open to it.

So what the reader of notes left out, a comment, front matter, sealed text, is closed because nothing opened it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from assistant.errors import Refused
from assistant.files import decode
from assistant.privacy.audience import most_closed
from assistant.privacy.overlap import Closed, sentences_of
from assistant.records import Audience, Level, Passage

# Front matter that says no more than may be known of any session.
_PROCESS = re.compile(r"\s*(?:date|status|minutes|language|level)\s*:\s*[\w-]*\s*$", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s")


class Written(Struct, frozen=True):
    """A file of a pair as it stands on the disk, with what was read in it."""

    path: str
    raw: bytes
    passages: tuple[Passage, ...]


def closed_to(
    audience: Audience, files: Iterable[Written], mark_of: Callable[[bytes], Level | None]
) -> tuple[list[Closed], list[str]]:
    """(closed text, open text) of some files, for an audience; see closed_below."""
    return closed_below(most_closed(audience), files, mark_of)


def closed_below(
    least: Level, files: Iterable[Written], mark_of: Callable[[bytes], Level | None]
) -> tuple[list[Closed], list[str]]:
    """(text more closed than a level, the rest); Refused where a file has a closing mark and yet nothing in it is closed.

    `mark_of` gives the most closed mark that stands in a file, seen apart from the reading of it.
    """
    closed: list[Closed] = []
    opened: list[str] = []
    for file in files:
        shut = [Closed(p.text, p.level) for p in file.passages if p.level.openness < least.openness]
        shut += _unread(file)
        if not shut and (mark := mark_of(file.raw)) is not None and mark.openness < least.openness:
            raise Refused(f"{file.path} has a mark that closes text, but none was found; look at its marks")
        closed += shut
        opened += [p.text for p in file.passages if p.level.openness >= least.openness]
    return closed, opened


def _unread(file: Written) -> list[Closed]:
    """What stands in the file and in no passage of it: a line as a whole, or the sentences of it."""
    read = f" {' '.join(_said(p.text) for p in file.passages)} "

    def missing(piece: str) -> bool:
        said = _said(piece)
        return bool(said) and f" {said} " not in read

    lines = (line for line in decode(file.raw)[0].split("\n") if missing(line) and not _PROCESS.match(line))
    return [Closed(piece, Level.SEALED) for line in lines for piece in _SENTENCES.split(line) if missing(piece)]


def _said(text: str) -> str:
    return " ".join(word for sentence in sentences_of(text) for word in sentence)
