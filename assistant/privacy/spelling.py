"""How people write somebody's name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.privacy import lexicon
from assistant.privacy.normal import folded
from assistant.privacy.text import TOKEN
from assistant.records import Person


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a name, folded."""
    return tuple(TOKEN.findall(folded(text)))


def surname(name: str) -> str:
    """The surname with its particles: "van der Velde" of "Noor van der Velde"; "" of a single word."""
    return " ".join(name.split()[1:])


def initials(name: str) -> str:
    """NvdV of "Noor van der Velde": particles in lower case."""
    particles = lexicon.cue("particles")
    return "".join(t[0] if t in particles else t[0].upper() for t in tokens_of(name))


def spellings(person: Person) -> Iterator[str]:
    """All but initials and slips: full name, first name, surname in its forms, aliases, address, handle."""
    first, *rest = person.name.split()
    yield from (person.name, first, *first.split("-"), *person.aliases)
    if rest:
        yield from _with_surname(first, rest)
    if person.email:
        yield from (person.email, person.email.split("@")[0])
    if person.handle:
        yield person.handle.lstrip("@")


def _with_surname(first: str, rest: list[str]) -> Iterator[str]:
    known = lexicon.cue("particles")
    particles = [word for word in rest if word.casefold() in known]
    tokens = [t for word in rest if word not in particles for t in TOKEN.findall(word)]
    core = [t for t in tokens if len(t) > 1 and t.casefold() not in known]
    bare = " ".join(core)
    short = [p.lstrip("'’")[:1] for p in particles]
    forms = {" ".join(rest), bare, f"{' '.join(short)} {bare}", f"{''.join(short)} {bare}"}  # v.d. Velde, vd Velde
    for surnames in forms:
        joined = surnames.replace(" ", "")
        yield from (surnames, f"{first} {surnames}", f"{surnames} {first}", f"{first[0]} {surnames}")
        yield from (joined, f"{first}{joined}", f"{first} {joined}", f"{first[0]}{joined}", f"{first[0]} {joined}")
    yield f"{bare} {first} {' '.join(particles)}"  # Velde, Noor van der
    yield f"{first} {rest[0][0]}"
    yield from core
    yield from (f"{a} {b}" for a, b in pairwise(core))
