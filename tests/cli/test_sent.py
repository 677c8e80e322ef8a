"""`prep sent`: what left, and that a forgotten pair cannot be told from it."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import Prep, Programme

from assistant.ledger import Tokens, lines
from assistant.privacy.gate import Gate
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.programme.folder import Folder
from assistant.records import Audience, Endpoint


def send(root: Path, url: str = "https://models.example/v1", text: str = "hoi") -> str:
    """Seal and write down a request as if it went; its hash."""
    folder = Folder(root)
    pair = folder.pair("noor-willem")
    gate = Gate(Endpoint(url, "m"), Pseudonyms(folder.pair_key(pair.slug), [pair]))
    return folder.ledger(pair.slug).record(gate.seal({"model": "m", "input": [text]}, "agenda", Audience.PAIR)).hash


def test_nothing_sent(prep: Prep, programme: Programme) -> None:
    assert prep("sent").out == "Nothing was sent to any model from here.\n"
    assert prep("sent", "--json").json["requests"] == []
    assert not (programme.root / "ledger.jsonl").exists()
    assert not (programme.root / ".prep").exists()


def test_what_was_sent_is_shown_and_summed_up(prep: Prep, programme: Programme) -> None:
    hashes = [send(programme.root), send(programme.root, "http://127.0.0.1:11434/v1"), send(programme.root)]
    shown = prep("sent", "--json").json
    assert shown["schema"] == "prep.sent/1"
    assert [r["hash"] for r in shown["requests"]] == hashes
    first = shown["requests"][0]
    assert (first["host"], first["model"], first["task"], first["audience"]) == (
        "models.example",
        "m",
        "agenda",
        "pair",
    )
    assert (first["pair"], first["local"], first["bytes"]) == ("noor-willem", False, 41)
    tokens = {"requests": 0, "prompt": 0, "answer": 0}
    assert shown["total"] == {"requests": 3, "bytes": 123, "tokens": tokens}
    assert shown["by_host"][0] == {"name": "models.example", "requests": 2, "bytes": 82}
    out = prep("sent").out
    assert "3 requests in all; 2 left this machine, 82 bytes." in out
    assert hashes[0][:12] in out
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_tokens_are_summed_as_far_as_they_are_known(prep: Prep, programme: Programme) -> None:
    folder = Folder(programme.root)
    send(programme.root)
    send(programme.root)
    entries = [line.entry for line in lines(programme.root / "ledger.jsonl")]
    assert entries[1] is not None
    folder.ledger("noor-willem").answered(entries[1], Tokens(1200, 34))
    assert "Tokens, as far as the services told (1 request): 1,200 read, 34 written." in prep("sent").out


def test_the_last_twenty_are_shown_and_all_on_demand(prep: Prep, programme: Programme) -> None:
    for _ in range(22):
        send(programme.root)
    assert prep("sent").out.count("agenda") == 20
    assert prep("sent", "--all").out.count("agenda") == 22


def test_a_line_that_was_taken_out_is_told(prep: Prep, programme: Programme) -> None:
    for _ in range(3):
        send(programme.root)
    assert prep("sent").err == ""
    path = programme.root / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    assert "missing before line 2" in prep("sent").err


def test_a_forgotten_pair_is_a_stranger_to_the_ledger(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", "We hebben lang over het magazijn gesproken en over de planning van morgen.")
    before = send(programme.root)
    prep("forget", "noor-willem", "--yes")
    (request,) = prep("sent", "--json").json["requests"]
    assert (request["pair"], request["hash"]) == (None, before)
    assert "(not known)" in prep("sent").out
    assert not list((programme.root / ".prep").rglob("pair.key"))
    programme.root.joinpath("pairs", "noor-willem", "sessions").mkdir(parents=True)
    programme.pair()
    assert send(programme.root) != before
    assert prep("sent", "--json").json["requests"][0]["pair"] is None


def test_a_ledger_that_cannot_be_read_is_named(prep: Prep, programme: Programme) -> None:
    (programme.root / "ledger.jsonl").mkdir()
    done = prep("sent", ok=False)
    assert done.code == 3
    assert "ledger.jsonl" in done.err
    (programme.root / "ledger.jsonl").rmdir()
    (programme.root / "ledger.jsonl").write_bytes(b"\xff\x00 no line\n\n{}\n")
    done = prep("sent")
    assert "No line of ledger.jsonl" in done.out
    assert "before line 1" in done.err
