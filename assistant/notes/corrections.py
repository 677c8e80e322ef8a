"""corrections.md: what people told prep about its reading. It outranks the reader, and can be read and mended by hand.

    - done c-7f3a12 on 2026-07-01: the words of the promise
    - drop c-7f3a12 on 2026-07-01: ...
    - open c-7f3a12 on 2026-07-01: ...
    - not c-7f3a12 on 2026-07-01: ...              this is no promise
    - add c-9b01c4 on 2026-07-01 by mentor, due 2026-08-01: ...
    - add c-9b01c4 on 2026-07-01 by mentor (Noor van der Velde): ...    in a panel

The last line about a promise holds. A line finds its promise by the id or, where the note was rewritten, by its words.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, cast

import msgspec
from msgspec import Struct

from assistant.records import Commitment, Doubt, Level, Owner, Source, Status
from assistant.words import jaccard, stems

Word = Literal["done", "drop", "open", "not", "add"]
_LINE = re.compile(
    r"^\s*[-*]\s+(?P<word>done|drop|open|not|add)\s+(?P<id>c-[0-9a-f]{4,})\s+on\s+(?P<on>\d{4}-\d{2}-\d{2})"
    r"(?:\s+by\s+(?P<owner>mentor|mentee|both|unknown)(?:\s+\((?P<who>[^)]+)\))?)?(?:,\s*due\s+(?P<due>\d{4}-\d{2}-\d{2}))?\s*:\s*(?P<text>.+?)\s*$"
)
_SAME = 0.6
HEAD = (
    "# Corrections\n\nWhat you told prep about its reading of the notes: one line each, the last one about a promise holds."
    "\nMend or delete lines as you like.\n\n"
)


class Correction(Struct, frozen=True):
    """One line of corrections.md."""

    word: Word
    id: str
    on: dt.date
    text: str
    line: int
    owner: Owner = "unknown"
    due: dt.date | None = None
    who: tuple[str, ...] = ()


def parse(text: str, path: str) -> tuple[list[Correction], list[Doubt]]:
    """All corrections in order, and the list lines that are none."""
    found: list[Correction] = []
    doubts: list[Doubt] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        try:
            if match:
                due = dt.date.fromisoformat(match["due"]) if match["due"] else None
                owner = cast(Owner, match["owner"] or "unknown")
                on = dt.date.fromisoformat(match["on"])
                who = tuple(name.strip() for name in (match["who"] or "").split(",") if name.strip())
                word = cast(Word, match["word"])
                found.append(Correction(word, match["id"], on, match["text"], number, owner, due, who))
            elif re.match(r"\s*[-*]\s+\S", line):
                raise ValueError
        except ValueError:
            doubts.append(Doubt(path, number, "is no correction that prep can read; write it as the lines around it"))
    return found, doubts


def written(correction: Correction) -> str:
    """The line of a correction, with its line end."""
    c = correction
    who = f" ({', '.join(c.who)})" if c.who else ""
    extra = f" by {c.owner}{who}{f', due {c.due}' if c.due else ''}" if c.word == "add" else ""
    return f"- {c.word} {c.id} on {c.on}{extra}: {' '.join(c.text.split())}\n"


def apply(commitments: list[Commitment], corrections: list[Correction], path: str, today: dt.date) -> list[Commitment]:
    """The commitments as people corrected them, as of `today`."""
    found = list(commitments)
    for correction in corrections:
        if correction.on > today:
            continue
        at = _target(found, correction)
        if correction.word == "add":
            if at is None:
                found.append(_added(correction, path))
        elif at is not None and correction.word == "not":
            del found[at]
        elif at is not None:
            found[at] = _changed(found[at], correction, path)
    return found


def _target(commitments: list[Commitment], correction: Correction) -> int | None:
    for n, commitment in enumerate(commitments):
        if commitment.id == correction.id:
            return n
    words = stems(correction.text)
    likest = max(range(len(commitments)), key=lambda n: jaccard(words, stems(commitments[n].text)), default=None)
    if likest is None or jaccard(words, stems(commitments[likest].text)) < _SAME:
        return None
    return likest


def _added(c: Correction, path: str) -> Commitment:
    source = Source(path, c.line, c.on, Level.PAIR, c.text[:400])
    return Commitment(c.id, c.text, c.owner, c.on, c.due, "open", None, Level.PAIR, (source,), who=c.who)


def _changed(commitment: Commitment, correction: Correction, path: str) -> Commitment:
    status: dict[str, Status] = {"done": "done", "drop": "dropped", "open": "open"}
    closed = None if correction.word == "open" else correction.on
    source = Source(path, correction.line, correction.on, commitment.level, correction.text[:400])
    sources = (*commitment.sources, source)
    return msgspec.structs.replace(
        commitment, status=status[correction.word], closed_on=closed, sources=sources, stands=1.0
    )
