"""Readings cut down to what an audience may read, before anything is drawn from them.

The cut comes first, so what an audience may not read can't colour what it is told: a promise kept according to a
closed line is still open to those who may not read that line.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from assistant.records import Audience, Belief, Hit, Level, Readable, Reading, Source

_MOST_CLOSED = {
    Audience.OWN: Level.OWN,
    Audience.PAIR: Level.CONFIDENTIAL,
    Audience.PROGRAMME: Level.PROGRAMME,
    Audience.ORGANISATION: Level.ORGANISATION,
}


def may_read(audience: Audience, level: Level) -> bool:
    """May this audience read text of this level? Sealed text nobody may."""
    return level.openness >= most_closed(audience).openness


def most_closed(audience: Audience) -> Level:
    """The most closed level that an audience may read."""
    return _MOST_CLOSED[audience]


def cut(readings: Iterable[Reading], audience: Audience) -> Readable:
    """The readings with everything closed to the audience taken out.

    Titles of sections carry no level of their own, so beyond the pair none is left.
    """
    return Readable(tuple(_cut(reading, audience) for reading in readings))


def _cut(reading: Reading, audience: Audience) -> Reading:
    passages = tuple(p for p in reading.note.passages if may_read(audience, p.level))
    lines = tuple(line for line in reading.lines if may_read(audience, line.level))
    if not may_read(audience, Level.PAIR):
        passages = tuple(msgspec.structs.replace(p, section=()) for p in passages)
        lines = tuple(msgspec.structs.replace(line, section=()) for line in lines)
    note = msgspec.structs.replace(reading.note, passages=passages, sealed=())
    return Reading(
        note,
        tuple(p for p in reading.promises if may_read(audience, p.source.level)),
        tuple(q for q in reading.questions if may_read(audience, q.source.level)),
        tuple(t for t in reading.threads if may_read(audience, t.source.level)),
        tuple(_cut_belief(b, audience) for b in reading.beliefs if may_read(audience, b.source.level)),
        lines,
        tuple(fate for fate in reading.fates if may_read(audience, fate.source.level)),
        reading.seen,
    )


def without_own(reading: Reading, lines: frozenset[int]) -> Reading:
    """A reading without what stands at these lines at level own: what another mentor of a panel wrote for themselves."""

    def stays(level: Level, line: int) -> bool:
        return level is not Level.OWN or line not in lines

    def kept(source: Source) -> bool:
        return stays(source.level, source.line)

    note = reading.note
    beliefs = (b if b.against is None or kept(b.against) else Belief(b.belief, b.source) for b in reading.beliefs)
    return Reading(
        msgspec.structs.replace(note, passages=tuple(p for p in note.passages if stays(p.level, p.line))),
        tuple(p for p in reading.promises if kept(p.source)),
        tuple(q for q in reading.questions if kept(q.source)),
        tuple(t for t in reading.threads if kept(t.source)),
        tuple(b for b in beliefs if kept(b.source)),
        tuple(line for line in reading.lines if stays(line.level, line.line)),
    )


def _cut_belief(belief: Belief, audience: Audience) -> Belief:
    if belief.against is None or may_read(audience, belief.against.level):
        return belief
    return Belief(belief.belief, belief.source)


def cut_hits(hits: Iterable[Hit], audience: Audience) -> list[Hit]:
    """Search results without those that are closed to the audience."""
    readable = [hit for hit in hits if may_read(audience, hit.level)]
    if may_read(audience, Level.PAIR):
        return readable
    return [msgspec.structs.replace(hit, section=(), matched=()) for hit in readable]
