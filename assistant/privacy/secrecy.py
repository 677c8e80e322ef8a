"""How likely it is that an unmarked sentence gives away what should stay with the pair, so that it is not even offered.

Some kinds of words rule a sentence out, and what follows it in its paragraph: health, pay, plans, people's troubles.
Of the rest a logistic regression judges, by kinds of words and by common words; see corpus/privacy/secrecy/README.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.errors import Refused
from assistant.privacy import sensitive
from assistant.privacy.normal import flatten
from assistant.words import fold

RISK = 0.5
_WORD = re.compile(r"[^\W\d_]+")


class _Lists(Struct, frozen=True):
    addressed: str
    speech: str
    never: dict[str, str]
    doubtful: dict[str, str]
    harmless: dict[str, str]


@cache
def _lists() -> _Lists:
    path = resources.corpus() / "privacy" / "secrecy" / "words.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_Lists)
    except (OSError, ValueError):
        raise Refused(f"{path} is missing or broken, so nothing can be proposed; install prep again") from None


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """What rules out, and what is evidence; raises Refused where the lists are not there."""
    lists = _lists()
    never = {kind: _pattern(words) for kind, words in lists.never.items()}
    return never, {kind: _pattern(words) for kind, words in (lists.doubtful | lists.harmless).items()}


def _pattern(words: str) -> re.Pattern[str]:
    entries = {" ".join(fold(entry).split()) for entry in words.split(",")} - {""}
    longest = sorted(entries, key=lambda entry: (-len(entry), entry))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(e).replace(r"\*", r"\w*") for e in longest) + r")(?!\w)")


def ruled_out(text: str) -> str | None:
    """The kind of word that rules a sentence out, None where there is none."""
    flat = flatten(text).folded
    if any(True for _ in sensitive.matters(flat)):
        return "matter"
    folded = fold(flat)
    return next((kind for kind, pattern in _patterns()[0].items() if pattern.search(folded)), None)


def names_a_rule(before: str) -> bool:
    """Do the words before a quotation say that it is a rule, a tip or the words of a poster, and nobody's own words?"""
    folded = fold(before)
    patterns = _patterns()[1]
    named = any(patterns[kind].search(folded) for kind in ("agreed", "learned", "matter"))
    return named and not _speech().search(folded)


def addresses(text: str) -> bool:
    """Does a sentence speak to somebody, as in a mail?"""
    return bool(_addressed().search(fold(text)))


@cache
def _addressed() -> re.Pattern[str]:
    return _pattern(_lists().addressed)


@cache
def _speech() -> re.Pattern[str]:
    return _pattern(_lists().speech)


def tells_something(text: str) -> bool:
    """Does a sentence speak of what was agreed, learned or done, so that it is worth telling?"""
    folded = fold(text)
    return any(_patterns()[1][kind].search(folded) for kind in _lists().harmless)


@cache
def kinds() -> frozenset[str]:
    """All kinds that rule a sentence out."""
    return frozenset((*_patterns()[0], "matter"))


def features(text: str) -> Iterator[str]:
    """What tells of a sentence in which people are their roles."""
    folded = fold(text)
    for kind, pattern in _patterns()[1].items():
        count = len(set(pattern.findall(folded)))
        if count:
            yield f"kind {kind}"
        if count > 1:
            yield f"kind {kind} more"
    words = _WORD.findall(folded)
    yield from (f"w {word[:7]}" for word in dict.fromkeys(words))
    yield from (f"2 {a} {b}" for a, b in zip(["<", *words], words, strict=False) if len(a) < 7 and len(b) < 7)
    yield f"length {min(len(words) // 6, 4)}"
    yield f"number {bool(re.search(r'[0-9]', folded))}"


@cache
def weights() -> dict[str, float]:
    """One weight a feature, "" for the constant; raises Refused."""
    return learned("secrecy", "nothing can be proposed")


def learned(kind: str, without: str) -> dict[str, float]:
    """The weights of a kind of judgement in corpus/privacy/; raises Refused, which says what goes `without` them."""
    path = resources.corpus() / "privacy" / kind / "weights.json"
    try:
        found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refused(f"{path} is missing or broken, so {without}; install prep again") from None
    return found


def risk(text: str) -> float:
    """How likely it is that a sentence gives something away, 0 to 1; 1 where it is ruled out."""
    if ruled_out(text) is not None:
        return 1.0
    return score(features(text), weights())


def score(found: Iterable[str], by: dict[str, float]) -> float:
    """The logistic regression itself."""
    return 1 / (1 + math.exp(-by.get("", 0.0) - sum(by.get(name, 0.0) for name in found)))
