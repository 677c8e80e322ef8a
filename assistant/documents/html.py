"""HTML, as mails have it and as Word documents are turned into, as the Markdown of a note."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import count

from msgspec import Struct

from assistant.documents import lines
from assistant.documents.tables import Table

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption footer form h1 h2 h3
    h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead
    tr ul""".split()  # noqa: SIM905  a list is 36 lines
)
_UNSEEN = {"script", "style", "title", "template"}
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_STRUCK = "~~"
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": _STRUCK, "strike": _STRUCK, "del": _STRUCK}
# Signs that stand in the text of a block until all of it is there.
_OPENS = {"**": "\ue001", "*": "\ue002", _STRUCK: "\ue003"}
_CLOSES = {"**": "\ue006", "*": "\ue007", _STRUCK: "\ue008"}
_NOTE = re.compile("\ue004([^\ue005]*)\ue005")
_NOTE_ID = re.compile(r"prep-(?:foot|end)note-\w+")
_LONGEST_ADDRESS = 80


class Around(Struct, eq=False):
    """A quote or a list item that blocks stand in, and the sign that its first line has."""

    sign: str
    quote: bool = False


class Block(Struct):
    """Lines of text and what they stand in; `loose` is a list item that no list holds."""

    lines: list[str]
    around: tuple[Around, ...]
    loose: bool = False


def markdown(text: str) -> tuple[str, int]:
    """HTML as Markdown, and how many pictures stood in it."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return rendered([_with_notes(block, reader.notes) for block in reader.blocks]), reader.pictures


def rendered(blocks: list[Block]) -> str:
    """Blocks as Markdown; items follow one another without a blank line between them."""
    used: set[int] = set()
    result: list[str] = []
    before: Block | None = None
    for block in blocks:
        begins = block.loose or any(not a.quote and id(a) not in used for a in block.around)
        if before is not None and not (begins and (before.loose or any(not a.quote for a in before.around))):
            shared = [a for a, b in zip(before.around, block.around, strict=False) if a is b]
            result.append(_prefix(shared, used).rstrip())
        for line in block.lines:
            result.append((_prefix(block.around, used) + line).rstrip())
            used |= {id(a) for a in block.around}
        before = block
    return "\n".join(result) + "\n"


def _prefix(around: tuple[Around, ...] | list[Around], used: set[int]) -> str:
    return "".join(a.sign if a.quote or id(a) not in used else " " * len(a.sign) for a in around)


def _with_notes(block: Block, notes: dict[str, str]) -> Block:
    """Footnotes in brackets where they are called, so that they are as closed as what calls them."""
    told = [_NOTE.sub(lambda match: f" ({said})" if (said := notes.get(match[1])) else "", x) for x in block.lines]
    return Block(told, block.around, block.loose)


class _Reader(HTMLParser):
    """Collects the blocks of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.notes: dict[str, str] = {}
        self.pictures = 0
        self._words: list[str] = []
        self._around: list[Around] = []
        self._lists: list[count[int] | None] = []
        self._tables: list[Table] = []
        self._kept: list[tuple[str, list[Block]]] = []  # what was being collected when a footnote or a cell began
        self._links: list[tuple[str, int]] = []
        self._unseen: str | None = None
        self._rank = 0
        self._verbatim = False

    # -- tags --

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag in _BLOCKS:
            self.flush()
            self._open(tag, values)
        elif tag in _UNSEEN:
            self._unseen = tag
        elif self._emphasises(tag):
            self._words.append(_OPENS[_EMPHASIS[tag]])
        elif tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self.pictures += 1
        elif tag == "input" and values.get("type") == "checkbox":
            self._words.append("☒ " if "checked" in values else "☐ ")
        elif tag == "a":
            self._links.append((values.get("href", ""), len(self._words)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
            self._close(tag)
        elif tag == self._unseen:
            self._unseen = None
        elif self._emphasises(tag):
            self._words.append(_CLOSES[_EMPHASIS[tag]])
        elif tag == "a" and self._links:
            self._linked(*self._links.pop())

    def _emphasises(self, tag: str) -> bool:
        """A heading has its own weight; what is struck in it is still struck."""
        return tag in _EMPHASIS and (not self._rank or _EMPHASIS[tag] == _STRUCK)

    def handle_data(self, data: str) -> None:
        if self._unseen is None:
            self._words.append(data if self._verbatim else re.sub(r"\s+", " ", data))

    def _open(self, tag: str, values: dict[str, str]) -> None:
        if tag in _HEADINGS:
            self._rank = _HEADINGS[tag]
        elif tag == "blockquote":
            self._around.append(Around("> ", quote=True))
        elif tag == "pre":
            self._verbatim = True
        elif tag == "hr":
            self.blocks.append(Block(["* * *"], tuple(self._around)))
        elif tag in ("table", "tr", "td", "th"):
            self._open_table(tag, values)
        elif tag in ("ul", "ol"):
            self._lists.append(count(1) if tag == "ol" else None)
        elif tag == "li" and _NOTE_ID.fullmatch(values.get("id", "")):
            self._begin(values["id"])
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            self._around.append(Around("- " if number is None else f"{next(number)}. "))

    def _open_table(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self._tables.append(Table())
        elif self._tables and tag == "tr":
            self._tables[-1].row()
        elif self._tables:
            self._begin(" ".join((values.get("colspan", "1"), values.get("rowspan", "1"))))

    def _close(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._rank = 0
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "li" and self._kept and _NOTE_ID.fullmatch(self._kept[-1][0]):
            name, said = self._end()
            self.notes[name] = " ".join(line for block in said for line in block.lines).strip()
        elif tag in ("li", "blockquote") and self._around and self._around[-1].quote == (tag == "blockquote"):
            self._around.pop()
        elif tag == "pre":
            self._verbatim = False
        elif tag in ("td", "th") and self._tables and self._kept:
            spans, said = self._end()
            self._tables[-1].cell(said, *(int(n) if n.isdigit() else 1 for n in spans.split()))
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            rows = table.rows()
            self.blocks += [Block(rows, tuple(self._around))] if rows else table.unrolled()

    # -- text --

    def _begin(self, name: str) -> None:
        self._kept.append((name, self.blocks))
        self.blocks = []

    def _end(self) -> tuple[str, list[Block]]:
        (name, before), said = self._kept.pop(), self.blocks
        self.blocks = before
        return name, said

    def _linked(self, address: str, start: int) -> None:
        """A link is its words, and its address behind them where they don't say it."""
        if _NOTE_ID.fullmatch(address.removeprefix("#")):
            self._words[start:] = [f"\ue004{address[1:]}\ue005"]
        elif "note-ref-" in address:
            del self._words[start:]
        elif address.startswith(("http://", "https://")):
            shown = address if len(address) <= _LONGEST_ADDRESS else address.split("?")[0][:_LONGEST_ADDRESS]
            if shown.rstrip("/") not in "".join(self._words[start:]):
                self._words.append(f" ({shown})")

    def flush(self) -> None:
        """What was said since the last block becomes one."""
        text = "".join(self._words)
        self._words, self._links = [], []
        if self._verbatim:
            found = [line.rstrip() for line in text.strip("\n").split("\n")]
        else:
            found = [" ".join(line.split()) for line in _emphasised(text).strip().split("\n")]
        if any(found):
            self.blocks.append(self._block(found))

    def _block(self, found: list[str]) -> Block:
        around = tuple(self._around)
        if self._rank:
            title = " ".join(found)
            return Block([f"**{title}**" if self._tables else f"{'#' * self._rank} {title}"], around)
        ticked, rest = lines.box(found[0])
        if around and not around[-1].quote:
            return Block([ticked + rest, *found[1:]], around)
        is_item, sign, rest = lines.item(found[0])
        return Block([sign + rest, *(" " * 2 * is_item + line for line in found[1:])], around, is_item)


def _emphasised(text: str) -> str:
    """Signs of emphasis made Markdown, where they stand around whole words of one line, else they go; strikes stay."""
    for sign, opens in _OPENS.items():
        closes = _CLOSES[sign]
        pattern = re.compile(f"(?P<before>\\w?){opens}(?P<in>[^{opens}{closes}]*){closes}(?P<after>\\w?)")
        while (replaced := pattern.sub(lambda match, sign=sign: _one(match, sign), text)) != text:  # type: ignore[misc]
            text = replaced
    return re.sub(f"[{''.join([*_OPENS.values(), *_CLOSES.values()])}]", "", text)


def _one(match: re.Match[str], sign: str) -> str:
    inside = match["in"]
    whole = not (match["before"] and inside[:1].isalnum()) and not (match["after"] and inside[-1:].isalnum())
    if sign == _STRUCK or (whole and "\n" not in inside.strip()):
        inside = "\n".join(_signed(line, sign) for line in inside.split("\n"))
    return match["before"] + inside + match["after"]


def _signed(line: str, sign: str) -> str:
    said = line.strip()
    if not any(c.isalnum() for c in said):
        return line
    return line[: line.index(said)] + sign + said + sign + line[line.index(said) + len(said) :]
