"""What a model makes of the demo programmes: how many of its texts can stand, and why the others can't.

    python bench/model.py --base-url http://127.0.0.1:11434/v1 --model NAME [--key-env VARIABLE] [--show]

All people in these programmes are invented. A service on another machine gets them under pseudonyms, as ever.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import tempfile
import time
from pathlib import Path

from assistant import pipeline
from assistant.desk import Desk
from assistant.drafts import Agenda, Questions
from assistant.modelling import modelling
from assistant.programme.folder import Folder
from assistant.records import Audience

DEMO = Path(__file__).resolve().parents[1] / "corpus" / "demo"
TODAY = dt.date(2026, 7, 6)


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--base-url", required=True)
    words.add_argument("--model", required=True)
    words.add_argument("--key-env")
    words.add_argument("--show", action="store_true")
    given = words.parse_args()
    settings = f'\n[model]\nbase_url = "{given.base_url}"\nname = "{given.model}"\n'
    if given.key_env:
        settings += f'api_key_env = "{given.key_env}"\n'
    used = 0
    with tempfile.TemporaryDirectory() as home:
        for language in ("nl", "en"):
            root = Path(shutil.copytree(DEMO / language, Path(home) / language))
            with (root / "prep.toml").open("a", encoding="utf-8") as file:
                file.write(settings)
            folder = Folder(root)
            for slug in folder.slugs:
                used += _pair(folder, slug, language, given.show)
    return int(not used)


def _pair(folder: Folder, slug: str, language: str, show: bool) -> int:
    """Have an agenda and a list of questions written; returns how many texts of the model are used."""
    desk = Desk(folder, slug, TODAY)
    model = modelling(desk, lambda text: print(f"  {text}"))
    asking = pipeline.Asking(7)
    agenda = pipeline.agenda(desk, Audience.PAIR, language, None, "draft")
    questions = pipeline.questions(desk, Audience.PAIR, language, asking)
    started = time.monotonic()
    drafts: list[tuple[str, Agenda | Questions, int, list[str]]] = []
    written = pipeline.agenda(desk, Audience.PAIR, language, None, "draft", model)
    new = [item for item, old in zip(written.items, agenda.items, strict=True) if item != old]
    drafts.append(
        ("agenda", written, len(new), [f"{i.title} / {i.why} / {i.question} / {i.extra_question}" for i in new])
    )
    asked = pipeline.questions(desk, Audience.PAIR, language, asking, model)
    more = [idea for idea, old in zip(asked.questions, questions.questions, strict=True) if idea != old]
    drafts.append(("questions", asked, len(more), [f"{i.text} / {i.why} / {' / '.join(i.follow_ups)}" for i in more]))
    for name, draft, count, texts in drafts:
        told = draft.warnings[0] if draft.warnings else "all can stand"
        print(f"{slug} {name}: {draft.writer}, {count} of the model; {told}")
        for text in texts if show else ():
            print(f"    {text}")
    print(f"  {time.monotonic() - started:.1f} s")
    return sum(count for _, _, count, _ in drafts)


if __name__ == "__main__":
    sys.exit(main())
