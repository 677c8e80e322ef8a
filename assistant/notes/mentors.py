"""Which of several mentors promised something, or acts in a sentence. Nothing of it is guessed."""

from __future__ import annotations

import re

from assistant.notes.clauses import Clause, quoted_at, subject, tokens
from assistant.notes.judge import Candidate
from assistant.notes.people import Roster
from assistant.notes.utterances import Utterance
from assistant.records import Owner
from assistant.words import fold

_AND_I = re.compile(r"\b(?:en|and) (?:ik|i)\b|\b(?:ik|i) (?:en|and)\b")
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


Whose = tuple[Owner, str]  # the side, and the full name of the mentor of a panel where it is known


def promised(candidate: Candidate, owner: Owner, said: list[Utterance], number: int, roster: Roster) -> Whose | None:
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
        return "mentor", here.by
    names = _named(here.text[clause.start : clause.end], roster)
    if not names and candidate.subject is None:
        names = (here.by,) if here.turn and here.by else _just_named(said, number, roster)
    return ("mentor", names[0]) if len(names) == 1 else None


def _quoted(here: Utterance, clause: Clause, roster: Roster) -> Whose | None:
    """Who speaks in quotation marks: the one who is named before them."""
    before = [t for t in tokens(here.text[: clause.start], roster) if t.kind in ("MENTOR", "MENTEE")]
    if not before or before[-1].kind == "MENTEE" or subject(clause) != "SELF":
        return None
    return "mentor", roster.mentor(here.text[before[-1].start : before[-1].end])


def _meant_by_he(said: list[Utterance], number: int, clause: Clause, roster: Roster) -> Whose | None:
    """A "he" or "she" right behind a mentor's name is that mentor; behind several people nobody knows which of them."""
    here = said[number]
    texts = [here.text[: clause.start]]
    texts += [u.text for u in reversed(said[max(0, number - 2) : number]) if u.block == here.block]
    for text in texts:
        kinds = [t.kind for t in tokens(text, roster) if t.kind in ("MENTOR", "MENTEE")]
        if kinds:
            names = _named(text, roster)
            if kinds[-1] == "MENTEE":
                return None
            return ("unknown", "") if "MENTEE" in kinds else ("mentor", names[0] if len(names) == 1 else "")
    return None


def _just_named(said: list[Utterance], number: int, roster: Roster) -> tuple[str, ...]:
    """The mentors named in the sentence before, in the same block."""
    before = said[number - 1] if number else None
    return _named(before.text, roster) if before is not None and before.block == said[number].block else ()


def acting(said: Utterance, roster: Roster) -> tuple[str, ...]:
    """The mentors who act in a sentence: whose "I" it is, else those it names; empty where that is not known."""
    if not roster.is_panel:
        return ()
    names, folded = _named(said.text, roster), fold(said.text)
    if said.by and _FIRST_PERSON.search(folded):
        return tuple(dict.fromkeys([*names, said.by])) if _AND_I.search(folded) else (said.by,)
    return (said.by,) if said.by and said.turn and not names else names
