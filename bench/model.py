"""What a model makes of whole programmes: how many of its texts can stand, why the others can't, seconds and tokens.

    python bench/model.py --base-url http://127.0.0.1:11434/v1 --model NAME [--key-env VARIABLE] [--show] [FOLDER ...]

Without a folder: the demo programmes, in which all people are invented. A service on another machine gets everything
under pseudonyms, as ever. The day is the one of gold.json beside pair.toml, where there is one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from msgspec import Struct, field

from assistant import ledger, pipeline
from assistant.desk import Desk
from assistant.drafts import Agenda, Questions
from assistant.modelling import modelling
from assistant.programme.folder import Folder
from assistant.records import Audience

DEMO = Path(__file__).resolve().parents[1] / "corpus" / "demo"
TODAY = dt.date(2026, 7, 6)
_REFUSED = re.compile(r"(?:are not used|can stand): (.*?)(?: \(|$)")


class Count(Struct):
    """What became of the texts of a model. `failed` are drafts for which it gave none."""

    drafts: int = 0
    failed: int = 0
    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, draft: Agenda | Questions, kept: int) -> None:
        """Count a draft, with so many texts of the model in it."""
        self.drafts += 1
        self.kept += kept
        told = _REFUSED.search(draft.warnings[0]) if draft.warnings else None
        for count, reason in re.findall(r"(\d+) ([^,]+)", told[1] if told else ""):
            self.refused[reason] += int(count)
        self.failed += draft.writer != "model" and told is None

    def __str__(self) -> str:
        reasons = ", ".join(f"{count} {reason}" for reason, count in self.refused.most_common())
        dropped = f"{self.refused.total()} dropped" + (f" ({reasons})" if reasons else "")
        failed = f", {self.failed} drafts without an answer" if self.failed else ""
        return f"{self.drafts} drafts: {self.kept} kept, {dropped}{failed}, {self.seconds:.1f} s"


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--base-url", required=True)
    words.add_argument("--model", required=True)
    words.add_argument("--key-env")
    words.add_argument("--show", action="store_true")
    words.add_argument("folders", nargs="*", type=Path, default=[DEMO / "nl", DEMO / "en"])
    given = words.parse_args()
    settings = f'\n[model]\nbase_url = "{given.base_url}"\nname = "{given.model}"\n'
    if given.key_env:
        settings += f'api_key_env = "{given.key_env}"\n'
    count = Count()
    with tempfile.TemporaryDirectory() as home:
        for number, source in enumerate(given.folders):
            root = Path(shutil.copytree(source, Path(home) / str(number)))
            with (root / "prep.toml").open("a", encoding="utf-8") as file:
                file.write(settings)
            _programme(Folder(root), given.show, count)
    print(count)
    return int(not count.kept)


def _programme(folder: Folder, show: bool, count: Count) -> None:
    for slug in folder.slugs:
        started = time.monotonic()
        _pair(folder, slug, show, count)
        count.seconds += time.monotonic() - started
    lines = [line.entry for line in ledger.lines(folder.root / ledger.NAME) if line.entry]
    tokens = [entry.tokens for entry in lines if entry.tokens]
    print(
        f"{folder.programme.name}: {len(lines)} requests, {sum(entry.bytes for entry in lines)} bytes out,"
        f" {sum(t.prompt for t in tokens)} tokens in and {sum(t.answer for t in tokens)} tokens out"
        f" (told for {len(tokens)} requests)"
    )


def _today(folder: Folder, slug: str) -> dt.date:
    gold = folder.root / "pairs" / slug / "gold.json"
    if not gold.exists():
        return TODAY
    return dt.date.fromisoformat(json.loads(gold.read_text(encoding="utf-8"))["today"])


def _pair(folder: Folder, slug: str, show: bool, count: Count) -> None:
    """Have an agenda and a list of questions written."""
    desk = Desk(folder, slug, _today(folder, slug))
    language, asking = desk.pair.language, pipeline.Asking(7)
    model = modelling(desk, lambda text: print(f"  {text}"))
    agenda = pipeline.agenda(desk, Audience.PAIR, language, None, "draft")
    written = pipeline.agenda(desk, Audience.PAIR, language, None, "draft", model)
    new = [item for item, old in zip(written.items, agenda.items, strict=True) if item != old]
    texts = [f"{i.title} / {i.why} / {i.question} / {i.extra_question}" for i in new]
    _told(f"{slug} agenda", written, texts, show, count)
    questions = pipeline.questions(desk, Audience.PAIR, language, asking)
    asked = pipeline.questions(desk, Audience.PAIR, language, asking, model)
    more = [idea for idea, old in zip(asked.questions, questions.questions, strict=True) if idea != old]
    texts = [f"{i.text} / {i.why} / {' / '.join(i.follow_ups)}" for i in more]
    _told(f"{slug} questions", asked, texts, show, count)


def _told(name: str, draft: Agenda | Questions, texts: list[str], show: bool, count: Count) -> None:
    """Tell of one draft with the texts of the model in it, and count it."""
    print(
        f"{name}: {draft.writer}, {len(texts)} of the model; {draft.warnings[0] if draft.warnings else 'all can stand'}"
    )
    for text in texts if show else ():
        print(f"    {text}")
    count.add(draft, len(texts))


if __name__ == "__main__":
    sys.exit(main())
