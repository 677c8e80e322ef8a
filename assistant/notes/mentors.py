"""Which of several mentors promised something, or acts in a sentence. Nothing of it is guessed."""

from __future__ import annotations

import re

from assistant.notes.authors import Voice
from assistant.notes.clauses import Clause, clauses, quoted_at, subject, tokens
from assistant.notes.judge import Candidate
from assistant.notes.people import Roster
from assistant.notes.utterances import Utterance
from assistant.records import Owner
from assistant.words import fold

_FIRST_PERSON = re.compile(r"\b(?:ik|mijn|mij|i|i'm|i've|i'll|my|me)\b")


def _named(text: str, roster: Roster) -> tuple[str, ...]:
    """The mentors whom a text names, in order, as far as each name is one mentor's."""
    found = (roster.mentor(text[t.start : t.end]) for t in tokens(text, roster) if t.kind == "MENTOR")
    return tuple(dict.fromkeys(name for name in found if name))


def at_head(text: str, said: Utterance | None, roster: Roster, self_words: frozenset[str]) -> tuple[str, ...]:
    """The mentors that a label means: "Sam", "Sam en Noor", "ik"; empty where one of them is not known."""
    found: list[str] = []
    for part in re.split(r"\s*(?:&|\+|/|,|\ben\b|\band\b)\s*", text.strip()):
        if not part:
            continue
        if roster.who(part) == "mentor":
            found.append(roster.mentor(part))
        elif re.sub(r"['’](?:ll|m|d|ve|re)$", "", fold(part).strip(" .:")) in self_words:
            found.append(said.by if said else "")
    return tuple(dict.fromkeys(found)) if all(found) else ()


def promised(candidate: Candidate, owner: Owner, said: list[Utterance], number: int, roster: Roster) -> Voice | None:
    """Of a clause of running text whose promise it is, None where the sides are as found and no mentor is named."""
    if not roster.is_panel:
        return None
    here, clause = candidate.said, candidate.clause
    if quoted_at(here.text, clause.start) and not here.turn and not here.quoted:
        return _quoted(here, clause, roster)
    if candidate.subject == "HE" and owner == "mentee":
        return _meant_by_he(said, number, clause, roster)
    if owner != "mentor":
        return None
    if candidate.subject == "SELF":
        return Voice("mentor", here.by)
    names = _named(here.text[clause.start : clause.end], roster)
    if not names and candidate.subject is None:
        names = (here.by,) if here.turn and here.by else _just_named(said, number, roster)
    return Voice("mentor", names[0]) if len(names) == 1 else None


def _quoted(here: Utterance, clause: Clause, roster: Roster) -> Voice | None:
    """Who speaks in quotation marks: the one who is named before them."""
    before = [t for t in tokens(here.text[: clause.start], roster) if t.kind in ("MENTOR", "MENTEE")]
    if not before or before[-1].kind == "MENTEE" or subject(clause) != "SELF":
        return None
    return Voice("mentor", roster.mentor(here.text[before[-1].start : before[-1].end]))


def _meant_by_he(said: list[Utterance], number: int, clause: Clause, roster: Roster) -> Voice | None:
    """A "he" or "she" right behind a mentor's name is that mentor, and not the mentee."""
    here = said[number]
    texts = [here.text[: clause.start]]
    texts += [u.text for u in reversed(said[max(0, number - 2) : number]) if u.block == here.block]
    for text in texts:
        people = [t for t in tokens(text, roster) if t.kind in ("MENTOR", "MENTEE")]
        if people:
            last = people[-1]
            return Voice("mentor", roster.mentor(text[last.start : last.end])) if last.kind == "MENTOR" else None
    return None


def _just_named(said: list[Utterance], number: int, roster: Roster) -> tuple[str, ...]:
    """The mentors named in the sentence before, in the same block."""
    before = said[number - 1] if number else None
    return _named(before.text, roster) if before is not None and before.block == said[number].block else ()


def acting(said: Utterance, roster: Roster) -> tuple[str, ...]:
    """The mentors who act in a sentence: those it names, else whose "I" it is; empty where that is not known."""
    if not roster.is_panel or said.speaker not in ("mentor", "other"):
        return _named(said.text, roster) if roster.is_panel else ()
    if names := _named(said.text, roster):
        return names
    speaks = said.turn or _FIRST_PERSON.search(fold(said.text))
    return (said.by,) if said.by and speaks and any(clauses(tokens(said.text, roster))) else ()
