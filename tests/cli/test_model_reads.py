"""With a model in prep.toml the notes are read by it too: found is what stands in a note, kept is what was found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import engine
import good_reader
import pytest
from cli.conftest import TODAY, Prep, Programme
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer
from werkzeug import Response

from assistant.programme.folder import Folder
from assistant.reading import reader

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONIOENCODING": "utf-8"}
MAY = """---
date: 2026-05-12
---
We spoke of the counter. It can't be long, Willem said, before the till goes.

The keys of the archive come my way before the summer break.

Leaving it for another day: the smell in the hall.

## Confidential
The spare room will be Willem's to clear out by 1 June.

%% The zeppelin is mine to fold. %%
"""
JUNE = """---
date: 2026-06-16
---
The archive opens with one turn these days, and it is warm in there.
"""
KEYS = "The keys of the archive come my way"
FOUND: good_reader.Finds = {
    "promises": [
        {"quote": KEYS, "owner": "mentee", "when": None},
        {"quote": "The spare room will be Willem's to clear out", "owner": "mentee", "when": "by 1 June"},
    ],
    "threads": [{"quote": "the smell in the hall"}],
    "beliefs": [{"quote": "It can't be long, Willem said, before the till goes"}],
    "earlier": [{"id": KEYS, "became": "done", "quote": "The archive opens with one turn these days"}],
}


@pytest.fixture
def model(httpserver: HTTPServer, programme: Programme) -> ModelServer:
    """A programme of one note with a model on this machine that reads well."""
    programme.note("2026-05-12", MAY)
    service = ModelServer(httpserver)
    name_model(programme.root, service.url)
    service.answer = lambda request: good_reader.reply(request, FOUND)
    return service


def name_model(root: Path, url: str) -> None:
    settings = root / "prep.toml"
    head = settings.read_text(encoding="utf-8").split("[model]")[0]
    settings.write_text(f'{head}[model]\nbase_url = "{url}"\nname = "some-model"\n', encoding="utf-8")


def commitments(prep: Prep, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = prep("commitments", "--all", "--json", *TODAY, *words).json
    return {found["sources"][c["sources"][0]]["quote"]: c for c in found["commitments"]}


def test_what_it_finds_is_told_with_its_place_and_its_level(prep: Prep, model: ModelServer) -> None:
    plain = commitments(prep, "--offline")
    assert model.bodies == []
    found = commitments(prep)
    assert found != plain
    keys = next(c for quote, c in found.items() if quote.startswith(KEYS))
    assert (keys["owner"], keys["due"], keys["level"], keys["made"]) == ("mentee", None, "pair", "2026-05-12")
    room = next(c for quote, c in found.items() if "spare room" in quote)
    assert (room["owner"], room["due"], room["level"]) == ("mentee", "2026-06-01", "confidential")
    beliefs = prep("beliefs", "--json", *TODAY).json
    assert [b["belief"] for b in beliefs["beliefs"]] == ["It can't be long, Willem said, before the till goes."]
    agenda = prep("next-session", "--no-save", "--json", *TODAY).json
    assert "the smell in the hall" in json.dumps(agenda["items"])
    assert "zeppelin" not in b"".join(model.bodies).decode()


def test_a_note_is_read_once_and_anew_when_it_or_what_was_open_changes(
    prep: Prep, programme: Programme, model: ModelServer
) -> None:
    programme.note("2026-06-16", JUNE)
    first = commitments(prep)
    assert len(model.bodies) == 2
    assert commitments(prep) == first
    prep("beliefs", *TODAY)
    assert len(model.bodies) == 2
    programme.note("2026-06-16", JUNE + "\nMore of it another time.\n")
    commitments(prep)
    assert len(model.bodies) == 3
    programme.note("2026-05-12", MAY.replace(KEYS, "The ladder stays").replace("smell", "draught"))
    commitments(prep)
    assert len(model.bodies) == 5


def test_what_became_of_a_promise_is_asked_of_every_later_note(
    prep: Prep, programme: Programme, model: ModelServer
) -> None:
    programme.note("2026-06-16", JUNE)
    (promise,) = (c for quote, c in commitments(prep).items() if quote.startswith(KEYS))
    assert (promise["status"], promise["closed_on"]) == ("done", "2026-06-16")
    asked = good_reader.lines_of(json.loads(model.bodies[1]))
    assert any(key == "p1" and "Willem: " in line for key, line in asked.items())
    told = prep("commitments", "--all", "--json", *TODAY).json
    (row,) = (c for c in told["commitments"] if c["id"] == promise["id"])
    assert told["sources"][row["sources"][-1]]["quote"] == "The archive opens with one turn these days"
    prep("commitments", "--open", promise["id"], *TODAY)
    assert commitments(prep)[next(q for q in commitments(prep) if q.startswith(KEYS))]["status"] == "open"


def test_a_thread_that_it_says_is_settled_is_open_no_more(prep: Prep, programme: Programme, model: ModelServer) -> None:
    programme.note("2026-06-16", "The nose is content again. And there is nothing left of it but a memory.\n")
    settled = {"id": "the smell in the hall", "became": "settled", "quote": "The nose is content again"}
    model.answer = lambda request: good_reader.reply(request, {**FOUND, "earlier": [settled]})
    agenda = prep("next-session", "--no-save", "--json", *TODAY).json
    assert "the smell in the hall" not in json.dumps(agenda["items"])


def test_what_does_not_stand_in_the_note_is_left_out_and_counted(prep: Prep, model: ModelServer) -> None:
    plain = prep("commitments", "--all", "--json", "--offline", *TODAY).json

    def invents(request: dict[str, Any]) -> Response:
        entry = {"line": "n1", "owner": "mentor", "when": None}
        said_of = ["I will paint the till blue", "We spoke of the till", "counter", "zeppelin is mine to fold", ""]
        promises: list[Any] = [{**entry, "quote": quote} for quote in said_of]
        promises += [{**entry, "quote": KEYS, "owner": "Ruben"}, {**entry, "quote": 7}, "a text"]
        return said(json.dumps({"promises": promises, "threads": [], "beliefs": [], "questions": []}))

    model.answer = invents
    done = prep("commitments", "--all", "--json", *TODAY)
    assert done.json == plain
    assert "8 left out" in done.err


def test_no_day_but_one_that_the_rules_read_in_the_note(prep: Prep, model: ModelServer) -> None:
    days = ["2027-01-01", "by 1 January", "the counter"]
    for when in days:
        find = {"quote": KEYS, "owner": "mentor", "when": when}
        model.answer = lambda request, find=find: good_reader.reply(request, {"promises": [find]})  # type: ignore[misc]
        (Path(".prep") / "pairs" / "noor-willem" / "finds.json").unlink(missing_ok=True)
        (Path(".prep") / "pairs" / "noor-willem" / "modelled.json").unlink(missing_ok=True)
        found = commitments(prep)
        assert next(c for quote, c in found.items() if quote.startswith(KEYS))["due"] is None


@pytest.mark.parametrize(
    ("broken", "cause"),
    [
        (lambda _: failed(401, "{}"), "api_key_env"),
        (lambda _: failed(404, '{"error":{"code":"model_not_found"}}'), "no model some-model"),
        (lambda _: failed(429, '{"error":{"code":"insufficient_quota"}}'), "quota"),
        (lambda _: failed(200, "<html></html>", "text/html"), "web page"),
        (lambda _: failed(200, ""), "empty answer"),
        (lambda _: said("I would rather not."), "not in the form"),
        (lambda _: said('{"promises": 3}'), "not in the form"),
        (lambda _: said("{}", finish="length"), "limit of length"),
        (lambda _: said("", finish="content_filter"), "content filter"),
        (lambda _: failed(400, '{"error":{"code":"context_length_exceeded"}}'), "longer than the model"),
    ],
)
def test_whatever_goes_wrong_the_rules_have_read_it(
    prep: Prep, model: ModelServer, broken: Callable[[dict[str, Any]], Response], cause: str
) -> None:
    plain = prep("commitments", "--all", "--json", "--offline", *TODAY).json
    model.answer = broken
    done = prep("commitments", "--all", "--json", *TODAY)
    assert done.json == plain
    assert done.err.count(cause) == 1
    assert "the rules read the notes" in done.err
    assert "till" not in done.err


def test_a_dead_service_is_asked_once_a_command(prep: Prep, programme: Programme, model: ModelServer) -> None:
    for day in ("2026-06-16", "2026-06-23", "2026-06-30"):
        programme.note(day, JUNE)
    name_model(programme.root, "http://127.0.0.1:9/v1")
    done = prep("commitments", "--json", *TODAY)
    assert done.err.count("nothing answers") == 1


def test_when_the_time_is_up_the_next_command_goes_on(
    prep: Prep, programme: Programme, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme.note("2026-06-16", JUNE)
    monkeypatch.setattr(reader, "SECONDS", -1.0)
    done = prep("commitments", "--json", *TODAY)
    assert "the next command goes on" in done.err
    assert model.bodies == []
    monkeypatch.setattr(reader, "SECONDS", 60.0)
    commitments(prep)
    assert len(model.bodies) == 2


def test_nothing_found_at_all_leaves_what_the_rules_found(prep: Prep, programme: Programme, model: ModelServer) -> None:
    programme.note("2026-05-12", "- [ ] Noor: send the list\n\nI'll send Willem the plan by 1 June.\n")
    plain = commitments(prep, "--offline")
    model.answer = lambda request: good_reader.reply(request, {})
    assert len(plain) == 2
    assert commitments(prep) == plain


def test_a_task_stays_though_the_model_leaves_it_out_and_keeps_its_id(
    prep: Prep, programme: Programme, model: ModelServer
) -> None:
    programme.note("2026-05-12", MAY + "\n## Actions\n- [ ] Noor: send the list by 1 June\n- [ ] Willem: the plan\n")
    plain = commitments(prep, "--offline")
    model.answer = lambda request: good_reader.reply(
        request, {"promises": [{"quote": "send the list by 1 June", "owner": "mentee", "when": None}]}
    )
    found = commitments(prep)
    assert {c["id"] for c in found.values()} >= {c["id"] for q, c in plain.items() if ":" in q}
    (task,) = (c for c in found.values() if c["text"].startswith("send the list"))
    assert (task["owner"], task["due"]) == ("mentor", "2026-06-01")


def test_a_greeting_and_a_list_of_pairs_wait_for_nobody(prep: Prep, model: ModelServer) -> None:
    prep("commitments", "--due", *TODAY)
    prep("pairs", *TODAY)
    prep("invite", *TODAY, ok=False)
    assert model.bodies == []
    commitments(prep)
    due = prep("commitments", "--due", "--json", *TODAY).json
    assert [c["due"] for c in due["commitments"]] == ["2026-06-01"]  # what was read before is told
    assert len(model.bodies) == 1


def test_what_is_shown_is_what_goes_and_stands_in_the_ledger(
    prep: Prep, programme: Programme, model: ModelServer
) -> None:
    programme.note("2026-06-16", JUNE)
    shown = prep("next-session", "--show-prompt", *TODAY)
    assert "a note and 1 more to read first" in shown.err
    assert model.bodies == []
    commitments(prep)
    assert model.bodies[0].decode() == shown.out
    ledger = Folder(programme.root).ledger("noor-willem")
    entries = prep("sent", "--json").json["requests"]
    assert [entry["hash"] for entry in entries] == [ledger.hash(body) for body in model.bodies]
    assert {(entry["task"], entry["audience"]) for entry in entries} == {("reading.model/1", "own")}
    draft = prep("next-session", "--show-prompt", *TODAY).out
    model.answer = lambda _: failed(401, "{}")
    prep("next-session", "--no-save", *TODAY)
    assert [body.decode() for body in model.bodies[2:]] == [draft]


def test_a_model_may_be_kept_from_the_notes(prep: Prep, programme: Programme, model: ModelServer) -> None:
    settings = programme.root / "prep.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "reads_notes = false\n", encoding="utf-8")
    assert commitments(prep) == commitments(prep, "--offline")
    assert model.bodies == []


@pytest.mark.skipif(os.name == "nt", reason="an interrupt is sent in another way there")
def test_an_interrupt_costs_one_note(prep: Prep, programme: Programme, model: ModelServer) -> None:
    programme.note("2026-06-16", JUNE)
    asked, done = threading.Event(), threading.Event()

    def slow(request: dict[str, Any]) -> Response:
        if len(model.bodies) == 2:
            asked.set()
            done.wait(30)
        return good_reader.reply(request, FOUND)

    model.answer = slow
    words = [sys.executable, "-m", "assistant", "commitments", *TODAY]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background hands on that it is ignored
    with subprocess.Popen(
        words, cwd=programme.root, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert asked.wait(30)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=10)
    done.set()
    assert running.returncode == 130
    assert "Traceback" not in err
    assert out == ""
    commitments(prep)
    assert len(model.bodies) == 3


def test_openai_is_not_loaded_when_all_is_read(programme: Programme, prep: Prep, model: ModelServer) -> None:
    commitments(prep)
    code = (
        "import sys\nfrom assistant.cli import main\nsys.argv = ['prep', *sys.argv[1:]]\nassert main() == 0\n"
        "sys.exit('openai' in sys.modules or 'jinja2' in sys.modules)"
    )
    for words in (["commitments"], ["commitments", "--due"], ["beliefs", "--offline"]):
        subprocess.run(
            [sys.executable, "-c", code, *words, *TODAY],
            check=True,
            capture_output=True,
            cwd=programme.root,
            env=ENVIRONMENT,
        )


@pytest.mark.skipif(engine.ABSENT, reason="xllamacpp is not installed")
def test_random_answers_of_a_real_engine_find_nothing_that_is_not_there(prep: Prep, programme: Programme) -> None:
    """Valid JSON and words without sense: what is told stands in the notes to the letter."""
    programme.note("2026-05-12", MAY)
    with engine.running("en") as url:
        name_model(programme.root, url)
        for day in ("2026-06-09", "2026-06-16"):
            programme.note(day, JUNE)
            told = prep("commitments", "--all", "--json", *TODAY).json
            assert all(source["quote"] in MAY + JUNE for source in told["sources"].values())
