"""Threads: what a note raises and leaves unresolved.

A saying such as "daar kwamen we niet uit" or "neither of us knew" stands in the sentence that names the matter, or in
the one behind it. How plainly it says so gives the thread its weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.people import Roster
from assistant.notes.promises import tidy
from assistant.notes.sayings import MENTEE, MENTOR, Span, sayings, spoken
from assistant.notes.traces import tokens
from assistant.notes.utterances import LONGEST_QUOTE, Utterance, shorten
from assistant.records import Note, Source, Thread
from assistant.words import stop_words

_LONG = 45  # words; a sentence that is longer was dictated, and is cut up
_LEAST = 2.0
_BACK = 3
_SCANT = 5  # words of meaning; a sentence with fewer is quoted with those before it
_WEIGHTS = {
    "left": 3.0,
    "joint": 3.0,
    "rumour": 2.0,
    "nobody": 1.8,
    "passing": 1.5,
    "hint": 1.3,
    "broken": 1.0,
    "one": 0.9,
}
_UNMET, _SETTLED, _CLOSED = 3.0, 2.0, 1.0
_CUT = re.compile(r"(?<=\w)[,;]?\s+(?=(?:and|but|en|maar|so|dus|then|toen)\s)")
_LABEL = re.compile(r"^[\W\d]*(?P<label>[^:?.]{3,60}):\s+\S")


class Piece(msgspec.Struct):
    """A sentence, or a part of one that was dictated without stops, with the sayings that stand in it."""

    said: Utterance
    text: str
    line: int
    words: list[str]
    cues: dict[str, list[Span]]

    @property
    def asks(self) -> bool:
        """Is it a question?"""
        return "?" in self.text

    @property
    def weight(self) -> float:
        """How plainly it says that something was left."""
        return weigh(self.cues, self.words)

    def matter(self) -> set[str]:
        """Its words that carry meaning, outside of the sayings."""
        within = {n for kind in self.cues for span in self.cues[kind] for n in range(span.start, span.end)}
        return _meaning(w for n, w in enumerate(self.words) if n not in within)

    def after(self) -> set[str]:
        """Its words that carry meaning behind the saying that it was left."""
        ends = [span.end for span in self.cues.get("left", ())]
        return _meaning(self.words[max(ends) :]) if ends else set()


def _meaning(words: Iterable[str]) -> set[str]:
    return {w for w in words if w not in stop_words() and len(w) > 2 and w not in (MENTEE, MENTOR)}


def weigh(cues: dict[str, list[Span]], words: list[str]) -> float:
    """How plainly sayings tell that something was left: the plainest one, a little more for each further kind."""
    kinds = [_WEIGHTS[kind] for kind in cues if _WEIGHTS.get(kind, 0) > 0]
    base = max(kinds, default=0.0) + 0.3 * max(len(kinds) - 1, 0)
    asks = _what(words) or _asks_behind(cues, words)
    ours = "joint" in cues or ("left" in cues and (asks or not sayings("threads").words("we").isdisjoint(words)))
    base -= _UNMET if "unmet" in cues and not ours else 0.0
    left = [n for span in cues.get("left", ()) for n in range(span.start, span.end)]
    settled = any(span.start not in left and span.end - 1 not in left for span in cues.get("settled", ()))
    return base - (_SETTLED if settled else 0.0)


def weight_of(thread: Thread) -> float:
    """How plainly a thread was left, by its quotation."""
    words = tokens(thread.source.quote)
    weight = weigh(sayings("threads").found(words), words)
    wonders = "?" in thread.source.quote or _what(tokens(thread.title))
    return weight + (1.0 if wonders else 0.0) - (_CLOSED if thread.source.level.closes else 0.0)


def left_in(note: Note, said: list[Utterance], roster: Roster) -> list[Thread]:
    """The threads of one note, in the order of its lines."""
    pieces = pieces_of(said, roster, "threads")
    found: dict[int, tuple[int, float]] = {}
    for at, piece in enumerate(pieces):
        weight = piece.weight
        if weight <= 0 or piece.said.box is not None:
            continue
        first = _subject(pieces, at)
        if first is None:
            continue
        weight += _wonder(pieces[first], piece)
        weight -= _CLOSED if piece.said.level.closes else 0.0
        if weight >= _LEAST and not _asked(pieces[first]):
            last, before = found.get(first, (at, 0.0))
            found[first] = (max(last, at), max(before, weight))
    return [_thread(pieces, first, last, note) for first, (last, _) in sorted(found.items())]


def pieces_of(said: list[Utterance], roster: Roster, name: str) -> list[Piece]:
    """The sentences of a note, long ones cut up, with the sayings of one file found in them."""
    known = sayings(name)
    result: list[Piece] = []
    for utterance in said:
        for start, text in _parts(utterance.text):
            words = spoken(text, utterance, roster)
            line = utterance.line + utterance.text[:start].count("\n")
            result.append(Piece(utterance, text, line, words, known.found(words)))
    return result


def _parts(text: str) -> list[tuple[int, str]]:
    if len(text.split()) <= _LONG:
        return [(0, text)]
    cuts = [0]
    for match in _CUT.finditer(text):
        if len(text[cuts[-1] : match.start()].split()) >= 9:
            cuts.append(match.end())
    return [(start, text[start:end].strip()) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _subject(pieces: list[Piece], at: int) -> int | None:
    """The piece that names what was left: this one, or the nearest before it that says enough."""
    here = pieces[at]
    points = bool(here.words) and here.words[0] in sayings("threads").words("pointing")
    if "rumour" in here.cues or _goes_on(here) or (not points and (len(here.matter()) >= 3 or _wonders(here))):
        return at
    before = [n for n in range(at - 1, max(at - 1 - _BACK, -1), -1) if _near(pieces[n], here)]
    named = next((n for n in before if pieces[n].asks or len(pieces[n].matter()) >= 3), None)
    return named if named is not None else at if len(here.matter()) >= 2 else None


def _near(before: Piece, here: Piece) -> bool:
    of_one = before.said.section == here.said.section and before.said.level == here.said.level
    return of_one and here.line - before.line <= 4


def _goes_on(piece: Piece) -> bool:
    """Does the saying lead on to what it is about: "ran out of time on who decides"?"""
    return len(piece.after()) >= (2 if _asks_behind(piece.cues, piece.words) else 3)


def _asks_behind(cues: dict[str, list[Span]], words: list[str]) -> bool:
    """Does a question follow what was said: "niemand weet waar ..."?"""
    what = sayings("threads").words("what") - {"of", "if"}
    ends = {span.end for kind in ("left", "nobody", "joint") for span in cues.get(kind, ())}
    return any(not what.isdisjoint(words[end - 1 : end + 2]) for end in ends)


def _wonder(subject: Piece, cue: Piece) -> float:
    """More for what is a question; most for one that is not put to the mentee, who then had no answer to it."""
    if not _wonders(subject):
        return 0.0
    put = MENTEE in subject.words or not sayings("threads").words("she").isdisjoint(cue.words)
    return 1.0 if put or not subject.asks else 1.2


def _wonders(piece: Piece) -> bool:
    """Does it hold a question, asked outright or told ("wie er beslist")?"""
    return piece.asks or _what(piece.words) or _label_cue(piece) or _asks_behind(piece.cues, piece.words)


def _what(words: list[str]) -> bool:
    """Does it begin as a question does? "Of" and "if" count as the first word alone: English has them everywhere."""
    what = sayings("threads").words("what")
    return bool(words) and (words[0] in what or any(word in what and word not in ("of", "if") for word in words[1:4]))


def _label_cue(piece: Piece) -> bool:
    """ "Nog open: ..." """
    match = _LABEL.match(piece.text)
    most = len(match.group("label").split()) + 1 if match else 0
    return any(span.end <= most for spans in piece.cues.values() for span in spans)


def _asked(piece: Piece) -> bool:
    """Is it one of the questions that the mentor came to ask?"""
    label = plain(piece.text).split(":")[0].strip(" *_-")
    heading = plain(piece.said.section[-1]).strip(" :") if piece.said.section else ""
    return label in lexicon().question_labels or heading in lexicon().question_headings


def _thread(pieces: list[Piece], first: int, last: int, note: Note) -> Thread:
    piece = pieces[first]
    start = first
    while first != last and start > max(first - 2, 0) and len(piece.matter()) < _SCANT and not piece.asks:
        start -= 1
    runs = (pieces[n : last + 1] for n in range(start, first + 1) if _near(pieces[n], piece))
    quote = next((whole for run in runs if (whole := quoted(run, note))), None) or shorten(piece.text)
    line = next((p.line for p in pieces[start : first + 1] if quote.startswith(p.text)), piece.line)
    return Thread(tidy(piece.text), Source(note.path, line, note.date, piece.said.level, quote))


def quoted(run: list[Piece], note: Note) -> str | None:
    """The sentences from the first to the last as they stand in the note, None if that is too long to quote."""
    first, last = run[0], run[-1]
    for passage in note.passages:
        if passage.block == first.said.block and first.said.block == last.said.block:
            start = passage.text.find(first.text)
            end = passage.text.find(last.text, max(start, 0))
            if start >= 0 and end >= 0 and end + len(last.text) - start <= LONGEST_QUOTE:
                return passage.text[start : end + len(last.text)]
    return None
