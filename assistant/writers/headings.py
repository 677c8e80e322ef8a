"""A short heading for what a note says: its question, or the two or three words that name its matter.

A heading is always words of the note in their own order, so that no article or verb is made up. Where nothing is short
and clear enough there is none, and the item names the subject that the pair agreed on, or its date, instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from assistant import resources
from assistant.notes import gist
from assistant.words import content, fold, stop_words

_QUESTION, _LABEL, _TOPIC = 70, 42, 40  # letters at most
_READY = 56  # letters of a question that is read at a glance; of a longer one the first part will do
_TELLS = 9  # letters that a single word must have to tell something by itself
_ENDING = 3  # letters that a form of a verb may have behind its beginning
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
_NUMBERED = re.compile(r"^[\W\d]*\s*(?=[^\W\d])")
_PART = re.compile(r"(?:[,;:(]|\s[-–—]|[.!]\s)\s*")
_DONE = re.compile(r"ge\w+(?:d|t)$")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of corpus/words/headings.yaml, which says what each is for."""

    before: frozenset[str]
    whose: frozenset[str]
    some: frozenset[str]
    every: frozenset[str]
    joins: frozenset[str]
    about: frozenset[str]
    dull: frozenset[str]
    verbs: frozenset[str]
    helping: frozenset[str]
    adverbs: frozenset[str]
    persons: frozenset[str]
    pointing: frozenset[str]
    asking: frozenset[str]
    when: frozenset[str]
    which: frozenset[str]
    lately: frozenset[str]
    dutch: frozenset[str]
    back: frozenset[str]


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
    if quote.form == "asks":
        return _capital(_question(text) or _label(text, banned))
    if quote.form == "whole" and (said := _label(text, banned)):
        return _capital(said)
    return _capital(topic(text, banned))


def topic(text: str, banned: frozenset[str] = frozenset()) -> str:
    """The noun of a text that tells most, with what hangs on it; "" if none is clear. Of what is `banned` none is made."""
    tokens = _tokens(text)
    wholes = [_joined(tokens, start, end, text, banned) for start, end in _nouns(tokens, banned)]
    return next((whole for whole in wholes if whole), "")


def points_back(text: str) -> bool:
    """Does a clause speak of something that was said before it, so that it cannot stand by itself?"""
    return not _words().back.isdisjoint(fold(word) for word in _WORD.findall(text))


def needs_more(text: str) -> bool:
    """Does a line ask or say something of what was said before it: "who pays?", "we didn't get to why"?"""
    return points_back(text) or not _words().asking.isdisjoint(fold(word) for word in _WORD.findall(text))


def _question(text: str) -> str:
    """The part of a text that asks, if it is short and about nobody."""
    known = _words()
    starts = [
        m.start()
        for m in _WORD.finditer(text)
        if fold(m.group()) in known.asking and text[: m.start()].rstrip()[-1:] in ("", *",;:?")
    ]
    for start in starts:
        parts = _PART.split(text[start:])
        if len(parts) > 1 and fold(parts[0].split()[0]) in known.when:
            continue  # "when the tool is wrong, who ...": what is asked comes later
        whole = text[start:]
        for part in (parts[0], whole) if len(whole) > _READY else (whole, parts[0]):
            if _may_stand(part, _QUESTION):
                return f"{part.rstrip('? ')}?" if text.endswith("?") else part
    return text if not starts and text.endswith("?") and _may_stand(text, _QUESTION) else ""


def _label(text: str, banned: frozenset[str]) -> str:
    """A text, or what stands before its first stop, that names something and says nothing of it yet."""
    known, part = _words(), _PART.split(text)[0]
    said = [fold(word) for word in _WORD.findall(part)]
    if not said or said[0] in known.pointing | known.asking or not banned.isdisjoint(said):
        return ""
    verb = next((n for n, word in enumerate(said) if _is_verb(word) and word not in known.which), None)
    whole = verb is None or not known.which.isdisjoint(said[:verb])  # "interns who leave" names, "interns leave" says
    return part if whole and _may_stand(part, _LABEL) else ""


def _may_stand(text: str, most: int) -> bool:
    """Is it short, whole, and about a matter rather than a person?"""
    known, said = _words(), [fold(word) for word in _WORD.findall(text)]
    whole = text.count("‘") <= text.count("’") and text.count("(") == text.count(")") and '"' not in text
    ends = known.adverbs | known.joins | known.which | known.before | {"en", "and", "or", "of"}
    hangs = not text.endswith("?") and said[-1:] and said[-1] in ends - known.lately
    return len(text) <= most and len(content(text)) >= 2 and whole and not hangs and known.persons.isdisjoint(said)


def _nouns(tokens: list[_Token], banned: frozenset[str]) -> list[tuple[int, int]]:
    """(first, behind the last) of each noun that could be a topic: the subject without an article, the known, the new."""
    known = _words()
    found = [span for at in range(len(tokens)) if (span := _noun(tokens, at))]
    found = [span for span in found if not _only_where(tokens, span[0]) and tokens[span[0]].plain not in known.every]
    found.sort(key=lambda span: tokens[span[0]].plain in known.some)
    if tokens and (bare := _subject(tokens)):
        found.insert(0, bare)
    return [span for span in found if not _names(tokens[span[0] : span[1]], banned)]


def _only_where(tokens: list[_Token], start: int) -> bool:
    """Does a preposition stand before it that tells where something is or goes, not what is talked about?"""
    known = _words()
    before = start - 1 if start and tokens[start - 1].plain in known.whose else start
    return before > 0 and tokens[before - 1].plain in known.joins - known.about


def _subject(tokens: list[_Token]) -> tuple[int, int] | None:
    """Several of something at the beginning, right before a verb: "People over fifty have ...", "Stagiairs gaan ..."."""
    known, end = _words(), 0
    first = tokens[0].plain
    hung = len(tokens) > 1 and tokens[1].plain in known.joins
    if first in known.pointing | known.before | known.whose | known.asking or (first in known.dull and not hung):
        return None
    while end < len(tokens) and end <= 3 and (end == 0 or tokens[end].gap == " ") and _is_noun(tokens[end].plain):
        end += 1
    behind = tokens[end].plain if 0 < end < len(tokens) and tokens[end].gap == " " else ""
    return (0, end) if behind and behind not in known.adverbs | known.before else None


def _noun(tokens: list[_Token], at: int) -> tuple[int, int] | None:
    """(first, behind the last) of an article or the like with its noun."""
    known, first = _words(), tokens[at].plain
    if first not in known.before and first not in known.whose:
        return None
    end = at + 1
    while end < len(tokens) and end - at <= 4 and tokens[end].gap == " " and _is_noun(tokens[end].plain):
        end += 1
    behind = tokens[end].plain if end < len(tokens) and tokens[end].gap == " " else ""
    if first in known.dutch and behind in known.helping and end - at > 2:  # "het kantoor verkocht wordt"
        end -= 1
    elif first == "het" and behind in known.helping and end == len(tokens) - 1:  # "dat het neutraal is"
        return None
    if first in known.dutch and end - at > 2 and _DONE.match(tokens[end - 1].plain):  # "een stagiair gefilmd"
        end -= 1
    start = at + 1 if first in known.whose else at
    return (start, end) if 1 < end - at <= 4 else None


def _is_noun(word: str) -> bool:
    known = _words()
    return not (word in stop_words() or word in known.joins or word in known.adverbs or _is_verb(word))


def _is_verb(word: str) -> bool:
    known = _words()
    begins = (verb[:-1] for verb in known.verbs if verb.endswith("*"))
    return word in known.verbs or any(word.startswith(b) and len(word) - len(b) <= _ENDING for b in begins)


def _joined(tokens: list[_Token], start: int, end: int, text: str, banned: frozenset[str]) -> str:
    """The noun with the one that hangs on it, if both are short; "" for what says nothing by itself."""
    second = _hanging(tokens, end)
    if second and not _names(tokens[second[0] : second[1]], banned):
        last = second[1] + (second[1] < len(tokens) and tokens[second[1]].plain.isdigit())
        whole = text[tokens[start].start : tokens[last - 1].end]
        if len(whole) <= _TOPIC:
            return whole
    alone = text[tokens[start].start : tokens[end - 1].end]
    return alone if len(alone) <= _TOPIC and _tells(tokens[start:end]) else ""


def _hanging(tokens: list[_Token], end: int) -> tuple[int, int] | None:
    """(first, behind the last) of a noun behind one that ends at `end`: "from yesterday", "bij de poort"."""
    known = _words()
    if end + 1 >= len(tokens) or tokens[end].plain not in known.joins or tokens[end].gap + tokens[end + 1].gap != "  ":
        return None
    second = _noun(tokens, end + 1)
    if second is None and (_is_noun(tokens[end + 1].plain) or tokens[end + 1].plain in known.lately):
        two = end + 2 < len(tokens) and tokens[end + 2].gap == " " and _is_noun(tokens[end + 2].plain)
        second = (end + 1, end + 3 if two else end + 2)
    return second if second and tokens[second[1] - 1].plain not in known.dull else None


def _tells(noun: list[_Token]) -> bool:
    """Does a noun without anything behind it say what it is about: two words of meaning, or a long one?"""
    known, last = _words(), noun[-1].plain
    if last in known.dull or last.isdigit():
        return False
    telling = [token.plain for token in noun if token.plain not in stop_words() | known.before | known.dull]
    return len(telling) >= 2 or (len(last) >= _TELLS and noun[0].plain not in known.some)


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
    values = resources.parsed((resources.corpus() / "words" / "headings.yaml").read_text(encoding="utf-8"))
    return msgspec.convert({name: [fold(word) for word in entries] for name, entries in values.items()}, _Words)
