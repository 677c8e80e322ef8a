"""Which level a piece of text has: the cases of cases/levels.yaml, and that titles stay with their level."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from case_files import cases

from assistant.notes import note
from assistant.records import Level, Note

PATH = "pairs/noor-willem/sessions/2026-03-12.md"
CASES = cases("levels.yaml")


def read(text: str, encoding: str = "utf-8", line_ends: str = "lf") -> Note:
    text = text.replace("\n", "\r\n") if line_ends == "crlf" else text
    return note.read(text.encode(encoding), PATH, dt.date(2026, 3, 12))


def levels_of(found: Note, words: str) -> set[str]:
    return {p.level.value for p in (*found.passages, *found.sealed) if words in p.text}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_text_has_the_level_that_its_marks_give_it(case: dict[str, Any]) -> None:
    found = read(case["note"], case.get("encoding", "utf-8"), case.get("line_ends", "lf"))
    assert {words: levels_of(found, words) for words, _ in case["levels"]} == {
        words: {level} for words, level in case["levels"]
    }
    told = {doubt.line for doubt in found.doubts}
    if case.get("warns") == "none":
        assert not told
    elif "warns" in case:
        assert case["warns"] in told


def test_every_doubt_names_the_file_and_quotes_nothing() -> None:
    for case in CASES:
        found = read(case["note"], case.get("encoding", "utf-8"))
        assert {doubt.path for doubt in found.doubts} <= {PATH}
        for doubt in found.doubts:
            assert 1 <= doubt.line <= case["note"].count("\n") + 1
            assert not [words for words, _ in case["levels"] if words in doubt.text]


def test_sealed_text_is_kept_apart() -> None:
    found = read("aardappel\n\n## Geheim\nbroccoli\n")
    assert Level.SEALED not in {p.level for p in found.passages}
    assert [p.text for p in found.sealed] == ["Geheim", "broccoli"]


@pytest.mark.parametrize(
    "text",
    [
        "[geheim]\n## Fusie met Calloway\n[/geheim]\n\naardappel\n",
        "<!-- private -->\n## Fusie met Calloway\n<!-- /private -->\n\naardappel\n",
        "## Plan %%Fusie met Calloway%%\n\naardappel\n",
    ],
)
def test_the_title_of_a_section_is_no_more_open_than_its_heading(text: str) -> None:
    below = [p for p in read(text).passages if p.text == "aardappel"]
    assert [p.level for p in below] == [Level.PAIR]
    assert "Calloway" not in " ".join(below[0].section)


def test_an_open_title_stays_with_what_stands_under_it() -> None:
    found = read("# Sessie\n## Vertrouwelijk\n### Fusie\naardappel\n")
    assert found.passages[-1].section == ("Sessie", "Vertrouwelijk", "Fusie")


def test_what_is_nested_too_deep_to_be_read_is_sealed() -> None:
    found = read("> " * 300 + "aardappel\n\nbroccoli\n")
    assert (levels_of(found, "aardappel"), levels_of(found, "broccoli")) == ({"sealed"}, {"pair"})
    assert [doubt.line for doubt in found.doubts] == [1]


def test_what_is_nested_as_people_nest_it_is_read() -> None:
    found = read("\n".join("  " * depth + f"- punt {depth}" for depth in range(25)))
    assert [(p.depth, p.level) for p in found.passages] == [(depth + 1, Level.PAIR) for depth in range(25)]
