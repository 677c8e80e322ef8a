"""A sentence as it stands in a note: its Markdown taken off, its language told, its disguises seen."""

from __future__ import annotations

import html
import re
from functools import cache

from assistant import resources
from assistant.privacy import lexicon
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
    """nl or en by the small words of a sentence, else by its other words; `otherwise` where they don't tell."""
    found = re.findall(r"[^\W\d_]+", fold(text))
    for is_of in (_is_small, _is_listed):
        nl, en = (sum(is_of(word, code) for word in found) for code in ("nl", "en"))
        if nl != en:
            return "nl" if nl > en else "en"
    return otherwise


def _is_small(word: str, language: str) -> bool:
    return word in _small(language)


def _is_listed(word: str, language: str) -> bool:
    return word in _listed(language) or any(base in _listed(language) for base in lexicon.bases(word))


@cache
def _small(language: str) -> frozenset[str]:
    """The small words of one language that are none of the other."""
    lists = {
        code: frozenset(fold(resources.corpus().joinpath("words", f"stopwords.{code}.txt").read_text("utf-8")).split())
        for code in ("nl", "en")
    }
    return lists[language] - lists["en" if language == "nl" else "nl"]


@cache
def _listed(language: str) -> frozenset[str]:
    """The words of one side of the Dutch-English list that are not of the other."""
    text = resources.corpus().joinpath("words", "nl-en.txt").read_text("utf-8")
    sides = [line.partition(" = ") for line in text.splitlines() if " = " in line and not line.startswith("#")]
    lists = {
        "nl": frozenset(fold(one) for one, _, _ in sides),
        "en": frozenset(word for _, _, other in sides for word in re.findall(r"[^\W\d_]+", fold(other))),
    }
    return lists[language] - lists["en" if language == "nl" else "nl"]


def is_disguised(text: str) -> bool:
    """Has a text signs that nobody sees, or letters of another script that pass for Latin ones?"""
    flat = flatten(text).cased
    return sum(c.isalnum() for c in flat) != sum(c.isalnum() and ord(c) < 0x250 for c in text)
