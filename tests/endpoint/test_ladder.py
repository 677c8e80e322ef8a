"""From a schema down to a turn of repair, said aloud and remembered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from endpoint.conftest import MakeClient, Said
from hypothesis import given
from hypothesis import strategies as st
from model_server import ModelServer, failed, said
from werkzeug import Response

from assistant.endpoint.faults import Fault
from assistant.endpoint.ladder import Ladder, Misshapen, Task, objects
from assistant.records import Outgoing

GOOD = '{"i1": "yes"}'
TASK = Task("agenda/1", "pair", "the rules", "the data", "once more", "form", {"type": "object"})


class OpenDoor:
    def out(self, body: bytes, task: str, audience: str) -> Outgoing:
        return Outgoing(body, "h", "m", task, audience)

    def back(self, text: str) -> str:
        return text


def check(found: object) -> str:
    if not isinstance(found, dict) or "i1" not in found:
        raise Misshapen
    return str(found["i1"])


def ladder(client_of: MakeClient, url: str, home: Path) -> tuple[Ladder, Said]:
    client, heard = client_of(url)
    return Ladder(client, OpenDoor(), home, home.parent / "tmp", heard.append), heard


def form(body: bytes) -> str:
    return str(json.loads(body).get("response_format", {}).get("type", "text"))


def test_the_richest_form_first(client_of: MakeClient, service: ModelServer, home: Path) -> None:
    service.answer = lambda _: said(GOOD)
    asked, heard = ladder(client_of, service.url, home)
    assert asked.ask(TASK, check) == "yes"
    assert [form(body) for body in service.bodies] == ["json_schema"]
    assert service.bodies[0] == asked.outgoing(TASK).body
    assert heard == []
    assert not home.exists()


@pytest.mark.parametrize(
    "bad", [failed(400, '{"error":{"message":"no"}}'), said("Sure! Here it is."), said('{"other": 1}')]
)
def test_down_and_remembered(client_of: MakeClient, service: ModelServer, home: Path, bad: Response) -> None:
    def picky(request: dict[str, Any]) -> Response:
        return bad if request.get("response_format", {}).get("type") == "json_schema" else said(GOOD)

    service.answer = picky
    asked, heard = ladder(client_of, service.url, home)
    assert asked.ask(TASK, check) == "yes"
    assert [form(body) for body in service.bodies] == ["json_schema", "json_object"]
    assert len(heard) == 1
    assert "plain JSON" in str(heard[0])
    service.bodies.clear()
    assert ladder(client_of, service.url, home)[0].ask(TASK, check) == "yes"
    assert [form(body) for body in service.bodies] == ["json_object"]


def test_the_last_form_is_the_plainest(client_of: MakeClient, service: ModelServer, home: Path) -> None:
    def plain(request: dict[str, Any]) -> Response:
        refused = len(request["messages"]) > 1 or set(request) - {"model", "messages", "stream"}
        return failed(422, "{}") if refused else said(f"<think>{{}}</think>Here:\n```json\n{GOOD}\n```\nDone.")

    service.answer = plain
    assert ladder(client_of, service.url, home)[0].ask(TASK, check) == "yes"
    assert json.loads(service.bodies[-1])["messages"] == [{"role": "user", "content": "the rules\n\nthe data"}]


def test_one_turn_of_repair_and_no_more(client_of: MakeClient, service: ModelServer, home: Path) -> None:
    service.answer = lambda request: said(GOOD if len(request["messages"]) == 3 else "no idea")
    assert ladder(client_of, service.url, home)[0].ask(TASK, check) == "yes"
    assert json.loads(service.bodies[-1])["messages"][1:] == [
        {"role": "assistant", "content": "no idea"},
        {"role": "user", "content": "once more"},
    ]
    service.bodies.clear()
    service.answer = lambda _: said("no idea")
    with pytest.raises(Fault) as failure:
        ladder(client_of, service.url, home)[0].ask(TASK, check)
    assert failure.value.kind == "form"
    assert len(service.bodies) == 4


def test_a_fault_of_another_kind_ends_it(client_of: MakeClient, service: ModelServer, home: Path) -> None:
    service.answer = lambda _: failed(401, "{}")
    with pytest.raises(Fault):
        ladder(client_of, service.url, home)[0].ask(TASK, check)
    assert len(service.bodies) == 1


def test_a_prompt_that_was_cut_is_told(client_of: MakeClient, service: ModelServer, home: Path) -> None:
    service.answer = lambda _: said(GOOD, tokens=20)
    asked, heard = ladder(client_of, service.url, home)
    long = Task("agenda/1", "pair", "the rules", "data " * 500, "once more", "form", {})
    asked.ask(long, check)
    assert "only 20 tokens" in str(heard)


@given(st.text(alphabet='{}[]",: abc\\\n1'), st.dictionaries(st.text(max_size=3), st.integers(), min_size=1))
def test_objects_are_found_whatever_stands_around_them(around: str, wanted: dict[str, int]) -> None:
    list(objects(around))  # never fails
    assert wanted in list(objects(f"so: {json.dumps(wanted)} {around}"))


def test_a_text_that_only_opens_is_soon_done_with() -> None:
    assert list(objects("{" * 100_000)) == []
    assert list(objects('{"a":' * 100_000)) == []
