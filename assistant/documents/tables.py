"""A table of HTML: a Markdown table where its cells are short, else what stands in them, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.notes import marks

if TYPE_CHECKING:
    from assistant.documents.html import Block

_LONGEST_CELL = 300
_LONGEST_MARK = 40
_MOST_BLOCKS = 4
_WIDEST = 30  # columns that a span may claim


class Table:
    """Rows of cells as they come in."""

    def __init__(self) -> None:
        self._cells: list[list[list[Block]]] = []
        self._below: dict[int, int] = {}  # for how many rows more a cell above reaches into a column

    def row(self) -> None:
        """A row begins."""
        self._cells.append([])
        self._fill()

    def cell(self, said: list[Block], columns: int = 1, rows: int = 1) -> None:
        """The next cell of the row, with its spans."""
        if not self._cells:
            self.row()
        at = len(self._cells[-1])
        for column in range(at, at + max(1, min(columns, _WIDEST))):
            self._cells[-1].append(said if column == at else [])
            if rows > 1:
                self._below[column] = rows - 1
        self._fill()

    def _fill(self) -> None:
        """Empty cells where one above reaches down."""
        row = self._cells[-1]
        while self._below.get(len(row)):
            self._below[len(row)] -= 1
            row.append([])

    def rows(self) -> list[str]:
        """The lines of a Markdown table; none where it would hide what is in it, or only sets a page."""
        cells = [[_words(cell) for cell in row] for row in self._cells if any(row)]
        width = max((len(row) for row in cells), default=0)
        if width < 2 or not all(_fits(cell) for row in self._cells for cell in row):
            return []
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in cells]
        return [lines[0], "|" + "---|" * width, *lines[1:]]

    def unrolled(self) -> list[Block]:
        """What stands in the cells, row by row; a mark comes before the rest of its row, which it closes too."""
        rows = (sorted(row, key=lambda cell: not _marks(cell)) for row in self._cells)
        return [block for row in rows for cell in row for block in cell]


def _words(cell: list[Block]) -> str:
    return " / ".join(line.strip().replace("|", "\\|") for block in cell for line in block.lines if line.strip())


def _fits(cell: list[Block]) -> bool:
    """Can it stand in one line of a table? What closes a section cannot: it would close nothing there."""
    said = [line for block in cell for line in block.lines]
    hidden = any(line.startswith("|") for line in said) or _marks(cell)
    return len(cell) <= _MOST_BLOCKS and len(_words(cell)) <= _LONGEST_CELL and not hidden


def _marks(cell: list[Block]) -> bool:
    """Is there a line in a cell that closes, as a heading does?"""
    return any(len(line) < _LONGEST_MARK and _closes(line) for block in cell for line in block.lines)


def _closes(line: str) -> bool:
    level, _ = marks.of_heading(line)
    return level is not None and level.closes
