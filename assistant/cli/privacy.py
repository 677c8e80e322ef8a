"""`prep check`: would a text give anything away?"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import JsonOption, ProgrammeOption, emit
from assistant.errors import Unusable, Usage
from assistant.programme import folder as programmes


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The text, as a file; - reads standard input.")],
    audience: Annotated[
        str, typer.Option("--for", metavar="AUDIENCE", help="Who will read it: own, pair, programme or organisation.")
    ],
    pair: Annotated[str | None, typer.Option("--pair", help="Of this pair alone (else of any).")] = None,
    json: JsonOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """Would this text, whoever wrote it, give away what its audience must not learn? Exit 1 if it would."""
    from assistant import checking
    from assistant.records import Audience

    if audience not in {a.value for a in Audience}:
        raise Usage(f"--for must be one of {', '.join(a.value for a in Audience)}")
    folder = programmes.find(programme)
    if pair is not None and pair not in folder.slugs:
        raise Unusable(f"there is no pair {pair!r} in this programme; the pairs are: {', '.join(folder.slugs)}")
    if not folder.slugs:
        raise Unusable(
            "this programme has no pair yet, so there is nothing to check against; add one with `prep pair add`"
        )
    text = _read(file)
    found = checking.check(folder, [pair] if pair else folder.slugs, dt.date.today(), Audience(audience), text)
    if json:
        emit({"schema": "prep.check/1", "audience": audience, "passed": not found, "findings": found})
    elif found:
        from assistant.render import terminal

        terminal.findings(text, found)
    else:
        reader = "you" if audience == "own" else f"the {audience}"
        print(f"Nothing was found that {reader} must not learn. What is said in other words is not seen.")
    if found:
        raise SystemExit(1)


def _read(file: str) -> str:
    from assistant.files import decode, read_bytes

    return decode(sys.stdin.buffer.read() if file == "-" else read_bytes(Path(file)))[0]
