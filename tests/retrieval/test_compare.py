"""The bench beside peers reckons right, and its page is made of what was measured alone."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from assistant.resources import corpus

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture
def compare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for name in ("retrieval", "search", "compare"):  # the first is also the name of this folder
        spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
    return module


def test_ratios_are_of_medians(compare: ModuleType) -> None:
    some = [compare.Spent(1.0, 9.0), compare.Spent(3.0, 2.0), compare.Spent(2.0, 4.0)]
    assert compare.middle(some) == (2.0, 4.0)
    assert compare.ratio(compare.middle(some), compare.Spent(4.0, 16.0)) == "0.250 (0.500)"


def test_what_is_found_first_counts_most(compare: ModuleType, tmp_path: Path) -> None:
    rows = [{"query_id": "q", "passage_id": p, "relevance": 1} for p in "ab"]
    (tmp_path / "qrels.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert compare.ndcg([("q", "a", 2.0), ("q", "b", 1.0), ("q", "c", 0.5)], tmp_path) == 1.0
    late = compare.ndcg([("q", "c", 2.0), ("q", "a", 1.0)], tmp_path)
    assert 0 < late < compare.ndcg([("q", "a", 1.0)], tmp_path) < 1.0
    assert compare.ndcg([], tmp_path) == 0.0


def test_the_page_has_the_parts_that_were_measured(compare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "versions", lambda peers: "llm 1")
    given = argparse.Namespace(peers="python", runs=3)
    parts = {"cold": ["| `prep search` | 0.2 |"], "build": [], "quality": [], "safety": []}
    text = compare.page(given, [1000], parts)
    assert "| `prep search` | 0.2 |" in text
    assert "What is found" not in text
    assert "Killed" not in text
    more = compare.page(given, [1000], {**parts, "quality": ["| faq | .5 |"], "safety": ["- killed"]})
    assert "| faq | .5 |" in more
    assert "- killed" in more
    assert str(corpus().parent) not in more
