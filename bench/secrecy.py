"""The figures of PRIVACY.md: what `prep check` and `prep forget` catch, on the demo programmes and on sentences of tests/.

    python bench/secrecy.py [--misses]

Every sentence of a demo note that is closed to the coordinator counts as a secret: word for word, disguised, shuffled,
and edited. Each figure has the bound that it shows: with 95 % certainty no more than that share is missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from math import comb
from pathlib import Path

from assistant import resources
from assistant.desk import Desk
from assistant.doors import rosters_of
from assistant.privacy import fingerprints
from assistant.privacy.audit import Guard
from assistant.privacy.overlap import STOP, weight
from assistant.programme.folder import Folder
from assistant.records import Audience, Level
from assistant.words import words

ROOT = Path(__file__).resolve().parent.parent
DAY = dt.date(2026, 7, 6)
_ALIKE = str.maketrans("aeopcx", "аеорсх")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def disguised(text: str) -> str:
    """Letters of another script, capitals, signs that nobody sees, and a line broken in two."""
    half = len(text) // 2
    return text[:half].translate(_ALIKE).upper() + "\u200b" + text[half:].replace(" ", "\n", 1)


def shuffled(text: str) -> str:
    said = re.findall(r"[^\W_]+", text)
    random.Random(text).shuffle(said)
    return " ".join(said) + "."


def edited(text: str) -> str:
    """Two words added, and the longest one replaced."""
    said = text.split()
    longest = max(range(len(said)), key=lambda i: len(said[i]))
    said[longest] = "ding"
    return " ".join(["Overigens", *said[:-1], "immers", said[-1]])


WAYS: dict[str, Callable[[str], str]] = {
    "word for word": str,
    "disguised": disguised,
    "in another order": shuffled,
    "two words added, one replaced": edited,
}


def bound(missed: int, of: int) -> float:
    """The share that is missed at most, with 95 % certainty (Clopper and Pearson, one side)."""
    low, high = missed / of, 1.0
    for _ in range(60):
        share = (low + high) / 2
        as_few = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(missed + 1))
        low, high = (share, high) if as_few > 0.05 else (low, share)
    return high


def secrets(desk: Desk) -> Iterator[str]:
    """The sentences closed to the coordinator that say something: seven words, three of them no stop words."""
    for reading in desk.readings:
        for passage in reading.note.passages:
            if passage.level.openness > Level.PAIR.openness or passage.kind == "heading":
                continue
            for sentence in _SENTENCE.split(passage.text):
                said = words(sentence)
                if len(said) >= 7 and sum(weight(word) > STOP for word in said) >= 3:
                    yield sentence.strip()


def listed(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = resources.parsed((ROOT / "tests" / "cases" / name).read_text(encoding="utf-8"))
    return found


def harmless() -> list[str]:
    """Sentences that give nobody away: those of the tests, and those that may be proposed."""
    innocent = [str(sentence) for sentence in listed("innocent.yaml")]
    path = resources.corpus() / "privacy" / "secrecy" / "examples.txt"
    return innocent + [line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("+ ")]


class Tally:
    """Hits of a number of tries, with the misses."""

    def __init__(self) -> None:
        self.of, self.missed = 0, list[str]()

    def add(self, hit: bool, text: str) -> None:
        self.of += 1
        if not hit:
            self.missed.append(text)

    def told(self, name: str, misses: bool) -> None:
        count = len(self.missed)
        print(f"{name:38} {self.of - count:5} of {self.of:5}   missed at most {bound(count, self.of):.1%}")
        for text in self.missed if misses else ():
            print(f"    {text}")


def measure(root: Path, told: dict[str, Tally]) -> None:
    folder = Folder(root)
    rosters = rosters_of(folder)
    for slug in folder.slugs:
        desk = Desk(folder, slug, DAY)
        guard = desk.guard(Audience.PROGRAMME, rosters)
        for secret in secrets(desk):
            for name, way in WAYS.items():
                told[name].add(not _passes(guard, way(secret)), secret)
        for text in harmless():
            told["harmless sentences let pass"].add(_passes(guard, text), f"{slug}: {text}")
        for case in listed("paraphrases.yaml"):
            if case["pair"] == slug:
                told["in other words"].add(not _passes(guard, case["text"]), case["text"])
        _left_behind(folder, slug, told["a sentence left behind, by forget"])


def _passes(guard: Guard, text: str) -> bool:
    return guard.passed(text) is not None


def _left_behind(folder: Folder, slug: str, told: Tally) -> None:
    """Is a sentence of five words or more, left behind alone, found by what a pair is known by?"""
    notes = [file.raw.decode("utf-8") for file in folder.notes(slug)]
    known = fingerprints.of(notes, [], [], [])
    for text in notes:
        for sentence in _SENTENCE.split(text):
            if len(words(sentence)) >= 5:
                told.add(known.run_in(fingerprints.tokens(sentence)) is not None, sentence)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    misses = parser.parse_args().misses
    names = [*WAYS, "in other words", "harmless sentences let pass", "a sentence left behind, by forget"]
    told = {name: Tally() for name in names}
    for demo in sorted((resources.corpus() / "demo").iterdir()):
        with tempfile.TemporaryDirectory() as home:
            measure(Path(shutil.copytree(demo, Path(home) / "demo")), told)
    for name, tally in told.items():
        tally.told(name, misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
