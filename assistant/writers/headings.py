"""A short heading for what a note says: its question, or the two or three words that name its matter.

A heading is always words of the note in their own order, so that no article or verb is made up; where nothing is short
and clear enough there is none, and the item says its date instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from assistant import resources
from assistant.notes import gist
from assistant.words import content, fold, stop_words

_QUESTION, _STATEMENT, _TOPIC = 64, 42, 40  # letters at most
_WHAT = frozenset(
    [
        "wie",
        "wat",
        "waar",
        "waarom",
        "wanneer",
        "hoe",
        "welke",
        "hoeveel",
        "wiens",
        "of",
        "who",
        "what",
        "where",
        "why",
        "when",
        "how",
        "which",
        "whose",
        "whether",
    ]
)
_WHEN = frozenset(["when", "wanneer", "als", "if"])
_PLACES = frozenset(
    [
        "sinds",
        "na",
        "voor",
        "onder",
        "naast",
        "achter",
        "until",
        "till",
        "after",
        "before",
        "under",
        "behind",
        "since",
        "by",
        "through",
        "into",
        "als",
    ]
)
_LATELY = frozenset(["vandaag", "morgen", "gisteren", "straks", "today", "tomorrow", "yesterday"])
_DUTCH = frozenset(["de", "het", "een", "onze", "ons", "deze", "dit"])
_HELPING = frozenset(
    ["wordt", "worden", "werd", "werden", "is", "was", "zijn", "waren", "heeft", "hebben", "had", "hadden"]
)
_HANGS = frozenset(["de", "het", "een", "the", "a", "an", "en", "of", "and", "or", "die", "dat", "who", "that"])
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
_NUMBERED = re.compile(r"^[\W\d]*\s*(?=[^\W\d])")
_PART = re.compile(r"(?:[,;:(]|\s[-–—]|[.!]\s)\s*")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    before: frozenset[str]
    whose: frozenset[str]
    some: frozenset[str]
    joins: frozenset[str]
    dull: frozenset[str]
    verbs: frozenset[str]
    adverbs: frozenset[str]
    persons: frozenset[str]
    pointing: frozenset[str]


class _Token(msgspec.Struct, frozen=True):
    """A word where it stands; `gap` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def plain(self) -> str:
        return fold(self.text)


def heading(quote: gist.Gist, people: Iterable[str] = ()) -> str:
    """A heading for the telling part of a line, "" for none. `people` are names that no heading is made of."""
    text = _NUMBERED.sub("", quote.text).strip(" .…’'\"")
    banned = frozenset(fold(part) for name in people for part in name.split())
    if quote.form == "asks" and (asked := _question(text)):
        return _capital(asked)
    if quote.form == "whole" and (said := _statement(text, banned)):
        return _capital(said)
    return _capital(topic(text, banned))


def topic(text: str, banned: frozenset[str] = frozenset()) -> str:
    """The noun of a text that tells most, with what hangs on it; "" if none is clear. Of what is `banned` none is made."""
    tokens = _tokens(text)
    wholes = [_joined(tokens, start, end, text, banned) for start, end in _nouns(tokens, banned)]
    return next((whole for whole in wholes if whole), "")


def _question(text: str) -> str:
    """The part of a text that asks, if it is short and about nobody."""
    asks = text.endswith("?")
    starts = [
        m.start()
        for m in _WORD.finditer(text)
        if fold(m.group()) in _WHAT and text[: m.start()].rstrip()[-1:] in ("", *",;:?")
    ]
    for start in starts:
        parts = _PART.split(text[start:])
        if len(parts) > 1 and fold(parts[0].split()[0]) in _WHEN:
            continue  # "when the tool is wrong, who ...": what is asked comes later
        for part in dict.fromkeys((text[start:], parts[0])):
            if _may_stand(part, _QUESTION):
                return f"{part.rstrip('? ')}?" if asks else part
    return text if not starts and asks and _may_stand(text, _QUESTION) else ""


def _statement(text: str, banned: frozenset[str]) -> str:
    """A text, or the part of it before the first comma or colon, that is short enough to stand above an item."""
    part = _PART.split(text)[0]
    said = [fold(word) for word in _WORD.findall(part)]
    points = not said or said[0] in _words().pointing or said[0] in _WHAT or not banned.isdisjoint(said)
    return part if not points and _may_stand(part, _STATEMENT) else ""


def _may_stand(text: str, most: int) -> bool:
    """Is it short, whole, and about a matter rather than a person?"""
    known, said = _words(), [fold(word) for word in _WORD.findall(text)]
    whole = text.count("‘") <= text.count("’") and text.count("(") == text.count(")") and '"' not in text
    hangs = not text.endswith("?") and said[-1:] and said[-1] in (known.adverbs | known.joins | _HANGS) - _LATELY
    return len(text) <= most and len(content(text)) >= 2 and whole and not hangs and known.persons.isdisjoint(said)


def _nouns(tokens: list[_Token], banned: frozenset[str]) -> list[tuple[int, int]]:
    """(first, behind the last) of each noun that could be a topic: the subject without an article, the known, the new."""
    known = _words()
    found = [span for at in range(len(tokens)) if (span := _noun(tokens, at))]
    found.sort(key=lambda span: (_hangs(tokens, span[0]), tokens[span[0]].plain in known.some))
    if tokens and (bare := _subject(tokens)):
        found.insert(0, bare)
    return [span for span in found if not _names(tokens[span[0] : span[1]], banned)]


def _hangs(tokens: list[_Token], start: int) -> bool:
    """Is it only where something was or went: does a preposition stand before it?"""
    known = _words()
    before = start - 1 if start and tokens[start - 1].plain in known.whose else start
    return before > 0 and tokens[before - 1].plain in known.joins | _PLACES


def _subject(tokens: list[_Token]) -> tuple[int, int] | None:
    """A noun without an article at the beginning, right before a verb: "People over fifty have ..."."""
    known, end = _words(), 0
    if tokens[0].plain in known.pointing | known.before | known.whose | known.dull | _WHAT and not (
        tokens[0].plain in known.dull and len(tokens) > 1 and tokens[1].plain in known.joins
    ):
        return None
    while end < len(tokens) and end <= 3 and (end == 0 or tokens[end].gap == " ") and _is_noun(tokens[end].plain):
        end += 1
    behind = tokens[end].plain if 0 < end < len(tokens) and tokens[end].gap == " " else ""
    return (0, end) if behind and behind not in known.adverbs and not known.before & {behind} else None


def _noun(tokens: list[_Token], at: int) -> tuple[int, int] | None:
    """(first, behind the last) of an article or the like with its noun."""
    known = _words()
    first = tokens[at].plain
    if first not in known.before and first not in known.whose:
        return None
    end = at + 1
    while end < len(tokens) and end - at <= 4 and tokens[end].gap == " " and _is_noun(tokens[end].plain):
        end += 1
    behind = tokens[end].plain if end < len(tokens) and tokens[end].gap == " " else ""
    if first in _DUTCH and behind in _HELPING and end - at > 2:  # "het kantoor verkocht wordt"
        end -= 1
    start = at + 1 if first in known.whose else at
    return (start, end) if 1 < end - at <= 4 else None


def _is_noun(word: str) -> bool:
    known = _words()
    closed = word in stop_words() or word in known.verbs or word in known.joins or word in known.adverbs
    return not closed and not any(word.startswith(verb[:-1]) for verb in known.verbs if verb.endswith("*"))


def _joined(tokens: list[_Token], start: int, end: int, text: str, banned: frozenset[str]) -> str:
    """The noun with the one that hangs on it, if both are short; "" for what says nothing by itself."""
    known = _words()
    if end + 1 < len(tokens) and tokens[end].plain in known.joins and tokens[end].gap == tokens[end + 1].gap == " ":
        second = _noun(tokens, end + 1)
        if second is None and (_is_noun(tokens[end + 1].plain) or tokens[end + 1].plain in _LATELY):
            two = end + 2 < len(tokens) and tokens[end + 2].gap == " " and _is_noun(tokens[end + 2].plain)
            second = (end + 1, end + 3 if two else end + 2)
        if (
            second
            and tokens[second[1] - 1].plain not in known.dull
            and not _names(tokens[second[0] : second[1]], banned)
        ):
            last = second[1] + (second[1] < len(tokens) and tokens[second[1]].plain.isdigit())
            whole = text[tokens[start].start : tokens[last - 1].end]
            if len(whole) <= _TOPIC:
                return whole
    alone = text[tokens[start].start : tokens[end - 1].end]
    bare = tokens[start].plain in known.some and len(content(alone)) < 2
    tells = tokens[end - 1].plain not in known.dull and not tokens[end - 1].plain.isdigit() and not bare
    return alone if tells and len(alone) <= _TOPIC else ""


def _names(tokens: Iterable[_Token], banned: frozenset[str]) -> bool:
    return any(token.plain in banned for token in tokens)


def _tokens(text: str) -> list[_Token]:
    found, last = [], 0
    for match in _WORD.finditer(text):
        found.append(_Token(match.group(), match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _words() -> _Words:
    values = resources.data(resources.corpus() / "words" / "headings.yaml")
    return msgspec.convert({name: [fold(word) for word in entries] for name, entries in values.items()}, _Words)
