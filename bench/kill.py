"""Kill prep at 50 random moments, while it drafts, builds an index, follows edits or forgets a pair.

    python bench/kill.py [--rounds N]

Each round changes something, starts a command, kills it (SIGKILL, on Windows TerminateProcess) after a random part of
the time that it takes, and runs the next one. The pair has notes enough that kills land inside writes. Counted are
rounds after which a note is not as it was, the next command failed or said something else than it would in a fresh
copy, or a passage was out of reach; and bytes of a forgotten pair that are still there.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import crowd

PAIR, GONE, OTHERS = crowd.PAIR, "vergeten-paar", "mees-corine"  # the last lends its people to the one that goes
NOTES, CHANGED, ASKED = 60, 20, 25
TODAY = str(crowd.TODAY)


class Round:
    """What one round needs: a programme, chance, and how long each command takes when nobody kills it."""

    def __init__(self, root: Path) -> None:
        self.root, self.rng, self.number = root, random.Random(7), 0
        self.whole: dict[str, float] = {}

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The command, begun."""
        env = {**os.environ, "PREP_PROGRAMME": str(self.root)}
        command = [sys.executable, "-m", "assistant", *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)

    def answer(self, *words: str) -> tuple[int, bytes]:
        """Exit code and output of a whole run."""
        process = self.start(*words)
        out, _ = process.communicate()
        return process.returncode, out

    def killed(self, kind: str, *words: str) -> None:
        """Start a command and kill it somewhere; the first of a kind is let be, to see how long it takes."""
        begun, process = time.perf_counter(), self.start(*words)
        if kind in self.whole:
            time.sleep(self.rng.random() * self.whole[kind])
            process.kill()
        process.communicate()
        self.whole.setdefault(kind, time.perf_counter() - begun)

    def rewrite(self, notes: int) -> None:
        """Give so many notes other words."""
        for note in self.rng.sample(range(NOTES), notes):
            crowd.write(self.root, PAIR, 0, note, random.Random(self.number * 100 + note))


def written(root: Path) -> dict[str, bytes]:
    """Every file of the programme that people wrote."""
    files = (p for p in root.rglob("*") if p.is_file() and ".prep" not in p.parts)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files}


def within_reach(one: Round) -> bool:
    """Is each of some passages found? By a command of its own, and by the functions that it calls."""
    words = [crowd.mark(0, one.rng.randrange(NOTES), one.rng.randrange(crowd.ROWS)) for _ in range(ASKED)]
    code, out = one.answer("search", PAIR, words[0], "--json")
    with crowd.desk(one.root, PAIR).searchable() as (found, _):
        return code == 0 and words[0].encode() in out and all(crowd.reached(found, word) for word in words)


def draft(one: Round) -> bool:
    """A note is changed, an agenda begun."""
    words = ("next-session", PAIR, "--json", "--no-save", "--offline", "--today", TODAY)
    one.rewrite(1)
    before = written(one.root)
    one.killed("draft", *words)
    after = one.answer(*words)
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Round(Path(shutil.copytree(one.root, Path(scratch) / "fresh", ignore=shutil.ignore_patterns(".prep"))))
        return after == fresh.answer(*words) and after[0] == 0 and written(one.root) == before


def build(one: Round) -> bool:
    """All that was derived is gone, a search builds it."""
    shutil.rmtree(one.root / ".prep", ignore_errors=True)
    before = written(one.root)
    one.killed("build", "search", PAIR, "roosters", "--json")
    return within_reach(one) and written(one.root) == before


def edit(one: Round) -> bool:
    """Many notes are changed, a search follows."""
    one.rewrite(CHANGED)
    before = written(one.root)
    one.killed("edit", "search", PAIR, "roosters", "--json")
    return within_reach(one) and written(one.root) == before


def forget(one: Round) -> bool:
    """A pair with an index is forgotten; whoever is asked to forget it again ends it."""
    home = one.root / "pairs" / GONE
    (home / "sessions").mkdir(parents=True)
    shutil.copyfile(crowd.DEMO / "pairs" / OTHERS / "pair.toml", home / "pair.toml")
    for note in range(10):  # in words of its own, since what two pairs share is not erased
        words = (f"{crowd.mark(7, note, row)} {crowd.mark(8, note, row)}.\n" for row in range(200))
        (home / "sessions" / f"2026-01-{note + 10}.md").write_text("\n".join(words), encoding="utf-8")
    one.answer("search", GONE, "roosters", "--json")
    one.killed("forget", "forget", GONE, "--yes")
    code, _ = one.answer("forget", GONE, "--yes")
    left = [
        p
        for p in one.root.rglob("*")
        if GONE in p.name or (p.is_file() and crowd.mark(7, 3, 4).encode() in p.read_bytes())
    ]
    return code in (0, 3) and not left and within_reach(one)  # 3: it was gone by then


KINDS: tuple[Callable[[Round], bool], ...] = (draft, build, edit, forget)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    right, every = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        one = Round(crowd.programme(Path(folder) / "programme", [PAIR]))
        one.rewrite(NOTES)
        for kind in KINDS:  # not counted: how long it takes
            kind(one)
        for number in range(1, rounds + 1):
            one.number, kind = number, KINDS[number % len(KINDS)]
            every[kind.__name__] += 1
            right[kind.__name__] += kind(one)
    told = ", ".join(f"{name} {right[name]} of {count}" for name, count in sorted(every.items()))
    print(f"killed at {rounds} random moments, all as it should be afterwards: {told}")
    return 0 if right == every else 1


if __name__ == "__main__":
    sys.exit(main())
