"""`prep questions`: questions for this pair, now, or the one question that goes a level deeper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import (
    AsOption,
    JsonOption,
    LanguageOption,
    OfflineOption,
    OutOption,
    ProgrammeOption,
    ShowPromptOption,
    TodayOption,
    check_form,
    deliver,
    open_desk,
    warn,
    whose_own,
)
from assistant.cli.modelling import model_of, show_request
from assistant.errors import Usage

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.drafts import Questions

_USUAL, _MOST = 7, 50

WordsOfTopic = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PAIR] [TOPIC]", help="The pair, if there is more than one, and what the questions are about."
    ),
]


def register(app: typer.Typer) -> None:
    app.command("questions")(questions)


def questions(
    words: WordsOfTopic = None,
    number: Annotated[
        int | None, typer.Option("-n", "--number", help=f"How many questions ({_USUAL}; with --extra 1).")
    ] = None,
    extra: Annotated[
        bool, typer.Option("--extra", help="The one question that goes a level deeper than what was said.")
    ] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Hard questions too, however early it is.")] = False,
    audience: Annotated[
        str, typer.Option("--for", help="pair, or own: then it also draws on your own notes to yourself.")
    ] = "pair",
    out: OutOption = None,
    language: LanguageOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    me: AsOption = None,
    show_prompt: ShowPromptOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """Questions to ask, built on what you two said and left open; a TOPIC narrows them."""
    from assistant import pipeline
    from assistant.records import Audience

    if audience not in ("pair", "own"):
        raise Usage("--for must be pair or own; what others may know makes no questions")
    if number is not None and not 1 <= number <= _MOST:
        raise Usage(f"-n must be from 1 to {_MOST}")
    check_form(language, out)
    desk, rest = open_desk(programme, words, today, offline or show_prompt, me)
    if audience == "own":
        whose_own(desk)
    count = number or (1 if extra else _USUAL)
    topic = " ".join(" ".join(rest).split()) or None
    spoken = language or desk.pair.language
    wanted = (desk, Audience(audience), spoken, pipeline.Asking(count, topic, deep, extra))
    if show_prompt:
        show_request(desk, offline, lambda model: pipeline.questions_request(*wanted, model))
        return
    draft = pipeline.questions(*wanted, model_of(desk))
    warn([warning for warning in draft.warnings if warning != draft.notice])
    _print(desk, draft, out, json)


def _print(desk: Desk, draft: Questions, out: Path | None, json: bool) -> None:
    from assistant import pipeline
    from assistant.render.questions import shown

    phrases = pipeline.question_phrases(desk, draft.language)
    ready = shown(draft, phrases, desk.pair.mentee.name.split()[0], desk.today)
    from assistant.render import html, markdown, terminal

    forms = {".md": lambda: markdown.questions(ready), ".html": lambda: html.questions(ready)}
    deliver(desk, draft, out, json, forms, lambda: terminal.questions(ready))
