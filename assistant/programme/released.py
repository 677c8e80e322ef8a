"""Texts of a pair that went out: each as a file under released/, with a record beside it that binds it to its hash.

released/2026-04-14-programme.md      the text as it went out, less what was taken back since
released/2026-04-14-programme.json    who approved it, when, for whom, its lines, and what was taken back
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant.drafts import Release
from assistant.errors import Unusable
from assistant.files import decode, read_bytes, write_atomic
from assistant.programme.folder import Folder
from assistant.records import Audience, Audited


class Line(Struct, frozen=True):
    """One line of a release that a person marked or chose."""

    id: str
    text: str


class TakenBack(Struct, frozen=True):
    """A line that was taken back: its id, not its words."""

    id: str
    on: dt.date
    by: str


class Record(Struct, frozen=True):
    """What binds a released text. `sha256` is that of the text as it went out, `now` that of the file as it is."""

    session: dt.date
    audience: Audience
    released: dt.date
    approved_by: str
    sha256: str
    now: str
    lines: tuple[Line, ...]
    withdrawn: tuple[TakenBack, ...] = ()
    schema: str = "prep.release/1"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def release(
    folder: Folder,
    slug: str,
    audience: Audience,
    session: dt.date,
    text: Audited,
    lines: tuple[Line, ...],
    by: str,
    on: dt.date,
) -> Release:
    """Keep a text as it goes out; the same text a second time is the same release."""
    for path, record in records(folder, slug):
        if record.session == session and record.audience is audience and record.now == sha256(text):
            return _release(folder, path, record)
    path = _free(folder.pair_folder(slug) / "released", session, audience)
    record = Record(session, audience, on, by, sha256(text), sha256(text), lines)
    write_atomic(path, _written(record), folder.scratch)
    write_atomic(path.with_suffix(".md"), text, folder.scratch)
    return _release(folder, path, record)


def records(folder: Folder, slug: str) -> list[tuple[Path, Record]]:
    """All releases of a pair in order; Unusable where a record or its text is not as prep wrote it."""
    found = []
    for path in sorted((folder.pair_folder(slug) / "released").glob("*.json")):
        try:
            record = msgspec.json.decode(read_bytes(path), type=Record)
        except ValueError:
            raise Unusable(
                f"{path}: is no release as prep writes them; mend it, or take it away with its text"
            ) from None
        text = path.with_suffix(".md")
        if not text.is_file() or sha256(decode(read_bytes(text))[0]) != record.now:
            raise Unusable(f"{text}: is not the text that was approved; put it back, or take it away with its record")
        found.append((path, record))
    return found


def texts(folder: Folder, slug: str, audience: Audience) -> list[str]:
    """Texts of a pair that were released to an audience or a wider one; raises Unusable as `records` does."""
    wider = list(Audience)[list(Audience).index(audience) :]
    found = records(folder, slug)
    return [decode(read_bytes(path.with_suffix(".md")))[0] for path, record in found if record.audience in wider]


def withdrawn(folder: Folder, slug: str) -> frozenset[str]:
    """The ids of all lines of a pair that were taken back."""
    return frozenset(line.id for _, record in records(folder, slug) for line in record.withdrawn)


def withdraw(folder: Folder, slug: str, asked: str, by: str, on: dt.date) -> list[Release]:
    """Take a line out of every release that has it, and say which those are; `asked` is its id or words of it."""
    held = [(path, record, line) for path, record in records(folder, slug) for line in record.lines]
    ids = {line.id for _, _, line in held if asked == line.id} or {
        line.id for _, _, line in held if len(asked) >= 8 and _bare(asked) in _bare(line.text)
    }
    if not ids:
        raise Unusable(f"no released line of {slug} is that one; pairs/{slug}/released/ has the lines with their ids")
    if len(ids) > 1:
        raise Unusable(
            f"{len(ids)} released lines of {slug} are like that; name one by its id: {', '.join(sorted(ids))}"
        )
    for path, record, line in held:
        if line.id in ids:
            _take_out(folder, path, record, line, TakenBack(line.id, on, by))
    return [_release(folder, path, record) for path, record, line in held if line.id in ids]


def _take_out(folder: Folder, path: Path, record: Record, line: Line, taken: TakenBack) -> None:
    text = decode(read_bytes(path.with_suffix(".md")))[0]
    text = text.replace(f" {line.text}", "", 1) if f" {line.text}" in text else text.replace(line.text, "", 1)
    changed = msgspec.structs.replace(
        record,
        now=sha256(text),
        lines=tuple(kept for kept in record.lines if kept != line),
        withdrawn=(*record.withdrawn, taken),
    )
    write_atomic(path.with_suffix(".md"), text, folder.scratch)
    write_atomic(path, _written(changed), folder.scratch)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _written(record: Record) -> str:
    return msgspec.json.format(msgspec.json.encode(record), indent=1).decode("utf-8") + "\n"


def _free(home: Path, session: dt.date, audience: Audience) -> Path:
    for n in range(1, 100):
        path = home / f"{session}{'' if n == 1 else f'-{n}'}-{audience.value}.json"
        if not path.exists() and not path.with_suffix(".md").exists():
            return path
    raise Unusable(f"{home}: there are 99 releases of {session} already; take some away")


def _release(folder: Folder, path: Path, record: Record) -> Release:
    where = path.with_suffix(".md").relative_to(folder.root).as_posix()
    return Release(where, record.sha256, record.approved_by, record.released)
