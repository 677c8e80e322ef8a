"""Whose promise a clause is."""

from __future__ import annotations

import re
from typing import Literal

from assistant.notes.clauses import clauses, side, subject, tokens
from assistant.notes.judge import Candidate, mouth
from assistant.notes.people import Roster
from assistant.notes.utterances import Utterance
from assistant.records import Owner
from assistant.words import fold

Side = Owner | Literal["other"]
# "On me", "ligt bij mij", "van mij krijgt hij": whoever speaks.
_ON_SPEAKER = re.compile(
    r"\b(?:(?:is|are|one's|that's|it's|all|list|down|up|falls?|fell|landed|lands|rests|sits|left) (?:on|to|with) me"
    r"|(?:leave|left) (?:it|that|this|those|them)\b.{0,20} (?:with|to) me|^(?:on|up to) me\b|mine to|by me|off me|i owe"
    r"|i'm to|i am to|for my part|muggins|comes? (?:from|through) me|from me"
    r"|(?:ligt|lag|leg|laat|liggen|neer|is|zijn|komt|blijft|terecht)\b.{0,30} (?:aan|bij|voor|door|op) (?:mij|me)\b"
    r"|^(?:is |dus )?aan mij|van (?:mij|me) (?:krijg\w*|hoor\w*|een)|krijg\w* .{0,40}van (?:mij|me|m'n)|v mij"
    r"|(?:aan|bij) mij (?:om|over|te|overlaten|moest)|op me|op mij|(?:doe|regel|zoek|neem|fix|breng) ik)\b"
)
_ON_AUTHOR_ALONE = re.compile(
    r"^(?:zelf (?:zou|pak|maak|doe|schrijf|zoek|ga|zal)|for my part|van mijn kant|voor mijn rekening|op mijn bord)"
)
_GETS_IT = r"have (?:it|them|that|those)(?: back)?(?= by| on| before| from| off| tomorrow| tonight|\W*$)"
_RECEIVES = re.compile(
    r"\b(?:(?:krijg|krijgt|hoort|hoor) (?:je|ge|gij|u|jij|ze|hij)"
    r"|(?:hebt|heb) (?:je|ge|jij)(?! (?:\w+ ){0,4}ge\w+[dt]\b)"
    r"|(?:je|ge|u|jij) (?:krijgt?|hoort|hebt? (?:het|ze|'t|hem|er|dat|morgen|maandag))"
    r"|(?:ze|hij|haar|hem) .{0,40}\bkrijgt|(?:ze|hij) hoort|hij heeft (?:het|'t|die|ze|dat)"
    r"|you(?:'ll| will| shall|'d| would) (?:have|get|hear|be getting)|(?:he|she)'s getting .{0,30}\b(?:off|from)"
    rf"|(?:he|she) gets|(?:he|she)(?:'ll| will|'d| would) {_GETS_IT}|(?:he|she) can have)"
)
_I_RECEIVE = re.compile(
    r"\b(?:krijg ik|ik krijg|hoor ik|ik hoor|krijgen we|we krijgen|i'm getting"
    rf"|i(?:'ll| will|'d| would) (?:hear (?:it|that|them|the|by|from)|get (?:it|them|that) from|{_GETS_IT}))"
)
_THEIRS = re.compile(
    r"\b(?:door|bij|aan|by|up to|down to|for|sits with|lies with) (?:hem|haar|him|her)\b(?! (?:to|te|om))"
    r"|\b(?:hers|his) to\b|\b(?:his|her) side of|\b(?:aan|for|up to) (?:hem|haar|him|her) (?:om|to)\b"
)
_BINDS = re.compile(
    r"\b(?:ligt|lag|van|door|is|doet|regelt|with|on|up to|down to|for|aan|by|bij|v)(?: (?:nu|dan|voor|to))?"
    r" (?:bij |aan |voor )?$"
)
_SPOKEN_OF = frozenset({"SELF", "YOU", "HE", "WE", "MENTOR", "MENTEE"})


def owner_of(candidate: Candidate, said: list[Utterance], number: int, roster: Roster) -> Side:
    """The side that a clause binds; "other" where it is a third party."""
    here, clause = candidate.said, candidate.clause
    text = fold(here.text[clause.start : clause.end])
    speaker: Side = mouth(here, clause)[0]
    if _ON_AUTHOR_ALONE.search(text):
        return speaker
    if candidate.subject == "WE":
        return "both"
    if bound := _bound(candidate):
        return bound
    if _ON_SPEAKER.search(text):
        return speaker
    if _I_RECEIVE.search(text):
        return _turned(speaker)
    if _RECEIVES.search(text):
        return speaker if candidate.subject in ("YOU", "HE", None) else _turned(_as_side(candidate.side) or speaker)
    if _THEIRS.search(text) and candidate.subject not in ("SELF", "YOU"):
        return _turned(speaker) if here.turn or here.quoted else "mentee"
    if candidate.subject is not None and (who := _as_side(candidate.side)):
        return who
    return _as_side(candidate.side) or _from_before(candidate, said, number, roster)


def _as_side(who: str | None) -> Side | None:
    return who if who in ("mentor", "mentee", "both", "other") else None  # type: ignore[return-value]


def _turned(who: Side) -> Side:
    return {"mentor": "mentee", "mentee": "mentor"}.get(who, who)  # type: ignore[return-value]


def _bound(candidate: Candidate) -> Side | None:
    """A name behind "by", "up to", "ligt bij"."""
    text = candidate.said.text
    named = [token for token in candidate.clause.tokens if token.kind in ("MENTOR", "MENTEE")]
    receives = candidate.subject == "SELF" and _I_RECEIVE.search(fold(text))
    if candidate.subject in ("SELF", "YOU", "HE", "WE") and not receives:
        return None
    for token in named:
        if _BINDS.search(fold(text[candidate.clause.start : token.start])):
            return token.kind.lower()  # type: ignore[return-value]
    return None


def _from_before(candidate: Candidate, said: list[Utterance], number: int, roster: Roster) -> Side:
    """No subject in the sentence: the speaker of a turn, else whom the sentences before it in the block are about."""
    here = candidate.said
    if here.turn or here.quoted:
        return here.speaker
    behind = [subject(c) for c in clauses(tokens(here.text[candidate.clause.end :], roster))][:1]
    for kind in behind:
        if kind in ("MENTOR", "MENTEE", "SELF", "HE"):
            return _as_side(side(kind, here.speaker, here.to, here.turn)) or here.speaker
    for before in reversed(said[max(0, number - 2) : number]):
        if before.block != here.block or before.turn:
            break
        kinds = [kind for c in clauses(tokens(before.text, roster)) if (kind := subject(c)) in _SPOKEN_OF]
        if kinds:
            return _as_side(side(kinds[-1], before.speaker, before.to, before.turn)) or here.speaker
    return here.speaker
