"""Questions that were asked: in quotation marks, behind a label, under a heading, in a turn of the mentor, or told."""

from __future__ import annotations

import re
from functools import cache

from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.people import Roster
from assistant.notes.promises import source_of, tidy
from assistant.notes.sayings import MENTOR, sayings, spoken
from assistant.notes.utterances import Utterance
from assistant.records import Note, Question
from assistant.words import words

_LEAST, _LEAST_LABELLED = 4, 3  # words; "By when?" is no question to remember
_QUOTED = re.compile(r"[\"“„«‘']([^\"“”„«»]{8,200}\?)[\"”“»’']")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_END = re.compile(
    r"[.?!;:\n\"“”]|\s*(?:->|→)|,\s+(?:en|and|maar|but|waarop|dat was|that was)\s"
    r"|\s+(?:en|and)\s+(?:hij|zij|ze|he|she|toen|then|what|dan)\s"
)


def asked_in(note: Note, said: list[Utterance], roster: Roster) -> list[Question]:
    """The questions of a note that the mentor asked, in the order of its lines."""
    found: list[Question] = []
    for utterance in said:
        if utterance.quoted or utterance.box is not None:
            continue
        if text := _question(utterance, roster):
            found.append(Question(tidy(text), source_of(utterance, note)))
    return found


@cache
def _label() -> re.Pattern[str]:
    known = lexicon().question_labels | sayings("questions").words("labels")
    labels = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(
        rf"^[\W\d]*(?:{labels})(?:\s+[\w'’-]+){{0,3}}[*_]*\s*:[*_]*\s*[\"“„]?(?P<question>[^?]*\??)", re.IGNORECASE
    )


def _question(said: Utterance, roster: Roster) -> str | None:
    """The question that a sentence holds."""
    if match := _label().match(said.text):
        text = match.group("question")
        return text if len(words(text)) >= _LEAST_LABELLED else None
    if said.speaker != "mentor":
        return None
    heading = plain(said.section[-1]).strip(" :") if said.section else ""
    whole = said.text[: said.text.rfind("?") + 1].strip('"“”„«» ')
    if whole and heading in lexicon().question_headings:
        return whole
    if match := _QUOTED.search(said.text):
        return match.group(1)
    text = whole if said.turn else whole.rsplit(": ", 1)[-1]
    if whole:
        return text if len(words(text)) >= _LEAST else None
    return _told(said, roster)


def _told(said: Utterance, roster: Roster) -> str | None:
    """A question in reported speech: "I asked her when she had last sat at the counter"."""
    heard = spoken(said.text, said, roster)
    where = list(_WORD.finditer(said.text))
    spans = sayings("questions").found(heard)
    for span in spans.get("told", ()):
        if span.start and heard[span.start - 1] in sayings("questions").words("others"):
            continue
        if len(where) == len(heard):
            start = where[span.end - 1].start() if span.end <= len(where) else len(said.text)
            end = _END.search(said.text, start)
            return said.text[start : end.start() if end else len(said.text)].strip(" ,")
        return said.text
    for span in spans.get("behind", ()):  # "..., I asked her"
        if len(where) == len(heard) and span.start >= _LEAST and MENTOR not in heard[: span.start]:
            return said.text[: where[span.start].start()].strip(" ,.")
    return None
