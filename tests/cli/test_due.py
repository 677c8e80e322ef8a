"""`prep commitments --due`: a line for each promise due soon or overdue, of one pair or of all, and silence else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.conftest import Prep, Programme

NOTE = """We talked.

- [ ] I'll write down ten questions, by 20 May
- [ ] Willem will ask the branches, by 1 June
- [ ] Willem will bring the plan
- [ ] I'll ask about KANARIE, by 20 May #vertrouwelijk
"""


@pytest.fixture
def noted(programme: Programme) -> Programme:
    programme.note("2026-05-04", NOTE)
    return programme


def test_what_is_due_within_a_week_or_overdue_is_a_line_each(noted: Programme, prep: Prep) -> None:
    done = prep("commitments", "--due", "--today", "2026-05-14")
    assert done.out.splitlines()[0] == "due     2026-05-20  Noor: I'll write down ten questions, by 20 May"
    assert len(done.out.splitlines()) == 2
    done = prep("commitments", "noor-willem", "--due", "--today", "2026-05-26")
    assert done.out.splitlines()[0].startswith("overdue 2026-05-20  Noor: I'll")
    assert done.out.splitlines()[-1].startswith("due     2026-06-01  Willem will ask")


def test_with_nothing_due_it_is_silent(noted: Programme, prep: Prep) -> None:
    noted.note("2026-05-03", "%% never closed\n")  # a doubt, which every other command tells
    assert prep("commitments", "--due", "--today", "2026-05-12") == (0, "", "")


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_closed_text_is_not_for_a_greeting(noted: Programme, prep: Prep, form: list[str]) -> None:
    out = prep("commitments", "--due", "--today", "2026-05-19", *form).out
    assert "KANARIE" not in out
    assert "(confidential; `prep commitments noor-willem` shows it)" in out


@pytest.fixture
def two(noted: Programme) -> Path:
    shutil.copytree(noted.root / "pairs" / "noor-willem", noted.root / "pairs" / "anna-bert")
    return noted.root


def test_all_pairs_are_told_where_none_is_meant(two: Path, prep: Prep, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = prep("commitments", "--due", "--today", "2026-05-26").out.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("overdue 2026-05-20  anna-bert  Noor: ")
    assert len(prep("commitments", "anna-bert", "--due", "--today", "2026-05-26").out.splitlines()) == 3
    monkeypatch.chdir(two / "pairs" / "anna-bert")
    assert len(prep("commitments", "--due", "--today", "2026-05-26").out.splitlines()) == 3


def test_a_broken_pair_keeps_the_others_from_nothing(two: Path, prep: Prep) -> None:
    (two / "pairs" / "anna-bert" / "pair.toml").write_text("nonsense", "utf-8")
    done = prep("commitments", "--due", "--today", "2026-05-26")
    assert len(done.out.splitlines()) == 3
    assert "anna-bert/pair.toml" in done.err


def test_as_json_each_has_its_pair(two: Path, prep: Prep) -> None:
    told = prep("commitments", "--due", "--json", "--today", "2026-05-26").json
    assert (told["schema"], told["pair"]) == ("prep.commitments/1", None)
    assert {c["pair"] for c in told["commitments"]} == {"anna-bert", "noor-willem"}
    assert all(key in told["sources"] for c in told["commitments"] for key in c["sources"])


def test_a_pair_that_there_is_not_is_told(noted: Programme, prep: Prep) -> None:
    assert prep("commitments", "nobody", "--due", ok=False).code == 3


def test_with_add_it_is_the_day_by_which(noted: Programme, prep: Prep) -> None:
    prep(
        "commitments", "--add", "order the chairs", "--owner", "mentor", "--due", "2026-06-02", "--today", "2026-05-26"
    )
    assert "Noor: order the chairs" in prep("commitments", "--due", "--today", "2026-05-27").out
    assert prep("commitments", "--add", "bring it", "--due", ok=False).code == 2
