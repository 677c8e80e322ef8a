"""The bench asks what the commands ask: the same functions, an index that is made and opened in the same way."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from assistant import resources
from assistant.desk import Desk
from assistant.programme.folder import Folder
from assistant.retrieval import index, meanings, search
from assistant.retrieval.lexical import Lexical

SPIED = (
    (search, "both"),
    (search.Searchable, "find"),
    (index, "_fresh"),
    (Lexical, "search"),
    (meanings.Meanings, "of"),
)


def bench() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench" / "retrieval.py"
    spec = importlib.util.spec_from_file_location("bench_retrieval", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_go_through_the_same_functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: set[str] = set()

    def spy(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def noted(*arguments: object, **named: object) -> object:
            called.add(name)
            return real(*arguments, **named)

        monkeypatch.setattr(owner, name, noted)

    for owner, name in SPIED:
        spy(owner, name)
    rows = {
        "queries": [{"id": "q1", "text": "Waar hangt het rooster?", "collection": "a"}],
        "passages": [
            {"id": "p1", "text": "The schedule is on the door.", "collection": "a"},
            {"id": "p2", "text": "Brood.", "collection": "a"},
            {"id": "p3", "text": "Het rooster hangt bij de deur.", "collection": "b"},
        ],
    }
    for name, values in rows.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(v) for v in values), encoding="utf-8")
    run = list(bench().run(tmp_path))
    by_bench = set(called)
    called.clear()
    programme = tmp_path / "programme"
    shutil.copytree(resources.corpus() / "demo" / "nl", programme)
    assert Desk(Folder(programme), "anouk-gerben", dt.date(2026, 7, 6)).find("rooster", 5)
    assert by_bench == called == {name for _, name in SPIED}
    assert run[0][:2] == ("q1", "p1")
    assert not any(passage == "p3" for _, passage, _ in run)  # of another collection


def test_a_passage_has_the_score_of_its_best_chunk() -> None:
    assert bench().best([("a", 0.4), ("b", 0.3), ("a", 0.6)]) == [("a", 0.6), ("b", 0.3)]
