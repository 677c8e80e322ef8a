"""Unmarked sentences that a person may choose to tell: said without names, harmless as far as can be judged, audited.

Nothing of it is told unless it is ticked. What is proposed is for the eyes of the note's author.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct

from assistant.privacy import rewrite, secrecy, unmarked, wording
from assistant.privacy.audit import Guard
from assistant.privacy.rewrite import Rewriter, Unsayable
from assistant.privacy.sharing import id_of
from assistant.privacy.unmarked import Sentence
from assistant.records import Audited, Masked, Note, Readable, Source


class Proposed(Struct, frozen=True):
    """One sentence in general words, and the one that it was made of."""

    id: str
    text: Audited
    source: Source


def proposed(
    common: Readable,
    paths: Collection[str],
    rewriter: Rewriter,
    guard: Guard,
    language: str,
    withdrawn: Collection[str],
) -> list[Proposed]:
    """The proposals of one session, those most worth telling first; `common` are readings without closed text.

    `paths` are its notes.
    """
    found: dict[str, Proposed] = {}
    for reading in (r for r in common if r.note.path in paths):
        for paragraph in unmarked.paragraphs(reading):
            for sentence, masked in _harmless(paragraph, rewriter, language):
                proposal = _proposed(sentence, masked, reading.note, guard)
                if proposal is not None and not {proposal.id, id_of(proposal.text)} & set(withdrawn):
                    found.setdefault(proposal.text, proposal)
    return sorted(found.values(), key=lambda p: not secrecy.tells_something(p.text))


def _harmless(paragraph: list[Sentence], rewriter: Rewriter, language: str) -> Iterator[tuple[Sentence, Masked]]:
    """The sentences of a paragraph up to the first that may give something away, each without names."""
    # The notes are the mentor's, so "she" is the mentee unless told otherwise; of a panel she may be another mentor.
    he: Literal["mentor", "mentee"] | None = None if rewriter.is_panel else "mentee"
    for sentence in paragraph:
        objection = unmarked.objection(sentence, rewriter)
        if objection in ("person", "unknown-name", "organisation", "disguised") or objection in secrecy.kinds():
            return
        spoken = wording.language_of(sentence.said, language)
        he = unmarked.first_named(sentence, rewriter) or he
        if objection is None and (he or not unmarked.begins_with_pronoun(sentence)):
            with contextlib.suppress(Unsayable):
                masked = rewriter.said(rewrite.Source(sentence.said, sentence.speaker, spoken, he))
                if secrecy.risk(masked) < secrecy.RISK:
                    yield sentence, Masked(unmarked.unquoted(masked))


def _proposed(sentence: Sentence, masked: Masked, note: Note, guard: Guard) -> Proposed | None:
    passed = guard.passed(masked, [sentence.text])
    if passed is None:
        return None
    place = Source(note.path, sentence.line, note.date, sentence.level, sentence.text[:400])
    return Proposed(id_of(masked, "p", f"{note.path}\n{sentence.text}"), passed, place)
