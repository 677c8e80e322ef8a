"""Who wrote a note of a panel, and so whose "I" it is. Nothing of it is guessed.

The author of a note is named in its front matter (`author: Noor`), in one of its first lines ("Notes by Noor"), or by a
heading ("## Noor") for what stands below it. Without that, "I" is one of the mentors, and nobody knows which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.notes.people import Roster, Who
from assistant.records import Doubt, Level, Note, Pair, Passage

_BY_LINE = re.compile(
    r"^[\s*_>#-]*(?:author|auteur|by|door|notes? (?:by|from|of)|notities? (?:van|door)|aantekeningen (?:van|door)"
    r"|genoteerd door|geschreven door|written by|verslag(?: van| door)?|notulist|notulen)\s*:?[\s*_]+(?P<name>[^\n:]{2,40})$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:notes|notities|aantekeningen|by|from|of|van|door|volgens|according to)\b|['’]s\b|[:*_()]", re.IGNORECASE
)


class Voice(NamedTuple):
    """Whose "I" it is: the side, and the full name of the mentor of a panel where it is known."""

    side: Who
    name: str


NOBODY = Voice("mentor", "")


def _called(name: str, roster: Roster) -> Voice | None:
    """Whom a name alone means, None where it is none of the pair."""
    for spelling in (name, name.strip().title()):
        who = roster.who(spelling)
        if who in ("mentor", "mentee"):
            return Voice(who, roster.mentor(spelling))
    return None


def author(note: Note, roster: Roster) -> Voice:
    """Who wrote a note of a panel: as its front matter or one of its first lines says."""
    if not roster.is_panel:
        return NOBODY
    if note.author:
        return _called(note.author, roster) or NOBODY
    for passage in note.passages[:3]:
        for line in passage.text.split("\n")[:2]:
            match = _BY_LINE.match(line)
            if match and (found := _called(match["name"], roster)):
                return found
    return NOBODY


def voice(written_by: Voice, passage: Passage, roster: Roster) -> Voice:
    """Whose "I" it is in a passage: that of a heading that names one of the pair, else the author's."""
    return _of_heading(passage, roster) or written_by if roster.is_panel else written_by


def _of_heading(passage: Passage, roster: Roster) -> Voice | None:
    for title in reversed(passage.section):
        if found := _called(" ".join(_AROUND.sub(" ", title).split()), roster):
            return found
    return None


def owner_of_own(note: Note, passage: Passage, roster: Roster) -> str:
    """The mentor whose own text a passage is, "" where that is not certain: then it is nobody's to read."""
    written_by, below = author(note, roster), _of_heading(passage, roster)
    if below is None:
        return written_by.name if written_by.side == "mentor" else ""
    if written_by.name and written_by.name != below.name:
        return ""
    stranger = bool(note.author) and written_by == NOBODY
    return below.name if below.side == "mentor" and written_by.side == "mentor" and not stranger else ""


def sessions(notes: Sequence[Note], pair: Pair) -> list[tuple[Note, ...]]:
    """The notes by session, in the order of their first: in a panel several may write one of the same session.

    Notes of one day are two sessions where one author wrote both, or nobody says who wrote them; a pair's always are.
    """
    if not pair.is_panel:
        return [(note,) for note in notes]
    roster = Roster(pair)
    found: list[list[Note]] = []
    for note in notes:
        name = author(note, roster)
        here = next((s for s in found if s[0].date == note.date and name not in [author(n, roster) for n in s]), None)
        if here is None or "planned" in (note.status, here[0].status):
            found.append([note])
        elif note.status == "held" != here[0].status:
            here.insert(0, note)
        else:
            here.append(note)
    return [tuple(of_session) for of_session in found]


def own_of_others(note: Note, pair: Pair, reader: str | None) -> frozenset[int]:
    """The lines of a note of a panel that somebody wrote for themselves, and that are not `reader`'s."""
    roster = Roster(pair)
    shut = (p for p in note.passages if p.level is Level.OWN)
    others = (p for p in shut if reader is None or owner_of_own(note, p, roster) != reader)
    return frozenset(line for p in others for line in range(p.line, p.line + p.text.count("\n") + 1))


def doubts(note: Note, pair: Pair) -> list[Doubt]:
    """What keeps own text of a note from everybody, its author too."""
    roster, found = Roster(pair), []
    if note.author and author(note, roster) == NOBODY:
        found.append(Doubt(note.path, 1, "`author` names nobody of pair.toml; write a mentor's name, or the mentee's"))
    nobodys = [p.line for p in note.passages if p.level is Level.OWN and not owner_of_own(note, p, roster)]
    if nobodys and not found:
        mend = "somebody's own text, and the note doesn't say whose, so it is shown to nobody; add `author: NAME`"
        found.append(Doubt(note.path, nobodys[0], mend))
    return found
