"""The built-in craft is sound: every page in both languages, every rule with a source, every question askable."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest
import yaml

from assistant import craft, resources
from assistant.craft import BankQuestion, Page, Wording
from assistant.words import jaccard, stems
from assistant.writers.wordlists import subjects

LANGUAGES = ("nl", "en")
ASKING = re.compile(
    r"\b(?:wat|wie|wiens|hoe|waar\w*|wanneer|welke?|what|who|whose|how|where|when|which)\b|\w(?:'|’)s\b",
    re.IGNORECASE,
)
# What a question of the bank never has, in either language: praise, a nudge towards an answer, reproach, words of the
# consultant, talk about others, and what is nobody's business.
NEVER = {
    "flattery": r"geweldig|fantastisch|briljant|knap van|indrukwekkend|great|brilliant|wonderful|amazing|impressive",
    "leading": r"vind je (?:ook )?niet|toch\?|zou je niet|denk je niet|, (?:don't|isn't|aren't|wouldn't|shouldn't) (?:you|it|they)|surely",
    "reproach": r"^waarom|^why",
    "jargon": r"alignment|stakeholders?|impact|borgen|uitdaging(?:en)?|challenges?|leverage|synergie|meenemen in|uitrollen",
    "gossip": r"wie van je (?:team|collega's)|wie in je team|which of your colleagues|who on your team|van (?:hem|haar) vind",
    "private": r"ziek|gezondheid|health|geloof je in|religie|religion|afkomst|ethnic\w*|salaris|salary|huwelijk|marriage",
}
POINTING = re.compile(
    r"\b(?:dat|dit|daar\w*|die|het|er|ervan|erover|deze|zoiets|sindsdien|vandaag|dan|daarna|net zo|weken|zei|toen|diezelfde|eigen antwoord|weerwoord|de reden|"
    r"that|this|those|it|there|since|today|then|above|them|something like|the old|the reason|your own|feared|in mind|the opposite|next)\b",
    re.IGNORECASE,
)
FIELDS = {
    "phase": {"contract", "listen", "explore", "action", "review"},
    "asker": {"mentor", "mentee", "both"},
    "purpose": {"trend", "policy-check", "skill", "culture"},
    "evidence": {
        "none", "thread", "question", "line", "belief", "contrast", "promise", "kept", "answer", "interest", "learning",
        "cancelled",
    },
}  # fmt: skip
AVOID = {"first-session", "slipping", "stalled", "senior-sad", "special-category", "few-notes", "remote"}
_TEXT, _GROUNDED, _WHY = 22, 20, 32  # words


def bank() -> list[BankQuestion]:
    files = sorted((resources.corpus() / "questions").glob("*.yaml"))
    return [q for path in files for q in craft.questions_of(path, path.read_text(encoding="utf-8"))]


QUESTIONS = bank()
WORDINGS = [(q, language, q.wording(language)) for q in QUESTIONS for language in LANGUAGES]


def spoken(wording: Wording) -> list[str]:
    return [text for text in (wording.text, wording.grounded, *wording.follow_ups) if text]


def test_the_bank_is_large_and_its_ids_are_unique() -> None:
    assert len(QUESTIONS) >= 280
    assert len({q.id for q in QUESTIONS}) == len(QUESTIONS)
    assert all(re.fullmatch(rf"{q.category}-\d\d", q.id) for q in QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_the_fields_are_those_of_the_practice(question: BankQuestion) -> None:
    for field, known in FIELDS.items():
        assert getattr(question, field) in known, field
    assert question.depth in (1, 2, 3)
    assert question.stage
    assert set(question.stage) <= {"first", "early", "deep", "closing"}
    assert set(question.avoid_if) <= AVOID
    assert question.source
    assert question.about is None or question.about in subjects()
    assert question.depth < 3 or "first" not in question.stage  # what is hard waits until they know each other


@pytest.mark.parametrize(
    ("question", "language", "wording"), WORDINGS, ids=[f"{q.id}-{lang}" for q, lang, _ in WORDINGS]
)
def test_a_question_is_open_and_one(question: BankQuestion, language: str, wording: Wording) -> None:
    for text in spoken(wording):
        assert (text.count("?") == 1 and text.endswith("?")) or text == wording.text
        assert ASKING.search(text), text
        assert text[0].isupper()
    assert wording.text.count("?") == 1
    assert len(wording.text.split()) <= _TEXT
    assert len(wording.why.split()) <= _WHY
    assert len(set(wording.follow_ups)) == len(wording.follow_ups) >= 2


@pytest.mark.parametrize(
    ("question", "language", "wording"), WORDINGS, ids=[f"{q.id}-{lang}" for q, lang, _ in WORDINGS]
)
def test_a_question_holds_nothing_that_one_would_be_ashamed_of(
    question: BankQuestion, language: str, wording: Wording
) -> None:
    for fault, pattern in NEVER.items():
        for text in (wording.text, wording.grounded or ""):
            found = re.search(rf"(?:\b|^|(?=,))(?:{pattern})", text, re.IGNORECASE)
            assert not found, (fault, text)


@pytest.mark.parametrize(
    ("question", "language", "wording"), WORDINGS, ids=[f"{q.id}-{lang}" for q, lang, _ in WORDINGS]
)
def test_what_follows_a_quotation_is_a_sentence_that_points_back_to_it(
    question: BankQuestion, language: str, wording: Wording
) -> None:
    assert (wording.grounded is None) == (question.evidence == "none")
    if wording.grounded is not None:
        assert "{" not in wording.grounded
        assert "“" not in wording.grounded
        assert len(wording.grounded.split()) <= _GROUNDED
        assert POINTING.search(wording.grounded), wording.grounded


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_ask_the_same_in_other_words(language: str) -> None:
    seen = [(q.id, stems(q.wording(language).text)) for q in QUESTIONS]
    alike = [(a, b) for n, (a, x) in enumerate(seen) for b, y in seen[:n] if len(x & y) >= 3 and jaccard(x, y) > 0.5]
    assert alike == []
    tails = [q.wording(language).grounded for q in QUESTIONS if q.evidence != "none"]
    assert len(set(tails)) == len(tails)


@pytest.mark.parametrize("language", LANGUAGES)
def test_openings_vary_within_a_category(language: str) -> None:
    for category in {q.category for q in QUESTIONS}:
        texts = [q.wording(language).text for q in QUESTIONS if q.category == category]
        openings = Counter(" ".join(text.split()[:2]).casefold() for text in texts)
        assert max(openings.values()) <= 4, (category, openings.most_common(1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("evidence", "depths"), [("thread", (1, 2, 3)), ("belief", (1, 2, 3)), ("promise", (1, 2, 3)), ("interest", (1, 2, 3)), ("kept", (1, 2, 3)), ("learning", (1, 2, 3)), ("contrast", (2, 3)), ("answer", (2, 3))])  # fmt: skip
def test_there_is_a_question_of_each_depth_for_each_kind_of_line(
    evidence: str, depths: tuple[int, ...], language: str
) -> None:
    kinds = {evidence, "line"} if evidence == "thread" else {evidence}
    found = {q.depth for q in QUESTIONS if q.evidence in kinds and q.asker != "mentee" and "deep" in q.stage}
    assert found >= set(depths)


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
