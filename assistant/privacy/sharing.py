"""What was marked to be told, made fit to be told: rewritten without names, and passed by the audit, or withheld."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct

from assistant.privacy import rewrite, sensitive, wording
from assistant.privacy.audit import Guard
from assistant.privacy.identify import HARMLESS
from assistant.privacy.rewrite import Rewriter, Unsayable
from assistant.records import Audited, Line, Passage, Reading, Shareable


class Told(Struct, frozen=True):
    """One line that may be told, with the id by which it can be taken back."""

    id: str
    text: Audited


class Marked(Struct, frozen=True):
    """What came of the marked lines of a session; `reasons` has one entry for each line that was withheld."""

    told: tuple[Told, ...]
    reasons: tuple[str, ...]


def id_of(text: str, letter: Literal["s", "p"] = "s", source: str = "") -> str:
    """The id of a line: a hash of its words, and of the sentence that it was made of."""
    words = " ".join(text.casefold().split())
    return f"{letter}-" + hashlib.blake2b(f"{words}\n{source}".encode(), digest_size=4).hexdigest()


def marked(
    shared: Shareable,
    paths: Collection[str],
    rewriter: Rewriter,
    guard: Guard,
    language: str,
    withdrawn: Collection[str],
) -> Marked:
    """The marked lines of one session with these notes, in order. `withdrawn` are ids of lines that were taken back."""
    told: list[Told] = []
    reasons: list[str] = []
    for reading in (r for r in shared if r.note.path in paths):
        for source in _sources(reading, language):
            found = _told(source, rewriter, guard, withdrawn)
            if isinstance(found, Told):
                told.append(found)
            else:
                reasons.append(found)
    return Marked(tuple(dict.fromkeys(told)), tuple(reasons))


def whole(text: str, guard: Guard, own: Collection[str], exempt: Collection[str]) -> Audited | None:
    """A whole summary as its audience may have it, None where the audit finds anything in it.

    `own` are sentences of prep's own, made of dates, numbers and names of themes and of no text: what is found inside
    one of them (a month that is somebody's name as well) gives nobody away.
    """
    ours = [(m.start(), m.end()) for said in own if said for m in re.finditer(re.escape(said), text)]
    found = guard.judge(text, [*own, *exempt])
    if all(any(start <= f.start and f.end <= end for start, end in ours) for f in found):
        return Audited(text)
    return None


def reworded(text: str, line: Audited, rewriter: Rewriter, guard: Guard) -> Audited | None:
    """What somebody made of a line that may be told, None where it names more than the line does or the audit stops it."""
    there = " ".join(line.casefold().split())
    for span in rewriter.spans(text):
        if span.kind not in HARMLESS and " ".join(text[span.start : span.end].casefold().split()) not in there:
            return None
    return guard.passed(text, [line])


def general(names: Collection[str], rewriter: Rewriter) -> tuple[str, ...]:
    """Those names of themes that touch no sensitive matter and name nobody: a programme may have added its own."""
    return tuple(
        name
        for name in names
        if not sensitive.matters_of(name) and all(span.kind in HARMLESS for span in rewriter.spans(name))
    )


def _told(source: rewrite.Source, rewriter: Rewriter, guard: Guard, withdrawn: Collection[str]) -> Told | str:
    """The line, or the kind of reason why it can't be told."""
    try:
        masked = rewriter.said(source)
    except Unsayable as reason:
        return reason.kind
    if id_of(masked) in withdrawn:
        return "withdrawn"
    passed = guard.passed(masked, [source.text])
    if passed is None:
        return guard.judge(masked, [source.text])[0].kind
    return Told(id_of(masked), passed)


def _sources(reading: Reading, language: str) -> Iterator[rewrite.Source]:
    """Sentences, list items and table rows of a note, in order."""
    rows = {p.line: p for p in reading.note.passages if p.kind == "row"}
    units: list[Line | Passage] = [*(line for line in reading.lines if line.line not in rows), *rows.values()]
    for unit in sorted(units, key=lambda u: u.line):
        text = cells(unit.text) if isinstance(unit, Passage) else unit.text
        if any(c.isalpha() for c in wording.plain(text)):
            spoken = unit.speaker if isinstance(unit, Line) else "mentor"
            yield rewrite.Source(text, spoken, wording.language_of(text, language))


def cells(row: str) -> str:
    """A table row as a sentence: its first cell, then what the others say of it."""
    filled = [cell.strip() for cell in row.strip().strip("|").split("|") if cell.strip(" -:|")]
    return ": ".join([filled[0], ", ".join(filled[1:])]) if len(filled) > 1 else "".join(filled)
