"""The text of a PDF, without what stands on every page."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from assistant.documents.lines import item
from assistant.documents.text import Document, Unreadable, asked_for, counted, missing
from assistant.notes import marks
from assistant.records import Level

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_EDGE = 2  # lines at the top and the foot of a page that can be its header and its footer
_HALF = 40  # letters: a line of so many that stops within a sentence goes on in one that begins small
_LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_FULL = 0.75  # of the longest line, and of 60 letters: a line that reaches so far goes on in the next one


def read(raw: bytes) -> Document:
    """The text of all pages; raises Unreadable for what is encrypted, scanned or broken."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError:
        raise missing("PDF") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its doubts about a file are not for the user
    locked = "is protected with a password; save a copy without one, and add that"
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(locked)
        return _document(reader)
    except (DependencyError, FileNotDecryptedError):
        raise Unreadable(locked) from None
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  a broken PDF can break a parser in any way
        raise Unreadable("is damaged, or not all of it is there; save it again as PDF, or its text as .txt") from None


def _document(reader: PdfReader) -> Document:
    pages = [_lines(page) for page in reader.pages]
    pictures = sum(_pictures(page) for page in reader.pages)
    if not any(pages):
        why = "holds pictures of text and no text, as a scan does; have its text recognised (OCR), and add that"
        raise Unreadable(why if pictures else "holds no text; check that it is the file you mean")
    repeated = _repeated(pages)
    wrapping = [[n for n, line in enumerate(page) if _is_edge(n, page) and _bare(line) in repeated] for page in pages]
    kept = [line for page, out in zip(pages, wrapping, strict=True) for n, line in enumerate(page) if n not in out]
    said = "\n".join(page[n] for page, out in zip(pages, wrapping, strict=True) for n in out)
    if not kept:
        kept, repeated = [line for page in pages for line in page], set()
    left_out = (
        *counted(pictures, "picture"),
        *counted(sum(_comments(page) for page in reader.pages), "comment"),
        *counted(len(reader.get_fields() or {}), "form field"),
        *(("the page headers and footers",) if repeated else ()),
    )
    text = "\n".join(_paragraphs(kept)) + "\n"
    return Document(text, left_out, _level(text, said if repeated else ""))


def _lines(page: PageObject) -> list[str]:
    text = page.extract_text().translate(_LIGATURES)
    return [line.strip() for line in text.split("\n") if line.strip()]


def _level(text: str, wrapping: str) -> Level | None:
    """The level of the whole: a tag or a label in the text closes all of it, as a PDF does not tell what it belongs to."""
    found = [asked_for(wrapping), marks.closed_by(text.encode("utf-8"))]
    found += [marks.of_label(line) for line in text.split("\n")]
    return marks.strictest([level for level in found if level is not None])


def _pictures(page: PageObject) -> int:
    resources = page.get("/Resources")
    drawn = (resources.get_object() if resources is not None else {}).get("/XObject")
    return sum(part.get_object().get("/Subtype") == "/Image" for part in (drawn.get_object() if drawn else {}).values())


def _comments(page: PageObject) -> int:
    said = (note.get_object() for note in page.annotations or [])
    return sum(bool(note.get("/Contents")) and note.get("/Subtype") not in ("/Link", "/Widget") for note in said)


def _repeated(pages: list[list[str]]) -> set[str]:
    """What stands at the top or the foot of most pages, numbers aside."""
    edges = Counter(x for page in pages for x in {_bare(line) for n, line in enumerate(page) if _is_edge(n, page)})
    return {line for line, times in edges.items() if times >= 2 and times > len(pages) / 2}


def _is_edge(number: int, page: list[str]) -> bool:
    return number < _EDGE or number >= len(page) - _EDGE


def _bare(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines of a page as Markdown: what runs on joined, bullets as items, a mark that stands alone by itself."""
    full = _FULL * max(60, *map(len, lines))
    result: list[str] = []
    goes_on, before = False, ""
    for line in lines:
        marked, sign, words = item(line)
        alone = marks.MARKS.get(marks.squeeze(line)) is not None
        small = line[:1].islower() and len(before) >= _HALF and before[-1] not in ".!?:;"
        if (goes_on or small) and not marked and not alone:
            result[-1] = _joined(result[-1], line)
        else:
            result += [f"{sign}{words}"] if marked and result and item(result[-1])[0] else ["", f"{sign}{words}"]
        goes_on = len(line) >= full and not alone
        before = line
    return result[1:]


def _joined(before: str, after: str) -> str:
    """Two lines as one; a word that was broken at its hyphen is whole again."""
    if re.search(r"[^\W\d_]-$", before) and after[:1].islower() and not re.search(r"[A-Z]-$", before):
        return before[:-1] + after
    return f"{before} {after}"
