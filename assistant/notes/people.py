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
        people: list[tuple[Who, Person]] = [("other", p) for p in pair.people]
        people += [("mentee", pair.mentee), ("mentor", pair.mentor)]  # later ones win where two share a spelling
        for who, person in people:
            self._add(who, person)

    def _add(self, who: Who, person: Person) -> None:
        last = surname(person.name)
        bare = " ".join(w for w in last.split() if w.casefold() not in _PARTICLES)
        for name in {*person.names, last, bare}:
            if len(name) > 3:
                self._loose[plain(name)] = who
            if name:
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

    @property
    def spellings(self) -> dict[str, Who]:
        """Every spelling in its own case."""
        return dict(self._exact)
