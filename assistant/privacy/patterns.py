"""What identifies by its form: contact details, links, amounts, numbers, dates, quotations, in digits or in words.

The forms are data, corpus/privacy/forms.toml, and so are their words, corpus/privacy/identify.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from assistant.privacy import lexicon
from assistant.privacy.normal import Flat

Form = Literal["link", "contact", "amount", "percentage", "age", "date", "month", "time", "duration", "number", "count"]


class Listed(Struct, frozen=True):
    """One [[form]] of forms.toml."""

    kind: Form
    patterns: list[str]
    examples: list[str] = []


class _Forms(Struct, frozen=True):
    parts: dict[str, str]
    form: list[Listed]


def listed() -> list[Listed]:
    """The forms as the file has them, in order of precedence."""
    return _file().form


@cache
def _file() -> _Forms:
    return lexicon.load("forms", _Forms)


@cache
def _compiled() -> list[tuple[Form, re.Pattern[str]]]:
    return [(form.kind, re.compile("|".join(map(_filled, form.patterns)))) for form in _file().form]


def _filled(pattern: str) -> str:
    """A pattern with its <parts> and <lists> put in."""

    def fill(match: re.Match[str]) -> str:
        part = _file().parts.get(match.group(1))
        return _filled(part) if part is not None else any_of(match.group(1))

    return re.sub(r"<([a-z_]+)>", fill, pattern)


def any_of(cue: str) -> str:
    """A pattern of any word of a list of identify.toml, the longest first."""
    words = lexicon.cue(cue)
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"


@cache
def _number_words() -> re.Pattern[str]:
    """Number words of both languages with all that is joined to them: "eenentwintig", "hundred twelve"; ordinals."""
    unit, ten, large = any_of("small_numbers"), any_of("tens"), any_of("large_numbers")
    joined = rf"(?:{unit}|{ten}|{large}|en)+"
    single = rf"(?:een|one|ene|en)\b(?![ -]?{large})"
    return re.compile(rf"\b(?:(?P<nth>{any_of('ordinals')})|(?!{single}){joined})\b")


def veiled(folded: str) -> str:
    """The text with every letter of a number word as ª, of an ordinal as º, which no flattened text holds."""
    return _number_words().sub(lambda m: ("º" if m["nth"] else "ª") * len(m.group()), folded)


def found_in(flat: Flat) -> Iterator[tuple[int, int, Form]]:
    """(start, end, form) in `flat.cased`, in order of precedence; later ones may overlap earlier ones."""
    text = veiled(flat.folded)
    for form, pattern in _compiled():
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield match.start(), match.end(), form


_QUOTES = re.compile(r'"([^"\n]{3,300})"|(?<![\w\'])\'([^\'\n]{8,300})\'(?!\w)')


def quotations(flat: Flat) -> list[tuple[int, int]]:
    """Stretches of `flat.cased` between quotation marks that hold two words or more."""
    return [m.span() for m in _QUOTES.finditer(flat.cased) if " " in (m.group(1) or m.group(2) or "").strip()]
