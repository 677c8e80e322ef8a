"""`prep handover`: for a new mentor what the mentee agrees to pass on, and nothing before that."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import docx
import pytest
from cli.conftest import Prep, Programme

from assistant import prompts
from assistant.cli.setup import DEMO_PAIRS
from assistant.desk import Desk
from assistant.programme.folder import Folder

NOTE = """We talked about the AI tools. Nobody had shown anybody how they work.

- [ ] Willem will ask the branches what they use, by 1 June
- [ ] I'll write down ten questions
- [ ] I'll ask about the KANARIE deal #vertrouwelijk
- [ ] Willem will see the company doctor about his sick leave

%%Willem will KANARIE, I promised.%%

## Own notes #own

I will look for another mentee, KANARIE.
"""
TODAY = ["--today", "2026-05-05"]


@pytest.fixture
def noted(programme: Programme) -> Programme:
    programme.note("2026-05-04", NOTE)
    return programme


def test_without_consent_nothing_is_passed_on(noted: Programme, prep: Prep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    done = prep("handover", *TODAY, ok=False)
    assert (done.code, done.out) == (6, "")
    assert "consent" in done.err
    assert not (noted.root / "pairs" / "noor-willem" / "released").exists()


def test_what_could_be_passed_on_is_listed_with_ids_for_the_author(noted: Programme, prep: Prep) -> None:
    told = prep("handover", "--propose", "--json", *TODAY).json
    assert (told["schema"], told["audience"], told["text"]) == ("prep.handover/1", "own", "")
    assert {line["part"] for line in told["lines"]} == {"scope", "wish", "theme", "promise"}
    assert told["withheld"]["count"] == 1
    assert not (noted.root / "pairs" / "noor-willem" / "released").exists()


def test_what_the_mentee_agrees_to_is_told_and_kept(noted: Programme, prep: Prep) -> None:
    done = prep("handover", "--yes", *TODAY)
    for part in ("Willem will ask the branches", "ten questions", "every two months, for 45 minutes", "AI tools"):
        assert part in done.out
    assert "consent of Willem Achterberg" in done.out
    kept = noted.root / "pairs" / "noor-willem" / "released" / "2026-05-04-pair.md"
    assert kept.read_text("utf-8") == done.out


def test_of_a_note_that_restricts_itself_nothing_is_passed_on(programme: Programme, prep: Prep) -> None:
    programme.note("2026-05-04", "---\nvertrouwelijkheid: alleen wij twee\n---\n" + NOTE)
    told = prep("handover", "--propose", "--json", *TODAY).json
    assert {line["part"] for line in told["lines"]} <= {"scope", "beyond", "wish"}
    assert told["withheld"]["by_reason"]["restricted"] == 3


@pytest.mark.parametrize("more", [["--yes"], ["--propose"], ["--yes", "--json"], ["--propose", "--json"]])
def test_nothing_that_closes_or_is_nobodys_business_is_in_it(noted: Programme, prep: Prep, more: list[str]) -> None:
    out = prep("handover", *more, *TODAY).out
    for word in ("KANARIE", "doctor", "sick", "another mentee"):
        assert word not in out


def test_only_the_lines_that_were_chosen_are_told(noted: Programme, prep: Prep) -> None:
    lines = prep("handover", "--propose", "--json", *TODAY).json["lines"]
    promise = next(line["id"] for line in lines if "ask the branches" in line["text"])
    text = prep("handover", "--accept", promise, "--by", "W. Achterberg", *TODAY).out
    assert "branches" in text
    assert "ten questions" not in text
    assert "AI tools" not in text
    assert "consent of W. Achterberg" in text
    noted.note("2026-05-04", NOTE.replace("ask the branches", "ask all the branches"))
    assert prep("handover", "--accept", promise, *TODAY, ok=False).code == 6


def test_a_line_that_was_taken_back_is_not_passed_on_again(noted: Programme, prep: Prep) -> None:
    prep("handover", "--yes", *TODAY)
    prep("withdraw", "ten questions", *TODAY)
    assert "ten questions" not in prep("handover", "--yes", *TODAY).out


def test_the_programme_knows_no_more_for_it(noted: Programme, prep: Prep, tmp_path: Path) -> None:
    prep("handover", "--yes", *TODAY)
    (tmp_path / "x.md").write_text("He will ask the branches what they use by the first of June.\n", "utf-8")
    assert prep("check", tmp_path / "x.md", "--for", "programme", ok=False).code == 1


@pytest.mark.parametrize(
    "words",
    [["--yes", "--propose"], ["--accept", "x", "--yes"], ["--yes", "--out", "x.pdf"], ["--propose", "--out", "x.docx"]],
)
def test_words_that_do_not_fit_are_a_usage_error(noted: Programme, prep: Prep, words: list[str]) -> None:
    assert prep("handover", *words, *TODAY, ok=False).code == 2


@pytest.mark.parametrize("ending", [".md", ".html", ".docx", ".json"])
def test_every_form_says_what_was_agreed_to_and_none_is_written_before(
    noted: Programme, prep: Prep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    out = tmp_path / f"handover{ending}"
    assert prep("handover", "--out", out, *TODAY, ok=False).code == 6
    assert not out.exists()
    prep("handover", "--yes", "--out", out, *TODAY)
    raw = out.read_bytes()
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(raw)).paragraphs) if ending == ".docx" else raw.decode()
    for part in ("Willem will ask the branches", "ten questions", "every two months, for 45 minutes"):
        assert part in text
    for word in ("KANARIE", "doctor", "another mentee", "<script"):
        assert word not in text


def test_the_handover_of_the_demo_has_all_open_promises_and_passes(demo: Path, prep: Prep) -> None:
    folder, today = Folder(demo), dt.date(2026, 7, 6)
    pair = DEMO_PAIRS[folder.programme.language]
    told = prep("handover", pair, "--yes", "--json", "--programme", demo, "--today", today).json
    desk = Desk(folder, pair, today)
    promises = [line for line in told["lines"] if line["part"] == "promise"]
    open_ones = [c for c in desk.common_story().commitments if c.status == "open" and c.stands >= 0.3]
    assert len(promises) + told["withheld"]["by_reason"].get("doubt", 0) == len(open_ones)
    assert len(promises) >= len(open_ones) - 1
    assert desk.office_guard().judge(told["text"]) == ()


@pytest.mark.parametrize(
    ("language", "cadence", "said"),
    [
        ("nl", "8 weeks", "acht weken"),
        ("nl", "1 month", "maand"),
        ("en", "30days", "30 days"),
        ("en", "2 months", "two months"),
    ],
)
def test_a_cadence_is_said_in_words(language: str, cadence: str, said: str) -> None:
    assert prompts.letter_phrases(language).cadence(cadence) == said


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "kept"), [("y", True), ("n", False)])
def test_on_a_terminal_it_is_ticked_read_and_agreed_to(
    noted: Programme, prep: Prep, monkeypatch: pytest.MonkeyPatch, answer: str, kept: bool
) -> None:
    lines = prep("handover", "--propose", "--json", *TODAY).json["lines"]
    number = next(n for n, line in enumerate(lines, 1) if "ten questions" in line["text"])
    monkeypatch.setattr("sys.stdin", Terminal(f"99\n{number}\n{answer}\n"))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    done = prep("handover", *TODAY)
    assert "What is still open" in done.out
    assert ("kept as" in done.err) == kept
    texts = list((noted.root / "pairs" / "noor-willem").glob("released/*.md"))
    assert len(texts) == kept
    assert all("ten questions" in text.read_text("utf-8") for text in texts)
    assert not any("branches, by" in text.read_text("utf-8") for text in texts)
