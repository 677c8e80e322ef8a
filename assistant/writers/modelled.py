"""The writer with a model: the built-in writer's agenda, each item written anew where what comes back can stand.

Items, minutes, promises and their order are the built-in writer's. What a check refuses, or the model may not read,
stays as the built-in writer wrote it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from assistant import prompts
from assistant.briefing import Brief
from assistant.drafts import Agenda, Item
from assistant.endpoint.faults import Fault
from assistant.endpoint.ladder import Ladder, Misshapen, Task
from assistant.errors import ModelFailed, Refused, Unusable
from assistant.prompts import AgendaPhrases
from assistant.records import Level, Person, Readable, Source
from assistant.words import jaccard, stems, words
from assistant.writers import claims
from assistant.writers.claims import Demand, Ground, Reason, Vow
from assistant.writers.material import Material, Offered, material, plain

_LENGTHS = {"title": 140, "why": 500, "question": 350, "extra_question": 350}
# A question goes on from its sources, so it may hold more that is new than what tells of them.
_DEMANDS = {
    "title": Demand(1, 1, 0.5, "nobody", "mentor"),
    "why": Demand(5, 2, 0.45, "nobody", "mentor"),
    "question": Demand(4, 1, 0.25, "mentor", "mentee"),
    "extra_question": Demand(3, 0, 0.0, "mentor", "mentee"),
}
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
    "repeat": "asked before",
}


class Written(Struct, frozen=True):
    """One item as the model wrote it."""

    title: str
    why: str
    question: str
    extra_question: str
    sources: list[str]


Answers = dict[str, Written | None]


class Writer:
    """Writes one agenda anew: `agenda`, which is the built-in writer's. `may_read` says what the model may see."""

    def __init__(
        self,
        brief: Brief,
        agenda: Agenda,
        readable: Readable,
        phrases: AgendaPhrases,
        override: Path | None,
        may_read: Callable[[Level], bool],
    ) -> None:
        self._brief, self._plain, self._readable, self._phrases = brief, agenda, readable, phrases
        self._override, self._may_read = override, may_read
        self._names = {"mentor": _first(brief.pair.mentor), "mentee": _first(brief.pair.mentee)}

    def task(self) -> Task | None:
        """What the model would be asked first, None where there is nothing for it."""
        seen = self._material(context=True)
        return self._task(seen) if seen.items else None

    def write(self, ladder: Ladder, say: Callable[[str], None]) -> Agenda:
        """The agenda with what the model wrote; the built-in one with a warning where nothing of it can stand."""
        try:
            return self._written(ladder, say)
        except (ModelFailed, Refused, Unusable) as error:
            return self._fallback(str(error))

    def _written(self, ladder: Ladder, say: Callable[[str], None]) -> Agenda:
        seen = self._material(context=True)
        if not seen.items:
            return self._fallback("there is nothing here that a model may read and write anew")
        try:
            answers = ladder.ask(self._task(seen), lambda found: _answers(found, seen))
        except Fault as failed:
            if failed.kind != "context":
                raise
            say("the notes are longer than the model reads at once; leaving out what stands around the sources")
            seen = self._material(context=False)
            answers = ladder.ask(self._task(seen), lambda found: _answers(found, seen))
        return self._merged(seen, answers)

    def _fallback(self, why: str) -> Agenda:
        warning = f"{why} (the built-in writer made this agenda)"
        return msgspec.structs.replace(self._plain, warnings=(warning, *self._plain.warnings))

    # -- what it is asked --

    def _material(self, context: bool) -> Material:
        leads = {side: text.format(**self._names) for side, text in self._phrases.leads.items()}
        return material(self._plain, self._readable, self._may_read, leads, context)

    def _task(self, seen: Material) -> Task:
        calendar, phrases, today = self._brief.calendar, self._phrases, self._brief.today
        session = {
            "number": calendar.number,
            "stage": phrases.stages[calendar.stage],
            "state": phrases.states[calendar.momentum.state],
            "minutes": self._brief.minutes,
            "last": phrases.date(calendar.last_held, today) if calendar.last_held else "",
        }
        values: dict[str, object] = {
            "mentor": plain(self._names["mentor"]),
            "mentee": plain(self._names["mentee"]),
            "today": phrases.date(today),
            "session": session,
            "items": seen.items,
            "sources": seen.lines(self._date),
            "asked": self._asked(),
        }
        prompt = prompts.model_prompt("agenda.model", self._brief.language, self._override, values)
        audience = self._brief.audience
        name = f"{prompt.id}/{prompt.version}"
        return Task(name, audience.value, prompt.rules, prompt.data, prompt.repair, prompt.schema, schema(seen))

    def _date(self, source: Source) -> str:
        return f"{self._phrases.date(source.date)} | " if source.date else ""

    def _asked(self) -> list[str]:
        """The questions that were asked lately, as far as the model may read them."""
        readable = [q.text for q in self._brief.story.questions if self._may_read(q.source.level)]
        return [plain(text) for text in readable[-_ASKED:]]

    # -- what comes of it --

    def _merged(self, seen: Material, answers: Answers) -> Agenda:
        items, refused = list(self._plain.items), Counter[Reason]()
        said = list(self._brief.asked)
        cited: set[str] = set()
        for offered in seen.items:
            written = answers.get(offered.key)
            reason = self._fault(written, offered, seen, said)
            if written is None or reason is not None:
                refused[reason or "form"] += 1
                continue
            items[offered.place] = self._item(items[offered.place], written)
            said.append(written.question)
            cited.update(written.sources)
        if len(seen.items) == refused.total():
            return self._fallback(f"nothing of what the model wrote can stand: {_told(refused)}")
        sources = {key: s for key, s in seen.sources.items() if key in self._plain.sources or key in cited}
        warnings = list(self._plain.warnings)
        if refused:
            warnings.insert(
                0, f"{refused.total()} of {len(seen.items)} items are the built-in writer's: {_told(refused)}"
            )
        return msgspec.structs.replace(
            self._plain, writer="model", items=tuple(items), sources=sources, warnings=tuple(warnings)
        )

    def _item(self, item: Item, written: Written) -> Item:
        return msgspec.structs.replace(
            item,
            title=written.title.strip(),
            why=written.why.strip(),
            question=written.question.strip(),
            extra_question=written.extra_question.strip(),
            sources=tuple(dict.fromkeys([*item.sources, *written.sources])),
        )

    def _fault(self, written: Written | None, offered: Offered, seen: Material, said: list[str]) -> Reason | None:
        """Why an item of the model can't stand, None where it can."""
        if written is None or not _formed(written):
            return "form"
        if not written.sources or not set(written.sources) <= set(offered.sources):
            return "source"
        texts = {name: getattr(written, name).strip() for name in _LENGTHS}
        if claims.wrong_language(" ".join(texts.values()), self._brief.language):
            return "language"
        ground = self._ground(written, offered, seen)
        for name, text in texts.items():
            if reason := claims.unsound(text, ground, _DEMANDS[name]):
                return reason
        return "repeat" if self._heard(written.question, said, ground) else None

    def _heard(self, question: str, said: list[str], ground: Ground) -> bool:
        """Was it asked before? What the sources themselves leave as a question may be taken up again."""
        asked = stems(question)
        alike = (other for other in said if jaccard(asked, stems(other)) >= _ALIKE)
        return any(plain(other).rstrip("?") not in ground.text for other in alike)

    def _ground(self, written: Written, offered: Offered, seen: Material) -> Ground:
        """What the item rests on: the sources that it cites, and the built-in writer's own words for it."""
        cited = [seen.sources[key] for key in dict.fromkeys([*written.sources, *self._own(offered)])]
        dates = [self._phrases.date(s.date) for s in cited if s.date]
        texts = [
            offered.title,
            offered.why,
            offered.question,
            offered.extra_question,
            *(s.quote for s in cited),
            *dates,
        ]
        made = [c for c in self._brief.story.commitments if set(c.sources) & set(cited)]
        vows = tuple(Vow(stems(c.text), c.owner) for c in made)
        pair = self._brief.pair
        return Ground("\n".join(texts), vows, _spellings(pair.mentor), _spellings(pair.mentee))

    def _own(self, offered: Offered) -> tuple[str, ...]:
        """The keys that the built-in writer's item cites, from whose words it is made."""
        return self._plain.items[offered.place].sources


def schema(seen: Material) -> dict[str, Any]:
    """The form of the answer: every item once, and for each the keys that it may cite and no other."""
    texts = {name: {"type": "string"} for name in _LENGTHS}

    def item(offered: Offered) -> dict[str, Any]:
        keys = {"type": "array", "items": {"type": "string", "enum": list(offered.sources)}}
        return _object({**texts, "sources": keys})

    return _object({offered.key: item(offered) for offered in seen.items})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _answers(found: object, seen: Material) -> Answers:
    """The items of an answer, None for one that is not as it should be; raises Misshapen where none is."""
    if not isinstance(found, dict):
        raise Misshapen
    answers: Answers = {}
    for offered in seen.items:
        try:
            answers[offered.key] = msgspec.convert(found.get(offered.key), Written)
        except msgspec.ValidationError:
            answers[offered.key] = None
    if not any(answers.values()):
        raise Misshapen
    return answers


def _formed(written: Written) -> bool:
    texts = {name: getattr(written, name).strip() for name in _LENGTHS}
    if any(not 3 <= len(text) <= _LENGTHS[name] for name, text in texts.items()):
        return False
    return all(texts[name].rstrip("”\"'’)").endswith("?") for name in ("question", "extra_question"))


def _told(refused: Counter[Reason]) -> str:
    return ", ".join(f"{count} {_REASONS[reason]}" for reason, count in refused.most_common())


def _first(person: Person) -> str:
    return person.name.split()[0]


def _spellings(person: Person) -> frozenset[str]:
    return frozenset(word for name in person.names for word in words(name) if len(word) > 1)
