"""TOML that people write by hand: checked against a type, every error with file, line and mend."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from assistant.errors import Unusable
from assistant.files import decode, read_bytes

T = TypeVar("T", bound=msgspec.Struct)

_WORDS = {
    "str": "a text in quotes",
    "int": "a whole number without quotes",
    "array": "a list in square brackets",
    "object": "a table",
    "date": "a date without quotes, as in 2026-01-15",
    "float": "a number",
    "bool": "true or false",
}


def load(path: Path, shown: str, kind: type[T]) -> tuple[T, list[str]]:
    """The file as `kind` and its lines. Raises Unusable with `shown` as the file's name."""
    text, _ = decode(read_bytes(path))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unusable(_syntax(shown, text, str(error))) from None
    lines = text.split("\n")
    try:
        return msgspec.convert(values, kind), lines
    except msgspec.ValidationError as error:
        raise Unusable(_meaning(shown, lines, str(error))) from None


def line_of(lines: list[str], table: str, key: str, nth: int = 0) -> int:
    """The line of `key` in [table] ("" is the top), or of the table, or 1. `nth` counts tables of the same name."""
    current, seen, at = "", -1 if table else 0, 1
    for number, line in enumerate(lines, 1):
        if match := re.match(r"\s*\[{1,2}\s*([\w.\"-]+)\s*\]{1,2}", line):
            current = match.group(1).strip('"')
            if current == table:
                seen += 1
                at = number if seen == nth else at
        elif current == table and seen == nth and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
            return number
    return at


def line_of_entry(lines: list[str], table: str, key: str, entry: str) -> int:
    """The line on which an entry of the list `key` in [table] stands."""
    start = line_of(lines, table, key)
    return next((n for n in range(start, len(lines) + 1) if entry in lines[n - 1]), start)


def _syntax(shown: str, text: str, error: str) -> str:
    match = re.search(r"at line (\d+)", error)
    line = match.group(1) if match else str(max(1, len(text.rstrip().split("\n"))))
    what = re.sub(r"\s*\(at .*\)$", "", error)
    what = re.sub(r"'[^']*'|\"[^\"]*\"", "that", what)  # the file's own words stay out of the message
    return f'{shown}:{line}: this is no valid TOML ({what[:1].lower()}{what[1:]}); write one `key = "text"` a line'


def _meaning(shown: str, lines: list[str], error: str) -> str:
    where = re.search(r"`\$\.?([\w.\[\]]*)`", error)
    dotted = (where.group(1) if where else "").replace("[...]", "")
    table, _, key = dotted.rpartition(".")
    if missing := re.search(r"missing required field `(\w+)`", error):
        line = line_of(lines, dotted, "") if dotted else 1
        place = f"[{dotted}]" if dotted else "the file"
        return f"{shown}:{line}: {place} lacks `{missing.group(1)}`; add a line `{missing.group(1)} = ...`"
    if unknown := re.search(r"unknown field `(\w+)`", error):
        line = line_of(lines, dotted, unknown.group(1))
        return f"{shown}:{line}: `{unknown.group(1)}` is no setting that prep knows; mend its spelling or take it out"
    line = line_of(lines, table, key) if key else 1
    expected = re.search(r"Expected `([\w| ]+)`", error)
    word = _WORDS.get(expected.group(1).split(" ")[0], expected.group(1)) if expected else _WORDS["date"]
    return f"{shown}:{line}: `{key or dotted}` must be {word}"
