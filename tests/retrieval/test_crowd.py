"""Several processes on one pair lose nothing, and no pair finds what another wrote."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest
from retrieval.indexed import document

from assistant.retrieval import index as indexes
from assistant.retrieval.chunks import Document
from assistant.retrieval.index import open_index
from assistant.retrieval.search import Searchable

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
    documents: list[Document] = crowd.desk(root, slug).notebook.documents()
    return documents


def test_a_search_answers_from_its_own_notes_though_another_process_saw_fewer(tmp_path: Path) -> None:
    bread = document("2026-02-10.md", "Het brood van gisteren gaat naar de voedselbank.\n")
    notes = [document("2026-01-10.md", "De roosters hangen op de deur.\n"), bread]
    ours = Searchable(
        open_index(tmp_path, notes, None),
        lambda: pytest.fail("made anew"),
        reopen=lambda: open_index(tmp_path, notes, None),
    )
    assert ours.find("brood", 5)
    open_index(tmp_path, notes[:1], None).close()
    assert "voedselbank" in ours.find("brood", 5)[0].text
    ours.close()


def test_processes_that_never_agree_still_get_an_answer(tmp_path: Path) -> None:
    notes = [document("2026-01-10.md", "De roosters hangen op de deur.\n")]
    other = document("2026-02-10.md", "Brood.\n")

    def reopened() -> indexes.Index:
        index = open_index(tmp_path, notes, None)
        open_index(tmp_path, [*notes, other], None).close()
        return index

    ours = Searchable(reopened(), lambda: pytest.fail("made anew"), reopen=reopened)
    assert ours.find("roosters", 5)
    ours.close()
