"""Text in the form in which it is searched, with the way back: disguises off, every sign mapped to its old place."""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse
from bisect import bisect_left
from functools import cached_property

from msgspec import Struct

# Letters of other scripts that look like Latin ones, each with its Latin twin.
_ALIKE = str.maketrans(
    "аАеЕоОрРсСуУхХіІїЇјЈѕЅԁԀɡӏһҺкКмМтТнНвВгԛԝѵ" + "αΑβΒεΕζΖηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧɑɩıȷℓſ" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aAeEoOpPcCyYxXiIiIjJsSdDglhHkKmMtThHbBrqwv" + "aAbBeEzZnHiIkKuMvNoOpPtTuYxXaiijls" + "abcdefghijklmnoprstuvwyz",
)
_LETTERS = {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d"}
_SIGNS = str.maketrans("’‘ʼ´`ʹ′‚“”„«»″‐‑‒–—−", "''''''''\"\"\"\"\"\"------")


class Flat(Struct, frozen=True, dict=True):
    """`cased` is the text without disguises, in its own case; sign i of it stands at `at[i]` in the original.

    No accents, no invisible signs, every run of white space one space, words that were split at a line end joined.
    """

    cased: str
    at: tuple[int, ...]
    original: str

    @cached_property
    def folded(self) -> str:
        """`cased` in lower case, of the same length."""
        return _lower(self.cased)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of `cased` as offsets into the original."""
        return self.at[start], self.at[end - 1] + 1

    def forth(self, offset: int) -> int:
        """Where an offset of the original stands in `cased`."""
        return bisect_left(self.at, offset)

    def breaks(self, start: int, end: int) -> int:
        """How many line ends the original has where `cased` has start..end."""
        return self.original.count("\n", self.at[start], self.at[end - 1] + 1) if end > start else 0


def flatten(text: str) -> Flat:
    """Take the disguises off a text."""
    signs: list[str] = []
    at: list[int] = []
    for offset, sign in enumerate(text):
        for plain in _PLAIN[ord(sign)]:
            if plain.isspace():
                if signs and signs[-1] == " ":
                    continue
                plain = " "
            signs.append(plain)
            at.append(offset)
    _join_hyphenated(text, signs, at)
    return Flat("".join(signs), tuple(at), text)


def _plain(sign: str) -> str:
    """One sign without its disguise; "" of an invisible one."""
    if sign.isascii():
        return sign if sign.isprintable() or sign.isspace() else ""
    sign = unicodedata.normalize("NFKD", _LETTERS.get(sign, sign)).translate(_ALIKE).translate(_SIGNS)
    return "".join(c for c in sign if not unicodedata.category(c).startswith("M") and unicodedata.category(c) != "Cf")


# What a page shows otherwise than it is written: tags, entities, %20, signs of emphasis and hyphens inside a word.
_WRAPPED = re.compile(
    r"(?P<gone></?[a-zA-Z][^<>\n]{0,200}>|(?<=\w)(?:\*{1,3}|__|~~|==|`)(?=\w)|(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_]))"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)|(?P<escaped>(?:%[0-9a-fA-F]{2})+)"
)


def peeled(text: str) -> tuple[str, list[int]]:
    """The text as a page would show it, and for each sign of it where it stands in the text."""
    signs: list[str] = []
    at: list[int] = []
    last = 0
    for match in _WRAPPED.finditer(text):
        shown = ""
        if match["entity"]:
            shown = html.unescape(match["entity"])
        elif match["escaped"]:
            shown = urllib.parse.unquote(match["escaped"], errors="ignore")
        signs += [text[last : match.start()], shown]
        at += [*range(last, match.start()), *[match.start()] * len(shown)]
        last = match.end()
    return "".join([*signs, text[last:]]), [*at, *range(last, len(text))]


class _Plain(dict[int, str]):
    """`_plain` as a table for str.translate that fills itself."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


_PLAIN = _Plain()
_SPLIT_WORD = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")
_SPACE = re.compile(r"\s+")


def _join_hyphenated(text: str, signs: list[str], at: list[int]) -> None:
    """Take out hyphen and line end where a word is split between lines."""
    for i in range(len(signs) - 2, 0, -1):
        split = signs[i] == " " and signs[i - 1] == "-" and i > 1 and signs[i - 2].isalpha() and signs[i + 1].isalpha()
        if split and "\n" in text[at[i] : at[i + 1]]:
            del signs[i - 1 : i + 1], at[i - 1 : i + 1]


def folded(text: str) -> str:
    """`flatten(text).folded` at a fraction of the cost, without the way back."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.lower()
    text = text.translate(_PLAIN)
    if "\n" in text:
        text = _SPLIT_WORD.sub("", text)
    return _lower(_SPACE.sub(" ", text))


def _lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
