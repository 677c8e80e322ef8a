"""What a word is in the other language: corpus/words/<a>-<b>.txt, kept in the form in which it is asked.

Of each word and of each stem the file in .prep/ has the words that may stand for it, each with a weight: the
translations, and more faintly the other words that translate to those. The lists hold for any pair of languages that `terms` knows.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import msgspec
import Stemmer

from assistant import resources
from assistant.files import digest, private_folder, write_bytes_atomic
from assistant.retrieval.terms import LANGUAGES, bare, lines_of, stem_in
from assistant.words import stop_words

_FORM = "2"  # of the file; another one is made anew
_NEXT = 0.85  # each further translation of a word weighs this much of the one before
_PHRASE = 0.4  # a word of a translation that is several words
_TRANSLATION = 0.8
_OTHER_FORM = 0.8  # what is said of a word counts so much for its other forms
_NEIGHBOUR = 0.25  # a word that shares a translation
_FAINT = 0.05
_MOST = 8

_TABLE = "CREATE TABLE meaning(language TEXT, form TEXT, words BLOB, PRIMARY KEY(language, form)) WITHOUT ROWID"
_ASK = "SELECT words FROM meaning WHERE language = ? AND form = ?"

Weights = dict[str, float]  # word -> weight, 0 to 1
Sides = dict[tuple[str, str], dict[tuple[str, str], float]]  # (language, word or stem) -> (language, word) -> weight


class Meanings:
    """The word lists, asked word by word. A file that turns out damaged is made anew, once."""

    def __init__(self, db: sqlite3.Connection, remake: Callable[[], sqlite3.Connection]) -> None:
        self._db, self._remake = db, remake

    def close(self) -> None:
        self._db.close()

    def of(self, word: str) -> Weights:
        """Other words for a bare word, in any language, the likeliest first."""
        try:
            found = self._of(word)
        except (sqlite3.Error, msgspec.DecodeError, TypeError):
            self._db.close()
            self._db = self._remake()
            found = self._of(word)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST])

    def _of(self, word: str) -> Weights:
        found: Weights = {}
        for language in LANGUAGES:
            for form, share in ((word, 1.0), (stem_in(language, word), _OTHER_FORM)):
                row = self._db.execute(_ASK, (language, form)).fetchone()
                for other, weight in msgspec.json.decode(row[0], type=Weights).items() if row else ():
                    if other != word:
                        found[other] = max(weight * share, found.get(other, 0.0))
        return found


def open_meanings(path: Path, scratch: Path) -> Meanings:
    """The word lists as kept at `path`; made there when they changed, in memory where nothing can be written."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in _files()}
    key = digest("\0".join([_FORM, Stemmer.version(), *(f"{name} {text}" for name, text in texts.items())]).encode())

    def remake() -> sqlite3.Connection:
        raw = _made(key, tuple(texts.items()))
        with contextlib.suppress(OSError):
            private_folder(path.parent)
            write_bytes_atomic(path, raw, scratch)
        db = sqlite3.connect(":memory:")
        db.deserialize(raw)
        return db

    try:
        return Meanings(_kept(path, key), remake)
    except (sqlite3.Error, OSError):
        return Meanings(remake(), remake)


def _files() -> list[Path]:
    return sorted((resources.corpus() / "words").glob("??-??.txt"))


def _kept(path: Path, key: str) -> sqlite3.Connection:
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if db.execute("SELECT key FROM made").fetchone() != (key,):
            raise sqlite3.DatabaseError("of other lists")
    except sqlite3.Error:
        db.close()
        raise
    return db


@cache
def _made(key: str, texts: tuple[tuple[str, str], ...]) -> bytes:
    """The file, out of the lists by name."""
    sides: Sides = defaultdict(dict)
    for name, text in texts:
        one, _, other = name.partition("-")
        for word, translation, weight in entries(text):
            _link(sides, (one, word), (other, translation), weight)
            _link(sides, (other, translation), (one, word), weight)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE made(key TEXT)")
    db.execute(_TABLE)
    with db:
        db.execute("INSERT INTO made VALUES (?)", (key,))
        rows = ((*side, msgspec.json.encode(_words(side, sides))) for side in sides)
        db.executemany("INSERT INTO meaning VALUES (?, ?, ?)", rows)
    with contextlib.closing(db):
        return db.serialize()


def entries(text: str) -> Iterable[tuple[str, str, float]]:
    """(word, one word of a translation, weight) of each line, all bare."""
    for line in lines_of(text):
        word, _, translations = line.partition(" = ")
        for rank, translation in enumerate(translations.split(", ")):
            parts = [bare(part) for part in translation.split() if bare(part) not in stop_words()]
            for part in parts:
                yield bare(word), part, _NEXT**rank * (_PHRASE if len(parts) > 1 else 1.0)


def _link(sides: Sides, one: tuple[str, str], other: tuple[str, str], weight: float) -> None:
    language, word = one
    for form in (word, stem_in(language, word)):
        side = sides[language, form]
        side[other] = max(weight, side.get(other, 0.0))


def _words(side: tuple[str, str], sides: Sides) -> Weights:
    """The words that may stand for a word or a stem, the likeliest first."""
    found: Weights = {}
    for (language, word), weight in sides[side].items():
        found[word] = max(weight * _TRANSLATION, found.get(word, 0.0))
        for (_, neighbour), back in sides[language, word].items():
            found[neighbour] = max(weight * back * _NEIGHBOUR, found.get(neighbour, 0.0))
    own = {word: weight for word, weight in found.items() if weight > _FAINT}
    return dict(sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))[: _MOST + 1])
