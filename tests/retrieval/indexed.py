"""Small indexes, as tests and their child processes make them.

python -m retrieval.indexed FOLDER once|forever [LARGEST]: bring the index in FOLDER up to date and print what is found,
or edit without end. LARGEST is the most bytes that a file may have, as on a full disk.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import ModelFailed
from assistant.files import digest
from assistant.notes import note
from assistant.records import Hit, Level
from assistant.retrieval import search
from assistant.retrieval.chunks import Document
from assistant.retrieval.index import open_index, rebuilt
from assistant.retrieval.vectors import Embedder
from assistant.words import words

TESTS = Path(__file__).resolve().parent.parent


class Hashed:
    """Words hashed into 16 dimensions. `given` is all it was asked; it fails while `down`."""

    def __init__(self, name: str = "hashed", size: int = 16, least: Level = Level.CONFIDENTIAL) -> None:
        self.least = least
        self.name, self.size, self.down = name, size, False
        self.given: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if self.down:
            raise ModelFailed("the embedding service gave no vectors")
        self.given += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        vector = [0.01] * self.size
        for word in words(text):
            vector[zlib.crc32(word.encode()) % self.size] += 1
        return vector


def document(name: str, text: str) -> Document:
    """A note, or with a name that is no date a page of the same form."""
    day, nth = note.date_of(name) or note.date_of("2026-01-01.md") or (None, 1)
    assert day is not None
    read = note.read(text.encode(), name, day, nth)
    return Document(name, digest(text.encode()), lambda: (read.date, read.passages))


def ask(folder: Path, documents: list[Document], query: str, embedder: Embedder | None = None) -> list[Hit]:
    """What a command would find, its index closed again."""
    index = open_index(folder, documents, embedder)
    searchable = search.Searchable(index, lambda: rebuilt(folder, documents, embedder))
    try:
        return searchable.find(query, 5)
    finally:
        searchable.close()


def texts(hits: list[Hit]) -> list[str]:
    return [hit.text for hit in hits]


def generations(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.is_dir())


def shelf(edition: int) -> list[Document]:
    """Twelve notes, a third of which say something else in each edition."""
    return [
        document(f"2026-01-{n:02}.md", f"Notitie {n} over de roosters. " + f"Editie {edition if n % 3 else 0}. " * 20)
        for n in range(1, 13)
    ]


def child(folder: Path, *how: str) -> subprocess.Popen[str]:
    """This module in a process of its own."""
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "retrieval.indexed", str(folder), *how]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)


def main() -> None:
    folder, how = Path(sys.argv[1]), sys.argv[2]
    if len(sys.argv) > 3:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    ask(folder.with_name("elsewhere-" + str(os.getpid())), [], "roosters")  # all is imported, nothing counts yet
    print("ready", flush=True)
    sys.stdin.readline()
    for edition in itertools.count(1) if how == "forever" else [1]:
        hits = ask(folder, shelf(edition), "notitie roosters")
    print(len(hits), flush=True)


if __name__ == "__main__":
    main()
