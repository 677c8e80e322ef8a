"""Trains the weights by which prep judges whether a promise is about a person, and measures them.

    python bench/train_office.py [--check]

Learned from corpus/privacy/office/examples.txt and from the half `build` of tests/cases/office.yaml. What is told is
how it does on parts left out of training, and on the half `count`. Needs numpy; nothing at run time does.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import train_secrecy

from assistant.privacy import personal, secrecy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from case_files import cases

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "privacy" / "office"
PARTS, L2 = 8, 1.0
PEOPLE = {"Willem": "X", "Noor": "X"}

Example = tuple[str, bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="measure only")
    options = parser.parse_args()
    examples = [*written(), *judged("build")]
    left_out = [
        (text, bad, learned([e for m, e in enumerate(examples) if m % PARTS != part]))
        for part in range(PARTS)
        for n, (text, bad) in enumerate(examples)
        if n % PARTS == part
    ]
    told("left out of training", [(secrecy.score(personal.features(text), by), bad) for text, bad, by in left_out])
    weights = learned(examples)
    told("half count", [(secrecy.score(personal.features(text), weights), bad) for text, bad in judged("count")])
    if not options.check:
        kept = {name: round(w, 3) for name, w in weights.items() if not name or abs(w) >= 0.02}
        text = json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
        (FOLDER / "weights.json").write_text(text, encoding="utf-8")


def written() -> list[Example]:
    """(line, is it about a person?) of every example."""
    lines = (FOLDER / "examples.txt").read_text(encoding="utf-8").splitlines()
    return [(line[2:], line[0] == "-") for line in lines if line[:2] in ("+ ", "- ")]


def judged(half: str) -> list[Example]:
    """The same of the cases, their people as X and Z."""
    found = []
    for case in cases("office.yaml"):
        text = str(case["text"])
        for name, sign in PEOPLE.items():
            text = text.replace(name, sign)
        if case["half"] == half:
            found.append((personal.masked(text), "matter" in case))
    return found


def learned(examples: list[Example]) -> dict[str, float]:
    train_secrecy._BROAD["s"] = 1.0
    return train_secrecy.train([(list(personal.features(text)), bad) for text, bad in examples], L2)


def told(name: str, scores: list[tuple[float, bool]]) -> None:
    caught = sum(score >= personal.RISK for score, bad in scores if bad)
    false = sum(score >= personal.RISK for score, bad in scores if not bad)
    of = sum(bad for _, bad in scores)
    print(f"{name}: {caught}/{of} that are about a person are kept back, {false}/{len(scores) - of} that are not")


if __name__ == "__main__":
    main()
