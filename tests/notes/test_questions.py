"""Questions that the mentor asked, in Dutch and English, and what is no question of hers."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.notes import note, reader
from assistant.records import Pair, Question

DAY = dt.date(2026, 3, 12)


def asked(text: str, pair: Pair) -> list[Question]:
    return list(reader.read(note.read(text.encode(), "pairs/noor-willem/sessions/2026-03-12.md", DAY), pair).questions)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Vraag: wat houdt je tegen?", "wat houdt je tegen?"),
        ("**Vraag:** Wat houdt je tegen?", "Wat houdt je tegen?"),
        ("- Vraag aan Willem: waar twijfel je over?", "waar twijfel je over?"),
        ("Kernvraag: wie beslist hier eigenlijk over?", "wie beslist hier eigenlijk over?"),
        ("Question: what keeps you from asking?", "what keeps you from asking?"),
        ("Q: who decides about this?", "who decides about this?"),
        ("Ik vroeg: “Wat hoor je nooit van de balie?”", "Wat hoor je nooit van de balie?"),
        ('Toen heb ik gevraagd "Wie spreekt jou tegen?" en hij zweeg.', "Wie spreekt jou tegen?"),
        ("I asked: “What do you never hear?” He was quiet.", "What do you never hear?"),
        ('My question: "Who disagrees with you?"', "Who disagrees with you?"),
        ("Noor: Wat hoor je nooit van de balie?", "Wat hoor je nooit van de balie?"),
    ],
)
def test_a_question_of_the_mentor_is_found(pair: Pair, line: str, text: str) -> None:
    (found,) = asked(f"# Sessie\n\n{line}\n", pair)
    assert (found.text, found.source.line, found.source.date) == (text, 3, DAY)


@pytest.mark.parametrize("title", ["Vragen", "Questions I asked", "Vraag van vandaag", "**Question**"])
def test_the_items_under_a_heading_of_questions(pair: Pair, title: str) -> None:
    found = asked(f"## {title}\n\n- Wat houdt je tegen?\n- Geen vraag.\n\n## Verder\n\n- Echt waar?\n", pair)
    assert [q.text for q in found] == ["Wat houdt je tegen?"]


@pytest.mark.parametrize(
    "line",
    [
        "Het ging over de balie.",
        "Hij vroeg zich af of het kon.",
        "Willem: Wat hoor jij van de balie?",
        "> Kan het ook op dinsdag?",
        "Vraag: geen.",
    ],
)
def test_what_is_no_question_of_the_mentor(pair: Pair, line: str) -> None:
    assert asked(f"# Sessie\n\n{line}\n", pair) == []


def test_minutes_tell_a_question_by_the_name_of_who_asked(pair: Pair) -> None:
    text = "Noor vraagt hoe lang Willem zelf zou wachten.\n\nWie belt jou als het misgaat, wilde Noor weten."
    assert [q.text for q in asked(text, pair)] == ["hoe lang Willem zelf zou wachten", "Wie belt jou als het misgaat"]
