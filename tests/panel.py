"""The two fictional panels of tests/cases/panel, copied to where a test may write."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from assistant.desk import Desk
from assistant.programme.folder import Folder

CASES = Path(__file__).parent / "cases" / "panel"
SLUGS = {"nl": "panel-willem", "en": "roster-panel"}
TODAY = dt.date(2026, 4, 1)


def copied(language: str, to: Path) -> Folder:
    """A programme with one panel."""
    shutil.copytree(CASES / language, to, ignore=shutil.ignore_patterns(".prep"))
    return Folder(to)


def desk(language: str, to: Path, me: str | None = None) -> Desk:
    """The panel of a language on the desk of one of its mentors, or of nobody known."""
    folder = Folder(to) if (to / "prep.toml").exists() else copied(language, to)
    return Desk(folder, SLUGS[language], TODAY, offline=True, me=me)
