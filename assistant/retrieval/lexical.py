"""The lexical arm: SQLite FTS5 over the stems of words, their first six letters and their four-letter pieces.

SQLite finds the chunks that may answer, `ranking` says how well they do.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from assistant.records import Level
from assistant.retrieval.chunks import Chunk, Document, chunks
from assistant.retrieval.ranking import WEIGHTS, Match, Question, Row, Term, ranked
from assistant.retrieval.terms import asked, bare_words, columns, pieces, stems
from assistant.words import stem

if TYPE_CHECKING:
    from assistant.retrieval.meanings import Meanings

# Part of what an index must match: a change of the columns or of the chunks makes every index anew.
FORMAT = "6"
_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE document(path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE chunk(id INTEGER PRIMARY KEY, path TEXT, body BLOB, crc INTEGER, embedded INTEGER);
CREATE INDEX chunk_path ON chunk(path);
CREATE VIRTUAL TABLE fts USING fts5(stems, beginnings, pieces, tokenize = 'unicode61');
"""


_COLUMNS = ("stems", "beginnings", "pieces")
_VOCABULARY = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, fts, col)"
_NO_FILES = "PRAGMA temp_store = MEMORY"  # what SQLite sorts would else lie in the machine's folder for such things
_CANDIDATES = 200
# In a large index what is in so many chunks finds none: it only tells between those that other words found.
_LARGE = 20_000
_OFTEN = 0.2
_VARIABLES = 500  # of one statement, well under SQLite's limit


class Damaged(Exception):
    """The index is not what was written; it must be made anew."""


class Changed(Exception):
    """Another process brought the index up to date with notes as it saw them, after this one had opened it."""


class Lexical:
    """One SQLite file of one pair (or of the guidance). Raises sqlite3.Error and Damaged on anything that is off."""

    def __init__(self, path: Path | None) -> None:
        """Open the file at `path`, which must exist, or a new one in memory."""
        self.db = sqlite3.connect(":memory:") if path is None else _connected(path)
        self.db.execute(_VOCABULARY)
        self._version = self._data_version()

    @classmethod
    def create(cls, path: Path | None, embedder: str, least: Level = Level.CONFIDENTIAL) -> Lexical:
        """A new empty index; `embedder` names what makes its vectors, "" for none, `least` what it may read."""
        index = cls.__new__(cls)
        index.db = sqlite3.connect(":memory:" if path is None else path, timeout=5)
        try:
            index.db.execute(_NO_FILES)
            index.db.executescript(_TABLES)
            index.db.execute(_VOCABULARY)
            with index.db:
                meta = [("format", FORMAT), ("embedder", embedder), ("least", least.value)]
                index.db.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            index._version = index._data_version()
        except BaseException:
            index.close()
            raise
        return index

    def close(self) -> None:
        self.db.close()

    def _data_version(self) -> int:
        """A number that changes with every commit of another connection."""
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    @contextlib.contextmanager
    def as_opened(self) -> Iterator[None]:
        """Hold the file as it is meanwhile; raises Changed where that is not as it was when it was opened."""
        self.db.execute("BEGIN")
        try:
            self.db.execute("SELECT 1 FROM meta").fetchone()
            if self._data_version() != self._version:
                raise Changed
            yield
        finally:
            self.db.rollback()

    def check(self, embedder: str | None) -> None:
        """Raise Damaged unless this is an index of today's format and that embedder; None is any."""
        meta = dict(self.db.execute("SELECT key, value FROM meta"))
        if meta.get("format") != FORMAT or (embedder is not None and meta.get("embedder") != embedder):
            raise Damaged("another format")

    @cached_property
    def _least(self) -> Level:
        """The most closed level of which chunks have a vector."""
        return Level(self.db.execute("SELECT value FROM meta WHERE key = 'least'").fetchone()[0])

    def stamp(self) -> str:
        """Of the last writing: another one each time, made with it."""
        found = self.db.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
        return str(found[0]) if found else ""

    def digests(self) -> dict[str, str]:
        """The hash of every document in it, by path."""
        return dict(self.db.execute("SELECT path, digest FROM document"))

    def update(self, gone: Iterable[str], new: Iterable[Document]) -> list[int]:
        """Take documents out and put others in, all or nothing; the ids of the new chunks, in their order."""
        rows: list[int] = []
        with self.db:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stamp', ?)", (secrets.token_hex(8),))
            for path in gone:
                self.db.execute("DELETE FROM fts WHERE rowid IN (SELECT id FROM chunk WHERE path = ?)", (path,))
                self.db.execute("DELETE FROM chunk WHERE path = ?", (path,))
                self.db.execute("DELETE FROM document WHERE path = ?", (path,))
            for document in new:
                self.db.execute("INSERT INTO document VALUES (?, ?)", (document.path, document.digest))
                rows += [self._add(chunk) for chunk in chunks(document)]
        return rows

    def _add(self, chunk: Chunk) -> int:
        body = msgspec.json.encode(chunk)
        row = self.db.execute(
            "INSERT INTO chunk(path, body, crc, embedded) VALUES (?, ?, ?, ?) RETURNING id",
            (chunk.path, body, zlib.crc32(body), may_be_embedded(chunk, self._least)),
        ).fetchone()[0]
        found = bare_words(" ".join([*chunk.section, chunk.text]))
        self.db.execute(
            "INSERT INTO fts(rowid, stems, beginnings, pieces) VALUES (?, ?, ?, ?)",
            (
                row,
                " ".join(s for word in found for s in dict.fromkeys(stems(word))),
                " ".join(map(stem, found)),
                " ".join(p for word in found for p in pieces(word)),
            ),
        )
        return int(row)

    def get(self, ids: Iterable[int]) -> dict[int, Chunk]:
        """Chunks by id; raises Damaged where one is not as it was written."""
        result: dict[int, Chunk] = {}
        for number in ids:
            row = self.db.execute("SELECT body, crc FROM chunk WHERE id = ?", (number,)).fetchone()
            if row is None or not isinstance(row[0], bytes) or zlib.crc32(row[0]) != row[1]:
                raise Damaged("a chunk")
            result[number] = msgspec.json.decode(row[0], type=Chunk)
        return result

    def embedded(self) -> set[int]:
        """The ids of the chunks that have a vector where there are vectors."""
        return {row[0] for row in self.db.execute("SELECT id FROM chunk WHERE embedded")}

    def ids_of(self, path: str) -> list[int]:
        return [row[0] for row in self.db.execute("SELECT id FROM chunk WHERE path = ?", (path,))]

    def search(self, query: str, meanings: Meanings | None = None) -> dict[int, Match]:
        """The chunks that answer best, and how well; empty for a query without letters."""
        question = Question(asked(query), meanings.of if meanings else lambda word: {})
        size = self.db.execute("SELECT count(*) FROM chunk").fetchone()[0]
        frequencies = self._frequencies(question.users)
        often = {term for term, count in frequencies.items() if size > _LARGE and count > size * _OFTEN}
        match = expression(question, often) or expression(question)
        if not match:
            return {}
        rank = "bm25({}, {}, {})".format(*WEIGHTS)
        found = self.db.execute(
            "SELECT rowid FROM fts WHERE fts MATCH ? AND rank MATCH ? ORDER BY rank LIMIT ?", (match, rank, _CANDIDATES)
        ).fetchall()
        rows = self._rows(question, [number for (number,) in found])
        return ranked(question, rows, size, frequencies)

    def _rows(self, question: Question, ids: list[int]) -> list[Row]:
        texts = "SELECT fts.rowid, path, stems, beginnings, pieces FROM fts JOIN chunk ON chunk.id = fts.rowid"
        found = self.db.execute(f"{texts} WHERE fts.rowid IN ({_marks(ids)})", ids).fetchall()
        if len(found) != len(ids):
            raise Damaged("a chunk")
        return [question.row(number, path, columns) for number, path, *columns in found]

    def _frequencies(self, terms: Iterable[Term]) -> dict[Term, int]:
        """In how many chunks each term is that is in any."""
        wanted = list(dict.fromkeys(term for _, term in terms))
        result: dict[Term, int] = {}
        for start in range(0, len(wanted), _VARIABLES):
            part = wanted[start : start + _VARIABLES]
            lookup = f"SELECT term, col, doc FROM temp.vocabulary WHERE term IN ({_marks(part)})"
            for term, column, count in self.db.execute(lookup, part):
                result[_COLUMNS.index(column), term] = count
        return result


def _connected(path: Path) -> sqlite3.Connection:
    """The file at `path`, to write if it may be written."""
    for mode in ("rw", "ro"):
        db = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=5)
        try:
            db.execute(_NO_FILES)
            db.execute("SELECT 1 FROM meta").fetchone()
        except sqlite3.Error as error:
            db.close()
            if mode == "ro" or not isinstance(error, sqlite3.OperationalError):
                raise
        else:
            return db
    raise AssertionError("unreachable")


def may_be_embedded(chunk: Chunk, least: Level) -> bool:
    """May a model that reads this level and more open ones read it? What is the author's own none may."""
    return chunk.level.openness >= max(least.openness, Level.CONFIDENTIAL.openness)


def expression(question: Question, without: Set[Term] = frozenset()) -> str:
    """The FTS5 query for what may answer: any of the terms in their columns, pieces of the question's own words alone."""
    found: list[list[str]] = [[], [], []]
    for word in question.words:
        found[2] += columns(word)[2]
    for _, word, _ in question.variants:
        for n in (0, 1):
            found[n] += columns(word)[n]
    kept = [[t for t in dict.fromkeys(terms) if (n, t) not in without] for n, terms in enumerate(found)]
    return " OR ".join(
        f"{{{name}}} : ({' OR '.join(map(_quoted, terms))})"
        for name, terms in zip(_COLUMNS, kept, strict=True)
        if terms
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
