"""`prep followup`: the mail of the day after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from assistant.cli.common import (
    JsonOption,
    LanguageOption,
    OfflineOption,
    ProgrammeOption,
    TodayOption,
    WordsArgument,
    check_form,
    deliver,
    no_more,
    open_desk,
    warn,
)
from assistant.errors import Usage

if TYPE_CHECKING:
    from assistant.drafts import Followup


def register(app: typer.Typer) -> None:
    app.command("followup")(followup)


def followup(
    pair: WordsArgument = None,
    sender: Annotated[str, typer.Option("--from", help="Who writes: mentor or mentee.")] = "mentor",
    discreet: Annotated[bool, typer.Option("--discreet", help="Leave out what it was about.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write to this file: .eml opens as a draft, or .txt, .md, .json.")
    ] = None,
    language: LanguageOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """The mail after the last session: thanks, what you agreed, one question, the next date. Nothing is sent."""
    from assistant import letters
    from assistant.render import letter

    if sender not in ("mentor", "mentee"):
        raise Usage("--from must be mentor or mentee")
    if out is not None and out.suffix not in (".eml", ".txt", ".md", ".json"):
        raise Usage("--out must end in .eml, .txt, .md or .json")
    check_form(language, None)
    desk, rest = open_desk(programme, pair, today, offline)
    no_more(rest, desk.folder)
    mail = letters.followup(desk, cast(Literal["mentor", "mentee"], sender), language or desk.pair.language, discreet)
    _for_the_author(mail)
    people = (desk.pair.mentor, desk.pair.mentee) if sender == "mentor" else (desk.pair.mentee, desk.pair.mentor)
    forms = {
        ".eml": lambda: letter.eml(mail, *people),
        ".txt": lambda: letter.text(mail),
        ".md": lambda: letter.markdown(mail),
    }
    deliver(desk, mail, out, json, forms, lambda: print(letter.text(mail), end=""))


def _for_the_author(mail: Followup) -> None:
    """Say on stderr what is for the sender alone: doubts, and what was left out."""
    warn(list(mail.warnings))
    if mail.withheld.count and not mail.discreet:
        left = "1 promise is" if mail.withheld.count == 1 else f"{mail.withheld.count} promises are"
        warn([f"{left} left out, not being for an inbox; see `prep commitments {mail.pair}`"])
