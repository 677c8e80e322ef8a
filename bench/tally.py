"""Counting, for the figures of craft: hits and misses, and what is compared by plain words and by letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from assistant import resources
from assistant.words import fold, jaccard, stems, words

QUOTATION = re.compile(r"“[^”]*”")
_ALIKE, _LETTERS = 0.5, 80


class Tally:
    """Hits and cases of each figure, with what was missed."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.of: Counter[str] = Counter()
        self.misses: dict[str, list[str]] = defaultdict(list)

    def add(self, figure: str, hit: bool, what: str = "") -> None:
        self.of[figure] += 1
        self.hits[figure] += hit
        if not hit:
            self.misses[figure].append(what)


def printed(tally: Tally, width: int, digits: int, misses: bool) -> None:
    """Each figure on a line, and with `misses` what was missed."""
    for figure in tally.of:
        hits, cases = tally.hits[figure], tally.of[figure]
        print(f"{figure:{width}} {hits / cases:.3f} {hits:>{digits}}/{cases}")
    for figure, missed in tally.misses.items() if misses else ():
        print(f"\n## {figure}", *missed, sep="\n  ")


def bare(text: str) -> str:
    """What a text asks: its last sentence, without quotations."""
    last: str = re.split(r"(?<=[.!?])\s+", QUOTATION.sub(" ", text).strip())[-1]
    return last


def alike(a: str, b: str) -> bool:
    """Do two questions ask the same, by their words or by their letters?"""
    from rapidfuzz import fuzz

    x, y = stems(a), stems(b)
    by_words = len(x & y) >= 2 and jaccard(x, y) > _ALIKE
    return by_words or fuzz.token_sort_ratio(fold(a), fold(b)) >= _LETTERS


def telling(language: str) -> frozenset[str]:
    """The stop words of one language that the other doesn't have."""
    lists = {
        code: set((resources.corpus() / "words" / f"stopwords.{code}.txt").read_text(encoding="utf-8").split())
        for code in ("nl", "en")
    }
    other = "en" if language == "nl" else "nl"
    return frozenset(fold(word) for word in lists[language] - lists[other])


def in_language(text: str, language: str) -> bool:
    """Is every sentence of a text, quotations apart, in its language?"""
    own, other = telling(language), telling("en" if language == "nl" else "nl")
    for sentence in re.split(r"(?<=[.!?:])\s+", QUOTATION.sub(" ", text)):
        said = words(sentence)
        if sum(w in other for w in said) > sum(w in own for w in said):
            return False
    return True
