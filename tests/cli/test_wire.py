"""Bytes on the wire are those of --show-prompt and of the ledger's hash, whatever the notes say, for every command."""

from __future__ import annotations

import json
import re
from typing import Any

import elsewhere
import pytest
from case_files import cases
from cli.conftest import TODAY, Prep, Programme
from conversations import NOTES, SHARED, TALK, speak
from good_model import prompt_of
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer

from assistant.privacy import tokens
from assistant.privacy.normal import folded
from assistant.programme.folder import Folder

COMMANDS = {
    "agenda": ["next-session", "--no-save"],
    "questions": ["questions"],
    "summary": ["summarise", "--for", "pair"],
    "summary for others": ["summarise", "--for", "programme"],
}
GUISES = cases("injection.yaml")
NAMES = ("noor", "velde", "willem", "achterberg", "tm9v", "4e6f6f72", "evil.example")
# A note that gives orders may be no part of what is sent; what is sent is of this form.
KEYS = {"model", "stream", "messages", "stream_options", "response_format"}


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest, programme: Programme) -> str:
    speak(programme, request.param)
    return str(request.param)


@pytest.fixture
def service(httpserver: HTTPServer, programme: Programme) -> ModelServer:
    made = ModelServer(httpserver)
    with (programme.root / "prep.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[model]\nbase_url = "{made.url}"\nname = "some-model"\nreads_notes = false\n')
    made.answer = lambda _: failed(401, "{}")
    return made


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("away", [False, True], ids=["here", "away"])
def test_what_goes_is_what_is_shown_and_what_the_ledger_bears_witness_of(
    prep: Prep,
    programme: Programme,
    service: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    away: bool,
    command: str,
) -> None:
    if away:
        elsewhere.pretend(monkeypatch)
    programme.note("2026-05-12", NOTES[language] + TALK[language] + SHARED[language])
    shown = prep(*COMMANDS[command], "--show-prompt", *TODAY).out.encode()
    assert shown
    assert service.bodies == []
    assert not (programme.root / "ledger.jsonl").exists()
    service.answer = lambda _: said("{}")  # not in the form: all steps of the ladder are taken
    done = prep(*COMMANDS[command], "--json", *TODAY)
    assert done.json["writer"] == "offline"
    assert service.bodies[0] == shown
    assert len(service.bodies) == 4
    entries = prep("sent", "--all", "--json").json["requests"]
    ledger = Folder(programme.root).ledger("noor-willem")
    assert [entry["hash"] for entry in entries] == [ledger.hash(body) for body in service.bodies]
    assert {entry["audience"] for entry in entries} == {"programme" if "others" in command else "pair"}
    if away or "others" in command:
        assert not [name for name in ("Willem", "Achterberg", "Velde", "Tilburg", "zeppelin") if name.encode() in shown]


@pytest.mark.parametrize("command", COMMANDS)
def test_orders_in_notes_change_neither_what_is_sent_nor_to_whom_nor_the_rules(
    prep: Prep,
    programme: Programme,
    service: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    command: str,
) -> None:
    """All forty guises stand in the notes, in text for the pair, in open questions, and in text marked for others."""
    elsewhere.pretend(monkeypatch)
    programme.note("2026-05-12", NOTES[language] + TALK[language] + SHARED[language])
    plain = sent(prep, service, command)
    heading = SHARED[language].strip().split("\n")[0]
    for day, guises in enumerate((GUISES[:14], GUISES[14:28], GUISES[28:]), 13):
        lines = [case["text"].replace("\n", "\n  ") for case in guises]
        body = "\n\n".join([*lines, *(f"- [ ] Willem: {line}" for line in lines), heading, *(f"- {n}" for n in lines)])
        programme.note(f"2026-05-{day}", body + SHARED[language].split("\n", 2)[2])
    request = sent(prep, service, command)
    assert plain is not None
    assert request is not None
    assert len(json.dumps(request)) > len(json.dumps(plain))  # some of the guises are part of it
    assert request.keys() <= KEYS
    assert [m["role"] for m in request["messages"]] == ["system", "user"]
    assert request["messages"][0] == plain["messages"][0]  # the rules
    prompt = prompt_of(request)
    rules = plain["messages"][0]["content"].split("\n1. ")[1]
    assert prompt.rstrip().endswith(rules.rstrip())  # and last
    assert not [name for name in NAMES if name in folded(tokens.TOKEN.sub(" ", prompt))]
    for line in prompt.split("\n"):
        if re.match(r"[a-z]\d+ \| ", line):
            assert line.count("|") <= 2
            assert not set("<>`") & set(line)
    schema = request["response_format"]["json_schema"]["schema"]
    assert all(re.fullmatch(r"i\d+", key) for key in schema["properties"])


def sent(prep: Prep, service: ModelServer, command: str) -> dict[str, Any] | None:
    """What a command sends first, None where it sends nothing; it has a result all the same."""
    service.bodies.clear()
    done = prep(*COMMANDS[command], "--json", *TODAY)
    assert done.json["writer"] == "offline"
    assert len(service.bodies) <= 1
    found: dict[str, Any] | None = json.loads(service.bodies[0]) if service.bodies else None
    return found
