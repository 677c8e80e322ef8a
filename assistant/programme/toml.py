"""TOML that people write by hand: checked against a type, every error with file, line and mend."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec

from assistant.errors import Unusable
from assistant.files import decode, read_bytes
from assistant.records import Doubt

T = TypeVar("T", bound=msgspec.Struct)

_WORDS = {
    "str": "a text in quotes",
    "int": "a whole number without quotes",
    "array": "a list in square brackets",
    "object": "a table, its settings under a line in square brackets",
    "date": "a date without quotes, as in 2026-01-15",
}

_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.\"-]+)\s*\]{1,2}\s*(?:#.*)?$")


def load(path: Path, shown: str, kind: type[T]) -> tuple[T, list[str], tuple[Doubt, ...]]:
    """The file as `kind`, its lines, and a doubt for each key that `kind` doesn't know. Raises Unusable."""
    text, _ = decode(read_bytes(path))
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers and nesting beyond all measure are no TOMLDecodeError
        raise Unusable(_syntax(shown, text, str(error))) from None
    lines = text.split("\n")
    try:
        read = msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise Unusable(_meaning(shown, lines, str(error))) from None
    return read, lines, tuple(Doubt(shown, line, text) for line, text in _strangers(values, kind, lines))


def _strangers(
    values: dict[str, Any], kind: Any, lines: list[str], table: str = "", nth: int = 0
) -> Iterator[tuple[int, str]]:
    """(line, what to do) for each key that is not known; what it is set to is not told."""
    fields = _fields(kind)
    for key, value in values.items():
        if key not in fields:
            where = f"[{table}] has" if table else "the file has"
            near = difflib.get_close_matches(key, fields, 1)
            mend = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(f'`{name}`' for name in fields)}"
            yield line_of(lines, table, key, nth), f"{where} no setting `{key}`, so it is left unread; {mend}"
            continue
        below = _struct_in(fields[key])
        for number, entry in enumerate(value if isinstance(value, list) else [value]):
            if below is not None and isinstance(entry, dict):
                yield from _strangers(entry, below, lines, key, number)


@cache
def _fields(kind: Any) -> dict[str, Any]:
    """The settings that a table may have, each with its type."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


def _struct_in(kind: Any) -> Any:
    """The struct that a field holds, alone, in a list or perhaps; None without one."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    return next((found for part in get_args(kind) if (found := _struct_in(part))), None)


def line_of(lines: list[str], table: str, key: str, nth: int = 0) -> int:
    """The line of `key` in [table] ("" is the top), or of the table, or 1. `nth` counts tables of the same name."""
    current, seen, at = "", -1 if table else 0, 0
    for number, line in enumerate(lines, 1):
        if match := _HEADER.match(line):
            current = match.group(1).strip('"')
            seen += current == table
            if (current == table and seen == nth) or (not table and current == key):
                at = at or number
        elif (current == table and seen == nth and _sets(line, key)) or (not current and _sets(line, f"{table}.{key}")):
            return number
        elif table and not current and _sets(line, table):
            at = at or number
    return at or 1


def _sets(line: str, key: str) -> bool:
    """Does a line give `key`, or something in it, a value?"""
    return key in line and re.match(rf'\s*"?{re.escape(key)}"?\s*[=.]', line) is not None


def line_of_entry(lines: list[str], table: str, key: str, entry: str, nth: int = 0) -> int:
    """The line on which an entry of the list `key` in [table] stands."""
    start = line_of(lines, table, key, nth)
    rest = range(start, len(lines) + 1)
    quoted = (f'"{entry}"', f"'{entry}'")  # "AI" is not in "AI policy"
    found = next((n for n in rest if any(q in lines[n - 1] for q in quoted)), None)
    return found or next((n for n in rest if entry in lines[n - 1]), start)


def _syntax(shown: str, text: str, error: str) -> str:
    match = re.search(r"at line (\d+)", error)
    line = match.group(1) if match else str(max(1, len(text.rstrip().split("\n"))))
    if match and "twice" in error and text.split("\n")[int(line) - 1].strip() == "[mentor]":
        return f"{shown}:{line}: there is a second [mentor]; where there are several, write [[mentor]] above each"
    what = re.sub(r"\s*\(at .*\)$", "", error)
    quoted = r"""\(?['"].*['"],?\)?"""  # the file's own words stay out of the message, signs may stand in it
    what = re.sub(quoted, lambda m: "..." if re.search(r"\w", m.group()) else m.group(), what)
    return f'{shown}:{line}: this is no valid TOML ({what[:1].lower()}{what[1:]}); write one `key = "text"` a line'


def _meaning(shown: str, lines: list[str], error: str) -> str:
    where = re.search(r"`\$\.?([^`]*)`", error)
    steps = re.findall(r"(\w+)(?:\[(\d+)\])?", where.group(1) if where else "")  # the name and the place in a list
    names = [name for name, _ in steps]
    if missing := re.search(r"missing required field `(\w+)`", error):
        return f"{shown}:{_missing(lines, '.'.join(names), int(steps[-1][1] or 0) if steps else 0, missing.group(1))}"
    table, key = ".".join(names[:-1]), names[-1] if names else ""
    line = line_of(lines, table, key, int(steps[-2][1] or 0) if table else 0)
    expected = re.search(r"Expected `([\w| ]+)`, got `(\w+)`", error)
    word = _WORDS.get(expected.group(1).split(" ")[0], expected.group(1)) if expected else _WORDS["date"]
    if expected and expected.groups() == ("array", "object"):
        word = f"a list of tables, each under its own line `[[{key}]]`"
    return f"{shown}:{line}: `{key}` must be {word}"


def _missing(lines: list[str], table: str, nth: int, key: str) -> str:
    if not table:  # all that a file must have are tables
        return f"1: the file lacks `{key}`; add a line `[{key}]` and its settings under it"
    return f"{line_of(lines, table, '', nth)}: [{table}] lacks `{key}`; add a line `{key} = ...`"
