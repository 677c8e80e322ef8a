"""A note with all that is found in it. Pure: the same bytes and the same roster give the same reading."""

from __future__ import annotations

import msgspec

from assistant.records import Line, Note, Pair, Reading

# Part of the key under which readings are kept: a change of the reader reads every note anew.
VERSION = "19"


def read(note: Note, pair: Pair) -> Reading:
    """What a note holds, each find with its exact place. Planned notes hold nothing; sealed text is not in a reading."""
    from assistant.notes import beliefs, free, mentors, promises, questions, threads  # most notes were read before
    from assistant.notes.people import Roster
    from assistant.notes.utterances import utterances

    note = msgspec.structs.replace(note, sealed=())
    if note.status == "planned":
        return Reading(note)
    roster = Roster(pair)
    said = utterances(note, roster)
    outright = promises.found_in(note, said, roster)
    in_free_text = free.promised_in(note, said, roster, outright)
    return Reading(
        note,
        tuple(sorted([*outright, *in_free_text], key=lambda p: p.source.line)),
        tuple(questions.asked_in(note, said, roster)),
        tuple(threads.left_in(note, said, roster)),
        tuple(beliefs.held_in(note, said, roster)),
        tuple(Line(u.text, u.line, u.level, u.speaker, u.section, u.box, mentors.acting(u, roster)) for u in said),
    )
