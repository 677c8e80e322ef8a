"""The answer of a model, find by find: what has no exact quotation in the note is left out, and counted.

A find is a place in the note and nothing else. No word of the model's own is kept: its quotation is looked up in the
line as it was sent, and what stood there in the note itself is what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, cast, get_args

from msgspec import Struct

from assistant.endpoint.ladder import Misshapen
from assistant.notes.utterances import shorten
from assistant.privacy.covered import Covered
from assistant.reading.asking import BECAME, Asked
from assistant.records import Level, Owner, Passage
from assistant.words import words

T = TypeVar("T")
_LISTS = ("promises", "threads", "beliefs", "questions")
_LEAST = 2  # words; a single one is a quotation where it is the whole of its line


class Quote(Struct, frozen=True):
    """Exact words of a note. `passage` is the line on which their passage begins, `line` that of the words themselves."""

    passage: int
    line: int
    level: Level
    text: str


class Promised(Struct, frozen=True):
    """A promise by its words; `when` are those that say by when."""

    quote: Quote
    owner: Owner
    when: str | None


class Became(Struct, frozen=True):
    """What became of something earlier, by its id or key."""

    of: str
    became: str
    quote: Quote


class Believed(Struct, frozen=True):
    """A belief and, where there is one, what showed otherwise."""

    quote: Quote
    shown: Quote | None


class Finds(Struct, frozen=True):
    """All that can stand of an answer, and how many finds can't. Without any the model is held to have read nothing."""

    promises: tuple[Promised, ...] = ()
    earlier: tuple[Became, ...] = ()
    threads: tuple[Quote, ...] = ()
    beliefs: tuple[Believed, ...] = ()
    questions: tuple[Quote, ...] = ()
    dropped: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, (self.promises, self.earlier, self.threads, self.beliefs, self.questions)))


def finds(answer: object, asked: Asked, ids: dict[str, str]) -> Finds:
    """What can stand of the JSON of an answer; raises Misshapen where it is not in the form that was asked for."""
    if not isinstance(answer, dict) or not all(isinstance(answer.get(name), list) for name in _LISTS):
        raise Misshapen
    told = answer.get("earlier", [] if not ids else None)
    if not isinstance(told, list):
        raise Misshapen
    page = _Page(asked.lines)
    promises = [_promise(entry, page) for entry in _entries(answer["promises"])]
    earlier = [_became(entry, page, ids) for entry in _entries(told)] if ids else []
    threads = [page.quote(entry) for entry in _entries(answer["threads"])]
    beliefs = [_belief(entry, page) for entry in _entries(answer["beliefs"])]
    questions = [page.quote(entry) for entry in _entries(answer["questions"])]
    given = sum(len(answer[name]) for name in _LISTS) + len(told)
    kept = Finds(_once(promises), _once(earlier), _once(threads), _once(beliefs), _once(questions))
    return Finds(
        kept.promises,
        kept.earlier,
        kept.threads,
        kept.beliefs,
        kept.questions,
        given - sum(find is not None for some in (promises, earlier, threads, beliefs, questions) for find in some),
    )


def _entries(found: list[Any]) -> Iterator[dict[str, Any]]:
    return (entry for entry in found if isinstance(entry, dict))


def _once(found: list[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(find for find in found if find is not None))


def _promise(entry: dict[str, Any], page: _Page) -> Promised | None:
    quote, owner, when = page.quote(entry), entry.get("owner"), entry.get("when")
    if quote is None or owner not in get_args(Owner):
        return None
    said = page.near(quote, when) if isinstance(when, str) else None
    return Promised(quote, cast(Owner, owner), said)


def _became(entry: dict[str, Any], page: _Page, ids: dict[str, str]) -> Became | None:
    quote, key, became = page.quote(entry), entry.get("id"), entry.get("became")
    if quote is None or not isinstance(key, str) or key not in ids or became not in BECAME:
        return None
    settled = key.startswith("t")
    if (became == "settled") != settled:
        if became == "part":
            return None
        became = "settled" if settled else "done"
    return Became(ids[key], became, quote)


def _belief(entry: dict[str, Any], page: _Page) -> Believed | None:
    quote = page.quote(entry)
    shown = page.quote({"line": entry.get("shown_line"), "quote": entry.get("shown_quote")})
    return Believed(quote, shown if shown != quote else None) if quote else None


class _Page:
    """A note as it was sent, to look up quotations in. Headings are not quoted."""

    def __init__(self, lines: dict[str, tuple[Passage, Covered]]) -> None:
        self._lines = {key: line for key, line in lines.items() if line[0].kind != "heading"}

    def quote(self, entry: dict[str, Any]) -> Quote | None:
        """The words of the note that an entry quotes, from the line that it names or else from another."""
        said, named = entry.get("quote"), entry.get("line")
        if not isinstance(said, str) or not isinstance(named, str):
            return None
        first = [self._lines[named]] if named in self._lines else []
        for passage, covered in [*first, *self._lines.values()]:
            text = covered.back(said)
            if text and (len(words(text)) >= _LEAST or words(text) == words(passage.text)):
                return _placed(passage, text)
        return None

    def near(self, quote: Quote, said: str) -> str | None:
        """The words of the note that tell a moment: in the passage of a quotation, or in the two beside it."""
        passages = list(self._lines.values())
        at = next(n for n, (p, _) in enumerate(passages) if p.line == quote.passage and quote.text in p.text)
        for passage, covered in (passages[at], *passages[max(0, at - 1) : at], *passages[at + 1 : at + 2]):
            if passage.level is quote.level and (text := covered.back(said)):
                return text
        return None


def _placed(passage: Passage, text: str) -> Quote:
    start = passage.text.find(text)
    end = start + len(text)
    while end < len(passage.text) and passage.text[end] in "?!.…":
        end += 1
    line = passage.line + passage.text.count("\n", 0, start)
    return Quote(passage.line, line, passage.level, shorten(passage.text[start:end]))
