"""The word lists are clean, and a question finds what is written in the other language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from retrieval.indexed import document

from assistant import resources
from assistant.retrieval import meanings
from assistant.retrieval.lexical import Lexical
from assistant.retrieval.meanings import Meanings, open_meanings
from assistant.retrieval.terms import LANGUAGES, bare, lines_of, stems
from assistant.words import fold

WORDS = resources.corpus() / "words"
LISTS = sorted(WORDS.glob("??-??.txt"))
FORMS = sorted(WORDS.glob("forms.*.txt"))


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Meanings]:
    found = open_meanings(tmp_path / "words.sqlite3", tmp_path)
    yield found
    found.close()


def found(index: Lexical, query: str, words: Meanings) -> str:
    scores = index.search(query, words)
    row = max(scores, key=lambda r: scores[r].score)
    return index.get([row])[row].text


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.name)
def test_a_list_is_sorted_without_repeats_and_written_alike(path: Path) -> None:
    lines = list(lines_of(path.read_text(encoding="utf-8")))
    heads = [line.partition(" = ")[0] for line in lines]
    assert heads == sorted(heads, key=fold)
    assert len({fold(head) for head in heads}) == len(heads)
    for line in lines:
        head, sign, rest = line.partition(" = ")
        translations = rest.split(", ")
        assert sign, line
        assert head.split() == [head], line
        assert all(t.strip() == t and t and t.lower() == t for t in [head, *translations]), line
        assert len(set(translations)) == len(translations), line
        assert fold(head) not in [fold(t) for t in translations], line


def test_the_dutch_english_list_is_no_handful() -> None:
    assert len(list(lines_of((WORDS / "nl-en.txt").read_text(encoding="utf-8")))) > 8000


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.name)
def test_a_form_belongs_to_one_word_and_is_no_word_with_forms_itself(path: Path) -> None:
    lines = [line.partition(": ") for line in lines_of(path.read_text(encoding="utf-8"))]
    heads = [head for head, _, _ in lines]
    forms = [form for _, _, forms in lines for form in forms.split()]
    assert heads == sorted(heads, key=fold)
    assert len(set(forms)) == len(forms)
    assert not set(forms) & set(heads)
    assert path.suffixes[0].strip(".") in LANGUAGES


@pytest.mark.parametrize(
    ("one", "other"),
    [("ging", "gaan"), ("afgesproken", "afspreken"), ("rijdt", "rijden"), ("huizen", "huis"), ("kinderen", "kind"),
     ("went", "go"), ("children", "child"), ("promised", "promise"), ("vergaderingen", "vergadering")],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert set(stems(bare(one))) & set(stems(bare(other)))


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("vergadering", "meeting"), ("meeting", "vergadering"), ("belofte", "promise"), ("beloofde", "promise"),
     ("verzekeraars", "insurer"), ("fired", "ontslaan"), ("werkdruk", "workload"), ("customer", "klant")],
)  # fmt: skip
def test_a_word_is_known_in_the_other_language(words: Meanings, word: str, meaning: str) -> None:
    assert {stems(meaning)} & {stems(other) for other in words.of(word)}


def test_what_is_nearest_weighs_most_and_nothing_more_than_the_word_itself(words: Meanings) -> None:
    weights = list(words.of("vergadering").values())
    assert weights == sorted(weights, reverse=True)
    assert 0 < weights[-1] <= weights[0] < 1
    assert "vergadering" not in words.of("vergadering")
    assert words.of("zzyzx") == {}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Who pays the invoices?", "De facturen worden door de boekhouding betaald."),
        ("Wie betaalt de facturen?", "The invoices are paid by the bookkeeper."),
        ("cancelled meeting", "De afspraak is afgezegd."),
        ("werkdruk in de winkel", "The workload in the shop is too high."),
    ],
)
def test_a_question_finds_what_is_written_in_the_other_language(words: Meanings, query: str, text: str) -> None:
    others = ["De kat slaapt op de vensterbank.", "The ferry leaves at noon from the harbour.", "Morgen regent het."]
    index = Lexical.create(None, "")
    index.update([], [document(f"2026-01-{n:02}.md", t) for n, t in enumerate([*others, text], 1)])
    assert found(index, query, words) == text
    index.close()


def test_the_word_itself_is_better_than_its_translation(words: Meanings) -> None:
    index = Lexical.create(None, "")
    texts = ["The invoice is late again.", "De factuur is weer te laat."]
    index.update([], [document(f"2026-01-{n:02}.md", t) for n, t in enumerate(texts, 1)])
    assert found(index, "factuur", words) == texts[1]
    assert found(index, "invoice", words) == texts[0]
    index.close()


def test_a_kept_file_is_used_and_one_of_other_lists_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_meanings(tmp_path / "words.sqlite3", tmp_path).close()
    kept = tmp_path / "words.sqlite3"
    before = kept.read_bytes()
    monkeypatch.setattr(meanings, "_made", lambda key, texts: pytest.fail("made again"))
    open_meanings(tmp_path / "words.sqlite3", tmp_path).close()
    monkeypatch.undo()
    (tmp_path / "nl-en.txt").write_text("zzyzx = quux\n", encoding="utf-8")
    monkeypatch.setattr(meanings, "_files", lambda: [tmp_path / "nl-en.txt"])
    other = open_meanings(tmp_path / "words.sqlite3", tmp_path)
    assert list(other.of("zzyzx")) == ["quux"]
    other.close()
    assert kept.read_bytes() != before


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    open_meanings(tmp_path / "words.sqlite3", tmp_path).close()
    kept = tmp_path / "words.sqlite3"
    raw = kept.read_bytes()
    for damaged in (b"", b"not a database" * 100, raw[: len(raw) // 2], raw[:4096] + b"\xff" * (len(raw) - 4096)):
        kept.write_bytes(damaged)
        words = open_meanings(tmp_path / "words.sqlite3", tmp_path)
        assert "meeting" in words.of("vergadering")
        words.close()


def test_no_disk_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    words = open_meanings(file / "words.sqlite3", file / "scratch")
    assert "meeting" in words.of("vergadering")
    words.close()
