"""Promises in running text: what belongs to one, and what stands before it."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.notes import note, reader
from assistant.records import Pair, Promise

DAY = dt.date(2026, 3, 12)


def promises(text: str, pair: Pair) -> tuple[Promise, ...]:
    return reader.read(note.read(text.encode(), f"{DAY}.md", DAY), pair).promises


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "About the sign at the gate, the wording wants care. Leave it with me.",
            "About the sign at the gate, the wording wants care. Leave it with me.",
        ),
        ("Willem wil de cijfers van de balie zien. Doe ik.", "Willem wil de cijfers van de balie zien. Doe ik."),
        (
            "We dronken thee. Ik stuur hem morgen de cijfers van de balie.",
            "Ik stuur hem morgen de cijfers van de balie.",
        ),
    ],
)
def test_an_answer_that_says_little_stands_with_the_sentence_before_it(text: str, quote: str, pair: Pair) -> None:
    (found,) = promises(text, pair)
    assert found.source.quote == quote


def test_a_day_behind_a_promise_is_no_promise_of_its_own(pair: Pair) -> None:
    (found,) = promises("Willem gaat de leverancier bellen over de poort. Voor 15 april.", pair)
    assert (found.owner, found.due) == ("mentee", dt.date(2026, 4, 15))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Willem will get me a seat at the June budget review so I can see how he defends a number.", "mentee"),
        ("Willem gaat zorgen dat ik in het najaar een keer bij het directieoverleg zit.", "mentee"),
        ("Ik zal een rondleiding regelen zodat hij de nachtploeg kan zien.", "mentor"),
    ],
)
def test_what_a_promise_is_for_is_no_promise_of_the_other(text: str, owner: str, pair: Pair) -> None:
    (found,) = promises(text, pair)
    assert (found.owner, found.source.quote) == (owner, text)
