"""Sayings: short patterns of words, kept as data in corpus/reading/talk, by which a sentence tells what it is about.

In a saying ".." stands for up to four words, "a|b" for either, "[a]" for an a that may lack, a final "*" for any
ending, and "@name" for any word of a class. Sentences are looked at by the first word of each saying, which is quick.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product

import msgspec

from assistant import resources
from assistant.notes.people import Roster
from assistant.notes.traces import tokens
from assistant.notes.utterances import Utterance

MENTEE, MENTOR = "$e", "$m"
_GAP = 4
_YOU = frozenset(["je", "jij", "jou", "jouw", "u", "uw", "ge", "gij", "you", "your"])
_ME = frozenset(["ik", "i", "mij", "me", "mijn", "my", "i'm", "i've", "i'd", "i'll"])

Part = frozenset[str] | None  # None is a gap


class Span(msgspec.Struct, frozen=True):
    """Where a saying stands among the words of a sentence; `end` is behind its last word."""

    start: int
    end: int


class Sayings:
    """The sayings of one file, by kind."""

    def __init__(self, name: str) -> None:
        text = (resources.corpus() / "reading" / "talk" / f"{name}.yaml").read_text(encoding="utf-8")
        lists = msgspec.convert(resources.parsed(text), dict[str, dict[str, list[str]] | list[str]])
        classes = lists.pop("classes", {})
        self._classes = classes if isinstance(classes, dict) else {}
        self._first: dict[str, list[tuple[str, tuple[Part, ...]]]] = {}
        for kind, sayings in lists.items():
            for saying in sayings:
                self._add(kind, saying)

    def words(self, name: str) -> frozenset[str]:
        """The words of a class."""
        return frozenset(self._classes[name])

    def _add(self, kind: str, saying: str) -> None:
        choices = [("", part[1:-1]) if part.startswith("[") else (part,) for part in saying.split()]
        for chosen in product(*choices):
            parts = tuple(self._part(part) for part in chosen if part)
            first = parts[0] if parts else None
            for word in first or ():
                self._first.setdefault(_key(word), []).append((kind, parts))

    def _part(self, part: str) -> Part:
        if part == "..":
            return None
        found: set[str] = set()
        for word in part.split("|"):
            found.update(self._classes[word[1:]] if word.startswith("@") else [word])
        return frozenset(found)

    def found(self, spoken: list[str]) -> dict[str, list[Span]]:
        """The sayings of each kind that a sentence's words hold."""
        result: dict[str, list[Span]] = {}
        for at, word in enumerate(spoken):
            for key in (word, word[:3] + "*"):
                for kind, parts in self._first.get(key, ()):
                    end = _ends(parts, spoken, at)
                    if end:
                        result.setdefault(kind, []).append(Span(at, end))
        return result


def _key(word: str) -> str:
    return word[:3] + "*" if word.endswith("*") else word


def _ends(parts: tuple[Part, ...], spoken: list[str], at: int) -> int:
    """Behind which word the saying ends, 0 if it does not stand there."""
    for number, part in enumerate(parts):
        if part is None:
            rest = parts[number + 1 :]
            if not rest:
                return at
            return next((end for skip in range(_GAP + 1) if (end := _ends(rest, spoken, at + skip))), 0)
        if at >= len(spoken) or not _fits(part, spoken[at]):
            return 0
        at += 1
    return at


def _fits(part: frozenset[str], word: str) -> bool:
    return word in part or any(choice[-1] == "*" and word.startswith(choice[:-1]) for choice in part)


@cache
def sayings(name: str) -> Sayings:
    """The sayings of corpus/reading/talk/<name>.yaml, read once."""
    return Sayings(name)


def spoken(text: str, said: Utterance, roster: Roster) -> list[str]:
    """The words of a sentence in which the two of the pair are `MENTEE` and `MENTOR`, whoever says "I" and "you"."""
    names = names_of(roster)
    addressed = _YOU if said.speaker == "mentor" and said.to == "mentee" else frozenset()
    mine = _ME if said.speaker == "mentee" else addressed
    found: list[str] = []
    for word in tokens(text):
        found.append(names.get(word) or (MENTEE if word in mine else word))
    return found


@lru_cache(maxsize=8)
def names_of(roster: Roster) -> dict[str, str]:
    """Folded single words that name one of the two; genitives too."""
    found: dict[str, str] = {}
    for name, who in roster.spellings.items():
        if who in ("mentor", "mentee"):
            parts = tokens(name)
            for word in parts if len(parts) == 1 else ():
                for form in (word, word + "'s", word + "s"):
                    found.setdefault(form, MENTEE if who == "mentee" else MENTOR)
    return found
