"""`prep handover`: for a new mentor what the mentee agrees to pass on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import (
    JsonOption,
    LanguageOption,
    OfflineOption,
    OutOption,
    ProgrammeOption,
    TodayOption,
    WordsArgument,
    check_form,
    deliver,
    open_pair,
    warn,
)
from assistant.errors import Refused, Usage

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.drafts import Handover
    from assistant.handovers import Handing


def register(app: typer.Typer) -> None:
    app.command("handover")(handover)


def handover(
    pair: WordsArgument = None,
    propose: Annotated[bool, typer.Option("--propose", help="List what could be passed on, for your eyes.")] = False,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="ID,ID", help="The mentee agrees to pass these lines on.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="The mentee agrees to pass all of it on.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who agrees (else the mentee).")] = None,
    out: OutOption = None,
    language: LanguageOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """For a new mentor: the rhythm, the subjects and the open promises that the mentee agrees to pass on."""
    from assistant import pipeline
    from assistant.handovers import Handing

    if propose + yes + (accept is not None) > 1:
        raise Usage("--propose shows what can be passed on, --accept and --yes pass it on; give one of them")
    if propose and out is not None and out.suffix != ".json":
        raise Usage("what is only proposed is written as .json; the other forms hold what the mentee agreed to")
    check_form(language, out)
    desk = open_pair(programme, pair, today, offline)
    handing = Handing(desk, language or desk.pair.language, pipeline.session_minutes(desk))
    warn(desk.warnings)
    if propose:
        _deliver(desk, handing.proposed(), out, json)
        return
    person, asked = by or desk.pair.mentee.name, accept is None and not yes
    agreed = _tick(handing, person) if asked else _agreed(handing, accept)
    if agreed is not None:
        done = handing.released(agreed, person)
        print(f"prep: kept as {done.release.path}, agreed to by {person}", file=sys.stderr)  # type: ignore[union-attr]
        _deliver(desk, done, out, json, shown=asked)


def _agreed(handing: Handing, accept: str | None) -> list[str]:
    """The lines that are agreed to beforehand: those of some ids, else all."""
    if accept is None:
        return [line.id for line in handing.lines]
    return [id for id in accept.replace(" ", "").split(",") if id]


def _tick(handing: Handing, person: str) -> list[str] | None:
    """On a terminal, best with the mentee beside it: tick, read, agree. None where it is not agreed to.

    Refused where nobody is there to ask.
    """
    from assistant.cli.summaries import chosen

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "a handover needs the mentee's consent: look at --propose together, then --accept ID,ID, or --yes for all"
        )
    for number, line in enumerate(handing.lines, 1):
        heading = handing.heading(line.part)
        if number == 1 or handing.heading(handing.lines[number - 2].part) != heading:
            print(f"\n{heading}")
        print(f"{number:3}  {line.text}")
    picked = chosen(list(handing.lines), "\nWhat may be passed on? Numbers, or Enter for the rhythm alone")
    ids = [line.id for line in picked]
    print(f"\n{handing.preview(ids, person)}")
    if typer.confirm(f"Does {person} agree to pass this on?", default=False):
        return ids
    print("prep: nothing was passed on", file=sys.stderr)
    return None


def _deliver(desk: Desk, handed: Handover, out: Path | None, json: bool, shown: bool = False) -> None:
    """Print or write a handover, or what could be in one; `shown` says that it stands on the screen already."""

    from assistant.render import terminal
    from assistant.render.summary import text_page

    def show() -> None:
        if handed.text and not shown:
            terminal.page(handed.text)
        for line in [] if handed.text else handed.lines:
            print(f"{line.id}  {line.part:8} {line.text}")

    if handed.withheld.count:
        lines = "1 line is" if handed.withheld.count == 1 else f"{handed.withheld.count} lines are"
        warn([f"{lines} left out, not being for others; see `prep commitments {handed.pair}`"])
    forms = {".md": lambda: handed.text, ".html": lambda: text_page(handed.text, handed.language)}
    deliver(desk, handed, out, json, forms, show)
