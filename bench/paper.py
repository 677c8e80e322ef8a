"""What is lost on paper: notes that go out as Word documents and come back, and drafts that LibreOffice sets on pages.

    python bench/paper.py FOLDER...              (all .md files in folders called sessions below these)
    python bench/paper.py --office [PROGRAMME...] [--keep DIR]

With --office every Word document that prep writes of every pair, in both languages, goes through LibreOffice to PDF to
text: the demo programmes, or those that are named. --keep leaves documents and PDFs in a folder, to be looked at.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import libreoffice
from tally import Tally

from assistant.cli import main as prep
from assistant.documents import formats
from assistant.notes import note
from assistant.programme.folder import Folder
from assistant.records import Note, Passage
from assistant.render import word

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo"
DEMO_DAY = "2026-07-06"
DRAFTS = {
    "agenda": ["next-session", "--no-save"],
    "whole": ["next-session", "--no-save", "--minutes", "60"],
    "mentee": ["next-session", "--for-mentee"],
    "questions": ["questions", "-n", "9"],
    "summary": ["summarise", "--for", "pair"],
    "programme": ["summarise", "--for", "programme"],
    "handover": ["handover", "--yes"],
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.office:
        return _office(options.folders or [DEMO / "nl", DEMO / "en"], options.keep)
    paths = sorted(path for folder in options.folders for path in folder.rglob("sessions/*.md"))
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


def drafts(programme: Path, home: Path) -> Iterator[Path]:
    """Every Word document of a programme's pairs, written to `home`, each with its Markdown beside it."""
    folder = Folder(programme)
    for slug in folder.slugs:
        gold = folder.pair_folder(slug) / "gold.json"
        today = json.loads(gold.read_text("utf-8"))["today"] if gold.is_file() else DEMO_DAY
        for language in ("nl", "en"):
            for name, words in DRAFTS.items():
                asked = [*words, "--programme", str(programme), "--today", today, "--language", language, "--offline"]
                made = home / f"{slug}.{name}.{language}.docx"
                if all(
                    _typed([asked[0], slug, *asked[1:], "--out", str(made.with_suffix(e))]) for e in (".docx", ".md")
                ):
                    yield made


def _typed(words: list[str]) -> bool:
    """Run `prep`; False where it has nothing to draft, or refuses."""
    before, sys.argv = sys.argv, ["prep", *words]
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return prep() == 0
    finally:
        sys.argv = before


def _office(programmes: list[Path], keep: Path | None) -> int:
    if libreoffice.MISSING:
        print(f"this {libreoffice.MISSING}", file=sys.stderr)
        return 2
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        home = keep or Path(scratch) / "out"
        home.mkdir(parents=True, exist_ok=True)
        for n, programme in enumerate(programmes):
            made = list(drafts(Path(shutil.copytree(programme, Path(scratch) / str(n))), home))
            for document, pdf in zip(made, libreoffice.pages(made, home), strict=True):
                gone = libreoffice.lost(document.with_suffix(".md").read_text("utf-8"), libreoffice.text_of(pdf))
                tally.add(document.name.split(".")[1], not gone, f"{document.name}: {gone}")
    for name in tally.of:
        print(f"{tally.hits[name]:4} of {tally.of[name]:<4} {name}: documents with all their words on the pages")
        for miss in tally.misses[name]:
            print(f"       {miss}")
    return int(tally.of != tally.hits)


if __name__ == "__main__":
    sys.exit(main())
