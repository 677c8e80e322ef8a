"""Promises in free text."""

from __future__ import annotations

from assistant.notes.people import Roster
from assistant.notes.utterances import Utterance
from assistant.records import Note, Promise


def promised_in(note: Note, said: list[Utterance], roster: Roster, known: list[Promise]) -> list[Promise]:
    """The promises of a note that stand in running text; `known` are those in boxes, labels and tables."""
    return []
