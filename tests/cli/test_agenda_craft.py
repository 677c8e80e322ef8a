"""What makes an agenda worth having: short headings, one specific question, both giving, the house's own rules."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import PAIR, TODAY, Prep, Programme

SESSION = """---
date: {day}
---
{text}
"""


def agenda(prep: Prep, today: str, *words: object) -> Any:
    return prep("next-session", "--json", "--no-save", "--today", today, *words).json


def notes(programme: Programme, **texts: str) -> None:
    for name, text in texts.items():
        day = "2026-" + name.removeprefix("on_").replace("_", "-")
        programme.note(day, SESSION.format(day=day, text=text))


def of_kind(found: Any, kind: str) -> list[Any]:
    return [item for item in found["items"] if item["kind"] == kind]


def house(programme: Programme, text: str) -> None:
    guidance = programme.root / "guidance"
    guidance.mkdir(exist_ok=True)
    (guidance / "rules.md").write_text(text, encoding="utf-8")


# -- headings --


def test_a_heading_names_a_matter_and_the_words_of_the_note_stand_beneath(prep: Prep, programme: Programme) -> None:
    text = "Interns who leave within a month, nobody has said why. We didn't get to why.\n\nStill open: who signs the rota?"
    notes(programme, on_03_10=text)
    titles = [item["title"] for item in agenda(prep, "2026-03-20")["items"]]
    assert "Who signs the rota?" in titles
    assert not any("We didn't get to" in title for title in titles)


@pytest.mark.parametrize("day", ["2025-12-20", "2026-03-30", "2026-07-06"])
def test_no_heading_is_a_whole_sentence_of_a_note(prep: Prep, demo: Path, day: str) -> None:
    for folder in (demo / "pairs").iterdir():
        found = agenda(prep, day, folder.name, "--programme", demo)
        titles = [item["title"] for item in found["items"]]
        assert len(set(titles)) == len(titles)
        for item in found["items"]:
            assert len(item["title"]) <= 110, item["title"]
            said = {
                found["sources"][key]["quote"].strip(" .") for key in item["sources"] if found["sources"][key]["date"]
            }
            assert item["title"].strip(" .") not in said or item["title"].endswith("?")


def test_a_promise_stands_under_its_owner_as_the_note_has_it(prep: Prep, programme: Programme) -> None:
    notes(programme, on_03_10="We agreed that Willem would go first. He says he'll tell the planners before 1 May.")
    shown = prep("next-session", "--no-save", "--today", "2026-03-20").out
    promises = [line for line in shown.splitlines() if line.startswith("☐")]
    assert promises
    assert all("“" in line for line in promises)


# -- the specific ask --


def test_the_first_agenda_asks_what_a_wide_wish_is_about(prep: Prep, programme: Programme) -> None:
    found = agenda(prep, "2026-01-20")
    asked = [item for item in found["items"] if "digital tools in the branches" in item["title"]]
    assert len(asked) == 1
    assert "digital tools in the branches" in asked[0]["question"].casefold()
    assert asked[0]["question"].endswith("?")


def test_a_later_agenda_no_longer_asks_it(prep: Prep, programme: Programme) -> None:
    notes(programme, on_02_01="We met.", on_03_01="We met.", on_04_01="We met.")
    titles = [item["title"] for item in agenda(prep, "2026-04-10")["items"]]
    assert "Digital tools in the branches" in titles


# -- the first session --


def test_a_first_session_names_fears_and_rights_and_has_something_to_use_soon(prep: Prep, programme: Programme) -> None:
    items = agenda(prep, "2026-01-20")["items"]
    assert items[0]["kind"] == "contract"
    assert "don't know" in items[0]["why"]
    assert "stays here" in items[0]["title"]
    assert any("Opinions" in item["title"] for item in items)
    win = next(n for n, item in enumerate(items) if item["kind"] == "theme")
    assert sum(item["minutes"] for item in items[:win]) <= 10
    assert items[win]["sources"]


# -- both give --


def test_where_one_side_alone_came_up_twice_the_other_goes_first(prep: Prep, programme: Programme) -> None:
    notes(
        programme,
        on_02_01="- [ ] Willem: ride along with the night bus by 1 March",
        on_03_01="- [ ] Willem: ask the depot about the rota by 1 April",
    )
    kinds = [item["kind"] for item in agenda(prep, "2026-03-10")["items"]]
    back = of_kind(agenda(prep, "2026-03-10"), "give-back")[0]
    assert kinds.index("give-back") < kinds.index("theme")
    assert "Start from the other side" in back["why"]
    assert "Noor" in back["title"]


def test_what_each_did_is_told_and_a_goal_that_never_came_up_has_its_turn(prep: Prep, programme: Programme) -> None:
    notes(
        programme,
        on_02_01="- [ ] Willem: ride along with the night bus by 1 March\n- [ ] Noor: list the tools of the depot by 1 March",
        on_03_01="- [x] Willem: ride along with the night bus by 1 March\n- [x] Noor: list the tools of the depot by 1 March",
    )
    back = of_kind(agenda(prep, "2026-03-10"), "give-back")[0]
    assert "ride along with the night bus" in back["why"]
    assert "list the tools of the depot" in back["why"]
    assert back["title"] == "Back to Noor: how a board decides"


# -- the house's own rules --


def test_what_the_programme_lays_down_is_followed_and_named(prep: Prep, programme: Programme) -> None:
    pair = programme.root / "pairs" / "noor-willem" / "pair.toml"
    pair.write_text(PAIR.format(sessions=12).replace("minutes = 45\n", ""), encoding="utf-8")
    house(
        programme,
        "# Rules\n\n- A session takes 35 minutes.\n- At most one topic a session.\n- The mentee books the room.\n",
    )
    notes(programme, on_03_10="Still open: who signs the rota?\n\nStill open: who pays for the second shift?")
    found = agenda(prep, "2026-03-20")
    followed = {rule["subject"]: rule["sources"] for rule in found["house_rules"]}
    assert found["session"]["minutes"] == 35
    assert len(of_kind(found, "theme")) == 1
    assert {"length", "books"} <= set(followed)
    for keys in followed.values():
        assert found["sources"][keys[0]]["path"] == "guidance/rules.md"


def test_what_the_two_chose_themselves_goes_before_the_house(prep: Prep, programme: Programme) -> None:
    house(programme, "- A session takes 35 minutes.\n")
    found = agenda(prep, "2026-03-20")
    assert found["session"]["minutes"] == 45
    assert "length" not in {rule["subject"] for rule in found["house_rules"]}


# -- questions --


@pytest.mark.parametrize("day", ["2026-03-30", "2026-07-06"])
def test_no_two_pairs_share_the_question_of_a_theme(prep: Prep, demo: Path, day: str) -> None:
    asked = {}
    for folder in (demo / "pairs").iterdir():
        found = agenda(prep, day, folder.name, "--programme", demo)
        asked[folder.name] = {item["question"] for item in found["items"] if item["kind"] == "theme"}
    for a, b in combinations(asked, 2):
        assert not asked[a] & asked[b]


@pytest.mark.parametrize("minutes", [20, 30, 45, 60, 90])
def test_an_item_has_the_time_it_takes_and_a_session_not_too_many(prep: Prep, demo: Path, minutes: int) -> None:
    for folder in (demo / "pairs").iterdir():
        items = prep(
            "next-session", folder.name, "--programme", demo, "--json", "--no-save", "--minutes", minutes, *TODAY
        )
        found = items.json["items"]
        assert all(item["minutes"] >= 3 for item in found)
        assert len(found) <= 9
        assert not any(
            re.search(r"[{}]", text) for item in found for text in (item["title"], item["why"], item["question"])
        )


def test_what_only_says_that_it_was_left_brings_the_sentence_before_it(prep: Prep, programme: Programme) -> None:
    notes(programme, on_03_10="The drivers want a second radio in every van. Still open: who pays?")
    whys = [item["why"] for item in agenda(prep, "2026-03-20")["items"]]
    left = [why for why in whys if "ho pays" in why]
    assert left
    assert all("a second radio in every van" in why for why in left)


def test_a_house_rule_that_was_changed_holds_at_once(prep: Prep, programme: Programme) -> None:
    pair = programme.root / "pairs" / "noor-willem" / "pair.toml"
    pair.write_text(PAIR.format(sessions=12).replace("minutes = 45\n", ""), encoding="utf-8")
    for minutes in (35, 50):
        house(programme, f"- A session takes {minutes} minutes.\n")
        assert agenda(prep, "2026-03-20")["session"]["minutes"] == minutes


def test_an_item_does_not_say_twice_what_the_house_lays_down(prep: Prep, programme: Programme) -> None:
    house(programme, "- Say what you did not do before you say what you did.\n")
    notes(programme, on_03_10="- [ ] Willem: ride along with the night bus by 1 May")
    loop = of_kind(agenda(prep, "2026-03-20"), "close-the-loop")[0]
    assert "House rule: “Say what you did not do" in loop["why"]
    assert "Start with what you have not done yourself" not in loop["why"]


def test_a_short_session_still_has_a_subject_of_its_own(prep: Prep, programme: Programme) -> None:
    notes(programme, on_03_10="Still open: who signs the rota?\n\n- [ ] Willem: ride along with the night bus by 1 May")
    found = agenda(prep, "2026-03-20", "--minutes", 20)
    assert [item["kind"] for item in found["items"]][:3] == ["contract", "close-the-loop", "theme"]
    assert max(found["items"], key=lambda item: item["minutes"])["kind"] == "theme"
