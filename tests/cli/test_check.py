"""`prep check` as people type it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from cli.conftest import Prep, Programme

NOTE = """# Session

We practised short mails and it worked. #share

The canteen moves to another building in autumn and nobody on the floor knows.

## Off the record
Willem is going to sell the lighthouse with the wheelbarrow in it.
"""


@pytest.fixture
def filled(programme: Programme) -> Programme:
    programme.note("2026-03-12", NOTE)
    return programme


def written(folder: Path, text: str) -> Path:
    path = folder / "draft.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_that_gives_nothing_away_passes(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    file = written(tmp_path, "The mentor and the mentee met on 12 March. We practised short mails and it worked.\n")
    done = prep("check", file, "--for", "programme", "--json")
    assert done.json == {"schema": "prep.check/1", "audience": "programme", "passed": True, "findings": []}
    assert "other words" in prep("check", file, "--for", "programme").out


def test_findings_are_marked_with_their_reason_and_exit_1(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    text = "Fine so far.\n\nNoor says the lighthouse with the wheelbarrow is for sale.\n"
    done = prep("check", written(tmp_path, text), "--for", "programme", "--json", ok=False)
    assert (done.code, done.json["passed"]) == (1, False)
    assert all(text[f["start"] : f["end"]] == f["text"] for f in done.json["findings"])
    assert {"sealed"} <= {f["source_level"] for f in done.json["findings"]}
    shown = prep("check", tmp_path / "draft.md", "--for", "programme", ok=False)
    assert shown.code == 1
    assert "3: Noor says" in shown.out
    assert "names somebody of a roster" in shown.out
    assert "Fine so far" not in shown.out


def test_the_pair_may_read_names_but_nothing_sealed(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    prep("check", written(tmp_path, "Noor and Willem talked about the canteen that moves.\n"), "--for", "pair")
    sealed = written(tmp_path, "The lighthouse, with wheelbarrow, is going to be sold.\n")
    assert prep("check", sealed, "--for", "pair", ok=False).code == 1
    assert prep("check", sealed, "--for", "own", ok=False).code == 1


def test_a_text_is_read_from_standard_input(prep: Prep, filled: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Wіllem belde.".encode()), encoding="utf-8"))
    done = prep("check", "-", "--for", "organisation", "--json", ok=False)
    assert [f["kind"] for f in done.json["findings"]] == ["person"]


def test_without_a_pair_all_are_guarded_and_with_one_that_alone(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    other = filled.root / "pairs" / "iris-bart"
    (other / "sessions").mkdir(parents=True)
    (other / "pair.toml").write_text('[mentor]\nname = "Iris Halm"\n[mentee]\nname = "Bart Looman"\n', encoding="utf-8")
    (other / "sessions" / "2026-04-01.md").write_text("The hedgehog eats gravel in the chimney.\n", encoding="utf-8")
    file = written(tmp_path, "Gravel in the chimney, eaten by a hedgehog.\n")
    assert prep("check", file, "--for", "programme", ok=False).code == 1
    assert prep("check", file, "--for", "programme", "--pair", "iris-bart", ok=False).code == 1
    assert prep("check", file, "--for", "programme", "--pair", "noor-willem").code == 0
    named = written(tmp_path, "Bart Looman was there.\n")  # the rosters of the programme count for every pair
    assert prep("check", named, "--for", "programme", "--pair", "noor-willem", ok=False).code == 1


def test_a_file_beside_the_notes_that_is_not_read_is_guarded_too(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    sessions = filled.root / "pairs" / "noor-willem" / "sessions"
    (sessions / "loose ends.md").write_text("The hedgehog eats gravel in the chimney.\n", encoding="utf-8")
    file = written(tmp_path, "Gravel in the chimney, eaten by a hedgehog.\n")
    assert prep("check", file, "--for", "programme", ok=False).code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--for", "everybody"], 2),
        (["--for", "programme", "--pair", "nobody-here"], 3),
        ([], 2),
    ],
)
def test_what_does_not_fit_is_said(prep: Prep, filled: Programme, tmp_path: Path, words: list[str], code: int) -> None:
    done = prep("check", written(tmp_path, "Hello.\n"), *words, ok=False)
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") == 1


def test_a_file_that_is_not_there_is_said(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    assert prep("check", tmp_path / "none.md", "--for", "programme", ok=False).code == 3


def test_what_breaks_refuses_without_a_word_of_the_notes(
    prep: Prep, filled: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.privacy import audit

    def boom(*_: object) -> None:
        raise KeyError("lighthouse")

    monkeypatch.setattr(audit, "Overlap", boom)
    done = prep("check", written(tmp_path, "The lighthouse.\n"), "--for", "programme", ok=False)
    assert (done.code, done.out) == (6, "")
    assert "lighthouse" not in done.err


def test_a_broken_roster_passes_nothing(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    (filled.root / "pairs" / "broken").mkdir()
    (filled.root / "pairs" / "broken" / "pair.toml").write_text("[mentor\n", encoding="utf-8")
    done = prep("check", written(tmp_path, "Hello.\n"), "--for", "programme", "--pair", "noor-willem", ok=False)
    assert (done.code, done.out) == (3, "")


def test_json_is_one_object_with_the_keys_of_the_contract(prep: Prep, filled: Programme, tmp_path: Path) -> None:
    done = prep("check", written(tmp_path, "Noor belde 06-12345678.\n"), "--for", "programme", "--json", ok=False)
    finding = json.loads(done.out)["findings"][0]
    assert set(finding) == {"start", "end", "text", "kind", "reason", "source_level"}
