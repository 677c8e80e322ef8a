"""The words that prep itself puts into a request: its own prompts and guidance, and the names of the protocol.

What stands there in the same company may leave as it is; a name of a note beside other words may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from assistant import resources
from assistant.errors import Refused
from assistant.files import walk
from assistant.privacy import lexicon
from assistant.privacy.normal import folded
from assistant.privacy.text import TOKEN, Text

_HOMES = ("guidance", "questions", "themes")
_ENDINGS = {".md", ".yaml", ".yml", ".j2", ".jinja", ".txt", ".html", ".json", ".toml"}
_MARKUP = re.compile(r"[*_`{}%]+")


class Fixed:
    """The built-in texts, as pairs of neighbouring words."""

    def __init__(self) -> None:
        self._beside = built_in()

    def holds(self, text: Text, first: int, last: int, strict: bool = False) -> bool:
        """Do words first..last stand so in a built-in text: beside the same word, if `strict` on both sides?"""
        words = text.folded[first : last + 1]
        sides = [
            [text.folded[first - 1], words[0]] if first > 0 else None,
            [words[-1], text.folded[last + 1]] if last + 1 < len(text.folded) else None,
        ]
        beside = [self._next_to(side) for side in sides if side]
        return self._next_to(words) and any(beside) and (all(beside) or not strict)

    def says(self, words: list[str]) -> bool:
        """May a run of words be out of the built-in texts?"""
        return self._next_to(words)

    def _next_to(self, words: list[str]) -> bool:
        return all(pair in self._beside for pair in pairwise(words))


@cache
def built_in() -> frozenset[tuple[str, str]]:
    """All pairs of neighbouring words of the built-in texts, folded; raises Refused where there are none."""
    corpus = resources.corpus()
    homes = (resources.prompts(), *(corpus / name for name in _HOMES))
    paths = [path for home in homes for path in walk(home) if path.suffix in _ENDINGS]
    found = _pairs(path.read_text(encoding="utf-8") for path in paths)
    if not found:
        raise Refused(f"{corpus} holds no built-in texts, so nothing is sent; install prep again")
    return found


def _pairs(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for text in texts:
        words = TOKEN.findall(folded(_MARKUP.sub(" ", text)))
        found.update(pairwise(words))
    return frozenset(found)


def allowed(word: str) -> bool:
    """Is this folded word one of the protocol, or one that people allowed (corpus/privacy/identify.toml)?"""
    return word in lexicon.cue("harmless_capitals") or word in lexicon.cue("protocol")
