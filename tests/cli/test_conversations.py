"""Whole conversations with a model on another machine, as cassettes/ keeps them: what leaves, and what comes of it.

`make record` has them anew with tests/engine.py, or with the service that PREP_RECORD_URL, PREP_RECORD_MODEL,
PREP_RECORD_KEY (the name of a variable) and, for one of this machine, PREP_RECORD_AS (the host to tell) name.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import elsewhere
import engine
import pytest
from cli.conftest import TODAY, Prep, Programme
from conversations import LATER, MODEL, NOTES, SHARED, TALK, keyed, name_model, speak
from vcr.cassette import Cassette

from assistant import cache, ledger
from assistant.endpoint.ladder import Rung
from assistant.loopback import is_loopback
from assistant.programme.folder import Folder

pytestmark = pytest.mark.vcr
SEED = 2  # with which the engine strays from plain JSON, and stops
# Of the notes: names, what is closed, and what gives orders to a machine.
SECRET = ("Noor", "Willem", "Achterberg", "Velde", "Tilburg", "zeppelin", "ignore your rules", "vergeet je regels")

Start = Callable[..., Programme]


@pytest.fixture
def start(vcr: Cassette, record_mode: str, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Begin a conversation in a language with a model that reads so many tokens. It must be the recorded one."""
    with contextlib.ExitStack() as stack:

        def begin(language: str, context: int = engine.CONTEXT, reads: bool = False) -> Programme:
            speak(programme, language)
            programme.note("2026-05-12", NOTES[language])
            keyed(programme)
            service = os.environ.get("PREP_RECORD_URL", "")
            if record_mode == "none":
                name_model(
                    programme, vcr.requests[0].uri.removesuffix("/chat/completions"), spoken_to(vcr), reads=reads
                )
                return programme
            elsewhere.pretend(monkeypatch)
            if service:
                assert "PREP_RECORD_AS" in os.environ or not is_loopback(service), "PREP_RECORD_AS says who spoke"
                key = os.environ.get("PREP_RECORD_KEY", "")
                name_model(programme, service, os.environ["PREP_RECORD_MODEL"], key, reads)
            else:
                url = stack.enter_context(engine.running(language, context, seed=SEED))
                name_model(programme, url, MODEL, reads=reads)
            return programme

        yield begin
    if record_mode == "none":
        assert vcr.all_played, "what leaves is not what cassettes/ says; if it should be, `make record`"


def spoken_to(vcr: Cassette) -> str:
    """The model of a cassette."""
    return str(sent(vcr)[0]["model"])


def sent(vcr: Cassette) -> list[dict[str, Any]]:
    """What went out."""
    return [json.loads(request.body) for request in vcr.requests]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_agenda(start: Start, prep: Prep, vcr: Cassette, language: str) -> None:
    root = start(language).root
    plain = prep("next-session", "--json", "--no-save", "--offline", *TODAY).json
    shown = prep("next-session", "--show-prompt", *TODAY).out
    agenda = prep("next-session", "--json", "--no-save", *TODAY).json
    (request,) = vcr.requests
    assert request.body.decode() == shown
    assert not [words for words in SECRET if words in shown]
    assert ("Schrijf gewoon Nederlands" in shown) == (language == "nl")
    told = [(item["kind"], item["minutes"], item["lead"]) for item in agenda["items"]]
    assert told == [(item["kind"], item["minutes"], item["lead"]) for item in plain["items"]]
    if spoken_to(vcr) == MODEL:  # words without sense: none is shown
        assert agenda["items"] == plain["items"]
    (line,) = ledger.lines(root / ledger.NAME)
    assert line.entry is not None
    assert line.entry.bytes == len(request.body)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_questions(start: Start, prep: Prep, vcr: Cassette, language: str) -> None:
    start(language)
    plain = prep("questions", "--json", "--offline", *TODAY).json
    shown = prep("questions", "--show-prompt", *TODAY).out
    found = prep("questions", "--json", *TODAY).json
    assert vcr.requests[0].body.decode() == shown
    assert not [words for words in SECRET if words in shown]
    assert len(found["questions"]) == len(plain["questions"])


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_reading(start: Start, prep: Prep, vcr: Cassette, language: str) -> None:
    """Two notes, the second read with what the first left open."""
    programme = start(language, reads=True)
    programme.note("2026-06-16", LATER[language])
    plain = prep("commitments", "--all", "--json", "--offline", *TODAY).json
    shown = prep("commitments", "--all", "--json", *TODAY)
    assert len(vcr.requests) == 2
    bodies = [request.body.decode() for request in vcr.requests]
    assert not [words for words in SECRET if words in "".join(bodies)]
    assert ("Noteer alleen wat er" in bodies[0]) == (language == "nl")
    assert "\np1 | 2026-05-12 | [MENTEE-" in json.loads(bodies[1])["messages"][1]["content"]
    texts = [note for notes in (NOTES, LATER) for note in notes.values()]
    quotes = [source["quote"] for source in shown.json["sources"].values()]
    assert all(any(quote in text for text in texts) for quote in quotes)
    if spoken_to(vcr) == MODEL:  # words without sense: none is found
        assert shown.json == plain


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("audience", ["pair", "programme"])
def test_a_summary(start: Start, prep: Prep, vcr: Cassette, language: str, audience: str) -> None:
    with (
        start(language)
        .root.joinpath("pairs", "noor-willem", "sessions", "2026-05-12.md")
        .open("a", encoding="utf-8") as note
    ):
        note.write(TALK[language] + SHARED[language])
    words = ["summarise", "--for", audience, *TODAY]
    plain = prep(*words, "--json", "--offline").json
    shown = prep(*words, "--show-prompt").out
    told = prep(*words, "--json").json
    assert vcr.requests[0].body.decode() == shown
    assert not [words for words in SECRET if words in shown]
    assert ("hele week" in shown or "whole week" in shown) == (audience == "pair")
    if spoken_to(vcr) == MODEL:  # words without sense: none is told
        assert told["text"] == plain["text"]


def test_a_model_that_keeps_to_no_form_is_asked_once_more(start: Start, prep: Prep, vcr: Cassette) -> None:
    remember(start("en"), "json_object")
    done = prep("next-session", "--json", "--no-save", *TODAY)
    if spoken_to(vcr) != MODEL:
        return
    first, second, third = sent(vcr)
    assert first["response_format"] == {"type": "json_object"}
    assert "response_format" not in second
    assert third["messages"][:-2] == second["messages"]
    assert third["messages"][-1]["content"].startswith("That was not the form asked for.")
    assert done.json["writer"] == "offline"
    assert "not in the form that was asked for" in done.json["warnings"][0]


def remember(programme: Programme, rung: Rung) -> None:
    """Let it be known which form the model takes."""
    folder = Folder(programme.root)
    endpoint = folder.programme.model
    assert endpoint is not None
    cache.store(folder.private / "model.json", f"{endpoint.base_url} {endpoint.name}", rung, folder.scratch)


def test_an_address_at_which_no_model_answers(start: Start, prep: Prep, vcr: Cassette) -> None:
    settings = start("en").root / "prep.toml"
    if not vcr.requests:
        settings.write_text(
            re.sub(r'(base_url = ".*)"', r'\1/nowhere"', settings.read_text(encoding="utf-8")), encoding="utf-8"
        )
    done = prep("next-session", "--json", "--no-save", *TODAY)
    assert vcr.responses[0]["status"]["code"] == 404
    assert done.json["writer"] == "offline"
    assert "there is no chat service at" in done.json["warnings"][0]


def test_notes_that_are_longer_than_the_model_reads(start: Start, prep: Prep, vcr: Cassette) -> None:
    start("en", context=1024)
    done = prep("next-session", "--json", "--no-save", *TODAY)
    if spoken_to(vcr) != MODEL:
        return
    whole, short = vcr.requests
    assert len(short.body) < len(whole.body)
    assert done.json["writer"] == "offline"
    assert "longer than the model" in done.json["warnings"][0]
