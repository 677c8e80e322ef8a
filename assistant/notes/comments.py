"""Comments (`%%...%%` and `<!-- ... -->`): cut out of the text that is parsed, and kept as text of their own."""

from __future__ import annotations

import re

from msgspec import Struct

from assistant.notes import marks
from assistant.records import Level

# Stands for a character of a comment in the text that is parsed: joins what the comment joined, is no Markdown.
HOLE = "\ue000"
_ENDS = {"%%": "%%", "<!--": "-->"}


class Comment(Struct, frozen=True):
    """One comment: first line, text without its signs, and whether its end was found."""

    line: int
    text: str
    ended: bool


class Span(Struct, frozen=True):
    """Lines (first and last, both inside) that a pair of marks such as [geheim] ... [/geheim] closes."""

    first: int
    last: int
    level: Level
    ended: bool


def cut(text: str, first_line: int) -> tuple[str, list[Comment]]:
    """The text with holes where comments stood, and the comments. Without an end a comment runs to the end."""
    comments: list[Comment] = []
    parts: list[str] = []
    at = 0
    for start in iter(lambda: _next_start(text, at), None):
        end_sign = _ENDS[start.group()]
        end = text.find(end_sign, start.end())
        stop = len(text) if end < 0 else end + len(end_sign)
        line = first_line + text.count("\n", 0, start.start())
        comments.append(Comment(line, text[start.end(): stop if end < 0 else end], end >= 0))
        parts += [text[at: start.start()], re.sub(r"[^\n]", HOLE, text[start.start(): stop])]
        at = stop
    return "".join([*parts, text[at:]]), comments


def _next_start(text: str, at: int) -> re.Match[str] | None:
    return re.compile(r"%%|<!--").search(text, at)


_BRACKET = re.compile(r"\[(/?)([^\]\[\n!]{3,24})\](?!\()")


def spans(lines: list[str], first_line: int, comments: list[Comment]) -> list[Span]:
    """What paired marks close: [mark] ... [/mark], or <!-- mark --> ... <!-- /mark -->; without an end, to the end."""
    signs: list[tuple[int, bool, Level]] = []
    for offset, line in enumerate(lines):
        for match in _BRACKET.finditer(line):
            level, _ = marks.of_heading(match.group(2))
            if level is not None and level.closes:
                signs.append((first_line + offset, bool(match.group(1)), level))
    for comment in comments:
        word = comment.text.strip()
        level = marks.MARKS.get(marks.squeeze(word))
        if level is not None and level.closes:
            signs.append((comment.line, word.startswith("/"), level))
    found: list[Span] = []
    begun: list[tuple[int, Level]] = []
    for line_number, ends, level in sorted(signs, key=lambda sign: (sign[0], sign[1])):
        if not ends:
            begun.append((line_number, level))
        elif begun:
            start, start_level = begun.pop()
            found.append(Span(start, line_number, start_level, True))
    last = first_line + len(lines)
    return found + [Span(start, last, level, False) for start, level in begun]
