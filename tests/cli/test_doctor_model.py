"""`prep doctor` and the model: who answers, with which models, and what to write into prep.toml."""

from __future__ import annotations

import json

import pytest
from cli.conftest import TODAY, Prep, Programme
from pytest_httpserver import HTTPServer
from werkzeug import Response

from assistant.endpoint import probe

LISTED = {"object": "list", "data": [{"id": "some-model:latest"}, {"id": "another"}]}


def name_model(programme: Programme, url: str, name: str) -> None:
    text = f'[programme]\nname = "Test"\nlanguage = "en"\n[model]\nbase_url = "{url}"\nname = "{name}"\n'
    (programme.root / "prep.toml").write_text(text, encoding="utf-8")


def doctor(prep: Prep, *words: str) -> str:
    done = prep("doctor", *TODAY, *words, ok=False)
    assert done.err == ""
    return done.out


@pytest.mark.parametrize(
    ("answer", "name", "told"),
    [
        (Response(json.dumps(LISTED)), "some-model", ""),
        (Response(json.dumps(LISTED)), "another", ""),
        (Response(json.dumps(LISTED)), "third", "lists no model third; it has some-model:latest, another"),
        (Response("{}", status=401), "another", "api_key_env"),
        (Response("Ollama is running"), "another", "no chat service"),
        (Response("<html></html>", status=502), "another", "web page"),
        (Response("", status=404), "another", "no chat service"),
    ],
)
def test_the_service_is_asked_for_its_models_alone(
    prep: Prep, programme: Programme, httpserver: HTTPServer, answer: Response, name: str, told: str
) -> None:
    programme.note("2026-05-12", "Willem thinks of the zeppelin.\n")
    httpserver.expect_request("/v1/models", method="GET").respond_with_response(answer)
    name_model(programme, httpserver.url_for("/v1"), name)
    found = doctor(prep)
    assert ("[model]" in found) == bool(told)
    assert told in found
    assert [request.path for request, _ in httpserver.log] == ["/v1/models"]
    assert httpserver.log[0][0].get_data() == b""
    httpserver.clear_log()
    assert "[model]" not in doctor(prep, "--offline")
    assert httpserver.log == []


def test_nobody_answers(prep: Prep, programme: Programme) -> None:
    name_model(programme, "http://127.0.0.1:9/v1", "any")
    assert "nothing answers at 127.0.0.1:9" in doctor(prep)


def test_a_model_on_this_machine_is_found(
    prep: Prep, programme: Programme, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/v1/models").respond_with_json(LISTED)
    monkeypatch.setitem(probe.USUAL, "Ollama", httpserver.port)
    for program in ("LM Studio", "llama.cpp", "vLLM"):
        monkeypatch.setitem(probe.USUAL, program, 9)
    found = prep("doctor", "--find-model").out
    assert f'[model]\nbase_url = "http://127.0.0.1:{httpserver.port}/v1"\nname = "another"' in found
    assert found.count("[model]") == 2
    monkeypatch.setitem(probe.USUAL, "Ollama", 9)
    assert "No Ollama" in prep("doctor", "--find-model").out
