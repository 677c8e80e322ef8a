"""Several processes on one pair lose nothing, and no pair finds what another wrote."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from assistant.retrieval import index as indexes
from assistant.retrieval.chunks import Document

BENCH = Path(__file__).resolve().parents[2] / "bench" / "crowd.py"
spec = importlib.util.spec_from_file_location("crowd", BENCH)
assert spec is not None
assert spec.loader is not None
crowd = importlib.util.module_from_spec(spec)
spec.loader.exec_module(crowd)


def test_four_processes_that_write_and_search_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(BENCH.parent.parent))
    assert crowd.together(crowd.programme(tmp_path / "one", [crowd.PAIR]), processes=4, notes=2) == (0, 0)


def test_twenty_pairs_find_nothing_of_each_other(tmp_path: Path) -> None:
    slugs = [f"paar-{number:02}" for number in range(20)]
    assert crowd.foreign(crowd.programme(tmp_path / "many", slugs), slugs, queries=60) == (0, 0)


def test_a_shared_index_would_be_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = ["paar-00", "paar-01"]
    root = crowd.programme(tmp_path / "many", slugs)
    shared = [document for slug in slugs for document in _written(root, slug, slugs.index(slug))]
    real = indexes.open_index
    monkeypatch.setattr(indexes, "open_index", lambda home, documents, embedder: real(home, shared, embedder))
    assert crowd.foreign(root, slugs, queries=4)[0] > 0


def _written(root: Path, slug: str, owner: int) -> list[Document]:
    crowd.write(root, slug, owner, 0, random.Random(1))
    documents: list[Document] = crowd.desk(root, slug)._documents()
    return documents
