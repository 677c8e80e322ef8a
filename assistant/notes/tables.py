"""Tables of a note: which of them list actions, and what is told in the cells of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from assistant.notes.marks import plain
from assistant.records import Note, Passage

_COLUMNS = {
    "who": re.compile(r"^(?:wie|who|owner|door|eigenaar|verantwoordelijke|actiehouder|by whom)$"),
    "what": re.compile(r"^(?:wat|what|actie|actions?|acties|actiepunt|afspraak|taak|task|to ?do|item)$"),
    "when": re.compile(r"^(?:wanneer|when|due|deadline|datum|date|by|klaar|gereed|by when|voor)$"),
}
_LABEL = 3  # words of a cell that only names what the others tell


class Row(Struct, frozen=True):
    """A row under a header. `columns` says in which cell stands who, what and when, as far as the header tells."""

    passage: Passage
    cells: list[str]
    columns: dict[str, int]

    @property
    def action(self) -> bool:
        """Does the row say who does what?"""
        return {"who", "what"} <= self.columns.keys() and len(self.cells) > max(self.columns.values())


def rows(note: Note) -> Iterator[Row]:
    """The rows of a note's tables, headers left out."""
    columns: dict[str, int] = {}
    header, last = -2, -2
    for passage in (p for p in note.passages if p.kind == "row"):
        cells = [cell.strip() for cell in passage.text.strip().strip("|").split("|")]
        if passage.line > last + (2 if last == header else 1):  # under a header stands a line of dashes
            columns, header = _columns(cells), passage.line
        else:
            yield Row(passage, cells, columns)
        last = passage.line


def _columns(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        for name, pattern in _COLUMNS.items():
            if pattern.match(plain(cell).strip(" .:?*_")):
                found.setdefault(name, number)
    return found


def told(row: Row) -> list[str]:
    """The cells that tell something, where the row lists no action: not its label, nor a number or two."""
    return [] if row.action else [cell for cell in row.cells if len(cell.split()) > _LABEL]
