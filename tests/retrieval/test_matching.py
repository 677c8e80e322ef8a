"""A search tells which words of a passage answer, and shows how far a long first build is."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
from pathlib import Path

import pytest

from assistant import resources
from assistant.cli import progress
from assistant.desk import Desk
from assistant.privacy import audience
from assistant.programme.folder import Folder
from assistant.records import Audience, Hit, Level
from assistant.retrieval.matching import matched
from assistant.retrieval.ranking import Question
from assistant.retrieval.terms import asked

MEANINGS = {"rooster": {"schedule": 0.8, "raster": 0.25}}


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("rooster", "De Roosters, de roosters en het rooster.", ("Roosters", "roosters", "rooster")),
        ("rooster", "The schedule of the weekend", ("schedule",)),
        ("rooster", "Een raster", ()),
        ("rooster", "Het weekendrooster hangt er", ("weekendrooster",)),
        ("weekendrooster", "Het rooster hangt er", ("rooster",)),
        ("cafés", "In het CAFÉ’s hoekje", ("CAFÉ’s",)),
        ("de kassa", "De deur, de kassa", ("kassa",)),
        ("", "De deur", ()),
    ],
)
def test_the_words_that_answer(query: str, text: str, expected: tuple[str, ...]) -> None:
    assert matched(text, Question(asked(query), lambda word: MEANINGS.get(word, {}))) == expected


def test_words_of_a_heading_go_with_the_heading() -> None:
    hit = Hit("a.md", 1, None, Level.PROGRAMME, ("Ruzie",), "tekst", 1.0, ("Ruzie",))
    assert audience.cut_hits([hit], Audience.PROGRAMME)[0].matched == ()
    assert audience.cut_hits([hit], Audience.PAIR)[0].matched == ("Ruzie",)


def test_a_search_tells_words_and_progress(tmp_path: Path) -> None:
    root = tmp_path / "programme"
    shutil.copytree(resources.corpus() / "demo" / "nl", root)
    told: list[tuple[int, int]] = []

    def find() -> list[Hit]:
        desk = Desk(Folder(root), "anouk-gerben", dt.date(2026, 7, 6), offline=True)
        return desk.find("weekendroosters", 3, lambda *so_far: told.append(so_far))

    assert all("rooster" in " ".join(hit.matched).lower() for hit in find())
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))
    told.clear()
    assert find()
    assert not told


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "whole", "some"), [(Terminal(), 300, True), (Terminal(), 30, False), (io.StringIO(), 300, False)]
)
def test_a_bar_is_for_terminals_and_what_takes_long(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, whole: int, some: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.shown("notes") as told:
        for done in range(1, whole + 1):
            told(done, whole)
    assert ("[############            ] 50% of 300 notes" in stream.getvalue()) == some
    assert stream.getvalue().endswith("\r\033[K") == some
    assert stream.getvalue().count("\r") < 130
