"""Words in the form in which texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Privé", "prive"),
        ("VÓÓR", "voor"),
        ("prive\u0301", "prive"),
        ("foto’s", "foto's"),
        ("Straße", "strasse"),
        ("ﬁets", "fiets"),
        ("her\u00adkom\u200bst", "herkomst"),
    ],
)
def test_case_accents_and_apostrophes_make_no_difference(text: str, folded: str) -> None:
    assert words.fold(text) == folded


def test_words_are_cut_at_signs_and_keep_their_apostrophe() -> None:
    found = words.words("Noor's foto’s: 3 stuks, e-mail_adres!")
    assert found == ["noor's", "foto's", "3", "stuks", "e", "mail", "adres"]


def test_stop_words_of_both_languages_always_go() -> None:
    assert words.content("The balie and de kantine, a 7 b") == ["balie", "kantine", "7"]


def test_forms_of_a_word_share_a_stem() -> None:
    assert words.stems("vestiging") == words.stems("vestigingen")
    assert words.stems("promise") != words.stems("kantine")


@pytest.mark.parametrize(
    ("a", "b", "likeness", "jaccard"),
    [
        ("balie kantine", "balie kantine rooster planning", 1.0, 0.5),
        ("balie kantine", "balie rooster", 0.5, 1 / 3),
        ("balie", "kantine", 0.0, 0.0),
        ("", "kantine", 0.0, 0.0),
        ("", "", 0.0, 0.0),
    ],
)
def test_how_alike_two_texts_are(a: str, b: str, likeness: float, jaccard: float) -> None:
    assert words.likeness(words.stems(a), words.stems(b)) == pytest.approx(likeness)
    assert words.jaccard(words.stems(a), words.stems(b)) == pytest.approx(jaccard)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_between_0_and_1(a: str, b: str) -> None:
    one, other = words.stems(a), words.stems(b)
    assert 0 <= words.jaccard(one, other) <= words.likeness(one, other) == words.likeness(other, one) <= 1


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert words.fold(words.fold(text)) == words.fold(text)
