"""The blocks of a Markdown text with the marks of level that stand in and over them: one walk over its tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assistant.notes import comments, marks
from assistant.records import Doubt, Level

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal["text", "item", "row", "heading", "verbatim"]
_BULLETS = re.compile(r"^(?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*")
_LONGEST_HEADING = 120


class Section(Struct):
    """A heading and what stands under it; `rank` 0 is the container itself. `end` is set when it is over."""

    rank: int
    title: str
    level: Level | None
    start: int
    end: int = 0


class Container(Struct):
    """A block quote, a list item or the whole text: its lines, its mark and the sections in it."""

    kind: str
    start: int
    end: int
    level: Level | None
    sections: list[Section]


class Leaf(Struct):
    """A block with text of its own: its lines as (line, text, level) and where it stands."""

    lines: list[tuple[int, str]]
    kind: Kind
    sections: tuple[Section, ...]
    level: Level | None
    item: tuple[int, int] | None
    around: Section
    depth: int
    quoted: bool


class Floor(Struct, frozen=True):
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


def _odd(what: str, level: Level | None) -> str:
    """What is said of a mark that is not plainly one."""
    if level is Level.PAIR:
        return f"a {what} that is not plainly an opening mark opens nothing; write the mark alone"
    return f"a {what} that contains or resembles a closing mark closes what stands in it; spell it as in the handbook"


class Walk:
    """One walk over the tokens of a text, collecting leaves, floors and doubts."""

    def __init__(self, lines: list[str], path: str, first_line: int, base: Level | None) -> None:
        self.lines, self.path, self.first_line = lines, path, first_line
        root = Container("root", 0, len(lines), base, [Section(0, "", None, 0)])
        self.stack = [root]
        self.all_sections = [root.sections[0]]
        self.leaves: list[Leaf] = []
        self.floors: list[Floor] = []
        self.section_floors: list[tuple[int, Section, Level]] = []
        self.doubts: list[Doubt] = []
        self.in_fences: list[Floor] = []
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
                self.doubt(start, _odd("callout", level))
        section = Section(0, "", None, start)
        self.narrow(level, start, section)
        self.all_sections.append(section)
        self.stack.append(Container(kind, start, end, level, [section]))

    def narrow(self, level: Level | None, start: int, section: Section) -> None:
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
            self.doubt(start, _odd("heading", level))
        section = Section(rank, title, level, start)
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
        leaf = Leaf(
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

    def close_by_words(self, leaf: Leaf, in_item: bool) -> None:
        """Closing tags and labels of a leaf close its paragraph, or its list item with all that hangs under it."""
        first, last = leaf.lines[0][0], leaf.lines[-1][0] + 1
        extent = leaf.item if in_item and leaf.item else (first, last)
        for line, text in leaf.lines:
            closing, _, guess = marks.of_tags(text)
            if guess:
                self.doubt(line, "a tag that resembles a closing mark, or stands inside its line, closes the paragraph")
            label = marks.of_label(text) if marks.MARKS.get(marks.squeeze(text)) is None else None
            if leaf.kind == "row":
                label = marks.strictest([found for found in (label, marks.of_cells(text)) if found])
            if label and marks.takes_back(" ".join(text for _, text in leaf.lines)):
                self.section_floors.append((leaf.around.start, leaf.around, Level.PAIR))
            if label:
                self.doubt(line, "a line that calls itself confidential in words closes its paragraph")
            level = marks.strictest([found for found in (closing, label) if found])
            if level is not None and leaf.kind == "heading":
                self.section_floors.append((line, leaf.around, level))
            elif level is not None:
                self.floors.append(Floor(*extent, level))
                if closing and marks.is_tags_alone("\n".join(t for _, t in leaf.lines)):
                    self.section_floors.append((leaf.around.start, leaf.around, closing))
                    self.doubt(line, "a closing tag by itself closes the whole section it stands in")
        self.stray_callouts(leaf)
        self.pseudo_heading(leaf)

    def stray_callouts(self, leaf: Leaf) -> None:
        """A closing callout sign that opens no quote block: closes its block, or the rest of the quote it is in."""
        last = leaf.lines[-1][0] + 1
        ends = [c.end for c in self.stack if c.kind in ("quote", "callout")]
        for line, text in leaf.lines:
            level, _ = marks.of_callout(text) or (None, False)
            if level is None or not level.closes or any(c.kind == "callout" and c.start == line for c in self.stack):
                continue
            self.floors.append(Floor(leaf.lines[0][0], max([last, *ends]), level))
            self.doubt(line, "a callout that opens no quote block closes its paragraph; give it a block of its own")

    def pseudo_heading(self, leaf: Leaf) -> None:
        """A line that is nothing but a mark ("**Vertrouwelijk**", "Geheim:") closes what follows in its section."""
        line, text = leaf.lines[0]
        bare = marks.undressed(text)
        dressed = bare.endswith(":") or bare[:1] in "*_#" or text.lstrip()[:1] == "<" or len(leaf.lines) == 1
        if leaf.kind == "heading" or bare.startswith("[") or not dressed:
            return
        level = marks.MARKS.get(marks.squeeze(bare)) if len(bare) < 40 else None
        tagged = re.match(r"#(?![#\s])", bare) or (leaf.kind == "verbatim" and re.match(r"##", bare))
        if level is None or tagged:
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
            self.floors.append(Floor(start, end, closing))
            self.in_fences.append(Floor(start, len(self.lines), closing))
        elif (state := self.state()) and not state.closes and any(level and not level.closes for level in levels):
            self.floors.append(Floor(start, end, Level.PAIR))
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
            self.floors.append(Floor(start, end, min(inside, key=lambda level: level.openness)))

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
