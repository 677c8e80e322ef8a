"""The tokens that stand for names, such as [MENTOR-4k7q], and whatever looks like one.

A kind in capitals and a code that begins with a digit and holds no vowel: no note has one by chance, and where
somebody writes one on purpose it is covered like a name.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Literal, get_args

Kind = Literal["MENTOR", "MENTEE", "PERSON", "NAME", "ORG", "CONTACT", "LINK", "AMOUNT", "AGE", "NUMBER", "MARK"]
_FIRST, _SIGNS, _LENGTH = "23456789", "23456789bcdfghjkmnpqrstvwxz", 4
_KIND = "|".join(get_args(Kind))
_CODE = rf"[{_FIRST}][{_SIGNS}]{{{_LENGTH - 1},}}"
TOKEN = re.compile(rf"\[(?:{_KIND})-{_CODE}\]")

# As a model may give one back, or a note may imitate it: without its brackets, in small letters, escaped for Markdown.
LOOSE = re.compile(rf"\\?[\[({{<]+ ?({_KIND})[-_ :] ?({_CODE}) ?\\?[\])}}>]+|\b({_KIND})[-_]({_CODE})\b", re.IGNORECASE)


def meant(match: re.Match[str]) -> str:
    """The token that a find of LOOSE means."""
    kind, code = match[1] or match[3], match[2] or match[4]
    return f"[{kind.upper()}-{code.lower()}]"


def code(key: bytes, identity: str, length: int = _LENGTH) -> str:
    """The code of something under a key: the same each time, and nobody without the key can tell of what."""
    number = int.from_bytes(hmac.new(key, identity.encode("utf-8", "surrogatepass"), hashlib.sha256).digest(), "big")
    number, first = divmod(number, len(_FIRST))
    signs = [_FIRST[first]]
    for _ in range(length - 1):
        number, next_one = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[next_one])
    return "".join(signs)


def token(kind: Kind, code: str) -> str:
    """A token as it is written."""
    return f"[{kind}-{code}]"
