"""One peer of prep, as its quick start has it: built from chunks, asked in a process of its own, or run on a set.

    python peer.py NAME build FOLDER        of FOLDER/chunks.jsonl {id, text}; prints seconds "wall processor" of bare adding
    python peer.py NAME ask FOLDER QUERY
    python peer.py NAME run SET             of queries with known answers; prints lines "query passage score"

NAME is fts5, bm25s, chroma, langchain or llm (whose asking is its own command, `llm similar`). All vectors are the
hashed ones of llm_hashed. Runs in the environment of requirements.txt; what a peer does not need it does not import.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

MOST = 10
_BATCH = 5000  # Chroma takes few more at a time


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


class Fts5:
    """SQLite's own full-text search, with its default tokenizer."""

    def __init__(self, home: Path | None) -> None:
        self.db = sqlite3.connect(home / "fts5.sqlite3" if home else ":memory:")

    def add(self, ids: list[str], texts: list[str]) -> None:
        with self.db:
            self.db.execute("CREATE VIRTUAL TABLE chunks USING fts5(id UNINDEXED, text)")
            self.db.executemany("INSERT INTO chunks VALUES (?, ?)", zip(ids, texts, strict=True))

    def find(self, query: str) -> list[tuple[str, float]]:
        match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query)) or '""'
        found = self.db.execute(
            "SELECT id, -rank FROM chunks WHERE chunks MATCH ? ORDER BY rank LIMIT ?", (match, MOST)
        )
        return list(found)


class Bm25s:
    """As shipped: its own tokenizer with English stop words."""

    def __init__(self, home: Path | None) -> None:
        self.home = home and home / "bm25s"

    def add(self, ids: list[str], texts: list[str]) -> None:
        import bm25s

        self.index = bm25s.BM25(corpus=ids)
        self.index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
        if self.home:
            self.index.save(self.home, corpus=ids)

    def find(self, query: str) -> list[tuple[str, float]]:
        import bm25s

        if not hasattr(self, "index"):
            self.index = bm25s.BM25.load(self.home, load_corpus=True, mmap=True)
        most = min(MOST, len(self.index.corpus))
        ids, scores = self.index.retrieve(bm25s.tokenize(query, show_progress=False), k=most, show_progress=False)
        named = [one["text"] if isinstance(one, dict) else one for one in ids[0]]
        return [(str(name), float(score)) for name, score in zip(named, scores[0], strict=True)]


class Chroma:
    """A collection in a folder, given vectors of our own."""

    def __init__(self, home: Path | None) -> None:
        import chromadb

        self.client = chromadb.PersistentClient(str(home / "chroma")) if home else chromadb.EphemeralClient()

    def _collection(self) -> Any:
        return self.client.get_or_create_collection("chunks", embedding_function=None)

    def add(self, ids: list[str], texts: list[str]) -> None:
        from llm_hashed import vector

        with contextlib.suppress(Exception):
            self.client.delete_collection("chunks")
        collection, vectors = self._collection(), [vector(text) for text in texts]
        wall, cpu = time.perf_counter(), time.process_time()
        for at in range(0, len(ids), _BATCH):
            part = slice(at, at + _BATCH)
            collection.add(ids=ids[part], documents=texts[part], embeddings=vectors[part])
        print(time.perf_counter() - wall, time.process_time() - cpu)

    def find(self, query: str) -> list[tuple[str, float]]:
        from llm_hashed import vector

        found = self._collection().query(query_embeddings=[vector(query)], n_results=MOST)
        return [(id, -distance) for id, distance in zip(found["ids"][0], found["distances"][0], strict=True)]


class LangChain:
    """A naive script: split, embed, put into Chroma, ask for what is similar."""

    def __init__(self, home: Path | None) -> None:
        import langchain_chroma
        from langchain_core.embeddings import Embeddings
        from llm_hashed import vector

        class Hashed(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [vector(text) for text in texts]

            def embed_query(self, text: str) -> list[float]:
                return list(vector(text))

        where = str(home / "langchain") if home else None
        self.store = langchain_chroma.Chroma("chunks", Hashed(), where)

    def add(self, ids: list[str], texts: list[str]) -> None:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self.store.reset_collection()
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        documents = splitter.create_documents(texts, [{"id": id} for id in ids])
        for at in range(0, len(documents), _BATCH):
            self.store.add_documents(documents[at : at + _BATCH])

    def find(self, query: str) -> list[tuple[str, float]]:
        found = self.store.similarity_search_with_score(query, k=MOST)
        return [(document.metadata["id"], -distance) for document, distance in found]


class Llm:
    """The collection that `llm embed-multi` makes."""

    def __init__(self, home: Path | None) -> None:
        import sqlite_utils

        self.db = sqlite_utils.Database(home / "llm.db") if home else sqlite_utils.Database(memory=True)

    def add(self, ids: list[str], texts: list[str]) -> None:
        import llm

        with contextlib.suppress(llm.Collection.DoesNotExist):
            llm.Collection("chunks", self.db, create=False).delete()
        self.collection = llm.Collection("chunks", self.db, model_id="hashed")
        self.collection.embed_multi(list(zip(ids, texts, strict=True)), store=True)

    def find(self, query: str) -> list[tuple[str, float]]:
        return [(entry.id, float(entry.score or 0)) for entry in self.collection.similar(query, MOST)]


PEERS: dict[str, Any] = {"fts5": Fts5, "bm25s": Bm25s, "chroma": Chroma, "langchain": LangChain, "llm": Llm}


def run(kind: Any, folder: Path) -> None:
    """Print the run of a set; a query is asked within its own collection."""
    passages, queries = defaultdict(list), defaultdict(list)
    for row in rows(folder / "passages.jsonl"):
        passages[row["collection"]].append(row)
    for row in rows(folder / "queries.jsonl"):
        queries[row["collection"]].append(row)
    for name, some in passages.items():
        peer = kind(None)
        with contextlib.redirect_stdout(sys.stderr):
            peer.add([str(row["id"]) for row in some], [row["text"] for row in some])
        for query in queries[name]:
            for id, score in peer.find(query["text"]):
                print(query["id"], id.replace(" ", "_"), score)


def main() -> None:
    kind, what, folder = PEERS[sys.argv[1]], sys.argv[2], Path(sys.argv[3])
    if what == "build":
        found = rows(folder / "chunks.jsonl")
        kind(folder).add([row["id"] for row in found], [row["text"] for row in found])
    elif what == "ask":
        for id, score in kind(folder).find(sys.argv[4]):
            print(id, score)
    else:
        run(kind, folder)


if __name__ == "__main__":
    main()
