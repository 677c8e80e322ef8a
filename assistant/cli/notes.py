"""`prep note` and `prep plan`: what a session leaves, and when the next one is."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import AsOption, ProgrammeOption, TodayOption, day, no_more, warn
from assistant.errors import Unusable, Usage
from assistant.programme import folder as programmes

if TYPE_CHECKING:
    from assistant.records import Pair


def register(app: typer.Typer) -> None:
    app.command("note")(note)
    app.command("plan")(plan)


def note(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAIR] [FILE]", help="The pair; a file (text, Word, PDF, mail, captions), or - for standard input."
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="The day of the session (else the note's own, its file's, today).")
    ] = None,
    today: TodayOption = None,
    me: AsOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Add a session note: from a file, from standard input, or in $EDITOR from a template."""
    from assistant.files import decode
    from assistant.notes import frontmatter
    from assistant.notes import note as notes
    from assistant.programme import saved

    folder = programmes.find(programme)
    slug, rest = programmes.choose_pair(folder, list(words or []))
    pair = folder.pair(slug)
    author = _author(pair, me)
    if len(rest) > 1:
        raise Usage("one pair and one file, please: `prep note PAIR FILE`")
    moment = day(date) if date else (_day_in(rest[0]) if rest else None) or day(today)
    if rest or not sys.stdin.isatty():
        text = _taken(rest[0] if rest else "-")
    else:
        text = decode(_edited(folder, pair.language, moment))[0]
    if not text.strip():
        raise Usage("the note is empty, so nothing was added")
    text = frontmatter.by(text, author) if author else text
    own = notes.read(text.encode("utf-8"), "the note", moment)
    if own.date > dt.date.today() and own.status != "planned" and not today:
        warn([f"the note is dated {own.date}, which is still to come; it counts as planned until then"])
    path = saved.add_note(folder, slug, day(date) if date else own.date, text)
    warn([str(d).replace("the note", path.name) for d in own.doubts])
    if pair.is_panel and not author and not own.author:
        warn([f"{path.name}: who of the panel wrote it? add `author: NAME` to its head, or say --as NAME"])
    shown = path.relative_to(folder.root).as_posix()
    print(f"Added {shown}: {own.status}, {len(own.passages)} passages. Next: prep next-session {slug}")


def _author(pair: Pair, me: str | None) -> str | None:
    """The mentor of a panel who writes, by full name; raises Usage."""
    if not pair.is_panel:
        if me is not None:
            raise Usage(f"--as is for a panel, and {pair.path} has one mentor; leave it out")
        return None
    from assistant import panels

    return panels.reader(pair, me)


def _day_in(name: str) -> dt.date | None:
    """The day in the name of a file: 2026-03-12, 20260312 or 12-03-2026."""
    stem = Path(name).stem
    match = re.search(r"(?<!\d)(?P<y>20\d\d)([-_.]?)(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)", stem) or re.search(
        r"(?<!\d)(?P<d>\d\d?)([-_.])(?P<m>\d\d?)\2(?P<y>20\d\d)(?!\d)", stem
    )
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except ValueError:
        return None


def _taken(name: str) -> str:
    """The text of a file, or of standard input; what of it is not there, or closes it, goes to stderr."""
    from assistant.documents import formats
    from assistant.files import read_bytes
    from assistant.notes import frontmatter

    raw = sys.stdin.buffer.read() if name == "-" else read_bytes(Path(name))
    shown = "standard input" if name == "-" else Path(name).name
    document = formats.read(raw, shown)
    if document.left_out:
        warn([f"{shown}: left out {', '.join(document.left_out)}; see the original for them, it is as it was"])
    if document.level is None:
        return document.text
    warn([f"{shown}: a header, a label or a mark closes all of it, so the note is {document.level.value}"])
    return frontmatter.closed(document.text, document.level)


def _edited(folder: programmes.Folder, language: str, moment: dt.date) -> bytes:
    """What a person writes in their editor over the template; raises Usage when it stays as it was."""
    from assistant import resources
    from assistant.files import write_atomic

    template = (resources.prompts() / f"note.{language}.md").read_text(encoding="utf-8").replace("{date}", str(moment))
    draft = folder.scratch / "note.md"
    write_atomic(draft, template, folder.scratch)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        subprocess.run([*shlex.split(editor, posix=os.name != "nt"), str(draft)], check=True)
        written = draft.read_bytes()
    except (OSError, subprocess.CalledProcessError):
        raise Unusable(
            f"the editor {editor!r} did not work; set EDITOR, or give a file: `prep note PAIR FILE`"
        ) from None
    if written == template.encode("utf-8"):
        raise Usage("the template was left as it was, so nothing was added")
    draft.unlink()
    return written


def plan(
    words: Annotated[list[str], typer.Argument(metavar="[PAIR] DATE", help="The pair and the day, YYYY-MM-DD.")],
    programme: ProgrammeOption = None,
) -> None:
    """Set the next session: writes a planned note."""
    from assistant.programme import saved

    folder = programmes.find(programme)
    slug, rest = programmes.choose_pair(folder, words)
    if len(rest) != 1:
        no_more(rest[:1] if len(rest) > 1 else [], folder)
        raise Usage("on which day? write `prep plan [PAIR] YYYY-MM-DD`")
    folder.pair(slug)
    path = saved.plan(folder, slug, day(rest[0]))
    print(f"Planned: {path.relative_to(folder.root).as_posix()}")
