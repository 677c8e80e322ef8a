"""Lines that tell of a plan, that something goes otherwise, or that something was passed on: corpus/words/turns.yaml."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from assistant import resources
from assistant.words import fold


def is_plan(text: str) -> bool:
    """Does somebody mean to do something, so that a later note may say that it goes otherwise?"""
    return "?" not in text and _told()["plan"].search(fold(text)) is not None


def turns(text: str) -> bool:
    """Does it say that something stays, goes, or is done in another way?"""
    return _told()["turn"].search(fold(text)) is not None


def leaked(text: str) -> bool:
    """Does it say that what was said between the two went further? A roof leaks too, so the talk has to be in it."""
    told, said = _told(), fold(text)
    return told["leak"].search(said) is not None and told["talk"].search(said) is not None


@cache
def _told() -> dict[str, re.Pattern[str]]:
    text = (resources.corpus() / "words" / "turns.yaml").read_text(encoding="utf-8")
    lists = msgspec.convert(resources.parsed(text), dict[str, list[str]])
    return {name: re.compile(rf"\b(?:{'|'.join(map(_pattern, phrases))})\b") for name, phrases in lists.items()}


def _pattern(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
