"""A session in which one side sends is told from one in which there is asked, and is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant import prompts
from assistant.drafts import Item
from assistant.records import Side
from assistant.writers import balance

_ALL = yaml.safe_load((Path(__file__).parents[1] / "cases" / "balance.yaml").read_text(encoding="utf-8"))
PEOPLE = {"mentor": "Noor", "mentee": "Willem"}


def item(named: str) -> Item:
    """The item of "name minutes lead"."""
    name, minutes, lead = named.split()
    said = _ALL["items"][name]
    return Item(said["kind"], said["title"], int(minutes), lead, "", said["question"], "", ())  # type: ignore[arg-type]


def agendas(half: str) -> list[tuple[tuple[Item, ...], bool]]:
    return [(tuple(map(item, a["items"])), a["balanced"]) for a in _ALL["agendas"] if a["half"] == half]


@pytest.mark.parametrize("case", agendas("build"), ids=lambda c: c[0][0].title[:30])
def test_an_agenda_is_in_balance_or_not(case: tuple[tuple[Item, ...], bool]) -> None:
    assert balance.is_even(balance.weigh(case[0])) == case[1]


def test_how_well_it_does_on_all_sixty() -> None:
    told = [
        balance.is_even(balance.weigh(items)) == even for half in ("build", "count") for items, even in agendas(half)
    ]
    assert len(told) == 60
    assert sum(told) / len(told) >= 0.90
    assert sum(told[30:]) / 30 >= 0.90  # of items that were not looked at while the code was made


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("case", [a for a in agendas("count") if not a[1]], ids=lambda c: c[0][0].title[:30])
def test_what_makes_one_side_send_is_mended_and_said(language: str, case: tuple[tuple[Item, ...], bool]) -> None:
    phrases = prompts.agenda_phrases(language)
    mended = balance.mended(case[0], phrases, PEOPLE)
    assert balance.is_even(balance.weigh(mended))
    assert sum(i.minutes for i in mended) == sum(i.minutes for i in case[0])
    for before, after in zip(case[0], mended, strict=True):
        assert (after.why != before.why) == (after.question != before.question)  # a changed question is told


@given(
    st.lists(
        st.builds(item, st.sampled_from([f"{n} 7 {s}" for n in _ALL["items"] for s in get_args(Side)])), max_size=9
    )
)
def test_minutes_are_never_lost(items: list[Any]) -> None:
    mended = balance.mended(items, prompts.agenda_phrases("en"), PEOPLE)
    assert sum(i.minutes for i in mended) == sum(i.minutes for i in items)
    assert all(i.minutes > 0 for i in mended)
