"""The built-in craft: guidance pages with their rules, and the question bank. Data that anybody can edit."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant import cache, resources
from assistant.errors import Unusable
from assistant.files import digest
from assistant.records import Rule


class Wording(Struct, frozen=True):
    """A question in one language. `grounded` is what it asks right behind a quotation; None without evidence."""

    text: str
    grounded: str | None
    follow_ups: tuple[str, ...]
    why: str


class BankQuestion(Struct, frozen=True):
    """One question of the bank: when it fits, how deep it goes (1 to 3), and what of the notes it can stand on.

    `about` names a subject of corpus/words/subjects.yaml: only pairs that speak of it are asked.
    """

    id: str
    category: str
    phase: str
    stage: tuple[str, ...]
    asker: str
    depth: int
    purpose: str
    evidence: str
    nl: Wording
    en: Wording
    avoid_if: tuple[str, ...]
    source: str
    about: str | None = None

    def wording(self, language: str) -> Wording:
        return self.en if language == "en" else self.nl


class Craft(Struct, frozen=True):
    """Everything built in, for one language of drafts."""

    rules: tuple[Rule, ...]
    questions: tuple[BankQuestion, ...]


class _RuleEntry(Struct):
    id: str
    text: str
    source: str
    situations: list[str] | None = None  # without its own it has those of its page


class _SourceEntry(Struct):
    id: str
    name: str
    url: str = ""
    verified: bool = True


class Page(Struct):
    """The front matter of a guidance page."""

    id: str
    title: str
    rules: list[_RuleEntry] = []
    sources: list[_SourceEntry] = []
    situations: list[str] = []
    kinds: list[str] = []


def load(language: str, home: Path, scratch: Path) -> Craft:
    """The craft in a language; what was read is kept under `home` until a file of it changes."""
    files = sorted((resources.corpus() / "guidance" / language).glob("*.md"))
    files += sorted((resources.corpus() / "questions").glob("*.yaml"))
    raws = [(path, path.read_bytes()) for path in files]
    key = digest(b"".join(path.name.encode() + digest(raw).encode() for path, raw in raws) + b"4")
    kept = cache.load(home / f"craft-{language}.json", key, Craft)
    if kept is not None:
        return kept
    craft = Craft(
        tuple(rule for path, raw in raws if path.suffix == ".md" for rule in rules_of(path, raw.decode("utf-8"))),
        tuple(q for path, raw in raws if path.suffix == ".yaml" for q in questions_of(path, raw.decode("utf-8"))),
    )
    cache.store(home / f"craft-{language}.json", key, craft, scratch)
    return craft


def rules_of(path: Path, text: str) -> list[Rule]:
    """The rules in the front matter of a guidance page, each with its line."""
    head = text.split("---\n", 2)[1]
    page = msgspec.convert(resources.parsed(head), Page)
    lines = text.split("\n")
    shown = path.relative_to(resources.corpus().parent).as_posix()

    def line_of(rule: _RuleEntry) -> int:
        return next(n for n, line in enumerate(lines, 1) if re.search(rf"id:\s*{re.escape(rule.id)}\b", line))

    def situations_of(rule: _RuleEntry) -> tuple[str, ...]:
        return tuple(page.situations if rule.situations is None else rule.situations)

    return [Rule(r.text, shown, line_of(r), situations_of(r), tuple(page.kinds)) for r in page.rules]


def questions_of(path: Path, text: str) -> list[BankQuestion]:
    """The questions of one category, which is the file's name."""
    entries = resources.parsed(text)
    try:
        return [msgspec.convert({"category": path.stem, **entry}, BankQuestion) for entry in entries]
    except msgspec.ValidationError as error:
        raise Unusable(f"{path}: an entry of the question bank is not as it should be ({error})") from None
