"""Questions that were asked: in quotation marks, behind a label, under a heading, or in a turn of the mentor."""

from __future__ import annotations

import re
from functools import cache

from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.people import Roster
from assistant.notes.promises import source_of, tidy
from assistant.notes.utterances import Utterance
from assistant.records import Note, Question

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{8,200}\?)[\"”“»]")
_ASKED = re.compile(
    r"\b(?:ik vroeg|vroeg ik|gevraagd|mijn vraag|vraag (?:van|voor)|de vraag|i asked|my question|asked (?:him|her|them)"
    r"|question (?:to|for)|i wanted to know|wilde ik weten)\b[^:?]*[:,]?\s*(?P<question>[^:?]{8,200}\?)"
)


def asked_in(note: Note, said: list[Utterance], roster: Roster) -> list[Question]:
    """The questions of a note that the mentor asked, in the order of its lines."""
    found: list[Question] = []
    for utterance in said:
        text = _question(utterance, roster)
        if text:
            found.append(Question(tidy(text), source_of(utterance, note)))
    return found


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, lexicon().question_labels), key=len, reverse=True))
    return re.compile(rf"^[\s*_>-]*(?:{labels})(?:\s+[\w'’-]+){{0,3}}[*_]*\s*:[*_]*\s*(?P<question>.*?\?)", re.IGNORECASE)


def _question(said: Utterance, roster: Roster) -> str | None:
    if "?" not in said.text or said.quoted:
        return None
    if match := _label().match(said.text):
        return match.group("question")
    heading = plain(said.section[-1]).strip(" :") if said.section else ""
    if heading in lexicon().question_headings or (said.turn and said.speaker == "mentor"):
        return said.text[: said.text.rfind("?") + 1].strip("\"“”„«» ")
    if said.speaker == "mentor" and (match := _QUOTED.search(said.text)):
        return match.group(1)
    if match := _ASKED.search(plain(said.text)):
        start = plain(said.text).find(match.group("question"))
        return said.text[start: said.text.find("?", start) + 1] if len(plain(said.text)) == len(said.text) else said.text
    return None
