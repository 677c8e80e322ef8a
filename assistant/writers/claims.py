"""Does a sentence of a model say no more than its sources do? Judged by its words, in code, after the model is done.

No check of words proves that a sentence is true. These find what the sources cannot carry: a name, number, moment,
promise or delicate matter that stands nowhere in them, and sentences of which too little stands there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.privacy import lexicon
from assistant.records import Owner
from assistant.words import content, fold, stem, stems, words

Reason = Literal[
    "form",
    "source",
    "language",
    "name",
    "number",
    "moment",
    "promise",
    "delicate",
    "quote",
    "support",
    "repeat",
    "attribution",
    "turned",
    "audit",
]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_ENDINGS = ("s", "t", "n", "e", "d", "en", "ed", "es")
_TOO_SHORT_TO_TELL = 8  # words, of which a text of one language may hold none that is its own
_MONTHS = re.compile(r"\b\d{4}-(\d\d)-\d\d\b|(?<![\d/-])\d{1,2}[-/](\d{1,2})(?:[-/]\d{2,4})?(?![\d/-])")  # in figures
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_CLAUSE = re.compile(r"[^.!?,;:]+[.!?,;:]*")
_QUOTED = re.compile(r"[“\"„]([^”\"“]+)[”\"]")
_MARKUP = re.compile(r"[<>{}\[\]|`*_#\\\x00-\x1f]|https?:|www\.|\S@\S|\b[ngp]\d{1,3}\b")


class Vow(Struct, frozen=True):
    """A promise that a source holds: its words, as stems, and who made it."""

    said: frozenset[str]
    owner: Owner


class Ground(Struct, frozen=True):
    """What a text may rest on: all that its sources say, what was promised in them, and the names of the two."""

    text: str
    vows: tuple[Vow, ...]
    mentor: frozenset[str]
    mentee: frozenset[str]


class Demand(Struct, frozen=True):
    """What a text must hold: words at all, and how many and what share of the telling ones from its sources.

    `speaker` is whose "I" it is, `hearer` who is "you".
    """

    words: int
    held: int
    share: float
    speaker: Literal["mentor", "nobody"]
    hearer: Literal["mentor", "mentee"]


class _Lists(Struct, frozen=True):
    promises: frozenset[str]
    modals: frozenset[str]
    first: frozenset[str]
    second: frozenset[str]
    times: frozenset[str]
    numbers: frozenset[str]
    both: tuple[str, ...]
    negations: frozenset[str]
    alike: tuple[frozenset[str], ...]
    months: tuple[frozenset[str], ...]


def unsound(text: str, ground: Ground, demand: Demand) -> Reason | None:
    """Why a text can't stand on its ground, None where it can."""
    if _MARKUP.search(text) or len(words(text)) < demand.words:
        return "form"
    known = _known(ground.text)
    checks: tuple[tuple[Reason, bool], ...] = (
        ("name", _strange(text, known, ground)),
        ("number", _counted(text, known) or not _figures(text) <= known),
        ("moment", _unheard(text, known, _lists().times)),
        ("delicate", _unheard(text, known, _delicate_words())),
        ("quote", _misquoted(text, ground.text)),
        ("promise", _promised(text, ground, demand)),
        ("support", _unsupported(text, known, ground, demand)),
    )
    return next((reason for reason, wrong in checks if wrong), None)


def wrong_language(text: str, language: str) -> bool:
    """Do the small words of a text belong to another language than this one?"""
    said = words(text)
    counts = {spoken: sum(word in small for word in said) for spoken, small in _small_words().items()}
    others = max((count for spoken, count in counts.items() if spoken != language), default=0)
    least = 2 if len(said) > _TOO_SHORT_TO_TELL else 0
    return counts[language] < least or (others > 0 and counts[language] <= others)


def turned(text: str, source: str) -> bool:
    """Does it say no where its source says yes, or the other way round?"""
    negations = _lists().negations

    def denies(said: str) -> bool:
        return any(word in negations or word.endswith(("n't", "n’t")) for word in words(said))

    return denies(text) != denies(source)


def misattributed(text: str, source: str, sides: Mapping[str, str]) -> bool:
    """Does it tell of somebody where its source tells of nobody or another? `sides` are the words for each, folded.

    Who is named must be named in the source in the same order, and nobody says "I" or "you" who does not there.
    """
    said, told = _sides(text, sides), iter(_sides(source, sides))
    spoken = _lists().first | _lists().second
    return any(side not in told for side in said) or bool(spoken & set(words(text)) - set(words(source)))


def _sides(text: str, sides: Mapping[str, str]) -> list[str]:
    """Who is spoken of, in order; a full name is one person."""
    found = [sides[part] for word in words(text) if (part := re.split("['’]", word)[0]) in sides]
    return [side for side, before in zip(found, ["", *found], strict=False) if side != before]


@cache
def _known(text: str) -> frozenset[str]:
    parts = _PART.findall(fold(text))  # "Fern" of "Fern's" too
    said = frozenset([*words(text), *parts, *_figures(text)])
    return said | _alike(said, text) | frozenset(map(stem, [*content(text), *parts]))


def _alike(said: frozenset[str], text: str) -> frozenset[str]:
    """The same numbers, days and months in other words or in figures."""
    lists = _lists()
    groups = [group for group in (*lists.alike, *lists.months) if group & said]
    dated = {int(number) for pair in _MONTHS.findall(text) for number in pair if number}
    groups += [lists.months[month - 1] for month in dated if 1 <= month <= len(lists.months)]
    return frozenset().union(*groups)


def _figures(text: str) -> set[str]:
    """The numbers that stand there in figures, without what is a matter of writing: "01" is "1", "1.000" is "1000"."""
    bare = (re.sub(r"[.,](?=\d{3}(?!\d))", "", found) for found in re.findall(r"\d+(?:[.,:]\d+)*", text))
    return {number.lstrip("0").replace(",", ".") or "0" for number in bare} | set("%" if "%" in text else "")


def _heard(word: str, known: frozenset[str]) -> bool:
    """Is a word among the known ones, in this form or with an ending more or less?"""
    if word in known or stem(word) in known:
        return True
    longer = any(word + ending in known for ending in _ENDINGS)
    return longer or any(word.endswith(e) and len(word) - len(e) > 3 and word[: -len(e)] in known for e in _ENDINGS)


def _strange(sentence: str, known: frozenset[str], ground: Ground) -> bool:
    """Is there a name that no source has, or a word that is none?"""
    people = ground.mentor | ground.mentee
    for part in _SENTENCE.findall(sentence):
        for number, found in enumerate(_WORD.finditer(part)):
            for piece in re.split(r"[-'’]", found.group()):
                word = fold(piece)
                if len(word) < 2 or word.isdigit() or _heard(word, known) or word in people:
                    continue
                capital = piece[:1].isupper() and (number > 0 or lexicon.is_first_name(word))
                if capital or not lexicon.is_word(word):
                    return True
    return False


def _unheard(text: str, known: frozenset[str], listed: frozenset[str]) -> bool:
    return any(_among(word, listed) and not _heard(word, known) for word in words(text))


def _counted(text: str, known: frozenset[str]) -> bool:
    """Does it count something in words that no source counts? "You two" counts nothing."""
    said = " ".join(words(text))
    for both in _lists().both:
        said = said.replace(both, " ")
    return _unheard(said, known, _lists().numbers)


def _misquoted(sentence: str, text: str) -> bool:
    said = " ".join(words(text))
    return any(" ".join(words(quote)) not in said for quote in _QUOTED.findall(sentence))


def _promised(text: str, ground: Ground, demand: Demand) -> bool:
    """Does it speak of a promise that no source holds, or lay one on somebody who did not make it?"""
    for part in _CLAUSE.findall(text):
        said = set(words(part))
        if part.strip() in ground.text:  # as it stands there, it says no more
            continue
        named = _named(said, ground)
        if any(_among(word, _lists().promises) for word in said):
            owners = named or _spoken_of(said, demand)
            if (owners or _dated(said)) and not _made(part, owners, ground):
                return True
        elif named and said & _lists().modals and not part.endswith("?") and not _made(part, named, ground):
            return True
    return False


def _named(said: set[str], ground: Ground) -> set[str]:
    return {side for side, names in (("mentor", ground.mentor), ("mentee", ground.mentee)) if names & said}


def _spoken_of(said: set[str], demand: Demand) -> set[str]:
    """Whom a sentence without a name means."""
    found = {demand.hearer} if said & _lists().second else set()
    return found | ({demand.speaker} if said & _lists().first else set())


def _dated(said: set[str]) -> bool:
    return any(word.isdigit() or _among(word, _lists().times) for word in said)


def _made(part: str, owners: set[str], ground: Ground) -> bool:
    """Is the promise that the sentence is nearest to one of theirs?"""
    names = {stem(name) for name in ground.mentor | ground.mentee}
    told = stems(part) - names
    shared = [(len(told & vow.said), vow.owner) for vow in ground.vows]
    most = max((count for count, _ in shared), default=0)
    makers = {owner for count, owner in shared if count == most}
    return most > 0 and (not owners or "both" in makers or bool(makers & owners))


def _unsupported(text: str, known: frozenset[str], ground: Ground, demand: Demand) -> bool:
    people = ground.mentor | ground.mentee
    told = {word for word in content(text) if word not in people}
    held = sum(_heard(word, known) for word in told)
    return held < demand.held or held < demand.share * len(told)


def _among(word: str, listed: frozenset[str]) -> bool:
    return word in listed or any(word[:length] + "*" in listed for length in range(3, len(word) + 1))


@cache
def _lists() -> _Lists:
    path = resources.corpus() / "words" / "claims.yaml"
    return msgspec.convert(resources.parsed(path.read_text(encoding="utf-8")), _Lists)


@cache
def _delicate_words() -> frozenset[str]:
    path = resources.corpus() / "words" / "delicate.yaml"
    listed: list[list[str]] = resources.parsed(path.read_text(encoding="utf-8"))
    return frozenset(fold(word) for group in listed for word in group)


@cache
def _small_words() -> dict[str, frozenset[str]]:
    """The small words of each language that no other one has."""
    files = (resources.corpus() / "words").glob("stopwords.*.txt")
    listed = {path.name.split(".")[1]: {fold(w) for w in path.read_text(encoding="utf-8").split()} for path in files}
    return {
        language: frozenset(own - set().union(*(others for other, others in listed.items() if other != language)))
        for language, own in listed.items()
    }
