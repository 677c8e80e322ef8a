"""Which format a file is of, by its content first and by its name second, and who reads that."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from assistant.documents import captions, html, mail, pdf, word
from assistant.documents.text import Document, Reader, Unreadable, counted
from assistant.errors import Unusable
from assistant.files import decode

_LARGEST = 300_000_000  # bytes of an unpacked document: more is no note, or a trap
_AS_TEXT = "save what belongs in the note as .docx or .txt"
_NO_DOCUMENTS = {
    b"MZ": "is a program, whatever its name says; choose the document itself",
    b"\x7fELF": "is a program, whatever its name says; choose the document itself",
    b"{\\rtf": "is rich text (RTF); save it as .docx or .txt",
    b"\x89PNG": f"is a picture; {_AS_TEXT}",
    b"\xff\xd8\xff": f"is a picture; {_AS_TEXT}",
    b"GIF8": f"is a picture; {_AS_TEXT}",
    b"OggS": f"is a recording; {_AS_TEXT}",
    b"ID3": f"is a recording; {_AS_TEXT}",
}
_ZIPPED = {
    "xl/workbook.xml": f"is a workbook of Excel; {_AS_TEXT}",
    "ppt/presentation.xml": f"is a presentation; {_AS_TEXT}",
    "mimetype": "is an OpenDocument file; save it as .docx or .txt",
}


def plain(raw: bytes) -> Document:
    """Text and Markdown, in whatever encoding; raises Unreadable for what is no text."""
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"is no text; {_AS_TEXT}")
    return Document(decode(raw)[0])


def page(raw: bytes) -> Document:
    """A page as a browser or a notebook program saves it: as text its headings would close nothing."""
    text, pictures = html.markdown(decode(raw)[0])
    return Document(text, counted(pictures, "picture"))


_READERS: dict[str, Reader] = {
    ".docx": word.read,
    ".pdf": pdf.read,
    ".vtt": captions.read_vtt,
    ".srt": captions.read_srt,
    ".eml": mail.read,
    ".html": page,
    ".htm": page,
}


def read(raw: bytes, name: str) -> Document:
    """A document as Markdown; `name` is the file's name, or what stands for it. Raises Unusable."""
    try:
        document = _reader(raw, PurePath(name).suffix.lower())(raw)
        if not document.text.strip():
            raise Unreadable("holds no text; check that it is the file you mean")
    except Unreadable as why:
        raise Unusable(f"{name}: {why}") from None
    return document


def _reader(raw: bytes, suffix: str) -> Reader:
    """Who reads these bytes; raises Unreadable for what nobody reads."""
    if not raw.strip():
        return plain
    for start, why in _NO_DOCUMENTS.items():
        if raw.startswith(start):
            raise Unreadable(why)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_old_office(raw, suffix))
    if raw.startswith(b"PK"):
        return _zipped(raw)
    if b"%PDF-" in raw[:1024]:
        return pdf.read
    if suffix in (".docx", ".pdf"):
        raise Unreadable(f"is no {suffix} file, whatever its name says; save it again from the program that made it")
    return _READERS.get(suffix, plain) if not raw.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT") else captions.read_vtt


def _old_office(raw: bytes, suffix: str) -> str:
    """What Microsoft's container of before 2007 holds: an encrypted .docx, a message of Outlook, an old document."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "is protected with a password; save a copy without one, and add that"
    if suffix == ".msg":
        return "is a message of Outlook; save it as .eml or as text"
    return "is a document of before Word 2007; open it in Word and save it as .docx"


def _zipped(raw: bytes) -> Reader:
    broken = "is damaged, or not all of it is there; save it again from the program that made it"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable(broken) from None
    if size > _LARGEST:
        raise Unreadable(f"unpacks to more than {_LARGEST // 1_000_000} MB; {_AS_TEXT}")
    for part, why in _ZIPPED.items():
        if part in names:
            raise Unreadable(why)
    if not any(name.startswith("word/") for name in names):
        raise Unreadable(f"is an archive and no document; unpack it, and {_AS_TEXT}")
    return word.read
