"""How well names are found that no roster has, on lines as people write them: exact counts, with their bars."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


def _bench() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench" / "name_cases.py"
    spec = importlib.util.spec_from_file_location("name_cases", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCH = _bench()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_names_in_notes_are_covered_without_a_roster(language: str) -> None:
    hit, of, wrong = BENCH.measure(language)
    assert of["person"] >= 110
    assert hit["person"] / of["person"] >= 0.97, wrong
    assert hit["other"] / of["other"] >= 0.85, wrong
    assert hit["plain words masked"] / of["plain words masked"] <= 0.03, wrong


def test_labels_are_read_as_they_stand() -> None:
    text, labels = BENCH.read("{Piet} in <Ede>, zei {Jo}.")
    assert text == "Piet in Ede, zei Jo."
    assert [(text[a:b], kind) for a, b, kind in labels] == [("Piet", "person"), ("Ede", "other"), ("Jo", "person")]
    assert len(BENCH.lines("nl")) == len(BENCH.lines("en")) == 105
