"""A mail as plain text, as Markdown, and as a draft that a mail program opens (.eml)."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.drafts import Followup
from assistant.errors import Unusable
from assistant.records import Person

if TYPE_CHECKING:
    from email.headerregistry import Address


def text(mail: Followup) -> str:
    """The subject as a heading line, then the mail."""
    return f"{mail.subject}\n\n{mail.text}"


def markdown(mail: Followup) -> str:
    """The same as Markdown: what looks like markup is shown as it is."""
    body = mail.text.replace("<", "&lt;").replace("%%", "% %")
    lines = [line if line.startswith("- ") or not line else f"{line}  " for line in body.split("\n")]
    return f"# {mail.subject}\n\n" + "\n".join(lines).rstrip() + "\n"


def eml(mail: Followup, sender: Person | None, *readers: Person, copies: Sequence[Person] = ()) -> str:
    """The mail as a draft (X-Unsent), in ASCII with CRLF; From, To and Cc only where pair.toml has an address.

    Without `sender` the mail program fills in who sends it; `copies` are the other mentors of a panel.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = mail.subject
    for header, people in (("From", [sender] if sender else []), ("To", readers), ("Cc", copies)):
        if known := [_address(p, f"pairs/{mail.pair}/pair.toml") for p in people if p.email]:
            message[header] = known
    message.set_content(mail.text, cte="quoted-printable")
    return message.as_bytes().decode("ascii")


def _address(person: Person, path: str) -> Address:
    from email.headerregistry import Address

    with contextlib.suppress(Exception):  # the parser of addresses fails in many ways
        if person.email and person.email.isascii():
            return Address(" ".join(person.name.split()), addr_spec=person.email)
    raise Unusable(f"{path}: an `email` is no mail address; write it as in noor@example.org")
