"""Who a name in a note is: the mentor, the mentee, somebody else of the roster, or nobody known."""

from __future__ import annotations

import re
from typing import Literal

from assistant.notes.marks import plain
from assistant.records import Pair, Person

Who = Literal["mentor", "mentee", "other"]
_PARTICLES = frozenset(
    [
        "van",
        "der",
        "den",
        "de",
        "het",
        "'t",
        "ter",
        "ten",
        "te",
        "von",
        "la",
        "le",
        "el",
        "al",
        "da",
        "di",
        "do",
        "dos",
        "y",
        "'s",
        "in",
        "op",
    ]
)


def surname(full: str) -> str:
    """The surname with its particles: "van der Velde" of "Noor van der Velde"; "" of a single word."""
    return " ".join(full.split()[1:])


def initials(full: str) -> str:
    """NvdV of "Noor van der Velde": particles in lower case."""
    words = re.split(r"[\s-]+", full)
    return "".join(w.lstrip("'’")[:1].lower() if w.casefold() in _PARTICLES else w[:1].upper() for w in words if w)


class Roster:
    """All known spellings of the people of a pair."""

    def __init__(self, pair: Pair) -> None:
        self._exact: dict[str, Who] = {}
        self._loose: dict[str, Who] = {}
        self._mentors = {person.name: _spellings(person) for person in pair.mentors} if pair.is_panel else {}
        self._others = (
            frozenset().union(*(_spellings(p) for p in (pair.mentee, *pair.people))) if pair.is_panel else frozenset()
        )
        people: list[tuple[Who, Person]] = [("other", p) for p in pair.people]
        people += [
            ("mentee", pair.mentee),
            *(("mentor", p) for p in pair.mentors),
        ]  # later ones win where two share a spelling
        for who, person in people:
            self._add(who, person)

    def _add(self, who: Who, person: Person) -> None:
        for name in _spellings(person):
            if len(name) > 3:
                self._loose[plain(name)] = who
            self._exact[name] = who
        short = initials(person.name)
        if len(short) > 1:
            self._exact.setdefault(short, who)
        if person.handle:
            self._loose[plain(person.handle.lstrip("@"))] = who

    def who(self, name: str) -> Who | None:
        """Whose name it is, None of nobody in the roster. Short forms count only in their own case."""
        name = name.strip().strip(".:@,;'’\"*_()")
        return self._exact.get(name) or self._loose.get(plain(name)) or self._exact.get(name + ".")

    def mentor(self, name: str) -> str:
        """The full name of the mentor of a panel who is called so, "" where none or several are."""
        name = name.strip().strip(".:@,;'’\"*_()")
        short = [n for n in self._mentors if name == initials(n) and len(name) > 1]
        found = [n for n, known in self._mentors.items() if name in known or plain(name) in map(plain, known)]
        mine = found or short
        if name in self._others and name not in self._mentors:  # two people are called so
            return ""
        return mine[0] if len(mine) == 1 and self.who(name) == "mentor" else ""

    @property
    def is_panel(self) -> bool:
        """Are there several mentors?"""
        return bool(self._mentors)

    @property
    def spellings(self) -> dict[str, Who]:
        """Every spelling in its own case."""
        return dict(self._exact)


def _spellings(person: Person) -> frozenset[str]:
    """How somebody is written but for initials and handle."""
    last = surname(person.name)
    bare = " ".join(w for w in last.split() if w.casefold() not in _PARTICLES)
    return frozenset(name for name in (*person.names, last, bare) if name)
