"""How likely a sentence is a topic that was left open, or a belief: logistic regressions, trained by bench/train_talk.py.

The weights stand in corpus/reading/talk/<kind>.json: one number a feature, "" for the constant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from assistant import resources
from assistant.notes import judge
from assistant.notes.pieces import Piece
from assistant.notes.sayings import MENTEE, MENTOR
from assistant.words import stop_words, words


@cache
def weights(kind: str) -> dict[str, float]:
    """One weight a feature."""
    found: dict[str, float] = json.loads((resources.corpus() / "reading" / "talk" / f"{kind}.json").read_text("utf-8"))
    return found


def likely(features: tuple[str, ...], kind: str) -> float:
    """How likely a piece of these features is one of that kind, 0 to 1."""
    return judge.score(features, weights(kind))


def features(pieces: list[Piece], at: int) -> Iterator[str]:
    """What tells about any piece: its sayings and common words, its neighbours', and where it stands."""
    piece = pieces[at]
    yield from (f"c {kind}" for kind in piece.cues)
    for name, place in (("n1", at + 1), ("p1", at - 1), ("n2", at + 2)):
        yield from _neighbour(name, piece, pieces[place]) if 0 <= place < len(pieces) else (f"{name} none",)
    last = next((p for p in reversed(pieces[at + 1 : at + 5]) if p.said.block == piece.said.block), None)
    if last is not None:  # what a paragraph ends with often tells of all of it
        yield from (f"end {kind}" for kind in last.cues)
    row = [word if word in stop_words() or word in (MENTEE, MENTOR) else "x" for word in piece.words]
    yield from {f"w {word}" for word in row}
    yield from {f"b {a} {b}" for a, b in pairwise(["<", *row, ">"])}
    if piece.asks:
        yield "asks"
    yield f"len {min(len(piece.words) // 6, 5)}"
    yield f"turn {piece.said.turn} {piece.said.speaker}"
    yield f"kind {piece.said.kind}"
    yield f"pos {4 * at // len(pieces)}"
    if at >= len(pieces) - 3:
        yield "last3"
    if piece.said.level.closes:
        yield "closed"
    if piece.said.section:
        yield from {f"sec {word}" for word in words(piece.said.section[-1])}


def _neighbour(name: str, piece: Piece, other: Piece) -> Iterator[str]:
    yield from (f"{name} {kind}" for kind in other.cues)
    if other.asks:
        yield f"{name} asks"
    if other.said.block == piece.said.block:
        yield f"{name} sameblock"
