"""A model on another machine: what goes there names nobody, stands in the ledger, and comes back with names."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
from typing import Any

import elsewhere
import pytest
from cli.conftest import TODAY, Prep, Programme
from good_model import GOOD, NOTE, prompt_of, reply
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer
from werkzeug import Response

from assistant import ledger

NAMES = ("Willem", "Achterberg", "Noor", "Velde", "Tilburg", "zeppelin", "stay open", "WA", "NvdV")


@pytest.fixture
def away(httpserver: HTTPServer, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """A model that counts as one on another machine, and gives good answers under pseudonyms."""
    elsewhere.pretend(monkeypatch)
    programme.note("2026-05-12", NOTE)
    service = ModelServer(httpserver)
    settings = programme.root / "prep.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        + f'[model]\nbase_url = "{service.url}"\nname = "some-model"\nreads_notes = false\n',
        encoding="utf-8",
    )
    service.answer = lambda request: said(json.dumps(good(request)), tokens=4321)
    return service


def good(request: dict[str, Any], **tokens: str) -> dict[str, Any]:
    """A good answer, with the tokens of the request in place of names."""
    prompt = prompt_of(request)
    found = {
        "Willem": re.findall(r"\[MENTEE-\w+\]", prompt)[0],
        "Tilburg": re.findall(r"counter in (\[NAME-\w+\])", prompt)[0],
    } | tokens
    text = json.dumps(GOOD)
    for name, token in found.items():
        text = text.replace(name, token)
    return reply(request, json.loads(text))


def next_session(prep: Prep, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = prep("next-session", "--json", "--no-save", *TODAY, *words).json
    return found


def test_nobody_is_named_on_the_wire_and_everybody_in_the_agenda(prep: Prep, away: ModelServer) -> None:
    agenda = next_session(prep)
    assert agenda["writer"] == "model"
    sent = b"".join(away.bodies).decode()
    assert not [name for name in NAMES if name in sent]
    assert "paper list" in sent
    shown = json.dumps(agenda["items"])
    assert "What kept you from the counter in Tilburg, Willem?" in shown
    assert not re.search(r"\[[A-Z]+-\w{4,}\]", shown)


def test_the_wire_the_prompt_that_is_shown_and_the_ledger_are_one(
    prep: Prep, away: ModelServer, programme: Programme
) -> None:
    shown = prep("next-session", "--show-prompt", *TODAY).out.encode()
    assert away.bodies == []
    assert not (programme.root / "ledger.jsonl").exists()
    next_session(prep)
    assert away.bodies == [shown]
    (line,) = ledger.lines(programme.root / "ledger.jsonl")
    private = programme.root / ".prep"
    key = hmac.digest(
        (private / "ledger.key").read_bytes(), (private / "pairs/noor-willem/pair.key").read_bytes(), hashlib.sha256
    )
    assert line.entry is not None
    assert line.entry.hash == hmac.new(key, away.bodies[0], hashlib.sha256).hexdigest()[:32]
    assert (line.entry.bytes, line.entry.tokens) == (len(shown), ledger.Tokens(4321, 5))
    assert not [name for name in NAMES if name in line.raw.decode()]
    (request,) = prep("sent", "--json").json["requests"]
    assert (request["pair"], request["hash"]) == ("noor-willem", line.entry.hash)


def test_a_request_that_fails_stands_in_the_ledger_too(prep: Prep, away: ModelServer, programme: Programme) -> None:
    away.answer = lambda _: failed(404, "{}")
    assert next_session(prep)["writer"] == "offline"
    assert len(ledger.lines(programme.root / "ledger.jsonl")) == len(away.bodies) == 1


@pytest.mark.parametrize("token", ["[PERSON-9zzz]", "[NAME-4k7q]"])
def test_a_token_that_nobody_sent_takes_its_item_with_it(prep: Prep, away: ModelServer, token: str) -> None:
    away.answer = lambda request: said(json.dumps(good(request, Willem=token)))
    agenda = next_session(prep)
    assert "[NAME-4k7q]" in away.bodies[0].decode()  # the example of the prompt, which means nobody
    assert token[-6:-1] not in json.dumps(agenda)
    assert "that a model wrote are not used" in agenda["warnings"][0]


def test_a_fault_at_the_gate_sends_nothing_and_there_is_an_agenda(
    prep: Prep, away: ModelServer, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Response:
        raise RuntimeError("Willem")

    monkeypatch.setattr("assistant.privacy.pseudonyms.Pseudonyms.cover_rest", broken)
    done = prep("next-session", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "offline"
    assert "Willem" not in done.err
    assert away.bodies == []
    assert not (programme.root / "ledger.jsonl").exists()
    assert prep("next-session", "--show-prompt", *TODAY, ok=False).code == 6


def test_a_ledger_that_cannot_be_written_sends_nothing(prep: Prep, away: ModelServer, programme: Programme) -> None:
    (programme.root / "ledger.jsonl").mkdir()
    done = prep("next-session", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "offline"
    assert "ledger.jsonl" in done.err
    assert away.bodies == []


def test_nothing_is_logged_whatever_the_libraries_offer(
    prep: Prep, away: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.DEBUG)  # as OPENAI_LOG=debug does
    assert next_session(prep)["writer"] == "model"
    assert "paper list" not in caplog.text
    assert not [record for record in caplog.records if record.name.split(".")[0] in ("openai", "httpx2", "httpcore2")]


def test_a_pair_that_cannot_be_read_shuts_the_gate_and_there_is_an_agenda(
    prep: Prep, away: ModelServer, programme: Programme
) -> None:
    broken = programme.root / "pairs" / "anna-bert" / "pair.toml"
    broken.parent.mkdir()
    broken.write_text("mentor = 3\n", encoding="utf-8")
    done = prep("next-session", "noor-willem", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "offline"
    assert "anna-bert/pair.toml" in done.err
    assert away.bodies == []
