"""`prep invite`: the next session in a calendar, for anyone to see."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from cli.conftest import Prep, Programme
from icalendar import Calendar, Component

from assistant.cli.setup import DEMO_PAIRS
from assistant.desk import Desk
from assistant.programme.folder import Folder
from assistant.records import Audience

TODAY = ["--today", "2026-05-05"]


@pytest.fixture
def planned(programme: Programme, prep: Prep) -> Programme:
    programme.note("2026-05-04", "We talked about AI tools.\n\n- [ ] I'll write down ten questions\n")
    prep("plan", "2026-10-22")
    return programme


def read(path: Path) -> Component:
    """The one event of a file that is as RFC 5545 has it."""
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = Calendar.from_ical(raw)
    assert calendar["VERSION"] == "2.0"
    assert "PRODID" in calendar
    (event,) = calendar.walk("VEVENT")
    assert not any(part.errors for part in calendar.walk())
    assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION"} <= event.keys()
    zones = {zone["TZID"] for zone in calendar.walk("VTIMEZONE")}
    used = {event[key].params["TZID"] for key in ("DTSTART", "DTEND") if key in event and "TZID" in event[key].params}
    assert used == zones
    return event


def test_it_has_the_time_its_zone_and_the_minutes_of_the_pair(planned: Programme, prep: Prep) -> None:
    done = prep("invite", "--time", "14:30", "--zone", "Europe/Amsterdam", *TODAY)
    assert done.out.startswith("Wrote noor-willem-2026-10-22.ics: 2026-10-22, 14:30 Europe/Amsterdam, 45 minutes")
    event = read(Path("noor-willem-2026-10-22.ics"))
    assert event.decoded("DTSTART").utctimetuple()[:5] == (2026, 10, 22, 12, 30)  # summer time still
    assert event.decoded("DTEND") - event.decoded("DTSTART") == dt.timedelta(minutes=45)


def test_what_it_says_names_nobody_and_no_subject(planned: Programme, prep: Prep) -> None:
    prep("invite", "--out", "x.ics", *TODAY)
    event = read(Path("x.ics"))
    assert (event["SUMMARY"], "45 minutes" in str(event["DESCRIPTION"])) == ("Test: conversation", True)
    told = Path("x.ics").read_text("utf-8")
    assert not any(word in told for word in ("Noor", "Willem", "noor", "willem", "AI", "ten questions"))


def test_without_a_time_it_takes_the_day(planned: Programme, prep: Prep) -> None:
    assert "--time" in prep("invite", "--out", "x.ics", *TODAY).out
    event = read(Path("x.ics"))
    assert event.decoded("DTSTART") == dt.date(2026, 10, 22)
    assert "still to be agreed" in str(event["DESCRIPTION"])
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")


def test_a_session_that_moves_stays_the_same_entry(planned: Programme, prep: Prep) -> None:
    prep("invite", "--out", "x.ics", *TODAY)
    (planned.root / "pairs" / "noor-willem" / "sessions" / "2026-10-22.md").unlink()
    prep("plan", "2026-10-29")
    prep("invite", "--out", "y.ics", *TODAY)
    assert read(Path("x.ics"))["UID"] == read(Path("y.ics"))["UID"]
    planned.note("2026-10-29", "We met.\n")
    prep("plan", "2026-12-10")
    prep("invite", "--out", "z.ics", "--today", "2026-10-30")
    assert read(Path("z.ics"))["UID"] != read(Path("x.ics"))["UID"]


def test_the_zone_comes_from_the_programme_else_from_this_machine(
    planned: Programme, prep: Prep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    assert prep("invite", "--json", "--time", "9:00", *TODAY).json["zone"] == "America/New_York"
    monkeypatch.setattr("assistant.zones.local", lambda: None)
    assert prep("invite", "--json", "--time", "9:00", *TODAY).json["zone"] == "UTC"
    read(Path("noor-willem-2026-10-22.ics"))
    (planned.root / "prep.toml").write_text('[programme]\nname = "Test"\ntimezone = "Europe/Brussels"\n', "utf-8")
    assert prep("invite", "--json", "--time", "9:00", *TODAY).json["start"] == "2026-10-22T09:00:00+02:00"


def test_without_a_date_it_says_how_to_set_one(programme: Programme, prep: Prep) -> None:
    done = prep("invite", *TODAY, ok=False)
    assert (done.code, done.out) == (4, "")
    assert "prep plan noor-willem" in done.err
    assert not list(Path().glob("*.ics"))


@pytest.mark.parametrize(
    "words", [["--time", "25:00"], ["--time", "noon"], ["--zone", "Amsterdam"], ["--zone", "../x"], ["--out", "x.txt"]]
)
def test_words_that_do_not_fit_are_a_usage_error(planned: Programme, prep: Prep, words: list[str]) -> None:
    assert prep("invite", *words, *TODAY, ok=False).code == 2


def test_a_time_zone_that_is_none_is_an_error_of_prep_toml(planned: Programme, prep: Prep) -> None:
    (planned.root / "prep.toml").write_text('[programme]\nname = "Test"\ntimezone = "Mars/Olympus"\n', "utf-8")
    done = prep("invite", *TODAY, ok=False)
    assert done.code == 3
    assert "prep.toml:3" in done.err


def test_the_invitation_of_the_demo_passes_for_the_whole_organisation(demo: Path, prep: Prep) -> None:
    folder = Folder(demo)
    pair = DEMO_PAIRS[folder.programme.language]
    words = ["invite", pair, "--programme", demo, "--today", "2026-07-06", "--time", "10:00", "--out", "x.ics"]
    prep(*words)
    event = read(Path("x.ics"))
    told = f"{event['SUMMARY']}\n{event['DESCRIPTION']}"
    assert Desk(folder, pair, dt.date(2026, 7, 6)).guard(Audience.ORGANISATION).judge(told) == ()


def test_the_name_of_the_programme_is_no_secret_though_notes_have_it_and_names_nobody(
    planned: Programme, prep: Prep
) -> None:
    planned.note(
        "2026-05-04", "At Zorgwijzer nobody reads the bulletin.\n\n## Confidential\n\nZorgwijzer looks for a buyer.\n"
    )
    settings = planned.root / "prep.toml"
    settings.write_text('[programme]\nname = "Reverse mentoring Zorgwijzer"\n', "utf-8")
    prep("invite", "--out", "x.ics", *TODAY)
    assert read(Path("x.ics"))["SUMMARY"] == "Reverse mentoring Zorgwijzer: conversation"
    settings.write_text('[programme]\nname = "Mentoring of Willem Achterberg"\n', "utf-8")
    assert prep("invite", "--out", "y.ics", *TODAY, ok=False).code == 6
    assert not Path("y.ics").exists()
