"""Trains the weights by which topics left open and beliefs are found, and measures them by leaving each author out.

    python bench/train_talk.py [--cases tests/cases/reading/build] [--check]

Positives are the pieces that hold words of a right answer; a topic that a later note settled counts for neither.
Needs numpy; nothing at run time does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from people import EXAMPLE, pair_of_case
from train_reader import ROOT, Bag, cross_validate, flat, overlaps, train

from assistant.notes import beliefs, note, threads
from assistant.notes.people import Roster
from assistant.notes.pieces import Piece, pieces_of
from assistant.notes.utterances import utterances
from assistant.programme.folder import Folder
from assistant.records import Note, Pair

L2 = 4.0  # how firmly weights are held to nothing: there are few answers and many words
KINDS = {"threads": ("thread", threads.features), "beliefs": ("belief", beliefs.features)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=ROOT / "tests" / "cases" / "reading" / "build")
    parser.add_argument("--check", action="store_true", help="measure only")
    parser.add_argument("--l2", type=float, default=L2)
    a = parser.parse_args()
    for kind in KINDS:
        bags = [bag for author in sorted(a.cases.iterdir()) for bag in of_author(author, kind)]
        bags += example_bags(kind)
        print(kind)
        cross_validate(bags, a.l2)
        if not a.check:
            kept = {n: round(w, 3) for n, w in train(bags, a.l2).items() if not n or abs(w) >= 0.01}
            target = ROOT / "corpus" / "reading" / "talk" / f"{kind}.json"
            target.write_text(json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def of_author(folder: Path, kind: str) -> Iterator[Bag]:
    """All pieces of one author's notes and single sentences."""
    programme = Folder(folder / "programme")
    for slug in programme.slugs:
        pair = programme.pair(slug)
        gold = json.loads((programme.pair_folder(slug) / "gold.json").read_text(encoding="utf-8"))
        for file in programme.notes(slug):
            date, nth = note.date_of(file.name) or (dt.date.min, 1)
            read = note.read(file.raw, file.path, date, nth)
            if read.status == "planned" or str(read.date) > gold["today"]:
                continue
            if kind == "threads":
                answers = [g["anchor"] for g in gold["threads"] if g["made"] == str(read.date)]
                yield from note_bags(pieces(read, pair, kind), answers, gold["resolved"], kind, folder.name)
            else:
                yield from note_bags(
                    pieces(read, pair, kind), [g["belief"] for g in gold["beliefs"]], [], kind, folder.name
                )
    if (folder / "sentences.jsonl").is_file():
        yield from sentence_bags(folder / "sentences.jsonl", kind, folder.name)


def pieces(read: Note, pair: Pair, kind: str) -> list[Piece]:
    roster = Roster(pair)
    return pieces_of(utterances(read, roster), roster, kind)


def note_bags(found: list[Piece], answers: list[str], unsure: list[str], kind: str, author: str) -> Iterator[Bag]:
    """One bag an answer, one a piece that is none."""
    features = KINDS[kind][1]
    bags: dict[str, Bag] = {}
    before = False
    for at, piece in enumerate(found):
        mine = [x for x in answers if overlaps(flat(piece.text), flat(x))]
        for answer in mine:
            bags.setdefault(answer, Bag(author, True, [], 2.0)).clauses.append(features(found, at))
        tells_on = before and found[at - 1].said.block == piece.said.block and len(piece.matter()) < threads.SCANT
        before = bool(mine) or tells_on  # what follows an answer in its paragraph may be what left it
        if not before and not any(overlaps(flat(piece.text), flat(x)) for x in unsure):
            yield Bag(author, False, [features(found, at)])
    yield from bags.values()


def sentence_bags(file: Path, kind: str, author: str) -> Iterator[Bag]:
    """Single sentences with their kind."""
    name, features = KINDS[kind]
    for line in file.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        pair = pair_of_case(case)
        found = pieces(note.read(case["text"].encode(), "x.md", dt.date.fromisoformat(case["date"])), pair, kind)
        some = [features(found, at) for at in range(len(found))]
        if case["kind"] != name:
            yield from (Bag(author, False, [one]) for one in some)
        elif some:
            yield Bag(author, True, some)


def example_bags(kind: str) -> Iterator[Bag]:
    """The lines of corpus/reading/talk/examples.txt."""
    letter, features = KINDS[kind][0][0].upper(), KINDS[kind][1]
    for line in (ROOT / "corpus" / "reading" / "talk" / "examples.txt").read_text(encoding="utf-8").splitlines():
        if line[:2] not in ("T ", "B ", "- "):
            continue
        found = pieces(note.read(line[2:].encode(), "x.md", dt.date(2026, 3, 12)), EXAMPLE, kind)
        some = [features(found, at) for at in range(len(found))]
        if line[0] == letter:
            yield Bag("examples", True, some, 0.5)
        else:
            yield from (Bag("examples", False, [one], 0.5) for one in some)


if __name__ == "__main__":
    main()
