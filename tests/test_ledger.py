"""The ledger: a line a request, without content, whatever happens to the process."""

from __future__ import annotations

import hashlib
import hmac
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant import keys, ledger
from assistant.errors import Refused
from assistant.ledger import Ledger, Tokens
from assistant.privacy.gate import Gate
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.programme.folder import Folder
from assistant.records import Audience, Endpoint, Outgoing, Pair

PAIR_KEY = b"p" * 32


@pytest.fixture
def outgoing(pair: Pair) -> Outgoing:
    gate = Gate(Endpoint("https://models.example/v1", "m"), Pseudonyms(PAIR_KEY, [pair]))
    return gate.seal({"model": "m", "input": ["hoi"]}, "embedding", Audience.PAIR)


@pytest.fixture
def kept(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path, tmp_path / ".prep", PAIR_KEY)


def test_a_line_says_what_went_where_and_holds_no_content(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    entry = kept.record(outgoing)
    assert (entry.host, entry.model, entry.task, entry.audience) == ("models.example", "m", "embedding", "pair")
    assert entry.bytes == len(outgoing.body)
    assert entry.time.endswith("Z")
    (line,) = ledger.lines(tmp_path / "ledger.jsonl")
    assert line.entry == entry
    assert b"hoi" not in line.raw


def test_the_hash_is_of_the_very_bytes_under_both_keys(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    programme = (tmp_path / ".prep" / "ledger.key").read_bytes()
    key = hmac.new(programme, PAIR_KEY, hashlib.sha256).digest()
    assert kept.record(outgoing).hash == hmac.new(key, outgoing.body, hashlib.sha256).hexdigest()[:32]
    assert kept.hash(outgoing.body + b" ") != kept.hash(outgoing.body)
    assert Ledger(tmp_path, tmp_path / ".prep", None).hash(outgoing.body) != kept.hash(outgoing.body)


def test_tokens_are_put_in_when_they_are_known(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    first, second = kept.record(outgoing), kept.record(outgoing)
    kept.answered(second, Tokens(40, 2))
    there = ledger.lines(tmp_path / "ledger.jsonl")
    assert [line.entry and line.entry.tokens for line in there] == [None, Tokens(40, 2)]
    kept.record(outgoing)
    there = ledger.lines(tmp_path / "ledger.jsonl")
    assert there[0].entry == first
    assert all(b.entry and b.entry.follows(a) for a, b in zip([None, *there], there, strict=False))


def test_a_line_that_is_gone_or_changed_shows(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    for _ in range(3):
        kept.record(outgoing)
    first, second, third = ledger.lines(tmp_path / "ledger.jsonl")
    assert third.entry is not None
    assert third.entry.follows(second)
    assert not third.entry.follows(first)
    changed = second.raw.replace(b"models.example", b"nobody.example")
    (tmp_path / "ledger.jsonl").write_bytes(changed)
    assert not third.entry.follows(ledger.lines(tmp_path / "ledger.jsonl")[0])


def test_a_line_that_was_cut_off_harms_no_other(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    kept.record(outgoing)
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    entry = kept.record(outgoing)
    there = ledger.lines(path)
    assert [line.entry for line in there] == [None, entry]
    assert entry.follows(there[0])


def test_many_at_a_time_leave_whole_lines(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    threads = [threading.Thread(target=lambda: [kept.record(outgoing) for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = ledger.lines(tmp_path / "ledger.jsonl")
    assert len(there) == 20
    assert all(b.entry and b.entry.follows(a) for a, b in zip([None, *there], there, strict=False))


KILLED = """
import os, sys
from pathlib import Path
from assistant import files
from assistant.ledger import Ledger, Tokens
from assistant.records import Outgoing
root = Path(sys.argv[1])
ledger = Ledger(root, root / ".prep", None)
entry = ledger.record(Outgoing(b"hoi", "a.example", "m", "t", "pair"))
os.replace = lambda *_: os._exit(9)
ledger.answered(entry, Tokens(1, 1))
"""


def test_a_process_that_is_killed_leaves_the_ledger_whole(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False).returncode == 9
    entry = kept.record(outgoing)
    there = ledger.lines(tmp_path / "ledger.jsonl")
    assert len(there) == 2
    assert entry.follows(there[0])


def test_what_cannot_be_written_down_is_refused(kept: Ledger, outgoing: Outgoing, tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").mkdir()
    with pytest.raises(Refused):
        kept.record(outgoing)


def test_a_ledger_that_somebody_holds_is_refused(
    kept: Ledger, outgoing: Outgoing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock

    monkeypatch.setattr(ledger, "_SECONDS", 0.0)
    with filelock.FileLock(str(tmp_path / ".prep" / "ledger.lock")), pytest.raises(Refused):
        kept.record(outgoing)


def test_tokens_that_cannot_be_written_lose_no_answer(
    kept: Ledger, outgoing: Outgoing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock

    entry = kept.record(outgoing)
    monkeypatch.setattr(ledger, "_SECONDS", 0.0)
    with filelock.FileLock(str(tmp_path / ".prep" / "ledger.lock")):
        kept.answered(entry, Tokens(1, 1))
    assert [line.entry for line in ledger.lines(tmp_path / "ledger.jsonl")] == [entry]


# -- keys --


def test_a_key_lasts_and_is_for_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / ".prep" / "pairs" / "a-b" / "pair.key"
    made = keys.key(path, tmp_path / ".prep" / "tmp")
    assert len(made) == 32
    assert keys.key(path, tmp_path / ".prep" / "tmp") == made == keys.existing(path)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_a_key_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "pair.key"
    path.write_bytes(b"short")
    assert keys.existing(path) is None
    assert len(keys.key(path, tmp_path / "tmp")) == 32


def test_no_key_no_sending(tmp_path: Path) -> None:
    (tmp_path / "pair.key").mkdir()
    with pytest.raises(Refused):
        keys.key(tmp_path / "pair.key", tmp_path / "tmp")


def test_each_pair_has_its_own(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.pair_key("a-b") == folder.pair_key("a-b") != folder.pair_key("c-d")
