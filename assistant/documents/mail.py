"""One mail as a mail program saves it (.eml): from whom, when, about what, and its text."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, MIMEPart

from assistant.documents import html
from assistant.documents.text import Document, Unreadable, asked_for, counted
from assistant.files import decode

_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_SENSITIVITY = {"personal": "private", "private": "private", "company-confidential": "confidential"}


def read(raw: bytes) -> Document:
    """The mail's text part, else its HTML without the tags; raises Unreadable."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not any(_header(message, name) for name in ("From", "Subject", "Date")):
        raise Unreadable("is no mail; save it as .eml from your mail program, or its text as .txt")
    if message.get_content_type() in _ENCRYPTED:
        raise Unreadable("is encrypted; open it in your mail program and save its text as .txt")
    body, pictures = _body(message)
    parts = [part for part in message.walk() if not part.is_multipart()]
    pictures = max(pictures, sum(part.get_content_maintype() == "image" for part in parts))
    others = sum(part.is_attachment() and part.get_content_maintype() != "image" for part in message.walk())
    head = [f"{name}: {value}" for name in ("From", "Date", "Subject") if (value := _header(message, name))]
    asked = _SENSITIVITY.get(_header(message, "Sensitivity").lower(), "")
    return Document(
        "\n".join(head) + f"\n\n{body.strip()}\n",
        (*counted(others, "attachment"), *counted(pictures, "picture")),
        asked_for(f"{asked} {_header(message, 'msip_labels')}"),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header in one line; a date as year, month, day and the sender's time. "" where there is none."""
    try:
        value = message[name]
    except (ValueError, TypeError, IndexError, AttributeError):  # a header that the email package trips over
        return ""
    if value is None:
        return ""
    sent = getattr(value, "datetime", None)
    return f"{sent:%Y-%m-%d %H:%M}" if sent else " ".join(str(value).split())


def _body(message: EmailMessage) -> tuple[str, int]:
    """The text and how many pictures stood in it."""
    written = message.get_body(("plain",))
    text = _text(written) if written is not None else ""
    if text.strip():
        return text, 0
    marked_up = message.get_body(("html",))
    return html.markdown(_text(marked_up)) if marked_up is not None else ("", 0)


def _text(part: MIMEPart) -> str:
    """The text of a part in the encoding that it claims, else in the one that it has."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        text = raw.decode(part.get_content_charset("utf-8")).replace("\r\n", "\n")
    except (LookupError, ValueError):
        text = decode(raw)[0]
    return text if part.get_param("format") != "flowed" else _flowed(text)


def _flowed(text: str) -> str:
    """Lines that a mail program broke, joined (RFC 3676)."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- " and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(line.rstrip() for line in lines)
