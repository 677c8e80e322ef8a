"""Drafts of a model without sense: how many of its items are shown all the same?

    python bench/drafts.py [DRAFTS]

llama.cpp's own server with the tiny model of tests/engine.py writes valid JSON with words of the demo programmes that
follow each other there and mean nothing. Each draft has a seed of its own. Nothing of it should be shown.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import engine

from assistant import pipeline
from assistant.desk import Desk
from assistant.endpoint.client import Client
from assistant.endpoint.ladder import Ladder
from assistant.modelling import Modelling
from assistant.programme.folder import Folder
from assistant.records import Audience, Endpoint, Level, Outgoing

DEMO = Path(__file__).resolve().parents[1] / "corpus" / "demo"
TODAY = dt.date(2026, 7, 6)


class Seeded:
    """A door that adds a seed to each request."""

    def __init__(self) -> None:
        self.seed = 0

    def out(self, body: bytes, task: str, audience: str) -> Outgoing:
        self.seed += 1
        return Outgoing(json.dumps({**json.loads(body), "seed": self.seed}).encode(), "here", "tiny", task, audience)

    def back(self, text: str) -> str:
        return text


def may_read(level: Level, audience: Audience) -> bool:
    return level.openness >= Level.CONFIDENTIAL.openness


def drafts(language: str, wanted: int, home: Path) -> Counter[str]:
    """Write drafts for the demo pairs of a language in turn, and count what became of their items."""
    counts: Counter[str] = Counter()
    root = Path(shutil.copytree(DEMO / language, home / language))
    folder = Folder(root)
    desks = [Desk(folder, slug, TODAY) for slug in folder.slugs]
    with engine.running(language) as url:
        client = Client(Endpoint(url, "tiny"), lambda _: None)
        model = Modelling(Ladder(client, Seeded(), root / "model.json", root / "tmp", lambda _: None), may_read, print)
        for number in range(wanted):
            desk = desks[number % len(desks)]
            plain = pipeline.agenda(desk, Audience.PAIR, language, None, "draft")
            agenda = pipeline.agenda(desk, Audience.PAIR, language, None, "draft", model)
            shown = [item for item, other in zip(agenda.items, plain.items, strict=True) if item != other]
            counts["drafts"] += 1
            counts["items shown"] += len(shown)
            counts["drafts with an item shown"] += bool(shown)
            counts[agenda.warnings[0].split("(the built")[0].split(":")[0]] += 1
            for item in shown:
                print(f"  shown: {item.title} / {item.why} / {item.question} / {item.extra_question}")
    return counts


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        for language in ("nl", "en"):
            counts.update(drafts(language, wanted // 2, Path(home)))
    for name, count in counts.items():
        print(f"{name}: {count}")
    return int(counts["items shown"] > 0)


if __name__ == "__main__":
    sys.exit(main())
