"""Markdown into passages: blocks by markdown-it-py, levels by contract section 2, lines as in the file."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from assistant.notes import comments, marks
from assistant.notes.blocks import Floor, Leaf, Walk, combine
from assistant.records import Doubt, Level, Passage

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BOX = re.compile(r"^\[( |x|X|-|v|V)?\]\s+")
_MOST_NESTED = 8


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # References and raw HTML would swallow lines, indented code would hide marks: notes are text. Words in a line
    # are read as they stand. What is nested deeper is left out by the parser, and caught in `_unread`.
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    return parser.disable(["reference", "html_block", "code", "inline"])


def passages(
    text: str, path: str, base: Level | None, first_line: int = 1, nested: int = 0
) -> tuple[list[Passage], list[Doubt]]:
    """All text as passages with levels, sealed ones too, and what a person should look at.

    `base` is the level of the whole (front matter), None without one; `first_line` the file's line of `text`;
    `nested` in how many comments it stands.
    """
    base = None if base is Level.PAIR else base  # the default, said once more
    holed, found_comments = comments.cut(text, first_line) if nested < _MOST_NESTED else (text, [])
    lines = holed.split("\n")
    walk = Walk(lines, path, first_line, base)
    walk.run(_parser().parse(holed))
    marked = walk.floors + [Floor(first, s.end or len(lines), level) for first, s, level in walk.section_floors]
    for span in comments.spans(lines, first_line, found_comments):
        marked.append(Floor(span.first - first_line, span.last - first_line + 1, span.level))
        if span.odd is not None:
            walk.doubt(span.odd - first_line, "a closing mark without its other half closes all on its side of it")
    marked += [*_struck(walk.leaves), *_hidden(lines), *_unread(walk)]
    floors = _by_line(marked, len(lines))
    titles = _title_levels(walk.leaves, floors)
    result = [p for number, leaf in enumerate(walk.leaves) for p in _runs(leaf, number, floors, titles, first_line)]
    result += _comment_passages(found_comments, walk, marked, nested + 1)
    return sorted(result, key=lambda p: p.line), walk.doubts


def _struck(leaves: list[Leaf]) -> list[Floor]:
    """Paragraphs and items with a line through some of their words: nothing in them is opened."""
    struck = [leaf.lines for leaf in leaves if marks.is_struck("\n".join(text for _, text in leaf.lines))]
    return [Floor(told[0][0], told[-1][0] + 1, Level.PAIR) for told in struck]


def _hidden(lines: list[str]) -> list[Floor]:
    """What is not seen where the note is shown: links that are comments are the author's own, folded text opens not."""
    found = [Floor(n, n + 1, Level.OWN) for n, line in enumerate(lines) if marks.is_hidden(line)]
    for start, line in enumerate(lines):
        if line.lstrip().startswith(":::") and (closing := marks.of_fence(line)):
            end = next((n for n in range(start + 1, len(lines)) if re.match(r"\s*:{3,}\s*$", lines[n])), len(lines) - 1)
            found.append(Floor(start, end + 1, closing))
    for start, line in enumerate(lines):
        if re.search(r"<details\b", line, re.IGNORECASE):
            end = next((n for n in range(start, len(lines)) if "</details" in lines[n].lower()), len(lines) - 1)
            title = re.search(r"(?is)<summary\b[^>]*>(.*?)(?:</summary|$)", "\n".join(lines[start : end + 1]))
            level = marks.of_heading(title.group(1))[0] if title else None
            found.append(Floor(start, end + 1, level if level and level.closes else Level.PAIR))
    return found


def _unread(walk: Walk) -> list[Floor]:
    """Lines with words that the parser left out become leaves; what they stand in is not known, so they are sealed."""
    read = {line for leaf in walk.leaves for line, _ in leaf.lines}
    found: list[Floor] = []
    for line, text in enumerate(walk.lines):
        if line not in read and any(c.isalpha() for c in text):
            walk.leaf([text.lstrip(" \t>")], line, "text")
            walk.doubt(line, "is nested too deep to be read; it is sealed")
            found.append(Floor(line, line + 1, Level.SEALED))
    return found


def _by_line(floors: list[Floor], count: int) -> list[Level | None]:
    """The most closed floor under each of `count` lines."""
    result: list[Level | None] = [None] * count
    for level in reversed(Level):
        steps = [0] * (count + 1)
        for floor in floors:
            if floor.level is level:
                steps[min(floor.first, count)] += 1
                steps[min(floor.last, count)] -= 1
        for line, under in enumerate(accumulate(steps[:count])):
            if under > 0:
                result[line] = level
    return result


def _line_level(state: Level | None, line: int, text: str, floors: list[Level | None], verbatim: bool) -> Level:
    level = state if verbatim else combine(state, marks.of_tags(text)[1])
    return marks.strictest([level or Level.PAIR, floors[line] or Level.ORGANISATION]) or Level.PAIR


def _is_for_pair(leaf: Leaf, line: int, text: str, floors: list[Level | None]) -> bool:
    """Did somebody mark a line for the pair, by a heading, a callout or a tag?"""
    return Level.PAIR in (leaf.level, floors[line]) or marks.has_pair_tag(text)


def _title_levels(leaves: list[Leaf], floors: list[Level | None]) -> dict[int, Level]:
    """The level of each heading, by its first line."""
    return {
        leaf.lines[0][0]: min(
            (_line_level(leaf.level, line, text, floors, False) for line, text in leaf.lines), key=lambda x: x.openness
        )
        for leaf in leaves
        if leaf.kind == "heading"
    }


def _section(leaf: Leaf, level: Level, titles: dict[int, Level]) -> tuple[str, ...]:
    """The titles over a leaf, without those that are more closed than it is itself."""
    most_closed = min(level.openness, Level.PAIR.openness)
    return tuple(s.title for s in leaf.sections if titles[s.start].openness >= most_closed)


def _runs(
    leaf: Leaf, block: int, floors: list[Level | None], titles: dict[int, Level], first_line: int
) -> list[Passage]:
    """The lines of a leaf as passages: cut where the level changes and where a comment stood."""
    box: bool | None = None
    runs: list[tuple[int, tuple[Level, bool], list[str]]] = []
    for number, (line, raw) in enumerate(leaf.lines):
        text = raw
        if number == 0 and leaf.kind == "item" and (match := _BOX.match(text)):
            box = (match.group(1) or " ") != " "
            text = text[match.end() :]
        found = _line_level(leaf.level, line, raw, floors, leaf.kind == "verbatim")
        level = (found, found is Level.PAIR and _is_for_pair(leaf, line, raw, floors))
        for n, piece in enumerate(re.split(f"{comments.HOLE}+", text)):
            same = n == 0 and runs and runs[-1][1] == level and runs[-1][0] + len(runs[-1][2]) == line
            if same and not leaf.lines[number - 1][1].endswith(comments.HOLE):
                runs[-1][2].append(piece)
            elif piece.strip():
                runs.append((line, level, [piece]))
    return [
        Passage(
            first_line + line,
            level,
            _section(leaf, level, titles),
            leaf.kind,
            "\n".join(texts).strip(),
            block,
            leaf.depth,
            box if n == 0 else None,
            leaf.quoted,
            for_pair=for_pair,
        )
        for n, (line, (level, for_pair), texts) in enumerate(runs)
        if "".join(texts).strip()
    ]


def _comment_passages(found: list[comments.Comment], walk: Walk, marked: list[Floor], nested: int) -> list[Passage]:
    """Comments are `own`, or as closed as the text they stand in; marks inside them can close them further."""
    result: list[Passage] = []
    around = [Floor(leaf.lines[0][0], leaf.lines[-1][0] + 1, leaf.level) for leaf in walk.leaves if leaf.level]
    around += [Floor(s.start, s.end or len(walk.lines), s.level) for s in walk.all_sections if s.level]
    floors = _by_line(marked + around, len(walk.lines)) if found else []
    for comment in found:
        if not comment.ended:
            walk.doubt(comment.line - walk.first_line, "a comment without an end runs to the end of the note")
        line = comment.line - walk.first_line
        base = marks.strictest([Level.OWN, floors[line] or Level.OWN])
        inner, doubts = passages(comment.text, walk.path, base, comment.line, nested)
        result += inner
        walk.doubts += doubts
    return result
