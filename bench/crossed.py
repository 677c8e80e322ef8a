"""How well notes are read by hands that nothing was learned from: each author is read by weights that the others gave.

    python bench/crossed.py [--cases tests/cases/reading/build] [--misses]

The rules were written with some of these notes at hand, the weights without; so this flatters less than the figures of
the notes that the weights were trained on, and more than those of notes that nobody has read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from unittest import mock

import train_outcomes
import train_reader
import train_talk
from reading import CASES, count
from stories import stories
from tally import Tally

from assistant.notes import judge, outcomes, talk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=CASES / "build")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    authors = sorted(folder for folder in given.cases.iterdir() if folder.is_dir())
    tallies = [read_by_others(author, authors) for author in authors]
    report(tallies, given.misses)


def read_by_others(author: Path, authors: list[Path]) -> Tally:
    """Count one author's notes, read by what was learned from the other authors and the examples."""
    others = [one for one in authors if one != author]
    bags = [bag for one in others for bag in train_reader.of_author(one)]
    promises = train_reader.train(bags + train_reader.example_bags() + train_reader.demo_bags(), train_reader.L2)
    told = {kind: of_kind(kind, others) for kind in train_talk.KINDS}
    short = [train_outcomes.Case("stories", train_outcomes.TARGET.parent, s.readings, s.gold) for s in stories()]
    known = train_outcomes.cases([one / "programme" for one in others])
    fates = train_outcomes.fit(known + short, train_outcomes.SURE)
    with (
        mock.patch.object(judge, "weights", return_value=promises),
        mock.patch.object(talk, "weights", side_effect=told.__getitem__),
        mock.patch.object(outcomes, "model", return_value=fates),
    ):
        return count(author)


def of_kind(kind: str, authors: list[Path]) -> dict[str, float]:
    """Weights for threads or beliefs out of some authors' notes and the examples."""
    bags = [bag for one in authors for bag in train_talk.of_author(one, kind)]
    return train_reader.train([*bags, *train_talk.example_bags(kind)], train_talk.L2)


def report(tallies: list[Tally], misses: bool) -> None:
    """Each figure over all authors."""
    hits, of = Counter[str](), Counter[str]()
    for tally in tallies:
        hits.update(tally.hits)
        of.update(tally.of)
    for figure, cases in of.items():
        print(f"{figure:32}{hits[figure] / cases:.3f} {hits[figure]:>4}/{cases}")
        for tally in tallies if misses else ():
            print(*tally.misses.get(figure, ()), sep="\n  ")


if __name__ == "__main__":
    main()
