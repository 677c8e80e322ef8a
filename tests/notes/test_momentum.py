"""Where a pair stands in time, on every day at which that changes."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest

from assistant.notes import momentum
from assistant.records import Calendar, Note

STARTED = dt.date(2026, 1, 15)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def note(date: str, status: Literal["held", "cancelled", "planned"] = "held", nth: int = 1) -> Note:
    return Note(f"sessions/{date}.md", day(date), nth, status, None, None, ())


def at(
    today: str,
    *notes: Note,
    cadence: str = "2 months",
    started: dt.date | None = STARTED,
    sessions: int | None = None,
) -> Calendar:
    return momentum.calendar(list(notes), cadence, started, sessions, day(today))


HELD = note("2026-03-12")


@pytest.mark.parametrize(
    ("today", "cadence", "state"),
    [
        ("2026-03-12", "2 months", "on-track"),
        ("2026-05-11", "2 months", "on-track"),
        ("2026-05-12", "2 months", "on-track"),  # the day itself is not after it
        ("2026-05-13", "2 months", "slipping"),
        ("2026-07-11", "2 months", "slipping"),
        ("2026-07-12", "2 months", "stalled"),  # at least twice the cadence
        ("2027-01-01", "2 months", "stalled"),
        ("2026-05-07", "8 weeks", "on-track"),
        ("2026-05-08", "8 weeks", "slipping"),
        ("2026-07-01", "8 weeks", "slipping"),
        ("2026-07-02", "8 weeks", "stalled"),
        ("2026-03-22", "10 days", "on-track"),
        ("2026-03-23", "10 days", "slipping"),
        ("2026-04-01", "10 days", "stalled"),
        ("2026-03-13", "1 day", "on-track"),
        ("2026-03-14", "1 day", "stalled"),
    ],
)
def test_the_cadence_runs_from_the_last_session_held(today: str, cadence: str, state: str) -> None:
    assert at(today, note("2026-01-20"), HELD, cadence=cadence).momentum.state == state


@pytest.mark.parametrize(
    ("held", "cadence", "due", "twice"),
    [
        ("2026-01-31", "1 month", "2026-02-28", "2026-03-31"),
        ("2027-12-31", "2 months", "2028-02-29", "2028-04-30"),
        ("2026-08-31", "1 month", "2026-09-30", "2026-10-31"),
        ("2026-11-30", "3 months", "2027-02-28", "2027-05-30"),
        ("2026-12-24", "2 weeks", "2027-01-07", "2027-01-21"),
    ],
)
def test_month_ends_and_years_are_kept(held: str, cadence: str, due: str, twice: str) -> None:
    assert at(due, note(held), cadence=cadence).momentum.due == day(due)
    assert at(due, note(held), cadence=cadence).momentum.state == "on-track"
    eve = (day(twice) - dt.timedelta(days=1)).isoformat()
    assert at(eve, note(held), cadence=cadence).momentum.state == "slipping"
    assert at(twice, note(held), cadence=cadence).momentum.state == "stalled"


def test_one_cancelled_slips_and_two_in_a_row_stall() -> None:
    one = at("2026-04-10", HELD, note("2026-04-09", "cancelled"))
    two = at("2026-04-24", HELD, note("2026-04-09", "cancelled"), note("2026-04-23", "cancelled"))
    assert (one.momentum.state, one.momentum.cancelled_in_a_row) == ("slipping", 1)
    assert (two.momentum.state, two.momentum.cancelled_in_a_row) == ("stalled", 2)
    assert one.last_held == two.last_held == HELD.date


def test_one_cancelled_stalls_too_at_twice_the_cadence() -> None:
    assert at("2026-07-12", HELD, note("2026-04-09", "cancelled")).momentum.state == "stalled"


def test_a_session_held_ends_the_row_of_cancelled_ones() -> None:
    cancelled = [note("2026-02-01", "cancelled"), note("2026-02-15", "cancelled")]
    found = at("2026-03-13", *cancelled, HELD).momentum
    assert (found.state, found.cancelled_in_a_row) == ("on-track", 0)


def test_on_one_day_the_second_note_comes_after_the_first() -> None:
    moved = at("2026-03-13", note("2026-03-12", "cancelled"), note("2026-03-12", "held", 2))
    broken_off = at("2026-03-13", note("2026-03-12"), note("2026-03-12", "cancelled", 2))
    assert moved.momentum.cancelled_in_a_row == 0
    assert broken_off.momentum.cancelled_in_a_row == 1


@pytest.mark.parametrize("today", ["2026-01-15", "2026-03-16", "2027-01-01"])
def test_a_pair_without_a_session_is_new_however_long(today: str) -> None:
    found = at(today)
    assert (found.momentum.state, found.momentum.due) == ("new", day("2026-03-15"))
    assert (found.number, found.stage, found.last_held) == (1, "first", None)


def test_before_the_first_session_all_counts_from_the_start() -> None:
    one = note("2026-02-05", "cancelled")
    assert at("2026-02-06", one).momentum.state == "slipping"
    assert at("2026-05-14", one).momentum.state == "slipping"
    assert at("2026-05-15", one).momentum.state == "stalled"
    assert at("2026-02-20", one, note("2026-02-19", "cancelled")).momentum.state == "stalled"


def test_what_was_cancelled_before_the_start_is_not_counted() -> None:
    early = note("2026-01-08", "cancelled")
    assert at("2026-02-06", early).momentum.cancelled_in_a_row == 0
    assert at("2026-02-06", early, note("2026-01-15", "cancelled")).momentum.cancelled_in_a_row == 1


def test_without_a_start_nothing_is_due() -> None:
    assert at("2027-01-01", started=None).momentum.due is None
    found = at("2027-01-01", note("2026-02-05", "cancelled"), started=None).momentum
    assert (found.state, found.due) == ("slipping", None)


def test_a_planned_note_gives_the_next_date_and_nothing_else() -> None:
    found = at("2026-03-20", HELD, note("2026-05-07", "planned"), note("2026-04-02", "planned"))
    assert found.next_planned == day("2026-04-02")
    assert (found.number, found.momentum.state) == (2, "on-track")


def test_a_planned_note_that_is_past_is_no_session() -> None:
    found = at("2026-03-20", HELD, note("2026-03-19", "planned"))
    assert (found.next_planned, found.number, found.last_held) == (None, 2, HELD.date)


def test_a_session_planned_for_today_is_still_to_come() -> None:
    assert at("2026-04-02", HELD, note("2026-04-02", "planned")).next_planned == day("2026-04-02")


def test_a_note_after_today_counts_as_planned() -> None:
    found = at("2026-02-01", note("2026-01-20"), HELD, note("2026-02-12", "cancelled"))
    assert found.last_held == day("2026-01-20")
    assert (found.momentum.cancelled_in_a_row, found.number) == (0, 2)
    assert found.next_planned == day("2026-02-12")


def test_a_note_of_today_was_held_today() -> None:
    assert at("2026-03-12", HELD).last_held == HELD.date


@pytest.mark.parametrize(
    ("number", "sessions", "stage"),
    [
        (1, None, "first"),
        (2, None, "early"),
        (3, None, "early"),
        (4, None, "deep"),
        (40, None, "deep"),
        (4, 6, "deep"),
        (5, 6, "closing"),
        (6, 6, "closing"),
        (7, 6, "closing"),
        (1, 2, "first"),
        (2, 2, "closing"),
        (1, 1, "first"),
        (3, 4, "closing"),
    ],
)
def test_stages(number: int, sessions: int | None, stage: str) -> None:
    assert momentum.stage(number, sessions) == stage


@pytest.mark.parametrize("text", ["1 day", "8 weeks", "2 months", " 3 Months ", "14 days"])
def test_what_is_a_cadence(text: str) -> None:
    assert momentum.is_cadence(text)
    assert momentum.after(day("2026-01-01"), text) > day("2026-01-01")


@pytest.mark.parametrize("text", ["", "monthly", "0 weeks", "-1 days", "8", "2 years", "8 weeks and a day"])
def test_what_is_no_cadence(text: str) -> None:
    assert not momentum.is_cadence(text)
