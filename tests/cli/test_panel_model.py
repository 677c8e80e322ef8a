"""A panel whose agenda a model words: turns are dealt all the same, and nobody is told of by name."""

from __future__ import annotations

import json

import good_reader
import pytest
from cli.conftest import TODAY, Prep, Programme
from good_model import GOOD, NOTE, reply
from model_server import ModelServer, said
from pytest_httpserver import HTTPServer

OWN = """---
author: Sam
---
Sam will send the list of the counter by 1 June.

## Own
I was nervous about the zeppelin.
- [ ] Sam: fold the zeppelin
"""


@pytest.fixture
def service(programme: Programme, httpserver: HTTPServer) -> ModelServer:
    """A panel of two with a model that may read notes."""
    programme.note("2026-05-12", NOTE)
    settings = next(programme.root.glob("pairs/*/pair.toml"))
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[[mentors]]\nname = "Sam Daalder"\n', encoding="utf-8"
    )
    service = ModelServer(httpserver)
    config = programme.root / "prep.toml"
    head = config.read_text(encoding="utf-8").split("[model]")[0]
    config.write_text(f'{head}[model]\nbase_url = "{service.url}"\nname = "some-model"\n', encoding="utf-8")
    service.answer = lambda request: said(json.dumps(reply(request, GOOD)))
    return service


def test_a_model_words_the_agenda_of_a_panel(prep: Prep, service: ModelServer) -> None:
    agenda = prep("next-session", "--json", "--no-save", *TODAY).json
    assert agenda["writer"] == "model"
    assert {turn["who"] for turn in agenda["turns"]} >= {"Sam Daalder"}
    assert len(agenda["turns"]) == 2
    for item in agenda["items"]:
        assert "Sam" not in item["title"] + item["question"]
        assert item["lead"] == "mentor" or "turns" not in item


@pytest.mark.parametrize("words", [["commitments", "--all"], ["beliefs"], ["commitments", "--due"]])
def test_no_model_reads_the_notes_of_a_panel(
    prep: Prep, programme: Programme, service: ModelServer, words: list[str]
) -> None:
    programme.note("2026-06-09", OWN)
    plain = prep(*words, "--json", "--as", "Sam", "--offline", *TODAY).json
    assert prep(*words, "--json", "--as", "Sam", *TODAY).json == plain
    assert service.bodies == []


@pytest.mark.parametrize("me", ["Sam", "Noor"])
def test_own_text_of_a_panel_is_in_no_request(prep: Prep, programme: Programme, service: ModelServer, me: str) -> None:
    programme.note("2026-06-09", OWN)
    assert ("zeppelin" in prep("commitments", "--all", "--as", me, *TODAY).out) == (me == "Sam")
    shown = prep("next-session", "--show-prompt", "--as", me, *TODAY).out
    prep("next-session", "--no-save", "--as", me, *TODAY)
    assert service.bodies
    requests = [shown, *(body.decode() for body in service.bodies)]
    assert not any(good_reader.reads(json.loads(request)) for request in requests)
    assert not any("zeppelin" in request for request in requests)
