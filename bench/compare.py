"""prep beside its peers, interleaved in one run; writes docs/benchmarks.md.

    python bench/compare.py --peers PYTHON [--sizes 1000,10000,100000] [--runs N] [--sets FOLDER] [--brief]

PYTHON is that of an environment with bench/peers/requirements.txt and bench/peers/llm_hashed; `make bench` makes it.
Figures are ratios of medians, of processor time (user and system) and of time on the clock. --sets is a folder of sets
of queries with known answers, each with queries.jsonl, passages.jsonl and qrels.jsonl; without it only speed is
measured. --brief leaves out the processes that are killed and those that crowd.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import retrieval
import search

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PEER = str(ROOT / "bench" / "peers" / "peer.py")
NAMES = {
    "prep": "`prep search`",
    "llm": "`llm similar`",
    "bm25s": "bm25s",
    "chroma": "Chroma, quick start",
    "fts5": "SQLite FTS5 alone",
    "langchain": "LangChain with Chroma",
}
LEAST = ("prep", "llm", "bm25s", "fts5")  # asked at every size; the others up to MIDDLE chunks
MIDDLE = 10_000
PARAGRAPHS = 20  # of a note, as of a talk of an hour; each is a chunk
BARS = {1_000: 0.25, 10_000: 0.15, 100_000: 0.12}
QUERIES = (
    "wat spraken we af over vertrouwelijkheid?",
    "what should a mentor ask in the first session",
    "sessie afgezegd",
    "how do we close a relationship well",
    "kleine maar belangrijke dingen",
)


class Spent(NamedTuple):
    """Seconds of the clock and of the processor."""

    wall: float
    cpu: float


def spent(command: Sequence[str], env: dict[str, str]) -> Spent:
    """What one new process takes, with all that it starts; raises CalledProcessError."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def middle(some: Iterable[Spent]) -> Spent:
    walls, cpus = zip(*some, strict=True)
    return Spent(statistics.median(walls), statistics.median(cpus))


def ratio(one: Spent, other: Spent) -> str:
    return f"{one.cpu / other.cpu:.3f} ({one.wall / other.wall:.3f})"


def environment(**more: object) -> dict[str, str]:
    """That of a process of a user, who has what Python compiled."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**plain, **{name: str(value) for name, value in more.items()}}


def prep(root: Path, query: str) -> Spent:
    """A search of the pair of a programme."""
    command = [sys.executable, "-m", "assistant", "search", search.PAIR, query, "--json"]
    return spent(command, environment(PREP_PROGRAMME=root, PYTHONPATH=ROOT))


class Pair:
    """A made-up pair of so many chunks, and the same chunks in every peer."""

    def __init__(self, scratch: Path, size: int, peers: str) -> None:
        self.size, self.peers, self.root, self.home = size, peers, scratch / f"pair-{size}", scratch / f"peers-{size}"
        self.home.mkdir()
        self.peers_env = environment(LLM_USER_PATH=scratch / "llm")
        search.programme(self.root, max(1, size // PARAGRAPHS), PARAGRAPHS)
        self.built = prep(self.root, QUERIES[0])
        self.chunks = self._hand_over()

    def _hand_over(self) -> int:
        """Write the chunks of prep's own index for the peers; returns how many."""
        found = search.texts(self.root)
        rows = (json.dumps({"id": id, "text": text}, ensure_ascii=False) for id, text in found)
        (self.home / "chunks.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return len(found)

    @property
    def names(self) -> tuple[str, ...]:
        return LEAST if self.size > MIDDLE else tuple(NAMES)

    def build_peers(self) -> Spent | None:
        """Build all; what Chroma's bare `add` took, vectors not counted."""
        added = None
        for name in self.names:
            if name != "prep":
                out = subprocess.run(
                    [self.peers, PEER, name, "build", str(self.home)],
                    env=self.peers_env,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
                added = Spent(*map(float, out.split())) if name == "chroma" else added
        return added

    def ask(self, name: str, query: str) -> Spent:
        if name == "prep":
            return prep(self.root, query)
        if name == "llm":
            llm = str(Path(self.peers).parent / "llm")
            command = [llm, "similar", "chunks", "-d", str(self.home / "llm.db"), "-c", query, "-n", "5"]
        else:
            command = [self.peers, PEER, name, "ask", str(self.home), query]
        return spent(command, self.peers_env)


def cold(pair: Pair, runs: int) -> dict[str, Spent]:
    """Shell to result, medians; all peers in turn, each run with another query."""
    times: dict[str, list[Spent]] = defaultdict(list)
    for run in range(runs + 1):
        for name in pair.names:
            took = pair.ask(name, QUERIES[run % len(QUERIES)])
            if run:  # the first ones fill the disk's cache and compile
                times[name].append(took)
    return {name: middle(some) for name, some in times.items()}


def edited(scratch: Path, runs: int) -> list[str]:
    """One of 2,000 notes changed, and the check that an index is up to date, as lines of a table."""
    root = scratch / "notes"
    home = search.programme(root, 2000)
    built = prep(root, QUERIES[0])
    note, times, quiet, bare = sorted(home.glob("*.md"))[1000], list[Spent](), list[Spent](), list[Spent]()
    for run in range(runs + 1):
        note.write_text(f"Nu staat hier iets anders, keer {run}.\n", encoding="utf-8")
        times.append(prep(root, QUERIES[0]))
        quiet.append(prep(root, QUERIES[0]))
        bare.append(spent([sys.executable, "-c", "pass"], environment()))
    time.sleep(search.SETTLED)
    checks = [search.check(root) for _ in range(runs + 1)][1:]
    return [
        f"| search after an edit of one of 2,000 notes, over the full build | {ratio(middle(times[1:]), built)} | .05 |",
        f"| the same without an edit, over the full build | {ratio(middle(quiet[1:]), built)} | |",
        f"| the same without an edit, over a bare start of Python | {ratio(middle(quiet[1:]), middle(bare[1:]))} | |",
        f"| check that the index is up to date, 2,000 notes, processor time over a bare start | {1000 * statistics.median(checks):.0f} ms | 60 ms |",
    ]


def ndcg(lines: Iterable[tuple[str, str, float]], folder: Path) -> float:
    """nDCG@10 of a run."""
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    for row in retrieval.rows(folder / "qrels.jsonl"):
        relevant[str(row["query_id"])][str(row["passage_id"])] = float(row["relevance"])
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for query, passage, score in lines:
        found[str(query)].setdefault(str(passage), score)
    return statistics.fmean(_gain(relevant[query], found[query]) for query in relevant)


def _gain(wanted: dict[str, float], found: dict[str, float]) -> float:
    best = sorted(found, key=lambda passage: -found[passage])[:10]
    ideal = sum(g / math.log2(n + 2) for n, g in enumerate(sorted(wanted.values(), reverse=True)[:10]))
    return sum(wanted.get(p, 0.0) / math.log2(n + 2) for n, p in enumerate(best)) / (ideal or 1.0)


def quality(folder: Path, peers: str, env: dict[str, str]) -> list[str]:
    """A line of a table for each set."""
    lines = []
    for one in sorted(p for p in folder.iterdir() if (p / "qrels.jsonl").is_file()):
        values = [ndcg(((q, p.replace(" ", "_"), s) for q, p, s in retrieval.run(one)), one)]
        for name in list(NAMES)[1:]:
            out = subprocess.run(
                [peers, PEER, name, "run", str(one)], env=env, capture_output=True, text=True, check=True
            )
            rows = (line.split() for line in out.stdout.splitlines())
            values.append(ndcg(((row[0], row[1], float(row[2])) for row in rows), one))
        lines.append(f"| {one.name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
        print(lines[-1], flush=True)
    return lines


def table(head: Sequence[str], lines: Iterable[str]) -> str:
    return "\n".join([f"| {' | '.join(head)} |", "|" + "---|" * len(head), *lines]) + "\n"


def machine() -> str:
    """What is measured on, in words."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{os.cpu_count()} processor cores, {platform.system()}, Python {python}, SQLite {sqlite3.sqlite_version}"


def versions(peers: str) -> str:
    code = (
        "from importlib.metadata import version as v;"
        "print(', '.join(f'{n} {v(n)}' for n in ('bm25s','chromadb','langchain-chroma','llm')))"
    )
    return subprocess.run([peers, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def speed(scratch: Path, sizes: Sequence[int], runs: int, peers: str) -> tuple[list[str], list[str]]:
    """Lines of the table of cold searches, and of that of builds."""
    asked, builds = {name: [f"| {NAMES[name]}"] for name in NAMES}, []
    for size in sizes:
        pair = Pair(scratch, size, peers)
        added = pair.build_peers()
        found = cold(pair, runs)
        for name, cells in asked.items():
            cells.append(ratio(found[name], found["llm"]) if name in found else "")
        if added:
            rate = Spent(pair.chunks / pair.built.wall, pair.chunks / pair.built.cpu)
            bare = Spent(pair.chunks / added.wall, pair.chunks / added.cpu)
            builds.append(
                f"| chunks a second of a first search, {pair.chunks:,} chunks, over Chroma's bare `add` | {ratio(rate, bare)} | .7 |"
            )
        print(
            f"{size}: {pair.chunks} chunks, over llm similar: "
            + ", ".join(f"{n} {ratio(s, found['llm'])}" for n, s in found.items()),
            flush=True,
        )
    bars = ["| bar for prep", *(f"{BARS[size]:.2f}" if size in BARS else "" for size in sizes)]
    return [" | ".join(cells) + " |" for cells in [*asked.values(), bars]], builds


def safety() -> list[str]:
    """What bench/kill.py and bench/crowd.py say, as items of a list."""
    items = []
    for script, *words in (("kill.py",), ("crowd.py", "--notes", "100")):
        command = [sys.executable, str(ROOT / "bench" / script), *words]
        out = subprocess.run(command, capture_output=True, text=True, env=environment(PYTHONPATH=ROOT)).stdout
        items += [f"- {line}" for line in out.splitlines()]
        print(out, end="", flush=True)
    return items


PAGE_TEXT = """# prep beside its peers

Written by `make bench` ({command}) on {day}; do not edit. {machine}. Peers: {versions}.

All figures are ratios, of medians over {runs} runs in which all took turns; of processor time (user and system), and in
brackets of time on the clock, which other work on the machine can spoil. What is worth comparing is the ratio.

## A search, from the shell to its result

Each in a new process, over `llm similar` on the same chunks. The pair's notes are made up, {paragraphs} chunks a note;
every peer holds the very chunks of prep's index. Where a peer needs vectors it has hashed ones of letters, which cost
next to nothing to make: a model of its own would only slow it. {queries} questions take turns.

{cold}
## Building and editing

{build}
The build is the first search of a pair, all of it: reading the notes and their levels, the index, the search. Chroma's
`add` gets chunks and vectors that were made before. With another embedder than none prep adds vectors to that.

{quality}{safety}"""


def page(arguments: argparse.Namespace, sizes: Sequence[int], parts: dict[str, list[str]]) -> str:
    """docs/benchmarks.md."""
    heads = ["what", "ratio", "bar"]
    good = "## What is found\n\nnDCG@10 of sets of queries with known answers, each query asked within its own collection.\n\n"
    safe = "## Killed and crowded\n\n"
    return (
        PAGE_TEXT.format(
            command="bench/compare.py",
            day=dt.date.today(),
            machine=machine(),
            versions=versions(arguments.peers),
            runs=arguments.runs,
            paragraphs=PARAGRAPHS,
            queries=len(QUERIES),
            cold=table(["chunks", *(f"{size:,}" for size in sizes)], parts["cold"]),
            build=table(heads, parts["build"]),
            quality=good + table(["set", *NAMES.values()], parts["quality"]) + "\n" if parts["quality"] else "",
            safety=safe + "\n".join(parts["safety"]) + "\n" if parts["safety"] else "",
        ).rstrip("\n")
        + "\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers", required=True, metavar="PYTHON")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        asked, builds = speed(Path(scratch), sizes, given.runs, given.peers)
        builds += edited(Path(scratch), given.runs)
        env = environment(LLM_USER_PATH=Path(scratch) / "llm")
        found = quality(given.sets, given.peers, env) if given.sets else []
    parts = {"cold": asked, "build": builds, "quality": found, "safety": [] if given.brief else safety()}
    given.out.write_text(page(given, sizes, parts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
