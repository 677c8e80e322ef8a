"""The texts that bytes may hold, whatever a program wrapped them in: encodings, escapes, tags, mail, archives."""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from assistant.files import decode

_MOST = 100_000_000  # bytes of one part of an archive
_DEEP = 3
_PICTURED = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"\xfd7zXZ", b"BZh", b"ID3"
)  # fmt: skip
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrtbf]))")


class Opaque(Exception):
    """These bytes are in a form in which text can't be seen: pictures, PDF, sealed archives."""


def texts(raw: bytes, depth: int = _DEEP) -> Iterator[str]:
    """Every text that these bytes may hold, the plain reading first; raises Opaque after the last where some is hidden."""
    if raw.startswith(b"PK\x03\x04"):
        yield from _zipped(raw, depth)
    elif raw.startswith(b"\x1f\x8b"):
        yield from _gzipped(raw, depth)
    else:
        yield from _plain(raw)
        if raw.startswith(_PICTURED) or raw[4:8] == b"ftyp":
            raise Opaque


def _plain(raw: bytes) -> Iterator[str]:
    text, _ = decode(raw)
    yield text
    if b"\x00" in raw:  # UTF-16 without its sign, or a database
        yield decode(raw.replace(b"\x00", b""))[0]
        yield raw.decode("utf-8", errors="ignore")
    if "\\" in text:
        yield _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", text)
    if "<" in text or "&" in text:
        yield html.unescape(re.sub(r"<[^>]*>", " ", text))
        paragraphs = re.sub(r"</(?:w:p|p|li|td|tr|h\d|div)>|<br", " <", text)
        yield html.unescape(re.sub(r"<[^>]*>", "", paragraphs))  # <b>W</b>ord
    if b"content-transfer-encoding" in raw.lower():
        yield from _mailed(raw)


def _mailed(raw: bytes) -> Iterator[str]:
    from email import message_from_bytes

    for part in message_from_bytes(raw).walk():
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and b"content-transfer-encoding" not in body.lower():
            yield from texts(body, 1)


def _zipped(raw: bytes, depth: int) -> Iterator[str]:
    hidden = False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for part in archive.infolist():
                yield part.filename
                if part.is_dir():
                    continue
                if part.flag_bits & 1 or part.file_size > _MOST or not depth:
                    hidden = True
                    continue
                try:
                    yield from texts(archive.read(part), depth - 1)
                except (Opaque, NotImplementedError):
                    hidden = True
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        hidden = True
    if hidden:
        raise Opaque


def _gzipped(raw: bytes, depth: int) -> Iterator[str]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            inner = file.read(_MOST)
    except (OSError, EOFError, zlib.error):
        raise Opaque from None
    if not depth:
        raise Opaque
    yield from texts(inner, depth - 1)
