"""The terms by which a word is found: its stems, its beginning and its four-letter pieces.

A word's language is not known, so it has a stem in each. Forms that no rule makes ("ging", "went") stand in
corpus/words/forms.<language>.txt.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from Stemmer import Stemmer

from assistant import resources
from assistant.words import content, fold, stem, words

LANGUAGES = {"nl": "dutch", "en": "english"}  # to what Snowball calls them


@cache
def _stemmer(language: str) -> Stemmer:
    return Stemmer(LANGUAGES[language])


@cache
def _bases(language: str) -> dict[str, str]:
    """Irregular forms to their word, folded."""
    path = resources.corpus() / "words" / f"forms.{language}.txt"
    lines = (line.partition(": ") for line in lines_of(path.read_text(encoding="utf-8")))
    return {bare(form): bare(base) for base, _, forms in lines for form in forms.split()}


def lines_of(text: str) -> Iterator[str]:
    """The lines of a word file that are no comment."""
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def bare(word: str) -> str:
    """A word as it is compared: folded, without its apostrophe."""
    return fold(word).replace("'", "")


@cache
def stem_in(language: str, word: str) -> str:
    """The stem of a bare word, taken as one of that language."""
    base = _bases(language).get(word, word)
    if language == "nl" and base.endswith("dt"):  # Snowball leaves "rijdt" beside "rijd"
        base = base[:-1]
    return str(_stemmer(language).stemWord(base))


@cache
def stems(word: str) -> tuple[str, ...]:
    """The stem of a bare word in each language; often the same."""
    return tuple(stem_in(language, word) for language in LANGUAGES)


@cache
def _asking() -> frozenset[str]:
    """The stems of the words of corpus/words/asking.<language>.txt."""
    files = [resources.corpus() / "words" / f"asking.{language}.txt" for language in LANGUAGES]
    lines = (line for path in files for line in lines_of(path.read_text(encoding="utf-8")))
    return frozenset(s for line in lines for word in line.split() for s in stems(bare(word)))


@cache
def asks(word: str) -> bool:
    """Does a bare word ask for what was said, whatever that is about?"""
    return not _asking().isdisjoint(stems(word))


def pieces(word: str) -> list[str]:
    """The four-letter pieces of a longer word."""
    return [word[n : n + 4] for n in range(len(word) - 3)] if len(word) > 4 else []


@cache
def columns(word: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(stems, beginning, pieces) of a bare word. A stem that it has in two languages is there twice, and counts twice."""
    return stems(word), (stem(word),), tuple(dict.fromkeys(pieces(word)))


def bare_words(text: str) -> list[str]:
    """The words of a text that carry meaning, bare, in order."""
    return [word.replace("'", "") for word in content(text)]


def asked(query: str) -> list[str]:
    """The words of a question, each once; its stop words only if it has no others."""
    return list(dict.fromkeys(bare_words(query) or [word.replace("'", "") for word in words(query)]))
