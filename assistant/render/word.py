"""A draft, or a note, as a Word document: made from its Markdown, so that it says the same. The only importer of docx."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from assistant.errors import Unusable
from assistant.render import word_parts
from assistant.render.word_parts import Footnotes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# The last section of a draft, where it lists its sources; what cites them, in the text before.
_SOURCES = re.compile(r"\n## [^\n]+\n\n((?:- \[[a-z]\d+\] [^\n]*(?:\n|\Z))+)\s*\Z")
_CITED = re.compile(r"\s?\[([a-z]\d+(?:, [a-z]\d+)*)\]")
_BANNER = re.compile(r"(?:\A|\n)\*[^*\n]+\*\Z")
_BOX = re.compile(r"\[([ xX])\]\s+")
_IN_ITEMS = {"bullet_list", "ordered_list", "list_item", "paragraph", "inline"}
_IN_QUOTES = {"blockquote", "bullet_list", "ordered_list", "list_item", "paragraph", "inline"}
_DEEPEST = 3  # the styles that Word has for lists
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the day of every part, so that the same draft is the same file


def check() -> None:
    """Raise Unusable where python-docx is not installed."""
    try:
        import docx  # noqa: F401
    except ImportError:
        raise Unusable(
            "writing .docx needs one thing more; install it with: pip install 'prep-reverse-mentoring[office]'"
        ) from None


def document(text: str, language: str) -> bytes:
    """Markdown as a .docx: headings, lists, boxes to tick, tables; sources listed at the end become footnotes."""
    import docx

    page = _Page(docx.Document(), text, language)
    page.write()
    return _same_each_time(page.document)


def _same_each_time(made: Document) -> bytes:
    """The bytes of a document, without the hour in them."""
    saved, result = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _parser() -> MarkdownIt:
    """Blocks as notes are read; in a line emphasis alone, the rest stays as it is written."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "html_block", "code"])
    return parser.disable(["link", "image", "autolink", "html_inline", "backticks"])


class _Page:
    """One walk over the tokens of a text, writing paragraph after paragraph."""

    def __init__(self, made: Document, text: str, language: str) -> None:
        self.document = made
        front = _FRONT_MATTER.match(text)
        self._front = front.group().rstrip("\n") if front else ""
        body = text[front.end() :] if front else text
        listed = _SOURCES.search(body)
        told = dict(re.findall(r"- \[([a-z]\d+)\] ([^\n]*)", listed.group(1))) if listed else {}
        cited = {key for keys in _CITED.findall(body[: listed.start()] if listed else "") for key in keys.split(", ")}
        if listed and told.keys() <= cited:
            body = body[: listed.start()] + "\n"
        else:
            told = {}
        self._lines = body.split("\n")
        self._parser = _parser()
        self._tokens = self._parser.parse(body)
        self._notes = Footnotes(told)
        word_parts.dress(made, language)

    def write(self) -> None:
        """All of it."""
        if self._front:
            self._plain(self._front)
        at = 0
        while at < len(self._tokens):
            end, written = _end(self._tokens, at), len(self.document.paragraphs)
            self._block(self._tokens[at:end])
            if at and self._tokens[at].type == "paragraph_open" and self._tokens[at - 1].type.endswith("list_close"):
                word_parts.set_off(self.document.paragraphs[written])
            leads_on = end < len(self._tokens) and self._tokens[end].type == "bullet_list_open"
            word_parts.keep_whole(self.document.paragraphs[written:], leads_on)
            at = end
        word_parts.finish(self.document, self._title(), self._notes.told(self._said))

    def _title(self) -> str:
        at = next((n for n, token in enumerate(self._tokens) if token.type == "heading_open"), None)
        return "" if at is None else self._tokens[at + 1].content

    def _block(self, tokens: list[Token]) -> None:
        """One block at the top, with all that is in it; what Word has no style for stays as it is written."""
        kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
        first = tokens[0]
        if first.type == "heading_open" and tokens[1].content and "\n" not in tokens[1].content:
            self._line(tokens[1], f"Heading {first.tag[1]}")
        elif first.type == "paragraph_open":
            banner = len(self.document.paragraphs) == 1 and _BANNER.search(tokens[1].content)
            self._line(tokens[1], "Subtitle" if banner else "Normal")
        elif first.type in ("bullet_list_open", "ordered_list_open") and kinds <= _IN_ITEMS:
            self._list(tokens)
        elif first.type == "blockquote_open" and kinds <= _IN_QUOTES:
            self._quote(tokens)
        elif first.type == "table_open":
            self._table(tokens)
        else:
            start, end = first.map or (0, 0)
            self._plain("\n".join(self._lines[start:end]).rstrip("\n"))

    def _plain(self, text: str) -> None:
        self.document.add_paragraph(text, style="Plain Text")

    def _line(self, inline: Token, style: str, sign: str = "") -> Paragraph:
        paragraph = self.document.add_paragraph(sign, style=style)
        self._runs(paragraph, inline)
        return paragraph

    # -- lists, quotes, tables --

    def _list(self, tokens: list[Token]) -> None:
        lists: list[int | None] = []  # the numbering of each list that is open, None of bullets
        begins = False
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                ordered = token.type.startswith("ordered")
                start = int(token.attrs.get("start", 1))
                lists.append(word_parts.numbering(self.document, _level(len(lists) + 1), start) if ordered else None)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif token.type == "list_item_open":
                begins = True
            elif token.type == "inline":
                self._item(token, _level(len(lists)), lists[-1], begins)
                begins = False

    def _item(self, inline: Token, level: str, numbering: int | None, begins: bool) -> None:
        box = _BOX.match(inline.content) if begins else None
        if box:
            paragraph = self.document.add_paragraph(style=f"Check List{level}")
            word_parts.put_box(paragraph, ticked=box.group(1) != " ")
            self._runs(paragraph, self._parsed(inline.content[box.end() :]))
        elif not begins:
            self._line(inline, f"List Continue{level}")
        else:
            paragraph = self._line(inline, f"List Bullet{level}" if numbering is None else f"List Number{level}")
            if numbering is not None:
                word_parts.number(paragraph, numbering)

    def _quote(self, tokens: list[Token]) -> None:
        """A quote a paragraph a block, its bullets as they are written; a bare line parts it from one before it."""
        before = self.document.paragraphs
        if before and before[-1].style is not None and before[-1].style.name == "Quote":
            self.document.add_paragraph()
        items: list[Token] = []
        sign = ""
        for token in tokens:
            if token.type == "list_item_open":
                items.append(token)
                sign = "  " * (len(items) - 1) + f"{token.info}{token.markup} "
            elif token.type == "list_item_close":
                items.pop()
            elif token.type == "inline":
                self._line(token, "Quote", sign)
                sign = "  " * len(items)

    def _table(self, tokens: list[Token]) -> None:
        rows: list[list[Token]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        table = self.document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, inline in zip(row.cells, cells, strict=False):
                self._runs(cell.paragraphs[0], inline)
        word_parts.head_of(table)

    # -- words --

    def _parsed(self, text: str) -> Token:
        return self._parser.parseInline(text)[0]

    def _said(self, paragraph: Paragraph, text: str) -> None:
        """The words of a footnote."""
        self._runs(paragraph, self._parsed(text))

    def _runs(self, paragraph: Paragraph, inline: Token) -> None:
        bold = italic = 0
        for token in inline.children or []:
            if token.type in ("softbreak", "hardbreak"):
                paragraph.add_run().add_break()
            bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
            italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
            if token.content:
                for text, cited in _cut(token.content):
                    if text:
                        run = paragraph.add_run(text)
                        run.bold, run.italic = bool(bold) or None, bool(italic) or None
                    self._notes.cite(paragraph, cited)


def _end(tokens: list[Token], start: int) -> int:
    """Where the block that begins at `start` is over."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at + 1
    return len(tokens)


def _level(depth: int) -> str:
    """What Word's names of list styles end in."""
    return "" if depth <= 1 else f" {min(depth, _DEEPEST)}"


def _cut(text: str) -> list[tuple[str, str]]:
    """A text as (words, what cites sources after them, as it is written)."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in _CITED.finditer(text):
        found.append((text[at : match.start()], match.group()))
        at = match.end()
    return [*found, (text[at:], "")]
