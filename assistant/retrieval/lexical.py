"""The lexical arm: SQLite FTS5 over folded words, their first six letters and their four-letter pieces.

The three columns weigh 1, 1 and 0.5. Words, beginnings and pieces are made here, so SQLite only counts and ranks.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from assistant.records import Level
from assistant.retrieval.chunks import Chunk, Document, chunks
from assistant.words import content, stem, words

# Part of what an index must match: a change of the columns or of the chunks makes every index anew.
FORMAT = "4"
_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE document(path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE chunk(id INTEGER PRIMARY KEY, path TEXT, body BLOB, crc INTEGER, embedded INTEGER);
CREATE INDEX chunk_path ON chunk(path);
CREATE VIRTUAL TABLE fts USING fts5(words, beginnings, pieces, tokenize = 'unicode61');
"""


class Damaged(Exception):
    """The index is not what was written; it must be made anew."""


class Lexical:
    """One SQLite file of one pair (or of the guidance). Raises sqlite3.Error and Damaged on anything that is off."""

    def __init__(self, path: Path | None) -> None:
        """Open the file at `path`, which must exist, or a new one in memory."""
        self.db = sqlite3.connect(":memory:") if path is None else _connected(path)

    @classmethod
    def create(cls, path: Path | None, embedder: str) -> Lexical:
        """A new empty index; `embedder` names what makes its vectors, "" for none."""
        index = cls.__new__(cls)
        index.db = sqlite3.connect(":memory:" if path is None else path, timeout=5)
        try:
            index.db.executescript(_TABLES)
            with index.db:
                index.db.executemany("INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), ("embedder", embedder)])
        except BaseException:
            index.close()
            raise
        return index

    def close(self) -> None:
        self.db.close()

    def check(self, embedder: str | None) -> None:
        """Raise Damaged unless this is an index of today's format and that embedder; None is any."""
        meta = dict(self.db.execute("SELECT key, value FROM meta"))
        if meta.get("format") != FORMAT or (embedder is not None and meta.get("embedder") != embedder):
            raise Damaged("another format")

    def digests(self) -> dict[str, str]:
        """The hash of every document in it, by path."""
        return dict(self.db.execute("SELECT path, digest FROM document"))

    def update(self, gone: Iterable[str], new: Iterable[Document]) -> list[int]:
        """Take documents out and put others in, all or nothing; the ids of the new chunks, in their order."""
        rows: list[int] = []
        with self.db:
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
            (chunk.path, body, zlib.crc32(body), may_be_embedded(chunk)),
        ).fetchone()[0]
        found = _terms(" ".join([*chunk.section, chunk.text]))
        self.db.execute(
            "INSERT INTO fts(rowid, words, beginnings, pieces) VALUES (?, ?, ?, ?)",
            (row, " ".join(found), " ".join(map(stem, found)), " ".join(p for word in found for p in pieces(word))),
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

    def search(self, query: str, most: int) -> dict[int, float]:
        """Scores of the best chunks, higher is better; empty for a query without letters."""
        match = expression(query)
        if not match:
            return {}
        rows = self.db.execute(
            "SELECT rowid, -bm25(fts, 1.0, 1.0, 0.5) AS score FROM fts WHERE fts MATCH ? ORDER BY score DESC LIMIT ?",
            (match, most),
        )
        return {row[0]: max(row[1], 1e-9) for row in rows}


def _connected(path: Path) -> sqlite3.Connection:
    """The file at `path`, to write if it may be written."""
    for mode in ("rw", "ro"):
        db = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=5)
        try:
            db.execute("SELECT 1 FROM meta").fetchone()
        except sqlite3.Error as error:
            db.close()
            if mode == "ro" or not isinstance(error, sqlite3.OperationalError):
                raise
        else:
            return db
    raise AssertionError("unreachable")


def _terms(text: str) -> list[str]:
    return [word.replace("'", "") for word in content(text)]


def pieces(word: str) -> list[str]:
    """The four-letter pieces of a longer word."""
    return [word[n : n + 4] for n in range(len(word) - 3)] if len(word) > 4 else []


def may_be_embedded(chunk: Chunk) -> bool:
    """May a model on this machine read it? What is the author's own it may not (contract, section 2)."""
    return chunk.level.openness >= Level.CONFIDENTIAL.openness


def expression(query: str) -> str:
    """The FTS5 query: any of the words, beginnings and pieces, each in its column; stop words only if all are."""
    found = list(dict.fromkeys(_terms(query) or [word.replace("'", "") for word in words(query)]))
    columns = {
        "words": found,
        "beginnings": [stem(word) for word in found],
        "pieces": [piece for word in found for piece in pieces(word)],
    }
    return " OR ".join(
        f"{{{name}}} : ({' OR '.join(_quoted(term) for term in dict.fromkeys(terms))})"
        for name, terms in columns.items()
        if terms
    )


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
