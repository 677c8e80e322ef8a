"""How long a search takes on made-up pairs of several sizes, as ratios of a bare interpreter start.

    python bench/search.py [--sizes 200,2000,20000] [--runs N]

A size is a number of notes; each is cut into about five chunks. Prints for each size the chunks, the full build (chunks
a second), `prep search` cold with an index that is up to date, what of it is the check that the index is, in processor time of
a new process after the imports, and the search after an edit of one note as a part of the first search, which builds
everything. Cold means a new process; medians over the runs. The check is timed seconds after the last edit, when the
stat of a note may be trusted.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from assistant import resources
from assistant.retrieval.chunks import Chunk

DEMO = resources.corpus() / "demo" / "nl"
PAIR = "anouk-gerben"
SEED = 7
SETTLED = 3.5  # seconds


def sentences() -> list[str]:
    """Sentences of the guidance, to make notes of."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((resources.corpus() / "guidance").glob("*/*.md"))]
    found = [line.strip() for text in texts for line in text.replace(". ", ".\n").splitlines()]
    return [line for line in found if 40 < len(line) < 200 and line[0].isalpha()]


def programme(root: Path, notes: int, paragraphs: int = 4) -> Path:
    """One pair with so many notes of so many paragraphs; returns the folder of its notes."""
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("sessions", "mees-corine", "yasmina-theo", "drafts"))
    home = root / "pairs" / PAIR / "sessions"
    home.mkdir()
    rng, lines = random.Random(SEED), sentences()
    for number in range(notes):
        day, nth = divmod(number, 20)
        name = f"{dt.date(2010, 1, 1) + dt.timedelta(days=day)}" + (f"-{nth + 1}" if nth else "")
        parts = ["\n".join(rng.choices(lines, k=4)) + f"\nNotitie {number}." for _ in range(paragraphs)]
        (home / f"{name}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return home


def seconds(root: Path, *command: str) -> float:
    """Wall time of one new process."""
    env = {**os.environ, "PREP_PROGRAMME": str(root)}
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


CHECK = """
import datetime, pathlib, sys
from time import process_time
from assistant.desk import Desk
from assistant.programme.folder import Folder
from assistant.retrieval import index, meanings, search
begun = process_time()
with Desk(Folder(pathlib.Path(sys.argv[1])), "anouk-gerben", datetime.date.today(), True).searchable():
    print(process_time() - begun)
"""


def check(root: Path) -> float:
    """Seconds of the processor from nothing read to an index that is known to be up to date."""
    command = [sys.executable, "-c", CHECK, str(root)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def chunks(root: Path) -> int:
    """How many chunks the pair's index holds."""
    return len(texts(root))


def texts(root: Path) -> list[tuple[str, str]]:
    """(place, text) of every chunk of the pair's index."""
    folder = root / ".prep" / "pairs" / PAIR / "index"
    file = next(folder.glob("*/lexical.sqlite3"))
    with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
        found = (msgspec.json.decode(body, type=Chunk) for (body,) in db.execute("SELECT body FROM chunk ORDER BY id"))
        return [(f"{chunk.path}:{chunk.line}:{number}", chunk.text) for number, chunk in enumerate(found)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="200,2000")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    search = ["-m", "assistant", "search", PAIR, "wat spraken we af over vertrouwelijkheid?", "--json"]
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, arguments.sizes.split(",")):
            root = Path(scratch) / str(size)
            home = programme(root, size)
            first = seconds(root, *search)
            count = chunks(root)
            pairs = [(seconds(root, "-c", "pass"), seconds(root, *search)) for _ in range(arguments.runs)]
            time.sleep(SETTLED)
            checks = [check(root) for _ in range(arguments.runs + 1)][1:]  # the first one learns the stats
            note = sorted(home.glob("*.md"))[size // 2]
            edits = []
            for run in range(arguments.runs):
                note.write_text(f"Nu staat hier iets anders, keer {run}.\n", encoding="utf-8")
                edits.append(seconds(root, *search))
            print(
                f"{size:6} notes {count:7} chunks   built {count / first:6.0f} a second"
                f"   cold {statistics.median(s / b for b, s in pairs):6.1f} x bare"
                f" ({1000 * statistics.median(s - b for b, s in pairs):5.0f} ms over it)"
                f"   check {1000 * statistics.median(checks):4.0f} ms"
                f"   after an edit {statistics.median(edits) / first:5.3f} of the first search",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
