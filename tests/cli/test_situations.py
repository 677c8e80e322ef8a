"""Guidance by situation: which page an item of the agenda leans on; the cases stand in tests/cases/situations.yaml."""

from __future__ import annotations

import json
from typing import Any

import pytest
from case_files import cases
from cli.conftest import Prep, Programme

from assistant import resources

CANCELLED = "CANCELLED "


@pytest.mark.parametrize("case", cases("situations.yaml"), ids=lambda case: str(case["name"]))
def test_the_guidance_fits_the_situation(prep: Prep, programme: Programme, case: dict[str, Any]) -> None:
    programme.pair(sessions=case.get("sessions", 12))
    for day, text in case["notes"].items():
        said = text.removeprefix(CANCELLED)
        status = "held" if said == text else "cancelled"
        programme.note(f"2026-{day}", f"---\nstatus: {status}\n---\n{said}\n")
    words = ["next-session", "--json", "--no-save", "--minutes", "60", "--today", "2026-07-01"]
    found = json.loads(prep(*words).out)
    item = next(item for item in found["items"] if item["kind"] == case["item"])
    cited = [found["sources"][key] for key in item["sources"] if found["sources"][key]["path"].startswith("corpus/")]
    assert len(cited) == (case["rule"] is not None)
    assert all(rule_of(source).startswith(case["rule"]) for source in cited)


def rule_of(source: dict[str, Any]) -> str:
    """The id of a rule of the built-in guidance, by its line."""
    path = resources.corpus().parent / source["path"]
    line: str = path.read_text(encoding="utf-8").split("\n")[source["line"] - 1]
    return line.split("id: ")[1].split(",")[0]
