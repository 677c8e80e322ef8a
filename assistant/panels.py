"""A pair with several mentors: what its sides are called, and who of the mentors is reading."""

from __future__ import annotations

import os
from collections.abc import Iterable

from assistant.errors import Refused, Usage
from assistant.phrases import Common
from assistant.records import Owner, Pair

READER = "PREP_AS"  # the variable that says who of the mentors runs the command


def called(pair: Pair, language: str) -> dict[str, str]:
    """What the two sides are called in a draft: first names; the mentors of a panel together "the panel"."""
    return {"mentor": side(pair, language), "mentee": pair.mentee.name.split()[0]}


def side(pair: Pair, language: str) -> str:
    """What the side of the mentor is called."""
    if not pair.is_panel:
        return pair.mentor.name.split()[0]
    from assistant import prompts

    return Common(prompts.panel_phrases(language).side)


def short(pair: Pair, names: Iterable[str]) -> list[str]:
    """Mentors by first name, by their whole name where two share it."""
    firsts = [mentor.name.split()[0] for mentor in pair.mentors]
    return [name if firsts.count(name.split()[0]) > 1 else name.split()[0] for name in names]


def all_first(pair: Pair, and_: str, first: str | None = None) -> str:
    """Noor, Sam and Ilse; `first` is who comes before the others."""
    names = sorted((mentor.name for mentor in pair.mentors), key=lambda name: name != first)
    return joined(short(pair, names), and_)


def joined(names: list[str], and_: str) -> str:
    """ "a, b and c" """
    return f" {and_} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def owners(pair: Pair, owner: Owner, who: tuple[str, ...], default: str, and_: str) -> str:
    """Whose a promise is: the mentors of a panel by name where the notes name them, else `default`."""
    if not who:
        return default
    return joined(owned_by(pair, owner, who), and_)


def owned_by(pair: Pair, owner: Owner, who: tuple[str, ...]) -> list[str]:
    """The names of those whose a promise is: mentors of a panel, and the mentee where it is of both sides."""
    return short(pair, who) + ([pair.mentee.name.split()[0]] if owner == "both" else [])


def reader(pair: Pair, given: str | None = None) -> str | None:
    """The mentor of a panel who is reading, by full name; None where nobody says who. Raises Usage for a stranger."""
    name = (given or os.environ.get(READER, "")).strip()
    if not pair.is_panel or not name:
        return None
    if found := mentor(pair, name):
        return found
    known = ", ".join(mentor.name for mentor in pair.mentors)
    where = "--as" if given else READER
    raise Usage(f"{where} must name one mentor of {pair.path}: {known}")


def check_consent(pair: Pair, by: str) -> None:
    """Raise Refused unless every mentor of a panel is among those who approve, a comma between them."""
    given = {mentor(pair, name.strip()) for name in by.split(",")}
    if pair.is_panel and (missing := [m.name for m in pair.mentors if m.name not in given]):
        everybody = ", ".join(m.name for m in pair.mentors)
        raise Refused(
            f"what a panel said goes out when all its mentors agree; ask {', '.join(missing)}, then: --by '{everybody}'"
        )


def mentor(pair: Pair, name: str) -> str | None:
    """The full name of the mentor of a panel who is called so, None of nobody or of several."""
    from assistant.notes.people import Roster

    return Roster(pair).mentor(name) or Roster(pair).mentor(name.title()) or None
