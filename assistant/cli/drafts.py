"""`prep next-session`: the main job."""

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
    WordsArgument,
    check_form,
    deliver,
    open_pair,
    warn,
    whose_own,
)
from assistant.cli.modelling import model_of, show_request
from assistant.errors import Unusable, Usage

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.drafts import Agenda
    from assistant.render.agenda import Shown


def register(app: typer.Typer) -> None:
    app.command("next-session")(next_session)


def next_session(
    pair: WordsArgument = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", help="Length of the session (else pair.toml, house rules, 60).")
    ] = None,
    audience: Annotated[
        str, typer.Option("--for", help="pair, or own: then it also draws on your own notes to yourself.")
    ] = "pair",
    for_mentee: Annotated[
        bool, typer.Option("--for-mentee", help="The mentee's page instead: what to expect, not to fear, to bring.")
    ] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="Do not keep the agenda under drafts/.")] = False,
    out: OutOption = None,
    language: LanguageOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    me: AsOption = None,
    show_prompt: ShowPromptOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """The agenda of the next session, from what you two said, promised and left open."""
    from assistant import pipeline
    from assistant.records import Audience

    if audience not in ("pair", "own"):
        raise Usage("--for must be pair or own; what others may know is not an agenda")
    if for_mentee and audience == "own":
        raise Usage("--for-mentee draws on nothing of your own; leave out --for own")
    if minutes is not None and not 5 <= minutes <= 480:
        raise Usage("--minutes must be from 5 to 480")
    check_form(language, out)
    desk = open_pair(programme, pair, today, offline or show_prompt, me)
    if audience == "own":
        whose_own(desk)
    name = f"{desk.calendar.next_planned or desk.today}-agenda"
    wanted = (desk, Audience(audience), language or desk.pair.language, minutes, name)
    if for_mentee:
        _for_mentee(desk, language or desk.pair.language, minutes, name, out, json)
        return
    if show_prompt:
        show_request(desk, offline, lambda model: pipeline.agenda_request(*wanted, model))
        return
    agenda = pipeline.agenda(*wanted, model_of(desk))
    warn(list(agenda.warnings))
    shown = _shown(desk, agenda)
    if not no_save and audience == "pair":
        _keep(desk, name, shown)
    _print(desk, agenda, shown, out, json)


def _shown(desk: Desk, agenda: Agenda) -> Shown:
    from assistant import pipeline
    from assistant.render.agenda import shown

    phrases = pipeline.phrases(desk, agenda.language)
    return shown(agenda, phrases, desk.pair, desk.today)


def _keep(desk: Desk, name: str, shown: Shown) -> None:
    """Save under drafts/; a disk that refuses is a warning, since the agenda itself is there."""
    from assistant.programme.saved import save_draft
    from assistant.render import markdown

    try:
        save_draft(desk.folder, desk.pair.slug, name, markdown.agenda(shown))
    except Unusable as error:
        warn([f"the agenda was not saved: {error}"])


def _print(desk: Desk, agenda: Agenda, shown: Shown, out: Path | None, json: bool) -> None:
    from assistant.render import html, markdown, terminal

    forms = {".md": lambda: markdown.agenda(shown), ".html": lambda: html.agenda(shown)}
    deliver(desk, agenda, out, json, forms, lambda: terminal.agenda(shown))


def _for_mentee(desk: Desk, language: str, minutes: int | None, name: str, out: Path | None, json: bool) -> None:
    """The page that the mentee reads; it is not kept, since drafts are what the mentor reads."""
    from assistant import pipeline
    from assistant.render import html, markdown, mentee, terminal

    page = pipeline.for_mentee(desk, language, minutes, name)
    warn(list(page.warnings))
    phrases = pipeline.mentee_phrases(desk, language)
    shown = mentee.shown(page, phrases, desk.pair.mentee.name.split()[0])
    forms = {".md": lambda: markdown.mentee(shown), ".html": lambda: html.mentee(shown)}
    deliver(desk, page, out, json, forms, lambda: terminal.mentee(shown))
