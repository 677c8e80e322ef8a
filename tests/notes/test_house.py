"""A programme's own rules are known, by subject, and quoted as they stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes import house, note
from assistant.records import Level, Passage


def pages(text: str) -> list[tuple[str, tuple[Passage, ...]]]:
    return [("guidance/rules.md", note.read(text.encode(), "guidance/rules.md", dt.date.min).passages)]


@pytest.mark.parametrize("case", [c for c in cases("house.yaml") if "rules" in c], ids=lambda c: c["text"][:40])
def test_a_rule_is_quoted_under_its_subject(case: dict[str, Any]) -> None:
    found = {rule.subject: rule for rule in house.rules(pages(case["text"]))}
    assert {subject: found[subject].source.quote for subject in case["rules"]} == case["rules"]
    assert case["rules"] or not found
    assert all(found[subject].number == number for subject, number in case.get("number", {}).items())


@pytest.mark.parametrize("case", [c for c in cases("house.yaml") if "length" in c], ids=lambda c: c["text"][:40])
def test_how_long_a_session_is(case: dict[str, Any]) -> None:
    found = house.length(pages(case["text"]))
    assert (found.number if found else None) == case["length"]


@given(st.lists(st.sampled_from([case["text"] for case in cases("house.yaml")]), max_size=6))
def test_whatever_a_page_holds_a_subject_has_one_rule_that_stands_in_it(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    found = house.rules(pages(text))
    assert len({rule.subject for rule in found}) == len(found)
    for rule in found:
        assert rule.source.quote in text
        assert rule.source.level is Level.PROGRAMME
