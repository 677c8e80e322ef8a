"""What each way of naming a day means, relative to the day of the note: a match of its pattern to a date, or None."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from assistant.notes.days import HOLIDAYS, NUMBERS, ORDINALS
from assistant.notes.lexicon import lexicon

DEADLINE = re.compile(
    r"\b(?:voor|by|before|uiterlijk|tegen|deadline|due|vr|b4|ten laatste|at the latest|no later than|klaar|per)\W+"
    r"(?:de |the |het |eind(?:e)? |end of |start van )?$"
)


def alternatives(words: dict[str, int]) -> str:
    """The words as alternatives of a pattern, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _safe(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _coming(day: dt.date, month: int, number: int, year: str | None) -> dt.date | None:
    """That day of that month, this year or, where it lies more than a month back, the next."""
    if year:
        return _safe(int(year) + (2000 if len(year) == 2 else 0), month, number)
    this = _safe(day.year, month, number)
    if this is not None and this < day - dt.timedelta(days=31):
        return _safe(day.year + 1, month, number)
    return this


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _month(match: re.Match[str]) -> int:
    return lexicon().months[match.group("month")]


def _end_of(day: dt.date, month: int, year: str | None = None) -> dt.date:
    if year:
        return _last(int(year), month)
    return _last(day.year + (month < day.month), month)


def iso(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _safe(int(match["year"]), int(match["m"]), int(match["d"]))


def day_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _coming(day, _month(match), int(match["day"]), match["year"])


def slashed(match: re.Match[str], day: dt.date) -> dt.date | None:
    if not match["year"] and _is_amount(match):
        return None
    number, month = int(match["day"]), int(match["m"])
    if month > 12 >= number:  # as Americans write it
        number, month = month, number
    return _coming(day, month, number, match["year"]) if 0 < month < 13 else None


def _is_amount(match: re.Match[str]) -> bool:
    """2-3 colleagues, 2/3 of them and 24/7 are no dates; a word such as "by", "on" or a weekday makes them one."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    if DEADLINE.search(before) or re.search(rf"(?:\b(?:op|on|{alternatives(lexicon().weekdays)})\W+|[(:]\s*)$", before):
        return False
    if "-" in match.group():
        return bool(behind.strip(" .)|"))
    return match.group() == "24/7" or bool(re.match(r"\s*(?:van|of|deel|parts?)\b", behind))


def week_of(match: re.Match[str], day: dt.date) -> dt.date | None:
    inside = _coming(day, _month(match), int(match["day"]), None)
    return inside and inside + dt.timedelta(days=(4 - inside.weekday()) % 7)


def mid_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _coming(day, _month(match), 15, None)


def month_end(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _end_of(day, _month(match), match["year"])


def bare_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _end_of(day, _month(match), match["year"])


def quarter(match: re.Match[str], day: dt.date) -> dt.date | None:
    names = ("eerste first", "tweede second", "derde third", "vierde fourth")
    number = int(match["quarter"]) if match["quarter"] else next(n for n, w in enumerate(names, 1) if match["nth"] in w)
    return _last(day.year + (number * 3 < day.month), number * 3)


def week(match: re.Match[str], day: dt.date) -> dt.date | None:
    week = int(match["week"])
    if not 1 <= week <= 53:
        return None
    try:
        friday = dt.date.fromisocalendar(day.year, week, 5)
        return friday if friday >= day - dt.timedelta(days=31) else dt.date.fromisocalendar(day.year + 1, week, 5)
    except ValueError:
        return None


def friday(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=(4 - day.weekday()) % 7)


def friday_next_week(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=11 - day.weekday())


def weekday_next_week(match: re.Match[str], day: dt.date) -> dt.date | None:
    number = lexicon().weekdays[match["weekday"]]
    return day + dt.timedelta(days=7 - day.weekday() + number)


def this_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _last(day.year, day.month)


def next_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _last(day.year + (day.month == 12), day.month % 12 + 1)


def in_units(match: re.Match[str], day: dt.date) -> dt.date | None:
    from dateutil.relativedelta import relativedelta

    word, unit = match["number"], match["unit"]
    number = int(word) if word.isdigit() else NUMBERS[word]
    if unit.startswith("d"):
        return day + dt.timedelta(days=number)
    return day + (relativedelta(weeks=number) if unit.startswith("w") else relativedelta(months=number))


def fortnight(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=14)


def week_on(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=7)


def two_days(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=2)


def tomorrow(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=1)


def today(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day


def christmas(match: re.Match[str], day: dt.date) -> dt.date | None:
    return dt.date(day.year, 12, 25)


def holiday(match: re.Match[str], day: dt.date) -> dt.date | None:
    month, number = HOLIDAYS[match["holiday"]]
    this = dt.date(day.year, month, number)
    return this if this >= day else dt.date(day.year + 1, month, number)


def weekday_and_week(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=(lexicon().weekdays[match["weekday"]] - day.weekday() - 1) % 7 + 8)


def year_end(match: re.Match[str], day: dt.date) -> dt.date | None:
    return dt.date(day.year, 12, 31)


def feast(match: re.Match[str], day: dt.date) -> dt.date | None:
    from dateutil.easter import easter

    after = {"p": 0, "e": 0, "h": 39, "a": 39, "w": 49}
    offset = 49 if match["feast"] in ("pinksteren", "pentecost") else after[match["feast"][0]]
    this = easter(day.year) + dt.timedelta(days=offset)
    return this if this >= day else easter(day.year + 1) + dt.timedelta(days=offset)


def _number(match: re.Match[str]) -> int:
    return next(n for pattern, n in ORDINALS.items() if re.fullmatch(pattern, match["ordinal"]))


def ordinal_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _coming(day, _month(match), _number(match), None)


def ordinal(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _next_day(day, _number(match))


def weekday(match: re.Match[str], day: dt.date) -> dt.date | None:
    number = lexicon().weekdays[match.group("weekday")]
    return day + dt.timedelta(days=(number - day.weekday() - 1) % 7 + 1)


def day_alone(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _next_day(day, int(match["day"]))


def _next_day(day: dt.date, number: int) -> dt.date | None:
    """The first day from `day` on that has that number in its month."""
    this = _safe(day.year, day.month, number)
    if this is not None and this >= day:
        return this
    return _safe(day.year + (day.month == 12), day.month % 12 + 1, number)


def nothing(match: re.Match[str], day: dt.date) -> dt.date | None:
    return None
