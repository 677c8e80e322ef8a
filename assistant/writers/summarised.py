"""Summaries with what a model wrote in the place of sentences: of the note for the pair, of marked lines for others.

Facts of process, promises, beliefs and questions stay in the words of the built-in writer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from assistant.drafts import Statement
from assistant.records import Audience, Audited, Level, Line, Person, Source, Story
from assistant.words import words
from assistant.writers import claims, recap
from assistant.writers.claims import Demand, Reason
from assistant.writers.material import Piece
from assistant.writers.modelled import Draft, Edited, Field, Setting, spellings

_PAIR = {"text": Field(400, Demand(4, 2, 0.5, "nobody", "mentor"))}
_PUBLIC = {"text": Field(400, Demand(3, 2, 0.6, "nobody", "mentor"))}
_QUOTES = re.compile(r"[“”„«»\"]")
_MARKED = "marked"  # where a line stands is nobody's business beyond the pair


def recap_draft(written: recap.Written, lines: Sequence[Line], setting: Setting) -> Draft:
    """The sentences of a note, for a model. `lines` say whose "I" each is."""
    statements = recap.verbatim(written)
    pieces = tuple(Piece({}, {"text": s.text}, s.sources) for s in statements)
    sides = _sides(setting)
    said = [_spoken(written.sources[s.sources[0]], lines, setting) for s in statements]

    def also(place: int, texts: dict[str, str]) -> Reason | None:
        return _told_otherwise(texts["text"], said[place], sides)

    return Draft("summary.model", _PAIR, "text", pieces, written.sources, {"public": False}, also)


def recapped(written: recap.Written, edited: Edited) -> recap.Anew:
    """What of a recap a model wrote anew; the first source of each statement stays the first."""
    plain = recap.verbatim(written)
    statements = {
        plain[place]: Statement(
            found.texts["text"], "discussed", tuple(dict.fromkeys([*plain[place].sources, *found.sources]))
        )
        for place, found in edited.pieces.items()
    }
    return recap.Anew(statements, edited.sources)


def beyond(audience: Audience, language: str, today: dt.date) -> Setting:
    """The setting of a summary for readers beyond the pair: nobody in it has a name, and nothing was promised."""
    return Setting(Person("mentor"), Person("mentee"), audience, language, today, Story((), (), ()))


def public_draft(
    told: Sequence[Audited], audience: Audience, setting: Setting, passes: Callable[[int, str], bool]
) -> Draft:
    """Lines that others may be told, for a model; nothing else. `passes` says whether the audit lets a text through."""
    level = Level.ORGANISATION if audience is Audience.ORGANISATION else Level.PROGRAMME
    sources = {f"n{n}": Source(_MARKED, n, None, level, line) for n, line in enumerate(told, 1)}
    pieces = tuple(Piece({}, {"text": source.quote}, (key,)) for key, source in sources.items())
    sides = _sides(setting)

    def also(place: int, texts: dict[str, str]) -> Reason | None:
        reason = _told_otherwise(texts["text"], told[place], sides)
        return reason or (None if passes(place, texts["text"]) else "audit")

    return Draft("summary.model", _PUBLIC, "text", pieces, sources, {"public": True}, also)


def _told_otherwise(text: str, source: str, sides: dict[str, str]) -> Reason | None:
    """Is it put into a mouth, on somebody else, or turned round?"""
    if not set(_QUOTES.findall(text)) <= set(_QUOTES.findall(source)):
        return "quote"
    if claims.misattributed(text, source, sides):
        return "attribution"
    return "turned" if claims.turned(text, source) else None


def _sides(setting: Setting) -> dict[str, str]:
    """The two by the words of their names."""
    named = dict.fromkeys(spellings(setting.mentor), "mentor")
    return named | dict.fromkeys(spellings(setting.mentee) - named.keys(), "mentee")


def _spoken(source: Source, lines: Sequence[Line], setting: Setting) -> str:
    """A sentence with the name of whose "I" it is in the place of that: a model tells it by name."""
    speaker = next((line.speaker for line in lines if (line.line, line.text[:400]) == (source.line, source.quote)), "")
    person = {"mentor": setting.mentor, "mentee": setting.mentee}.get(speaker)
    if person is None or not {"ik", "i"} & set(words(source.quote)):
        return source.quote
    return re.sub(r"\b(?:[Ii]k|I)\b", person.name, source.quote)
