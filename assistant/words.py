"""Words in the form in which texts are compared: folded, without stop words, cut to a common beginning.

Both languages' lists always count, since people mix languages in one sentence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from assistant import resources

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
STEM = 6


@cache
def stop_words() -> frozenset[str]:
    """The stop words of all languages in corpus/words/, folded."""
    files = (resources.corpus() / "words").glob("stopwords.*.txt")
    return frozenset(word for path in files for word in stop_words_of(path.suffixes[0][1:]))


@cache
def stop_words_of(language: str) -> frozenset[str]:
    """The stop words of one language, folded."""
    path = resources.corpus() / "words" / f"stopwords.{language}.txt"
    return frozenset(fold(word) for word in path.read_text(encoding="utf-8").split())


def fold(text: str) -> str:
    """Lower case without accents and signs that nobody sees (soft hyphens, zero-width ones), apostrophes made straight."""
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def words(text: str) -> list[str]:
    """All folded words, in order."""
    return _WORD.findall(fold(text))


def content(text: str) -> list[str]:
    """Folded words that carry meaning, in order."""
    stop = stop_words()
    return [word for word in words(text) if word not in stop and (len(word) > 1 or word.isdigit())]


@cache
def stem(word: str) -> str:
    """The beginning that the forms of a word share, near enough for both languages: its first six letters."""
    return word[:STEM]


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(word) for word in content(text))


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared stems over those of the smaller set, 0 to 1; 0 where either is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared stems over all stems, 0 to 1."""
    return len(a & b) / len(a | b) if a or b else 0.0
