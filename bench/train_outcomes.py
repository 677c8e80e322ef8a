"""Learns from notes with known answers by which signs a later sentence closes a promise.

    python bench/train_outcomes.py PROGRAMME... [--check PROGRAMME...] [--write]

Prints how often the status of a promise comes out right when each author is judged by weights learned from the
others, and with --check on programmes that nothing was learned from. --write puts the weights learned from all
PROGRAMMEs into corpus/reading/outcomes/weights.json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from stories import stories

from assistant.notes import evidence, note, outcomes, reader
from assistant.notes.evidence import Candidate
from assistant.notes.matters import Chronicle, Said
from assistant.notes.outcomes import Model
from assistant.notes.traces import tokens
from assistant.programme.folder import Folder
from assistant.records import Commitment, Level, Line, Reading, Source
from assistant.resources import corpus
from assistant.words import fold

Row = tuple[dict[str, float], bool, float]
FIRMNESS = 6.0
OF_A_STORY = 0.25  # what a sentence of a made-up story counts beside one of a whole pair
LEAST = 0.15
STORIES = "stories"
SURE = 0.4  # how likely a promise must be closed to be taken for closed
KIND = frozenset({"one", "done", "dropped", "near_dropped", "negation"})
FOR = frozenset(
    {
        "own",
        "context",
        "share",
        "rarest",
        "several",
        "seldom",
        "only_here",
        "names",
        "heading",
        "topic",
        "report",
        "best_here",
        "early",
        "looks_back",
        "done",
        "dated",
        "done_own",
        "past_own",
        "plain_own",
        "perfect",
        "past",
        "near_done",
        "near_dropped",
        "dropped",
        "dropped_own",
        "lead",
        "lead_dropped",
        "lead_done",
        "lead_point",
        "overdue",
        "closeness",
        "as_many",
        "more",
        "same_actor",
        "before",
    }
)
AGAINST = frozenset(
    {
        "unmet",
        "unmet_own",
        "part",
        "part_own",
        "in_part",
        "of_all",
        "fewer",
        "still",
        "still_own",
        "future",
        "asks",
        "promise",
        "rival",
        "unmet_later",
        "unmet_elsewhere",
        "near_unmet",
        "near_part",
        "negation",
        "box",
        "short",
        "lead_unmet",
    }
)
TARGET = corpus() / "reading" / "outcomes" / "weights.json"


class Case:
    """One pair: its readings up to the day of the answers, and its promises as the answers have them."""

    def __init__(self, author: str, root: Path, readings: list[Reading], gold: list[dict[str, Any]]) -> None:
        self.author, self.root, self.readings = author, root, readings
        self.gold = [g for g in gold if g["level"] != "sealed"]
        self.commitments = [_commitment(g, readings) for g in self.gold]
        self.chronicle = Chronicle(readings)

    @classmethod
    def of_pair(cls, author: str, folder: Folder, slug: str) -> Case:
        """A pair with its gold.json."""
        gold = json.loads((folder.root / "pairs" / slug / "gold.json").read_text(encoding="utf-8"))
        pair, today = folder.pair(slug), dt.date.fromisoformat(gold["today"])
        read = []
        for file in folder.notes(slug):
            date, nth = note.date_of(file.name) or (dt.date.min, 1)
            read.append(reader.read(note.read(file.raw, file.path, date, nth), pair))
        past = sorted((r for r in read if r.note.date <= today), key=lambda r: (r.note.date, r.note.nth))
        return cls(author, folder.root, past, gold["commitments"])


def norm(text: str) -> str:
    """The form in which answers are looked up in sentences."""
    return " ".join(fold(text).split())


def _commitment(gold: dict[str, Any], readings: list[Reading]) -> Commitment:
    made = dt.date.fromisoformat(gold["made"])
    anchor = gold["anchor"]
    found = Source("", 0, made, Level(gold["level"]), anchor)
    for reading in readings:
        if reading.note.date == made:
            line = next((s for s in reading.lines if norm(anchor) in norm(s.text)), None)
            at, text = (line.line, line.text) if line else (0, anchor)
            found = Source(reading.note.path, at, made, found.level, text)
    due = dt.date.fromisoformat(gold["due"]) if gold["due"] else None
    return Commitment("c-" + anchor, anchor, gold["owner"], made, due, "open", None, found.level, (found,))


def cases(programmes: list[Path]) -> list[Case]:
    """All pairs of some programmes; the author is the folder's or its parent's name."""
    found = []
    for root in programmes:
        author = root.parent.name if root.name == "programme" else root.name
        folder = Folder(root)
        found += [Case.of_pair(author, folder, p.parent.name) for p in sorted(root.glob("pairs/*/gold.json"))]
    return found


def examples(case: Case) -> Iterator[tuple[str, dict[str, Any], Reading, list[Candidate]]]:
    """(what the answers say of the promise in this note, the answer, the note, its candidates), while it stands."""
    gone: set[str] = set()
    for reading in case.readings:
        standing = [c for c in case.commitments if c.made < reading.note.date and c.id not in gone]
        golds = {c.id: g for c, g in zip(case.commitments, case.gold, strict=True)}
        for commitment, found in zip(standing, evidence.candidates(case.chronicle, standing, reading), strict=True):
            gold = golds[commitment.id]
            closes = bool(gold["closed_by"]) and any(_closes(gold, s.text) for s in reading.lines)
            if closes:
                gone.add(commitment.id)
            yield gold["status"] if closes else "open", gold, reading, found


def _closes(gold: dict[str, Any], text: str) -> bool:
    """Does a sentence, or a piece of one, hold the words that the answers give?"""
    words = norm(gold["closed_by"])
    return words in norm(text) or f" {' '.join(words.split()[:6])} " in f" {norm(text)} "


def rows(case: Case) -> tuple[list[Row], list[Row]]:
    """Rows for the two judges; the sentences beside a closing one count for neither."""
    closes: list[Row] = []
    gone: list[Row] = []
    worth = OF_A_STORY if case.author == STORIES else 1.0
    for status, gold, _, found in examples(case):
        at = {c.at for c in found if status != "open" and _closes(gold, c.said.line.text)}
        for c in found:
            if c.at in at:
                gone.append((c.signs, status == "dropped", worth))
            if c.at in at or not at & {c.at - 1, c.at + 1}:
                closes.append((c.signs, c.at in at, worth))
    return closes, gone


def told(programme: Path) -> list[Row]:
    """Single sentences that tell of something done or let go, where a programme has them beside it."""
    path = programme.parent / "sentences.jsonl"
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    rows: list[Row] = []
    for entry in found:
        if entry["kind"] in ("done", "dropped"):
            line = Line(entry["text"], 1, Level.PAIR, "mentor")
            spoken = tokens(line.text)
            signs = evidence.way_of_telling([Said(line, spoken, frozenset())], 0, 1.0)
            rows.append(({"one": 1.0, **signs}, entry["kind"] == "dropped", 1.0))
    return rows


def learn(data: list[Row], firmness: float, signed: bool = False, rounds: int = 500) -> dict[str, float]:
    """Logistic regression with a quadratic penalty; where `signed`, no sign weighs against its plain meaning."""
    names = sorted({name for signs, _, _ in data for name in signs})
    signs = np.array([[some.get(name, 0.0) for name in names] for some, _, _ in data])
    truth, worth = np.array([float(t) for _, t, _ in data]), np.array([w for _, _, w in data])
    pull = np.array([0.0 if name == "one" else firmness for name in names])
    least = np.array([0.0 if signed and name in FOR else -np.inf for name in names])
    most = np.array([0.0 if signed and name in AGAINST else np.inf for name in names])
    weights, steps = np.zeros(len(names)), np.full(len(names), 1e-8)
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
        slopes = pull * weights + signs.T @ ((likely - truth) * worth)
        steps += slopes**2
        weights = np.clip(weights - 0.5 * slopes / np.sqrt(steps), least, most)
    return {name: round(weight, 3) for name, weight in zip(names, weights.tolist(), strict=True)}


def judge(case: Case, learned: Model) -> list[tuple[str, str, dict[str, Any], str]]:
    """(status, known status, answer, the sentence that closed it) of every promise."""
    standing = list(case.commitments)
    fates = outcomes.Fates(case.readings, learned)
    for reading in case.readings:
        standing = fates.after(standing, reading)
    return [
        (c.status, g["status"], g, c.sources[-1].quote if len(c.sources) > 1 else "")
        for c, g in zip(standing, case.gold, strict=True)
    ]


def right(results: list[tuple[str, str, dict[str, Any], str]]) -> float:
    """Share of statuses that are right."""
    return sum(a == b for a, b, *_ in results) / max(len(results), 1)


def report(title: str, results: list[tuple[str, str, dict[str, Any], str]], misses: bool = False) -> None:
    """The share of statuses that are right, and what was taken for what."""
    table = Counter(f"{known}>{found}" for found, known, *_ in results)
    by_line = sum(bool(q) and bool(g["closed_by"]) and _closes(g, q) for _, _, g, q in results)
    closings = sum(bool(g["closed_by"]) for _, _, g, _ in results)
    share = f"{right(results):.3f} of {len(results)}"
    print(f"{title}: {share}; closed by the right words {by_line}/{closings}", dict(table))
    for found, known, gold, quote in results if misses else ():
        if found != known:
            print(f"   {known}>{found}: {gold['anchor'][:70]} | {gold['closed_by']} | {quote[:140]!r}")


def fit(some: list[Case], sure: float) -> Model:
    """A model of some pairs."""
    both = [rows(case) for case in some]
    closes = learn([row for pair in both for row in pair[0]], FIRMNESS, signed=True)
    gone = [row for pair in both for row in pair[1]] + [row for root in {c.root for c in some} for row in told(root)]
    only: list[Row] = [({k: v for k, v in signs.items() if k in KIND}, truth, w) for signs, truth, w in gone]
    return Model(closes, learn(only, 1.0), sure, LEAST)


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programmes", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--sure", type=float, default=SURE)
    given = parser.parse_args()
    known = cases(given.programmes)
    short = [Case(STORIES, TARGET.parent, story.readings, story.gold) for story in stories()]
    crossed = []
    for author in sorted({case.author for case in known}):
        learned = fit([case for case in known if case.author != author] + short, given.sure)
        results = [r for case in known if case.author == author for r in judge(case, learned)]
        report(author, results, given.misses)
        crossed += results
    report("across authors", crossed)
    learned = fit(known + short, given.sure)
    if given.check:
        report("checked", [r for case in cases(given.check) for r in judge(case, learned)], given.misses)
    if given.write:
        TARGET.write_text(json.dumps(msgspec.to_builtins(learned), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
