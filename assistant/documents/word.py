"""A Word document: its text with headings, lists, boxes, tables and footnotes, as it stands after all tracked changes."""

from __future__ import annotations

import html
import io
import re
import zipfile
from xml.etree import ElementTree

from assistant.documents.html import markdown
from assistant.documents.text import Document, Unreadable, asked_for, counted, missing

# Styles that Word's own map of headings and lists does not have. A paragraph without text parts two quotes.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Continue'] => ul|ol > li > p:fresh
p[style-name='List Continue 2'] => ul|ol > li > ul|ol > li > p:fresh
p[style-name='List Continue 3'] => ul|ol > li > ul|ol > li > ul|ol > li > p:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='Check List'] => ul > li:fresh
p[style-name='Check List 2'] => ul|ol > li > ul > li:fresh
p[style-name='Check List 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='Plain Text'] => pre:fresh
p[style-name^='toc '] =>
p[style-name^='TOC '] =>
"""
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|<v:textpath [^>]*\bstring=\"([^\"]*)\"")
_LABEL = re.compile(rb"name=\"MSIP_Label_[^\"]*_Name\"[^>]*>\s*<vt:lpwstr>([^<]*)<")


def read(raw: bytes) -> Document:
    """The document's text; raises Unreadable."""
    try:
        import mammoth
    except ImportError:
        raise missing("Word documents") from None
    try:
        parts = _parts(raw)
        made = mammoth.convert_to_html(
            io.BytesIO(_prepared(raw, parts)),
            style_map=_STYLES + _headings(parts),
            include_embedded_style_map=False,
            ignore_empty_paragraphs=False,
            id_prefix="prep-",
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except Exception:  # noqa: BLE001  a broken document can break a parser in any way
        raise Unreadable("is damaged, or not all of it is there; save it again from the program that made it") from None
    text, pictures = markdown(made.value)
    wrapping = " \n".join(_shown(xml) for name, xml in parts.items() if re.match(r"word/(?:header|footer)", name))
    label = " ".join(match.decode() for match in _LABEL.findall(parts.get("docProps/custom.xml", b"")))
    return Document(text, _left_out(parts, pictures, wrapping), asked_for(f"{html.unescape(wrapping)} {label}"))


def _parts(raw: bytes) -> dict[str, bytes]:
    """The XML parts of a document, by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.endswith(".xml")}


def _prepared(raw: bytes, parts: dict[str, bytes]) -> bytes:
    """The document without hidden text, and with what mammoth skips: words of simple fields (a date), double strikes."""
    body = parts.get(_BODY, b"")
    if not any(sign in body for sign in (b"<w:fldSimple", b"<w:vanish", b"<w:dstrike")):
        return raw
    body = re.sub(rb"</?w:fldSimple\b[^>]*>", b"", body).replace(b"<w:dstrike", b"<w:strike")
    root = ElementTree.fromstring(body)
    for parent in list(root.iter()):
        for run in [child for child in parent if child.tag == f"{_W}r" and _is_hidden(child)]:
            parent.remove(run)
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            new.writestr(name, ElementTree.tostring(root) if name == _BODY else old.read(name))
    return result.getvalue()


def _is_hidden(run: ElementTree.Element) -> bool:
    return run.find(f"{_W}rPr/{_W}vanish") is not None and _value(run, "rPr/vanish") not in ("0", "false")


def _headings(parts: dict[str, bytes]) -> str:
    """The map of all styles that are headings, by name, by outline or by what they build on; a title is over them."""
    styles: dict[str, tuple[str, int, str]] = {}  # id -> name, outline level, what it builds on
    for style in ElementTree.fromstring(parts.get("word/styles.xml", b"<none/>")).iter(f"{_W}style"):
        name = _value(style, "name")
        named = re.fullmatch(r"heading ([1-9])", name, re.IGNORECASE)
        outline = int(named[1]) - 1 if named else int(_value(style, "pPr/outlineLvl", "-1"))
        styles[style.get(f"{_W}styleId", "")] = (name, outline, _value(style, "basedOn"))
    used = set(re.findall(rb'<w:pStyle w:val="([^"]*)"', parts.get(_BODY, b"")))
    under = int(any(id.encode() in used and name.lower() == "title" for id, (name, _, _) in styles.items()))
    lines = []
    for id, (name, _, _) in styles.items():
        rank = _outline(id, styles)
        if 0 <= rank < 9 and name.lower() != "title":
            quoted = name.replace("\\", "\\\\").replace("'", "\\'")
            lines.append(f"p[style-name='{quoted}'] => h{min(rank + 1 + under, 6)}:fresh")
    return "\n".join(lines)


def _outline(id: str, styles: dict[str, tuple[str, int, str]], steps: int = 9) -> int:
    """The outline level of a style, 0 the highest, -1 of no heading."""
    _, outline, base = styles.get(id, ("", -1, ""))
    return outline if outline >= 0 or not steps or base not in styles else _outline(base, styles, steps - 1)


def _value(style: ElementTree.Element, path: str, default: str = "") -> str:
    found = style.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return default if found is None else found.get(f"{_W}val", default)


def _shown(xml: bytes) -> str:
    return "".join((text or drawn + b" ").decode("utf-8", "replace") for text, drawn in _SHOWN.findall(xml))


def _left_out(parts: dict[str, bytes], pictures: int, wrapping: str) -> tuple[str, ...]:
    body = parts.get(_BODY, b"")
    return (
        *counted(pictures, "picture"),
        *counted(
            len(re.findall(rb"<(?:c:chart|dgm:relIds|m:oMath)\b", body)), "chart or formula", "charts or formulas"
        ),
        *counted(len(re.findall(rb"<w:comment ", parts.get("word/comments.xml", b""))), "comment"),
        *(("the text that tracked changes delete",) if b"<w:delText" in body else ()),
        *(("hidden text",) if b"<w:vanish/>" in body else ()),
        *(("the page headers and footers",) if any(c.isalpha() for c in wrapping) else ()),
    )
