"""Pairs made for a single sentence or a few lines, whose notes lie nowhere."""

from __future__ import annotations

from typing import Any

from assistant.records import Pair, Person


def pair_of(mentor: Person, mentee: Person) -> Pair:
    """A pair of two people of which nothing else is known."""
    return Pair("x", "x", "nl", "", None, None, None, mentor, mentee, (), (), (), (), ())


def pair_of_case(case: dict[str, Any]) -> Pair:
    """The pair of a line of sentences.jsonl."""
    mentor, mentee = (Person(case[who], tuple(case[f"{who}_aliases"])) for who in ("mentor", "mentee"))
    return pair_of(mentor, mentee)


EXAMPLE = pair_of(Person("Noor van der Velde", ("Noor", "NV")), Person("Willem Achterberg", ("Willem", "WA")))
