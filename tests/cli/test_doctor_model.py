"""`prep doctor` and the model: who answers, with which models, and what to write into prep.toml."""

from __future__ import annotations

import json
import threading

import pytest
from cli.conftest import TODAY, Prep, Programme
from pytest_httpserver import HTTPServer
from werkzeug import Response

from assistant import cache
from assistant.endpoint import probe
from assistant.endpoint.exchange import Patience
from assistant.programme.folder import Folder

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
        (Response(json.dumps(LISTED)), "third", "lists no model third; mend `name`, it has some-model:latest, another"),
        (Response("{}", status=401), "another", "api_key_env"),
        (Response("Ollama is running"), "another", "no chat service"),
        (Response("<html></html>", status=502), "another", "web page"),
        (Response("<!DOCTYPE html><html></html>"), "another", "web page"),
        (Response(""), "another", "empty answer"),
        (Response("[" * 100_000), "another", "no chat service"),
        (Response("{}", status=403), "another", "refuses access"),
        (Response("{}", status=407), "another", "proxy"),
        (Response("{}", status=429), "another", "too many requests"),
        (Response("", status=302), "another", "no chat service"),
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


def test_who_answers_is_told_with_its_model_and_the_form_that_it_is_asked_for(
    prep: Prep, programme: Programme, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/v1/models").respond_with_json(LISTED)
    url = httpserver.url_for("/v1")
    name_model(programme, url, "some-model")
    with (programme.root / "prep.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[embedding]\nbase_url = "{url}"\nname = "another"\n')
    found = doctor(prep)
    assert f"model: localhost:{httpserver.port} answers with some-model; it is asked for a JSON schema." in found
    assert f"embedding: localhost:{httpserver.port} answers with another." in found
    folder = Folder(programme.root)
    cache.store(folder.private / "model.json", f"{url} some-model", "text", folder.scratch)
    assert "it is asked for JSON in its text." in doctor(prep)
    assert "answers" not in doctor(prep, "--offline")


@pytest.mark.parametrize("table", ["model", "embedding"])
def test_each_broken_set_up_has_a_line_with_its_mend(
    prep: Prep, programme: Programme, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    httpserver.expect_request("/v1/models").respond_with_json(LISTED)
    httpserver.expect_request("/nowhere/models").respond_with_data("not found", status=404)
    monkeypatch.setenv("KEY_OF_PREP", "")
    url = httpserver.url_for("/v1")
    for lines, mend in (
        (f'base_url = "{url}"\nname = "third"', "mend `name`, it has"),
        (f'base_url = "{url}"\nname = "another"\napi_key_env = "KEY_OF_PREP"', "set it to your key"),
        ('base_url = "http://models.example/v1"\nname = "x"\napi_key_env = "KEY_OF_PREP"', "use https://"),
        ('base_url = "http://models.example/v1"\nname = "x"', "use https://"),
        ('base_url = "http://127.0.0.1:9/v1"\nname = "x"', "mend `base_url`"),
        (f'base_url = "{url[:-3]}/nowhere"\nname = "x"', "mend `base_url`"),
    ):
        text = f'[programme]\nname = "Test"\nlanguage = "en"\n[{table}]\n{lines}\n'
        (programme.root / "prep.toml").write_text(text, encoding="utf-8")
        (line,) = [line for line in doctor(prep).splitlines() if f"[{table}]" in line]
        assert mend in line


def test_a_service_that_says_nothing_is_given_up(
    prep: Prep, programme: Programme, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_PATIENCE", Patience(1, 0.2, 0.5))
    done = threading.Event()
    httpserver.expect_request("/v1/models").respond_with_handler(
        lambda _: (done.wait(10) and Response("")) or Response("")
    )
    name_model(programme, httpserver.url_for("/v1"), "any")
    assert "did not answer in time" in doctor(prep)
    done.set()
