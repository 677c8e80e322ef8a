"""What is never even proposed: special categories, pay, reorganisation, deals, appraisal, leaving, in either language."""

from __future__ import annotations

import pytest

from assistant.privacy import secrecy

NEVER = {
    "health": ["Hij krijgt chemo.", "She is on sick leave.", "Ze is zwanger.", "He has been diagnosed with ADHD."],
    "religion": ["Hij bidt, hij gaat naar de moskee.", "She cannot eat during Ramadan."],
    "orientation": ["Ze is lesbisch.", "He came out to the team."],
    "origin": ["Zijn verblijfsvergunning loopt af.", "People joke about her skin colour."],
    "union": ["Hij is lid van de vakbond.", "She is a shop steward."],
    "pay": ["Zij verdient minder dan haar buurman.", "The bonus goes to one team.", "Hij gaat twee treden omhoog."],
    "reorganisation": [
        "De vestiging gaat dicht.",
        "We gaan de winkel in het dorp sluiten.",
        "Straks zijn we met minder.",
        "Two posts are redundant.",
        "Er verdwijnen banen.",
    ],
    "deals": ["Er ligt een bod op het bedrijf.", "The merger is on.", "De grootste klant dreigt te gaan."],
    "appraisal": ["Zijn beoordeling was slecht.", "She is on a performance plan."],
    "leaving": ["Ze neemt ontslag.", "He is stepping down.", "Hij heeft gesolliciteerd bij een ander."],
    "secrecy": ["Dat weet nog niemand.", "Not a word to anyone.", "Het is een gerucht."],
}


@pytest.mark.parametrize("sentence", [sentence for listed in NEVER.values() for sentence in listed])
def test_a_sentence_of_a_sensitive_matter_is_ruled_out(sentence: str) -> None:
    assert secrecy.ruled_out(sentence) is not None
    assert secrecy.risk(sentence) == 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "De mentor maakt een lijst met tien vragen van klanten.",
        "Agreed: every meeting gets its purpose in the title.",
        "We hebben de handleiding samen ingekort tot vijf regels.",
    ],
)
def test_what_was_agreed_about_work_may_be_proposed(sentence: str) -> None:
    assert secrecy.risk(sentence) < secrecy.RISK
