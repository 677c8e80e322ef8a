"""What a model gets to see of a draft: the built-in writer's pieces with their sources, as lines of plain data.

What it may not read is not in it. A note's text is one line with its key before it, and cannot begin a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from assistant.evidence import SHORT, sentences
from assistant.privacy import spotlight
from assistant.records import Level, Note, Passage, Readable, Source
from assistant.retrieval.recall import Recall, Sentence, fused
from assistant.words import words

_ASKED = 3  # cited sources by which more is looked for
_NEAR = 6  # lines around a cited one from which more is told
_RUN = 5  # words in a row by which a passage is known
_BESIDE, _ELSEWHERE = 3, 2  # sentences more for a piece: around what it cites, and of other places on the same
_RELATED = 0.3  # how much one of another place must bear on it


class Piece(Struct, frozen=True):
    """An item or a question of the built-in writer: its texts, what a prompt says about it, the sources it cites."""

    about: dict[str, str]
    texts: dict[str, str]
    sources: tuple[str, ...]


class Offered(Struct, frozen=True):
    """A piece that the model may write anew. `sources` are the keys that it may cite, `place` is that in the draft."""

    key: str
    about: dict[str, str]
    texts: dict[str, str]
    sources: tuple[str, ...]
    place: int


class DataLine(Struct, frozen=True):
    """A source as the model sees it; `date` is empty or ends in a separator."""

    key: str
    date: str
    text: str


class Material(Struct, frozen=True):
    """The pieces for a model and all sources that it may cite, those of the draft and others beside them."""

    pieces: tuple[Offered, ...]
    sources: dict[str, Source]

    def lines(self, date: Callable[[Source], str]) -> list[DataLine]:
        """The sources of the pieces as lines, each once."""
        keys = dict.fromkeys(key for piece in self.pieces for key in piece.sources)
        return [DataLine(key, date(self.sources[key]), plain(self.sources[key].quote)) for key in keys]


def material(
    pieces: Sequence[Piece],
    sources: dict[str, Source],
    readable: Readable,
    may_read: Callable[[Level], bool],
    context: bool,
) -> Material:
    """What a model may see; with `context` the sentences around each source too."""
    listed, closed = dict(sources), _closed(readable, may_read)
    notes = {reading.note.path: reading.note for reading in readable}
    recall = _recall(readable, may_read) if context else None
    offered: list[Offered] = []
    for place, piece in enumerate(pieces):
        cited = [sources[key] for key in piece.sources]
        if not all(may_read(source.level) for source in cited) or not any(_of_the_pair(s) for s in cited):
            continue
        if any(closed & _runs(text) for text in piece.texts.values()):  # told without its source being cited
            continue
        near = _around(cited, notes, may_read) if context else []
        more = [*near, *_elsewhere(cited, near, recall)] if recall else []
        keys = tuple(dict.fromkeys([*piece.sources, *(_key(source, listed) for source in more)]))
        told = {name: plain(text) for name, text in piece.texts.items()}
        offered.append(Offered(f"i{len(offered) + 1}", piece.about, told, keys, place))
    return Material(tuple(offered), listed)


def _closed(readable: Readable, may_read: Callable[[Level], bool]) -> set[tuple[str, ...]]:
    """Every run of words of the passages that the model may not read."""
    passages = (p for reading in readable for p in reading.note.passages if not may_read(p.level))
    return {run for passage in passages for run in _runs(passage.text)}


def _runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}


def plain(text: str) -> str:
    """A text as one line that can't end its frame: no line ends, no brackets, no signs that nobody sees."""
    return " ".join(spotlight.safe(text).split())


def _of_the_pair(source: Source) -> bool:
    """Is it a note or what the two put down, and not general guidance?"""
    return not source.path.startswith(("corpus/", "guidance/"))


def _recall(readable: Readable, may_read: Callable[[Level], bool]) -> Recall:
    """What the model may be told of all sessions held; not what was marked for others, which reports on the talk."""
    held = sorted((r.note for r in readable if r.note.status == "held"), key=lambda note: (note.date, note.nth))
    told = (
        Sentence(Source(note.path, line, note.date, passage.level, text), passage.section)
        for note in held
        for passage in note.passages
        if _tellable(passage, may_read) and passage.level is Level.PAIR
        for line, text in sentences(passage)
        if len(text) >= SHORT
    )
    return Recall(list(told), lambda word: {})


def _elsewhere(cited: list[Source], near: list[Source], recall: Recall) -> list[Source]:
    """What other places say on the same, the newer first, each something else than what is there already."""
    beside = [*cited, *near]
    known = {number for source in beside if (number := recall.number(source)) is not None}
    asked = [source.quote for source in cited if _of_the_pair(source)][:_ASKED]
    scores = fused(recall.scores(question) for question in asked)
    worth = {number: score for number, score in scores.items() if score >= _RELATED and number not in known}
    found = recall.spread(worth, _ELSEWHERE, [source.quote for source in beside])
    return [recall.sentences[number].source for number in sorted(found)]


def _around(cited: list[Source], notes: dict[str, Note], may_read: Callable[[Level], bool]) -> list[Source]:
    """The sentences nearest to the cited ones, in the same section."""
    found: dict[Source, int] = {}
    quotes = [source.quote for source in cited]
    for source in cited[:_ASKED]:
        note = notes.get(source.path)
        for near, distance in _near(note, source, may_read) if note else []:
            if not any(near.quote in quote or quote in near.quote for quote in quotes):
                found[near] = min(distance, found.get(near, distance))
    nearest = sorted(found, key=lambda s: (found[s], s.path, s.line))[:_BESIDE]
    return sorted(nearest, key=lambda s: (s.date is None, s.date, s.line))


def _near(note: Note, source: Source, may_read: Callable[[Level], bool]) -> Iterable[tuple[Source, int]]:
    section = next((p.section for p in note.passages if p.line <= source.line <= p.line + p.text.count("\n")), ())
    for passage in note.passages:
        if not _tellable(passage, may_read) or passage.section != section:
            continue
        for line, text in sentences(passage):
            if abs(line - source.line) <= _NEAR and len(text) >= SHORT:
                yield Source(note.path, line, note.date, passage.level, text), abs(line - source.line)


def _tellable(passage: Passage, may_read: Callable[[Level], bool]) -> bool:
    """May it be told beside a source? What is confidential only where it is itself what an item is about."""
    plain_text = passage.kind in ("text", "item") and not passage.order and not passage.quoted
    return plain_text and not passage.level.closes and may_read(passage.level)


def _key(source: Source, sources: dict[str, Source]) -> str:
    """The key of a source, a new one where it has none yet."""
    known = next((key for key, other in sources.items() if other == source), None)
    if known is None:
        known = f"n{sum(key.startswith('n') for key in sources) + 1}"
        sources[known] = source
    return known
