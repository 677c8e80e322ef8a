"""`prep followup` and `prep invite`: the mail of the day after, and the next session in a calendar."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from assistant.cli.common import (
    AsOption,
    JsonOption,
    LanguageOption,
    OfflineOption,
    ProgrammeOption,
    TodayOption,
    WordsArgument,
    check_form,
    deliver,
    open_pair,
    warn,
)
from assistant.errors import Usage

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.drafts import Followup


def register(app: typer.Typer) -> None:
    app.command("followup")(followup)
    app.command("invite")(invite)


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
    me: AsOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """The mail after the last session: thanks, what you agreed, one question, the next date. Nothing is sent."""
    from assistant import letters
    from assistant.render import letter

    if sender not in ("mentor", "mentee"):
        raise Usage("--from must be mentor or mentee")
    check_form(language, out, (".eml", ".txt", ".md", ".json"))
    desk = open_pair(programme, pair, today, offline, me)
    mail = letters.followup(desk, cast(Literal["mentor", "mentee"], sender), language or desk.pair.language, discreet)
    _for_the_author(mail)
    forms = {
        ".eml": lambda: _eml(desk, mail),
        ".txt": lambda: letter.text(mail),
        ".md": lambda: letter.markdown(mail),
    }
    deliver(desk, mail, out, json, forms, lambda: print(letter.text(mail), end=""))


def _eml(desk: Desk, mail: Followup) -> str:
    """The mail as a draft: of a panel from whoever writes it, with the others in copy; to all of it from the mentee."""
    from assistant.render import letter

    pair = desk.pair
    if mail.from_ == "mentee":
        return letter.eml(mail, pair.mentee, *pair.mentors)
    if not pair.is_panel:
        return letter.eml(mail, pair.mentor, pair.mentee)
    writer = next((mentor for mentor in pair.mentors if mentor.name == desk.reader), None)
    return letter.eml(mail, writer, pair.mentee, copies=[mentor for mentor in pair.mentors if mentor is not writer])


def _for_the_author(mail: Followup) -> None:
    """Say on stderr what is for the sender alone: doubts, and what was left out."""
    warn(list(mail.warnings))
    if mail.withheld.count and not mail.discreet:
        some = "1 promise is" if mail.withheld.count == 1 else f"{mail.withheld.count} promises are"
        warn([f"{some} told without what it is about, not being for an inbox; see `prep commitments {mail.pair}`"])


def invite(
    pair: WordsArgument = None,
    time: Annotated[str | None, typer.Option("--time", help="When it begins, HH:MM; without it the whole day.")] = None,
    zone: Annotated[
        str | None,
        typer.Option("--zone", help="Time zone, as in Europe/Amsterdam (else prep.toml, else this machine's)."),
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", help="Length (else pair.toml, house rules, 60).", min=5, max=480)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write to this file (.ics); else PAIR-DATE.ics in this folder.")
    ] = None,
    language: LanguageOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """A calendar file for the next planned session, with nothing in it that others may not see."""
    from assistant import letters, pipeline
    from assistant.render import calendar
    from assistant.zones import is_zone

    if zone is not None and not is_zone(zone):
        raise Usage("--zone is no time zone; write it as in Europe/Amsterdam")
    check_form(language, out, (".ics", ".json"))
    begins = _time(time)
    desk = open_pair(programme, pair, today, offline)
    length = minutes or pipeline.session_minutes(desk)
    event = letters.invitation(desk, language or desk.pair.language, length, begins, zone)
    warn(desk.warnings)
    path = out or Path(f"{desk.pair.slug}-{event.date}.ics")
    deliver(desk, event, path, json, {".ics": lambda: calendar.ics(event, dt.datetime.now(dt.UTC))}, lambda: None)
    if not json:
        begin = (
            f"{event.start:%H:%M} {event.zone}, {length} minutes" if event.start else "the whole day; add --time HH:MM"
        )
        print(f"Wrote {path}: {event.date}, {begin}")


def _time(text: str | None) -> dt.time | None:
    """A time as typed; raises Usage."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Usage("--time must be a time of the day, HH:MM")
    return dt.time(int(match[1]), int(match[2]))
