"""Minutes are whole, none is lost, and what matters least goes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.writers.minutes import share

ITEMS = st.lists(st.tuples(st.integers(0, 9), st.floats(0.1, 5)), min_size=1, max_size=12)


@given(ITEMS, st.integers(1, 480))
def test_minutes_add_up_and_every_item_has_some(items: list[tuple[int, float]], total: int) -> None:
    shared = share(items, total)
    assert sum(minutes for _, minutes in shared) == total
    assert all(minutes > 0 for _, minutes in shared)
    assert [n for n, _ in shared] == sorted({n for n, _ in shared})


def test_the_highest_rank_is_given_up_first() -> None:
    assert [n for n, _ in share([(0, 1.0), (9, 5.0), (1, 1.0)], 6)] == [0, 2]
