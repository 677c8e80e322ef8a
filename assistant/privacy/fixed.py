"""The words that prep itself puts into a request: its own prompts and guidance, and the names of the protocol.

What stands there in the same company may leave as it is; a name of a note beside other words may not.
"""

from __future__ import annotations

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


class Fixed:
    """The built-in texts, as pairs of neighbouring words."""

    def __init__(self) -> None:
        self._written, self._said = built_in()

    def holds(self, text: Text, first: int, last: int, strict: bool = False) -> bool:
        """Do words first..last stand so in a built-in text, capitals too: beside the same word, if `strict` on both sides?"""
        words = [_original(text, i) for i in range(first, last + 1)]
        sides = [
            (_original(text, first - 1), words[0]) if first > 0 else None,
            (words[-1], _original(text, last + 1)) if last + 1 < len(text.matches) else None,
        ]
        beside = [side in self._written for side in sides if side]
        inside = all(pair in self._written for pair in pairwise(words))
        return inside and any(beside) and (all(beside) or not strict)

    def says(self, words: list[str]) -> bool:
        """May a run of folded words be out of the built-in texts?"""
        return all(pair in self._said for pair in pairwise(words))


def _original(text: Text, i: int) -> str:
    """Word i as it was written."""
    start, end = text.flat.back(*text.matches[i].span())
    return text.flat.original[start:end]


Pairs = frozenset[tuple[str, str]]


@cache
def built_in() -> tuple[Pairs, Pairs]:
    """All pairs of neighbouring words of the built-in texts, as written and folded; Refused where there are none."""
    corpus = resources.corpus()
    homes = (resources.prompts(), *(corpus / name for name in _HOMES))
    paths = [path for home in homes for path in walk(home) if path.suffix in _ENDINGS]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    if not texts:
        raise Refused(f"{corpus} holds no built-in texts, so nothing is sent; install prep again")
    return _pairs(texts), _pairs(map(folded, texts))


def _pairs(texts: Iterable[str]) -> Pairs:
    return frozenset(pair for text in texts for pair in pairwise(TOKEN.findall(text)))


def allowed(word: str) -> bool:
    """Is this folded word one of the protocol, or one that people allowed (corpus/privacy/identify.toml)?"""
    return word in lexicon.cue("harmless_capitals") or word in lexicon.cue("protocol")
