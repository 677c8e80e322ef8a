"""prep.toml and pair.toml, checked."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from msgspec import Struct

from assistant.errors import Unusable
from assistant.programme import toml
from assistant.records import Endpoint, Pair, Person, Programme, Wish

LANGUAGES = ("nl", "en")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CADENCE = re.compile(r"\s*[1-9]\d{0,2}\s*(?:day|week|month)s?\s*", re.IGNORECASE)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,30}|[A-Z]+(?:_[A-Z0-9]+)+")
_KEY = re.compile(
    r"""(?:^|[{,])\s*["']?(?:[\w-]*[_-])?(?:(?:api)?key|token|secret|password)["']?\s*="""  # called so
    r"|\b(?:sk|gsk|xai)[-_][A-Za-z0-9_-]{16,}|\bAIza[A-Za-z0-9_-]{30,}",  # or looks so, in a comment too
    re.IGNORECASE,
)
_NO_KEY = "a key does not belong in this file; put it in a variable and name that in `api_key_env`"
_URL = re.compile(r"https?://[^\s/@]+(?:/\S*)?")


class _ProgrammeTable(Struct):
    name: str
    language: str = "nl"
    cadence: str = "8 weeks"
    timezone: str | None = None


class _EndpointTable(Struct):
    base_url: str
    name: str
    api_key_env: str | None = None


class _ModelTable(_EndpointTable):
    reads_notes: bool = True


class _ProgrammeFile(Struct):
    programme: _ProgrammeTable
    model: _ModelTable | None = None
    embedding: _EndpointTable | None = None


class _PersonTable(Struct):
    name: str
    aliases: list[str] = []
    email: str | None = None
    handle: str | None = None
    role: str | None = None
    learning: list[str] = []
    interests: list[str] = []


class _PairFile(Struct):
    mentor: _PersonTable | list[_PersonTable | str] | None = None
    mentee: _PersonTable | None = None
    mentors: list[_PersonTable | str] = []
    language: str | None = None
    cadence: str | None = None
    minutes: int | None = None
    started: dt.date | None = None
    sessions: int | None = None
    scope: list[str] = []
    out_of_scope: list[str] = []
    people: list[_PersonTable] = []


class _Checked:
    """Checks of values, each error with the line of the key at fault."""

    def __init__(self, shown: str, lines: list[str]) -> None:
        self.shown, self.lines = shown, lines

    def fail(self, table: str, key: str, mend: str, nth: int = 0) -> Unusable:
        return Unusable(f"{self.shown}:{toml.line_of(self.lines, table, key, nth)}: {mend}")

    def no_key(self) -> None:
        for number, line in enumerate(self.lines, 1):
            if _KEY.search(line):
                raise Unusable(f"{self.shown}:{number}: {_NO_KEY}")

    def language(self, table: str, value: str) -> str:
        if value not in LANGUAGES:
            raise self.fail(table, "language", f"`language` must be one of {', '.join(LANGUAGES)}")
        return value

    def cadence(self, table: str, value: str) -> str:
        if not _CADENCE.fullmatch(value):
            raise self.fail(table, "cadence", '`cadence` must be like "30 days", "8 weeks" or "2 months"')
        return value

    def timezone(self, table: str, value: str | None) -> str | None:
        from assistant.zones import is_zone

        if value is not None and not is_zone(value):
            raise self.fail(table, "timezone", "`timezone` must be the name of a time zone, as in Europe/Amsterdam")
        return value

    def positive(self, key: str, value: int | None, most: int) -> int | None:
        if value is not None and not 1 <= value <= most:
            raise self.fail("", key, f"`{key}` must be a whole number from 1 to {most}")
        return value

    def endpoint(self, table: str, raw: _EndpointTable | None) -> Endpoint | None:
        if raw is None:
            return None
        if raw.api_key_env and not _VARIABLE.fullmatch(raw.api_key_env):
            raise self.fail(table, "api_key_env", _NO_KEY)
        if "@" in raw.base_url:
            raise self.fail(table, "base_url", _NO_KEY)
        if not _URL.fullmatch(raw.base_url):
            raise self.fail(table, "base_url", "`base_url` must begin with http:// or https://")
        reads = raw.reads_notes if isinstance(raw, _ModelTable) else False
        return Endpoint(raw.base_url, raw.name, raw.api_key_env, reads)

    def person(self, table: str, raw: _PersonTable, nth: int = 0) -> Person:
        if not raw.name.strip():
            raise self.fail(table, "name", "`name` is empty; write the full name", nth)
        aliases = tuple(a.strip() for a in raw.aliases if a.strip())
        return Person(
            raw.name.strip(), aliases, raw.email, raw.handle, raw.role, tuple(raw.learning), tuple(raw.interests)
        )


def programme(path: Path) -> Programme:
    """prep.toml at `path`; raises Unusable."""
    raw, lines, doubts = toml.load(path, path.name, _ProgrammeFile)
    check = _Checked(path.name, lines)
    check.no_key()
    return Programme(
        raw.programme.name,
        check.language("programme", raw.programme.language),
        check.cadence("programme", raw.programme.cadence),
        check.endpoint("model", raw.model),
        check.endpoint("embedding", raw.embedding),
        doubts,
        check.timezone("programme", raw.programme.timezone),
    )


def pair(path: Path, shown: str, slug: str, defaults: Programme) -> Pair:
    """pair.toml at `path`, called `shown` in errors; raises Unusable."""
    raw, lines, doubts = toml.load(path, shown, _PairFile)
    check = _Checked(shown, lines)

    def wishes(table: str, key: str, entries: list[str], nth: int = 0, whose: str = "") -> tuple[Wish, ...]:
        return tuple(Wish(e, toml.line_of_entry(lines, table, key, e, nth), whose) for e in entries if e.strip())

    tables = _mentors(raw)
    mentors = [check.person(table, mentor, nth) for table, nth, mentor in tables]
    if not mentors or raw.mentee is None:
        lacks = "mentee" if mentors else "mentor"
        raise check.fail("", lacks, f"the file lacks `{lacks}`; add a line `[{lacks}]` and its settings under it")
    names = [m.name.casefold() for m in mentors]
    for at, (table, nth, _) in enumerate(tables):
        if names[at] in names[:at]:
            raise check.fail(table, "name", "two mentors have the same `name`; write their full names", nth)
    panel = len(mentors) > 1
    learning = tuple(
        wish
        for (table, nth, mentor), person in zip(tables, mentors, strict=True)
        for wish in wishes(table, "learning", mentor.learning, nth, person.name if panel else "")
    )
    return Pair(
        slug,
        shown,
        check.language("", raw.language or defaults.language),
        check.cadence("", raw.cadence or defaults.cadence),
        raw.started,
        check.positive("minutes", raw.minutes, 480),
        check.positive("sessions", raw.sessions, 1000),
        mentors[0],
        check.person("mentee", raw.mentee),
        tuple(check.person("people", p, nth) for nth, p in enumerate(raw.people)),
        wishes("", "scope", raw.scope),
        wishes("", "out_of_scope", raw.out_of_scope),
        wishes("mentee", "interests", raw.mentee.interests),
        learning,
        doubts,
        tuple(mentors[1:]),
    )


def _mentors(raw: _PairFile) -> list[tuple[str, int, _PersonTable]]:
    """The mentors with their table and their place among its namesakes: [mentor], or [[mentor]] or [[mentors]] each.

    A list of no more than names does too.
    """
    listed = raw.mentor if isinstance(raw.mentor, list) else [raw.mentor] if raw.mentor else []
    found = [("mentor", nth, m) for nth, m in enumerate(listed)] + [
        ("mentors", nth, m) for nth, m in enumerate(raw.mentors)
    ]
    return [(table, nth, _PersonTable(m) if isinstance(m, str) else m) for table, nth, m in found]
