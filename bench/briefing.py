"""What an agenda and a model are told from: which sentences of the notes stand under the wishes of a pair, and what is stale.

    python bench/briefing.py [FOLDER ...] [--misses]

The wishes are those of tests/cases/briefing.yaml: was there a sentence about it, and was the one that was picked about
it? Each FOLDER holds programmes with a gold.json beside pair.toml (default: tests/cases/reading/build): how often does an
agenda or a wish lean on what a later note overturned or settled? The two that stand under two wishes are compared by words.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

from tally import Tally, printed

from assistant import pipeline, resources
from assistant.briefing import Brief
from assistant.desk import Desk
from assistant.drafts import Agenda
from assistant.programme.folder import Folder
from assistant.records import Audience, Level
from assistant.words import jaccard, stems
from assistant.writers import edited
from assistant.writers.material import material

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
DEMO_DAY = dt.date(2026, 7, 6)
_MINUTES = 60
_SAME = 0.5


@contextmanager
def copied(programme: Path) -> Iterator[Folder]:
    """A programme without what is derived, in a folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        shutil.copytree(programme, Path(home) / "programme", ignore=shutil.ignore_patterns(".prep"))
        yield Folder(Path(home) / "programme")


def opened(folder: Folder, slug: str) -> Desk:
    """A pair on the day that its gold.json says."""
    gold = folder.pair_folder(slug) / "gold.json"
    day = dt.date.fromisoformat(json.loads(gold.read_text("utf-8"))["today"]) if gold.is_file() else DEMO_DAY
    return Desk(folder, slug, day, offline=True)


def drafted(desk: Desk) -> tuple[Brief, Agenda]:
    """What an agenda of an hour is written from, and the agenda."""
    return pipeline.plain_agenda(desk, Audience.PAIR, desk.pair.language, _MINUTES, "")


def labelled(tally: Tally) -> None:
    """Count the wishes of the cases."""
    for case in resources.parsed((CASES / "briefing.yaml").read_text("utf-8")):
        with copied(ROOT / case["programme"]) as folder:
            desk = opened(folder, case["pair"])
            brief, agenda = drafted(desk)
            wishes(brief, case["wishes"], tally)
            shown(desk, agenda, case["wishes"], tally)


def wishes(brief: Brief, labels: dict[str, list[str]], tally: Tally) -> None:
    """Count what stands under each wish of a pair."""
    picked = [(w.wish.text, w.seen.quote if w.seen else None) for w in (*brief.wishes, *brief.learning)]
    for wish, quote in picked:
        right = quote is not None and any(plain(words) in plain(quote) for words in labels[wish])
        told = f"{brief.pair.slug}: {wish}: {quote}"
        if labels[wish]:
            tally.add("a wish of which the notes speak has a sentence about it", right, told)
        if quote is not None:
            tally.add("what stands under a wish is about it", right, told)
    for (_, one), (_, other) in combinations(picked, 2):
        if one and other:
            tally.add("two wishes have two different sentences", jaccard(stems(one), stems(other)) < _SAME, one)


def shown(desk: Desk, agenda: Agenda, labels: dict[str, list[str]], tally: Tally) -> None:
    """Count the lines that a model would see with each item."""
    leads = pipeline.phrases(desk, agenda.language).leads
    draft = edited.agenda_draft(agenda, {side: side for side in leads}, {})
    seen = material(draft.pieces, draft.sources, desk.readable(Audience.PAIR), _elsewhere, context=True)
    for piece in seen.pieces:
        sources = [seen.sources[key] for key in piece.sources]
        lines = [source.quote for source in sources if source.date]
        for number, line in enumerate(lines):
            new = all(jaccard(stems(line), stems(other)) < _SAME for other in lines[:number])
            tally.add("a model sees no line twice", new, f"{agenda.pair}: {line}")
        for wish in (source.quote for source in sources if labels.get(source.quote)):
            about = any(plain(words) in plain(line) for words in labels[wish] for line in lines)
            tally.add("a model sees a line about the wish of an item", about, f"{agenda.pair}: {wish}")


def _elsewhere(level: Level) -> bool:
    """What a model on another machine may read."""
    return level.openness >= Level.PAIR.openness


def stale(brief: Brief, draft: Agenda, gold: dict[str, Any], tally: Tally) -> None:
    """Count what an agenda, or a wish, leans on though a later note overturned or settled it."""
    subjects = [item for item in draft.items if item.kind not in ("contract", "close-the-loop", "review")]
    cited = [plain(draft.sources[key].quote) for item in subjects for key in item.sources if draft.sources[key].date]
    cited += [plain(w.seen.quote) for w in (*brief.wishes, *brief.learning) if w.seen]
    for plan in gold["superseded"]:
        old = not any(plain(plan["old"]) in quote for quote in cited)
        tally.add("a plan that was overturned is not leaned on", old, f"{brief.pair.slug}: {plan['old']}")
    for settled in gold["resolved"]:
        again = any(plain(settled) in quote for quote in cited)
        tally.add("what was settled is left alone", not again, f"{brief.pair.slug}: {settled}")
    for thread in gold["threads"]:
        taken = any(plain(thread["anchor"]) in quote for quote in cited)
        tally.add("what was left open is taken up", taken, f"{brief.pair.slug}: {thread['anchor']}")


def plain(text: str) -> str:
    """The words of a text, to find some in another whatever stands between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[CASES / "reading" / "build"])
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    tally = Tally()
    labelled(tally)
    for toml in sorted(path for folder in given.folders for path in folder.rglob("prep.toml")):
        with copied(toml.parent) as folder:
            for slug in folder.slugs:
                gold = json.loads((folder.pair_folder(slug) / "gold.json").read_text("utf-8"))
                stale(*drafted(opened(folder, slug)), gold, tally)
    printed(tally, 56, 4, given.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
