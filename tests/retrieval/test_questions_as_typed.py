"""What people type into a search: signs of a query language, accents, capitals, and what a keyboard puts in unseen."""

from __future__ import annotations

import pytest
from retrieval.indexed import document

from assistant.retrieval.lexical import Lexical

TEXTS = [
    "De medewerkers zetten foto’s van het rooster in de groep.",
    "Één coördinator vroeg naar België en het café.",
    "The MANAGER doesn't open the naïve résumé tool.",
    "Van de straat naar de Straße.",
]


@pytest.fixture(scope="module")
def index() -> Lexical:
    index = Lexical.create(None, "")
    index.update([], [document(f"2026-0{n}-10.md", text) for n, text in enumerate(TEXTS, 1)])
    return index


def best(index: Lexical, query: str) -> str | None:
    scores = index.search(query)
    row = max(scores, key=lambda r: scores[r].score, default=None)
    return None if row is None else index.get([row])[row].text


@pytest.mark.parametrize(
    "query",
    [
        'rooster"', '"rooster', '""rooster""', "'rooster'", "rooster*", "*rooster", "^rooster", "rooster^2", "-rooster",
        "+rooster", "NOT rooster", "rooster NOT", "AND rooster OR", "NEAR(rooster, 5)", "NEAR rooster", "words:rooster",
        "{words pieces}:rooster", "fts:rooster", "rooster)", "((rooster", "rooster;--", "rooster\\", "rooster\x00",
        "rooster 🙂", "🙂rooster🙂", "rooster\ud83d", "“rooster”", "rooster\u200b", "\ufeffrooster", "rooster\n\trooster",
        "rooster?", "% rooster _", "rooster " * 3000, " ".join(f"woord{n}" for n in range(5000)) + " rooster",
    ],
)  # fmt: skip
def test_signs_around_a_word_do_not_matter(index: Lexical, query: str) -> None:
    assert best(index, query) == TEXTS[0]


@pytest.mark.parametrize(
    "query", ["", " ", '"', "*", "()", "🙂", "\u00ad", "\x00", "' '", "…", "\ud83d", "-- ;", "{}:"]
)
def test_a_question_without_a_word_finds_nothing(index: Lexical, query: str) -> None:
    assert index.search(query) == {}


@pytest.mark.parametrize(
    "query", ["mede\u00adwerkers", "𞤀𞤁𞤂", "漢字", "क्षत्रिय", "x" * 100_000, "a\u0301" * 500, "NEAR", "OR", "NOT"]
)
def test_no_script_and_no_operator_makes_it_stumble(index: Lexical, query: str) -> None:
    index.search(query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ROOSTER", 0), ("foto's", 0), ("foto’s", 0), ("FOTO’S", 0), ("medewerker", 0),
        ("coordinator", 1), ("COÖRDINATOR", 1), ("coo\u0308rdinator", 1), ("belgie", 1), ("cafe", 1), ("CAFÉ", 1),
        ("manager", 2), ("naive", 2), ("RESUME", 2), ("re\u0301sume\u0301", 2), ("strasse", 3), ("STRASSE", 3),
    ],
)  # fmt: skip
def test_accents_capitals_and_apostrophes_do_not_matter(index: Lexical, query: str, text: int) -> None:
    assert best(index, query) == TEXTS[text]


def test_stop_words_count_only_where_there_is_nothing_else(index: Lexical) -> None:
    assert len(index.search("de van het rooster")) == 1
    index.search("de van het")


@pytest.mark.parametrize(
    "query",
    ["summarise the discussion about lifts", "wat is er gezegd over de liften?", "what did they say about lifts"],
)
def test_the_subject_of_a_question_weighs_more_than_the_words_that_ask(query: str) -> None:
    index = Lexical.create(None, "")
    talk = "Summary of the discussion: they say little. Er is gezegd wat er gezegd is, het werd besproken."
    index.update([], [document("2026-01-10.md", talk), document("2026-02-10.md", "De liften, the lifts, stood still.")])
    assert "lifts" in (best(index, query) or "")
    index.close()
