"""Markdown into passages: blocks by markdown-it-py, levels by contract section 2, lines as in the file."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assistant.notes import comments, marks
from assistant.records import Doubt, Level, Passage

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Kind = Literal["text", "item", "row", "heading", "verbatim"]
_BOX = re.compile(r"^\[( |x|X|-|v|V)?\]\s+")
_BULLETS = re.compile(r"^(?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*")
_LONGEST_HEADING = 120
_MOST_NESTED = 8


class _Section(Struct):
    """A heading and what stands under it; `rank` 0 is the container itself. `end` is set when it is over."""

    rank: int
    title: str
    level: Level | None
    start: int
    end: int = 0


class _Container(Struct):
    """A block quote, a list item or the whole text: its lines, its mark and the sections in it."""

    kind: str
    start: int
    end: int
    level: Level | None
    sections: list[_Section]


class _Leaf(Struct):
    """A block with text of its own: its lines as (line, text, level) and where it stands."""

    lines: list[tuple[int, str]]
    kind: Kind
    sections: tuple[_Section, ...]
    level: Level | None
    item: tuple[int, int] | None
    around: _Section
    depth: int
    quoted: bool


class _Floor(Struct, frozen=True):
    """Lines [first, last) that are at most this open, whatever opens in them."""

    first: int
    last: int
    level: Level


def combine(outer: Level | None, inner: Level | None) -> Level | None:
    """Level of text inside `inner` inside `outer`; None is no mark.

    What lies in a closing mark stays closed; of two opening marks the more closed one holds; `pair` is the default.
    """
    if inner is None or outer is None or (outer is Level.PAIR and not inner.closes):
        return outer if inner is None else inner
    return min(outer, inner, key=lambda level: level.openness)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # References and raw HTML would swallow lines, indented code would hide marks: notes are text. Words in a line
    # are read as they stand. What is nested deeper is left out by the parser, and caught in `_unread`.
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    return parser.disable(["reference", "html_block", "code", "inline"])


class _Walk:
    """One walk over the tokens of a text, collecting leaves, floors and doubts."""

    def __init__(self, lines: list[str], path: str, first_line: int, base: Level | None) -> None:
        self.lines, self.path, self.first_line = lines, path, first_line
        root = _Container("root", 0, len(lines), base, [_Section(0, "", None, 0)])
        self.stack = [root]
        self.all_sections = [root.sections[0]]
        self.leaves: list[_Leaf] = []
        self.floors: list[_Floor] = []
        self.section_floors: list[tuple[int, _Section, Level]] = []
        self.doubts: list[Doubt] = []
        self.in_fences: list[_Floor] = []
        self.fence_left_open = False

    def doubt(self, line: int, text: str) -> None:
        self.doubts.append(Doubt(self.path, self.first_line + line, text))

    # -- containers and sections --

    def state(self) -> Level | None:
        level: Level | None = None
        for container in self.stack:
            level = combine(level, container.level)
            for section in container.sections:
                level = combine(level, section.level)
        return level

    def open_container(self, kind: str, token: Token) -> None:
        start, end = token.map or (0, 0)
        level: Level | None = None
        if kind == "quote":
            callout = marks.of_callout(_BULLETS.sub("", self.lines[start]))
            kind = "quote" if callout is None else "callout"
            level, guess = callout or (None, False)
            if guess:
                self.doubt(start, "a callout that resembles a closing mark is read as one; spell it as in the handbook")
        section = _Section(0, "", None, start)
        self.narrow(level, start, section)
        self.all_sections.append(section)
        self.stack.append(_Container(kind, start, end, level, [section]))

    def narrow(self, level: Level | None, start: int, section: _Section) -> None:
        """A pair mark inside an opening one is meant: nothing opens in it again."""
        outer = self.state()
        if level is Level.PAIR and outer and outer.openness > level.openness:
            self.section_floors.append((start, section, level))

    def close_container(self) -> None:
        gone = self.stack.pop()
        for section in gone.sections:
            section.end = gone.end

    def heading(self, token: Token, inline: Token) -> None:
        start = (token.map or (0, 0))[0]
        title = " ".join(inline.content.replace(comments.HOLE, " ").split())
        sections = self.stack[-1].sections
        rank = int(token.tag[1])
        level, guess = marks.of_heading(title)
        if "\n" in inline.content or len(title) > _LONGEST_HEADING:  # a paragraph above a line of dashes
            level, rank, title = (level if level and level.closes else None), 7, ""
        while sections[-1].rank >= rank:
            sections.pop().end = start
        if guess:
            self.doubt(start, "a heading that contains or resembles a closing mark closes its section")
        section = _Section(rank, title, level, start)
        self.narrow(level, start, section)
        sections.append(section)
        self.all_sections.append(section)
        self.leaf(inline.content.split("\n"), start, "heading" if rank < 7 else "text")

    # -- leaves --

    def leaf(self, texts: list[str], start: int, kind: Kind) -> None:
        item = next((c for c in reversed(self.stack) if c.kind == "item"), None)
        depth = sum(c.kind == "item" for c in self.stack)
        quoted = any(c.kind == "quote" for c in self.stack)
        titled = tuple(s for c in self.stack for s in c.sections if s.title)
        leaf = _Leaf(
            [(start + n, text) for n, text in enumerate(texts)],
            kind,
            titled,
            self.state(),
            (item.start, item.end) if item else None,
            self.stack[-1].sections[-1],
            depth,
            quoted,
        )
        self.leaves.append(leaf)
        self.close_by_words(leaf, item is not None)

    def close_by_words(self, leaf: _Leaf, in_item: bool) -> None:
        """Closing tags and labels of a leaf close its paragraph, or its list item with all that hangs under it."""
        first, last = leaf.lines[0][0], leaf.lines[-1][0] + 1
        extent = leaf.item if in_item and leaf.item else (first, last)
        for line, text in leaf.lines:
            closing, _, guess = marks.of_tags(text)
            if guess:
                self.doubt(line, "a tag that resembles a closing mark, or stands inside its line, closes the paragraph")
            label = marks.of_label(text) if marks.MARKS.get(marks.squeeze(text)) is None else None
            if label:
                self.doubt(line, "a line that calls itself confidential in words closes its paragraph")
            level = marks.strictest([found for found in (closing, label) if found])
            if level is not None and leaf.kind == "heading":
                self.section_floors.append((line, leaf.around, level))
            elif level is not None:
                self.floors.append(_Floor(*extent, level))
                if closing and marks.is_tags_alone("\n".join(t for _, t in leaf.lines)):
                    self.section_floors.append((leaf.around.start, leaf.around, closing))
                    self.doubt(line, "a closing tag by itself closes the whole section it stands in")
        self.stray_callouts(leaf)
        self.pseudo_heading(leaf)

    def stray_callouts(self, leaf: _Leaf) -> None:
        """A closing callout sign that opens no quote block: closes its block, or the rest of the quote it is in."""
        last = leaf.lines[-1][0] + 1
        ends = [c.end for c in self.stack if c.kind in ("quote", "callout")]
        for line, text in leaf.lines:
            level, _ = marks.of_callout(text) or (None, False)
            if level is None or not level.closes or any(c.kind == "callout" and c.start == line for c in self.stack):
                continue
            self.floors.append(_Floor(leaf.lines[0][0], max([last, *ends]), level))
            self.doubt(line, "a callout that opens no quote block closes its paragraph; give it a block of its own")

    def pseudo_heading(self, leaf: _Leaf) -> None:
        """A line that is nothing but a mark ("**Vertrouwelijk**", "Geheim:") closes what follows in its section."""
        line, text = leaf.lines[0]
        bare = text.strip()
        dressed = bare.endswith(":") or bare[:1] in "*_#" or len(leaf.lines) == 1
        if leaf.kind == "heading" or bare.startswith("[") or not dressed:
            return
        level = marks.MARKS.get(marks.squeeze(bare)) if len(bare) < 40 else None
        if level is None or (bare.startswith("#") and not bare.startswith("# ")):
            return
        if level.closes:
            self.section_floors.append((line, leaf.around, level))
            self.doubt(line, "a line that is nothing but a closing mark closes the rest of its section")
        elif level is not Level.PAIR:
            self.doubt(line, "a line that is nothing but an opening mark opens nothing; make it a heading (## ...)")

    def verbatim(self, token: Token) -> None:
        """A fence: nothing in it opens; a closing mark in it, or in the word behind its sign, closes all of it."""
        start, end = token.map or (0, 0)
        texts = token.content.removesuffix("\n").split("\n") if token.content else []
        levels = [marks.of_heading(token.info)[0]] if token.info.strip() else []
        for text in texts:
            bare = re.sub(r"^(?:[\s>*+-]|\d{1,9}[.)]\s)+", "", text)
            dressed = bare.startswith("#") or ">" in text[: len(text) - len(bare)]
            heading = marks.of_heading(bare) if dressed else (None, False)
            levels.append((marks.of_callout(bare) or heading)[0])
            levels += [marks.of_tags(text)[0], marks.of_label(text)]
        closing = marks.strictest([level for level in levels if level and level.closes])
        last = self.lines[end - 1].strip(" \t>") if end - start > 1 else ""
        self.fence_left_open |= not (last.startswith(token.markup) and not last.strip(token.markup[0]))
        if closing is not None:
            self.floors.append(_Floor(start, end, closing))
            self.in_fences.append(_Floor(start, len(self.lines), closing))
        elif (state := self.state()) and not state.closes and any(level and not level.closes for level in levels):
            self.floors.append(_Floor(start, end, Level.PAIR))
        if token.info.strip():
            self.leaf([token.info.strip(), *texts], start, "verbatim")
        elif token.content.strip():
            self.leaf(texts, start + 1, "verbatim")

    def rows(self, tokens: list[Token]) -> None:
        """A table: one leaf a row, as it stands in the source; a closing tag in one cell closes the whole table."""
        start, end = tokens[0].map or (0, 0)
        before = len(self.floors)
        for token in tokens:
            if token.type == "tr_open" and token.map:
                self.leaf([self.lines[token.map[0]].strip().lstrip("> ")], token.map[0], "row")
        inside = [floor.level for floor in self.floors[before:]]
        if inside:
            self.floors.append(_Floor(start, end, min(inside, key=lambda level: level.openness)))

    def run(self, tokens: list[Token]) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type in ("blockquote_open", "list_item_open"):
                self.open_container("quote" if token.type == "blockquote_open" else "item", token)
            elif token.type in ("blockquote_close", "list_item_close"):
                self.close_container()
            elif token.type == "heading_open":
                self.heading(token, tokens[at + 1])
                at += 2
            elif token.type == "fence":
                self.verbatim(token)
            elif token.type == "table_open":
                end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
                self.rows(tokens[at:end])
                at = end
            elif token.type == "inline" and token.map:
                kind: Kind = "item" if self.stack[-1].kind == "item" else "text"
                self.leaf(token.content.split("\n"), token.map[0], kind)
            at += 1
        for section in self.stack[0].sections:
            section.end = len(self.lines)
        if self.fence_left_open:  # the marks in fences may stand outside, as an odd fence turns all others round
            self.floors += self.in_fences


def passages(
    text: str, path: str, base: Level | None, first_line: int = 1, nested: int = 0
) -> tuple[list[Passage], list[Doubt]]:
    """All text as passages with levels, sealed ones too, and what a person should look at.

    `base` is the level of the whole (front matter), None without one; `first_line` the file's line of `text`;
    `nested` in how many comments it stands.
    """
    holed, found_comments = comments.cut(text, first_line) if nested < _MOST_NESTED else (text, [])
    lines = holed.split("\n")
    walk = _Walk(lines, path, first_line, base)
    walk.run(_parser().parse(holed))
    marked = walk.floors + [_Floor(first, s.end or len(lines), level) for first, s, level in walk.section_floors]
    for span in comments.spans(lines, first_line, found_comments):
        marked.append(_Floor(span.first - first_line, span.last - first_line + 1, span.level))
        if span.odd is not None:
            walk.doubt(span.odd - first_line, "a closing mark without its other half closes all on its side of it")
    marked += _unread(walk)
    floors = _by_line(marked, len(lines))
    titles = _title_levels(walk.leaves, floors)
    result = [p for number, leaf in enumerate(walk.leaves) for p in _runs(leaf, number, floors, titles, first_line)]
    result += _comment_passages(found_comments, walk, marked, nested + 1)
    return sorted(result, key=lambda p: p.line), walk.doubts


def _unread(walk: _Walk) -> list[_Floor]:
    """Lines with words that the parser left out become leaves; what they stand in is not known, so they are sealed."""
    read = {line for leaf in walk.leaves for line, _ in leaf.lines}
    found: list[_Floor] = []
    for line, text in enumerate(walk.lines):
        if line not in read and any(c.isalpha() for c in text):
            walk.leaf([text.lstrip(" \t>")], line, "text")
            walk.doubt(line, "is nested too deep to be read; it is sealed")
            found.append(_Floor(line, line + 1, Level.SEALED))
    return found


def _by_line(floors: list[_Floor], count: int) -> list[Level | None]:
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


def _title_levels(leaves: list[_Leaf], floors: list[Level | None]) -> dict[int, Level]:
    """The level of each heading, by its first line."""
    return {
        leaf.lines[0][0]: min(
            (_line_level(leaf.level, line, text, floors, False) for line, text in leaf.lines), key=lambda x: x.openness
        )
        for leaf in leaves
        if leaf.kind == "heading"
    }


def _section(leaf: _Leaf, level: Level, titles: dict[int, Level]) -> tuple[str, ...]:
    """The titles over a leaf, without those that are more closed than it is itself."""
    most_closed = min(level.openness, Level.PAIR.openness)
    return tuple(s.title for s in leaf.sections if titles[s.start].openness >= most_closed)


def _runs(
    leaf: _Leaf, block: int, floors: list[Level | None], titles: dict[int, Level], first_line: int
) -> list[Passage]:
    """The lines of a leaf as passages: cut where the level changes and where a comment stood."""
    box: bool | None = None
    runs: list[tuple[int, Level, list[str]]] = []
    for number, (line, raw) in enumerate(leaf.lines):
        text = raw
        if number == 0 and leaf.kind == "item" and (match := _BOX.match(text)):
            box = (match.group(1) or " ") != " "
            text = text[match.end() :]
        level = _line_level(leaf.level, line, raw, floors, leaf.kind == "verbatim")
        for n, piece in enumerate(re.split(f"{comments.HOLE}+", text)):
            same = n == 0 and runs and runs[-1][1] is level and runs[-1][0] + len(runs[-1][2]) == line
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
        )
        for n, (line, level, texts) in enumerate(runs)
        if "".join(texts).strip()
    ]


def _comment_passages(found: list[comments.Comment], walk: _Walk, marked: list[_Floor], nested: int) -> list[Passage]:
    """Comments are `own`, or as closed as the text they stand in; marks inside them can close them further."""
    result: list[Passage] = []
    around = [_Floor(leaf.lines[0][0], leaf.lines[-1][0] + 1, leaf.level) for leaf in walk.leaves if leaf.level]
    around += [_Floor(s.start, s.end or len(walk.lines), s.level) for s in walk.all_sections if s.level]
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
