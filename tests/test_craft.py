"""The built-in craft is sound: every page in both languages, every rule with a source, every question askable."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml

from assistant import craft, resources
from assistant.craft import BankQuestion, Page, Wording
from assistant.words import jaccard, stems

LANGUAGES = ("nl", "en")
ASKING = re.compile(
    r"\b(?:wat|wie|wiens|hoe|waar\w*|wanneer|welke?|what|who|whose|how|where|when|which|why)\b|(?:'|’)s\b",
    re.IGNORECASE,
)
FLATTERY = re.compile(
    r"\b(?:geweldig|fantastisch|briljant|great|brilliant|wonderful|amazing|impressive|knap van je)\b", re.IGNORECASE
)


def bank() -> list[BankQuestion]:
    files = sorted((resources.corpus() / "questions").glob("*.yaml"))
    return [q for path in files for q in craft.questions_of(path, path.read_text(encoding="utf-8"))]


QUESTIONS = bank()
WORDINGS = [(q, language, q.wording(language)) for q in QUESTIONS for language in LANGUAGES]


def test_the_bank_is_large_and_its_ids_are_unique() -> None:
    assert len(QUESTIONS) >= 240
    assert len({q.id for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("question", "language", "wording"), WORDINGS, ids=[f"{q.id}-{lang}" for q, lang, _ in WORDINGS]
)
def test_a_question_is_open_and_one(question: BankQuestion, language: str, wording: Wording) -> None:
    assert wording.text.count("?") == 1
    assert ASKING.search(wording.text)
    assert len(wording.text.split()) <= 22
    assert not FLATTERY.search(wording.text)
    assert len(wording.follow_ups) >= 2
    assert all(f.count("?") == 1 for f in wording.follow_ups)
    assert (wording.grounded is None) == (question.evidence == "none")
    if wording.grounded is not None:
        assert wording.grounded.count("“{quote}”") == 1
        assert wording.grounded.count("?") == 1
    assert question.source
    assert question.depth in (1, 2, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_ask_the_same_in_other_words(language: str) -> None:
    seen = [(q.id, stems(q.wording(language).text)) for q in QUESTIONS]
    alike = [(a, b) for n, (a, x) in enumerate(seen) for b, y in seen[:n] if len(x & y) >= 3 and jaccard(x, y) > 0.6]
    assert alike == []


def pages(language: str) -> dict[str, tuple[Path, Page]]:
    found = {}
    for path in sorted((resources.corpus() / "guidance" / language).glob("*.md")):
        head = path.read_text(encoding="utf-8").split("---\n", 2)[1]
        page = msgspec.convert(yaml.safe_load(head), Page)
        found[page.id] = (path, page)
    return found


def test_every_page_is_there_in_both_languages() -> None:
    assert pages("nl").keys() == pages("en").keys()
    assert len(pages("nl")) >= 18


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_names_a_source_of_its_page_and_stands_on_its_line(language: str) -> None:
    for path, page in pages(language).values():
        sources = {source.id for source in page.sources}
        assert page.rules, path
        assert all(rule.source in sources for rule in page.rules), path
        text = path.read_text(encoding="utf-8")
        for rule in craft.rules_of(path, text):
            assert rule.text in text.split("\n")[rule.line - 1]
