"""What a writer may know: everything that bears on the next session, already cut down to the audience."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant.craft import BankQuestion, Craft
from assistant.evidence import SHORT, Evidence, evidence, holding, sentences
from assistant.notes import sides, turns
from assistant.records import (
    Audience,
    Calendar,
    Hit,
    HouseRule,
    Level,
    Note,
    Pair,
    Readable,
    Rule,
    Sitting,
    Source,
    Story,
    Wish,
)
from assistant.retrieval.recall import Recall
from assistant.words import stems

DEFAULT_MINUTES = 60
_RECENT = 2  # notes by which it shows whether confidence was shaken
STANDS = 0.3  # how likely a promise must be to stand open still, to be brought up


class Brief(Struct, frozen=True):
    """All that an agenda is written from."""

    pair: Pair
    audience: Audience
    language: str
    today: dt.date
    minutes: int
    calendar: Calendar
    story: Story
    wishes: tuple[Evidence, ...]
    learning: tuple[Evidence, ...]
    last_note: Source | None
    cancelled: tuple[Source, ...]
    cancelled_on: tuple[dt.date, ...]
    sittings: tuple[Sitting, ...]
    house: tuple[HouseRule, ...]
    rules: tuple[Rule, ...]
    bank: tuple[BankQuestion, ...]
    asked: tuple[str, ...]
    warnings: tuple[str, ...]
    before: dict[str, Source] = {}  # what a note says right before a thread, by the thread's quotation
    length: HouseRule | None = None  # what gave the minutes, where it was the programme's own guidance
    leak: Source | None = None  # where the last two notes tell that something said between the two went further
    seat: tuple[int, int] = (0, 1)  # the place of the pair among those of its programme, and how many there are


Find = Callable[[str], list[Hit]]


def brief(
    pair: Pair,
    audience: Audience,
    language: str,
    today: dt.date,
    minutes: int,
    calendar: Calendar,
    readable: Readable,
    story: Story,
    craft: Craft,
    recall: Recall,
    house: tuple[HouseRule, ...],
    offered: Sequence[str],
    warnings: Iterable[str],
    length: HouseRule | None = None,
    seat: tuple[int, int] = (0, 1),
) -> Brief:
    """Gather what an agenda is written from. `offered` are questions of earlier drafts, `recall` holds what was said."""
    past = [r.note for r in readable if r.note.date <= today and r.note.status != "planned"]
    past.sort(key=lambda n: (n.date, n.nth))
    held = [n for n in past if n.status == "held"]
    lost = past[len(past) - calendar.momentum.cancelled_in_a_row :] if calendar.momentum.cancelled_in_a_row else []
    story = holding(story, recall)
    taken = {
        source.quote for source in (*(t.source for t in story.threads), *(s for b in story.beliefs for s in b.sources))
    }
    unsure = [c for c in story.commitments if c.status == "open" and c.stands < STANDS]
    if unsure:
        certain = tuple(c for c in story.commitments if c not in unsure)
        story = msgspec.structs.replace(story, commitments=certain)
        warnings = (
            *warnings,
            f"left out, since they may be done: older promises, {len(unsure)} in number; see `prep commitments`",
        )

    def seen(kind: str, wishes: Iterable[Wish]) -> list[Evidence]:
        return [evidence(kind, wish, pair.path, recall, taken) for wish in wishes]

    return Brief(
        pair,
        audience,
        language,
        today,
        minutes,
        calendar,
        story,
        tuple(seen("interest", pair.interests) + seen("scope", pair.scope)),
        tuple(seen("learning", pair.learning)),
        _opening(held[-1]) if held else None,
        tuple(source for note in lost if (source := _opening(note))),
        tuple(note.date for note in lost),
        sides.sittings(readable, story.commitments, pair, today),
        house,
        craft.rules,
        craft.questions,
        (*(q.text for q in story.questions), *offered),
        tuple(warnings),
        _before(readable, story),
        length,
        _leak(past),
        seat,
    )


def _leak(notes: list[Note]) -> Source | None:
    """The last sentence of the last two notes by which something said between the two went further."""
    told = [
        Source(note.path, line, note.date, passage.level, text)
        for note in notes[-_RECENT:]
        for passage in note.passages
        if passage.kind != "heading" and not passage.order
        for line, text in sentences(passage)
        if turns.leaked(text)
    ]
    return told[-1] if told else None


def _before(readable: Readable, story: Story) -> dict[str, Source]:
    """The sentence of the note that stands right before each thread, where there is one in its section."""
    threads = {(thread.source.path, thread.source.line): thread.source for thread in story.threads}
    found = {}
    for reading in readable:
        for first, line in pairwise(reading.lines):
            source = threads.get((reading.note.path, line.line))
            if source is not None and source.quote.startswith(line.text.strip()) and first.section == line.section:
                found[source.quote] = Source(source.path, first.line, source.date, first.level, first.text.strip())
    return found


def told(topic: str, readable: Readable, today: dt.date, find: Find) -> tuple[Source, ...]:
    """The sentences of held sessions that say most on a topic, best first, one a passage."""
    notes = {r.note.path: r.note for r in readable if r.note.status == "held" and r.note.date <= today}
    found = (_best_sentence(notes[hit.path], hit, stems(topic)) for hit in find(topic) if hit.path in notes)
    return tuple(dict.fromkeys(source for source in found if source is not None))


def _best_sentence(note: Note, hit: Hit, wanted: frozenset[str]) -> Source | None:
    """The sentence of a found passage that shares most with what was asked for, at least two words or all."""
    last = hit.line + hit.text.count("\n") + 2
    need = min(2, len(wanted))
    best: tuple[int, Source] | None = None
    for passage in note.passages:
        told_on = (
            passage.level.openness > Level.PAIR.openness
        )  # what others were told reports on the talk, it is not the talk
        if passage.kind in ("heading", "row") or passage.order or told_on or not hit.line - 1 <= passage.line <= last:
            continue
        said = sentences(passage)
        for number, (line, text) in enumerate(said):
            shared = len(wanted & stems(text))
            if shared and len(text) < SHORT and number + 1 < len(said):  # it only names what the next one tells
                line, text = said[number + 1]
            if text.rstrip('"”’').endswith("?"):
                continue
            if shared >= need and len(text) >= SHORT and (best is None or shared > best[0]):
                best = (shared, Source(note.path, line, note.date, passage.level, text))
    return best[1] if best else None


def _opening(note: Note) -> Source | None:
    """The first words of a note, to point to it as a whole."""
    for passage in note.passages:
        if passage.kind != "heading" and not passage.order and (said := sentences(passage)):
            line, text = said[0]
            return Source(note.path, line, note.date, passage.level, text)
    return None


def offered(drafts: Path, but: str | None = None) -> list[str]:
    """The questions of the last three drafts, not counting the draft `but` that is about to be written again."""
    files = sorted(drafts.glob("*.md")) if drafts.is_dir() else []
    files = [path for path in files if but is None or not path.name.startswith(but)]
    found: list[str] = []
    for path in files[-3:]:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        for line in text.split("\n"):
            if "?" in line:  # a labelled line is one question, any other may hold several
                labelled = re.match(r"\s*[-*]\s+\*\*[^*]+\*\*\s*(.+)", line)
                found += [labelled.group(1).strip()] if labelled else re.findall(r"[^.!?:]{12,200}\?", line)
    return found
