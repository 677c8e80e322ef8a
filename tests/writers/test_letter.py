"""The mail after a session: how a promise is said, and what holds whatever was promised."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st

from assistant import prompts
from assistant.records import Calendar, Commitment, Level, Mailable, Momentum, Owner, Pair, Person, Side, State
from assistant.writers import letter
from assistant.writers.promised import Teller

NOOR = Person("Noor van der Velde", ("NvdV",))
WILLEM = Person("Willem Achterberg", ("WA",))
PAIR = Pair("noor-willem", "pair.toml", "nl", "2 months", None, 60, None, NOOR, WILLEM, (), (), (), (), ())
DAY = dt.date(2026, 5, 19)


@pytest.mark.parametrize(("sender", "owner", "language", "noted", "said"), cases("promised.yaml"))
def test_a_promise_is_said_to_the_other_one(sender: Side, owner: Owner, language: str, noted: str, said: str) -> None:
    sides = prompts.letter_phrases(language).sides
    assert Teller(PAIR, sender, sides, language).said(noted, owner) == said


def material(
    texts: list[tuple[str, Owner, int | None]], state: State, planned: bool, discreet: bool
) -> letter.Material:
    points = []
    for number, (text, owner, days) in enumerate(texts):
        due = DAY + dt.timedelta(days=days) if days is not None else None
        kept = Commitment(f"c-{number}", text, owner, DAY, due, "open", None, Level.PAIR, ())
        points.append(letter.Point(Mailable(text), kept))
    return letter.Material(
        pair=PAIR,
        sender="mentor",
        today=DAY + dt.timedelta(days=1),
        session=DAY,
        calendar=Calendar(
            3, "early", DAY, DAY + dt.timedelta(days=56) if planned else None, Momentum(state, dt.date(2026, 7, 19), 0)
        ),
        cancelled=(),
        about=("roosters en planning",),
        told=letter.Told("told", Mailable("Een ochtend meedraaien vertelt meer dan een kwartaal aan rapportages.")),
        points=tuple(points),
        discreet=discreet,
    )


words = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Po")), min_size=1, max_size=9)
promises = st.lists(
    st.tuples(
        st.lists(words, min_size=1, max_size=60).map(" ".join),
        st.sampled_from(("mentor", "mentee", "both", "unknown")),
        st.none() | st.integers(0, 400),
    ),
    max_size=14,
)


@given(
    promises,
    st.sampled_from(("on-track", "slipping", "stalled")),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("nl", "en")),
)
def test_whatever_was_promised_it_is_short_asks_one_thing_and_leaves_out_no_side(
    texts: list[tuple[str, Owner, int | None]], state: State, planned: bool, discreet: bool, language: str
) -> None:
    given_ = material(texts, state, planned, discreet)
    written = letter.write(given_, prompts.letter_phrases(language))
    assert len(written.text.split()) < 150
    assert written.text.count("?") == 1
    assert written.ask in written.text
    assert {p.commitment.owner for p in written.points} == {owner for _, owner, _ in texts}


def test_a_discreet_mail_says_how_much_was_agreed_and_no_word_of_what() -> None:
    texts: list[tuple[str, Owner, int | None]] = [("geheimtaal", "mentor", 4), ("spreektaal", "mentee", None)]
    written = letter.write(material(texts, "on-track", True, True), prompts.letter_phrases("nl"))
    assert not re.search("taal|roosters|meedraaien", written.text)
    assert "- ik: één ding dat in de notities staat, uiterlijk 23 mei" in written.text
    assert "- jij: één ding dat in de notities staat\n" in written.text


@pytest.mark.parametrize("today", [DAY + dt.timedelta(days=n) for n in range(20)])
@pytest.mark.parametrize("session", [DAY + dt.timedelta(days=n) for n in range(7)])
def test_two_working_days_to_come_are_proposed(session: dt.date, today: dt.date) -> None:
    first, second = letter.proposals(session, today)
    assert today + dt.timedelta(days=4) < first < second
    assert max(first.weekday(), second.weekday()) < 5


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_question_of_a_mail_is_one(language: str) -> None:
    phrases = prompts.letter_phrases(language)
    assert all(ask.count("?") == 1 for ask in phrases.asks.values())
    others = (phrases.subjects, phrases.openings, phrases.thanks, phrases.promises, phrases.closings)
    assert not any("?" in sentence for listed in others for sentence in listed.values())


def test_a_promise_that_is_not_for_an_inbox_is_told_by_whose_it_is_and_when() -> None:
    given_ = material([("spreektaal", "mentor", None)], "on-track", True, False)
    hidden = msgspec.structs.replace(given_.points[0].commitment, owner="mentee", due=dt.date(2026, 6, 1))
    given_ = msgspec.structs.replace(given_, points=(*given_.points, letter.Point(None, hidden)))
    text = letter.write(given_, prompts.letter_phrases("en")).text
    assert "- me: spreektaal" in text
    assert "- you: one thing that is in the notes, by 1 June" in text


def test_promises_go_before_the_quotation_in_the_thanks() -> None:
    texts: list[tuple[str, Owner, int | None]] = [(f"{n} " + "woord " * 14, "mentor", n) for n in range(8)]
    written = letter.write(material(texts, "on-track", True, False), prompts.letter_phrases("nl"))
    assert "meedraaien" not in written.text
    assert len(written.points) == 8
    assert "woord woord woord woord woord woord" in written.text
