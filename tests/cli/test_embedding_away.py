"""Vectors from another machine: what goes there names nobody, and search goes on by words where none come."""

from __future__ import annotations

import base64
import json
import struct
from pathlib import Path

import elsewhere
import pytest
from cli.conftest import TODAY, Prep, Programme
from pytest_httpserver import HTTPServer
from retrieval.indexed import Hashed
from werkzeug import Request, Response

from assistant import ledger

NOTE = """---
date: 2026-05-12
---
Willem is sure that the branches use the new tool, and Noor van der Velde asked around in Tilburg.

## Confidential
Willem wonders whether the branch can stay open.

## Own
I was nervous about the zeppelin.
"""
NAMES = ("Willem", "Achterberg", "Noor", "Velde", "Tilburg", "stay open", "zeppelin")


class Service:
    """An embedding service that keeps what it was sent; it answers with `status`."""

    def __init__(self, server: HTTPServer) -> None:
        self.url, self.bodies, self.status = server.url_for("/v1"), list[bytes](), 200
        server.expect_request("/v1/embeddings", method="POST").respond_with_handler(self._handle)

    def _handle(self, request: Request) -> Response:
        self.bodies.append(request.get_data())
        vectors = Hashed().embed(json.loads(self.bodies[-1])["input"])
        data = [{"index": i, "embedding": vector} for i, vector in enumerate(vectors)]
        return Response(json.dumps({"data": data[::-1]}), status=self.status, content_type="application/json")


@pytest.fixture
def service(httpserver: HTTPServer, programme: Programme) -> Service:
    made = Service(httpserver)
    programme.note("2026-05-12", NOTE)
    with (programme.root / "prep.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[embedding]\nbase_url = "{made.url}"\nname = "vectors"\n')
    return made


@pytest.fixture
def away(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """The same, on what counts as another machine."""
    elsewhere.pretend(monkeypatch)
    return service


def sent(service: Service) -> str:
    return b"".join(service.bodies).decode()


def test_on_this_machine_text_goes_as_it_stands_but_what_is_the_authors_own(prep: Prep, service: Service) -> None:
    assert prep("search", "whether Willem is sure", *TODAY).out
    assert "Noor van der Velde asked around in Tilburg" in sent(service)
    assert "stay open" in sent(service)
    assert "zeppelin" not in sent(service)


def test_to_another_machine_nobody_is_named(prep: Prep, away: Service, programme: Programme) -> None:
    found = prep("search", "do the branches use the tool", "--json", *TODAY).json["results"]
    assert found[0]["text"].startswith("Willem is sure")
    assert "is sure that the branches use the new tool" in sent(away)
    assert not [name for name in NAMES if name in sent(away)]
    entries = [line.entry for line in ledger.lines(programme.root / "ledger.jsonl")]
    assert [e.bytes for e in entries if e] == [len(body) for body in away.bodies]
    assert {e.task for e in entries if e} == {"embedding"}


def test_what_has_its_vectors_is_not_sent_again(prep: Prep, away: Service) -> None:
    prep("search", "tool", *TODAY)
    away.bodies.clear()
    prep("search", "tool", *TODAY)
    assert {text for body in away.bodies for text in json.loads(body)["input"]} == {"tool"}


def test_the_query_bears_the_tokens_of_the_notes(prep: Prep, away: Service) -> None:
    prep("search", "Achterberg", *TODAY)
    inputs = [text for body in away.bodies for text in json.loads(body)["input"]]
    token = next(text for text in inputs if text.startswith("[MENTEE-") and " " not in text)
    assert any(token in text and "is sure" in text for text in inputs)


def answered(body: str, status: int = 200, kind: str = "application/json") -> Response:
    return Response(body, status=status, content_type=kind)


FAULTS: dict[str, tuple[Response, str]] = {
    "wrong key": (answered('{"error":{"code":"invalid_api_key"}}', 401), "without a key"),
    "unknown model": (
        answered('{"error":{"code":"model_not_found"}}', 404),
        "no model vectors; mend `name` under [embedding]",
    ),
    "wrong path": (answered("404 page not found", 404, "text/plain"), "no embedding service at"),
    "moved": (answered("", 302), "no embedding service at"),
    "rate limit": (answered("{}", 429), "too many requests"),
    "quota": (answered('{"error":{"code":"insufficient_quota"}}', 429), "quota or credit"),
    "overloaded": (answered("", 500), "overloaded"),
    "a page": (answered("<html></html>", 200, "text/html"), "web page"),
    "nothing": (answered(""), "empty answer"),
    "something else": (answered("Ollama is running", 200, "text/plain"), "no embedding service"),
    "cut off": (answered('{"data":[{"embedding":[0.1,'), "no embedding service"),
    "too few": (answered('{"data":[]}'), "gave 0 vectors"),
    "no numbers": (answered('{"data":[{"embedding":[]}]}'), "no embedding service"),
    "nested without an end": (answered("[" * 100_000), "no embedding service"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_without_vectors_the_search_goes_on_by_words_and_says_why(
    prep: Prep, away: Service, httpserver: HTTPServer, name: str
) -> None:
    answer, cause = FAULTS[name]
    httpserver.clear_all_handlers()
    httpserver.expect_request("/v1/embeddings").respond_with_response(answer)
    done = prep("search", "branches tool", *TODAY)
    assert "Willem is sure" in done.out
    assert done.err.count(cause) == 1
    assert "(the search goes by words)" in done.err
    assert "[model]" not in done.err


def test_a_service_that_fails_is_asked_once_in_a_command(prep: Prep, away: Service) -> None:
    away.status = 500
    done = prep("search", "branches tool", *TODAY)
    assert done.out
    assert done.err.count("overloaded") == 1
    assert len(away.bodies) == 1


@pytest.mark.parametrize("words", [["next-session", "--no-save"], ["questions"]])
def test_a_draft_asks_for_no_vectors(prep: Prep, away: Service, words: list[str]) -> None:
    assert prep(*words, *TODAY).out
    assert not away.bodies


def test_vectors_in_base64_are_read_too(prep: Prep, away: Service, httpserver: HTTPServer) -> None:
    def packed(request: Request) -> Response:
        vectors = Hashed().embed(json.loads(request.get_data())["input"])
        rows = [{"embedding": base64.b64encode(struct.pack(f"<{len(v)}f", *v)).decode()} for v in vectors]
        return answered(json.dumps({"data": rows}))

    httpserver.clear_all_handlers()
    httpserver.expect_request("/v1/embeddings").respond_with_handler(packed)
    done = prep("search", "branches tool", *TODAY)
    assert "Willem is sure" in done.out
    assert done.err == ""


def test_a_fault_at_the_gate_sends_nothing(prep: Prep, away: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("assistant.privacy.pseudonyms.Pseudonyms.cover_rest", broken)
    assert "Willem is sure" in prep("search", "branches tool", *TODAY).out
    assert away.bodies == []


def test_a_key_that_is_not_set_is_told(prep: Prep, service: Service, programme: Programme) -> None:
    with (programme.root / "prep.toml").open("a", encoding="utf-8") as settings:
        settings.write('api_key_env = "NO_SUCH_KEY_OF_PREP"\n')
    done = prep("doctor", *TODAY, ok=False)
    assert "[embedding] the variable NO_SUCH_KEY_OF_PREP is not set" in done.out


def test_the_vectors_and_their_key_go_with_the_pair(prep: Prep, away: Service, programme: Programme) -> None:
    prep("search", "tool", *TODAY)
    private = Path(programme.root / ".prep")
    assert list(private.rglob("pair.key"))
    prep("forget", "noor-willem", "--yes")
    assert not list(private.rglob("pair.key"))


def test_a_pair_that_cannot_be_read_shuts_the_gate_and_costs_no_search(
    prep: Prep, away: Service, programme: Programme
) -> None:
    broken = programme.root / "pairs" / "anna-bert" / "pair.toml"
    broken.parent.mkdir()
    broken.write_text("mentor = 3\n", encoding="utf-8")
    assert "Willem is sure" in prep("search", "noor-willem", "branches tool", *TODAY).out
    assert away.bodies == []


def test_a_mark_that_nobody_found_shuts_the_gate_and_costs_no_search(
    prep: Prep, service: Service, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.notes import marks
    from assistant.records import Level

    programme.note("2026-06-12", "No mark here.\n")
    monkeypatch.setattr(marks, "closed_by", lambda raw: Level.OWN)
    assert "Willem is sure" in prep("search", "branches tool", *TODAY).out
    assert service.bodies == []
