"""`prep next-session --for-mentee`: the page that the executive reads before a session."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from cli.conftest import Prep, Programme

FIRST = {"nl": ("Wat je kunt verwachten", "bang", "tien minuten"), "en": ("What to expect", "worry", "ten minutes")}
LATER = """---
date: 2026-03-10
---
Still open: who signs the rota?

- [ ] Willem: ride along with the night bus by 1 May

%%He was rude to the receptionist.%%

## Own
He will not last the year.
"""


def page(prep: Prep, *words: object) -> str:
    return " ".join(prep("next-session", "--for-mentee", *words).out.split())


def test_before_the_first_session_it_says_what_to_expect_and_what_not_to_fear(prep: Prep, programme: Programme) -> None:
    told = page(prep, "--today", "2026-01-20")
    assert all(part in told for part in FIRST["en"])
    assert "AI tools on the floor" in told
    assert "how a board decides" in told  # what the mentor gets
    assert "About “digital tools in the branches”" in told  # the wish that is still too wide
    assert all(part in page(prep, "--today", "2026-01-20", "--language", "nl") for part in FIRST["nl"])


def test_before_a_later_one_it_says_what_is_open_and_nothing_of_the_mentors_own(
    prep: Prep, programme: Programme
) -> None:
    programme.note("2026-03-10", LATER)
    told = page(prep, "--today", "2026-03-20")
    assert "Yours: “ride along with the night bus by 1 May”, from 10 March." in told
    assert "“Who signs the rota?”" in told
    assert "receptionist" not in told
    assert "last the year" not in told


OPEN = """Willem does not believe in the new rota at all.

- [ ] Willem: ride along with the night bus by 1 May
- [ ] Willem: see the company doctor with Fatima
- [ ] Noor: bring three short texts

## Confidential

- [ ] Willem: tell the works council about KANARIE on 9 June

We got stuck on this: who tells KANARIE to the drivers?

## Own

- [ ] Noor: find out whether he means it, KANARIE
"""


@pytest.mark.parametrize("ending", [".md", ".html", ".docx", ".json"])
def test_what_lies_on_a_desk_holds_nothing_that_is_not_for_a_secretary(
    prep: Prep, programme: Programme, tmp_path: Path, ending: str
) -> None:
    programme.note("2026-03-10", OPEN)
    out = tmp_path / f"page{ending}"
    told = page(prep, "--today", "2026-03-20", "--out", out) + page(prep, "--today", "2026-03-20")
    raw = out.read_bytes()
    told += "".join(p.text for p in docx.Document(str(out)).paragraphs) if ending == ".docx" else raw.decode()
    assert told.count("one thing that is in the notes, from 10 March") == 2
    assert "ride along with the night bus" in told
    assert "three short texts" in told
    assert not re.search("KANARIE|doctor|works council|drivers|believe", told)


def test_a_house_that_wants_no_agenda_beforehand_has_none(prep: Prep, programme: Programme) -> None:
    (programme.root / "guidance").mkdir()
    (programme.root / "guidance" / "rules.md").write_text("- No agenda is sent in advance.\n", encoding="utf-8")
    programme.note("2026-03-10", LATER)
    assert "Who signs the rota?" not in page(prep, "--today", "2026-03-20")


def test_it_is_not_kept_among_the_drafts_and_draws_on_nothing_own(prep: Prep, programme: Programme) -> None:
    page(prep, "--today", "2026-01-20")
    assert not (programme.root / "pairs" / "noor-willem" / "drafts").exists()
    assert prep("next-session", "--for-mentee", "--for", "own", ok=False).code == 2


@pytest.mark.parametrize("ending", [".md", ".html", ".json"])
def test_every_form_says_the_same(prep: Prep, programme: Programme, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"page{ending}"
    prep("next-session", "--for-mentee", "--today", "2026-01-20", "--out", out)
    text = out.read_text(encoding="utf-8")
    assert "What to expect" in text
    assert "AI tools on the floor" in text
    assert "<script" not in text


@pytest.mark.parametrize("day", ["2025-09-10", "2026-07-06"])
def test_no_slot_is_left_unfilled(prep: Prep, demo: Path, day: str) -> None:
    for folder in (demo / "pairs").iterdir():
        for language in ("nl", "en"):
            told = page(prep, folder.name, "--programme", demo, "--today", day, "--language", language)
            assert "{" not in told
            assert "“”" not in told
