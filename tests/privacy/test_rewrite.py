"""Sentences said without names: people as roles, places as the organisation, amounts and days left out."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from assistant.privacy.rewrite import Rewriter, Source, Unsayable
from assistant.privacy.wording import language_of
from assistant.records import Pair, Person


def said(pair: Pair, text: str, language: str = "nl") -> str:
    return Rewriter(pair.slug, [pair], [dt.date(2026, 5, 4)]).said(Source(text, "mentor", language))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Noor stuurt Willem een lijst", "De mentor stuurt de mentee een lijst."),
        (
            "Ik stuur hem volgende week **drie** voorbeelden #delen",
            "De mentor stuurt hem volgende week drie voorbeelden.",
        ),
        ("Volgende week neem ik twee collega's mee.", "Volgende week neemt de mentor twee collega's mee."),
        ("Noors lijst hangt op.", "De lijst van de mentor hangt op."),
        ("We bellen vóór 12 juni.", "We bellen voor juni."),
        ("Op 4 mei spraken we af.", "Op 4 mei spraken we af."),
        ("Het kost iets (€ 400) en dat is veel.", "Het kost iets en dat is veel."),
    ],
)
def test_dutch(pair: Pair, text: str, told: str) -> None:
    assert said(pair, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I'll show Willem my list.", "The mentor will show the mentee the mentor's list."),
        ("Fatima and Noor's team met.", "A colleague and the mentor's team met."),
    ],
)
def test_english(pair: Pair, text: str, told: str) -> None:
    assert said(pair, text, "en") == told


def test_a_first_name_that_is_a_small_word_is_a_role_too(pair: Pair) -> None:
    will = msgspec.structs.replace(pair, mentor=Person("Will Okonjo"))
    assert said(will, "Will brings the list.", "en") == "The mentor brings the list."


@pytest.mark.parametrize("text", ["Bel 06-41228763.", "Mail iemand@example.org even."])
def test_what_cannot_be_said_otherwise_is_not_said(pair: Pair, text: str) -> None:
    with pytest.raises(Unsayable):
        said(pair, text)


@pytest.mark.parametrize(
    "text", ["My boss Karen liked it.", "The tall Dane liked it.", "W liked it.", "He's 61 and learns."]
)
def test_what_tells_who_it_is_beside_the_name_is_not_said(pair: Pair, text: str) -> None:
    with pytest.raises(Unsayable):
        said(pair, text, "en")


def test_a_noun_that_belongs_to_a_name_goes_with_it(pair: Pair) -> None:
    assert said(pair, "Onze collega Karen gaf een tip.") == "Een collega gaf een tip."
    assert said(pair, "De Achterberg van de foto.") == "De mentee van de foto."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We saved a lot.", "en"),
        ("Noor taught customers.", "en"),
        ("Noor leerde klanten schrijven.", "nl"),
        ("Willem kwam langs met taart.", "nl"),
        ("Excel, Teams en Slack", "nl"),
        ("12, 13 - 14", "nl"),
    ],
)
def test_a_sentence_is_said_in_its_own_language(text: str, language: str) -> None:
    assert language_of(text, "nl" if language == "en" else language) == language
    if any(c.isalpha() for c in text):
        assert language_of(text, "en" if language == "nl" else language) == language
