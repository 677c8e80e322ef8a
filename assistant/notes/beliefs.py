"""Beliefs: what the senior was sure of, and what the floor showed."""

from __future__ import annotations

from assistant.notes.people import Roster
from assistant.notes.utterances import Utterance
from assistant.records import Belief, Note


def held_in(note: Note, said: list[Utterance], roster: Roster) -> list[Belief]:
    """The beliefs of the mentee in one note, in the order of its lines."""
    return []
