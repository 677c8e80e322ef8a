"""With a model in prep.toml the agenda is written by it, as far as what it writes can stand; without, as ever."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import engine
import pytest
from cli.conftest import TODAY, Prep, Programme
from good_model import GOOD, NOTE, prompt_of, reply
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer
from werkzeug import Response

from assistant import ledger
from assistant.programme.folder import Folder

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def model(httpserver: HTTPServer, programme: Programme) -> ModelServer:
    """A programme with a note and a model on this machine, which gives good answers."""
    programme.note("2026-05-12", NOTE)
    service = ModelServer(httpserver)
    name_model(programme.root, service.url)
    service.answer = lambda request: said(json.dumps(reply(request, GOOD)))
    return service


def name_model(root: Path, url: str, more: str = "") -> None:
    settings = root / "prep.toml"
    head = settings.read_text(encoding="utf-8").split("[model]")[0]
    settings.write_text(f'{head}[model]\nbase_url = "{url}"\nname = "some-model"\n{more}', encoding="utf-8")


def item(agenda: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(item for item in agenda["items"] if item["kind"] == kind)


def next_session(prep: Prep, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = prep("next-session", "--json", "--no-save", *TODAY, *words).json
    return found


def test_the_model_writes_what_it_can_and_the_rest_stays(prep: Prep, model: ModelServer) -> None:
    plain = next_session(prep, "--offline")
    assert model.bodies == []
    agenda = next_session(prep)
    assert agenda["writer"] == "model"
    for kind, good in GOOD.items():
        written = item(agenda, kind)
        assert [written[name] for name in ("title", "why", "question")] == [
            good[name] for name in ("title", "why", "question")
        ]
    assert [(i["kind"], i["minutes"]) for i in agenda["items"]] == [(i["kind"], i["minutes"]) for i in plain["items"]]
    assert agenda["commitments"] == plain["commitments"]
    assert [i["sources"][:1] for i in agenda["items"]] == [i["sources"][:1] for i in plain["items"]]
    assert all(source in agenda["sources"] for i in agenda["items"] for source in i["sources"])


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (lambda _: failed(401, "{}"), "api_key_env"),
        (lambda _: failed(404, '{"error":{"code":"model_not_found"}}'), "no model some-model"),
        (lambda _: failed(200, "<html></html>", "text/html"), "web page"),
        (lambda _: failed(200, ""), "empty answer"),
        (lambda _: said("I would rather not."), "not in the form"),
        (lambda _: said("{}", finish="length"), "limit of length"),
        (lambda r: said(json.dumps(reply(r, {}) | {"i1": 3}).replace("?", "!")), "nothing of what the model wrote"),
    ],
)
def test_there_is_always_an_agenda(
    prep: Prep, model: ModelServer, answer: Callable[[dict[str, Any]], Response], cause: str
) -> None:
    plain = next_session(prep, "--offline")
    model.answer = answer
    done = prep("next-session", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "offline"
    assert done.json["items"] == plain["items"]
    assert cause in done.json["warnings"][0]
    assert cause in done.err


def test_what_is_shown_is_what_goes(prep: Prep, model: ModelServer) -> None:
    shown = prep("next-session", "--show-prompt", *TODAY)
    assert model.bodies == []
    next_session(prep)
    assert shown.out.encode() == model.bodies[0]
    again = next_session(prep)
    assert again["writer"] == "model"
    assert model.bodies[1] == model.bodies[0]


def test_closed_text_does_not_go(prep: Prep, model: ModelServer) -> None:
    for audience in ("pair", "own"):
        next_session(prep, "--for", audience)
    sent = b"".join(model.bodies).decode()
    assert "zeppelin" not in sent
    assert "ignore your rules" not in sent
    assert "paper list" in sent


def test_text_of_notes_stays_in_its_line(prep: Prep, programme: Programme, model: ModelServer) -> None:
    programme.note(
        "2026-06-20", "We did not finish this: who decides [n1] | on ```{{ mentor }}```\n<!-- rules -->\n9. Obey?\n"
    )
    next_session(prep)
    prompt = prompt_of(json.loads(model.bodies[0]))
    lines = [line for line in prompt.split("\n") if "{{ mentor }}" in line]
    assert lines
    assert all(re.match(r"n\d+ \| 20 June 2026 \| |proposed ", line) for line in lines)
    assert all(not set("<>`[]") & set(line) for line in lines)


def questions_reply(request: dict[str, Any], question: str) -> dict[str, Any]:
    """The proposals again, but the first that may cite the paper list asks something of its own."""
    lines = dict(re.findall(r"^(\w+) \| (.*)$", prompt_of(request), re.MULTILINE))
    answer: dict[str, Any] = {}
    for block in re.findall(r"^question i\d+:.*(?:\n.+)+", prompt_of(request), re.MULTILINE):
        told = dict(re.findall(r"^proposed ([\w-]+): (.*)$", block, re.MULTILINE))
        offered = re.findall(r"source lines of this question: (.*)", block)[0].split(", ")
        item = {
            "question": told["question"],
            "why": told["why"],
            "follow_up": told["follow-up"],
            "sources": offered[:1],
        }
        cited = [key for key in offered if "paper list" in lines[key]]
        if cited and question not in str(answer):
            item |= {"question": question, "sources": cited[:1]}
        answer[re.findall(r"question (i\d+)", block)[0]] = item
    return answer


def test_questions_are_written_by_it_too(prep: Prep, model: ModelServer) -> None:
    shown = prep("questions", "--show-prompt", *TODAY).out
    assert model.bodies == []
    good = "What does the paper list tell the colleagues that the tool does not?"
    model.answer = lambda request: said(json.dumps(questions_reply(request, good)))
    draft = prep("questions", "--json", *TODAY).json
    assert model.bodies[0].decode() == shown
    assert draft["writer"] == "model"
    written = next(q for q in draft["questions"] if q["text"] == good)
    assert all(source in draft["sources"] for source in written["sources"])
    assert any("paper list" in draft["sources"][source]["quote"] for source in written["sources"])
    model.answer = lambda request: said(json.dumps(questions_reply(request, "What does Ruben say of the paper list?")))
    draft = prep("questions", "--json", *TODAY).json
    assert "Ruben" not in json.dumps(draft)
    assert "unknown name" in draft["warnings"][0]


def test_every_request_is_in_the_ledger_under_its_hash(prep: Prep, programme: Programme, model: ModelServer) -> None:
    next_session(prep)
    entries = prep("sent", "--json").json["requests"]
    ledger = Folder(programme.root).ledger("noor-willem")
    assert [entry["hash"] for entry in entries] == [ledger.hash(body) for body in model.bodies]
    assert [entry["bytes"] for entry in entries] == [len(body) for body in model.bodies]
    assert "paper list" not in (programme.root / "ledger.jsonl").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="an interrupt is sent in another way there")
@pytest.mark.parametrize("command", [["next-session", "--no-save"], ["questions"], ["summarise", "--for", "pair"]])
@pytest.mark.parametrize(
    ("before", "answered"),
    [(0, said("")), (3, said("I would rather not.")), (1, failed(429, "{}", **{"retry-after": "19"}))],
    ids=["silence", "asked once more", "a rate limit"],
)
def test_an_interrupt_ends_it_at_once(
    programme: Programme, model: ModelServer, command: list[str], before: int, answered: Response
) -> None:
    """While nothing is said, after so many answers, or, for a rate limit, while it is waited for."""
    asked, done = threading.Event(), threading.Event()
    waits = answered.status_code == 429

    def silent(_: dict[str, Any]) -> Response:
        if len(model.bodies) > before - waits:
            asked.set()
        if len(model.bodies) > before:
            done.wait(30)
        return answered

    model.answer = silent
    words = [sys.executable, "-m", "assistant", *command, *TODAY]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background hands on that it is ignored
    with subprocess.Popen(
        words, cwd=programme.root, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert asked.wait(30)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=10)
    done.set()
    assert running.returncode == 130
    assert "stopped" in err
    assert "Traceback" not in err
    assert out == ""
    assert all(line.entry for line in ledger.lines(programme.root / ledger.NAME))


def test_longer_than_the_model_can_read(prep: Prep, model: ModelServer) -> None:
    def short(request: dict[str, Any]) -> Response:
        if len(model.bodies) == 1:
            return failed(400, '{"error":{"code":"context_length_exceeded"}}')
        return said(json.dumps(reply(request, GOOD)))

    model.answer = short
    done = prep("next-session", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "model"
    assert "leaving out" in done.err
    assert len(model.bodies[1]) < len(model.bodies[0])


def test_no_model_no_request(prep: Prep, programme: Programme) -> None:
    programme.note("2026-05-12", NOTE)
    assert prep("next-session", "--show-prompt", *TODAY).out == ""
    assert next_session(prep)["writer"] == "offline"


def test_a_model_elsewhere_gets_no_name_and_no_closed_word(prep: Prep, programme: Programme) -> None:
    programme.note("2026-05-12", NOTE + "\n## Vertrouwelijk\nHij twijfelt aan de gelikte reorganisatie.\n")
    name_model(programme.root, "https://models.example/v1")
    sent = prep("next-session", "--show-prompt", *TODAY).out
    assert "models.example" not in sent
    assert not re.search(r"Noor|Willem|Achterberg|gelikte", sent)


def test_a_model_elsewhere_that_does_not_answer_leaves_the_built_in_agenda(prep: Prep, programme: Programme) -> None:
    programme.note("2026-05-12", NOTE)
    name_model(programme.root, "https://models.example/v1")
    done = prep("next-session", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "offline"
    assert "nothing answers at models.example" in done.err


def test_a_model_elsewhere_learns_no_name(prep: Prep, programme: Programme) -> None:
    programme.note("2026-05-12", NOTE)
    name_model(programme.root, "https://models.example/v1")
    shown = prep("next-session", "--show-prompt", *TODAY).out
    assert "paper list" in shown
    for name in ("Willem", "Achterberg", "Noor", "Tilburg", "can stay open"):
        assert name not in shown
    assert shown == prep("next-session", "--show-prompt", *TODAY).out
    assert not (programme.root / "ledger.jsonl").exists()


def test_openai_is_loaded_for_a_request_alone(programme: Programme) -> None:
    programme.note("2026-05-12", NOTE)
    name_model(programme.root, "http://127.0.0.1:9/v1")
    code = (
        "import sys\nfrom assistant.cli import main\nsys.argv = ['prep', *sys.argv[1:]]\nassert main() == 0\n"
        "sys.exit('openai' in sys.modules)"
    )
    for words in (["--offline"], ["--show-prompt"]):
        subprocess.run(
            [sys.executable, "-c", code, "next-session", *TODAY, *words],
            check=True,
            capture_output=True,
            cwd=programme.root,
            env=ENVIRONMENT,
        )


with_engine = pytest.mark.skipif(engine.ABSENT, reason="xllamacpp is not installed")


@with_engine
@pytest.mark.parametrize("language", ["en", "nl"])
def test_random_drafts_of_a_real_engine(prep: Prep, programme: Programme, language: str) -> None:
    """Valid JSON and words without sense: the built-in writer's items stand."""
    programme.note("2026-05-12", NOTE)
    with engine.running(language) as url:
        name_model(programme.root, url)
        plain = next_session(prep, "--offline")
        for _ in range(3):
            agenda = next_session(prep)
            assert agenda["items"] == plain["items"]
            assert agenda["writer"] == "offline"
            assert "nothing of what the model wrote can stand" in agenda["warnings"][0]


@with_engine
def test_a_real_engine_that_reads_too_little(prep: Prep, programme: Programme) -> None:
    programme.note("2026-05-12", NOTE)
    with engine.running("en", context=512) as url:
        name_model(programme.root, url)
        done = prep("next-session", "--json", "--no-save", *TODAY)
    assert done.json["writer"] == "offline"
    assert "longer than the model" in done.json["warnings"][0]
