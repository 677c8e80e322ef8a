"""CPU time of commands over a bare interpreter start, and their memory, on a made-up programme of 50 pairs.

    python bench/startup.py [--runs N]

Prints one line a command: the ratio of CPU time (user and system, the median over the runs, commands and bare starts
in turn) and the largest resident memory in MB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo" / "nl"
PAIRS, NOTES = 50, 40


def programme(root: Path) -> None:
    """Fifty pairs; the first has forty notes, all of them the demo's own under other dates."""
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("pairs"))
    source = DEMO / "pairs" / "anouk-gerben"
    texts = [p.read_text(encoding="utf-8") for p in sorted((source / "sessions").glob("*.md"))]
    bodies = [t.split("---\n", 2)[2] for t in texts if "planned" not in t]
    for number in range(PAIRS):
        home = root / "pairs" / f"pair-{number:02}"
        (home / "sessions").mkdir(parents=True)
        shutil.copy(source / "pair.toml", home)
        for n in range(NOTES if number == 0 else 4):
            day = dt.date(2023, 1, 10) + dt.timedelta(days=30 * n)
            body = bodies[n % len(bodies)]
            if number:  # so that no sentence is the same in two pairs
                body = body.replace(". ", f", zei {number}. ").replace("\n\n", f" ({number})\n\n")
            (home / "sessions" / f"{day}.md").write_text(body + f"\n\nNotitie {n}.\n", encoding="utf-8")


def spent(command: list[str], root: Path) -> tuple[float, int, int]:
    """CPU seconds, peak resident KiB and exit code of one run, in a child of its own so that peaks don't add up."""
    code = (
        "import resource,subprocess,sys;p=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss,p.returncode)"
    )
    env = {**os.environ, "PREP_PROGRAMME": str(root)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed prep has its bytecode
    out = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, env=env, check=True
    ).stdout
    cpu, memory, status = out.split()
    return float(cpu), int(memory), int(status)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    prep = [sys.executable, "-m", "assistant"]
    today = ["--today", "2026-07-06"]
    commands = {
        "prep --help": [*prep, "--help"],
        "prep next-session --json": [*prep, "next-session", "pair-00", "--json", "--no-save", *today],
        "prep commitments --json": [*prep, "commitments", "pair-00", "--json", *today],
        "prep search --json": [*prep, "search", "pair-00", "rooster in de winkel", "--json"],
        "prep check --json": [*prep, "check", str(Path(__file__)), "--for", "programme", "--pair", "pair-00", "--json"],
        "prep check --json, all pairs": [*prep, "check", str(Path(__file__)), "--for", "programme", "--json"],
        "prep next-session": [*prep, "next-session", "pair-00", "--no-save", *today],
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "programme"
        programme(root)
        first, memory, status = spent(commands["prep next-session --json"], root)
        bare = min(spent([sys.executable, "-c", "pass"], root)[0] for _ in range(5))
        print(
            f"{'first run, index and readings made':36} {first / bare:6.1f} x  {memory / 1024:6.0f} MB  exit {status}"
        )
        for name, command in commands.items():
            pairs = [(spent([sys.executable, "-c", "pass"], root)[0], spent(command, root)) for _ in range(runs)]
            ratio = statistics.median(run[0] / base for base, run in pairs)
            print(f"{name:36} {ratio:6.1f} x  {max(run[1] for _, run in pairs) / 1024:6.0f} MB  exit {pairs[-1][1][2]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
