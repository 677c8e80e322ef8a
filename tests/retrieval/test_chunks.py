"""Chunks: of one level and one section, short, on their lines, and nothing of the text lost."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Level, Passage
from assistant.retrieval.chunks import Chunk, Document, all_chunks

DAY = dt.date(2026, 3, 10)
LEVELS = st.sampled_from([Level.OWN, Level.CONFIDENTIAL, Level.PAIR, Level.PROGRAMME])
SECTIONS = st.sampled_from([(), ("Sessie",), ("Sessie", "Acties")])
SENTENCE = st.sampled_from(
    ["Ja.", "De kassa staat vast!", "Wie belt er; morgen?", "“Nee” – zei ze… 🙂", "x" * 700, "a  b", "Ja. Ja. Ja."]
)
LINE = st.lists(SENTENCE, min_size=1, max_size=12).map(" ".join)
BODY = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
KIND = st.sampled_from(["text", "item", "row", "verbatim"])


@st.composite
def passages(draw: st.DrawFn) -> list[Passage]:
    line, result = 1, []
    for block, (text, level, section, kind) in enumerate(
        draw(st.lists(st.tuples(BODY, LEVELS, SECTIONS, KIND), min_size=1, max_size=6))
    ):
        result.append(Passage(line, level, section, kind, text, block))  # type: ignore[arg-type]
        line += text.count("\n") + draw(st.integers(1, 3))
    return result


def made(read: list[Passage]) -> list[Chunk]:
    return all_chunks([Document("2026-03-10.md", "0", lambda: (DAY, tuple(read)))])


def test_a_short_note_is_one_chunk_with_its_section_beside_it() -> None:
    read = [
        Passage(1, Level.PAIR, (), "heading", "Sessie", 0),
        Passage(3, Level.PAIR, ("Sessie",), "text", "De kassa staat vast.", 1),
        Passage(5, Level.PAIR, ("Sessie",), "item", "Noor belt", 2),
        Passage(6, Level.PAIR, ("Sessie",), "item", "Willem kijkt", 3),
    ]
    assert made(read) == [
        Chunk("2026-03-10.md", 3, DAY, Level.PAIR, ("Sessie",), "De kassa staat vast.\nNoor belt\nWillem kijkt")
    ]


def test_two_levels_and_two_sections_are_two_chunks() -> None:
    read = [
        Passage(1, Level.PAIR, ("A",), "text", "een", 0),
        Passage(2, Level.OWN, ("A",), "text", "twee", 0),
        Passage(3, Level.OWN, ("B",), "text", "drie", 1),
    ]
    assert [(c.level, c.section, c.line, c.text) for c in made(read)] == [
        (Level.PAIR, ("A",), 1, "een"),
        (Level.OWN, ("A",), 2, "twee"),
        (Level.OWN, ("B",), 3, "drie"),
    ]


@given(passages())
def test_no_chunk_is_longer_than_a_result_may_be(read: list[Passage]) -> None:
    assert all(0 < len(c.text) <= 500 for c in made(read))


@given(passages())
def test_every_chunk_has_the_level_the_section_and_the_line_of_its_first_words(read: list[Passage]) -> None:
    lines = {p.line + n: (p, text) for p in read for n, text in enumerate(p.text.split("\n"))}
    for chunk in made(read):
        passage, text = lines[chunk.line]
        assert (chunk.level, chunk.section) == (passage.level, passage.section)
        assert chunk.text.split("\n")[0] in text


@given(passages())
def test_no_word_is_lost_and_none_is_there_twice(read: list[Passage]) -> None:
    def letters(texts: list[str]) -> str:
        return "".join("".join(texts).split())

    assert letters([c.text for c in made(read)]) == letters([p.text for p in read])


def test_the_same_sentence_again_and_again_stands_on_each_of_its_lines() -> None:
    text = "\n".join(["De kassa staat vast en niemand weet hoe het komt."] * 60)
    found = made([Passage(7, Level.PAIR, (), "verbatim", text, 0)])
    starts, expected = [c.line for c in found], 7
    for chunk, start in zip(found, starts, strict=True):
        assert start == expected
        expected += chunk.text.count("\n") + 1
    assert expected == 67


def test_a_heading_above_nothing_tells_itself_and_a_place_left_empty_does_not() -> None:
    read = [
        Passage(1, Level.PAIR, ("Sessie 3",), "heading", "Sessie 3", 0),
        Passage(3, Level.PAIR, ("Sessie 3", "De lift stond stil"), "heading", "De lift stond stil", 1),
        Passage(5, Level.PAIR, ("Sessie 3", "Acties"), "heading", "Acties", 2),
        Passage(7, Level.PAIR, ("Sessie 3", "Terugblik op de proef"), "heading", "Terugblik op de proef", 3),
        Passage(9, Level.PAIR, ("Sessie 3", "Terugblik op de proef"), "text", "Gelukt.", 4),
    ]
    assert [(c.line, c.text) for c in made(read)] == [(3, "De lift stond stil"), (9, "Gelukt.")]
