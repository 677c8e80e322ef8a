"""The run of one set of queries with known answers: what `prep search` would find, as lines "query passage score".

    python bench/retrieval.py SET [--most N]

SET is a folder with queries.jsonl ({id, text, collection}) and passages.jsonl ({id, text, collection}). A query is
asked within its own collection, as a pair's notes are: each is indexed as the notes of a pair and searched beside an
empty guidance, by the functions that the commands call. A passage that is more than one chunk has its best one's score.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.files import digest
from assistant.notes import note
from assistant.retrieval import index, meanings, search
from assistant.retrieval.chunks import Document

DAY = dt.date(2026, 1, 1)
MOST = 50  # chunks asked for, so that there are ten different passages among them


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def document(passage: dict[str, Any]) -> Document:
    """A passage as a note of its own; its path is its id."""
    raw = passage["text"].encode("utf-8")
    read = note.read(raw, passage["id"], DAY)
    return Document(passage["id"], digest(raw), lambda: (None, read.passages))


def searchable(home: Path, documents: list[Document], words: meanings.Meanings) -> search.Searchable:
    """The documents as a command opens them."""
    found = index.open_index(home, documents, None)
    return search.Searchable(found, lambda: index.rebuilt(home, documents, None), words)


def run(folder: Path, most: int = MOST) -> Iterator[tuple[str, str, float]]:
    """(query, passage, score), best first, of every query of a set."""
    collections: dict[str, list[Document]] = defaultdict(list)
    for passage in rows(folder / "passages.jsonl"):
        collections[passage["collection"]].append(document(passage))
    queries = sorted(rows(folder / "queries.jsonl"), key=lambda q: str(q["collection"]))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        words = meanings.open_meanings(Path(scratch) / "words.sqlite3", Path(scratch))
        none = searchable(Path(scratch) / "guidance", [], words)
        for number, (name, documents) in enumerate(collections.items()):
            notes = searchable(Path(scratch) / str(number), documents, words)
            for query in queries:
                if query["collection"] == name:
                    hits = search.both(notes, none, query["text"], most)
                    yield from ((query["id"], path, score) for path, score in best((h.path, h.score) for h in hits))
            notes.close()
        none.close()


def best(scored: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Each passage once, with the score of its best chunk."""
    found: dict[str, float] = {}
    for path, score in scored:
        found[path] = max(score, found.get(path, 0.0))
    return list(found.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("--most", type=int, default=MOST)
    arguments = parser.parse_args()
    for query, passage, score in run(arguments.set, arguments.most):
        print(query, passage.replace(" ", "_"), score)
    return 0


if __name__ == "__main__":
    sys.exit(main())
