"""What a model wrote is shown only where its sources carry it; the built-in writer's item stands in its place."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from good_model import GOOD, NOTE, reply

from assistant import pipeline
from assistant.desk import Desk
from assistant.drafts import Agenda, Item
from assistant.endpoint.ladder import Task
from assistant.modelling import Modelling
from assistant.programme.folder import Folder
from assistant.records import Audience, Level

PAIR = """language = "en"
cadence = "2 months"
started = 2026-01-15
scope = ["AI tools on the floor"]
[mentor]
name = "Noor van der Velde"
[mentee]
name = "Willem Achterberg"
"""


class Scripted:
    """A ladder that has its answer ready."""

    def __init__(self, answer: Callable[[dict[str, Any]], object]) -> None:
        self._answer = answer
        self.asked: list[Task] = []

    def ask(self, task: Task, check: Callable[[object], Any]) -> Any:
        self.asked.append(task)
        return check(self._answer({"messages": [{"content": task.rules}, {"content": task.data}]}))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("programme")
    (root / "pairs" / "noor-willem" / "sessions").mkdir(parents=True)
    (root / "prep.toml").write_text('[programme]\nname = "Test"\nlanguage = "en"\n', encoding="utf-8")
    (root / "pairs" / "noor-willem" / "pair.toml").write_text(PAIR, encoding="utf-8")
    (root / "pairs" / "noor-willem" / "sessions" / "2026-05-12.md").write_text(NOTE, encoding="utf-8")
    return Desk(Folder(root), "noor-willem", dt.date(2026, 7, 6))


def written(desk: Desk, answer: Callable[[dict[str, Any]], object] | None) -> Agenda:
    model = Modelling(Scripted(answer), reads_all, lambda _: None) if answer else None  # type: ignore[arg-type]
    return pipeline.agenda(desk, Audience.PAIR, "en", 60, "2026-07-06-agenda", model)


def reads_all(level: Level, audience: Audience) -> bool:
    return True


def item(agenda: Agenda, kind: str) -> Item:
    return next(item for item in agenda.items if item.kind == kind)


BAD: dict[str, tuple[str, dict[str, Any]]] = {
    "a source that there is none of": ("theme", {"ids": ["n99"]}),
    "no source": ("theme", {"ids": []}),
    "a name that nobody gave": (
        "theme",
        {"why": "You did not finish who decides whether the paper list of Ruben may go."},
    ),
    "a number that is nowhere": ("theme", {"why": "You did not finish who decides whether the 14 paper lists may go."}),
    "a number in words": ("theme", {"why": "Who decides whether seven of the paper lists may go?"}),
    "a day that is nowhere": ("theme", {"why": "You decide on Friday whether the paper list may go."}),
    "a promise of the other": (
        "close-the-loop",
        {"why": "Willem promised to send the list of questions.", "sources": ["send the list"]},
    ),
    "a promise that nobody made": ("theme", {"why": "Willem promised to decide whether the paper list may go."}),
    "a delicate matter": ("theme", {"why": "The paper list may go, which means redundancies; who decides?"}),
    "a quotation that nobody said": ("theme", {"why": "“The paper list is mine”: who decides whether it may go?"}),
    "another language": (
        "theme",
        {
            "title": "Wie beslist over de lijst",
            "why": "Jullie zijn er nog niet uit wie er over de lijst beslist en of die weg mag.",
            "question": "Wie beslist of de lijst weg mag?",
            "extra_question": "Wat weten zij dat jij niet weet?",
        },
    ),
    "a link": ("theme", {"why": "Who decides whether the paper list may go? See https://example.org"}),
    "markup": ("theme", {"title": "Who decides about the *paper* list"}),
    "talk beside the matter": ("theme", {"why": "Strong teams share a common vision and celebrate each success."}),
    "no question": ("theme", {"question": "Decide whether the paper list may go."}),
    "nothing": ("theme", {"extra_question": ""}),
    "a book": ("theme", {"why": "Who decides whether the paper list may go? " * 40}),
}


@pytest.mark.parametrize("name", BAD)
def test_what_breaks_a_rule_is_not_shown(desk: Desk, name: str) -> None:
    kind, change = BAD[name]
    wanted = {**GOOD, kind: {**GOOD[kind], **change}}
    agenda = written(desk, lambda request: reply(request, wanted))
    assert item(agenda, kind) == item(written(desk, None), kind)
    assert agenda.warnings[0].startswith("1 of ")
    assert all(item(agenda, other).title == GOOD[other]["title"] for other in GOOD if other != kind)


def test_a_question_is_not_asked_twice(desk: Desk) -> None:
    wanted = {**GOOD, "message-check": {**GOOD["message-check"], "question": GOOD["theme"]["question"]}}
    agenda = written(desk, lambda request: reply(request, wanted))
    assert "asked before" in agenda.warnings[0]
    assert [i.question for i in agenda.items].count(GOOD["theme"]["question"]) == 1


def test_the_schema_names_each_item_with_its_own_sources(desk: Desk) -> None:
    scripted = Scripted(lambda request: reply(request, GOOD))
    pipeline.agenda(desk, Audience.PAIR, "en", 60, "2026-07-06-agenda", Modelling(scripted, reads_all, print))  # type: ignore[arg-type]
    schema = scripted.asked[0].schema
    assert schema["required"] == list(schema["properties"])
    for form in schema["properties"].values():
        assert form["additionalProperties"] is False
        assert form["required"] == list(form["properties"])
        assert form["properties"]["sources"]["items"]["enum"]
    assert "minLength" not in json.dumps(schema)


def test_texts_under_another_item_are_not_shown(desk: Desk) -> None:
    """Each is sound where it belongs; beside other sources it says what they do not."""

    def rotated(request: dict[str, Any]) -> object:
        answer = reply(request, GOOD)
        keys = list(answer)
        following = [*keys[1:], keys[0]]
        return {
            key: {**answer[other], "sources": answer[key]["sources"]}
            for key, other in zip(keys, following, strict=True)
        }

    agenda = written(desk, rotated)
    assert agenda.writer == "offline"
    assert agenda.items == written(desk, None).items


def test_the_proposals_themselves_can_stand(desk: Desk) -> None:
    agenda = written(desk, lambda request: reply(request, {}))
    assert agenda.writer == "model"
    assert agenda.items == written(desk, None).items
