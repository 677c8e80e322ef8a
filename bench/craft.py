"""How good the questions and the agendas are that prep offers, over the pairs of programmes.

    python bench/craft.py [FOLDER ...] [--misses] [-n 10] [--today YYYY-MM-DD]

Without a folder: the demo programmes. A gold.json beside a pair.toml gives the day; it is used for nothing else. Agendas
are written for three more days of each pair. How alike two questions are is counted here by plain words and by letters,
not by the way in which they are chosen.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import agendas
from tally import Tally, alike, bare, in_language, printed

from assistant import briefing, pipeline
from assistant.desk import Desk
from assistant.drafts import Idea, Questions
from assistant.programme.folder import Folder
from assistant.records import Audience, Reading
from assistant.words import content

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo"
DEMO_DAY = dt.date(2026, 7, 6)
ASKING = re.compile(
    r"\b(?:wat|wie|wiens|hoe|waar\w*|wanneer|welke?|what|who|whose|how|where|when|which)\b|\w(?:'|’)s\b", re.IGNORECASE
)
_FEW = 3  # a sentence with fewer telling words shows no language


def cited(idea: Idea, draft: Questions) -> bool:
    """Has the question two words of meaning in common with a line that it cites?"""
    said = set(content(idea.text))
    return any(len(said & set(content(draft.sources[key].quote))) >= 2 for key in idea.sources)


def count(draft: Questions, asked: Iterable[str], held: int, tally: Tally) -> None:
    """Count one list of questions. `asked` is what was asked or offered before."""
    before = [bare(text) for text in asked]
    for idea in draft.questions:
        where = f"{draft.pair}: {idea.id}: {idea.text}"
        tally.add("not asked before", not any(alike(bare(idea.text), text) for text in before), where)
        if held >= 3:
            tally.add("built on a cited line", cited(idea, draft), where)
        tally.add("open", bool(ASKING.search(bare(idea.text))) and idea.text.endswith("?"), where)
        sentences = [idea.text, idea.why, *idea.follow_ups]
        tally.add("in the draft's language", all(in_language(s, draft.language) for s in sentences), where)
        tally.add("why names a place", bool(re.search(r"\(?[\w.-]+:\d+", idea.why)), where)
        tally.add("two follow-ups", len(idea.follow_ups) >= 2, where)
    for a, b in combinations(draft.questions, 2):
        tally.add("no two alike", not alike(bare(a.text), bare(b.text)), f"{draft.pair}: {a.text} | {b.text}")
    depths = [idea.depth for idea in draft.questions]
    tally.add("depth rises", depths == sorted(depths), draft.pair)
    tally.add("four categories or more", len({idea.category for idea in draft.questions}) >= 4, draft.pair)


def count_extra(draft: Questions, asked: Iterable[str], tally: Tally) -> None:
    """Count the one question further."""
    idea = draft.questions[0] if draft.questions else None
    tally.add("extra: there is one", idea is not None, draft.pair)
    if idea is not None:
        deeper = idea.deeper_than is not None and idea.depth == idea.deeper_than + 1
        tally.add("extra: one deeper, and cites", deeper and cited(idea, draft), f"{draft.pair}: {idea.text}")
        new = not any(alike(bare(idea.text), bare(text)) for text in asked)
        tally.add("extra: not asked before", new, f"{draft.pair}: {idea.text}")


def pair(folder: Folder, slug: str, today: dt.date, number: int, tally: Tally) -> list[str]:
    """Count one pair; returns what its questions ask, to see how far pairs get the same."""
    desk = Desk(folder, slug, today, offline=True)
    held = sum(_held(reading, today) for reading in desk.readings)
    asked = [q.text for q in desk.story(Audience.PAIR).questions] + briefing.offered(folder.drafts(slug))
    language = desk.pair.language
    draft = pipeline.questions(desk, Audience.PAIR, language, pipeline.Asking(number))
    count(draft, asked, held, tally)
    if held:
        count_extra(pipeline.questions(desk, Audience.PAIR, language, pipeline.Asking(1, extra=True)), asked, tally)
    other = "en" if language == "nl" else "nl"
    turned = pipeline.questions(desk, Audience.PAIR, other, pipeline.Asking(number))
    for idea in turned.questions:
        said = [idea.text, idea.why, *idea.follow_ups]
        tally.add("in the other language too", all(in_language(s, other) for s in said), f"{slug}: {idea.text}")
    return [idea.text for idea in draft.questions]


def _held(reading: Reading, today: dt.date) -> bool:
    return reading.note.status == "held" and reading.note.date <= today


def programme(root: Path, number: int, today: dt.date | None, tally: Tally) -> None:
    """Count every pair of a programme, on a copy without what is derived."""
    with tempfile.TemporaryDirectory() as copy:
        home = Path(copy) / "programme"
        shutil.copytree(root, home, ignore=shutil.ignore_patterns("gold.json", ".prep"))
        folder = Folder(home)
        offered: list[tuple[str, list[str]]] = []
        days = {}
        for slug in folder.slugs:
            gold = root / "pairs" / slug / "gold.json"
            day = days[slug] = today or (_day(gold) if gold.is_file() else DEMO_DAY)
            offered.append((slug, pair(folder, slug, day, number, tally)))
        agendas.programme(folder, days, tally)
        for (a, mine), (b, theirs) in combinations(offered, 2):
            same = set(mine) & set(theirs)
            tally.add("not offered to another pair", not same, f"{a}, {b}: {' | '.join(sorted(same))}")


def _day(gold: Path) -> dt.date:
    return dt.date.fromisoformat(json.loads(gold.read_text(encoding="utf-8"))["today"])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[DEMO])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("-n", type=int, default=10)
    parser.add_argument("--today", type=dt.date.fromisoformat)
    given = parser.parse_args()
    tally = Tally()
    for folder in given.folders:
        for toml in sorted(folder.rglob("prep.toml")):
            programme(toml.parent, given.n, given.today, tally)
    agendas.labelled(tally)
    printed(tally, 32, 5, given.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
