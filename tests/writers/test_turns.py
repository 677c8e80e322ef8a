"""Turns in a panel: everybody has one, they add up, and over the sessions they are shared fairly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.writers.turns import dealt, in_order

NAMES = ["Noor van der Velde", "Sam Daalder", "Ilse Brouwer", "Mees Hilhorst", "Anouk Wassink"]
panels = st.integers(2, 5).map(lambda count: NAMES[:count])
lengths = st.lists(st.integers(1, 30), min_size=1, max_size=8)


@given(panels, lengths, st.integers(1, 40))
def test_everybody_has_a_turn_and_the_minutes_are_those_of_the_items(
    mentors: list[str], minutes: list[int], number: int
) -> None:
    turns = dealt(minutes, in_order(mentors, {}, number))
    assert [sum(t.minutes for t in shares) for shares in turns] == minutes
    assert all(t.minutes > 0 for shares in turns for t in shares)
    assert all(len({t.who for t in shares}) == len(shares) for shares in turns)
    if sum(minutes) >= len(mentors):
        assert {t.who for shares in turns for t in shares} == set(mentors)


@given(panels, lengths)
def test_over_the_sessions_everybody_begins_as_often(mentors: list[str], minutes: list[int]) -> None:
    begun = [dealt(minutes, in_order(mentors, {}, number))[0][0].who for number in range(1, len(mentors) * 3 + 1)]
    assert {begun.count(name) for name in mentors} == {3}


@given(panels, lengths)
def test_over_the_sessions_everybody_opens_as_many_minutes(mentors: list[str], minutes: list[int]) -> None:
    had = dict.fromkeys(mentors, 0)
    for number in range(1, len(mentors) + 1):
        for turn in (t for shares in dealt(minutes, in_order(mentors, {}, number)) for t in shares):
            had[turn.who] += turn.minutes
    assert len(set(had.values())) == 1


def test_who_had_least_lately_goes_first() -> None:
    order = in_order(NAMES[:3], {"Noor van der Velde": 5, "Sam Daalder": 1}, 1)
    assert order == ["Ilse Brouwer", "Sam Daalder", "Noor van der Velde"]


def test_without_an_item_to_lead_nobody_has_a_turn() -> None:
    assert dealt([], NAMES[:2]) == []
