"""The word lists, and how forms of their words are known."""

from __future__ import annotations

import pytest

from assistant import resources
from assistant.privacy import lexicon
from assistant.words import fold

LISTS = ["known", "first-names", "surnames", "ordinary"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_folded_sorted_and_without_doubles(name: str) -> None:
    listed = (resources.corpus() / "words" / f"{name}.txt").read_text(encoding="utf-8").split()
    assert listed == sorted(set(listed))
    assert [word for word in listed[::97] if word != fold(word)] == []


@pytest.mark.parametrize(
    "word", ["lopen", "huizen", "brieven", "vergaderzaal", "making", "tried", "bommen", "werkkleding", "mentors"]
)
def test_forms_and_compounds_are_plain_words(word: str) -> None:
    assert lexicon.is_word(word)


@pytest.mark.parametrize("word", ["wilhelms", "castelijns", "zeearend4", "lkb", "jerkovic"])
def test_what_is_no_word_is_none(word: str) -> None:
    assert not lexicon.is_word(word)


def test_a_name_that_is_an_everyday_word_is_left_out() -> None:
    assert lexicon.is_first_name("anouk")
    assert not lexicon.is_first_name("will")
    assert not lexicon.is_first_name("mentee")
    assert lexicon.is_name("jansen")


def test_every_list_of_words_that_code_asks_for_is_there() -> None:
    lexicon.ready()
    assert {"januari", "may"} <= lexicon.cue("months")
