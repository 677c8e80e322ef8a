"""Trains the weights by which promises are found in running text, and measures them by leaving each author out.

    python bench/train_reader.py [--cases tests/cases/reading/build] [--check]

Positives are the clauses of the right answers and of the sentences that are commitments; where it is not known which
clause of a sentence promises, it is the one that scores best. Needs numpy; nothing at run time does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from people import EXAMPLE, pair_of_case

from assistant.notes import judge, note, promises
from assistant.notes.people import Roster
from assistant.notes.utterances import utterances
from assistant.programme.folder import Folder
from assistant.records import Pair

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "corpus" / "reading" / "promises" / "examples.txt"
WEIGHTS = ROOT / "corpus" / "reading" / "promises" / "weights.json"
# What stands around a clause tells less than its own words: those weights are held closer to nothing.
_AROUND = frozenset({"before", "behind", "near", "t", "place", "words", "sentence", "side", "np", "1", "w"})
_CONTEXT = 2.0
L2 = 1.0  # how firmly weights are held to nothing


class Bag(msgspec.Struct):
    """The clauses of one sentence (or answer) by their features; `promise` says that one of them promises."""

    author: str
    promise: bool
    clauses: list[tuple[str, ...]]
    weight: float = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=ROOT / "tests" / "cases" / "reading" / "build")
    parser.add_argument("--check", action="store_true", help="measure only")
    parser.add_argument("--l2", type=float, default=L2)
    a = parser.parse_args()
    bags = [bag for author in sorted(a.cases.iterdir()) for bag in of_author(author)]
    bags += example_bags() + demo_bags()
    cross_validate(bags, a.l2)
    if not a.check:
        weights = train(bags, a.l2)
        kept = {name: round(w, 3) for name, w in weights.items() if not name or abs(w) >= 0.01}
        WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(len(kept), "weights,", WEIGHTS.stat().st_size // 1024, "kB")


def of_author(folder: Path) -> list[Bag]:
    """All sentences of one author's notes and single sentences."""
    singles = folder / "sentences.jsonl"
    bags: list[Bag] = list(sentence_bags(singles, folder.name)) if singles.is_file() else []
    programme = Folder(folder / "programme")
    for path in sorted((folder / "programme" / "pairs").iterdir()):
        pair = programme.pair(path.name)
        gold = json.loads((path / "gold.json").read_text(encoding="utf-8"))
        for file in sorted((path / "sessions").glob("*.md")):
            bags += note_bags(file, pair, gold["commitments"], folder.name)
    return bags


def flat(text: str) -> str:
    return " ".join(text.split())


def note_bags(file: Path, pair: Pair, gold: list[dict[str, Any]], author: str) -> list[Bag]:
    """One bag a sentence; an answer that runs over two sentences is one bag of both."""
    found = note.date_of(file.name)
    assert found is not None
    read = note.read(file.read_bytes(), file.name, *found)
    if read.status == "planned":
        return []
    roster = Roster(pair)
    said = utterances(read, roster)
    known = {(p.source.line, p.source.quote) for p in promises.found_in(read, said, roster)}
    anchors = [flat(g["anchor"]) for g in gold if g["made"] == str(read.date)]
    bags: list[Bag] = []
    answers: dict[str, Bag] = {}
    for number, here in enumerate(said):
        if (here.line, promises.source_of(here, read).quote) in known:
            continue
        parts = judge.candidates(said, number, roster)
        text = flat(here.text)
        mine = [x for x in anchors if overlaps(text, x) or (len(text) > 25 and text[:25] in x)]
        if not mine:
            bags += [Bag(author, False, [c.features]) for c in parts]
        for anchor in mine:
            inside = [c for c in parts if overlaps(flat(here.text[c.clause.start : c.clause.end]), anchor)]
            answers.setdefault(anchor, Bag(author, True, [], 2.0)).clauses += [c.features for c in inside or parts]
    return bags + list(answers.values())


def overlaps(clause: str, anchor: str) -> bool:
    """Has a clause words in a row in common with an answer (it holds it, lies in it, or ends where it begins)?"""
    if anchor in clause or clause in anchor:
        return len(clause) > 1
    return any(clause.endswith(anchor[:n]) for n in range(8, len(anchor))) or any(
        clause.startswith(anchor[-n:]) for n in range(8, len(anchor))
    )


def sentence_bags(file: Path, author: str) -> list[Bag]:
    """Single sentences with their kind."""
    bags: list[Bag] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        pair = pair_of_case(case)
        read = note.read(case["text"].encode(), "x.md", dt.date.fromisoformat(case["date"]))
        roster = Roster(pair)
        said = utterances(read, roster)
        found = [c.features for n in range(len(said)) for c in judge.candidates(said, n, roster)]
        if case["kind"] != "commitment":
            bags += [Bag(author, False, [one]) for one in found]
        elif not promises.found_in(read, said, roster):
            bags.append(Bag(author, True, found))
    return [bag for bag in bags if bag.clauses]


def example_bags() -> list[Bag]:
    """The sentences of corpus/reading/promises/examples.txt."""
    roster = Roster(EXAMPLE)
    bags: list[Bag] = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line[:2] not in ("+ ", "- "):
            continue
        said = utterances(note.read(line[2:].encode(), "x.md", dt.date(2026, 3, 12)), roster)
        found = [c.features for n in range(len(said)) for c in judge.candidates(said, n, roster)]
        bags += [Bag("examples", True, found)] if line[0] == "+" else [Bag("examples", False, [one]) for one in found]
    return bags


def demo_bags() -> list[Bag]:
    """The notes of the demo, with the promises that demo.txt names."""
    lines = (WEIGHTS.parent / "demo.txt").read_text(encoding="utf-8").splitlines()
    anchors = [flat(line) for line in lines if line and not line.startswith("#")]
    bags: list[Bag] = []
    for home in sorted((ROOT / "corpus" / "demo").iterdir()):
        folder = Folder(home)
        for path in sorted((home / "pairs").iterdir()):
            for file in sorted((path / "sessions").glob("*.md")):
                text = flat(file.read_text(encoding="utf-8"))
                gold = [{"anchor": a, "made": file.stem[:10]} for a in anchors if a in text]
                bags += note_bags(file, folder.pair(path.name), gold, "demo")
    return bags


def train(bags: list[Bag], l2: float, least: int = 3) -> dict[str, float]:
    """Weights: the clause of a positive bag is chosen anew each round, the others of that bag are left out."""
    seen = Counter(f for bag in bags for clause in bag.clauses for f in set(clause))
    index = {name: n for n, name in enumerate(sorted(f for f, count in seen.items() if count >= least))}
    rows = [[(sorted({index[f] for f in clause if f in index})) for clause in bag.clauses] for bag in bags]
    pull = l2 * np.array([_CONTEXT if name.split(" ")[0] in _AROUND else 1.0 for name in index])
    weights, bias = np.zeros(len(index)), 0.0
    chosen = [[(row, b.promise, b.weight / len(each)) for row in each] for b, each in zip(bags, rows, strict=True)]
    for _ in range(4):
        weights, bias = fit([x for each in chosen for x in each], pull, weights, bias)
        chosen = [
            [(max(each, key=lambda row: weights[row].sum()) if bag.promise else each[0], bag.promise, bag.weight)]
            for bag, each in zip(bags, rows, strict=True)
        ]
    return {"": float(bias), **{name: float(weights[n]) for name, n in index.items()}}


def fit(cases: list[tuple[list[int], bool, float]], pull: Any, weights: Any, bias: float) -> tuple[Any, float]:
    """Logistic regression by Adam on all cases at once."""
    size = len(pull)
    columns = np.concatenate([np.array(row, dtype=int) for row, _, _ in cases])
    row_of = np.repeat(np.arange(len(cases)), [len(row) for row, _, _ in cases])
    truth = np.array([float(t) for _, t, _ in cases])
    weight = np.array([w for _, _, w in cases])
    first, second = np.zeros(size + 1), np.zeros(size + 1)
    state = np.append(weights, bias)
    for step in range(1, 401):
        total = np.bincount(row_of, state[:-1][columns], len(cases)) + state[-1]
        wrong = weight * (1 / (1 + np.exp(-total)) - truth)
        slope = np.append(np.bincount(columns, wrong[row_of], size) + pull * state[:-1], wrong.sum())
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        state -= 0.03 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return state[:-1], float(state[-1])


def cross_validate(bags: list[Bag], l2: float) -> None:
    """Found and right by sentence, each author judged by weights that the others gave."""
    results: list[tuple[str, float, bool]] = []
    for author in sorted({bag.author for bag in bags} - {"examples", "demo"}):
        weights = train([bag for bag in bags if bag.author != author], l2)
        mine = [bag for bag in bags if bag.author == author]
        results += [(author, max(judge.score(c, weights) for c in bag.clauses), bag.promise) for bag in mine]
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(f"bar {bar}: {figures(results, bar)}")
    for author in sorted({author for author, _, _ in results}):
        print(f"  {author}: {figures([r for r in results if r[0] == author], 0.5)}")


def figures(results: list[tuple[str, float, bool]], bar: float) -> str:
    """Found (recall) and right (precision) at a bar."""
    over = [promise for _, value, promise in results if value >= bar]
    of = sum(promise for _, _, promise in results)
    return f"found {sum(over) / of:.3f} of {of}, right {sum(over) / max(1, len(over)):.3f}"


if __name__ == "__main__":
    main()
