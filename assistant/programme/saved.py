"""Files that prep writes into a programme: drafts, notes and settings. Nothing a person wrote is ever overwritten."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TypeGuard

from assistant.errors import Unusable
from assistant.files import decode, digest, private_folder, write_atomic
from assistant.programme.folder import Folder, free_note, planned_note
from assistant.programme.settings import SLUG

_SIGN = re.compile(r"\n<!-- prep ([0-9a-f]{32}) -->\n$")


def save_draft(folder: Folder, slug: str, name: str, text: str) -> Path:
    """Keep a draft as <name>.md; one that a person changed stays, and the new one becomes <name>-2.md."""
    signed = f"{text}\n<!-- prep {digest(text.encode('utf-8'))} -->\n"
    for n in range(1, 100):
        path = folder.drafts(slug) / (f"{name}.md" if n == 1 else f"{name}-{n}.md")
        if not path.exists() or _untouched(path):
            write_atomic(path, signed, folder.scratch)
            return path
    raise Unusable(f"{folder.drafts(slug)}: there are 99 drafts called {name}; take some away")


def _untouched(path: Path) -> bool:
    """Is it a draft exactly as prep wrote it?"""
    text, _ = decode(path.read_bytes())
    match = _SIGN.search(text)
    return match is not None and match.group(1) == digest(text[: match.start()].encode("utf-8"))


def add_note(folder: Folder, slug: str, day: dt.date, text: str) -> Path:
    """Keep a session note on its day, beside one that is there already; returns where."""
    path = free_note(folder, slug, day)
    write_atomic(path, text if text.endswith("\n") else text + "\n", folder.scratch)
    return path


def plan(folder: Folder, slug: str, day: dt.date) -> Path:
    """Set the next session: a planned note, unless there is a note of that day."""
    path = folder.pair_folder(slug) / "sessions" / f"{day}.md"
    if path.exists() and path.read_bytes() != planned_note(day).encode():
        raise Unusable(f"{path}: there is a note of that day already; change its status there, or plan another day")
    write_atomic(path, planned_note(day), folder.scratch)
    return path


def add_correction(folder: Folder, slug: str, head: str, line: str) -> Path:
    """Put one line at the end of corrections.md; what stands there stays."""
    path = folder.pair_folder(slug) / "corrections.md"
    before = folder.corrections(slug) or head
    write_atomic(path, before + ("" if before.endswith("\n") else "\n") + line, folder.scratch)
    return path


def init(root: Path, name: str, language: str, cadence: str) -> Path:
    """Make a programme folder; raises Unusable where there is one."""
    path = root / "prep.toml"
    if path.exists():
        raise Unusable(f"{path} is there already; edit it, or name another folder")
    folder = Folder(root)
    text = f"[programme]\nname = {_quoted(name)}\nlanguage = {_quoted(language)}\ncadence = {_quoted(cadence)}\n"
    write_atomic(path, text, folder.scratch)
    private_folder(root / "pairs")
    private_folder(root / "guidance")
    return path


def add_pair(folder: Folder, slug: str, settings: dict[str, object]) -> Path:
    """Write pair.toml of a new pair; `settings` are top-level values and the tables mentor (several of a panel) and mentee."""
    if not SLUG.fullmatch(slug):
        raise Unusable(
            f"a pair's name is made of small letters, digits and hyphens, as in noor-willem; {slug!r} is not"
        )
    path = folder.pair_folder(slug) / "pair.toml"
    if path.exists():
        raise Unusable(f"{path} is there already; edit it, or choose another name")
    write_atomic(path, _toml(settings), folder.scratch)
    private_folder(path.parent / "sessions")
    return path


def _toml(settings: dict[str, object]) -> str:
    plain = {k: v for k, v in settings.items() if not isinstance(v, dict) and not _is_tables(v)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, table in settings.items():
        if isinstance(table, dict):
            lines += ["", f"[{key}]", *(f"{k} = {_value(v)}" for k, v in table.items())]
        elif _is_tables(table):
            for one in table:
                lines += ["", f"[[{key}]]", *(f"{k} = {_value(v)}" for k, v in one.items())]
    return "\n".join(lines) + "\n"


def _is_tables(value: object) -> TypeGuard[list[dict[str, object]]]:
    """Is it a list of tables, as that of a panel's mentors?"""
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
