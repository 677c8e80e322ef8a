"""Comments (`%%...%%` and `<!-- ... -->`): cut out of the text that is parsed, and kept as text of their own."""

from __future__ import annotations

import re

from msgspec import Struct

from assistant.notes import marks
from assistant.records import Level

# Stands for a character of a comment in the text that is parsed: joins what the comment joined, is no Markdown.
HOLE = "\ue000"
_ENDS = {"%%": "%%", "<!--": "-->"}
_START = re.compile("|".join(_ENDS))


class Comment(Struct, frozen=True):
    """One comment: first line, text without its signs, and whether its end was found."""

    line: int
    text: str
    ended: bool


class Span(Struct, frozen=True):
    """Lines (first and last, both inside) that a pair such as [geheim] ... [/geheim] closes; `odd`: line of a half."""

    first: int
    last: int
    level: Level
    odd: int | None = None


def cut(text: str, first_line: int) -> tuple[str, list[Comment]]:
    """The text with holes where comments stood, and the comments. Without an end a comment runs to the end."""
    comments: list[Comment] = []
    parts: list[str] = []
    at, line, counted = 0, first_line, 0
    for start, sign, end in _places(text):
        stop = len(text) if end < 0 else end + len(_ENDS[sign])
        line, counted = line + text.count("\n", counted, start), start
        comments.append(Comment(line, text[start + len(sign) : stop if end < 0 else end], end >= 0))
        parts += [text[at:start], re.sub(r"[^\n]", HOLE, text[start:stop])]
        at = stop
    return "".join([*parts, text[at:]]), comments


def _places(text: str) -> list[tuple[int, str, int]]:
    """(start, sign, start of the end sign or -1) of each comment.

    Where a %% is left over, any may be the stray one from the first that spans lines on: all from there is comment.
    """
    places: list[tuple[int, str, int]] = []
    at = 0
    while match := _START.search(text, at):
        sign = match.group()
        end = text.find(_ENDS[sign], match.end())
        places.append((match.start(), sign, end))
        at = len(text) if end < 0 else end + len(_ENDS[sign])
    if places and places[-1][1:] == ("%%", -1):
        for number, (start, sign, end) in enumerate(places):
            if sign == "%%" and "\n" in text[start:end]:
                return [*places[:number], (start, sign, -1)]
    return places


_BRACKET = re.compile(r"\[(/?)([^\]\[\n!]{3,24})\](?!\()")


def spans(lines: list[str], first_line: int, comments: list[Comment]) -> list[Span]:
    """What paired marks close: [mark] ... [/mark], <!-- mark --> ... <!-- /mark -->; half a pair, all on its side."""
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
            same = [n for n, (_, begun_level) in enumerate(begun) if begun_level is level]
            start, start_level = begun.pop(same[-1] if same else -1)
            found.append(Span(start, line_number, start_level))
        else:
            found.append(Span(first_line, line_number, level, line_number))
    last = first_line + len(lines)
    return found + [Span(start, last, level, start) for start, level in begun]
