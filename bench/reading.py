"""How well notes are read, on programmes whose right answers are known (gold.json beside each pair.toml).

    python bench/reading.py [FOLDER ...] [--misses]

Without a folder: the two halves under tests/cases/reading, the one that the reader was built on and the one that was
only counted on. Found means: the words of the right answer stand in what was found, or three quarters of them do.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tally import Tally

from assistant.cli.modelling import have_read
from assistant.desk import Desk
from assistant.programme.folder import Folder
from assistant.records import Audience

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "reading"


def plain(text: str) -> str:
    """Lower case, without Markdown signs and line breaks."""
    text = re.sub(r"[*_`>#\[\]|~]+", " ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.split())


def says(anchor: str, texts: Iterable[str]) -> bool:
    """Are these words in one of the texts, as they stand or three quarters of them?"""
    wanted, words = plain(anchor), set(re.findall(r"[^\W_]+", plain(anchor)))
    return any(
        wanted in plain(text)
        or (len(words) >= 3 and len(words & set(re.findall(r"[^\W_]+", plain(text)))) / len(words) >= 0.75)
        for text in texts
    )


def pair(folder: Folder, slug: str, gold: dict[str, Any], tally: Tally) -> None:
    """Count one pair."""
    desk = have_read(Desk(folder, slug, dt.date.fromisoformat(gold["today"])))
    story = desk.story(Audience.OWN)
    texts = [[c.text, *(s.quote for s in c.sources)] for c in story.commitments]
    right: set[int] = set()
    for g in gold["commitments"]:
        if g.get("level") == "sealed":
            continue
        found = [n for n, t in enumerate(texts) if says(g["anchor"], t)]
        right.update(found)
        tally.add("promises found", bool(found), f"{slug}: {g['anchor']}")
        if g["form"] == "free-text":
            tally.add("promises found in free text", bool(found))
        if found:
            c = story.commitments[found[0]]
            if g["owner"] != "unknown":
                tally.add("owner right", c.owner == g["owner"], f"{slug}: {g['anchor']}: {c.owner} for {g['owner']}")
            tally.add("status right", c.status == g["status"], f"{slug}: {g['anchor']}: {c.status} for {g['status']}")
            due = c.due.isoformat() if c.due else None
            figure = "due right" if g["due"] else "no due invented"
            tally.add(figure, due == g["due"], f"{slug}: {g['anchor']}: {due} for {g['due']}")
    for n, c in enumerate(story.commitments):
        tally.add("promises listed are promises", n in right, f"{slug}: {c.text}")
    for g in gold["threads"]:
        if g.get("level") not in ("sealed", "own"):
            tally.add(
                "threads found",
                any(says(g["anchor"], [t.title, t.source.quote]) for t in story.threads),
                f"{slug}: {g['anchor']}",
            )
    for t in story.threads:
        tally.add(
            "threads listed are threads",
            any(says(g["anchor"], [t.title, t.source.quote]) for g in gold["threads"]),
            f"{slug}: {t.title}",
        )
    listed = [[b.belief, b.sources[0].quote] for b in story.beliefs]
    for g in gold["beliefs"]:
        tally.add("beliefs found", any(says(g["belief"], t) for t in listed), f"{slug}: {g['belief']}")
    for texts_of in listed:
        tally.add(
            "beliefs listed are beliefs",
            any(says(g["belief"], texts_of) for g in gold["beliefs"]),
            f"{slug}: {texts_of[0]}",
        )
    for g in gold["asked"]:
        asked = [x for q in story.questions for x in (q.text, q.source.quote)]
        tally.add("asked questions found", says(g, asked), f"{slug}: {g}")


def count(root: Path) -> Tally:
    """Count every pair with a gold.json under a folder, on a copy without it."""
    tally = Tally()
    for toml in sorted(root.rglob("prep.toml")):
        with tempfile.TemporaryDirectory() as copy:
            home = Path(copy) / "programme"
            shutil.copytree(toml.parent, home, ignore=shutil.ignore_patterns("gold.json", ".prep"))
            for gold in sorted(toml.parent.glob("pairs/*/gold.json")):
                pair(Folder(home), gold.parent.name, json.loads(gold.read_text(encoding="utf-8")), tally)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[CASES / "build", CASES / "count"])
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    tallies = [count(folder) for folder in given.folders]
    print(" " * 32 + "".join(f"{folder.name:>20}" for folder in given.folders))
    for figure in tallies[0].of:
        cells = [
            f"{t.hits[figure] / t.of[figure]:.3f} {t.hits[figure]:>4}/{t.of[figure]:<4}"
            for t in tallies
            if t.of[figure]
        ]
        print(f"{figure:32}" + "".join(f"{cell:>20}" for cell in cells))
    if given.misses:
        for figure, missed in tallies[0].misses.items():
            print(f"\n## {figure}", *missed, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
