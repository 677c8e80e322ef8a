"""What the text of a pair is known by when it must be nowhere any more: hashes of its word sequences and names.

A sequence is five words of a note of which three carry meaning, so that what people say everywhere is nobody's text.
The text can't be read back out of the hashes. A name could be guessed from its own, so they are kept no longer than
it takes to make sure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from msgspec import Struct

from assistant.words import stop_words, words

_RUN = 5
_CARRYING = 3

# Words in order, each with its line.
Tokens = list[tuple[int, str]]


class Fingerprints(Struct, frozen=True):
    """Hashes of the word sequences of a pair, and of its names by their number of words."""

    runs: frozenset[int] = frozenset()
    names: dict[int, frozenset[int]] = {}

    def __or__(self, other: Fingerprints) -> Fingerprints:
        lengths = self.names.keys() | other.names.keys()
        names = {n: self.names.get(n, frozenset()) | other.names.get(n, frozenset()) for n in lengths}
        return Fingerprints(self.runs | other.runs, names)

    def run_in(self, tokens: Tokens) -> int | None:
        """The line on which a word sequence of the pair begins, None where there is none."""
        return _first(tokens, _RUN, self.runs)

    def name_in(self, tokens: Tokens) -> int | None:
        """The line on which a name of the pair stands, None where there is none."""
        found = [line for n, hashes in self.names.items() if (line := _first(tokens, n, hashes)) is not None]
        return min(found, default=None)


def of(notes: Iterable[str], names: Iterable[str], common: Iterable[str], shared: Iterable[str]) -> Fingerprints:
    """Those of a pair: `common` is text that is nobody's own, `shared` names that others have too.

    A name of one word is left out, since that may be an ordinary word or anybody's first name.
    """
    ordinary = {run for text in common for run in _runs(text)}
    own = {run for text in notes for run in _runs(text)}
    taken = [words(text) for text in shared]
    by_length: dict[int, set[int]] = {}
    for name in names:
        spelled = words(name)
        if len(spelled) > 1 and not any(_within(spelled, other) for other in taken):
            by_length.setdefault(len(spelled), set()).add(_hash(spelled))
    return Fingerprints(frozenset(own - ordinary), {n: frozenset(hashes) for n, hashes in by_length.items()})


def tokens(text: str) -> Tokens:
    """The words of a text with their lines."""
    return [(number, word) for number, line in enumerate(text.split("\n"), 1) for word in words(line)]


def _runs(text: str) -> Iterator[int]:
    spelled = words(text)
    stop = stop_words()
    for at in range(len(spelled) - _RUN + 1):
        run = spelled[at : at + _RUN]
        if sum(word not in stop and not word.isdigit() for word in run) >= _CARRYING:
            yield _hash(run)


def _first(tokens: Tokens, length: int, hashes: frozenset[int]) -> int | None:
    if not hashes:
        return None
    spelled = [word for _, word in tokens]
    for at in range(len(spelled) - length + 1):
        if _hash(spelled[at : at + length]) in hashes:
            return tokens[at][0]
    return None


def _within(name: list[str], other: list[str]) -> bool:
    return any(other[at : at + len(name)] == name for at in range(len(other) - len(name) + 1))


def _hash(spelled: list[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(spelled).encode(), digest_size=7).digest())
