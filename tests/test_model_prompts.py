"""What a model is told, word for word; `PREP_SNAPSHOTS=write` writes the pages of tests/snapshots/ anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import prompts
from assistant.errors import Unusable
from assistant.reading.asking import Told
from assistant.writers.material import DataLine, Offered

SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"
VALUES: dict[str, object] = {
    "mentor": "Noor",
    "mentee": "Willem",
    "today": "6 July 2026",
    "session": {"number": 3, "stage": "early days", "state": "on track", "minutes": 60, "last": "12 May"},
    "pieces": (
        Offered(
            "i1",
            {"kind": "theme", "minutes": "10", "lead": "Noor leads", "category": "how we work", "depth": "2"},
            {
                "title": "The list",
                "why": "It was left.",
                "question": "Who?",
                "extra_question": "And?",
                "follow_up": "So?",
            },
            ("n1", "n2"),
            0,
        ),
        Offered(
            "i2",
            {"kind": "give-back", "minutes": "5", "lead": "Willem tells", "category": "giving", "depth": "1"},
            {"title": "Back", "why": "Noor asked.", "question": "How?", "extra_question": "Why?", "follow_up": "Why?"},
            ("p1",),
            1,
        ),
    ),
    "sources": (
        DataLine("n1", "12 May 2026 | ", "Who decides {{ mentor }}?"),
        DataLine("p1", "", "how a board decides"),
    ),
    "asked": ("What do you see?",),
    "date": "2026-05-12",
    "lines": [Told("n1", "# Actions"), Told("n2", "- ( ) Willem: the list, by {{ mentor }}")],
    "promises": [Told("p1", "send the list", "2026-03-12", "Noor")],
    "threads": [Told("t1", "Who decides?", "2026-03-12")],
}


def whole(prompt: prompts.Prompt) -> str:
    return "\n=====\n".join([f"{prompt.id} {prompt.version} {prompt.schema}", prompt.rules, prompt.data, prompt.repair])


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "name", ["agenda.model", "questions.model", "summary.model", "summary.model.public", "reading.model"]
)
def test_a_prompt_is_as_it_was_read_last(name: str, language: str) -> None:
    public = name.endswith(".public")
    values = {**VALUES, "public": public}
    text = whole(prompts.model_prompt(name.removesuffix(".public"), language, None, values)) + "\n"
    path = SNAPSHOTS / f"{name}.{language}.txt"
    assert not public or ("Noor" not in text and "Willem" not in text)
    if os.environ.get("PREP_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    rules = text.split("=====")[1]
    first = rules.split("\n1. ")[1]
    assert text.count(first.strip()) == 2  # first and last


def test_a_programme_may_have_its_own(tmp_path: Path) -> None:
    head = "---\nid: ours\nversion: 7\nschema: s\ninputs: [mentor]\n---\n"
    own = tmp_path / "agenda.model.en.md"
    own.write_text(
        head + "<!-- rules -->\nHello {{ mentor }}\n<!-- data -->\nd\n<!-- repair -->\nr\n", encoding="utf-8"
    )
    found = prompts.model_prompt("agenda.model", "en", tmp_path, VALUES)
    assert (found.id, found.version, found.rules) == ("ours", 7, "Hello Noor")
    for broken in ("{{ mentee }}", "{{ ", "{{ mentor.__class__.__mro__ }}", "<!-- rules -->", ""):
        own.write_text(f"{head}<!-- rules -->\n{broken}\n<!-- data -->\n", encoding="utf-8")
        with pytest.raises(Unusable, match=r"prompts/agenda\.model\.en\.md:\d+: "):
            prompts.model_prompt("agenda.model", "en", tmp_path, VALUES)
