"""bench/gold.py: a server that answers from right answers, and what `prep` makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli.conftest import Programme

BENCH = Path(__file__).resolve().parents[2] / "bench"
NOTES = {
    "2026-05-12": "Willem is sure that the lists are read.\n\nThe ladder comes to Noor's desk, from Willem, before June.\n",
    "2026-06-16": "It stands there now, with all its rungs.\n\nWe left the lamp for later.\n",
}
GOLD = {
    "today": "2026-07-06",
    "momentum": "on-track",
    "commitments": [
        {
            "owner": "mentee",
            "anchor": "The ladder comes to Noor's desk",
            "made": "2026-05-12",
            "due": None,
            "status": "done",
            "form": "free-text",
            "closed_by": "It stands there now, with all its rungs",
            "level": "pair",
        }
    ],
    "threads": [{"anchor": "We left the lamp for later", "made": "2026-06-16", "level": "pair"}],
    "resolved": [],
    "superseded": [],
    "beliefs": [{"belief": "the lists are read", "reality": None}],
    "asked": [],
}


def test_right_answers_come_through(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, text in NOTES.items():
        programme.note(day, text)
    (programme.root / "pairs" / "noor-willem" / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(BENCH.parent))
    words = [sys.executable, str(BENCH / "gold.py"), str(programme.root)]
    done = subprocess.run(words, check=True, capture_output=True, encoding="utf-8")
    figures = {line.rsplit(maxsplit=2)[0].strip(): line for line in done.stdout.splitlines() if "/" in line}
    for name in ("promises found", "owner right", "status right", "threads found", "beliefs found"):
        assert any(" 1/1" in line for figure, line in figures.items() if figure.startswith(name)), done.stdout
    assert not (programme.root / "ledger.jsonl").exists()


def test_a_counter_that_asks_for_no_model_gets_one_all_the_same(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.setattr(sys, "argv", sys.argv)
    import gold

    programme.note("2026-05-12", NOTES["2026-05-12"])
    (programme.root / "pairs" / "noor-willem" / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    with gold.serving(programme.root) as url:
        settings = programme.root / "prep.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(f'{text}[model]\nbase_url = "{url}"\nname = "gold"\n', encoding="utf-8")
        assert gold.typed(["commitments", "--json", "--offline"]) == 0
    assert (programme.root / "ledger.jsonl").exists()
