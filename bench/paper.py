"""What notes lose when they go out as Word documents and come back: prints each note that lost something, and counts.

python bench/paper.py FOLDER...      (all .md files in folders called sessions below these)
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from assistant.documents import formats
from assistant.notes import note
from assistant.records import Note, Passage
from assistant.render import word


def main() -> int:
    paths = sorted(path for folder in sys.argv[1:] for path in Path(folder).rglob("sessions/*.md"))
    lost = [path for path in paths if not same(path)]
    print(f"{len(paths)} notes, {len(lost)} that lost something")
    for path in lost:
        print(f"  {path}")
    return int(bool(lost))


def same(path: Path) -> bool:
    """Is it the same note once it has been a Word document: text, lists, boxes, tables, levels, front matter?"""
    before = note.read(path.read_bytes(), path.name, dt.date.min)
    document = formats.read(word.document(path.read_text(encoding="utf-8-sig"), "nl"), path.name)
    return not document.left_out and _seen(before) == _seen(note.read(document.text.encode(), path.name, dt.date.min))


def _seen(read: Note) -> list[object]:
    head = (read.date, read.status, read.minutes, read.language)
    return [head, *map(_passage, read.passages), *map(_passage, read.sealed)]


def _passage(p: Passage) -> tuple[object, ...]:
    lines = [" ".join(line.split()) for line in p.text.split("\n")]
    return p.level, p.section, p.kind, lines, p.depth, p.box, p.quoted


if __name__ == "__main__":
    sys.exit(main())
