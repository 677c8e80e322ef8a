"""prompts/panel.<language>.yaml changes sentences that there are, in both languages alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from assistant import prompts, resources

FILES = {
    "agenda": "agenda",
    "questions": "questions",
    "summary": "summary",
    "mentee": "mentee",
    "letter": "letter",
    "letter_from_mentee": "letter",
    "letter_any": "letter",
}


def read(name: str, language: str) -> dict[str, Any]:
    text = (resources.prompts() / f"{name}.{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from paths(value, (*above, key))
        else:
            yield (*above, key)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_of_a_panel_takes_the_place_of_one(language: str) -> None:
    panel = read("panel", language)
    for part, file in FILES.items():
        plain = set(paths(read(file, language)))
        assert set(paths(panel[part])) <= plain, part


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_word_for_two_stands_in_a_file(language: str) -> None:
    names = {*FILES.values(), "asks"}
    text = "".join((resources.prompts() / f"{n}.{language}.yaml").read_text(encoding="utf-8") for n in names)
    for word in read("panel", language)["instead"]:
        assert word in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_of_a_panel_speaks_of_two(language: str) -> None:
    for load in (prompts.agenda_phrases, prompts.mentee_phrases, prompts.summary_phrases, prompts.question_phrases):
        told = str(load(language, None, panel=True)).casefold()
        for word in prompts.panel_phrases(language).for_two:
            assert word not in told, (load.__name__, word)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_filled_in_stays_the_same(language: str) -> None:
    for name, load in (("agenda", prompts.agenda_phrases), ("summary", prompts.summary_phrases)):
        plain, panel = read(name, language), read("panel", language)[name]
        for path in paths(panel):
            one, other = plain, panel
            for key in path:
                one, other = one[key], other[key]
            extra = set(str(other).split("{")[1:]) - set(str(one).split("{")[1:])
            assert {e.partition("}")[0] for e in extra} <= {"mentee", "number"} | {
                e.partition("}")[0] for e in str(one).split("{")[1:]
            }
        assert load(language, None, panel=True) != load(language, None)
