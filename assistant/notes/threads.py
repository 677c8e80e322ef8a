"""Threads: what a note raises and leaves unresolved."""

from __future__ import annotations

from assistant.notes.people import Roster
from assistant.notes.utterances import Utterance
from assistant.records import Note, Thread


def left_in(note: Note, said: list[Utterance], roster: Roster) -> list[Thread]:
    """The threads of one note, in the order of its lines."""
    return []
