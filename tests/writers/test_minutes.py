"""Minutes are whole, none is lost, and what matters least goes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.writers.minutes import Share, share

ITEMS = st.lists(
    st.tuples(st.integers(0, 9), st.floats(0.1, 5), st.integers(2, 8), st.none() | st.integers(8, 20)),
    min_size=1,
    max_size=12,
)


@given(ITEMS, st.integers(1, 480))
def test_minutes_add_up_and_every_item_has_its_least(items: list[Share], total: int) -> None:
    shared = share(items, total)
    assert sum(minutes for _, minutes in shared) == total
    assert len(shared) == 1 or all(minutes >= items[n][2] for n, minutes in shared)
    assert [n for n, _ in shared] == sorted({n for n, _ in shared})


def test_the_highest_rank_is_given_up_first() -> None:
    assert [n for n, _ in share([(0, 1.0, 3, None), (9, 5.0, 3, None), (1, 1.0, 3, None)], 6)] == [0, 2]


def test_what_is_left_goes_to_what_weighs_most() -> None:
    assert share([(0, 1.0, 4, None), (1, 3.0, 4, None)], 20) == [(0, 7), (1, 13)]


def test_an_item_takes_no_more_than_its_most_while_others_can() -> None:
    assert share([(0, 5.0, 3, 4), (1, 1.0, 3, None)], 30) == [(0, 4), (1, 26)]
    assert share([(0, 5.0, 3, 4), (1, 1.0, 3, 5)], 30) == [(0, 25), (1, 5)]
