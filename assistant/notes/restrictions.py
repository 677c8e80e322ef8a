"""Does a note forbid to be told of beyond the pair? By its level as a whole, or by what its front matter plainly says."""

from __future__ import annotations

import re

from assistant.files import decode
from assistant.notes import frontmatter, marks
from assistant.records import Audience, Level, Note

_ENTRY = re.compile(r"^\s*(?:-\s+)?(?P<key>[^:#]{1,60}?)\s*:(?:\s+(?P<value>.*))?$")
_WORDS = ("audience", "confidentiality", "vertrouwelijkheid", "embargo")
_SHARING = frozenset(
    ("share", "sharing", "shareable", "delen", "deelbaar", "visibility", "access", "distribution", "verspreiding")
)
_NO = frozenset(
    (
        "no",
        "nee",
        "none",
        "false",
        "never",
        "nooit",
        "niet",
        "geen",
        "not",
        "closed",
        "gesloten",
        "restricted",
        "beperkt",
    )
)
_NO_BAN = frozenset(
    (
        "none",
        "geen",
        "no",
        "nee",
        "false",
        "open",
        "low",
        "laag",
        "all",
        "allen",
        "iedereen",
        "everyone",
        "everybody",
        "null",
    )
)
_ONLY = re.compile(
    r"\b(?:[a-z]+[\s-]only|only (?:us|we|the two|the pair)|alleen (?:wij|ons|voor ons|(?:voor )?(?:het )?duo))\b"
)


def forbidden_by(raw: bytes, note: Note, audience: Audience) -> str | None:
    """What in a note forbids a summary for an audience beyond the pair, in words that hold none of its text."""
    text = decode(raw)[0]
    level = frontmatter.split(text, note.path).level
    if level is not None and level.closes:
        return "its level closes the whole note"
    told = [p for p in note.passages if p.kind != "heading"]
    if told and all(p.level.closes for p in told):
        return "all of its text is marked as closed"
    return _restriction(_front_matter(text), audience)


def _front_matter(text: str) -> list[str]:
    """The lines of the front matter, whole or broken; none where the note begins with text."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not lines or not re.match(r"---[ \t]*$", lines[start]):
        return []
    rest = lines[start + 1 :]
    end = next((n for n, line in enumerate(rest) if re.match(r"(?:---|\.\.\.)[ \t]*$", line)), None)
    if end is None:
        end = next((n for n, line in enumerate(rest) if not _ENTRY.match(line)), len(rest))
    return rest[:end]


def _restriction(lines: list[str], audience: Audience) -> str | None:
    over: str | None = None  # the key over an indented list
    for line in lines:
        entry = _ENTRY.match(line)
        key = marks.plain(entry["key"]).strip("\"' ") if entry else over or ""
        value = marks.plain(entry["value"] or "" if entry else line).strip("\"'[]{}- ,")
        over = key
        if key != "level" and value and _restricts(key, value, audience):
            named = next((word for word in (*_WORDS, *_SHARING) if word in key), "a line of it")
            return f"its front matter restricts it ({named})"
        if key != "level" and any(word in value for word in _WORDS) and not any(word in key for word in _WORDS):
            return "its front matter restricts it"
    return None


def _restricts(key: str, value: str, audience: Audience) -> bool:
    parts = [part.strip("\"' ") for part in value.split(",") if part.strip("\"' ")]
    if any(_is_closing(part) for part in parts) or _ONLY.search(value):
        return True
    if key in _SHARING:
        return any(part.split()[0] in _NO or marks.MARKS.get(marks.squeeze(part)) is Level.PAIR for part in parts)
    if not any(word in key for word in _WORDS):
        return False
    return not all(part in _NO_BAN or _opens(part, audience) for part in parts)


def _is_closing(value: str) -> bool:
    level = marks.MARKS.get(marks.squeeze(value))
    return level is not None and level.closes


def _opens(value: str, audience: Audience) -> bool:
    """Does a value name this audience, or a wider one?"""
    level = marks.MARKS.get(marks.squeeze(value))
    return level is not None and level.openness >= Level(audience.value).openness
