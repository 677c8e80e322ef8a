"""A question is known again in other words and in the other language, and another question is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant import craft, resources
from assistant.writers.memory import Memory, bare
from assistant.writers.wordlists import depth_of, is_delicate

CASES = yaml.safe_load((Path(__file__).resolve().parents[1] / "cases" / "asked_again.yaml").read_text(encoding="utf-8"))


def memory(*asked: str) -> Memory:
    files = sorted((resources.corpus() / "questions").glob("*.yaml"))
    bank = [q for path in files for q in craft.questions_of(path, path.read_text(encoding="utf-8"))]
    return Memory(asked, [w.text for q in bank for w in (q.nl, q.en)])


def test_nine_of_ten_are_known_again_and_hardly_one_is_mistaken() -> None:
    known = sum(memory(a).heard([b]) for a, b in CASES["same"])
    mistaken = sum(memory(a).heard([b]) for a, b in CASES["different"])
    assert known >= 0.9 * len(CASES["same"])
    assert mistaken <= 0.03 * len(CASES["different"])


@pytest.mark.parametrize("question", ["Wie spreekt jou tegen?", "Who disagrees with you in meetings?"])
def test_the_very_same_question_is_known(question: str) -> None:
    assert memory(question).heard([question])


def test_what_is_quoted_is_not_what_is_asked() -> None:
    text = "Dit bleef liggen: “wie belt de bewoners als de lift stilstaat?” Wat besluit je door er niets aan te doen?"
    assert bare(text).strip(" .") == "Wat besluit je door er niets aan te doen?"
    assert not memory("Wie belt de bewoners als de lift stilstaat?").heard([text])
    assert memory(text).heard(["Welk besluit neem je door er niets aan te doen?"])


@pytest.mark.parametrize(
    ("text", "delicate"),
    [
        ("Ze is overspannen en blijft nog thuis", True),
        ("He is seeing a psychologist", True),
        ("er gaat een gerucht over de locatie", True),
        ("de brief aan de bewoners is te lang", False),
        ("ziekmelden mag straks via de app", False),
    ],
)
def test_delicate_is_health_gossip_and_the_like(text: str, delicate: bool) -> None:
    assert is_delicate(text, []) is delicate


def test_what_the_two_chose_to_talk_about_is_not_delicate() -> None:
    assert is_delicate("de salarissen van de nachtdienst", [])
    assert not is_delicate("de salarissen van de nachtdienst", ["salarissen uitleggen"])


@pytest.mark.parametrize(
    ("question", "depth"),
    [
        ("Wie zit er in dat overleg?", 1),
        ("Wat gebeurt er als je het laat?", 2),
        ("Waar ben je bang voor?", 3),
        ("What would you lose?", 3),
    ],
)
def test_how_deep_a_question_of_a_note_goes(question: str, depth: int) -> None:
    assert depth_of(question) == depth
