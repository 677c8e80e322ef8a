"""Notes as data in a prompt: every line marked with the id of its source, and no sign left that could end the data.

Whatever a note says, fake delimiters, roles or tokens, stands behind its mark. What a note says is no instruction; that
a model takes it for none is checked elsewhere, on its answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.privacy.tokens import TOKEN

MARK = re.compile(r"^[a-z]{1,12}\d{0,4} ?\| ", re.MULTILINE)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Signs that open or close something in the prompts of one server or another, each with a twin that does not.
_SIGNS = str.maketrans("<>＜＞﹤﹥⟨⟩[]［］|｜`", "‹›‹›‹›‹›()()¦¦'")


def marked(sources: Iterable[tuple[str, str]]) -> str:
    """The texts of sources, as (id, text), one line of data a line: "n3| ..."."""
    return "\n".join(f"{id}| {line}" for id, text in sources for line in safe(text).split("\n"))


def unmarked(prompt: str) -> str:
    """A prompt without the marks of its lines."""
    return MARK.sub("", prompt)


def safe(text: str) -> str:
    """A text without invisible signs and without signs that delimit; its tokens stay as they are."""
    lines = _LINE_END.sub("\n", text)
    parts, at = [], 0
    for match in TOKEN.finditer(lines):
        parts += [_plain(lines[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*parts, _plain(lines[at:])])


def _plain(text: str) -> str:
    return "".join(sign for sign in text if not _hides(sign)).translate(_SIGNS)


def _hides(sign: str) -> bool:
    """Is a sign one that nobody sees: a format or control sign, an unassigned one, a selector that carries data?"""
    if sign in "\n\t" or sign.isalnum():
        return False
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn", "Cs") or "\U000e0100" <= sign <= "\U000e01ef"
