"""Trains the weights by which prep judges what it may propose, and measures them on examples left out of training.

    python bench/train_secrecy.py [--check]

Needs numpy; nothing at run time does.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from assistant.privacy import secrecy

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "privacy" / "secrecy"
PARTS = 10
_BROAD = {"kind": 1.0, "length": 1.0, "number": 1.0, "w": 2.0, "2": 4.0}  # how tightly a weight is held to nothing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="measure only")
    parser.add_argument("--l2", type=float, default=0.5)
    a = parser.parse_args()
    examples = read()
    cross_validate(examples, a.l2)
    if not a.check:
        weights = train([(list(secrecy.features(text)), bad) for text, bad in examples], a.l2)
        kept = {name: round(w, 3) for name, w in weights.items() if not name or abs(w) >= 0.02}
        text = json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
        (FOLDER / "weights.json").write_text(text, encoding="utf-8")
        print(len(kept), "weights")


def read() -> list[tuple[str, bool]]:
    """(sentence, may it not be offered?) of every example."""
    lines = (FOLDER / "examples.txt").read_text(encoding="utf-8").splitlines()
    return [(line[2:], line[0] == "-") for line in lines if line[:2] in ("+ ", "- ")]


def cross_validate(examples: list[tuple[str, bool]], l2: float) -> None:
    """Each example judged by weights that were learned without it, words that rule out included."""
    passed = {True: 0, False: 0}
    ruled = {True: 0, False: 0}
    for part in range(PARTS):
        rest = [e for n, e in enumerate(examples) if n % PARTS != part]
        weights = train([(list(secrecy.features(text)), bad) for text, bad in rest], l2)
        for text, bad in (e for n, e in enumerate(examples) if n % PARTS == part):
            out = secrecy.ruled_out(text) is not None
            ruled[bad] += out
            passed[bad] += not out and secrecy.score(secrecy.features(text), weights) < secrecy.RISK
    good, closed = (sum(e[1] is kind for e in examples) for kind in (False, True))
    print(f"offered of those that may be: {passed[False]}/{good}; of those that may not: {passed[True]}/{closed}")
    print(f"ruled out by a word: {ruled[False]}/{good} and {ruled[True]}/{closed}")


def train(rows: list[tuple[list[str], bool]], l2: float) -> dict[str, float]:
    """Logistic regression with ridge, by gradient descent with momentum."""
    names = sorted({name for found, _ in rows for name in found})
    at = {name: n for n, name in enumerate(names, 1)}
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, 0] = 1
    for n, (found, _) in enumerate(rows):
        matrix[n, [at[name] for name in found]] = 1
    wanted = np.array([float(bad) for _, bad in rows])
    hold = l2 * np.array([0.0, *(_BROAD[name.split(" ", 1)[0]] for name in names)])
    weights, speed = np.zeros(len(names) + 1), np.zeros(len(names) + 1)
    for _ in range(600):
        guess = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        speed = 0.9 * speed - 0.02 * (matrix.T @ (guess - wanted) + hold * weights) / 4
        weights += speed
    return dict(zip(["", *names], map(float, weights), strict=True))


if __name__ == "__main__":
    main()
