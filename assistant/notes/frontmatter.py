"""The YAML block at the head of a note: what it says, and how much of it can be trusted."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.notes import marks
from assistant.records import Doubt, Level

_STATUS = {
    "held": "held",
    "gehouden": "held",
    "done": "held",
    "doorgegaan": "held",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "geannuleerd": "cancelled",
    "afgezegd": "cancelled",
    "planned": "planned",
    "gepland": "planned",
    "scheduled": "planned",
}
_AUTHOR = ("author", "auteur", "written by", "geschreven door", "notes by", "by", "door")
_KEY = re.compile(r"^[ \t]*[\w-]+[ \t]*:")
_KNOWN = re.compile(r"^[ \t]*(?:date|status|minutes|language|level)[ \t]*:", re.IGNORECASE)
_LEVEL = re.compile(r"^level[ \t]*:", re.IGNORECASE)


class Head(Struct, frozen=True):
    """Front matter as read. `line` is the file's line at which the text under it begins."""

    text: str
    line: int
    date: dt.date | None = None
    status: str = "held"
    minutes: int | None = None
    language: str | None = None
    level: Level | None = None
    doubts: tuple[Doubt, ...] = ()
    author: str = ""


def split(text: str, path: str) -> Head:
    """Front matter off the text. What can't be understood gives a doubt, and closes the note if it may mean that."""
    match = re.match(r"(?:[ \t]*\n)*---[ \t]*\n", text)
    if not match:
        return _of_toml(text, path)
    lines = text.split("\n")
    start = match.group().count("\n")
    end = next((n for n in range(start, len(lines)) if re.match(r"(?:---|\.\.\.)[ \t]*$", lines[n])), None)
    if end is None:
        return _unended(lines, start, path)
    values, problem = _load("\n".join(lines[start:end]))
    if values is None:
        if not any(_KEY.match(line) for line in lines[start:end]):  # text between two lines of dashes
            return Head(text, 1)
        doubt = Doubt(path, start + problem, "the front matter is not valid YAML; write one `key: value` a line")
        return _salvaged(lines, start, end, end + 1, doubt)
    return _typed(values, lines[:end], Head("\n".join(lines[end + 1 :]), end + 2), path)


def closed(text: str, level: Level) -> str:
    """A note's text with a level for the whole of it; beside one that is there already the note is `own`."""
    return _with(text, f"level: {level.value}\n")


def by(text: str, name: str) -> str:
    """A note's text with who wrote it, where it says so nowhere in its front matter."""
    return text if split(text, "").author else _with(text, f"author: {name}\n")


def _with(text: str, line: str) -> str:
    """A note's text with one line more of front matter."""
    match = re.match(r"(?:[ \t]*\n)*---[ \t]*\n", text)
    return text[: match.end()] + line + text[match.end() :] if match else f"---\n{line}---\n{text}"


def _of_toml(text: str, path: str) -> Head:
    """Front matter between lines of +++ is not read and stays text, but a closing mark in it closes the note."""
    match = re.match(r"\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+", text, re.DOTALL)
    level = _closing(match.group(1)) if match else None
    doubt = Doubt(path, 1, "front matter stands between lines of ---; the note is read as own")
    return Head(text, 1, level=level, doubts=() if level is None else (doubt,))


def _unended(lines: list[str], start: int, path: str) -> Head:
    end = next((n for n in range(start, len(lines)) if not _KEY.match(lines[n])), len(lines))
    if end == start:  # a line of dashes, not front matter
        return Head("\n".join(lines), 1)
    doubt = Doubt(path, start, "the front matter never ends; close it with a line of three dashes")
    return _salvaged(lines, start, end, end, doubt)


def _salvaged(lines: list[str], start: int, end: int, after: int, doubt: Doubt) -> Head:
    """What can be read of front matter that is broken; the lines of it that prep does not know stay text."""
    block = lines[start:end]
    values: dict[str, object] = {}
    for line in block:
        if _KNOWN.match(line):
            values.update(_load(line.strip())[0] or {})
    rest = ["" if _KNOWN.match(line) else line for line in block]
    body = "\n".join([*[""] * start, *rest, *[""] * (after - end), *lines[after:]])
    values.pop("level", None)
    head = _typed(values, lines[:end], Head(body, 1), doubt.path)
    return msgspec.structs.replace(head, level=_closing("\n".join(block)), doubts=(doubt, *head.doubts))


def _closing(block: str) -> Level | None:
    """Broken front matter that has a level, or words of a closing mark, closes the note to its author."""
    return Level.OWN if marks.closing_words(block) or re.search(r"(?im)^\s*(?:level|niveau)", block) else None


def _load(block: str) -> tuple[dict[str, object] | None, int]:
    """The mapping and 0, or None and the number of the line at fault."""
    import yaml

    try:
        values = resources.parsed(block)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return None, (mark.line + 1 if mark else 1)
    if values is None:
        return {}, 0
    if not isinstance(values, dict):
        return None, 1
    return {str(key).strip().casefold(): value for key, value in values.items()}, 0


def _typed(values: dict[str, object], lines: list[str], bare: Head, path: str) -> Head:
    doubts: list[Doubt] = []

    def doubt(key: str, mend: str) -> None:
        at = next((n for n, line in enumerate(lines, 1) if line.strip().casefold().startswith(key)), 1)
        doubts.append(Doubt(path, at, f"{key}: {mend}"))

    date = values.get("date")
    if isinstance(date, dt.datetime):
        date = date.date()
    if date is not None and not isinstance(date, dt.date):
        doubt("date", "is no date of the form YYYY-MM-DD; the date of the file's name is used")
        date = None
    status = _STATUS.get(str(values.get("status", "held")).strip().casefold())
    if status is None:
        doubt("status", "is none of held, cancelled, planned; read as held")
    minutes = re.match(r"\d{1,4}", str(values.get("minutes", "")).strip())
    if values.get("minutes") is not None and not minutes:
        doubt("minutes", "is no number of minutes; left out")
    language = values.get("language")
    level, known = _level(values)
    if not known:
        doubt("level", "is no level that prep knows; the note is read as own")
    for key, closing in _marked(values):
        level = marks.strictest([closing, level or closing])
        doubt(key, "is read as the level of the whole note; write it as `level: ...`")
    if len(said := [line for line in lines if _LEVEL.match(line)]) > 1:
        level = marks.strictest([Level.OWN, level or Level.OWN, marks.closing_words(" ".join(said)) or Level.OWN])
        doubt("level", "stands there more than once; the note is read as own")
    return Head(
        bare.text,
        bare.line,
        date if isinstance(date, dt.date) else None,
        status or "held",
        int(minutes.group()) if minutes else None,
        language if isinstance(language, str) else None,
        level,
        tuple(doubts),
        next((name.strip() for key in _AUTHOR if isinstance(name := values.get(key), str)), ""),
    )


_NO = frozenset(("false", "no", "nee", "none", "geen", "0", ""))


def _marked(values: dict[str, object]) -> list[tuple[str, Level]]:
    """(key, level) of closing marks elsewhere than in `level`: `tags: [geheim]`, `vertrouwelijk: ja`."""
    found: list[tuple[str, Level]] = []
    for key, value in values.items():
        if isinstance(value, dict):
            inner = {f"{name} ": one for name, one in value.items()}
            found += [(key, level) for _, level in _marked(inner)]
            continue
        entries = value if isinstance(value, list) else [value]
        said = [str(entry).lstrip("#") for entry in entries if entry is not None]
        if any(word.strip().casefold() not in _NO for word in said):
            said.append(key)
        levels = [marks.MARKS.get(marks.squeeze(word)) for word in said]
        closing = marks.strictest([level for level in levels if level is not None and level.closes])
        if key != "level" and closing is not None:
            found.append((key, closing))
    return found


def _level(values: dict[str, object]) -> tuple[Level | None, bool]:
    """The level of the whole note and whether it was a known one; unknown is own."""
    if values.get("level") is None:
        return None, True
    raw = values["level"]
    level = marks.exact(raw) if isinstance(raw, str) else None
    odd = level is Level.PAIR and marks.MARKS[marks.squeeze(str(raw))] is not level
    return (level, True) if level and not odd else (Level.OWN, False)
