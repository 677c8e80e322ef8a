"""A programme's own rules: which of its sentences lay down how sessions go, and on what subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.records import HouseRule, Level, Passage, Source

# Part of the key under which this is kept: a change of the words or rules here reads the pages anew.
VERSION = "1"

Pages = Sequence[tuple[str, Sequence[Passage]]]
_LONGEST = 220  # letters; what is longer explains and lays down nothing
_TITLE = 5  # words; a first sentence that is as short is a title to the next
_NUMBERS = {
    "één": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4, "four": 4, "vijf": 5, "five": 5,
    **{str(n): n for n in range(1, 10)},
}  # fmt: skip
_MOST = re.compile(
    r"\b(?:hooguit|hoogstens|ten hoogste|maximaal|max|niet meer dan|at most|no more than|maximum|up to|only)\b"
)
_COUNT = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_SENTENCE = re.compile(r"\S.*?(?:(?<![\s\d*.].)(?<!\d)[.!?][*_”\"’')]*(?=\s)|$)", re.DOTALL)
_POINTS = re.compile(
    r"\W*(?:they|it|that|this|these|those|he|she|dat|die|dit|deze|daar|daarna|ze|zij|hij|wel|then|after)\b"
)
_MINUTES = {
    "vijftien": 15, "twintig": 20, "dertig": 30, "veertig": 40, "vijfenveertig": 45, "vijftig": 50, "zestig": 60, "negentig": 90,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
    "een uur": 60, "an hour": 60, "one hour": 60,
}  # fmt: skip
_WORD = "|".join(sorted(_MINUTES, key=len, reverse=True))
_LENGTH = re.compile(
    rf"\b(?:(?:\d{{1,3}}|{_WORD})\s*(?:-|–|to|tot|or|of|à)\s*)?(\d{{1,3}}|{_WORD})\s*(?:minuten|minutes|min)\b"
)
_SESSION = re.compile(
    r"\b(?:sessies?|sessions?|gesprek\w*|meet\w*|conversations?|afspra\w+)\b"
    r"|^\W*(?:it|they|we|each|het|dat|ze|elke keer)\b.*\b(?:duurt|duren|lasts?|takes?)\b"
)


class _Subject(Struct, frozen=True, forbid_unknown_fields=True):
    items: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]


class House(Struct, frozen=True):
    """What a programme's pages lay down: how long a session is, and one rule a subject."""

    length: HouseRule | None
    rules: tuple[HouseRule, ...]


def laid_down(pages: Pages) -> House:
    """All that the pages lay down."""
    return House(length(pages), rules(pages))


def rules(pages: Pages) -> tuple[HouseRule, ...]:
    """One rule a subject, where the pages have one: of a list rather than of running text, else the first."""
    passages = [(path, passage) for path, page in pages for passage in page if passage.kind in ("item", "text")]
    passages.sort(key=lambda entry: entry[1].kind != "item")
    spans = [(span, passage) for path, passage in passages for span in _spans(path, passage)]
    found = []
    for name, (items, needs) in _subjects().items():
        source = next((source for source, passage in spans if _speaks(source, passage, needs)), None)
        if source is not None:
            found.append(HouseRule(name, items, source, _limit(source.quote)))
    return tuple(found)


def length(pages: Pages) -> HouseRule | None:
    """How long the guidance says that a session is, in minutes: of a range the longest; None if it doesn't say."""
    for path, page in pages:
        for passage in page:
            before = ""
            for at, text in _sentences(passage.text):
                said = _plain(text)
                match = _LENGTH.search(said)
                alone = match is not None and said.strip(" .").startswith(match.group())
                if match and ((alone and passage.kind == "item") or _SESSION.search(said) or _SESSION.search(before)):
                    word = match.group(1)
                    minutes = int(word) if word.isdigit() else _MINUTES[word]
                    return HouseRule("length", (), _source(path, passage, at, at + len(text)), minutes)
                before = before if match else said
    return None


def _spans(path: str, passage: Passage) -> Iterator[Source]:
    """What may be a rule: each sentence; one behind a few words in bold is quoted with those."""
    said = _sentences(passage.text)
    for number, (at, text) in enumerate(said):
        titled = len(said) > 1 and len(re.findall(r"[^\W\d_]+", said[0][1])) <= _TITLE
        if titled and number == 0:
            continue  # it is quoted with the sentence behind it
        start = said[0][0] if titled and number == 1 else at
        if at + len(text) - start <= _LONGEST and not _POINTS.match(_plain(passage.text[start:])):
            yield _source(path, passage, start, at + len(text))


def _sentences(text: str) -> list[tuple[int, str]]:
    """(offset, sentence); unlike in notes, one that ends within bold print ends there."""
    found = []
    for match in _SENTENCE.finditer(text):
        if re.search(r"\w\w", match.group()):
            found.append((match.start(), match.group().rstrip()))
    return found


def _source(path: str, passage: Passage, start: int, end: int) -> Source:
    line = passage.line + passage.text.count("\n", 0, start)
    return Source(path, line, None, Level.PROGRAMME, passage.text[start:end])


def _speaks(source: Source, passage: Passage, needs: Sequence[re.Pattern[str]]) -> bool:
    """Does a sentence hold a word of each group, the heading above it counting for all but the first?"""
    said = _plain(source.quote)
    under = _plain(" ".join(passage.section[1:]))
    return needs[0].search(said) is not None and all(need.search(f"{under} {said}") for need in needs)


def _limit(text: str) -> int | None:
    """How many are allowed at most: the first number of a sentence that sets a limit."""
    said = _plain(text)
    match = _COUNT.search(said) if _MOST.search(said) else None
    return _NUMBERS[match.group()] if match else None


def _plain(text: str) -> str:
    return re.sub(r"[*_`]", "", text).casefold().replace("’", "'")


@cache
def _subjects() -> dict[str, tuple[tuple[str, ...], list[re.Pattern[str]]]]:
    values = msgspec.convert(
        resources.parsed((resources.corpus() / "words" / "house.yaml").read_text(encoding="utf-8")), dict[str, _Subject]
    )
    return {name: (s.items, [_pattern(words) for words in s.needs]) for name, s in values.items()}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, whole or, where an entry ends in *, as a beginning."""
    return re.compile(r"\b(?:" + "|".join(re.escape(w.casefold()).replace(r"\*", r"\w*") for w in words) + r")(?!\w)")
