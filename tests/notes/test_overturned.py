"""Plans, and lines that say that something goes otherwise."""

from __future__ import annotations

import pytest

from assistant.notes.turns import is_plan, turns


@pytest.mark.parametrize(
    "text",
    [
        "Willem wil vanaf mei de balie sluiten.",
        "He is thinking of closing the desk in May.",
        "Willem is van plan het loket te sluiten.",
        "The plan is to move the desk upstairs.",
        "Zijn voornemen: alles digitaal.",
    ],
)
def test_a_plan_is_known(text: str) -> None:
    assert is_plan(text)


@pytest.mark.parametrize("text", ["Is he planning to close the desk?", "De balie was dicht.", "The desk was shut."])
def test_a_question_and_a_fact_are_no_plan(text: str) -> None:
    assert not is_plan(text)


@pytest.mark.parametrize("text", ["De balie blijft toch open.", "The desk stays.", "Het loket gaat niet dicht."])
def test_what_goes_otherwise_is_known(text: str) -> None:
    assert turns(text)


def test_what_goes_on_does_not_turn() -> None:
    assert not turns("De balie ging in mei dicht.")
