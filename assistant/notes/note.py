"""One file under sessions/ to a Note."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, cast

import msgspec

from assistant.files import decode
from assistant.records import Doubt, Level, Note

NAME = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.md$", re.IGNORECASE)


def date_of(file_name: str) -> tuple[dt.date, int] | None:
    """(date, number on that day) out of YYYY-MM-DD.md or YYYY-MM-DD-2.md; None for any other name."""
    match = NAME.match(file_name)
    if match is None:
        return None
    try:
        return dt.date.fromisoformat(match.group(1)), int(match.group(2) or 1)
    except ValueError:
        return None


def read(raw: bytes, path: str, date: dt.date, nth: int = 1) -> Note:
    """A note out of a file's bytes. Never fails: what can't be read as meant closes and gives a doubt."""
    from assistant.notes import frontmatter, markdown  # a tenth of a search that reads no note
    from assistant.notes.orders import gives_orders

    text, plain = decode(raw)
    head = frontmatter.split(text, path)
    doubts = list(head.doubts)
    if not plain:
        doubts.append(Doubt(path, 1, "is not UTF-8; read as Windows-1252, save it as UTF-8 if letters look wrong"))
    passages, more = markdown.passages(head.text, path, head.level, head.line)
    passages = [msgspec.structs.replace(p, order=True) if gives_orders(p.text) else p for p in passages]
    if not passages and head.status != "planned":
        doubts.append(Doubt(path, 1, "holds no text"))
    return Note(
        path,
        head.date or date,
        nth,
        cast(Literal["held", "cancelled", "planned"], head.status),
        head.minutes,
        head.language,
        tuple(p for p in passages if p.level is not Level.SEALED),
        tuple(p for p in passages if p.level is Level.SEALED),
        tuple(doubts + more),
        head.author,
    )
