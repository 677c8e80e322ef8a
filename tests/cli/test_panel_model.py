"""A panel whose agenda a model words: turns are dealt all the same, and nobody is told of by name."""

from __future__ import annotations

import json

from cli.conftest import TODAY, Prep, Programme
from good_model import GOOD, NOTE, reply
from model_server import ModelServer, said
from pytest_httpserver import HTTPServer


def test_a_model_words_the_agenda_of_a_panel(prep: Prep, programme: Programme, httpserver: HTTPServer) -> None:
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
    agenda = prep("next-session", "--json", "--no-save", *TODAY).json
    assert agenda["writer"] == "model"
    assert {turn["who"] for turn in agenda["turns"]} >= {"Sam Daalder"}
    assert len(agenda["turns"]) == 2
    for item in agenda["items"]:
        assert "Sam" not in item["title"] + item["question"]
        assert item["lead"] == "mentor" or "turns" not in item
