"""Which questions were asked before, also in other words or in the other language.

Words are compared by what they mean (corpus/words/concepts.yaml), and a rare one counts more than one that half the
bank has. What stands in quotation marks is not what a question asks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from assistant.words import content
from assistant.writers.wordlists import meaning

_QUOTATION = re.compile(r"[“„«][^“”„«»]*[”»]")
_RARE = 5.0  # the weight of a meaning that the bank never has
_SHARE, _WITHIN, _TWO = 0.4, 0.75, 2


def bare(text: str) -> str:
    """A question without its quotations and what leads up to them."""
    *before, last = _QUOTATION.split(text)
    return last if before and content(last) else _QUOTATION.sub(" ", text)


class Memory:
    """Questions that were asked or are given out now. `bank` are the texts by which common words are known."""

    def __init__(self, asked: Iterable[str], bank: Iterable[str]) -> None:
        self._bank = bank
        self._heard: list[frozenset[str]] = []
        self.add(asked)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """The rarer in the bank, the heavier; worked out when two questions first share words."""
        counts: Counter[str] = Counter()
        size = 1
        for text in self._bank:
            counts.update(meaning(text))
            size += 1
        return {word: math.log(size / count) for word, count in counts.items()}

    def add(self, texts: Iterable[str]) -> None:
        """Remember questions."""
        self._heard += [words for text in texts if (words := meaning(bare(text)))]

    def heard(self, texts: Iterable[str]) -> bool:
        """Was one of these forms of a question asked before?"""
        forms = [words for text in texts if (words := meaning(bare(text)))]
        return any(self.alike(form, known) for form in forms for known in self._heard)

    def alike(self, a: frozenset[str], b: frozenset[str]) -> bool:
        """Do two questions ask the same?"""
        shared = a & b
        if not shared or (len(shared) < _TWO and len(a | b) > _TWO):
            return False
        both, all_ = self._sum(shared), self._sum(a | b)
        smaller = min(self._sum(a), self._sum(b))
        return both > _SHARE * all_ or (len(shared) > _TWO and both >= _WITHIN * smaller)

    def _sum(self, words: frozenset[str]) -> float:
        return sum(self._weights.get(word, _RARE) for word in words)
