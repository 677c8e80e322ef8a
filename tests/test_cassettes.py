"""What cassettes/ holds: nothing of an account, nobody's name, no closed text, no host but those that are told of."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import recorded
import yaml
from conversations import LATER, NOTES
from vcr.request import Request

from assistant.notes import note
from assistant.privacy import tokens
from assistant.privacy.known import Known
from assistant.privacy.normal import flatten
from assistant.privacy.pseudonyms import STAND_IN
from assistant.privacy.text import Text
from assistant.records import Pair

ROOT = Path(__file__).resolve().parents[1]
CASSETTES = ROOT / "cassettes"
FILES = sorted(CASSETTES.rglob("*.yaml"))
ACCOUNT = re.compile(
    r"\bsk-|bearer|authorization|cookie|x-stainless|user-agent|\borg-\w{6}|organization|x-request-id|api[-_]key"
    r"|127\.0\.0\.1|localhost|/tmp/|/home/|/Users/|\\Users\\",
    re.IGNORECASE,
)
_RUN = 4  # words of closed text that stand together by no chance


def wrong(text: str, pair: Pair) -> list[str]:
    """What is in a cassette that should not be."""
    found = [f"account or machine: {match.group()}" for match in ACCOUNT.finditer(text)]
    cassette = yaml.safe_load(text)
    for interaction in cassette["interactions"]:
        request, response = interaction["request"], interaction["response"]
        host = urlsplit(request["uri"]).netloc
        if f"`{host}`" not in (CASSETTES / "README.md").read_text(encoding="utf-8"):
            found.append(f"host that README.md does not tell of: {host}")
        found += [f"header: {name}" for name in request["headers"] if name.lower() not in recorded.REQUEST_HEADERS]
        found += [f"header: {name}" for name in response["headers"] if name.lower() not in recorded.RESPONSE_HEADERS]
    for said in (text, *_strings(cassette)):
        found += named(said, pair)
    return found + [f"closed: {' '.join(run)}" for run in closed_runs() & set(_runs(text))]


def named(text: str, pair: Pair) -> list[str]:
    """Who of a roster is named, in any spelling."""
    words = Text(flatten(tokens.TOKEN.sub(STAND_IN, text)))
    return [f"name: {' '.join(words.cased[hit.first : hit.last + 1])}" for hit in Known([pair]).find(words)]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for entry in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _strings(entry)


def closed_runs() -> set[tuple[str, ...]]:
    """The runs of words in what is closed in the notes of the conversations."""
    day = dt.date(2026, 5, 12)
    passages = [
        p
        for text in (*NOTES.values(), *LATER.values())
        for p in note.read(text.encode(), "2026-05-12.md", day).passages
    ]
    return {run for passage in passages if passage.level.closes for run in _runs(passage.text)}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return zip(*(words[start:] for start in range(_RUN)), strict=False)


def test_there_are_some_and_closed_text_to_look_for() -> None:
    assert len(FILES) >= 5
    assert ("branch", "can", "stay", "open") in closed_runs()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_left_in_a_cassette_that_should_not_be(path: Path, pair: Pair) -> None:
    assert wrong(path.read_text(encoding="utf-8"), pair) == []


@pytest.mark.parametrize(
    ("was", "planted", "told"),
    [
        ("stream: true", "stream: sk-abcdef", "account"),
        ("      accept:\n", "      Authorization:\n", "header"),
        ("      content-type:\n", "      set-cookie:\n", "header"),
        ("uri: https://", "uri: https://models.example/", "host"),
        ("uri: https://", "uri: http://127.0.0.1:8080/", "account"),
        ("paper list", "list of N. van der Velde", "name"),
        ("paper list", "list of Achterbergs", "name"),
        ("paper list", "w i l l e m", "name"),
        ("paper list", "branch can stay open", "closed"),
    ],
)
def test_what_is_left_is_found(pair: Pair, was: str, planted: str, told: str) -> None:
    text = (CASSETTES / "test_conversations" / "test_an_agenda[en].yaml").read_text(encoding="utf-8")
    assert was in text
    assert any(fault.startswith(told) for fault in wrong(text.replace(was, planted), pair))


def test_every_cassette_is_played_and_every_conversation_has_one() -> None:
    modules = [p for p in (ROOT / "tests").rglob("test_*.py") if "mark.vcr" in p.read_text(encoding="utf-8")]
    words = ["-m", "pytest", "--collect-only", "-m", "vcr", "-p", "no:cacheprovider", *map(str, modules)]
    listed = subprocess.run(
        [sys.executable, *words], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    played = {(Path(file).stem, name) for file, name in re.findall(r"^(\S+\.py)::(.+)$", listed, re.MULTILINE)}
    assert {(path.parent.name, path.stem) for path in FILES} == played


def test_a_request_is_read_back_as_the_bytes_that_went() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        cassette = recorded.Readable.deserialize(text)
        assert all(b["request"]["body"].startswith('{\n "model": ') for b in cassette["interactions"])
        assert recorded.Readable.serialize(cassette) == text


def test_of_a_conversation_only_what_is_needed_is_kept() -> None:
    sent = {"Authorization": "Bearer sk-1", "X-Stainless-OS": "Linux", "Accept": "application/json", "User-Agent": "x"}
    for here in ("127.0.0.1:4711", "localhost:11434", "[::1]"):
        request = recorded.asked(Request("POST", f"http://{here}/v1/chat/completions", b"{}", sent))
        assert request.uri == f"https://{recorded.HERE_AS}/v1/chat/completions"
    assert dict(request.headers) == {"Accept": "application/json"}
    headers = {"Set-Cookie": ["a"], "openai-organization": ["acme"], "Content-Type": ["text/event-stream"]}
    stream = 'data: {"id": "x", "created": 3, "choices": [], "timings": {}}\n\n: note\n\ndata: [DONE]\n\n'
    response = recorded.answered({"status": {}, "headers": headers, "body": {"string": stream.encode()}})
    assert response["headers"] == {"content-type": ["text/event-stream"]}
    assert response["body"]["string"] == b'data: {"choices": []}\n\n: note\n\ndata: [DONE]\n\n'
    assert recorded.answered(response) == response  # read back, it is cleaned once more
