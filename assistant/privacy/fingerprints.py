"""What the text of a pair is known by when it must be nowhere any more: hashes of its word sequences and names.

A sequence is seven words of a note, or five of which two or more carry meaning with ten letters or more, so that
what people say everywhere ("the end of the month") is nobody's text. The text can't be read back out of the hashes.
A name could be guessed from its own, so they are kept no longer than it takes to make sure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from assistant.words import stop_words, words

_LONG, _SHORT = 7, 5
_LETTERS = 10

# Words in order, each with its line.
Tokens = list[tuple[int, str]]
# Hashes of word sequences, by their number of words.
Hashes = dict[int, frozenset[int]]


class Fingerprints(Struct, frozen=True):
    """Hashes of the word sequences of a pair's notes and of its names."""

    runs: Hashes = {}
    names: Hashes = {}

    def __or__(self, other: Fingerprints) -> Fingerprints:
        return Fingerprints(_joined(self.runs, other.runs), _joined(self.names, other.names))

    def run_in(self, tokens: Tokens) -> int | None:
        """The line on which a word sequence of the notes begins, None where there is none."""
        return _first(tokens, self.runs)

    def name_in(self, tokens: Tokens) -> int | None:
        """The line on which a name of the pair stands, None where there is none."""
        return _first(tokens, self.names)


def of(notes: Iterable[str], names: Iterable[str], common: Iterable[str], shared: Iterable[str]) -> Fingerprints:
    """Those of a pair: `common` is text that is nobody's own, `shared` names that others have too.

    A name of one word is left out, since that may be an ordinary word or anybody's first name.
    """
    own = _runs(tuple(notes))
    everywhere = _runs(tuple(common))
    own = {length: hashes - everywhere[length] for length, hashes in own.items()}
    taken = [words(text) for text in shared]
    found: dict[int, set[int]] = {}
    for name in names:
        spelled = words(name)
        if len(spelled) > 1 and not any(_within(spelled, other) for other in taken):
            found.setdefault(len(spelled), set()).add(_hash(spelled))
    return Fingerprints(own, _frozen(found))


def tokens(text: str) -> Tokens:
    """The words of a text with their lines."""
    return [(number, word) for number, line in enumerate(text.split("\n"), 1) for word in words(line)]


@cache
def _runs(texts: tuple[str, ...]) -> Hashes:
    found: dict[int, set[int]] = {_LONG: set(), _SHORT: set()}
    for text in texts:
        spelled = words(text)
        for at in range(len(spelled)):
            for length in (_LONG, _SHORT):
                run = spelled[at : at + length]
                if len(run) == length and (length == _LONG or _carries(run)):
                    found[length].add(_hash(run))
    return _frozen(found)


def _carries(run: list[str]) -> bool:
    stop = stop_words()
    carrying = [word for word in run if word not in stop and not word.isdigit()]
    return len(carrying) > 1 and sum(map(len, carrying)) >= _LETTERS


def _first(tokens: Tokens, sought: Hashes) -> int | None:
    spelled = [word for _, word in tokens]
    for at in range(len(spelled)):
        for length, hashes in sought.items():
            if at + length <= len(spelled) and hashes and _hash(spelled[at : at + length]) in hashes:
                return tokens[at][0]
    return None


def _joined(some: Hashes, others: Hashes) -> Hashes:
    return {n: some.get(n, frozenset()) | others.get(n, frozenset()) for n in some.keys() | others.keys()}


def _frozen(hashes: dict[int, set[int]]) -> Hashes:
    return {length: frozenset(values) for length, values in hashes.items()}


def _within(name: list[str], other: list[str]) -> bool:
    return any(other[at : at + len(name)] == name for at in range(len(other) - len(name) + 1))


def _hash(spelled: list[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(spelled).encode(), digest_size=7).digest())
