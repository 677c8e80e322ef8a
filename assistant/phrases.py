"""The shapes of the fixed sentences of drafts: what each file of prompts/ must hold, in any language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from assistant.errors import Unusable


class _Sentence(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    why: str


class AgendaPhrases(msgspec.Struct, forbid_unknown_fields=True, rename={"and_": "and"}):
    """Every sentence of an agenda in one language; braces name what is filled in."""

    months: list[str]
    and_: str
    owners: dict[str, str]
    leads: dict[str, str]
    states: dict[str, str]
    stages: dict[str, str]
    headings: dict[str, str]
    facets: list[str]
    house: str
    also: str
    given: dict[str, str]
    balance: dict[str, str]
    items: dict[str, _Sentence]
    tally: dict[str, str]

    def date(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A day as people write it; the year only where it is not that of `beside`."""
        return written(day, self.months, beside)

    def title(self, key: str, **values: object) -> str:
        return fill(self.items[key].title, **values)

    def why(self, key: str, **values: object) -> str:
        return fill(self.items[key].why, **values)

    def heading(self, key: str, **values: object) -> str:
        return fill(self.headings[key], **values)


class QuestionPhrases(msgspec.Struct, forbid_unknown_fields=True):
    """Every sentence of a list of questions in one language. `leads` come before a quotation, with its date."""

    months: list[str]
    categories: dict[str, str]
    headings: dict[str, str]
    stages: dict[str, str]
    states: dict[str, str]
    leads: dict[str, list[str]]
    undated: dict[str, list[str]]
    whys: dict[str, str]
    notices: dict[str, str]

    def date(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A day as people write it; the year only where it is not that of `beside`."""
        return written(day, self.months, beside)

    def heading(self, key: str, **values: object) -> str:
        return fill(self.headings[key], **values)

    def why(self, key: str, **values: object) -> str:
        return fill(self.whys[key], **values)

    def notice(self, key: str, **values: object) -> str:
        return fill(self.notices[key], **values)


class AskPhrases(msgspec.Struct, forbid_unknown_fields=True):
    """The questions that make a vague ask specific; {ask} is the ask in quotation marks.

    `win` go with what is shown in a first session, `lands` with whether a decision lands.
    """

    interest: list[str]
    learning: list[str]
    win: list[str]
    win_follow_up: str
    follow_up: str
    about: str
    lands: list[str]
    lands_follow_up: str


class SectionLines(msgspec.Struct, forbid_unknown_fields=True):
    """A heading and its lines."""

    heading: str
    lines: list[str]


class PageLines(msgspec.Struct, forbid_unknown_fields=True):
    """A whole page. A line of which a name is not known is left out, one with several values comes as often."""

    title: str
    opening: str
    sections: list[SectionLines]
    closing: str


class MenteePhrases(msgspec.Struct, forbid_unknown_fields=True, rename={"and_": "and"}):
    """The page for the mentee, before the first session and before a later one."""

    months: list[str]
    and_: str
    banner: str
    since: str
    first: PageLines
    later: PageLines
    unsaid: str = ""

    def date(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A day as people write it; the year only where it is not that of `beside`."""
        return written(day, self.months, beside)


def names_in(template: str) -> list[str]:
    """The {names} of a template, in order."""
    return [part.partition("}")[0] for part in template.split("{")[1:]]


def written(day: dt.date, months: list[str], beside: dt.date | None) -> str:
    """A day as people write it; the year only where it is not that of `beside`."""
    year = "" if beside is not None and beside.year == day.year else f" {day.year}"
    return f"{day.day} {months[day.month - 1]}{year}"


class PairPhrases(msgspec.Struct, forbid_unknown_fields=True):
    """What a summary says to the two of a pair."""

    title: str
    banner_pair: str
    banner_own: str
    session: str
    session_minutes: str
    theme: str
    discussed: str
    agreed: str
    kept: str
    left_open: str
    nothing: str
    sources: str
    promise: str
    promise_due: str
    belief: str
    belief_alone: str
    question: str
    owners: dict[str, str]
    levels: dict[str, str]


class SummaryPhrases(msgspec.Struct, forbid_unknown_fields=True, rename={"and_": "and", "in_": "in"}):
    """Every sentence of a summary in one language; braces name what is filled in."""

    months: list[str]
    numbers: list[str]
    nth: list[str]
    nth_more: str
    and_: str
    on: str
    in_: str
    public: dict[str, str]
    pair: PairPhrases

    def date(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A day as people write it; the year only where it is not that of `beside`."""
        return f"{day.day} {self.month(day, beside)}"

    def month(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A month as people write it; the year only where it is not that of `beside`."""
        year = "" if beside is not None and beside.year == day.year else f" {day.year}"
        return f"{self.months[day.month - 1]}{year}"

    def number(self, count: int) -> str:
        """A small number in words, a larger one in digits."""
        return self.numbers[count] if count < len(self.numbers) else str(count)

    def ordinal(self, count: int) -> str:
        return self.nth[count - 1] if count <= len(self.nth) else fill(self.nth_more, number=count)

    def listed(self, names: Sequence[str]) -> str:
        """ "a, b and c" """
        return f" {self.and_} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class LetterPhrases(msgspec.Struct, forbid_unknown_fields=True, rename={"and_": "and"}):
    """Every sentence of a mail or an invitation in one language. Each of `asks` is one question."""

    language: str
    months: list[str]
    weekdays: list[str]
    numbers: list[str]
    and_: str
    process_words: list[str]
    subjects: dict[str, str]
    openings: dict[str, str]
    thanks: dict[str, str]
    promises: dict[str, str]
    sides: dict[str, str]
    asks: dict[str, str]
    closings: dict[str, str]
    invitation: dict[str, str]
    handover: dict[str, str]
    units: dict[str, list[str]]

    def date(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A day as people write it; the year only where it is not that of `beside`."""
        return written(day, self.months, beside)

    def day(self, day: dt.date, beside: dt.date | None = None) -> str:
        """A day with its name before it: "Tuesday 14 July"."""
        return f"{self.weekdays[day.weekday()]} {self.date(day, beside)}"

    def number(self, count: int) -> str:
        """A small number in words, a larger one in digits."""
        return self.numbers[count] if count < len(self.numbers) else str(count)

    def listed(self, names: Sequence[str]) -> str:
        """ "a, b and c" """
        return f" {self.and_} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def cadence(self, cadence: str) -> str:
        """ "8 weeks" in this language, the count in words; "week" alone where it is one."""
        match = re.match(r"\s*(\d+)\s*(day|week|month)", cadence, re.IGNORECASE)
        count, unit = (int(match[1]), match[2].lower()) if match else (1, "month")
        one, many = self.units[unit]
        return one if count == 1 else f"{self.number(count)} {many}"


class PanelPhrases(msgspec.Struct, rename={"and_": "and"}):
    """What is said otherwise of a panel; the rest of prompts/panel.<language>.yaml is laid over the other files."""

    side: str
    and_: str
    turns: str
    turn: str
    opens: str
    opens_each: str
    everybody: str
    instead: dict[str, str]
    for_two: list[str]


class Common(str):
    """What somebody is called in plain words, "the panel": with a capital where it begins a sentence."""


def names_day(text: str, day: dt.date, months: Sequence[str]) -> bool:
    """Does a text give a day by its number and its month already?"""
    month = months[day.month - 1][:3]
    return bool(
        re.search(rf"(?<!\d){day.day}(?:e|st|nd|rd|th)?(?: of| van)? {month}|{month}\w*\.? {day.day}(?!\d)", text, re.I)
        or re.search(rf"(?<!\d)0?{day.day}[/-]0?{day.month}(?!\d)", text)
    )


def fill(template: str, **values: object) -> str:
    """A template with its {names} filled in; a name without a value is an error, braces in values are not."""
    parts = template.split("{")
    done = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        if not closed or name not in values:
            raise Unusable(f"prompts: a template names {{{name}}}, which it is not given; mend the template")
        value = values[name]
        if isinstance(value, Common) and re.search(r"(?:^|[.!?]\s)$", "".join(done)):
            value = begun(value)
        done += [str(value), rest]
    return "".join(done)


def begun(sentence: str) -> str:
    """A sentence that begins with a capital, also where it begins with a quotation."""
    first = 1 if sentence.startswith("“") else 0
    return sentence[:first] + sentence[first : first + 1].upper() + sentence[first + 1 :]
