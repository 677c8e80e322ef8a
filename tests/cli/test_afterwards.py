"""A pair adrift gets the agenda of a quarter of an hour; an insight that was acted on is shown back, once."""

from __future__ import annotations

from typing import Any

import pytest
from cli.conftest import Prep, Programme

NOTE = """We talked. Willem thinks that the scoreboard in the hall motivates the packers.
I counted: fourteen times in one shift people walked round the hall so as not to see the scoreboard.

Still open between us: who answers the customers after five o'clock? We did not get to it.

- [ ] Willem: switch off the scoreboard in the hall for a month
- [ ] Noor: map what the tools are used for
"""
CANCELLED = "---\nstatus: cancelled\n---\nWillem was called to Brussels.\n"


def agenda(prep: Prep, day: str, *words: str) -> Any:
    return prep("next-session", "--json", "--no-save", "--today", day, *words).json


@pytest.fixture
def adrift(programme: Programme) -> Programme:
    programme.note("2026-03-10", NOTE)
    programme.note("2026-04-14", CANCELLED)
    return programme


def test_a_pair_adrift_gets_a_quarter_of_an_hour_round_the_most_valuable_point(adrift: Programme, prep: Prep) -> None:
    told = agenda(prep, "2026-04-20")
    assert told["session"]["minutes"] == sum(item["minutes"] for item in told["items"]) == 15
    assert [item["kind"] for item in told["items"]] == ["contract", "theme", "review"]
    assert "answers the customers after five" in told["items"][1]["title"]
    assert max(told["items"], key=lambda item: item["minutes"]) is told["items"][1]
    assert len(told["commitments"]) == 2
    cited = {key for entry in (*told["items"], *told["commitments"]) for key in entry["sources"]}
    assert cited == told["sources"].keys()
    assert "--minutes" in told["warnings"][-1]


def test_the_page_for_the_mentee_says_as_much(adrift: Programme, prep: Prep) -> None:
    told = prep("next-session", "--for-mentee", "--json", "--no-save", "--today", "2026-04-20").json
    assert told["session"]["minutes"] == 15


def test_one_that_has_a_date_again_meets_as_ever_and_one_that_lies_still_does_not(
    adrift: Programme, prep: Prep
) -> None:
    prep("plan", "2026-04-28")
    told = agenda(prep, "2026-04-20")
    assert (told["momentum"]["state"], told["session"]["minutes"]) == ("slipping", 45)
    assert "quarter of an hour" not in prep("followup", "--today", "2026-04-20").out
    assert prep("next-session", "--for-mentee", "--json", "--today", "2026-04-20").json["session"]["minutes"] == 45
    adrift.note("2026-04-18", CANCELLED)
    told = agenda(prep, "2026-04-20")
    assert (told["momentum"]["state"], told["session"]["minutes"]) == ("stalled", 15)


def test_the_minutes_that_are_asked_for_win(adrift: Programme, prep: Prep) -> None:
    told = agenda(prep, "2026-04-20", "--minutes", "45")
    assert told["session"]["minutes"] == 45
    assert len(told["items"]) > 4


def test_a_pair_on_track_or_before_its_first_session_gets_the_whole(programme: Programme, prep: Prep) -> None:
    programme.note("2026-02-10", CANCELLED)
    assert agenda(prep, "2026-02-20")["session"]["minutes"] == 45
    programme.note("2026-03-10", NOTE)
    assert agenda(prep, "2026-03-20")["session"]["minutes"] == 45


def shown(told: Any) -> list[Any]:
    return [item for item in told["items"] if item["title"].startswith("Back to Noor: what came of it")]


def status(prep: Prep, day: str) -> list[str]:
    return [belief["status"] for belief in prep("beliefs", "--json", "--today", day).json["beliefs"]]


def test_an_insight_that_was_acted_on_is_shown_back_in_the_next_agenda_and_not_again(
    programme: Programme, prep: Prep
) -> None:
    programme.note("2026-03-10", NOTE)
    assert status(prep, "2026-03-20") == ["open"]
    assert not shown(agenda(prep, "2026-03-20"))
    programme.note(
        "2026-05-05", "Willem has switched off the scoreboard in the hall for a month. Done, and nobody minds.\n"
    )
    assert status(prep, "2026-05-06") == ["acted on"]
    told = agenda(prep, "2026-05-06")
    (item,) = shown(told)
    assert (item["kind"], item["lead"]) == ("give-back", "mentee")
    assert "switched off the scoreboard" in item["why"]
    assert told["sources"][item["sources"][0]]["date"] == "2026-05-05"
    assert sum(i["minutes"] for i in told["items"]) == told["session"]["minutes"] == 45
    programme.note("2026-06-30", "We talked about the canteen.\n")
    assert status(prep, "2026-07-01") == ["shown back"]
    assert not shown(agenda(prep, "2026-07-01"))


def test_a_pair_adrift_is_shown_it_as_well(programme: Programme, prep: Prep) -> None:
    """Else it would count as shown after the next session, and never have been."""
    programme.note("2026-03-10", NOTE)
    programme.note("2026-05-05", "Willem has switched off the scoreboard in the hall for a month. Done.\n")
    programme.note("2026-06-30", CANCELLED)
    told = agenda(prep, "2026-07-01")
    assert len(shown(told)) == 1
    assert [item["kind"] for item in told["items"]][::3] == ["contract", "review"]
    assert sum(i["minutes"] for i in told["items"]) == told["session"]["minutes"] == 15
    cited = {key for entry in (*told["items"], *told["commitments"]) for key in entry["sources"]}
    assert cited == told["sources"].keys()
