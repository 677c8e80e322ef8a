"""Threads: what a note raises and leaves unresolved.

A saying such as "daar kwamen we niet uit" or "neither of us knew" stands in the sentence that names the matter, or in
the one behind it. What such sayings are worth, in which company, was learned from notes with known answers (talk.py).
"""

from __future__ import annotations

import re

from msgspec import Struct

from assistant.notes import talk
from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.people import Roster
from assistant.notes.pieces import Piece, pieces_of, quoted
from assistant.notes.promises import tidy
from assistant.notes.sayings import Span, sayings
from assistant.notes.utterances import Utterance, shorten
from assistant.records import Note, Source, Thread

BAR = 0.18
SCANT = 5  # words of meaning; a sentence with fewer is quoted with those before it
_BACK = 3  # pieces before one that says little in which its matter may be named
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
_UNMET, _SETTLED = 3.0, 2.0
_LABEL = re.compile(r"^[\W\d]*(?P<label>[^:?.]{3,60}):\s+\S")


class Find(Struct):
    """The pieces of one thread, first to last; `title` is the one that names it, most likely so."""

    first: int
    last: int
    title: int
    likely: float


def left_in(note: Note, said: list[Utterance], roster: Roster) -> list[Thread]:
    """The threads of one note, in the order of its lines."""
    pieces = pieces_of(said, roster, "threads")
    found: list[Find] = []
    for at, piece in enumerate(pieces):
        likely = talk.likely(features(pieces, at), "threads")
        if likely < BAR or piece.said.box is not None or _asked(piece):
            continue
        first = _opening(pieces, at)
        if found and (first <= found[-1].last or _of_one(pieces, found[-1].last, at)):
            before = found[-1]
            before.last, before.likely = at, max(likely, before.likely)
            before.title = _naming(pieces, before.first, at)
        else:
            found.append(Find(first, at, _naming(pieces, first, at), likely))
    return [_thread(pieces, find, note) for find in found]


def _opening(pieces: list[Piece], at: int) -> int:
    """Where the matter is named that a piece leaves: itself, unless it says little and others stand before it."""
    first = at
    while len(pieces[first].matter()) < SCANT and not _wonders(pieces[first]) and at - first < _BACK:
        if not first or pieces[first - 1].said.block != pieces[at].said.block or pieces[first - 1].said.turn:
            break
        first -= 1
    return first


def _naming(pieces: list[Piece], first: int, last: int) -> int:
    """Which piece of a run names the matter: the first that wonders, else the one that says most."""
    run = range(first, last + 1)
    return next((n for n in run if _wonders(pieces[n])), max(run, key=lambda n: len(pieces[n].matter())))


def features(pieces: list[Piece], at: int) -> tuple[str, ...]:
    """What tells whether a piece names something that was left."""
    piece = pieces[at]
    own = [f"weight>{bar}" for bar in range(4) if weigh(piece.cues, piece.words) > bar]
    return (*talk.features(pieces, at), *own, *(["wonders"] if _wonders(piece) else []))


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


def _asks_behind(cues: dict[str, list[Span]], words: list[str]) -> bool:
    """Does a question follow what was said: "niemand weet waar ..."?"""
    what = sayings("threads").words("what") - {"of", "if"}
    ends = {span.end for kind in ("left", "nobody", "joint") for span in cues.get(kind, ())}
    return any(not what.isdisjoint(words[end - 1 : end + 2]) for end in ends)


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


def _of_one(pieces: list[Piece], before: int, at: int) -> bool:
    """Do two neighbours speak of one matter, one of them saying little but that it was left?"""
    one, other = pieces[before], pieces[at]
    scant = min(len(one.matter()), len(other.matter())) < SCANT
    return at == before + 1 and one.said.block == other.said.block and scant


def _thread(pieces: list[Piece], find: Find, note: Note) -> Thread:
    piece, last = pieces[find.title], find.last
    if last == find.title and not piece.cues and last + 1 < len(pieces) and pieces[last + 1].cues:
        last += pieces[last + 1].said.block == piece.said.block  # what tells that it was left
    run = pieces[find.first : last + 1]
    quote = quoted(run, note) or shorten(piece.text)
    line = run[0].line if quote.startswith(run[0].text) else piece.line
    return Thread(tidy(piece.text), Source(note.path, line, note.date, piece.said.level, quote), round(find.likely, 3))
