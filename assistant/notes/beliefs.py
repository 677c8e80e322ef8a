"""Beliefs: what the senior was sure of, and what the floor showed.

A conviction is told as one ("gaat ervan uit", "was sure that"), or it is a flat claim of the senior that the mentor's
next lines set something seen or counted against.
"""

from __future__ import annotations

import re

import msgspec

from assistant.notes import talk
from assistant.notes.people import Roster
from assistant.notes.pieces import Piece, pieces_of, quoted
from assistant.notes.promises import tidy
from assistant.notes.sayings import MENTEE, sayings
from assistant.notes.traces import vocabulary
from assistant.notes.utterances import Utterance, shorten
from assistant.records import Belief, Note, Source

BAR = 0.3
_SHOWN, _SHOWN_SURE = 1.5, 0.9
_AHEAD, _TURNS = 3, 5  # how many sentences ahead the floor may show otherwise
_HER = frozenset(["hij", "zij", "ze", "ie", "he", "she", "hem", "haar", "zijn", "his", "her", "him", "d'r"])
_SHE = frozenset({MENTEE, "hij", "zij", "ze", "he", "she"})
_MARK = re.compile(r"[\"“„«‘]")
_ASKED = frozenset(["vroeg", "gevraagd", "asked", "vraag", "question"])
_QUOTATION = re.compile(r"[\"“„«][^\"“”„«»]{12,}[\"”“»]")


class Claim(msgspec.Struct, frozen=True):
    """A sentence that holds a belief, with the sentence that shows otherwise, if one does."""

    at: int
    likely: float
    against: int | None


def held_in(note: Note, said: list[Utterance], roster: Roster) -> list[Belief]:
    """The beliefs of the mentee in one note, in the order of its lines."""
    pieces = pieces_of(said, roster, "beliefs")
    claims = [claim for at in range(len(pieces)) if (claim := _claim(pieces, at))]
    best: dict[int, Claim] = {}
    for claim in claims:
        key = claim.against if claim.against is not None else -1 - claim.at
        if key not in best or claim.likely > best[key].likely:
            best[key] = claim
    return [_belief(pieces, claim, note) for claim in sorted(best.values(), key=lambda c: c.at)]


def _claim(pieces: list[Piece], at: int) -> Claim | None:
    piece = pieces[at]
    if piece.asks or len(piece.words) < 4 or piece.said.box is not None or len(piece.matter()) < 2:
        return None
    likely = talk.likely(features(pieces, at), "beliefs")
    if likely < BAR:
        return None
    if "floor" in piece.cues and "says" in piece.cues and _counts(piece) and piece.said.kind == "item":
        return Claim(at, likely, at)  # a telegram that says both in one breath
    most = max((_shows(pieces, at, n) for n in _ahead(pieces, at)), default=0.0)
    if most < (_SHOWN_SURE if "sure" in piece.cues else _SHOWN):
        return Claim(at, likely, None)
    return Claim(at, likely, max(_ahead(pieces, at), key=lambda n: _telling(pieces, at, n)))


def features(pieces: list[Piece], at: int) -> tuple[str, ...]:
    """What tells whether a piece holds a belief: how it is told, and whether what follows shows otherwise."""
    piece, told = pieces[at], _told(pieces[at])
    most = max((_shows(pieces, at, n) for n in _ahead(pieces, at)), default=0.0)
    own = [f"told>{bar}" for bar in (0, 1, 2) if told > bar]
    own += [f"shown>{bar}" for bar in (0.5, 1, 1.5, 2, 3) if most >= bar]
    signs = {
        "told&shown": told > 0 and most >= 1,
        "mark": _MARK.search(piece.text) is not None,
        "answers": _answers(pieces, at),
        "counts": _counts(piece) > 0,
    }
    return (*talk.features(pieces, at), *own, *(name for name, there in signs.items() if there))


def _ahead(pieces: list[Piece], at: int) -> range:
    """The sentences in which the floor may show otherwise."""
    return range(at + 1, min(at + 1 + (_TURNS if pieces[at].said.turn else _AHEAD), len(pieces)))


def _answers(pieces: list[Piece], at: int) -> bool:
    """Is it the answer to a question that was put in the sentence before, told rather than said?"""
    before = pieces[at - 1] if at else None
    return before is not None and not pieces[at].said.turn and (before.asks or not _ASKED.isdisjoint(before.words))


def _told(piece: Piece) -> float:
    """How far a sentence is told as what the mentee holds to be so."""
    turn = piece.said.turn and piece.said.speaker == "mentee"
    if "owned" in piece.cues and (turn or _MARK.search(piece.text)):
        return 2.7
    if "sure" in piece.cues:
        return 2.7 if turn or MENTEE in piece.words else 2.2 if not _HER.isdisjoint(piece.words) else 1.7
    if "says" in piece.cues:
        return 1.2 if turn or piece.said.speaker == "mentor" else 0.0
    if turn:
        return 0.0 if MENTEE in piece.words else 0.7  # "I" tells of a plan, or of the speaker
    quotes = MENTEE in piece.words and _QUOTATION.search(piece.text)
    return 1.2 if quotes and piece.said.speaker == "mentor" else 0.0


def _shows(pieces: list[Piece], at: int, n: int) -> float:
    """How far a sentence sets something seen or counted against a claim."""
    here = pieces[n]
    mentee = here.said.turn and here.said.speaker == "mentee"
    of_one = here.said.section == pieces[at].said.section and here.said.level == pieces[at].said.level
    if mentee or here.asks or not of_one or here.said.box is not None:
        return 0.0
    if not here.said.turn and not _SHE.isdisjoint(here.words[:2]):  # what the mentee does next
        return 0.0
    weight = 1.5 if "floor" in here.cues else 0.0
    weight += 1.5 if "outright" in here.cues else 0.5 if "contrary" in here.cues else 0.0
    weight += _counts(here)
    if here.said.turn and here.said.speaker == "mentor":
        weight += 0.5
    return weight - 0.2 * (n - at - 1)


def _telling(pieces: list[Piece], at: int, n: int) -> float:
    """How well a sentence tells what was so: the numbers rather than how they were come by."""
    shows = _shows(pieces, at, n)
    return shows + _counts(pieces[n]) if shows > 0 else 0.0


def _counts(piece: Piece) -> float:
    numbers = vocabulary().numbers
    portion = sayings("beliefs").words("portion")
    counts = any(word in numbers or word[:1].isdigit() or word in portion for word in piece.words)
    return (1.5 if "ratio" in piece.cues else 1.0) if counts else 0.0


def _belief(pieces: list[Piece], claim: Claim, note: Note) -> Belief:
    piece = pieces[claim.at]
    run = [piece]
    if piece.said.turn and piece.said.speaker == "mentee":  # what one says in a turn is one claim
        here = [p for p in pieces if p.line == piece.line and p.said.block == piece.said.block]
        run = [p for p in here if p.said.speaker == "mentee"]
    source = Source(note.path, run[0].line, note.date, piece.said.level, quoted(run, note) or shorten(piece.text))
    if claim.against is None:
        return Belief(tidy(piece.text), source)
    other = pieces[claim.against]
    against = Source(note.path, other.line, note.date, other.said.level, shorten(other.text))
    return Belief(tidy(piece.text), source, tidy(other.text), against)
