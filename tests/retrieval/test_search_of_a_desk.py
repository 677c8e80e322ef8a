"""A search reads what it needs: the text of new notes, and nothing of what drafts are made from."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from assistant import resources
from assistant.desk import Desk
from assistant.notes import note, reader
from assistant.programme.folder import Folder

TODAY = dt.date(2026, 7, 6)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(resources.corpus() / "demo" / "nl", tmp_path / "programme")
    return tmp_path / "programme"


def desk(root: Path) -> Desk:
    return Desk(Folder(root), "anouk-gerben", TODAY, offline=True)


def test_a_search_looks_for_no_promises(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read", lambda *_: pytest.fail("a note was read for promises"))
    assert desk(root).find("vertrouwelijkheid", 5)


def test_a_search_again_reads_no_note(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk(root).find("vertrouwelijkheid", 5)
    monkeypatch.setattr(note, "read", lambda *_: pytest.fail("a note was read again"))
    assert desk(root).find("vertrouwelijkheid", 5) == first


def test_the_day_in_the_head_of_a_note_wins_over_its_name(root: Path) -> None:
    home = root / "pairs" / "anouk-gerben" / "sessions"
    (home / "2026-01-01.md").write_text("---\ndate: 2026-01-03\n---\nDe kanarievogel floot.\n", encoding="utf-8")
    assert desk(root).find("kanarievogel", 1)[0].date == dt.date(2026, 1, 3)
