"""What a model is asked of one note: its lines as numbered data, and what was still open before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct, json

from assistant import prompts
from assistant.endpoint.ladder import Task
from assistant.files import digest
from assistant.notes import story
from assistant.privacy import spotlight
from assistant.privacy.covered import Covered
from assistant.records import Audience, Commitment, Level, Note, Owner, Pair, Passage, Readable, Thread

PROMPT = "reading.model"
AUDIENCE = Audience.OWN  # what is read stays with the author until it is cut for somebody
BECAME = ("done", "part", "dropped", "settled")
_MOST = 40  # earlier promises, and threads, that are told
_OTHERS = {"nl": {"both": "allebei", "unknown": "niemand genoemd"}, "en": {"both": "both", "unknown": "nobody named"}}

Admit = Callable[[str, Level], Covered]


class Sheet(Struct, frozen=True):
    """One note as a model is to read it: the passages that it may see, and what it is asked the outcome of."""

    note: Note
    language: str
    least: Level
    passages: tuple[Passage, ...]
    promises: tuple[Commitment, ...]
    threads: tuple[Thread, ...]

    @property
    def asked(self) -> dict[str, str]:
        """Of each key in the prompt, what it stands for: the id of a promise, the key of a thread."""
        promises = {f"p{n}": c.id for n, c in enumerate(self.promises, 1)}
        return promises | {f"t{n}": t.key for n, t in enumerate(self.threads, 1)}

    def key(self, reads: str) -> str:
        """The hash of all that the answer depends on; `reads` tells the model, its prompt and the two people."""
        told = [[p.level.value, p.kind, p.text] for p in self.passages]
        before = [[c.id, c.owner, c.text, c.made] for c in self.promises], [[t.key] for t in self.threads]
        return digest(json.encode([reads, self.language, self.note.date, told, before]))


def shown(note: Note, least: Level) -> tuple[Passage, ...]:
    """What of a note a model may read of which the least level is this: no order to a machine, and nothing closed."""
    return tuple(p for p in note.passages if p.level.openness >= least.openness and not p.order)


def sheet(note: Note, pair: Pair, least: Level, before: Readable) -> Sheet:
    """A note for a model that may read text of a level; `before` is what it may know of the earlier notes."""
    known = story.tell(before, note.date)
    promises = [c for c in known.commitments if c.status == "open" and c.made < note.date]
    threads = sorted((t for t in known.threads if t.source.date != note.date), key=lambda t: t.source.date or note.date)
    language = note.language if note.language in ("nl", "en") else pair.language
    return Sheet(note, language, least, shown(note, least), tuple(promises[-_MOST:]), tuple(threads[-_MOST:]))


class Told(Struct, frozen=True):
    """A line of the prompt: its key, and its text as one line of data."""

    key: str
    text: str
    date: str = ""
    owner: str = ""


class Asked(Struct, frozen=True):
    """A request with the passages as they went into it, by the keys of their lines."""

    task: Task
    lines: dict[str, tuple[Passage, Covered]]


def ask(sheet: Sheet, pair: Pair, override: Path | None, admit: Admit) -> Asked:
    """The request for a sheet. `admit` covers what identifies; Refused where a text may not go."""
    lines = {f"n{n}": (p, admit(p.text, p.level)) for n, p in enumerate(sheet.passages, 1)}
    names = {"mentor": _first(pair.mentor.name), "mentee": _first(pair.mentee.name)}
    owners = {**names, **_OTHERS[sheet.language]}

    def earlier(key: str, text: str, level: Level, day: dt.date | None, owner: Owner = "unknown") -> Told:
        return Told(key, _line(admit(text, level).text), str(day), owners[owner])

    values: dict[str, object] = {
        **names,
        "date": str(sheet.note.date),
        "lines": [Told(key, _framed(p, covered)) for key, (p, covered) in lines.items()],
        "promises": [earlier(f"p{n}", c.text, c.level, c.made, c.owner) for n, c in enumerate(sheet.promises, 1)],
        "threads": [earlier(f"t{n}", t.title, t.source.level, t.source.date) for n, t in enumerate(sheet.threads, 1)],
    }
    prompt = prompts.model_prompt(PROMPT, sheet.language, override, values)
    name = f"{prompt.id}/{prompt.version}"
    form = schema(list(sheet.asked))
    return Asked(Task(name, AUDIENCE.value, prompt.rules, prompt.data, prompt.repair, prompt.schema, form), lines)


def _framed(passage: Passage, covered: Covered) -> str:
    """The text of a passage with the sign of its kind, as Markdown has it but for square brackets."""
    box = {None: "", False: "( ) ", True: "(x) "}[passage.box]
    sign = {"heading": "# ", "item": "- "}.get(passage.kind, "")
    return f"{sign}{box}{'> ' if passage.quoted else ''}{_line(covered.text)}"


def _line(text: str) -> str:
    return " ".join(spotlight.safe(text).split())


def _first(name: str) -> str:
    return _line(name.split()[0])


def schema(earlier: list[str]) -> dict[str, Any]:
    """The form of an answer; what became of earlier things is asked for where there are some."""
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    place = {"line": text, "quote": text}
    kinds: dict[str, dict[str, Any]] = {
        "promises": {**place, "owner": {"type": "string", "enum": list(get_args(Owner))}, "when": maybe},
        "earlier": {
            "id": {"type": "string", "enum": earlier},
            "became": {"type": "string", "enum": list(BECAME)},
            **place,
        },
        "threads": place,
        "beliefs": {**place, "shown_line": maybe, "shown_quote": maybe},
        "questions": place,
    }
    if not earlier:
        del kinds["earlier"]
    return _object({name: {"type": "array", "items": _object(fields)} for name, fields in kinds.items()})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
