"""Summaries by a model: better said, and never more than the built-in writer tells. What cannot stand is its own again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import elsewhere
import pytest
from cli.conftest import TODAY, Prep, Programme
from good_model import prompt_of
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer

NOTE = """---
date: 2026-05-12
minutes: 50
---
At the counter in Tilburg two of the nine colleagues opened the new tool, and the others keep a paper list.

Willem did not know that the branches keep a paper list, and he wants to see it there himself.

- [ ] Willem: sit at the counter in Tilburg for a morning, by 1 June

## Confidential
Willem wonders whether the zeppelin can stay in the air.

## Programme
- The mentor showed the mentee how a paper list is kept at the counter.
- tip of Willem: no mails after six
- Listening without slides works better in a branch
"""
SHOWED = "The mentor showed the mentee how a paper list is kept at the counter."


def lines_of(request: dict[str, Any]) -> dict[str, str]:
    """What stands behind the numbers of a request's source lines."""
    return {key: text.split(" | ")[-1] for key, text in re.findall(r"^(n\d+) \| (.*)$", prompt_of(request), re.M)}


def answering(say: Callable[[str], str]) -> Callable[[dict[str, Any]], Any]:
    """A model that says each first source line in its own way."""

    def answer(request: dict[str, Any]) -> Any:
        lines = lines_of(request)
        firsts = re.findall(r"^ \"(i\d+)\": .*\"sources\": \[\"(n\d+)\"\]", prompt_of(request), re.M)
        return said(json.dumps({key: {"text": say(lines[first]), "sources": [first]} for key, first in firsts}))

    return answer


@pytest.fixture(params=["here", "away"])
def model(
    request: pytest.FixtureRequest, httpserver: HTTPServer, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> ModelServer:
    """A model on this machine, and one that counts as elsewhere."""
    if request.param == "away":
        elsewhere.pretend(monkeypatch)
    programme.note("2026-05-12", NOTE)
    service = ModelServer(httpserver)
    with (programme.root / "prep.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[model]\nbase_url = "{service.url}"\nname = "some-model"\nreads_notes = false\n')
    return service


def summary(prep: Prep, audience: str, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = prep("summarise", "--for", audience, "--json", *TODAY, *words).json
    return found


def test_the_pair_reads_what_it_wrote_and_promises_as_they_stand(prep: Prep, model: ModelServer) -> None:
    better = "two of the nine colleagues opened the new tool at the counter in"
    model.answer = answering(
        lambda line: line.replace("At the counter in", "At the counter, that of").replace(
            "and the others", "the others"
        )
    )
    plain = summary(prep, "pair", "--offline")
    told = summary(prep, "pair")
    assert better not in told["text"]
    assert told["writer"] == "model"
    assert "At the counter, that of Tilburg two of the nine colleagues opened the new tool" in told["text"]
    kept = [s for s in plain["statements"] if s["kind"] != "discussed"]
    assert [s for s in told["statements"] if s["kind"] != "discussed"] == kept
    assert all(key in told["sources"] for s in told["statements"] for key in s["sources"])
    assert [s["sources"][:1] for s in told["statements"]] == [s["sources"][:1] for s in plain["statements"]]


def test_others_read_the_marked_lines_better_said(prep: Prep, model: ModelServer) -> None:
    model.answer = answering(
        lambda line: line.replace("Listening without slides works", "Without slides listening works")
    )
    told = summary(prep, "programme")
    assert told["writer"] == "model"
    assert "Without slides listening works better in a branch" in told["text"]
    assert told["sources"] == {}
    sent = model.bodies[0].decode()
    assert not re.search(r"Willem|Noor|Tilburg|zeppelin|nine colleagues|paper list, and|2026|May", sent)


BAD = {
    "a name": "Noor showed Willem how a paper list is kept at the counter.",
    "somebody else's name": "The mentor showed the mentee how Fatima keeps a paper list at the counter.",
    "a place": "The mentor showed the mentee how a paper list is kept at the counter in Tilburg.",
    "a mouth": "The mentee said that the mentor showed how a paper list is kept at the counter.",
    "the other way round": "The mentee showed the mentor how a paper list is kept at the counter.",
    "a quotation": "The mentor showed the mentee “how a paper list is kept” at the counter.",
    "a number": "The mentor showed the mentee how two paper lists are kept at the counter.",
    "no for yes": "The mentor never showed the mentee how a paper list is kept at the counter.",
    "I": "I showed the mentee how a paper list is kept at the counter.",
    "what is closed": "The mentor showed the mentee a paper list and wonders whether the zeppelin can stay in the air.",
    "what is unmarked": "The mentor showed the mentee how the others keep a paper list in the branches, to see it himself.",
    "a delicate matter": "The mentor showed the mentee how a paper list is kept at the counter before the redundancies.",
    "a link": "The mentor showed the mentee how a paper list is kept: https://example.org",
    "a day": "The mentor showed the mentee on Friday how a paper list is kept at the counter.",
    "a promise": "The mentor promised the mentee a paper list as it is kept at the counter.",
}


@pytest.mark.parametrize("name", BAD)
def test_what_tells_more_is_not_told(prep: Prep, model: ModelServer, name: str) -> None:
    model.answer = answering(lambda line: BAD[name] if line.startswith("The mentor showed") else line)
    told = summary(prep, "programme")
    assert BAD[name] not in told["text"]
    assert SHOWED in told["text"]
    assert "not used" in told["warnings"][0] or "can stand" in told["warnings"][0]


@pytest.mark.parametrize(
    ("audience", "text"),
    [
        ("pair", "Noor did not know that the branches keep a paper list, and he wants to see it there himself."),
        ("pair", "Willem knew that the branches keep a paper list, and he wants to see it there himself."),
    ],
)
def test_the_pair_is_not_told_the_opposite_either(prep: Prep, model: ModelServer, audience: str, text: str) -> None:
    model.answer = answering(lambda line: text if "did not know" in line else line)
    told = summary(prep, audience)
    assert text not in told["text"]
    assert "Willem did not know that the branches keep a paper list" in told["text"]


@pytest.mark.parametrize("audience", ["pair", "programme", "organisation"])
def test_there_is_always_a_summary(prep: Prep, model: ModelServer, audience: str) -> None:
    plain = summary(prep, audience, "--offline")
    for answer, cause in ((failed(401, "{}"), "api_key_env"), (said("No."), "form"), (failed(200, ""), "empty")):
        model.answer = lambda _, given=answer: given  # type: ignore[misc]
        told = summary(prep, audience)
        assert (told["writer"], told["text"]) == ("offline", plain["text"])
        if audience != "organisation":  # nothing is marked for it
            assert cause in told["warnings"][0]


def test_what_people_tick_is_told_in_their_own_words(prep: Prep, model: ModelServer) -> None:
    for words in (["--propose"], ["--accept", ""]):
        assert summary(prep, "programme", *words)["writer"] == "offline"
        assert prep("summarise", "--for", "programme", *words, "--show-prompt", *TODAY, ok=False).code == 2
    assert model.bodies == []
