"""Four processes on one pair at the same time, and twenty pairs each asked for what the others wrote.

    python bench/crowd.py [--processes 4] [--notes 25] [--pairs 20] [--queries 2000]

In the first part each process writes notes of its own and searches after each; counted are searches that missed a note
or failed, and notes of which a passage can't be reached afterwards. In the second each pair has notes in the same words
and one word of its own; counted are passages of another pair that a search gave.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from assistant.desk import Desk
from assistant.programme.folder import Folder
from assistant.resources import corpus
from assistant.retrieval.search import Searchable

DEMO = corpus() / "demo" / "nl"
PAIR = "anouk-gerben"
TODAY = dt.date(2026, 7, 6)
SUBJECTS = ["roosters", "kassa", "voedselbank", "magazijn", "vertrouwen", "planning", "leerlingen", "weekenddienst"]
MOST = 20
ROWS = 10  # passages of a note


def programme(root: Path, slugs: list[str]) -> Path:
    """A programme of pairs without notes."""
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("pairs"))
    for slug in slugs:
        (root / "pairs" / slug / "sessions").mkdir(parents=True)
        shutil.copyfile(DEMO / "pairs" / PAIR / "pair.toml", root / "pairs" / slug / "pair.toml")
    return root


def mark(owner: int, note: int, row: int) -> str:
    """A word that stands in one passage of one note alone."""
    return "kanarie" + "".join(
        "bcdfghjklm"[int(digit)] + "aeiou"[n % 5] for n, digit in enumerate(f"{owner:02}{note:03}{row:02}")
    )


def write(root: Path, slug: str, owner: int, note: int, rng: random.Random) -> None:
    """A note of ROWS sections about the same things as all others, each with its mark."""
    day = dt.date(2020, 1, 1) + dt.timedelta(days=100 * owner + note)
    rows = [f"## Deel {row}\n\n{_sentence(rng)} {mark(owner, note, row)}.\n" for row in range(ROWS)]
    (root / "pairs" / slug / "sessions" / f"{day}.md").write_text("\n".join(rows), encoding="utf-8")


def _sentence(rng: random.Random) -> str:
    return f"We spraken over {rng.choice(SUBJECTS)} en {rng.choice(SUBJECTS)}, en daarna over"


def desk(root: Path, slug: str) -> Desk:
    return Desk(Folder(root), slug, TODAY, offline=True)


def reached(notes: Searchable, word: str) -> bool:
    """Is the passage with this word among those found?"""
    return any(word in hit.text for hit in notes.find(word, MOST))


def writer(root: Path, owner: int, notes: int) -> int:
    """How many of its own notes, written one after another, a search right after missed."""
    rng, missed = random.Random(owner), 0
    for number in range(notes):
        write(root, PAIR, owner, number, rng)
        with desk(root, PAIR).searchable() as (found, _):
            missed += not reached(found, mark(owner, number, rng.randrange(ROWS)))
    return missed


def together(root: Path, processes: int, notes: int) -> tuple[int, int]:
    """(processes that failed or missed something, passages out of reach afterwards)."""
    command = [sys.executable, __file__, "--writer", str(root), "--notes", str(notes), "--owner"]
    running = [subprocess.Popen([*command, str(owner)]) for owner in range(processes)]
    failed = sum(process.wait() != 0 for process in running)
    with desk(root, PAIR).searchable() as (found, _):
        marks = [mark(o, n, r) for o in range(processes) for n in range(notes) for r in range(ROWS)]
        return failed, sum(not reached(found, word) for word in marks)


def foreign(root: Path, slugs: list[str], queries: int) -> tuple[int, int]:
    """(passages of another pair, own passages not found) over so many queries spread over the pairs."""
    rng, strangers, missed = random.Random(7), 0, 0
    for owner, slug in enumerate(slugs):
        for number in range(3):
            write(root, slug, owner, number, rng)
    for owner, slug in enumerate(slugs):
        with desk(root, slug).searchable() as (found, guidance):
            missed += not reached(found, mark(owner, rng.randrange(3), rng.randrange(ROWS)))
            for _ in range(queries // len(slugs)):
                other = rng.choice([n for n in range(len(slugs)) if n != owner])
                query = f"{mark(other, rng.randrange(3), rng.randrange(ROWS))} {_sentence(rng)}"
                hits = [*found.find(query, MOST), *guidance.find(query, MOST)]
                strangers += sum(_is_foreign(hit.path, hit.text, slug, owner) for hit in hits)
    return strangers, missed


def _is_foreign(path: str, text: str, slug: str, owner: int) -> bool:
    own = {mark(owner, n, r) for n in range(3) for r in range(ROWS)}
    marks = {word.strip(".") for word in text.split() if word.startswith("kanarie")}
    return not marks <= own or (path.startswith("pairs/") and not path.startswith(f"pairs/{slug}/"))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--notes", type=int, default=25)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--owner", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.writer:
        return int(writer(given.writer, given.owner, given.notes) > 0)
    with tempfile.TemporaryDirectory() as scratch:
        failed, lost = together(programme(Path(scratch) / "one", [PAIR]), given.processes, given.notes)
        slugs = [f"paar-{number:02}" for number in range(given.pairs)]
        strangers, missed = foreign(programme(Path(scratch) / "many", slugs), slugs, given.queries)
    rows = given.processes * given.notes * ROWS
    print(f"{given.processes} processes: {failed} failed or missed a note; {lost} of {rows} passages out of reach")
    print(f"{given.pairs} pairs, {given.queries} queries: {strangers} foreign passages; {missed} own ones not found")
    return int(bool(failed or lost or strangers or missed))


if __name__ == "__main__":
    sys.exit(main())
