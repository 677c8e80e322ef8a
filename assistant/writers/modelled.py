"""A draft of the built-in writer, written anew by a model piece by piece, where what comes back can stand.

What the pieces are, their order and all that is no text is the built-in writer's. What a check refuses, or the model may
not read, stays as the built-in writer wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from assistant import prompts
from assistant.endpoint.faults import Fault
from assistant.endpoint.ladder import Ladder, Misshapen, Task
from assistant.errors import ModelFailed, Refused, Unusable
from assistant.records import Audience, Level, Person, Readable, Source, Story
from assistant.words import jaccard, stems, words
from assistant.writers import claims
from assistant.writers.claims import Demand, Ground, Reason, Vow
from assistant.writers.material import Material, Offered, Piece, material, plain

_ALIKE = 0.8
_ASKED = 20

_REASONS: dict[Reason, str] = {
    "form": "form",
    "source": "unknown source",
    "language": "language",
    "name": "unknown name or word",
    "number": "number",
    "moment": "moment",
    "promise": "promise",
    "delicate": "delicate matter",
    "quote": "wrong quotation",
    "support": "no support in the source",
    "repeat": "told or asked before",
    "attribution": "said of another",
    "turned": "yes for no",
    "audit": "stopped by the audit",
}


class Field(Struct, frozen=True):
    """One text of a piece: its greatest length, what it must hold, and whether it is a question."""

    most: int
    demand: Demand
    asks: bool = False


def _no_more_to_ask(place: int, texts: dict[str, str]) -> Reason | None:
    return None


class Draft(Struct, frozen=True):
    """A draft for a model: its prompt, its pieces and their fields; what stands in the `once` field is not said twice.

    `told` is what the prompt is given besides; `also` says what else is wrong with a piece, by its place.
    """

    prompt: str
    fields: dict[str, Field]
    once: str
    pieces: tuple[Piece, ...]
    sources: dict[str, Source]
    told: dict[str, object]
    also: Callable[[int, dict[str, str]], Reason | None] = _no_more_to_ask


class Setting(Struct, frozen=True):
    """Of whom and for whom a draft is, and what was asked before; prompts and checks go by it.

    `fellows` are the other mentors of a panel, `called` is what its mentors are called together.
    """

    mentor: Person
    mentee: Person
    audience: Audience
    language: str
    today: dt.date
    story: Story
    asked: tuple[str, ...] = ()
    fellows: tuple[Person, ...] = ()
    called: str = ""


class Written(Struct, frozen=True):
    """One piece as the model wrote it."""

    texts: dict[str, str]
    sources: tuple[str, ...]


class Edited(Struct, frozen=True):
    """What can stand of what a model wrote, by the place in the draft, with the sources it cites; and what to warn of."""

    pieces: dict[int, Written]
    sources: dict[str, Source]
    warning: str | None


class Dates(Protocol):
    """Days as people write them."""

    def date(self, day: Any, beside: Any = None) -> str: ...


Answers = dict[str, Written | None]


class Editor:
    """Has drafts written anew. `may_read` says what the model may see, `override` is the programme's own prompts."""

    def __init__(
        self,
        setting: Setting,
        readable: Readable,
        dates: Dates,
        override: Path | None,
        may_read: Callable[[Level], bool],
    ) -> None:
        self._setting, self._readable, self._dates = setting, readable, dates
        self._override, self._may_read = override, may_read

    def task(self, draft: Draft) -> Task | None:
        """What the model would be asked first, None where there is nothing for it."""
        seen = self._material(draft, context=True)
        return self._task(draft, seen) if seen.pieces else None

    def edit(self, draft: Draft, ladder: Ladder, say: Callable[[str], None]) -> Edited:
        """What the model makes of a draft; nothing with a warning where it fails or nothing of it can stand."""
        try:
            return self._edited(draft, ladder, say)
        except (ModelFailed, Refused, Unusable) as error:
            return _nothing(str(error))

    def _edited(self, draft: Draft, ladder: Ladder, say: Callable[[str], None]) -> Edited:
        seen = self._material(draft, context=True)
        if not seen.pieces:
            return _nothing("there is nothing here that a model may read and write anew")
        try:
            return self._asked_for(draft, seen, ladder)
        except Fault as failed:
            if failed.kind != "context":
                raise
        say("the notes are longer than the model reads at once; leaving out what stands around the sources")
        return self._asked_for(draft, self._material(draft, context=False), ladder)

    def _asked_for(self, draft: Draft, seen: Material, ladder: Ladder) -> Edited:
        answers = ladder.ask(self._task(draft, seen), lambda found: _answers(found, draft, seen))
        return self._judged(draft, seen, answers)

    # -- what it is asked --

    def _material(self, draft: Draft, context: bool) -> Material:
        return material(draft.pieces, draft.sources, self._readable, self._may_read, context)

    def _task(self, draft: Draft, seen: Material) -> Task:
        setting = self._setting
        values: dict[str, object] = {
            "mentor": plain(setting.called or first(setting.mentor)),
            "mentee": plain(first(setting.mentee)),
            "today": self._dates.date(setting.today),
            "pieces": seen.pieces,
            "sources": seen.lines(self._date),
            "asked": self._asked(),
            **draft.told,
        }
        prompt = prompts.model_prompt(draft.prompt, setting.language, self._override, values)
        name, audience = f"{prompt.id}/{prompt.version}", self._setting.audience.value
        return Task(name, audience, prompt.rules, prompt.data, prompt.repair, prompt.schema, schema(draft, seen))

    def _date(self, source: Source) -> str:
        return f"{self._dates.date(source.date)} | " if source.date else ""

    def _asked(self) -> list[str]:
        """The questions that were asked lately, as far as the model may read them."""
        readable = [q.text for q in self._setting.story.questions if self._may_read(q.source.level)]
        return [plain(text) for text in readable[-_ASKED:]]

    # -- what comes of it --

    def _judged(self, draft: Draft, seen: Material, answers: Answers) -> Edited:
        stands: dict[int, Written] = {}
        refused, said = Counter[Reason](), list(self._setting.asked)
        for offered in seen.pieces:
            written = answers.get(offered.key)
            reason = self._fault(draft, written, offered, seen, said)
            if written is None or reason is not None:
                refused[reason or "form"] += 1
                continue
            stands[offered.place] = written
            said.append(written.texts[draft.once])
        if not stands:
            return _nothing(f"nothing of what the model wrote can stand: {_told(refused)}")
        cited = {key for written in stands.values() for key in written.sources}
        sources = {key: source for key, source in seen.sources.items() if key in draft.sources or key in cited}
        count = f"{refused.total()} of {len(seen.pieces)} that a model wrote are not used: {_told(refused)}"
        return Edited(stands, sources, count if refused else None)

    def _fault(
        self, draft: Draft, written: Written | None, offered: Offered, seen: Material, said: list[str]
    ) -> Reason | None:
        """Why a piece of the model can't stand, None where it can."""
        if written is None or not _formed(written, draft.fields):
            return "form"
        if not written.sources or not set(written.sources) <= set(offered.sources):
            return "source"
        if claims.wrong_language(" ".join(written.texts.values()), self._setting.language):
            return "language"
        ground = self._ground(draft, written, offered, seen)
        for name, text in written.texts.items():
            if reason := claims.unsound(text, ground, draft.fields[name].demand):
                return reason
        if self._heard(written.texts[draft.once], said, ground):
            return "repeat"
        return draft.also(offered.place, written.texts)

    def _heard(self, question: str, said: list[str], ground: Ground) -> bool:
        """Was it asked before? What the sources themselves leave as a question may be taken up again."""
        asked = stems(question)
        alike = (other for other in said if jaccard(asked, stems(other)) >= _ALIKE)
        return any(plain(other).rstrip("?") not in ground.text for other in alike)

    def _ground(self, draft: Draft, written: Written, offered: Offered, seen: Material) -> Ground:
        """What a piece rests on: the sources that it cites, and the built-in writer's own words for it."""
        own = draft.pieces[offered.place].sources
        cited = [seen.sources[key] for key in dict.fromkeys([*written.sources, *own])]
        dates = [self._dates.date(s.date) for s in cited if s.date]
        made = [c for c in self._setting.story.commitments if set(c.sources) & set(cited)]
        vows = tuple(Vow(stems(c.text), c.owner) for c in made)
        texts = [*offered.texts.values(), *(s.quote for s in cited), *dates]
        mentors = (self._setting.mentor, *self._setting.fellows)
        known = frozenset().union(*map(spellings, mentors))
        return Ground("\n".join(texts), vows, known, spellings(self._setting.mentee))


def schema(draft: Draft, seen: Material) -> dict[str, Any]:
    """The form of the answer: every piece once, and for each the keys that it may cite and no other."""
    texts = {name: {"type": "string"} for name in draft.fields}

    def piece(offered: Offered) -> dict[str, Any]:
        keys = {"type": "array", "items": {"type": "string", "enum": list(offered.sources)}}
        return _object({**texts, "sources": keys})

    return _object({offered.key: piece(offered) for offered in seen.pieces})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _answers(found: object, draft: Draft, seen: Material) -> Answers:
    """The pieces of an answer, None for one that is not as it should be; raises Misshapen where none is."""
    if not isinstance(found, dict):
        raise Misshapen
    answers = {offered.key: _written(found.get(offered.key), draft.fields) for offered in seen.pieces}
    if not any(answers.values()):
        raise Misshapen
    return answers


def _written(found: object, fields: dict[str, Field]) -> Written | None:
    if not isinstance(found, dict) or not isinstance(found.get("sources"), list):
        return None
    texts = {name: found.get(name) for name in fields}
    if not all(isinstance(text, str) for text in (*texts.values(), *found["sources"])):
        return None
    return Written({name: str(text).strip() for name, text in texts.items()}, tuple(dict.fromkeys(found["sources"])))


def _formed(written: Written, fields: dict[str, Field]) -> bool:
    lengths = all(3 <= len(text) <= fields[name].most for name, text in written.texts.items())
    questions = (text for name, text in written.texts.items() if fields[name].asks)
    return lengths and all(text.rstrip("”\"'’)").endswith("?") for text in questions)


def _nothing(why: str) -> Edited:
    return Edited({}, {}, f"{why} (the built-in writer wrote this)")


def _told(refused: Counter[Reason]) -> str:
    return ", ".join(f"{count} {_REASONS[reason]}" for reason, count in refused.most_common())


def first(person: Person) -> str:
    """The first name."""
    return person.name.split()[0]


def spellings(person: Person) -> frozenset[str]:
    """The words of all names of a person, folded."""
    return frozenset(word for name in person.names for word in words(name) if len(word) > 1)
