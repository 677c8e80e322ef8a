"""`prep note` and `prep plan`: what a session leaves, and when the next one is."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import ProgrammeOption, TodayOption, day, no_more, warn
from assistant.errors import Unusable, Usage
from assistant.programme import folder as programmes


def register(app: typer.Typer) -> None:
    app.command("note")(note)
    app.command("plan")(plan)


def note(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[PAIR] [FILE]", help="The pair; a file, or - for standard input.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="The day of the session (else the note's own, else today).")
    ] = None,
    today: TodayOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Add a session note: from a file, from standard input, or in $EDITOR from a template."""
    from assistant.files import decode, read_bytes
    from assistant.notes import note as notes
    from assistant.programme import saved

    folder = programmes.find(programme)
    slug, rest = programmes.choose_pair(folder, list(words or []))
    pair = folder.pair(slug)
    if len(rest) > 1:
        raise Usage("one pair and one file, please: `prep note PAIR FILE`")
    moment = day(date or today)
    if rest and rest[0] != "-":
        raw = read_bytes(Path(rest[0]))
    elif rest or not sys.stdin.isatty():
        raw = sys.stdin.buffer.read()
    else:
        raw = _edited(folder, pair.language, moment)
    text, _ = decode(raw)
    if not text.strip():
        raise Usage("the note is empty, so nothing was added")
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unusable(f"{rest[0] if rest else 'standard input'}: this is no text; save it as .txt or .md first")
    own = notes.read(text.encode("utf-8"), "the note", moment)
    if own.date > dt.date.today() and own.status != "planned" and not today:
        warn([f"the note is dated {own.date}, which is still to come; it counts as planned until then"])
    path = saved.add_note(folder, slug, day(date) if date else own.date, text)
    warn([str(d).replace("the note", path.name) for d in own.doubts])
    shown = path.relative_to(folder.root).as_posix()
    print(f"Added {shown}: {own.status}, {len(own.passages)} passages. Next: prep next-session {slug}")


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
