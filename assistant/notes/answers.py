"""What the mentee answered: the lines behind the questions that a note has from the mentor.

In a transcript it is the next turn, in prose the sentence behind the question that tells it ("He said: ...").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from assistant.notes.gist import Gist, of_text
from assistant.notes.people import Roster
from assistant.notes.sayings import sayings
from assistant.notes.traces import tokens
from assistant.records import Line, Pair, Question, Readable, Reading, Source
from assistant.words import content

_NEAR = 2  # lines between a question and its answer
_OPENING = 5  # words within which a told answer names who gave it
_SAID = re.compile(
    r"^[^:]{0,40}\b(?:antwoord|answer|zei|zegt|said|says|honest|eerlijk)\b[^:]{0,20}:\s+(?P<words>.+)$", re.I
)
_QUOTED = re.compile(r"[\"“„«](?P<words>[^\"“”„«»]{8,160})[\"”»]")


class Answer(Struct, frozen=True):
    """A question of the mentor and what the mentee said to it. `literal` says that these are the mentee's own words."""

    question: Question
    source: Source
    gist: Gist
    literal: bool


def answers(readable: Readable, pair: Pair, today: dt.date) -> list[Answer]:
    """The answered questions of all notes up to a day, oldest first."""
    names = {word for name, who in Roster(pair).spellings.items() if who == "mentee" for word in tokens(name)}
    return [answer for reading in readable if reading.note.date <= today for answer in _of(reading, frozenset(names))]


def _of(reading: Reading, mentee: frozenset[str]) -> Iterator[Answer]:
    for question in reading.questions:
        at = _place(question, reading.lines) if _open(question.text) else None
        if at is not None and (found := _behind(reading.lines, at, mentee)):
            line, words, literal = found
            source = Source(reading.note.path, line.line, reading.note.date, line.level, line.text)
            yield Answer(question, source, of_text(words), literal)


def _open(question: str) -> bool:
    """Is there more to say to it than yes or no?"""
    return not sayings("gist").words("open").isdisjoint(tokens(question)[:3])


def _place(question: Question, lines: Sequence[Line]) -> int | None:
    """Which sentence holds the question."""
    start = question.text[:30]
    near = (n for n, line in enumerate(lines) if abs(line.line - question.source.line) <= 1)
    return next((n for n in near if start in " ".join(lines[n].text.split())), None)


def _behind(lines: Sequence[Line], at: int, mentee: frozenset[str]) -> tuple[Line, str, bool] | None:
    """The sentence with the answer, its words, and whether they are the mentee's own."""
    asked = lines[at]
    ahead = [x for x in lines[at + 1 : at + 5] if x.line - asked.line <= _NEAR and x.box is None and "?" not in x.text]
    if not ahead or ahead[0].section != asked.section or len(ahead[0].text) > 400:
        return None
    if ahead[0].speaker == "mentee":
        turn = [x for x in ahead if x.line == ahead[0].line and x.speaker == "mentee"]
        best = max(turn, key=lambda x: len(content(x.text)))
        return (best, best.text, True) if len(content(best.text)) >= 2 else None
    return _told(ahead[0], mentee) if ahead[0].line - asked.line <= 1 else None


def _told(line: Line, mentee: frozenset[str]) -> tuple[Line, str, bool] | None:
    words, known = tokens(line.text), sayings("gist")
    names = not (mentee | known.words("her")).isdisjoint(words[:_OPENING])
    tells = not known.words("tells").isdisjoint(words)
    quoted = _QUOTED.search(line.text)
    match = (quoted if names and tells else None) or _SAID.match(line.text)
    if match:
        return (line, match["words"], True) if len(content(match["words"])) >= 2 else None
    tells = not known.words("tells").isdisjoint(words[: _OPENING + 2])
    return (line, line.text, False) if names and tells and known.words("none").isdisjoint(words) else None
