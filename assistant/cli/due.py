"""`prep commitments --due`: a line for each promise that is due soon or overdue, and nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.cli.common import no_more, warn
from assistant.cli.modelling import have_read
from assistant.errors import Unusable
from assistant.programme import folder as programmes

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.records import Commitment

SOON = dt.timedelta(days=7)


class Due(NamedTuple):
    """A promise with its pair, and whose it is."""

    pair: str
    commitment: Commitment
    owner: str


def found(given: Path | None, words: list[str], today: dt.date, offline: bool) -> tuple[str | None, list[Due]]:
    """The pair if one is meant, else None, and what is due, the earliest first; a pair that is broken is told of."""
    from assistant.desk import Desk

    folder = programmes.find(given)
    slugs, pair = _meant(folder, words)
    due: list[Due] = []
    for slug in slugs:
        try:
            desk = Desk(folder, slug, today, offline)
            due += _of(desk if offline else have_read(desk, ask=False))  # a greeting waits for nobody
        except Unusable as error:
            warn([str(error)])
    return pair, sorted(map(untold, due), key=lambda d: (d.commitment.due or today, d.pair))


def _meant(folder: programmes.Folder, words: list[str]) -> tuple[list[str], str | None]:
    """The pair that is named or stood in, else all of them."""
    try:
        slug, rest = programmes.choose_pair(folder, words)
    except Unusable:
        no_more(words, folder)
        return folder.slugs, None
    no_more(rest, folder)
    return [slug], slug


def _of(desk: Desk) -> list[Due]:
    from assistant import panels
    from assistant.briefing import STANDS
    from assistant.records import Audience

    names = panels.called(desk.pair, "en")
    names["both"] = f"{names['mentor']} and {names['mentee']}"
    standing = (c for c in desk.story(Audience.OWN).commitments if c.status == "open" and c.stands >= STANDS)
    soon = (c for c in standing if c.due is not None and c.due <= desk.today + SOON)

    def owner(c: Commitment) -> str:
        return panels.owners(desk.pair, c.owner, c.who, names.get(c.owner, "nobody yet"), "and")

    return [Due(desk.pair.slug, c, owner(c)) for c in soon]


def untold(due: Due) -> Due:
    """What is due without closed text, also where it is asked for as JSON: a greeting is for whoever looks along."""
    import msgspec

    c = due.commitment
    sources = tuple(msgspec.structs.replace(s, quote="") if s.level.closes else s for s in c.sources)
    text = f"({c.level.value}; `prep commitments {due.pair}` shows it)" if c.level.closes else c.text
    return due._replace(commitment=msgspec.structs.replace(c, text=text, sources=sources))


def line(due: Due, today: dt.date, named: bool) -> str:
    """One line, cut to the terminal where there is one."""
    c = due.commitment
    head = f"{'overdue' if c.due and c.due < today else 'due    '} {c.due}"
    pair = "" if named else f"{due.pair}  "
    text = " ".join(c.text.split())
    whole = f"{head}  {pair}{text if text.startswith(due.owner) else f'{due.owner}: {text}'}"
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else len(whole)
    return whole if len(whole) <= width else whole[: width - 1] + "…"
