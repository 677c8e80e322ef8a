"""What a promise is about, and which sentences of the notes touch that matter: by the words that they share."""

from __future__ import annotations

import itertools
import re

import msgspec

from assistant.notes import cues
from assistant.notes.traces import Keys, Weights, tokens
from assistant.records import Commitment, Line, Reading, Source

_ROUND = ((-1, 0.8), (1, 0.6), (-2, 0.5), (2, 0.3), (-3, 0.3))
_LONG, _PIECE = 240, 90
_GOES_ON = re.compile(
    r"(?<=\s)(?:and|but|so|oh|anyway|then|okay|en|maar|dus|enfin|toen|verder|also|ook)\s|(?<=[;.!?])\s"
)
_NUMBERED = re.compile(r"^\s*\d{1,2}[.:)]\d{0,2}[.:)]?\s+")
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w'’-]+")


class Said:
    """A sentence of a note with what was made of it; what costs time is made on demand."""

    def __init__(self, line: Line, spoken: list[str], keys: Keys) -> None:
        self.line, self.spoken, self.keys = line, spoken, keys
        self._cues: dict[str, int] | None = None

    @property
    def cues(self) -> dict[str, int]:
        if self._cues is None:
            self._cues = cues.found_in(self.spoken)
        return self._cues


class Matter(msgspec.Struct):
    """What a promise is about: the keys of its words and of the sentences round it, each with its weight."""

    own: dict[str, float]
    round: dict[str, float]
    names: Keys
    whole: float


class Touch(msgspec.Struct):
    """What a sentence shares with a promise (`own`), and with the sentences that stand round the promise."""

    own: float = 0.0
    context: float = 0.0
    shared: list[str] = msgspec.field(default_factory=list)

    @property
    def total(self) -> float:
        return self.own + 0.5 * self.context


class Chronicle:
    """All that was said in the notes of a pair, in order."""

    def __init__(self, readings: list[Reading]) -> None:
        lines = [[piece for line in reading.lines for piece in _pieces(line)] for reading in readings]
        spoken = [[tokens(_NUMBERED.sub("", line.text)) for line in note] for note in lines]
        self.weights = Weights(spoken)
        self._said = {
            reading.note.path: [
                Said(line, words, self.weights.keys(words)) for line, words in zip(some, note, strict=True)
            ]
            for reading, some, note in zip(readings, lines, spoken, strict=True)
        }
        self.paths = [reading.note.path for reading in readings]
        self._position = {path: n for n, path in enumerate(self.paths)}
        self._index: dict[str, dict[str, list[int]]] = {}
        self._matters: dict[str, Matter] = {}
        self._touches: dict[tuple[str, str], dict[int, Touch]] = {}

    def said(self, path: str) -> list[Said]:
        """The sentences of a note."""
        return self._said.get(path, [])

    def position(self, path: str) -> int:
        """Which note of the pair it is, from 0."""
        return self._position.get(path, 0)

    def touches(self, commitment: Commitment, path: str) -> dict[int, Touch]:
        """The sentences of a note, by number, that share something with a commitment."""
        key = (commitment.id, path)
        if key not in self._touches:
            matter, index = self.matter(commitment), self._in_note(path)
            found: dict[int, Touch] = {}
            for word in matter.own.keys() & index.keys():
                for at in index[word]:
                    touch = found.setdefault(at, Touch())
                    touch.own += matter.own[word]
                    touch.shared.append(word)
            for word in matter.round.keys() & index.keys():
                for at in index[word]:
                    found.setdefault(at, Touch()).context += matter.round[word]
            self._touches[key] = found
        return self._touches[key]

    def matter(self, commitment: Commitment) -> Matter:
        """What a commitment is about."""
        if commitment.id not in self._matters:
            self._matters[commitment.id] = self._matter(commitment)
        return self._matters[commitment.id]

    def _in_note(self, path: str) -> dict[str, list[int]]:
        """In which sentences of a note a key stands."""
        if path not in self._index:
            found: dict[str, list[int]] = {}
            for number, said in enumerate(self.said(path)):
                for key in said.keys:
                    found.setdefault(key, []).append(number)
            self._index[path] = found
        return self._index[path]

    def _matter(self, commitment: Commitment) -> Matter:
        source = commitment.sources[0]
        around = self.said(source.path)
        at = next((n for n, s in enumerate(around) if _holds(s, source)), None)
        own = dict.fromkeys(self.weights.keys(tokens(commitment.text)), 1.0)
        near: dict[str, float] = {}
        if at is not None:
            for key in around[at].keys:
                own.setdefault(key, 0.7)
            for step, worth in _ROUND:
                if 0 <= at + step < len(around):
                    for key in around[at + step].keys:
                        near.setdefault(key, worth)
        of = self.weights.of
        own = {key: worth * of(key) for key, worth in own.items()}
        near = {key: worth * of(key) for key, worth in near.items() if key not in own}
        names = self.weights.keys(tokens(" ".join(_NAME.findall(source.quote))))
        return Matter(own, near, names, sum(own.values()) or 1.0)


def _holds(said: Said, source: Source) -> bool:
    ours, theirs = said.line.text, source.quote
    return abs(said.line.line - source.line) <= 8 and (theirs in ours or (len(ours) > 12 and ours in theirs))


def _pieces(line: Line) -> list[Line]:
    """A long line, as people dictate them without a full stop, cut before words that go on to something else."""
    if len(line.text) <= _LONG:
        return [line]
    cuts, start = [0], 0
    for match in _GOES_ON.finditer(line.text):
        if match.start() - start >= _PIECE:
            start = match.start()
            cuts.append(start)
    parts = [(line.text[a:b].strip(), a) for a, b in itertools.pairwise([*cuts, len(line.text)])]
    return [
        msgspec.structs.replace(line, text=text, line=line.line + line.text.count("\n", 0, at))
        for text, at in parts
        if text
    ]
