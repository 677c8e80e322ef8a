"""What identifies by its form: contact details, links, amounts, numbers, dates, quotations, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from assistant.privacy import lexicon
from assistant.privacy.normal import Flat

Form = Literal["link", "contact", "amount", "percentage", "age", "date", "month", "time", "duration", "count", "number"]


@cache
def _patterns() -> list[tuple[Form, re.Pattern[str]]]:
    """In order of precedence; all are matched against `Flat.folded`."""
    number = _number()
    month = _any("months", but="may mei mar dec")
    some_month = _any("months")
    day = rf"(?:0?[1-9]|[12]\d|3[01])(?:e|de|ste|st|nd|rd|th)?|{_any('ordinals')}"
    year = r"(?:19|20)\d\d"
    money, percent = _any("money"), rf"(?:%|‰|{_any('percent')})"
    listed: tuple[tuple[Form, str], ...] = (
            ("link", r"(?:https?://|www\.)\S+|\[\[[^\]]+\]\]|(?<=\]\()[^)\s]+(?=\))"),
            ("contact", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
            ("link", r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|nl|be|eu|uk|io|de|fr|ai|dev|info|example|local)\b(?:/\S*)?"),
            ("link", r"\b[\w-]+\.(?:xlsx?|docx?|pptx?|pdf|csv|md|txt|zip|png|jpe?g|msg|eml)\b"),
            ("contact", r"(?<![\w@/])@[a-z][\w.-]*\w"),
            ("contact", r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\b(?<=\d)"),
            ("contact", r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"),
            ("date", rf"\b{year}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?:t\d\d:\d\d(?::\d\d)?)?\b"),
            ("contact", r"(?<![\w.])(?:\+|00)\d{1,3}[ ().-]{0,2}(?:\d[ ().-]{0,2}){6,11}\d(?!\w)"),
            ("contact", r"(?<![\w.,])(?:\(0\d{1,4}\)|0\d{1,4})[ .-]{0,2}(?:\d[ .-]?){5,8}\d(?!\w)"),
            ("contact", r"\b[1-9]\d{3} ?[a-z]{2}\b(?=\W|$)(?<![^\W\d_]{3})"),
            ("contact", rf"\b[\w'-]*{_any('street_ends')} \d+[a-z]?\b|\b\d+[a-z]? (?:[\w'-]+ ){{1,3}}{_any('street_words')}\b"),
            ("amount", rf"[€$£¥] ?{number}(?: ?{_any('money_numbers')})?\b|{number}(?: ?{_any('money_numbers')})? ?[€$£¥]"),
            ("amount", rf"\b{number}(?:[ -]{number})*(?: ?{_any('money_numbers')})?[ -]{money}\b|\b(?:eur|usd|gbp|euro) ?{number}\b"),
            ("amount", rf"\b{number} ?{_any('money_numbers')}\b|\b(?:honderd|dui[sz]end)en euro'?s?\b|\b(?:een|a|half a|anderhalve) (?:halve )?{_any('money_numbers', but='k mille')}\b"),
            ("percentage", rf"(?<![\w.]){number}(?: (?:a|tot|to|-) {number})? ?-?{percent}(?!\w)"),
            ("age", rf"\b{number}[ -]?(?:jarige|years?[ -]olds?|yo)\b|\b{number} (?:jaar|jaren|years?) (?:oud|jong|old|young)\b"),
            ("date", rf"\b(?:{day})(?: (?:of|van|den))? {some_month}\b\.?(?: '?{year})?|\b{some_month}\b\.? (?:the )?(?:{day})(?!\w)(?:,? {year})?"),
            ("date", r"(?<![\w./,-])(?:0?[1-9]|[12]\d|3[01])[-/](?:0?[1-9]|1[0-2])(?:[-/](?:19|20)?\d\d)?(?![\w/-])"),
            ("date", r"(?<![\w.,])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)?\d\d(?!\w)"),
            ("time", r"(?<![\w:.])(?:[01]?\d|2[0-4])(?::[0-5]\d| ?[uh](?:[0-5]\d)?)(?: ?uur)?(?![\w:])|\b(?:1[0-2]|[1-9]) ?[ap]\.?m\b|\b\d{1,2}(?:[.:]\d\d)? uur\b"),
            ("duration", rf"\b{number}(?: (?:a|of|or|to|tot) {number})?[ -]{_any('durations')}\b"),
            ("month", rf"\b{month}\b(?: {year})?|\b{some_month} {year}\b"),
            ("number", r"\b[a-z]{1,5}-?\d[\w-]*\b|\b\d+/\d+\b|(?<![\w.,])\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d+)?(?!\w)|(?<![\w.,])\d+[.,]\d+(?!\w)|\b\d{4,}\w*"),
            ("count", rf"\b{number}\b"),
    )  # fmt: skip
    return [(form, re.compile(pattern)) for form, pattern in listed]


def _any(cue: str, but: str = "") -> str:
    words = lexicon.cue(cue) - set(but.split())
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"


def _number() -> str:
    """A number in digits, or a number word of both languages with what is joined to it."""
    units, tens = _any("small_numbers", but="een one een"), _any("tens")
    large = _any("large_numbers", but="k mln mld bn ton grand mille")
    word = rf"(?:{units}|{_any('small_numbers')}(?:[ -]?en[ -]?)?{tens}|{tens}(?:[ -]{units})?|{large})"
    word = rf"(?:(?:{units}|{tens}|{_any('small_numbers')})?{large}(?:{units})?|{word})(?:[ -]?(?:en[ -]|and )?{word})*"
    return rf"(?:(?<![\w.,])\d+(?:[.,' ]\d{{3}})*(?:[.,](?:\d+|-+))?|\b{word}\b)"


def found_in(flat: Flat) -> Iterator[tuple[int, int, Form]]:
    """(start, end, form) in `flat.cased`, in order of precedence; later ones may overlap earlier ones."""
    for form, pattern in _patterns():
        for match in pattern.finditer(flat.folded):
            if match.end() > match.start() and not _is_year(match.group(), form):
                yield match.start(), match.end(), form


def _is_year(text: str, form: Form) -> bool:
    return form in ("number", "count") and bool(re.fullmatch(r"(?:19|20)\d\d", text))


_QUOTES = re.compile(r'"([^"\n]{3,300})"|(?<![\w\'])\'([^\'\n]{8,300})\'(?!\w)')


def quotations(flat: Flat) -> list[tuple[int, int]]:
    """Stretches of `flat.cased` between quotation marks that hold two words or more."""
    return [m.span() for m in _QUOTES.finditer(flat.cased) if " " in (m.group(1) or m.group(2) or "").strip()]
