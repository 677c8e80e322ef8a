"""What was sent to a model: one line of ledger.jsonl a request, written before it goes, without any content.

A line bears a keyed hash of the bytes that went out, under a key of the programme and one of the pair: whoever has
both keys and a text can prove that it was that text, and once a pair is forgotten nobody can. The pair itself stands
there as a mark under its own key. Each line holds the hash of the line before, so that a missing one shows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant import keys
from assistant.errors import Refused, Unusable
from assistant.files import private_folder, read_bytes, write_bytes_atomic
from assistant.records import Outgoing

NAME = "ledger.jsonl"
RULES = 1  # of what may leave and under which pseudonyms
_SECONDS = 20.0


class Tokens(Struct, frozen=True):
    """What the service said it counted."""

    prompt: int
    answer: int


class Entry(Struct, frozen=True):
    """One request. `time` is UTC to the second, `bytes` the length of its body, `before` a hash of the line before."""

    time: str
    host: str
    model: str
    task: str
    audience: str
    bytes: int
    hash: str
    pair: str | None = None
    rules: int = RULES
    tokens: Tokens | None = None
    before: str = ""

    def follows(self, line: Line | None) -> bool:
        """Was this line written right after that one?"""
        return self.before == ("" if line is None else line.digest)


class Line(Struct, frozen=True):
    """A line of the file. `entry` is None where it can't be read."""

    raw: bytes
    entry: Entry | None

    @property
    def digest(self) -> str:
        """What the next line holds of this one; that tokens were filled in later makes no difference."""
        raw = self.raw if self.entry is None else _written(msgspec.structs.replace(self.entry, tokens=None))
        return hashlib.sha256(raw).hexdigest()[:16]


class Ledger:
    """The ledger of a programme, as requests for one pair are written to it. `pair_key` is None for those of no pair."""

    def __init__(self, root: Path, private: Path, pair_key: bytes | None) -> None:
        self.path, self._private, self._scratch = root / NAME, private, private / "tmp"
        self._mark = mark(pair_key) if pair_key else None
        self._key = _hmac(keys.key(private / "ledger.key", self._scratch), pair_key or b"")

    def hash(self, body: bytes) -> str:
        """The keyed hash under which a body stands in the ledger."""
        return _hmac(self._key, body).hex()[:32]

    def record(self, outgoing: Outgoing) -> Entry:
        """Write the line of a request that is about to go; raises Refused, and then it must not go."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        entry = Entry(
            now,
            outgoing.host,
            outgoing.model,
            outgoing.task,
            outgoing.audience,
            len(outgoing.body),
            self.hash(outgoing.body),
            self._mark,
        )
        with self._locked():
            last = next(reversed(lines(self.path)), None)
            entry = msgspec.structs.replace(entry, before="" if last is None else last.digest)
            self._append(_written(entry))
        return entry

    def answered(self, entry: Entry, tokens: Tokens) -> None:
        """Put what the service counted into the line of a request; that it can't be is no reason to lose the answer."""
        with contextlib.suppress(Refused), self._locked():
            there = lines(self.path)
            for i in reversed(range(len(there))):
                if there[i].entry == entry:
                    there[i] = Line(_written(msgspec.structs.replace(entry, tokens=tokens)), None)
                    write_bytes_atomic(self.path, b"".join(line.raw + b"\n" for line in there), self._scratch)
                    return

    def _append(self, line: bytes) -> None:
        """One write of the whole line, down to the disk; a line that was cut off before stays one of its own."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(self.path, flags, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            cut = False
            if end:
                file.seek(end - 1)
                cut = file.read(1) != b"\n"
            file.write((b"\n" if cut else b"") + line + b"\n")
            os.fsync(file.fileno())

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        import filelock

        private_folder(self._private)
        try:
            with filelock.FileLock(str(self._private / "ledger.lock"), timeout=_SECONDS):
                yield
        except (OSError, Unusable, filelock.Timeout):
            raise Refused(
                f"{self.path}: cannot be written, and what cannot be written down is not sent;"
                " check that the file is yours, that no other program holds it, and the room on the disk"
            ) from None


def lines(path: Path) -> list[Line]:
    """All lines of a ledger, also those that can't be read; none where there is no ledger. Raises Unusable."""
    raw = read_bytes(path) if path.exists() else b""
    return [Line(line, _read(line)) for line in raw.split(b"\n") if line.strip()]


def mark(pair_key: bytes) -> str:
    """How a pair is called in the ledger; without its key nobody can tell which it is."""
    return _hmac(pair_key, b"ledger").hex()[:12]


def _read(line: bytes) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=Entry)
    except msgspec.MsgspecError:
        return None


def _written(entry: Entry) -> bytes:
    return msgspec.json.encode(entry)


def _hmac(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()
