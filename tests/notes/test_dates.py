"""Due dates: the cases of cases/due_dates.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes.dates import due

CASES = cases("due_dates.yaml")
THURSDAY = dt.date(2026, 3, 12)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text']} {case.get('note', '')}" for case in CASES])
def test_a_sentence_is_due_on_the_day_it_gives(case: dict[str, Any]) -> None:
    assert due(case["text"], case.get("note", THURSDAY)) == case["due"]


@pytest.mark.parametrize(
    "text", ["op 31 februari", "by 31/2", "on 2026-13-40", "week 54", "by the 45th", "in 99 months"]
)
def test_days_that_do_not_exist_raise_nothing(text: str) -> None:
    found = due(text, dt.date(2026, 1, 31))
    assert found is None or found.year > 2026


TALK = """
voor by in op eind mid half week next volgende deze vrijdag friday 31 0 30e february mei q4 over drie maanden
fortnight 2026-02-30 99/99 tot until kerst easter . - de
"""
WORDS = st.sampled_from(TALK.split())


@given(st.lists(WORDS, max_size=8), st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)))
def test_no_row_of_words_makes_the_reader_stumble(words: list[str], day: dt.date) -> None:
    found = due(" ".join(words), day)
    assert found is None or isinstance(found, dt.date)
