"""A sentence as it stands in a note: its Markdown taken off, its language told, its disguises seen."""

from __future__ import annotations

import html
import re
from functools import cache

from assistant import resources
from assistant.privacy.normal import flatten
from assistant.words import fold

_MARKUP = (
    (re.compile(r"^\s*\[![^\]]*\][+-]?"), ""),
    (re.compile(r"\[\^[^\]\s]+\]:?"), ""),
    (re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]"), r"\1"),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[[ xX]\]\s*"), ""),
    (re.compile(r"(?:(?:^|\s+)#[^\W\d][\w/-]*)+[\s.]*$"), ""),
    (re.compile(r"</?[a-zA-Z][^>\n]*>"), ""),
    (re.compile(r"(\*\*|__|~~|==|`)(.+?)\1"), r"\2"),
    (re.compile(r"(?<![\w*_])([*_])(\S(?:.*?\S)?)\1(?![\w*_])"), r"\2"),
)


def plain(text: str) -> str:
    """A sentence of Markdown as words alone, in one line, without tags at its end."""
    text = " ".join(html.unescape(text).split())
    for pattern, kept in _MARKUP:
        text = pattern.sub(kept, text)
    return "".join(c for c in text if c.isprintable()).strip(" -*•>|\t").lstrip(": ")


def language_of(text: str, otherwise: str) -> str:
    """nl or en by the small words of a sentence; `otherwise` where they don't tell."""
    found = re.findall(r"[^\W\d_]+", fold(text))
    counts = {code: sum(word in _small(code) for word in found) for code in ("nl", "en")}
    if counts["nl"] == counts["en"]:
        return otherwise
    return max(counts, key=lambda code: counts[code])


@cache
def _small(language: str) -> frozenset[str]:
    """The small words of one language that are none of the other."""
    lists = {
        code: frozenset(fold(resources.corpus().joinpath("words", f"stopwords.{code}.txt").read_text("utf-8")).split())
        for code in ("nl", "en")
    }
    return lists[language] - lists["en" if language == "nl" else "nl"]


def is_disguised(text: str) -> bool:
    """Has a text signs that nobody sees, or letters of another script that pass for Latin ones?"""
    flat = flatten(text).cased
    return sum(c.isalnum() for c in flat) != sum(c.isalnum() and ord(c) < 0x250 for c in text)
