"""Agendas and lists of questions with what a model wrote in the place of the built-in writer's texts."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import msgspec

from assistant.drafts import Agenda, Questions
from assistant.writers import balance
from assistant.writers.claims import Demand
from assistant.writers.material import Piece
from assistant.writers.modelled import Draft, Edited, Field, Written

# A question goes on from its sources, so it may hold more that is new than what tells of them.
_TITLE = Field(140, Demand(1, 1, 0.4, "nobody", "mentor"))
_WHY = Field(500, Demand(5, 2, 0.45, "nobody", "mentor"))
_QUESTION = Field(350, Demand(4, 1, 0.2, "mentor", "mentee"), asks=True)
_DEEPER = Field(350, Demand(3, 0, 0.0, "mentor", "mentee"), asks=True)
_AGENDA = {"title": _TITLE, "why": _WHY, "question": _QUESTION, "extra_question": _DEEPER}
_QUESTIONS = {"question": _QUESTION, "why": _WHY, "follow_up": _DEEPER}


class Phrases(Protocol):
    """What a prompt calls a stage and a state."""

    stages: dict[str, str]
    states: dict[str, str]

    def date(self, day: dt.date, beside: dt.date | None = None) -> str: ...


def occasion(draft: Agenda | Questions, phrases: Phrases, today: dt.date) -> dict[str, object]:
    """What a prompt is told of the session that a draft is for."""
    session = draft.session
    told = {
        "number": session.number,
        "stage": phrases.stages[session.stage],
        "state": phrases.states[draft.momentum.state],
        "minutes": session.minutes,
        "last": phrases.date(session.last_held, today) if session.last_held else "",
    }
    return {"session": told}


def agenda_draft(agenda: Agenda, leads: dict[str, str], told: dict[str, object]) -> Draft:
    """An agenda for a model; `leads` says who leads, by side."""
    pieces = tuple(
        Piece(
            {"kind": item.kind, "minutes": str(item.minutes), "lead": leads[item.lead]},
            {name: getattr(item, name) for name in _AGENDA},
            item.sources,
        )
        for item in agenda.items
    )
    return Draft("agenda.model", _AGENDA, "question", pieces, agenda.sources, told)


def agenda(plain: Agenda, edited: Edited) -> Agenda:
    """The agenda with what can stand of what a model wrote."""
    if not edited.pieces:
        return msgspec.structs.replace(plain, warnings=_warnings(plain.warnings, edited))
    items = list(plain.items)
    for place, written in edited.pieces.items():
        sources = _sources(items[place].sources, written)
        items[place] = msgspec.structs.replace(items[place], sources=sources, **written.texts)
    return msgspec.structs.replace(
        plain,
        writer="model",
        items=tuple(items),
        balance=balance.weigh(tuple(items)),
        sources=edited.sources,
        warnings=_warnings(plain.warnings, edited),
    )


def questions_draft(draft: Questions, categories: dict[str, str], told: dict[str, object]) -> Draft:
    """A list of questions for a model; `categories` are their names."""
    pieces = tuple(
        Piece(
            {"category": categories.get(idea.category, idea.category), "depth": str(idea.depth)},
            {"question": idea.text, "why": idea.why, "follow_up": next(iter(idea.follow_ups), "")},
            idea.sources,
        )
        for idea in draft.questions
    )
    return Draft("questions.model", _QUESTIONS, "question", pieces, draft.sources, told)


def questions(plain: Questions, edited: Edited) -> Questions:
    """The list with what can stand of what a model wrote."""
    warnings = _warnings(plain.warnings, edited)
    if not edited.pieces:
        return msgspec.structs.replace(plain, warnings=warnings)
    ideas = list(plain.questions)
    for place, written in edited.pieces.items():
        ideas[place] = msgspec.structs.replace(
            ideas[place],
            text=written.texts["question"],
            why=written.texts["why"],
            follow_ups=(written.texts["follow_up"],),
            sources=_sources(ideas[place].sources, written),
        )
    return msgspec.structs.replace(
        plain, writer="model", questions=tuple(ideas), sources=edited.sources, warnings=warnings
    )


def _sources(own: tuple[str, ...], written: Written) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *written.sources]))


def _warnings(own: tuple[str, ...], edited: Edited) -> tuple[str, ...]:
    return (edited.warning, *own) if edited.warning else own
