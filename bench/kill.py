"""Kill `prep next-session` at 50 random moments and see whether the next command is right.

    python bench/kill.py [--rounds N]

Each round changes a note, starts the command, kills it (SIGKILL, on Windows TerminateProcess) after a random part of
the time that it takes, and runs it again. Counts the rounds after which the answer is that of a fresh copy and every
note is untouched.
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
from pathlib import Path

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo" / "nl"
WORDS = ["next-session", "anouk-gerben", "--json", "--no-save", "--offline", "--today", "2026-07-06"]


def start(root: Path) -> subprocess.Popen[bytes]:
    """The command, begun."""
    env = {**os.environ, "PREP_PROGRAMME": str(root)}
    command = [sys.executable, "-m", "assistant", *WORDS]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)


def answer(root: Path) -> tuple[int, bytes]:
    """Exit code and output of a whole run."""
    process = start(root)
    out, _ = process.communicate()
    return process.returncode, out


def notes(root: Path) -> dict[str, bytes]:
    """Every file of the programme that people wrote."""
    files = (p for p in root.rglob("*") if p.is_file() and ".prep" not in p.parts)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    rng, right = random.Random(7), 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "programme"
        shutil.copytree(DEMO, root)
        note = root / "pairs" / "anouk-gerben" / "sessions" / "2026-05-19.md"
        first = note.read_text(encoding="utf-8")
        begun = time.perf_counter()
        answer(root)
        whole = time.perf_counter() - begun
        for number in range(rounds):
            note.write_text(f"{first}\nRonde {number}.\n", encoding="utf-8")
            before = notes(root)
            process = start(root)
            time.sleep(rng.random() * whole)
            process.kill()
            process.communicate()
            after = answer(root)
            fresh = Path(folder) / f"fresh-{number}"
            shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".prep"))
            right += after == answer(fresh) and after[0] == 0 and notes(root) == before
            shutil.rmtree(fresh)
    print(f"killed at random moments: notes untouched and the next command right in {right} of {rounds}")
    return 0 if right == rounds else 1


if __name__ == "__main__":
    sys.exit(main())
