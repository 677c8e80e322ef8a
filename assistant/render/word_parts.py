"""What python-docx has no words for: footnotes, boxes to tick, lists that begin at one, the language, no author."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_LOCALES = {"nl": "nl-NL", "en": "en-GB"}
_FONT, _FONT_OF_PLAIN, _SIGNS = "Calibri", "Consolas", "Segoe UI Symbol"
_OURS = ("Check List", "Table Head")  # the styles that Word does not know by name
_SHORT_LIST = 4
_INK, _SOFT = "1F2933", "5B6770"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_NAMES = f'xmlns:w="{_W}" xmlns:w14="{_W14}"'
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOTED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_RAISED = _NOTED.replace("/></w:rPr>", '/><w:vertAlign w:val="superscript"/></w:rPr>')  # fields do not all heed a style
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def xml(text: str) -> Any:
    """A piece of WordprocessingML."""
    from docx.oxml.parser import parse_xml

    at = next(n for n, sign in enumerate(text) if sign in " />")
    return parse_xml(f"{text[:at]} {_NAMES}{text[at:]}")


class Footnotes:
    """The sources of a draft, numbered as they are first cited; citing one again points to its note."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._numbers: dict[str, int] = {}

    def cite(self, paragraph: Paragraph, written: str) -> None:
        """Put the signs of "[n1, n2]" behind a text; what is no source stays as it is written."""
        keys = written.strip(" []").split(", ") if written else []
        if not all(key in self._texts for key in keys):
            paragraph.add_run(written)
            return
        for n, key in enumerate(keys):
            if n:
                paragraph.add_run(" ").font.superscript = True
            known = self._numbers.get(key)
            number = self._numbers.setdefault(key, len(self._numbers) + 1)
            paragraph._p.extend(_again(number) if known else _first(number))

    def told(self, say: Callable[[Paragraph, str], None]) -> Any:
        """The XML of all notes, in the order of their numbers; None without any. `say` writes the words of one."""
        from docx.text.paragraph import Paragraph

        if not self._numbers:
            return None
        root = xml("<w:footnotes/>")
        for id, kind in ((-1, "separator"), (0, "continuationSeparator")):
            root.append(xml(f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'))
        for key, number in self._numbers.items():
            note = xml(
                f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
                f"<w:r>{_NOTED}<w:footnoteRef/></w:r></w:p></w:footnote>"
            )
            paragraph = Paragraph(note[0], cast(Any, None))  # it asks its parent for styles alone
            paragraph.add_run(" ")
            say(paragraph, self._texts[key])
            root.append(note)
        return root


def _first(number: int) -> list[Any]:
    """A reference to a footnote, with a bookmark that later ones point to."""
    return [
        xml(f'<w:bookmarkStart w:id="{number}" w:name="_Note{number}"/>'),
        xml(f'<w:r>{_NOTED}<w:footnoteReference w:id="{number}"/></w:r>'),
        xml(f'<w:bookmarkEnd w:id="{number}"/>'),
    ]


def _again(number: int) -> list[Any]:
    return field(f"NOTEREF _Note{number} \\f \\h", str(number), _RAISED)


def field(asked: str, shown: str, look: str = "") -> list[Any]:
    """A field, which Word works out, and what stands there until it does."""
    inside = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {asked} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{shown}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return [xml(f"<w:r>{look}{part}</w:r>") for part in inside]


def put_box(paragraph: Paragraph, ticked: bool) -> None:
    """A check box that can be ticked in Word, at the start of a line."""
    sign, state = ("☒", 1) if ticked else ("☐", 0)
    paragraph._p.append(
        xml(
            f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/>'
            f'<w14:checkedState w14:val="2612" w14:font="{_SIGNS}"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="{_SIGNS}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
            f'<w:rPr><w:rFonts w:ascii="{_SIGNS}" w:hAnsi="{_SIGNS}" w:eastAsia="{_SIGNS}"/></w:rPr>'
            f"<w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    paragraph.add_run("\t")


def numbering(document: Document, level: str, start: int) -> int:
    """A numbering of its own for a list that begins at `start`."""
    style = document.styles[f"List Number{level}"].element
    known = document.part.numbering_part.element
    like = known.num_having_numId(style.pPr.numPr.numId.val)
    made = known.add_num(like.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def number(paragraph: Paragraph, id: int) -> None:
    """Let a paragraph count in a numbering."""
    asked = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    asked.get_or_add_ilvl().val = 0
    asked.get_or_add_numId().val = id


def head_of(table: Table) -> None:
    """The first row in bold, and again on each page that the table goes on to."""
    for cell in table.rows[0].cells:
        cell.paragraphs[0].style = "Table Head"
    table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))


def keep_whole(block: Sequence[Paragraph], leads_on: bool) -> None:
    """Let no page end within a paragraph of a block or a short list, nor between a paragraph and the list that it leads to."""
    for n, paragraph in enumerate(block):
        paragraph.paragraph_format.keep_together = True
        if len(block) <= _SHORT_LIST and (leads_on or n < len(block) - 1):
            paragraph.paragraph_format.keep_with_next = True


def set_off(paragraph: Paragraph) -> None:
    """Some room above a paragraph that follows on a list."""
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = Pt(8)


# -- the whole document --


def dress(document: Document, language: str) -> None:
    """The look of all drafts: A4, one readable font, the language that spelling is checked in."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(20)
    defaults = document.styles.element.find(f"{{{_W}}}docDefaults/{{{_W}}}rPrDefault/{{{_W}}}rPr")
    for old in defaults.findall(f"{{{_W}}}lang"):
        defaults.remove(old)
    locale = _LOCALES.get(language, language)
    defaults.append(xml(f'<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/>'))
    _styled(document, "Normal", 11, _INK, after=6)
    for rank, size in enumerate((20, 14, 12, 11, 11, 11), 1):
        _styled(document, f"Heading {rank}", size, _INK, before=14 if rank < 3 else 10, after=4, bold=True)
    for level, indent in (("", 7), (" 2", 14), (" 3", 21)):
        style = _added(document, f"Check List{level}", "Normal", after=3)
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Mm(indent), Mm(-7)
        style.paragraph_format.tab_stops.add_tab_stop(Mm(indent))
        for kind in ("Bullet", "Number", "Continue"):
            _styled(document, f"List {kind}{level}", 11, _INK, after=3)
    _styled(document, "Subtitle", 9.5, _SOFT, after=8)
    _styled(document, "Quote", 11, _INK, after=4)
    document.styles["Quote"].paragraph_format.left_indent = Mm(7)
    _added(document, "Table Head", "Normal").font.bold = True
    plain = _added(document, "Plain Text", "Normal", after=6)
    _font(plain, _FONT_OF_PLAIN)
    plain.font.size = Pt(9.5)
    _added(document, "footnote text", "Normal", after=0, id="FootnoteText").font.size = Pt(9)
    _added(document, "footnote reference", None, id="FootnoteReference").font.superscript = True


def _styled(document: Document, name: str, size: float, colour: str, *, before: int = 0, after: int = 0,
            bold: bool = False) -> None:  # fmt: skip
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    _font(style, _FONT)
    style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
    style.font.bold, style.font.italic = bold, False
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15
    element = style.element
    for old in [*element.findall(f"{{{_W}}}link"), *element.rPr.findall(f"{{{_W}}}spacing")]:
        old.getparent().remove(old)


def _font(style: Any, name: str) -> None:
    """A font by its name: those of the theme, which would go before it, are taken out."""
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for attribute in [a for a in fonts.attrib if a.lower().endswith("theme")]:
        del fonts.attrib[attribute]
    fonts.set(f"{{{_W}}}cs", name)


def _added(document: Document, name: str, base: str | None, *, after: int = 0, id: str = "") -> Any:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    kind = WD_STYLE_TYPE.PARAGRAPH if base else WD_STYLE_TYPE.CHARACTER
    style: Any = document.styles.add_style(name, kind, builtin=not name.startswith(_OURS))
    if base:
        style.base_style = document.styles[base]
        style.paragraph_format.space_after = Pt(after)
    if id:
        style.element.set(f"{{{_W}}}styleId", id)
    return style


def finish(document: Document, title: str, notes: Any) -> None:
    """Page numbers, the footnotes, and of the properties none but the title."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot._p.extend(field("PAGE", "1"))
    if notes is not None:
        raw = serialize_part_xml(notes)
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, raw, document.part.package)
        document.part.relate_to(part, _FOOTNOTES)
    core = document.core_properties._element
    for known in list(core):
        core.remove(known)
    document.core_properties.title = title
    for setting in document.settings.element.iter(f"{{{_W}}}compatSetting"):
        if setting.get(f"{{{_W}}}name") == "compatibilityMode":
            setting.set(f"{{{_W}}}val", "15")  # below it Word's title bar says that the document is old
    rels = document.part.package.rels
    for id in [id for id, rel in rels.items() if rel.reltype == _THUMBNAIL]:
        del rels[id]
