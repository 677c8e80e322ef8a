"""Documents as offices make them: the text that a note needs, or one sentence that says what to do."""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
from collections.abc import Callable

import pytest
from documents import office
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents import formats
from assistant.errors import Unusable
from assistant.records import Level


def _minutes(d: WordDocument) -> None:
    d.add_heading("Sessie 3", 0)
    d.add_heading("Besproken", 1)
    talk = d.add_paragraph("Willem was ")
    talk.add_run("heel").bold = True
    talk.add_run(" stil").bold = True
    talk.add_run(", Noor ")
    talk.add_run("niet").italic = True
    d.add_paragraph("de balie", style="List Bullet")
    d.add_paragraph("het rooster", style="List Bullet 2")
    d.add_paragraph("de kantine", style="List Bullet")
    d.add_paragraph("eerst dit", style="List Number")
    d.add_paragraph("dan dat", style="List Number")


def _boxes(d: WordDocument) -> None:
    office.checked(d, "Noor: stuurt de lijst", False)
    office.checked(d, "Willem: belt Fatima", True)
    d.add_paragraph("☐ typt er een")
    d.add_paragraph("[x] zo kan het ook")
    d.add_paragraph("☑ in een lijst", style="List Bullet")


def _old_boxes(d: WordDocument) -> None:
    """As documents of before 2010 have them: a sign of Wingdings, and the field of a form."""
    for sign in ("F0A8", "F0FE"):
        office.put(d, f'<w:p NAMES><w:r><w:sym w:font="Wingdings" w:char="{sign}"/><w:t> belt</w:t></w:r></w:p>')
    for default in (0, 1):
        box = f'<w:ffData><w:checkBox><w:default w:val="{default}"/></w:checkBox></w:ffData>'
        begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}">{box}</w:fldChar></w:r>' for kind in ("begin", "end"))
        asked = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        office.put(d, f"<w:p NAMES>{begin}{asked}{end}<w:r><w:t> schrijft</w:t></w:r></w:p>")


def _table(d: WordDocument, *rows: tuple[str, ...]) -> None:
    table = d.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def _merged(d: WordDocument) -> None:
    _table(d, ("Wie", "Wat", "Wanneer"), ("Noor", "lijst", "1 mei"), ("", "bellen", "2 mei"))
    table = d.tables[0]
    table.cell(1, 0).merge(table.cell(2, 0))


def _form(d: WordDocument) -> None:
    """One table over the whole page, as templates for minutes have it."""
    table = d.add_table(2, 1)
    table.cell(0, 0).text = "Aanwezig: Noor, Willem"
    cell = table.cell(1, 0)
    cell.text = "Wat we bespraken:"
    cell.add_paragraph("het rooster", style="List Bullet")
    cell.add_paragraph("de balie", style="List Bullet")


def _columns(d: WordDocument) -> None:
    from docx.oxml.parser import parse_xml

    d.add_paragraph("Links staat het rooster.")
    d.add_paragraph("Rechts staat de balie.")
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    d.sections[0]._sectPr.append(parse_xml(f'<w:cols {names} w:num="2" w:space="708"/>'))


def _headers(d: WordDocument) -> None:
    d.sections[0].header.paragraphs[0].text = "Memo 12, dienst Beleid"
    d.sections[0].footer.paragraphs[0].text = "Pagina 1"
    d.add_paragraph("We spraken over de balie.")


def _comment(d: WordDocument) -> None:
    said = d.add_paragraph("We spraken over de balie.")
    d.add_comment(said.runs[0], text="klopt dit?", author="Fatima")


def _link(d: WordDocument) -> None:
    address = d.part.relate_to("https://example.org/rooster", "http://x/hyperlink", is_external=True)
    names = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    office.put(
        d,
        f'<w:p NAMES><w:r><w:t xml:space="preserve">Zie </w:t></w:r><w:hyperlink {names} r:id="{address}">'
        "<w:r><w:t>het rooster</w:t></w:r></w:hyperlink></w:p>",
    )


def _struck(d: WordDocument) -> None:
    said = d.add_paragraph("Over de balie, ")
    said.add_run("over de kantine").font.double_strike = True
    said.add_run(" en over zijn baas").font.hidden = True
    said.add_run(" #delen")


def _picture(d: WordDocument) -> None:
    dot = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    d.add_picture(io.BytesIO(dot))
    d.add_paragraph("Zie het bord hierboven.")


_MINUTES = """# Sessie 3

## Besproken

Willem was **heel stil**, Noor *niet*

- de balie
  - het rooster
- de kantine
1. eerst dit
2. dan dat
"""
_BOXED = """- [ ] Noor: stuurt de lijst
- [x] Willem: belt Fatima
- [ ] typt er een
- [x] zo kan het ook
- [x] in een lijst
"""
_TEAMS = """WEBVTT

NOTE duration: 00:10:00

4f2c/11-0
00:00:03.000 --> 00:00:05.000
<v Willem Achterberg>Ik was op
de vloer &amp; daar was het stil.</v>

4f2c/11-1
00:00:05.000 --> 00:00:07.000
<v Willem Achterberg>En <b>dat</b> viel me op.</v>

00:00:07.000 --> 00:00:09.000
<v Noor>Waarom?</v> <v Willem Achterberg>Geen idee.</v>
"""
_ZOOM = """WEBVTT

1
00:00:03.000 --> 00:00:05.000
Willem Achterberg: Ik was op de vloer.

2
00:00:05.000 --> 00:00:07.000
Willem Achterberg: Daar was het stil.

3
00:00:07.000 --> 00:00:09.000
Noor van der Velde: Waarom?
"""
_SRT = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>We spraken</i>\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nover café Zuid.\r\n"
_HTML = """<html><head><style>p {color: red}</style></head><body><table><tr><td><p>Dag Willem,</p>
<p class=MsoListParagraph><![if !supportLists]>·&nbsp;&nbsp;<![endif]>het rooster</p>
<p>Zie <s>daar</s> <a href="https://example.org/r">hier</a>.<img src="cid:1"></p></td></tr></table>
<blockquote><p>Wat vond je?</p></blockquote></body></html>"""
_LONG = "We spraken een uur over het rooster van de balie en over wat mensen daarvan vinden, ook de ver-"


def _attached() -> bytes:
    message = office.mail("Dag Willem,\n\nDe lijst volgt.\n")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="lijst.pdf")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    return message.as_bytes()


# name of the file, how it is made, what its Markdown is or holds, what was left out
READ: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("minutes.docx", lambda: office.word(_minutes), _MINUTES, ""),
    ("boxes.docx", lambda: office.word(_boxes), _BOXED, ""),
    ("old-boxes.docx", lambda: office.word(_old_boxes), "- [ ] belt\n- [x] belt\n- [ ] schrijft\n- [x] schrijft\n", ""),
    (
        "actions.docx",
        lambda: office.word(lambda d: _table(d, ("Wie", "Wat"), ("Noor", "a | b\nc"))),
        "| Wie | Wat |\n|---|---|\n| Noor | a \\| b / c |\n",
        "",
    ),
    ("merged.docx", lambda: office.word(_merged), "| Noor | lijst | 1 mei |\n|  | bellen | 2 mei |\n", ""),
    ("form.docx", lambda: office.word(_form), "Aanwezig: Noor, Willem\n\nWat we bespraken:\n\n- het rooster\n- de", ""),
    ("box.docx", lambda: office.word(lambda d: office.in_text_box(d, "Onthoud de balie.")), "Onthoud de balie.\n", ""),
    ("changes.docx", lambda: office.word(office.changed), "Willem belt Fatima vrijdag\n", "tracked changes delete"),
    ("columns.docx", lambda: office.word(_columns), "Links staat het rooster.\n\nRechts staat de balie.\n", ""),
    ("headers.docx", lambda: office.word(_headers), "We spraken over de balie.\n", "the page headers and footers"),
    ("comment.docx", lambda: office.word(_comment), "We spraken over de balie.\n", "1 comment"),
    ("link.docx", lambda: office.word(_link), "Zie het rooster (https://example.org/rooster)\n", ""),
    (
        "field.docx",
        lambda: office.word(
            lambda d: office.put(
                d, '<w:p NAMES><w:fldSimple w:instr=" DATE "><w:r><w:t>12 maart</w:t></w:r></w:fldSimple></w:p>'
            )
        ),
        "12 maart\n",
        "",
    ),
    ("struck.docx", lambda: office.word(_struck), "Over de balie, ~~over de kantine~~ #delen\n", "hidden text"),
    ("picture.docx", lambda: office.word(_picture), "Zie het bord hierboven.\n", "1 picture"),
    ("named.pdf", lambda: office.word(lambda d: d.add_paragraph("Toch Word.")), "Toch Word.\n", ""),
    ("text.pdf", lambda: office.pdf(["Besproken: café Zuid", "• het rooster", "• de balie"]), "- het rooster\n- de b", ""),
    ("long.pdf", lambda: office.pdf([_LONG, "lofaanvragen."]), "ook de verlofaanvragen.", ""),
    ("narrow.pdf", lambda: office.pdf(["Noor stuurt voor 1 mei de lijst van alle", "vestigingen naar Willem.", "kort"]),
     "Noor stuurt voor 1 mei de lijst van alle vestigingen naar Willem.\n\nkort\n", ""),
    ("columns.pdf", lambda: office.pdf(["Links een", "Links twee", "Rechts een", "Rechts twee"], two_columns=True),
     "Links twee\n\nRechts een", ""),
    ("pages.pdf", lambda: office.pdf(*([f"Memo {n}", f"Regel {n} gaat over {w}", f"Pagina {n} van 3"]
     for n, w in enumerate(("de balie", "het rooster", "de kantine"), 1))),
     "Regel 1 gaat over de balie\n\nRegel 2 gaat over het rooster\n\nRegel 3", "headers and footers"),
    ("print-only.pdf", lambda: office.locked(office.pdf(["Gewoon te lezen"]), user=""), "Gewoon te lezen\n", ""),
    ("photo.pdf", lambda: office.pdf(["Met een bord"], picture=True), "Met een bord\n", "1 picture"),
    ("teams.vtt", lambda: _TEAMS.encode(),
     "Willem Achterberg: Ik was op de vloer & daar was het stil. En dat viel me op.\n\nNoor: Waarom?\n\n"
     "Willem Achterberg: Geen idee.\n", ""),
    ("zoom.vtt", lambda: _ZOOM.encode("utf-16"),
     "Willem Achterberg: Ik was op de vloer. Daar was het stil.\n\nNoor van der Velde: Waarom?\n", ""),
    ("film.srt", lambda: _SRT.encode(), "We spraken over café Zuid.\n", ""),
    ("outlook.eml", lambda: office.mail("Dag Willem,\n\n“Eén” punt.\n", charset="windows-1252").as_bytes(),
     "From: Noor van der Velde <noor@example.org>\nDate: 2026-03-12 16:05\nSubject: Ons gesprek – één punt\n\n"
     "Dag Willem,\n\n“Eén” punt.\n", ""),
    ("html.eml", lambda: office.mail(html=_HTML, cte="base64").as_bytes(),
     "Dag Willem,\n\n- het rooster\n\nZie ~~daar~~ hier (https://example.org/r).\n\n> Wat vond je?\n", "1 picture"),
    ("both.eml", lambda: office.mail("De tekst.\n", "<p>De opmaak.</p>").as_bytes(), "\n\nDe tekst.\n", ""),
    ("attached.eml", _attached, "De lijst volgt.\n", "1 attachment, 1 picture"),
    ("flowed.eml", lambda: b"From: N\nContent-Type: text/plain; format=flowed\n\nEen lange \nregel.\n", "Een lange regel.\n", ""),
    ("odd.eml", lambda: b"From: N\nContent-Type: text/plain; charset=x-none\n\nCaf\xe9.\n", "Café.\n", ""),
    ("old.txt", lambda: "Één café.\r\n".encode("cp1252"), "Één café.\n", ""),
    ("note.md", lambda: b"## Besproken\n\n- de balie\n", "## Besproken\n\n- de balie\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "made", "text", "left_out"), READ, ids=[case[0] for case in READ])
def test_the_text_of_a_document_is_kept_and_what_is_not_is_said(
    name: str, made: Callable[[], bytes], text: str, left_out: str
) -> None:
    document = formats.read(made(), name)
    assert text in document.text
    assert left_out in ", ".join(document.left_out)
    assert left_out or not document.left_out
    assert document.level is None


def _zip(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


_AES = "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O (o) /U (u) /OE (o) /UE (u) /Perms (p) >>"
_SMIME = b"From: N\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAG\n"
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty.docx", lambda: b"", "holds no text"),
    ("empty.txt", lambda: b" \n", "holds no text"),
    ("blank.docx", lambda: office.word(lambda d: None), "holds no text"),
    ("renamed.docx", lambda: b"MZ\x90\x00" + bytes(60), "is a program"),
    ("renamed.txt", lambda: b"\x7fELF" + bytes(60), "is a program"),
    ("words.docx", lambda: b"This is text.", "is no .docx file"),
    ("cut.docx", lambda: office.word(_minutes)[:9000], "is damaged"),
    ("holes.docx", lambda: _zip("word/document.xml"), "is damaged"),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "before Word 2007"),
    ("locked.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le"), "a password"),
    ("mail.msg", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .eml"),
    ("sheet.xlsx", lambda: _zip("xl/workbook.xml"), "workbook"),
    ("open.odt", lambda: _zip("mimetype", "content.xml"), "OpenDocument"),
    ("files.zip", lambda: _zip("note.md"), "unpack it"),
    ("rich.rtf", lambda: b"{\\rtf1 Dag}", "save it as .docx"),
    ("photo.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(30), "is a picture"),
    ("noise.bin", lambda: b"abc\x00\x01", "is no text"),
    ("scan.pdf", lambda: office.pdf([], [], picture=True), "OCR"),
    ("blank.pdf", lambda: office.pdf([]), "holds no text"),
    ("locked.pdf", lambda: office.locked(office.pdf(["Geheim"])), "a password"),
    ("aes.pdf", lambda: office.pdf(["Geheim"], encrypt=_AES), "a password"),
    ("cut.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<", "is damaged"),
    ("words.pdf", lambda: b"This is text.", "is no .pdf file"),
    ("empty.vtt", lambda: b"WEBVTT\n", "holds no text"),
    ("words.srt", lambda: b"This is text.", "are no captions"),
    ("words.eml", lambda: b"This is text.", "is no mail"),
    ("sealed.eml", lambda: _SMIME, "is encrypted"),
]


@pytest.mark.parametrize(("name", "made", "why"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_gives_no_text_gives_one_sentence(name: str, made: Callable[[], bytes], why: str) -> None:
    with pytest.raises(Unusable) as error:
        formats.read(made(), name)
    said = str(error.value)
    assert said.startswith(f"{name}: ")
    assert why in said
    assert "\n" not in said


@settings(max_examples=60)
@given(st.sampled_from(["minutes.docx", "pages.pdf", "teams.vtt", "attached.eml"]), st.data())
def test_a_damaged_document_is_text_or_unusable_and_nothing_else(name: str, data: st.DataObject) -> None:
    raw = bytearray(next(made() for known, made, _, _ in READ if known == name))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=8)):
        raw[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unusable):
        formats.read(bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw), name)


def test_a_trap_that_unpacks_to_gigabytes_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_LARGEST", 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(1_000_001))
    with pytest.raises(Unusable, match="unpacks to more than 1 MB"):
        formats.read(packed.getvalue(), "trap.docx")


@pytest.mark.parametrize(
    ("listed", "called"),
    [
        ("Achterberg, Willem", "Willem Achterberg"),
        ("Velde, N. van der (Noor)", "Noor van der Velde"),
        ("Velde, Noor van der (Gast)", "Noor van der Velde"),
        ("Willem Achterberg | Operations", "Willem Achterberg"),
        ("Willem Achterberg (Gast)", "Willem Achterberg (Gast)"),
        ("WA", "WA"),
    ],
)
def test_a_speaker_has_the_name_that_people_say(listed: str, called: str) -> None:
    cue = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v {listed}>Goed.</v>\n"
    assert formats.read(cue.encode(), "teams.vtt").text == f"{called}: Goed.\n"


# -- levels --


def _dutch_template(d: WordDocument) -> None:
    """Headings as a Dutch Word and a house style name them: by id and by what they build on."""
    style = d.styles.add_style("Kop Huisstijl", 1)
    style.base_style = d.styles["Heading 1"]
    d.add_heading("Verslag", 0)
    d.add_paragraph("Over de balie.")
    d.add_paragraph("Vertrouwelijk", style=style)
    d.add_paragraph("Over zijn baas.")
    d.add_paragraph("Delen", style="Heading 1")
    d.add_paragraph("Over de kantine.")


def test_a_mark_in_a_heading_closes_and_opens_its_section() -> None:
    text = formats.read(office.word(_dutch_template), "a.docx").text
    assert "## Vertrouwelijk\n\nOver zijn baas." in text
    assert "## Delen\n\nOver de kantine." in text


def _closed_title(d: WordDocument) -> None:
    d.add_heading("Vertrouwelijk", 0)
    d.add_heading("Besproken", 1)
    d.add_paragraph("Over zijn baas.")


def test_a_heading_that_is_struck_through_opens_nothing() -> None:
    text = formats.read(
        office.word(lambda d: setattr(d.add_heading("Delen", 1).runs[0].font, "strike", True)), "a.docx"
    ).text
    assert text == "# ~~Delen~~\n"


def test_a_title_holds_for_all_headings_under_it() -> None:
    assert formats.read(office.word(_closed_title), "a.docx").text.startswith("# Vertrouwelijk\n\n## Besproken\n")


def _watermark(d: WordDocument) -> None:
    d.add_paragraph("Over zijn baas.")
    d.sections[0].header.paragraphs[0].text = "Strikt vertrouwelijk"


_LABEL = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://'
    'schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-0800'
    '2B2CF9AE}" pid="2" name="MSIP_Label_1_Name"><vt:lpwstr>Confidential</vt:lpwstr></property></Properties>'
)


_MARK = '<w:hdr xmlns:w="w" xmlns:v="v"><v:shape><v:textpath style="x" string="GEHEIM"/></v:shape></w:hdr>'


def _private() -> bytes:
    message = office.mail("Over zijn baas.\n")
    message["Sensitivity"] = "Private"
    return message.as_bytes()


WRAPPED: list[tuple[str, Callable[[], bytes], Level]] = [
    ("header.docx", lambda: office.word(_watermark), Level.CONFIDENTIAL),
    ("label.docx", lambda: office.word(_minutes, {"docProps/custom.xml": _LABEL}), Level.CONFIDENTIAL),
    (
        "footer.pdf",
        lambda: office.pdf(*[[f"Over {who}", "Geheim"] for who in ("zijn baas", "Bram", "mij")]),
        Level.SEALED,
    ),
    (
        "tag.pdf",
        lambda: office.pdf(["Over zijn baas", "en zijn bonus #vertrouwelijk", "Over de balie"]),
        Level.CONFIDENTIAL,
    ),
    ("label.pdf", lambda: office.pdf(["Tussen ons: over zijn", "baas en zijn bonus"]), Level.CONFIDENTIAL),
    ("private.eml", _private, Level.OWN),
]


@pytest.mark.parametrize(("name", "made", "level"), WRAPPED, ids=[case[0] for case in WRAPPED])
def test_a_header_a_label_and_a_mail_marked_private_close_the_whole(
    name: str, made: Callable[[], bytes], level: Level
) -> None:
    assert formats.read(made(), name).level is level


def test_a_mark_in_a_table_closes_what_follows() -> None:
    text = formats.read(office.word(lambda d: _table(d, ("Vertrouwelijk", "Over zijn baas"))), "a.docx").text
    assert text == "Vertrouwelijk\n\nOver zijn baas\n"


@pytest.mark.parametrize("name", ["page.html", "PAGE.HTM"])
def test_a_page_is_read_by_its_headings_so_that_a_mark_closes(name: str) -> None:
    raw = b"<html><body><h2>Rooster</h2><p>Open.</p><h2>Geheim</h2><p>Over zijn baas</p></body></html>"
    assert formats.read(raw, name).text == "## Rooster\n\nOpen.\n\n## Geheim\n\nOver zijn baas\n"


def test_a_mark_in_the_last_column_closes_its_own_row() -> None:
    text = formats.read(office.word(lambda d: _table(d, ("Over zijn baas", "Vertrouwelijk"))), "a.docx").text
    assert text == "Vertrouwelijk\n\nOver zijn baas\n"


def _footnote(d: WordDocument) -> None:
    d.add_heading("Vertrouwelijk", 1)
    office.put(d, '<w:p NAMES><w:r><w:t>Over zijn baas</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    d.add_heading("Delen", 1)
    d.add_paragraph("Over de kantine")


def test_what_unfolds_in_a_mail_is_closed_by_its_summary() -> None:
    html = "<p>Open.</p><details><summary>Geheim</summary>Willem gaat weg.</details>"
    read = formats.read(office.mail(html=html).as_bytes(), "details.eml")
    assert [line for line in read.text.splitlines() if "Geheim" in line or "weg" in line] == [
        "Geheim",
        "Willem gaat weg.",
    ]


def test_a_footnote_stands_where_it_is_called_and_is_closed_with_it() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>en zijn bonus</w:t></w:r></w:p></w:footnote>'
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {"word/footnotes.xml": f"<w:footnotes {names}>{note}</w:footnotes>"}
    text = formats.read(office.word(_footnote, parts), "a.docx").text
    assert text == "# Vertrouwelijk\n\nOver zijn baas (en zijn bonus)\n\n# Delen\n\nOver de kantine\n"


def test_without_its_library_a_format_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for library, name, raw in (
        ("mammoth", "a.docx", office.word(_minutes)),
        ("pypdf", "a.pdf", office.pdf(["x"])),
        ("webvtt", "a.vtt", _ZOOM.encode()),
    ):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(Unusable, match=r"pip install 'prep-reverse-mentoring\[office\]'"):
            formats.read(raw, name)
