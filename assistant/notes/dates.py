"""The day by which something is due, out of a sentence, relative to the day of its note.

A point in time ("before 1 May", "the 12th") is that day; a month its last day, "mid" its 15th; a quarter its last day;
a week, or the end of one, its Friday; a weekday the first one after the note. What is vaguer ("in the autumn", "next
time"), a start ("from April", "until September") or a habit ("every Friday") is no due date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from assistant.notes.days import HOLIDAYS, NUMBERS, ORDINALS
from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain

Finder = Callable[[re.Match[str], dt.date], dt.date | None]

_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
# What stands before a date and makes it no due date: a start, an end of something else, a moment that is past.
_NOT_DUE = re.compile(
    r"(?:\b(?:vanaf|sinds|sedert|since|until|till|tot|tot en met|from|starting|after|na|not before|niet voor|met ingang van"
    r"|not|niet|begroting voor|plan voor|sessie van|gesprek van|mail van|van vorig\w*|last|vorig\w*|afgelopen|sinds begin|elke|iedere"
    r"|every|each)\s+(?:de\s+|the\s+|het\s+)?)$"
)
_SOME = re.compile(r"\b(?:one|een|a|an|what)\s+$")  # "one Friday", but not "a good one in June"
_LEADS = re.compile(r"(?:in|on|by|before|this|next|voor|tegen|op|eind|end|the|de|uiterlijk|nog|ergens)\b")
_DEADLINE = re.compile(
    r"\b(?:voor|by|before|uiterlijk|tegen|deadline|due|vr|b4|ten laatste|at the latest|no later than|klaar|per)\W+"
    r"(?:de |the |het |eind(?:e)? |end of |start van )?$"
)

_BEGINS_DEADLINE = re.compile(r"(?:voor|by|before|uiterlijk|tegen|vr|b4)\b")


def due(text: str, day: dt.date) -> dt.date | None:
    """The due date that a sentence gives, None if none; one behind "by", "before", "voor" wins, else the first."""
    found: list[tuple[int, int, dt.date]] = []
    flat = plain(text).replace("’", "'")
    taken: list[tuple[int, int]] = []
    for pattern, finder in _rules():
        for match in pattern.finditer(flat):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            before = flat[: match.start()]
            vague = _NOT_DUE.search(before) or (_SOME.search(before) and not _LEADS.match(match.group()))
            date = None if vague else finder(match, day)
            if date is not None:
                dead = _DEADLINE.search(before) or _BEGINS_DEADLINE.match(match.group())
                found.append((3 - 2 * bool(dead) - (finder is not _bare_month), match.start(), date))
    return min(found)[2] if found else None


def _alternatives(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _rules() -> list[tuple[re.Pattern[str], Finder]]:
    """Patterns with what they mean, the more exact first; an earlier one takes the place of a later one."""
    words = lexicon()
    month = rf"(?P<month>{_alternatives(words.months)})\b\.?"
    sure = {w: n for w, n in words.months.items() if w not in ("may", "mar", "march", "sep", "dec", "jan")}
    full = {w: n for w, n in words.weekdays.items() if len(w) > 3}
    weekday = rf"(?P<weekday>{_alternatives(full)})"
    rules: list[tuple[str, Finder]] = [
        (rf"\b(?:w/c|week of|week van)\s+(?:the\s+|de\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|e)?\s+{month}", _week_of),
        (r"\b(?P<year>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (
            rf"\b(?P<day>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?\s+(?:of\s+|van\s+)?{month}(?:\s+(?P<year>20\d\d))?",
            _day_month,
        ),
        (
            rf"\b{month}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>20\d\d))?(?!\s*(?:uur|u\b|:|%))",
            _day_month,
        ),
        (
            rf"\b(?:{_alternatives(full)})\s+(?:the\s+|de\s+|den\s+)?(?P<day>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)\b",
            _day_alone,
        ),
        (rf"\b(?P<ordinal>{'|'.join(ORDINALS)})\s+(?:of|van)\s+{month}", _ordinal_month),
        (rf"\b(?:by|before|on)\s+the\s+(?P<ordinal>{'|'.join(ORDINALS)})\b(?! (?:week|session|time|of|one))", _ordinal),
        (r"(?<![\d/.-])(?P<day>\d{1,2})[/-](?P<m>\d{1,2})(?:[/-](?P<year>20\d\d|\d\d))?(?![\d/-])", _slashed),
        (rf"\b(?:half|midden|mid|medio|halfway through|(?:the )?middle of|het midden van)[\s-]*{month}", _mid_month),
        (rf"\b(?:begin|early|start of|the start of)\s+{month}", _nothing),
        (
            rf"\b(?:eind(?:e)?|end of|the end of|in|ergens in|some time in|sometime in|loop van|during|by|before|voor|tegen|nog in"
            rf"|uiterlijk|halverwege|late|the|van|deze|this|of|per)\s+{month}(?!\s+\d)(?:\s+(?P<year>20\d\d))?",
            _month_end,
        ),
        (rf"(?<!/)\b(?P<month>{_alternatives(sure)})\b(?![/'’])(?:\s+(?P<year>20\d\d))?", _bare_month),
        (
            r"\bq(?P<quarter>[1-4])\b|\b(?P<nth>eerste|tweede|derde|vierde|first|second|third|fourth) (?:kwartaal|quarter)",
            _quarter,
        ),
        (r"\b(?:w(?:ee)?k\.?|wk)\s*(?P<week>\d{1,2})\b", _week),
        (rf"\b(?:volgende week|next week)\s+(?:op\s+|on\s+)?{weekday}", _weekday_next_week),
        (rf"\b{weekday}\s+(?:volgende week|next week|over een week)", _weekday_next_week),
        (
            r"\b(?:eind(?:e)?(?: van)?|end of|het eind van)?\s*(?:de |the )?(?:volgende|komende|vlg|next|following) (?:week|wk)\b",
            _friday_next_week,
        ),
        (
            r"\b(?:deze|van de|dees|this|in de loop van de|later deze|later this) (?:week|wk)\b|\b(?:eind(?:e)?|end of)"
            r"(?: van| v)? ?(?:de |vd |the |this |deze )?(?:week|wk)\b"
            r"|\b(?:voor|vr|tegen|before|by) (?:het|'?t|the) (?:weekend|weekeinde)\b|\beow\b"
            r"|\bafore the week's oot\b|\b(?:by|at|tegen) (?:the |het )?week(?:'?s)? ?end\b|\bbefore the week(?:'s| is) out\b",
            _friday,
        ),
        (
            r"\b(?:eind(?:e)?|end)(?: van| of)? (?:de |vd |v d |the |this |deze )?(?:maand|mnd|month)\b"
            r"|\b(?:nog |before |this |deze |later )*(?:deze maand|this month)\b|\b(?:before|by) the month(?:'s| is) out\b|\beom\b",
            _this_month,
        ),
        (r"\b(?:volgende|komende|next) (?:maand|month)\b", _next_month),
        (
            rf"\b(?:over|in|within|binnen|within the|inside)\s+{_NUMBER}\s+(?P<unit>dag(?:en)?|days?|we(?:e)?k(?:en|s)?|wkn"
            rf"|maand(?:en)?|months?)\b(?! (?:na|after|nadat|of)\b)",
            _in_units,
        ),
        (r"\b(?:within|in|over|binnen) (?:a|an|de|the|de komende)? ?(?:fortnight|veertien dagen)\b", _fortnight),
        (r"\bthis time next week\b|\bvandaag over een week\b|\ba week (?:today|from now)\b", _week_on),
        (r"\b(?:overmorgen|day after tomorrow)\b", _two_days),
        (r"\b(?:morgen(?:ochtend|middag|avond|vroeg)?|tomorrow|tmrw|tmw|the morn)\b(?! is\b)", _tomorrow),
        (r"\b(?:vandaag|vanavond|vanmiddag|today|tonight|this afternoon|this evening)\b", _today),
        (
            r"\b(?:voor|before|by|tegen|vr|b4|met)\s+(?:de\s+)?(?:kerst(?:mis)?|christmas|xmas|kerstvakantie)\b",
            _christmas,
        ),
        (rf"\b(?:voor|before|by|tegen|vr|met|at|on|b4)\s+(?P<holiday>{'|'.join(HOLIDAYS)})\b", _holiday),
        (rf"\ba week on {weekday}\b", _weekday_and_week),
        (rf"\b{weekday} (?:over een week|week)\b", _weekday_and_week),
        (
            r"\b(?:eind(?:e)?(?: van)?|end of|before|by|voor)\s+(?:het\s+|the\s+|dit\s+|this\s+)?(?:eind(?:e)? van het )?"
            r"(?:jaar|year)(?:einde|'s end|-?end)?\b|\b(?:oud en nieuw|new year'?s eve)\b",
            _year_end,
        ),
        (
            r"\b(?:voor|before|by|tegen|vr|rond)\s+(?P<feast>pasen|easter|hemelvaart|ascension|pinksteren|whitsun|pentecost)\b",
            _feast,
        ),
        (
            rf"(?<!\w)(?:on |by |before |voor |op |tegen |uiterlijk |aanstaande |komende |this |coming |next |til |till |vr )"
            rf"{weekday}\b(?!s\b|-?(?:meeting|overleg|call)|\s+\d)",
            _weekday,
        ),
        (
            rf"\b{weekday}\b(?!s\b|en\b|\s+\d|-?\s?(?:meeting|overleg|call|mornings?|evenings?|afternoons?\s+meeting))",
            _weekday,
        ),
        (
            r"\b(?:by|before|on|for|voor|tegen|uiterlijk|op|vr)\s+(?:the|de|den)\s+(?P<day>\d{1,2})(?:e|de|ste|st|nd|rd|th)\b",
            _day_alone,
        ),
    ]
    return [(re.compile(pattern), finder) for pattern, finder in rules]


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


def _iso(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _safe(int(match["year"]), int(match["m"]), int(match["d"]))


def _day_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _coming(day, _month(match), int(match["day"]), match["year"])


def _slashed(match: re.Match[str], day: dt.date) -> dt.date | None:
    if not match["year"] and _is_amount(match):
        return None
    number, month = int(match["day"]), int(match["m"])
    if month > 12 >= number:  # as Americans write it
        number, month = month, number
    return _coming(day, month, number, match["year"]) if 0 < month < 13 else None


def _is_amount(match: re.Match[str]) -> bool:
    """2-3 colleagues, 2/3 of them and 24/7 are no dates; a word such as "by", "on" or a weekday makes them one."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    if _DEADLINE.search(before) or re.search(
        rf"(?:\b(?:op|on|{_alternatives(lexicon().weekdays)})\W+|[(:]\s*)$", before
    ):
        return False
    if "-" in match.group():
        return bool(behind.strip(" .)|"))
    return match.group() == "24/7" or bool(re.match(r"\s*(?:van|of|deel|parts?)\b", behind))


def _week_of(match: re.Match[str], day: dt.date) -> dt.date | None:
    inside = _coming(day, _month(match), int(match["day"]), None)
    return inside and inside + dt.timedelta(days=(4 - inside.weekday()) % 7)


def _mid_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _coming(day, _month(match), 15, None)


def _month_end(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _end_of(day, _month(match), match["year"])


def _bare_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _end_of(day, _month(match), match["year"])


def _quarter(match: re.Match[str], day: dt.date) -> dt.date | None:
    names = ("eerste first", "tweede second", "derde third", "vierde fourth")
    number = int(match["quarter"]) if match["quarter"] else next(n for n, w in enumerate(names, 1) if match["nth"] in w)
    return _last(day.year + (number * 3 < day.month), number * 3)


def _week(match: re.Match[str], day: dt.date) -> dt.date | None:
    week = int(match["week"])
    if not 1 <= week <= 53:
        return None
    try:
        friday = dt.date.fromisocalendar(day.year, week, 5)
        return friday if friday >= day - dt.timedelta(days=31) else dt.date.fromisocalendar(day.year + 1, week, 5)
    except ValueError:
        return None


def _friday(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=(4 - day.weekday()) % 7)


def _friday_next_week(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=11 - day.weekday())


def _weekday_next_week(match: re.Match[str], day: dt.date) -> dt.date | None:
    number = lexicon().weekdays[match["weekday"]]
    return day + dt.timedelta(days=7 - day.weekday() + number)


def _this_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _last(day.year, day.month)


def _next_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _last(day.year + (day.month == 12), day.month % 12 + 1)


def _in_units(match: re.Match[str], day: dt.date) -> dt.date | None:
    from dateutil.relativedelta import relativedelta

    word, unit = match["number"], match["unit"]
    number = int(word) if word.isdigit() else NUMBERS[word]
    if unit.startswith("d"):
        return day + dt.timedelta(days=number)
    return day + (relativedelta(weeks=number) if unit.startswith("w") else relativedelta(months=number))


def _fortnight(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=14)


def _week_on(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=7)


def _two_days(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=2)


def _tomorrow(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=1)


def _today(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day


def _christmas(match: re.Match[str], day: dt.date) -> dt.date | None:
    return dt.date(day.year, 12, 25)


def _holiday(match: re.Match[str], day: dt.date) -> dt.date | None:
    month, number = HOLIDAYS[match["holiday"]]
    this = dt.date(day.year, month, number)
    return this if this >= day else dt.date(day.year + 1, month, number)


def _weekday_and_week(match: re.Match[str], day: dt.date) -> dt.date | None:
    return day + dt.timedelta(days=(lexicon().weekdays[match["weekday"]] - day.weekday() - 1) % 7 + 8)


def _year_end(match: re.Match[str], day: dt.date) -> dt.date | None:
    return dt.date(day.year, 12, 31)


def _feast(match: re.Match[str], day: dt.date) -> dt.date | None:
    from dateutil.easter import easter

    after = {"p": 0, "e": 0, "h": 39, "a": 39, "w": 49}
    offset = 49 if match["feast"] in ("pinksteren", "pentecost") else after[match["feast"][0]]
    this = easter(day.year) + dt.timedelta(days=offset)
    return this if this >= day else easter(day.year + 1) + dt.timedelta(days=offset)


def _number(match: re.Match[str]) -> int:
    return next(n for pattern, n in ORDINALS.items() if re.fullmatch(pattern, match["ordinal"]))


def _ordinal_month(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _coming(day, _month(match), _number(match), None)


def _ordinal(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _next_day(day, _number(match))


def _weekday(match: re.Match[str], day: dt.date) -> dt.date | None:
    number = lexicon().weekdays[match.group("weekday")]
    return day + dt.timedelta(days=(number - day.weekday() - 1) % 7 + 1)


def _day_alone(match: re.Match[str], day: dt.date) -> dt.date | None:
    return _next_day(day, int(match["day"]))


def _next_day(day: dt.date, number: int) -> dt.date | None:
    """The first day from `day` on that has that number in its month."""
    this = _safe(day.year, day.month, number)
    if this is not None and this >= day:
        return this
    return _safe(day.year + (day.month == 12), day.month % 12 + 1, number)


def _nothing(match: re.Match[str], day: dt.date) -> dt.date | None:
    return None
