"""`prep summarise` and `prep withdraw`: what of a session is told, to whom, and how a line is taken back."""

from __future__ import annotations

import getpass
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

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
    day,
    deliver,
    emit,
    no_more,
    open_desk,
    warn,
    whose_own,
)
from assistant.cli.modelling import model_of, show_request
from assistant.errors import NothingToDraft, Unusable, Usage

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.drafts import Summary
    from assistant.records import Audience, Note
    from assistant.sharing import Sharing

T = TypeVar("T")
ByOption = Annotated[
    str | None,
    typer.Option("--by", help="Who approves (default: the name you are logged in with); of a panel all its mentors."),
]


def register(app: typer.Typer) -> None:
    app.command("summarise")(summarise)
    app.command("summarize", hidden=True)(summarise)
    app.command("withdraw")(withdraw)


def summarise(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PAIR] [DATE]", help="The pair, and the day of a session held (else the last)."),
    ] = None,
    audience: Annotated[
        str | None, typer.Option("--for", metavar="AUDIENCE", help="own, pair, programme or organisation. No default.")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="List sentences you could add, each with its source; on a terminal, tick.")
    ] = False,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="ID,ID", help="Add these proposals, and release the summary.")
    ] = None,
    by: ByOption = None,
    out: OutOption = None,
    language: LanguageOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    me: AsOption = None,
    show_prompt: ShowPromptOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """The summary of a session held. Beyond the pair it tells only what was marked, themes, and facts of process."""
    from assistant import recaps
    from assistant.records import Audience
    from assistant.sharing import Sharing

    reader = _reader(audience, propose, accept)
    if show_prompt and (propose or accept is not None):
        raise Usage("--show-prompt goes without --propose and --accept: what people tick is told in their own words")
    check_form(language, out)
    desk, rest = open_desk(programme, words, today, offline or show_prompt, me)
    if audience == "own":
        whose_own(desk)
    session = _session(desk, rest)
    spoken = language or desk.pair.language
    if reader in (Audience.OWN, Audience.PAIR):
        wanted = (desk, session, reader, spoken)
        if show_prompt:
            show_request(desk, offline, lambda model: recaps.recap_request(*wanted, model))
        else:
            _tell(desk, recaps.recapped(*wanted, model_of(desk)), out, json)
        return
    sharing = Sharing(desk, session, reader, spoken)
    if show_prompt:
        show_request(desk, offline, sharing.request)
    elif accept is not None:
        ids = [id for id in accept.replace(" ", "").split(",") if id]
        _tell(desk, sharing.released(sharing.chosen(ids), by or getpass.getuser()), out, json)
    elif not propose:
        model = model_of(desk)
        _tell(desk, sharing.modelled(model) if model else sharing.summary(), out, json)
    elif json or out is not None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _tell(desk, sharing.proposing(), out, json)
    else:
        _tick(desk, sharing, by)


def _reader(audience: str | None, propose: bool, accept: str | None) -> Audience:
    """The audience as typed; Usage where there is none, or none that the other options go with."""
    from assistant.records import Audience

    known = [a.value for a in Audience]
    if audience is None:
        raise Usage(f"--for AUDIENCE is missing, and there is no default: who will read it? One of {', '.join(known)}")
    if audience not in known:
        raise Usage(f"--for must be one of {', '.join(known)}")
    if (propose or accept is not None) and audience not in ("programme", "organisation"):
        raise Usage("--propose and --accept go with --for programme or organisation; the pair reads everything anyway")
    if propose and accept is not None:
        raise Usage("--propose shows what can be added, --accept adds it; give one of the two")
    return Audience(audience)


def _session(desk: Desk, rest: list[str]) -> Note:
    """The session that is meant: the last one held, or that of a day; raises NothingToDraft."""
    held = desk.held()
    if not held:
        raise NothingToDraft(f"{desk.pair.slug} has held no session yet, so there is nothing to summarise")
    if not rest:
        return held[-1]
    no_more(rest[1:], desk.folder)
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:-(\d+))?(?:\.md)?", rest[0])
    if match is None:
        raise Unusable(f"{rest[0]!r} is neither a pair of this programme nor a day; write a day as YYYY-MM-DD")
    asked, number = day(match[1]), int(match[2]) if match[2] else None
    of_day = [n for n in held if n.date == asked and (number in (None, n.nth) or _has(desk.notes_of(n), number))]
    if not of_day:
        days = ", ".join(str(n.date) for n in held)
        raise NothingToDraft(f"{desk.pair.slug} held no session on {asked}; it held one on {days}")
    return of_day[-1]


def _has(paths: tuple[str, ...], number: int | None) -> bool:
    """Is the note of that number on its day among these, which in a panel may be of one session?"""
    return any(path.endswith(f"-{number}.md") and len(path.rsplit("/", 1)[-1]) > len("2026-02-03.md") for path in paths)


def _tell(desk: Desk, summary: Summary, out: Path | None, json: bool) -> None:
    """Print or write a summary, and say on stderr what is for the author alone."""
    _for_the_author(desk, summary)
    from assistant.render import terminal
    from assistant.render.summary import html, shown

    forms = {".md": lambda: summary.text, ".html": lambda: html(summary)}
    deliver(desk, summary, out, json, forms, lambda: terminal.page(shown(summary)))


def _for_the_author(desk: Desk, summary: Summary) -> None:
    import msgspec

    from assistant.privacy.audit import REASONS

    warn(list(dict.fromkeys([*summary.warnings, *desk.warnings])))
    told = {str(kind): reason for kind, reason in REASONS.items()} | {"withdrawn": "was taken back earlier"}
    for reason, count in summary.withheld.by_reason.items():
        lines = "1 marked line was" if count == 1 else f"{count} marked lines were"
        print(f"prep: {lines} withheld: {told.get(reason, reason)}", file=sys.stderr)
    if summary.release is not msgspec.UNSET:
        release = summary.release
        print(f"prep: released as {release.path}, approved by {release.approved_by}", file=sys.stderr)


def _tick(desk: Desk, sharing: Sharing, by: str | None) -> None:
    """On a terminal: tick, read, release."""
    if desk.pair.is_panel:
        from assistant import panels

        panels.check_consent(desk.pair, by or "")
    _for_the_author(desk, sharing.summary())
    offered = sharing.proposed()
    for number, proposal in enumerate(offered, 1):
        print(f"{number:3}  {proposal.text}\n     {proposal.source.path.rsplit('/', 1)[-1]}:{proposal.source.line}")
    picked = chosen(offered, "Which may be told? Their numbers, or Enter for none") if offered else []
    print(f"\n{sharing.summary(picked).text}")
    if typer.confirm(f"Release this text for the {sharing.audience.value}?", default=False):
        _for_the_author(desk, sharing.released(picked, by or getpass.getuser()))
    else:
        print("prep: nothing was released", file=sys.stderr)


def chosen(offered: list[T], question: str) -> list[T]:
    """Those whose numbers are typed; asks again until the numbers fit."""
    while True:
        typed = typer.prompt(question, default="", show_default=False)
        numbers = typed.replace(",", " ").split()
        if all(n.isdigit() and 1 <= int(n) <= len(offered) for n in numbers):
            return [offered[n] for n in sorted({int(n) - 1 for n in numbers})]
        print(f"prep: numbers from 1 to {len(offered)}, with spaces between", file=sys.stderr)


def withdraw(
    words: Annotated[
        list[str], typer.Argument(metavar="[PAIR] ID|LINE", help="The line: its id, or some of its words.")
    ],
    by: ByOption = None,
    json: JsonOption = False,
    today: TodayOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Take a released line back: it goes out of the releases, is not told again, and you see who has had it."""
    from assistant.programme import folder as programmes
    from assistant.programme import released

    folder = programmes.find(programme)
    slug, rest = programmes.choose_pair(folder, words)
    if not rest:
        raise Usage("which line? give its id or some of its words; pairs/" + slug + "/released/ has them")
    had = released.withdraw(folder, slug, " ".join(rest), by or getpass.getuser(), day(today))
    if json:
        emit({"schema": "prep.withdrawal/1", "pair": slug, "releases": had})
    for release in [] if json else had:
        audience = release.path.rsplit("-", 1)[-1].removesuffix(".md")
        print(f"The {audience} has had it since {release.on} ({release.path}, approved by {release.approved_by}).")
    if not json:
        print("It is out of these texts now and is not told again. What went out you have to ask back yourself.")
