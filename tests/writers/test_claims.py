"""What a source carries in another form of writing, and what it does not carry at all."""

from __future__ import annotations

import pytest

from assistant.writers import claims
from assistant.writers.claims import Demand, Ground

DEMAND = Demand(1, 1, 0.2, "nobody", "mentor")


def unsound(text: str, source: str) -> claims.Reason | None:
    return claims.unsound(text, Ground(source, (), frozenset({"noor"}), frozenset({"willem"})), DEMAND)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Two of the 9 colleagues opened the tool.", "2 of the nine colleagues opened the tool."),
        ("Vijf collega's openden het hulpmiddel.", "5 collega's openden het hulpmiddel."),
        ("5 collega's openden het hulpmiddel.", "Vijf collega's openden het hulpmiddel."),
        ("Half of the colleagues opened it.", "De helft van de colleagues opened it."),
        ("50% van de collega's opende het.", "50 procent van de collega's opende het."),
        ("The list goes out on 2026-06-01.", "The list goes out on 1 June."),
        ("De lijst gaat weg op 1/6.", "De lijst gaat weg op 1 juni."),
        ("De lijst gaat weg op 01-06-2026.", "De lijst gaat weg op 1 juni 2026."),
        ("The list goes out on Friday.", "The list goes out op vrijdag."),
        ("The list has 1,000 names.", "The list has 1000 names."),
        ("The list opens at 09:30.", "The list opens at 9:30."),
    ],
)
def test_the_same_in_another_form_stands(source: str, text: str) -> None:
    assert unsound(text, source) is None


@pytest.mark.parametrize(
    ("source", "text", "reason"),
    [
        ("Two of the 9 colleagues opened the tool.", "3 of the nine colleagues opened the tool.", "number"),
        ("Two of the 9 colleagues opened the tool.", "Two of the eight colleagues opened the tool.", "number"),
        ("Vijf collega's openden het hulpmiddel.", "6 collega's openden het hulpmiddel.", "number"),
        ("50 collega's openden het hulpmiddel.", "50% van de collega's opende het hulpmiddel.", "number"),
        ("The list goes out on 2026-06-01.", "The list goes out op 1 juli.", "moment"),
        ("The list goes out on 2026-06-01.", "The list goes out on 2 June.", "number"),
        ("The list goes out on Friday.", "The list goes out op donderdag.", "moment"),
        ("The list has 1,000 names.", "The list has 100 names.", "number"),
        ("The list opens at 09:30.", "The list opens at 9:45.", "number"),
    ],
)
def test_another_number_day_or_month_does_not(source: str, text: str, reason: str) -> None:
    assert unsound(text, source) == reason


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Korte mails werken beter.", "nl", False),
        ("Short mails work better.", "en", False),
        ("Short mails work better than the long ones.", "nl", True),
        ("Korte mails werken beter dan een lange.", "en", True),
    ],
)
def test_a_short_sentence_is_not_of_another_language_for_having_no_small_words(
    text: str, language: str, wrong: bool
) -> None:
    assert claims.wrong_language(text, language) == wrong
