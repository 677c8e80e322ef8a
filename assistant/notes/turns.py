"""Lines that tell of a plan, that something goes otherwise, or that something was passed on: corpus/words/turns.yaml."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from assistant import resources
from assistant.words import fold


def is_plan(text: str) -> bool:
    """Does somebody mean to do something, so that a later note may say that it goes otherwise?"""
    return "?" not in text and _told("plan").search(fold(text)) is not None


def turns(text: str) -> bool:
    """Does it say that something stays, goes, or is done in another way?"""
    return _told("turn").search(fold(text)) is not None


def leaked(text: str) -> bool:
    """Does it say that what was said between the two went further? A roof leaks too, so the talk has to be in it."""
    said = fold(text)
    return _told("leak").search(said) is not None and _told("talk").search(said) is not None


@cache
def _told(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(_pattern, _lists()[name]))})\b")


@cache
def _lists() -> dict[str, list[str]]:
    text = (resources.corpus() / "words" / "turns.yaml").read_text(encoding="utf-8")
    return msgspec.convert(resources.parsed(text), dict[str, list[str]])


def _pattern(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
