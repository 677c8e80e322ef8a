"""Documents as offices make them, made here: nobody in them exists."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx
from docx.document import Document
from docx.oxml.parser import parse_xml

_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def word(fill: Callable[[Document], object], parts: dict[str, str] | None = None) -> bytes:
    """A Word document, filled; `parts` are put in or replaced afterwards."""
    document = docx.Document()
    fill(document)
    saved = io.BytesIO()
    document.save(saved)
    if parts is None:
        return saved.getvalue()
    result = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return result.getvalue()


def put(document: Document, xml: str) -> None:
    """Put a piece of WordprocessingML at the end of the text; `NAMES` in it stands for the namespaces."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace("NAMES", _NAMES)))


def checked(document: Document, text: str, ticked: bool) -> None:
    """A paragraph with the check box that Word's Developer tab makes."""
    sign, state = ("☒", "1") if ticked else ("☐", "0")
    put(
        document,
        f'<w:p NAMES><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>',
    )


def in_text_box(document: Document, text: str) -> None:
    """A text box as Word writes one: twice, for new and for old readers."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    put(
        document,
        f'<w:p NAMES><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )


def changed(document: Document) -> None:
    """A sentence with a deletion, an insertion and a move that nobody accepted yet."""
    put(
        document,
        '<w:p NAMES><w:r><w:t xml:space="preserve">Willem belt </w:t></w:r>'
        '<w:del w:id="1" w:author="A"><w:r><w:delText>Bram</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>Fatima</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="A"><w:r><w:t xml:space="preserve"> gisteren</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4" w:author="A"><w:r><w:t xml:space="preserve"> vrijdag</w:t></w:r></w:moveTo></w:p>',
    )


def pdf(*pages: list[str], picture: bool = False, two_columns: bool = False, encrypt: str = "") -> bytes:
    """A PDF of some lines a page, in Windows-1252; `picture` puts a grey dot on each page."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    dot = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    objects.append(dot + b"\nstream\n\x80\nendstream")
    kids = []
    for page in pages:
        drawn = b"\n".join(_drawn(line, n, len(page), two_columns) for n, line in enumerate(page))
        drawn += b"\nq 50 0 0 50 100 100 cm /D Do Q" if picture else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        drawings = b"/XObject << /D 4 0 R >>" if picture else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> %s >> >>" % (len(objects), drawings)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    raw = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"<< /Size %d /Root 1 0 R %s >>" % (len(objects) + 1, encrypt.encode())
    return raw + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        end,
        len(raw),
    )


def _drawn(line: str, number: int, count: int, two_columns: bool) -> bytes:
    right = two_columns and number >= count / 2
    x, y = (310 if right else 50), 800 - 14 * (number - (count // 2 if right else 0))
    text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F 11 Tf %d %d Td (%s) Tj ET" % (x, y, text)


def locked(raw: bytes, user: str = "geheim") -> bytes:
    """A PDF that asks for a password; without one it only asks for it to print."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def mail(text: str = "", html: str = "", charset: str = "utf-8", cte: str = "quoted-printable") -> EmailMessage:
    """A mail from Noor to Willem."""
    message = EmailMessage()
    message["From"] = "Noor van der Velde <noor@example.org>"
    message["To"] = "willem@example.org"
    message["Date"] = "Thu, 12 Mar 2026 16:05:00 +0100"
    message["Subject"] = "Ons gesprek – één punt"
    if text:
        message.set_content(text, charset=charset, cte=cte)
    if html and text:
        message.add_alternative(html, subtype="html", charset=charset, cte=cte)
    elif html:
        message.set_content(html, subtype="html", charset=charset, cte=cte)
    return message
