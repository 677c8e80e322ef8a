"""The day by which something is due, out of a sentence, relative to the day of its note.

A point in time ("before 1 May", "the 12th") is that day; a month its last day, "mid" its 15th; a quarter its last day;
a week, or the end of one, its Friday; a weekday the first one after the note. What is vaguer ("in the autumn", "next
time"), a start ("from April", "until September") or a habit ("every Friday") is no due date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from assistant.notes import moments
from assistant.notes.days import HOLIDAYS, NUMBERS, ORDINALS
from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.moments import alternatives

Finder = Callable[[re.Match[str], dt.date], dt.date | None]

_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
# What stands before a date and makes it no due date: a start, an end of something else, a moment that is past.
_NOT_DUE = re.compile(
    r"(?:\b(?:vanaf|sinds|sedert|since|until|till|tot|tot en met|from|starting|after|na|not before|niet voor|met ingang van"
    r"|not|niet|begroting voor|plan voor|sessie van|gesprek van|mail van|van vorig\w*|last|vorig\w*|afgelopen|sinds begin|elke|iedere"
    r"|every|each)\s+(?:de\s+|the\s+|het\s+)?)$"
)
_GRANTED = re.compile(  # "give me until": there the end is when it is due
    r"\b(?:geef|gun|give|gie|gee|hebt|heb|have|got|krijgt|krijg)\s+(?:me|mij|ons|us|hem|haar|him|her|je|tijd|time)?\s*"
    r"(?:tot|until|till?|tae)\s+(?:de\s+|the\s+|het\s+)?$"
)
_SOME = re.compile(r"\b(?:one|een|a|an|what|1)\s+$")  # "one Friday", but not "a good one in June"
_LEADS = re.compile(r"(?:in|on|by|before|this|next|voor|tegen|op|eind|end|the|de|uiterlijk|nog|ergens)\b")

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
            vague = (_NOT_DUE.search(before) and not _GRANTED.search(before)) or (
                _SOME.search(before) and not _LEADS.match(match.group())
            )
            date = None if vague else finder(match, day)
            if date is not None:
                dead = moments.DEADLINE.search(before) or _BEGINS_DEADLINE.match(match.group())
                found.append((3 - 2 * bool(dead) - (finder is not moments.bare_month), match.start(), date))
    return min(found)[2] if found else None


@cache
def _rules() -> list[tuple[re.Pattern[str], Finder]]:
    """Patterns with what they mean, the more exact first; an earlier one takes the place of a later one."""
    words = lexicon()
    month = rf"(?P<month>{alternatives(words.months)})\b\.?"
    sure = {w: n for w, n in words.months.items() if w not in ("may", "mar", "march", "sep", "dec", "jan")}
    full = {w: n for w, n in words.weekdays.items() if len(w) > 3}
    weekday = rf"(?P<weekday>{alternatives(full)})"
    rules: list[tuple[str, Finder]] = [
        (
            rf"\b(?:w/c|week of|week van)\s+(?:the\s+|de\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|e)?\s+{month}",
            moments.week_of,
        ),
        (r"\b(?P<year>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", moments.iso),
        (
            rf"\b(?P<day>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?\s+(?:of\s+|van\s+)?{month}(?:\s+(?P<year>20\d\d))?",
            moments.day_month,
        ),
        (
            rf"\b{month}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>20\d\d))?(?!\s*(?:uur|u\b|:|%))",
            moments.day_month,
        ),
        (
            rf"\b(?:{alternatives(full)})\s+(?:the\s+|de\s+|den\s+)?(?P<day>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)\b",
            moments.day_alone,
        ),
        (rf"\b(?P<ordinal>{'|'.join(ORDINALS)})\s+(?:of|van)\s+{month}", moments.ordinal_month),
        (
            rf"\b(?:by|before|on)\s+the\s+(?P<ordinal>{'|'.join(ORDINALS)})\b(?! (?:week|session|time|of|one))",
            moments.ordinal,
        ),
        (r"(?<![\d/.-])(?P<day>\d{1,2})[/-](?P<m>\d{1,2})(?:[/-](?P<year>20\d\d|\d\d))?(?![\d/-])", moments.slashed),
        (
            rf"\b(?:half|midden|mid|medio|halfway through|(?:the )?middle of|het midden van)[\s-]*{month}",
            moments.mid_month,
        ),
        (rf"\b(?:begin|early|start of|the start of)\s+{month}", moments.nothing),
        (
            rf"\b(?:eind(?:e)?|end of|the end of|in|ergens in|some time in|sometime in|loop van|during|by|before|voor|tegen|nog in"
            rf"|uiterlijk|halverwege|late|the|van|deze|this|of|per)\s+{month}(?!\s+\d)(?:\s+(?P<year>20\d\d))?",
            moments.month_end,
        ),
        (rf"(?<!/)\b(?P<month>{alternatives(sure)})\b(?![/'’])(?:\s+(?P<year>20\d\d))?", moments.bare_month),
        (
            r"\bq(?P<quarter>[1-4])\b|\b(?P<nth>eerste|tweede|derde|vierde|first|second|third|fourth) (?:kwartaal|quarter)",
            moments.quarter,
        ),
        (r"\b(?:w(?:ee)?k\.?|wk)\s*(?P<week>\d{1,2})\b", moments.week),
        (rf"\b(?:volgende week|next week)\s+(?:op\s+|on\s+)?{weekday}", moments.weekday_next_week),
        (rf"\b{weekday}\s+(?:volgende week|next week|over een week)", moments.weekday_next_week),
        (
            r"\b(?:eind(?:e)?(?: van)?|end of|het eind van)?\s*(?:de |the )?(?:volgende|komende|vlg|next|following) (?:week|wk)\b",
            moments.friday_next_week,
        ),
        (
            r"\b(?:deze|van de|dees|this|in de loop van de|later deze|later this) (?:week|wk)\b|\b(?:eind(?:e)?|end of)"
            r"(?: van| v)? ?(?:de |vd |the |this |deze )?(?:week|wk)\b"
            r"|\b(?:voor|vr|tegen|before|by) (?:het|'?t|the) (?:weekend|weekeinde)\b|\beow\b"
            r"|\bafore the week's oot\b|\b(?:by|at|tegen) (?:the |het )?week(?:'?s)? ?end\b|\bbefore the week(?:'s| is) out\b",
            moments.friday,
        ),
        (
            r"\b(?:eind(?:e)?|end)(?: van| of)? (?:de |vd |v d |the |this |deze )?(?:maand|mnd|month)\b"
            r"|\b(?:nog |before |this |deze |later )*(?:deze maand|this month)\b|\b(?:before|by) the month(?:'s| is) out\b|\beom\b",
            moments.this_month,
        ),
        (r"\b(?:volgende|komende|next) (?:maand|month)\b", moments.next_month),
        (
            rf"\b(?:over|in|within|binnen|within the|inside)\s+{_NUMBER}\s+(?P<unit>dag(?:en)?|days?|we(?:e)?k(?:en|s)?|wkn"
            rf"|maand(?:en)?|months?)\b(?! (?:na|after|nadat|of)\b)",
            moments.in_units,
        ),
        (r"\b(?:within|in|over|binnen) (?:a|an|de|the|de komende)? ?(?:fortnight|veertien dagen)\b", moments.fortnight),
        (r"\bthis time next week\b|\bvandaag over een week\b|\ba week (?:today|from now)\b", moments.week_on),
        (r"\b(?:overmorgen|day after tomorrow)\b", moments.two_days),
        (r"\b(?:morgen(?:ochtend|middag|avond|vroeg)?|tomorrow|tmrw|tmw|the morn)\b(?! is\b)", moments.tomorrow),
        (r"\b(?:vandaag|vanavond|vanmiddag|today|tonight|this afternoon|this evening)\b", moments.today),
        (
            r"\b(?:voor|before|by|tegen|vr|b4|met)\s+(?:de\s+)?(?:kerst(?:mis)?|christmas|xmas|kerstvakantie)\b",
            moments.christmas,
        ),
        (rf"\b(?:voor|before|by|tegen|vr|met|at|on|b4)\s+(?P<holiday>{'|'.join(HOLIDAYS)})\b", moments.holiday),
        (rf"\ba week on {weekday}\b", moments.weekday_and_week),
        (rf"\b{weekday} (?:over een week|week)\b", moments.weekday_and_week),
        (
            r"\b(?:eind(?:e)?(?: van)?|end of|before|by|voor)\s+(?:het\s+|the\s+|dit\s+|this\s+)?(?:eind(?:e)? van het )?"
            r"(?:jaar|year)(?:einde|'s end|-?end)?\b|\b(?:oud en nieuw|new year'?s eve)\b",
            moments.year_end,
        ),
        (
            r"\b(?:voor|before|by|tegen|vr|rond)\s+(?P<feast>pasen|easter|hemelvaart|ascension|pinksteren|whitsun|pentecost)\b",
            moments.feast,
        ),
        (
            rf"(?<!\w)(?:on |by |before |voor |op |tegen |uiterlijk |aanstaande |komende |this |coming |next |til |till |vr )"
            rf"{weekday}\b(?!s\b|-?(?:meeting|overleg|call)|\s+\d)",
            moments.weekday,
        ),
        (
            rf"\b{weekday}\b(?!s\b|en\b|\s+\d|-?\s?(?:meeting|overleg|call|mornings?|evenings?|afternoons?\s+meeting))",
            moments.weekday,
        ),
        (
            r"\b(?:by|before|on|for|voor|tegen|uiterlijk|op|vr)\s+(?:the|de|den)\s+(?P<day>\d{1,2})(?:e|de|ste|st|nd|rd|th)\b",
            moments.day_alone,
        ),
    ]
    return [(re.compile(pattern), finder) for pattern, finder in rules]
