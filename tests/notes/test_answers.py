"""The answer to a question of the mentor: the next turn, or the sentence that tells it."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.notes import answers, note, reader
from assistant.privacy import audience as privacy
from assistant.records import Audience, Pair

PATH = "pairs/noor-willem/sessions/2026-03-12.md"


def answered(text: str, pair: Pair, audience: Audience = Audience.PAIR) -> list[answers.Answer]:
    read = reader.read(note.read(text.encode(), PATH, dt.date(2026, 3, 12)), pair)
    return answers.answers(privacy.cut([read], audience), pair, dt.date(2026, 7, 6))


@pytest.mark.parametrize(
    ("text", "line", "words", "literal"),
    [
        ("Noor: Wie ziet de brief voor hij weggaat?\nWillem: Alleen de jurist en ik.\n", 2, "Alleen de jurist en ik", True),
        ("NvdV: What would a nurse say about it?\nWA: That nobody asked her, I'm afraid.\n", 2, "That nobody asked her, I'm afraid", True),
        ("Ik vroeg: “Wie leest de brief?” Hij zei: alleen de jurist.\n", 1, "alleen de jurist", True),
        ("I asked: “Who reads the letter?” He said that a lawyer reads it and nobody else does.\n", 1, None, False),
        ("I asked: “Who reads the letter?” He thought that most nurses read it on Monday.\n", 1, "He thought that most nurses read it on Monday", False),
    ],
)  # fmt: skip
def test_an_answer_is_found_behind_its_question(
    pair: Pair, text: str, line: int, words: str | None, literal: bool
) -> None:
    found = answered(text, pair)
    if words is None:
        assert found == []
        return
    assert [(a.source.line, a.gist.text, a.literal) for a in found] == [(line, words, literal)]
    assert found[0].source.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Noor: Ken je de brief?\nWillem: Ja, die ken ik van vorig jaar.\n",
        "Ik vroeg: “Wie leest de brief?” Daar had hij geen antwoord op.\n",
        "## Vragen\n\n- Wie leest de brief van de gemeente?\n- Wat doe je met een klacht?\n\n## Acties\n\n- Willem: de brief herschrijven\n",
    ],
)
def test_what_is_no_answer_is_none(pair: Pair, text: str) -> None:
    assert answered(text, pair) == []


def test_an_answer_that_an_audience_may_not_read_is_none(pair: Pair) -> None:
    text = "Noor: Wie ziet de brief voor hij weggaat?\n\n%%\nWillem: Alleen de jurist en ik.\n%%\n"
    assert answered(text, pair) == []
