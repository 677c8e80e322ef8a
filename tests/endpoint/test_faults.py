"""Every answer of a service that is no use is told in one sentence that names the right cause and the mend."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from endpoint.conftest import MakeClient
from model_server import ModelServer, failed

from assistant.endpoint.faults import Fault
from assistant.records import Outgoing
from assistant.resources import parsed

CASES = Path(__file__).resolve().parents[1] / "cases" / "model"
FAULTS: list[dict[str, Any]] = parsed((CASES / "faults.yaml").read_text(encoding="utf-8"))
RECORDED: dict[str, str] = parsed((CASES / "recorded.yaml").read_text(encoding="utf-8"))
ANSWERS = os.environ.get("PREP_RECORDED_ANSWERS")  # a folder of recorded answers of real services, one JSON file each
MENDS = (
    "mend",
    "name ",
    "put ",
    "look at",
    "wait",
    "sign in",
    "try again",
    "give ",
    "ask ",
    "start ",
    "have it",
    "use ",
)


def ask(client_of: MakeClient, service: ModelServer) -> tuple[str, str, list[object]]:
    """(kind of the fault or ok, its sentence, what was said and slept meanwhile)"""
    client, said = client_of(service.url)
    try:
        client.chat(Outgoing(b"{}", "h", "m", "t", "pair"))
    except Fault as fault:
        return fault.kind, str(fault), said
    return "ok", "", said


@pytest.mark.parametrize("case", FAULTS, ids=[case["name"] for case in FAULTS])
def test_a_fault_is_told_by_its_cause(case: dict[str, Any], client_of: MakeClient, service: ModelServer) -> None:
    kind = case.get("type", "application/json")
    service.answer = lambda _: failed(case["status"], case["body"], kind, **case.get("headers", {}))
    found, sentence, said = ask(client_of, service)
    assert found == case["kind"]
    assert "\n" not in sentence
    assert any(mend in sentence for mend in MENDS)
    waits = [one for one in said if not isinstance(one, str)]
    assert waits == case.get("waits", [])
    assert len(service.bodies) == len(waits) + 1
    assert sum("trying again" in one for one in said if isinstance(one, str)) == len(waits)


def test_what_a_server_says_is_never_repeated(client_of: MakeClient, service: ModelServer) -> None:
    for status in (400, 401, 403, 404, 429, 500):
        service.answer = lambda _, s=status: failed(s, json.dumps({"error": {"message": "you sent: Willem stops"}}))  # type: ignore[misc]
        assert "Willem" not in ask(client_of, service)[1]


@pytest.mark.skipif(not ANSWERS, reason="PREP_RECORDED_ANSWERS names no folder")
@pytest.mark.parametrize("name", RECORDED)
def test_recorded_answers_of_real_services(name: str, client_of: MakeClient, service: ModelServer) -> None:
    response = json.loads((Path(ANSWERS or "") / f"{name}.json").read_text(encoding="utf-8"))["response"]
    body = response["body"] if isinstance(response["body"], str) else json.dumps(response["body"])
    headers = {name: values[0] for name, values in response["headers"].items()}
    kind = headers.pop("content-type", "text/plain")
    passed = {name: value for name, value in headers.items() if name in ("retry-after",)}
    service.answer = lambda _: failed(response["status"], body, kind, **passed)
    assert ask(client_of, service)[0] == RECORDED[name]
