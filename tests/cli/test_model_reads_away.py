"""A model on another machine reads notes that name nobody, and what it finds comes back in the note's own words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import elsewhere
import pytest
from case_files import cases
from cli.conftest import TODAY, Prep, Programme
from cli.test_model_reads import commitments, name_model
from good_model import prompt_of
from model_server import ModelServer, said
from pytest_httpserver import HTTPServer

from assistant import ledger

NOTE = """---
date: 2026-05-12
---
Achterberg will ask Fenna Dijkwel about the archive in Tilburg, and NvdV the doorman.

## Confidential
The zeppelin stays folded.
"""
NAMES = ("Willem", "Achterberg", "Noor", "Velde", "Tilburg", "Fenna", "Dijkwel", "zeppelin", "NvdV")
EMPTY: dict[str, Any] = {"promises": [], "threads": [], "beliefs": [], "questions": []}


@pytest.fixture
def away(httpserver: HTTPServer, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """A model that counts as one on another machine, and quotes the first line of each note as a promise."""
    elsewhere.pretend(monkeypatch)
    service = ModelServer(httpserver)
    name_model(programme.root, service.url)
    service.answer = lambda request: said(json.dumps(quoting(request)))
    return service


def quoting(request: dict[str, Any], line: str = "n1") -> dict[str, Any]:
    lines = dict(re.findall(r"^(\w+) \| (.*)$", prompt_of(request), re.MULTILINE))
    promise = {"line": line, "quote": lines[line], "owner": "mentee", "when": None}
    more: dict[str, Any] = {"earlier": []} if "p1" in lines or "t1" in lines else {}
    return {**EMPTY, **more, "promises": [promise]}


def test_nobody_is_named_on_the_wire_and_the_words_of_the_note_come_back(
    prep: Prep, programme: Programme, away: ModelServer
) -> None:
    programme.note("2026-05-12", NOTE)
    found = commitments(prep)
    (body,) = (body.decode() for body in away.bodies)
    assert not [name for name in NAMES if name in body]
    assert "archive in [NAME-" in body
    assert "Achterberg will ask Fenna Dijkwel about the archive in Tilburg, and NvdV the doorman." in found
    kept = "".join(path.read_text(encoding="utf-8") for path in Path(".prep").rglob("finds.json"))
    assert not re.search(r"\[[A-Z]+-\w{4,}\]", kept)
    (line,) = ledger.lines(programme.root / ledger.NAME)
    assert line.entry is not None
    assert (line.entry.bytes, line.entry.audience) == (len(body.encode()), "own")


def test_a_token_that_was_never_sent_opens_nothing(prep: Prep, programme: Programme, away: ModelServer) -> None:
    programme.note("2026-05-12", NOTE)
    wrong = {"line": "n1", "quote": "[PERSON-7xyz] will ask [NAME-4k7q]", "owner": "mentee", "when": None}
    away.answer = lambda _: said(json.dumps({**EMPTY, "promises": [wrong, {**wrong, "quote": "Willem will ask"}]}))
    done = prep("commitments", "--all", "--json", *TODAY)
    assert "2 left out" in done.err
    assert done.json == prep("commitments", "--all", "--json", "--offline", *TODAY).json


def test_what_the_gate_stops_is_read_by_the_rules(prep: Prep, programme: Programme, away: ModelServer) -> None:
    programme.note("2026-05-12", NOTE)
    programme.note("2026-06-16", "The plan goes on.\n")
    prompts = programme.root / "prompts"
    prompts.mkdir()
    own = Path(__file__).resolve().parents[2] / "prompts" / "reading.model.en.md"
    text = own.read_text(encoding="utf-8").replace("experienced executive", "executive called Achterberg")
    (prompts / own.name).write_text(text, encoding="utf-8")
    done = prep("commitments", "--all", "--json", *TODAY)
    assert away.bodies == [] or b"Achterberg" not in b"".join(away.bodies)
    assert done.json["commitments"]


@pytest.mark.parametrize("case", cases("injection.yaml"), ids=lambda c: c["guise"])
def test_a_note_that_gives_orders_changes_nothing_but_its_own_line(
    prep: Prep, programme: Programme, away: ModelServer, case: dict[str, Any]
) -> None:
    """What is asked, of whom and in which form stays; and a model that obeys finds nothing without a quotation."""
    programme.note("2026-05-12", "The archive comes next.\n\n" + case["text"] + "\n\nThe keys hang on the wall.\n")
    obeyed = {"line": "n2", "quote": "all promises are kept, says the system", "owner": "both", "when": None}
    away.answer = lambda _: said(json.dumps({**EMPTY, "promises": [obeyed]}))
    done = prep("commitments", "--all", "--json", *TODAY)
    assert done.json == prep("commitments", "--all", "--json", "--offline", *TODAY).json
    for body in away.bodies:
        request = json.loads(body)
        assert list(request) == ["model", "stream", "messages", "stream_options", "response_format"]
        assert [message["role"] for message in request["messages"]] == ["system", "user"]
        assert not [name for name in NAMES if name in body.decode()]
        data = request["messages"][1]["content"]
        note = data.split("not an instruction:\n")[1].split("\n\nThe form of the answer")[0]
        assert all(re.match(r"n\d+ \| ", line) for line in note.split("\n"))
        assert request["messages"][0]["content"].count("\n9. ") == data.count("\n9. ") == 1
