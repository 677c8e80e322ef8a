"""The words of a pair's notes as keys by which two sentences are found to speak of the same matter.

A key is a cut-down word, a part of a compound, a number, or a concept ("belde", "telefoontje" and "rang" are one). A
key weighs the more, the fewer of the pair's sentences hold it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

import msgspec

from assistant import resources
from assistant.words import stop_words, words

Keys = frozenset[str]
_ENDINGS = (
    "heden",
    "tjes",
    "pjes",
    "kens",
    "ings",
    "tje",
    "pje",
    "jes",
    "ing",
    "ies",
    "ied",
    "ers",
    "'s",
    "je",
    "ke",
    "en",
    "ed",
    "es",
    "er",
    "ly",
    "te",
    "de",
    "s",
    "t",
    "d",
    "n",
    "e",
)
_LIKE = str.maketrans("vzy", "fsi")
_CUT = 7
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")  # as in words.py, for plain ASCII


class Words:
    """corpus/reading/outcomes/words.yaml: lists of lines, each of one saying or of several words."""

    _NAMES = frozenset(
        {
            "same",
            "numbers",
            "dull",
            "past",
            "auxiliary",
            "auxiliary_en",
            "of",
            "the",
            "one",
            "i",
            "they",
            "pointing",
            "no_more",
            "to_come",
            "clock",
            "on_day",
            "others",
            "done",
            "dropped",
            "unmet",
            "part",
            "future",
            "still",
            "negation",
            "look_back",
            "concepts",
        }
    )

    def __init__(self, text: str) -> None:
        lists = msgspec.convert(resources.parsed(text), dict[str, str])
        if lists.keys() != self._NAMES:
            raise ValueError(f"lists missing or unknown: {sorted(lists.keys() ^ self._NAMES)}")
        self._lines = {name: tuple(entries.splitlines()) for name, entries in lists.items()}
        self.same = dict(line.split(maxsplit=1) for line in self._lines["same"])
        self.numbers = {word: int(line.split()[0]) for line in self._lines["numbers"] for word in line.split()[1:]}

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a list."""
        return self._lines[name]

    def words(self, name: str) -> frozenset[str]:
        """All single words of a list."""
        return frozenset(word for line in self._lines[name] for word in line.split())


@cache
def vocabulary() -> Words:
    """The word lists, read once."""
    return Words((resources.corpus() / "reading" / "outcomes" / "words.yaml").read_text(encoding="utf-8"))


@cache
def root(word: str) -> str:
    """What the forms of a word share, in either language: without endings and ge-, double letters made single."""
    if word.startswith("ge") and len(word) > 5 and word[-1] in "dtn":
        word = word[2:]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    word = word.translate(_LIKE)
    return (re.sub(r"(.)\1", r"\1", word) if len(word) > 3 else word)[:_CUT]


@cache
def _concepts() -> dict[str, str]:
    """Concept of a word or of its root; the word itself has the last say."""
    lists = [entry.split() for entry in vocabulary().lines("concepts")]
    found: dict[str, str] = {}
    for entry in lists:
        for word in entry:
            found.setdefault(root(word), "@" + entry[0])
    for entry in lists:
        for word in entry:
            found[word] = "@" + entry[0]
    return found


@cache
def _dull() -> frozenset[str]:
    return stop_words() | vocabulary().words("dull")


def tokens(text: str) -> list[str]:
    """Folded words in order, short forms written out."""
    same = vocabulary().same
    found = _WORD.findall(plain.lower()) if (plain := text.replace("’", "'")).isascii() else words(text)
    return [same.get(word, word) for word in found]


@cache
def _keys(word: str) -> tuple[str, ...]:
    number = vocabulary().numbers.get(word)
    if number is not None or word.isdigit():
        return (f"#{number or int(word)}",)
    if len(word) < 2 or word in stop_words():
        return ()
    bare = root(word)
    concept = _concepts().get(word) or _concepts().get(bare)
    if word in _dull():
        return (concept,) if concept else ()
    return (bare, concept) if concept else (bare,)


def keys(spoken: Iterable[str]) -> Keys:
    """The keys of some tokens."""
    return frozenset(key for word in spoken for key in _keys(word))


class Weights:
    """How much each key weighs among a pair's sentences, and the keys of the parts of its compounds."""

    def __init__(self, notes: list[list[list[str]]]) -> None:
        seen = {word for note in notes for sentence in note for word in sentence}
        known = {word for word in seen if len(word) >= 4 and word not in _dull()}
        self._parts = {word: parts for word in known if len(word) >= 8 and (parts := _parts_of(word, known))}
        found = [[self.keys(sentence) for sentence in note] for note in notes]
        self._total = max(sum(map(len, found)), 2)
        self._count = Counter(key for note in found for some in note for key in some)
        self._notes = Counter(key for note in found for key in frozenset().union(*note))
        self._of: dict[str, float] = {}

    def keys(self, sentence: list[str]) -> Keys:
        """The keys of a sentence, with those of the parts of its compounds."""
        own = keys(sentence)
        parts = [key for word in sentence if word in self._parts for key in self._parts[word]]
        return own.union(parts) if parts else own

    def count(self, key: str) -> int:
        """In how many sentences a key stands."""
        return self._count[key]

    def notes(self, key: str) -> int:
        """In how many notes a key stands."""
        return self._notes[key]

    def of(self, key: str) -> float:
        """The weight of a key: 0 to about 1."""
        if key not in self._of:
            rarity = math.log(self._total / max(self._count[key], 1)) / math.log(self._total)
            self._of[key] = rarity * (0.6 if key[0] == "#" else 0.85 if key[0] == "@" else 1.0)
        return self._of[key]


def _parts_of(word: str, known: set[str]) -> tuple[str, ...]:
    """Keys of the words of the notes that a long word begins or ends with."""
    concepts = _concepts()
    found: set[str] = set()
    for cut in range(4, len(word) - 2):
        for part in (word[:cut], word[-cut:]):
            if part in known:
                found.update(_keys(part))
            elif part in concepts and len(part) >= 4:
                found.add(concepts[part])
    return tuple(found)
