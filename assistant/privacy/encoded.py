"""What hides letters from a reader: escapes, base64 and the like, and what looks like one of our own tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy import tokens
from assistant.privacy.normal import flatten

_ESCAPED = re.compile(
    r"[\w&#;%\\=+/.@-]*"
    r"(?:&#?\w{2,8};|%[0-9A-Fa-f]{2}(?=[\w%])|\\[ux]\{?[0-9A-Fa-f]{2,6}|=[0-9A-F]{2}(?=\w|=)|\\[0-7]{3})"
    r"[\w&#;%\\=+/.@-]*"
)
# Sixteen signs and more, not of one word: base64, hexadecimal figures, keys.
_PACKED = re.compile(
    r"(?<![\w+/=-])(?=[\w+/=-]*[A-Za-z])(?=[\w+/=-]*(?:\d|[a-z][A-Z]))[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/=-])"
)


def encoded(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of such stretches; they may overlap, and the first of two is to hold."""
    for match in tokens.TOKEN.finditer(text):
        yield match.span()
    flat = flatten(text)
    for match in tokens.LOOSE.finditer(flat.cased):
        yield flat.back(*match.span())
    for pattern in (_ESCAPED, _PACKED):
        for match in pattern.finditer(text):
            yield match.span()
