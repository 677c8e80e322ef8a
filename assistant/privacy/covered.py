"""Texts with tokens in place of names, and the ways back."""

from __future__ import annotations

import re

from msgspec import Struct

from assistant.privacy import tokens
from assistant.privacy.normal import flatten

_PIECE = re.compile(rf"{tokens.TOKEN.pattern}|[^\W_]+")


class Covered(Struct, frozen=True):
    """A text with tokens in it. `said` is what each of them stands for, in order."""

    text: str
    said: tuple[str, ...] = ()

    def uncovered(self) -> str:
        """The text as it was before, exactly."""
        return self._back(0, len(self.text))

    def back(self, quote: str) -> str | None:
        """What stood where the words of a quote stand in this text, None where they don't stand there in a row."""
        wanted = _pieces(quote)
        here = list(_PIECE.finditer(self.text))
        said = [_plain(m.group()) for m in here]
        for i in range(len(here) - len(wanted) + 1 if wanted else 0):
            if said[i : i + len(wanted)] == wanted:
                return self._back(here[i].start(), here[i + len(wanted) - 1].end())
        return None

    def _back(self, start: int, end: int) -> str:
        before = sum(1 for _ in tokens.TOKEN.finditer(self.text, 0, start))
        said = iter(self.said[before:])
        return tokens.TOKEN.sub(lambda _: next(said), self.text[start:end])


class Restored(Struct, frozen=True):
    """The answer of a model with the names back in. `strange` are its faults: "unknown token", "link"."""

    text: str
    strange: tuple[str, ...] = ()


def _pieces(text: str) -> list[str]:
    return [_plain(m.group()) for m in _PIECE.finditer(tokens.LOOSE.sub(tokens.meant, text))]


def _plain(piece: str) -> str:
    return piece if tokens.TOKEN.fullmatch(piece) else flatten(piece).folded
