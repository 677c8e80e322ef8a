"""Vague asks are told from specific ones."""

from __future__ import annotations

from typing import Any

import pytest
from case_files import cases

from assistant.asks import is_vague


@pytest.mark.parametrize("case", [c for c in cases("asks.yaml") if c["half"] == "build"], ids=lambda c: c["text"])
def test_an_ask_is_vague_or_specific(case: dict[str, Any]) -> None:
    assert is_vague(case["text"]) == case["vague"]


def test_how_well_it_does_on_asks_that_it_was_not_made_on() -> None:
    counted = [c for c in cases("asks.yaml") if c["half"] == "count"]
    told = [(is_vague(c["text"]), c["vague"]) for c in counted]
    right = told.count((True, True))
    wrong = told.count((True, False)) + told.count((False, True))
    assert len(counted) >= 170
    assert 2 * right / (2 * right + wrong) >= 0.90


@pytest.mark.parametrize("text", ["", " ", "?", "…"])
def test_nothing_is_not_vague(text: str) -> None:
    assert not is_vague(text)
