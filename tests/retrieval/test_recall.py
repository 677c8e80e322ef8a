"""The sentences of notes, asked in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Level, Source
from assistant.retrieval.recall import Recall, Sentence, fused

OTHER = {"shifts": {"rooster": 0.8}}


def meaning(word: str) -> Mapping[str, float]:
    return OTHER.get(word, {})


def recall(*texts: str, heading: tuple[str, ...] = (), joined: bool = False) -> Recall:
    """Sentences of sessions a month apart, the first one the oldest."""
    return Recall(
        [
            Sentence(Source("a.md", n, dt.date(2026, 1 + n, 1), Level.PAIR, text), heading, joined and n > 0)
            for n, text in enumerate(texts)
        ],
        meaning,
    )


def best(asked: Recall, question: str) -> str:
    scores = asked.scores(question)
    return asked.sentences[max(scores, key=lambda number: scores[number])].source.quote


def test_a_word_finds_its_forms_and_the_compounds_that_it_is_part_of() -> None:
    asked = recall("Wij dekken de tafel.", "Het thuiswerkbeleid ligt er.", "Zij telde de winkels na.")
    assert best(asked, "beleid") == "Het thuiswerkbeleid ligt er."
    assert best(asked, "de winkel") == "Zij telde de winkels na."


def test_a_compound_finds_its_parts_but_not_a_word_that_only_ends_alike() -> None:
    asked = recall("Het beleid ligt er.", "Zij komen morgen.")
    assert best(asked, "thuiswerkbeleid") == "Het beleid ligt er."
    assert asked.scores("aankomen") == {}


def test_a_word_finds_what_it_is_in_the_other_language_for_less_than_itself() -> None:
    scores = recall("Het rooster hangt er.", "The shifts are up.", "Something else.").scores("shifts")
    assert 0 < scores[0] < scores[1]
    assert 2 not in scores


def test_what_is_rare_in_the_notes_tells_most() -> None:
    asked = recall("The app again.", "The app and the till.", "The app is slow.", "The refund took a week.")
    scores = asked.scores("refund in the app")
    assert scores[3] > scores[0]


def test_a_sentence_beside_a_match_and_one_under_a_heading_of_it_count_for_less_than_the_match() -> None:
    beside = recall("The till broke down.", "Nobody came to mend it.", joined=True).scores("till")
    assert 0 < beside[1] < beside[0] == 1
    assert 0 < recall("Nobody came to mend it.", heading=("The till",)).scores("till")[0] < 1


def test_a_sentence_is_found_by_a_part_of_its_line() -> None:
    asked = recall("One thing. ", "We take the till out, said Willem.")
    assert asked.number(Source("a.md", 1, None, Level.PAIR, "take the till out")) == 1
    assert asked.number(Source("a.md", 0, None, Level.PAIR, "take the till out")) is None


def test_the_last_session_is_the_newest() -> None:
    newness = recall("One.", "Two.", "Three.").newness
    assert newness == sorted(newness)
    assert newness[-1] == 1


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=40))
def test_scores_are_shares_of_a_question(texts: list[str], question: str) -> None:
    scores = recall(*texts).scores(question)
    assert all(0 <= score <= 1 + 1e-9 for score in scores.values())


@given(st.lists(st.text(alphabet="abcde ", min_size=1, max_size=20), min_size=1, max_size=5))
def test_a_sentence_finds_itself_whole(texts: list[str]) -> None:
    asked = recall(*texts)
    for number, text in enumerate(texts):
        if asked.words[number]:
            assert asked.scores(text)[number] > 1 - 1e-9


def test_questions_count_the_same_whatever_their_best_is_worth_unless_that_is_little() -> None:
    assert fused([{1: 1.0, 2: 0.5}, {2: 0.6}]) == {1: 0.5, 2: 0.75}
    assert fused([{1: 0.1}])[1] < 1
    assert fused([{}, {}]) == {}


def test_what_is_spread_does_not_repeat_itself_or_what_stands_beside() -> None:
    asked = recall("The till broke down again.", "The till broke down again today.", "Maggie mends the scanner.")
    worth = {0: 0.9, 1: 0.9, 2: 0.6}
    assert sorted(asked.spread(worth, 2)) == [1, 2]
    assert asked.spread(worth, 1, ["The till broke down again today."]) == [2]
