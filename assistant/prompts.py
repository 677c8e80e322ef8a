"""The templates in prompts/: the fixed sentences of drafts, per language, overridable by a programme."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TypeVar

import msgspec

from assistant import resources
from assistant.errors import Unusable

T = TypeVar("T")


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


def written(day: dt.date, months: list[str], beside: dt.date | None) -> str:
    """A day as people write it; the year only where it is not that of `beside`."""
    year = "" if beside is not None and beside.year == day.year else f" {day.year}"
    return f"{day.day} {months[day.month - 1]}{year}"


def fill(template: str, **values: object) -> str:
    """A template with its {names} filled in; a name without a value is an error, braces in values are not."""
    parts = template.split("{")
    done = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        if not closed or name not in values:
            raise Unusable(f"prompts: a template names {{{name}}}, which it is not given; mend the template")
        done += [str(values[name]), rest]
    return "".join(done)


def agenda_phrases(language: str, override: Path | None = None) -> AgendaPhrases:
    """The sentences of agendas: the programme's prompts/agenda.<language>.yaml if there is one, else the built-in."""
    return _load(f"agenda.{language}.yaml", AgendaPhrases, override)


def question_phrases(language: str, override: Path | None = None) -> QuestionPhrases:
    """The sentences of lists of questions, from prompts/questions.<language>.yaml, the programme's own first."""
    return _load(f"questions.{language}.yaml", QuestionPhrases, override)


def _load(name: str, shape: type[T], override: Path | None) -> T:
    import yaml

    own = override / name if override else None
    path = own if own is not None and own.is_file() else resources.prompts() / name
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return msgspec.convert(values, shape)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Unusable(f"prompts/{name}:{line}: is not as the built-in template is; mend it, or take it out") from None
