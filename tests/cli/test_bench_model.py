"""bench/model.py: what it counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Programme
from good_model import GOOD, NOTE, prompt_of, reply
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer
from werkzeug import Response

BENCH = Path(__file__).resolve().parents[2] / "bench"


def test_what_stands_what_does_not_and_what_it_costs(
    httpserver: HTTPServer, programme: Programme, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One good item, one with a name that nobody said, the others not in the form; and no questions at all."""
    monkeypatch.syspath_prepend(str(BENCH))
    import model

    def answer(request: dict[str, Any]) -> Response:
        if "item i1" not in prompt_of(request):
            return failed(401, "{}")
        items = reply(request, GOOD)
        _, bad, *others = items
        items[bad]["why"] += " Zeppelina said so."
        return said(json.dumps({**items, **dict.fromkeys(others, 3)}), tokens=1234)

    programme.note("2026-05-12", NOTE)
    service = ModelServer(httpserver)
    service.answer = answer
    words = ["--base-url", service.url, "--model", "m", "--show", str(programme.root)]
    monkeypatch.setattr(sys, "argv", ["model.py", *words])
    assert model.main() == 0
    out = capsys.readouterr().out
    assert "Test: 2 requests" in out
    assert "1234 tokens in and 5 tokens out (told for 1 requests)" in out
    assert "2 drafts: 1 kept, 4 dropped (3 form, 1 unknown name or word), 1 drafts without an answer" in out
    assert "\n    The morning at the counter" in out
    assert not (programme.root / "ledger.jsonl").exists()
