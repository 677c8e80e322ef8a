"""`prep commitments`, `prep pairs`, `prep search`: what there is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from assistant.cli import progress
from assistant.cli.common import (
    AsOption,
    JsonOption,
    OfflineOption,
    ProgrammeOption,
    TodayOption,
    WordsArgument,
    day,
    emit,
    open_desk,
    open_pair,
    warn,
    warn_of_own,
)
from assistant.errors import Usage
from assistant.programme import folder as programmes

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.notes.corrections import Word
    from assistant.records import Commitment, Owner, Source


def register(app: typer.Typer) -> None:
    app.command("commitments")(commitments)
    app.command("beliefs")(beliefs)
    app.command("search")(search)
    app.command("pairs")(pairs)


def commitments(
    pair: WordsArgument = None,
    every: Annotated[bool, typer.Option("--all", help="Done and dropped ones too.")] = False,
    done: Annotated[str | None, typer.Option("--done", metavar="ID", help="This one is done.")] = None,
    drop: Annotated[str | None, typer.Option("--drop", metavar="ID", help="This one was let go.")] = None,
    reopen: Annotated[str | None, typer.Option("--open", metavar="ID", help="This one is open after all.")] = None,
    no_promise: Annotated[str | None, typer.Option("--not", metavar="ID", help="This is no promise.")] = None,
    add: Annotated[str | None, typer.Option("--add", metavar="TEXT", help="A promise that no note has.")] = None,
    owner: Annotated[
        str, typer.Option("--owner", help="Whose it is, with --add: mentor, mentee, both, or a mentor's name.")
    ] = "unknown",
    due: Annotated[
        bool, typer.Option("--due", help="What is due within a week or overdue, a line each; with --add the DATE.")
    ] = False,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    me: AsOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Who promised what, open first; and corrections of that reading, for good."""
    from assistant.records import Audience

    words, by = list(pair or []), None
    if due and add is None:
        _due(programme, words, day(today), offline, json)
        return
    if due:
        by = next((word for word in words if word[:1].isdigit()), None)
        if by is None:
            raise Usage("by when? write --due YYYY-MM-DD")
        words.remove(by)
    desk = open_pair(programme, words, today, offline, me)
    _correct(desk, {"done": done, "drop": drop, "open": reopen, "not": no_promise}, add, owner, by)
    found = [c for c in desk.story(Audience.OWN).commitments if every or c.status == "open"]
    found.sort(key=lambda c: (c.status != "open", c.due is None, c.due or c.made, c.made))
    warn(desk.warnings)
    warn_of_own(desk)
    if json:
        emit(_commitments_json(desk.pair.slug, found))
        return
    from assistant import panels
    from assistant.render import terminal

    names = panels.called(desk.pair, "en")

    def head(c: Commitment) -> str:
        due = f"due {c.due}" if c.due else f"since {c.made}"
        owner = panels.owners(desk.pair, c.owner, c.who, names.get(c.owner, c.owner), "and")
        return " · ".join([c.id, owner, c.status, due, _place(c.sources[0])])

    if found:
        terminal.entries([(head(c), [c.text]) for c in found])
    else:
        print("No promise is open." if not every else "No promise was found in the notes.")


def _due(given: Path | None, words: list[str], today: dt.date, offline: bool, json: bool) -> None:
    """What is due, of one pair or of all; nothing at all where nothing is."""
    from assistant.cli import due

    pair, found = due.found(given, words, today, offline)
    if json:
        rows, sources = _with_keys([entry.commitment for entry in found])
        told = [{**row, "pair": entry.pair} for row, entry in zip(rows, found, strict=True)]
        emit({"schema": "prep.commitments/1", "pair": pair, "commitments": told, "sources": sources})
        return
    for entry in found:
        print(due.line(entry, today, pair is not None))


def _correct(desk: Desk, words: dict[str, str | None], add: str | None, owner: str, due: str | None) -> None:
    """Write what was said of the reading to corrections.md, each as a line."""

    from assistant import panels

    who: tuple[str, ...] = ()
    if owner not in ("mentor", "mentee", "both", "unknown"):
        if not desk.pair.is_panel or (named := panels.mentor(desk.pair, owner)) is None:
            among = f", or a mentor: {', '.join(m.name for m in desk.pair.mentors)}" if desk.pair.is_panel else ""
            raise Usage(f"--owner must be mentor, mentee or both{among}")
        owner, who = "mentor", (named,)
    if add is None and owner != "unknown":
        raise Usage("--owner goes with --add")
    for word, id in words.items():
        if id is not None:
            desk.correct(cast("Word", word), id)
    if add is not None:
        if not add.strip():
            raise Usage("what was promised? write --add TEXT")
        desk.add(add.strip(), cast("Owner", owner), day(due) if due else None, who)


def _commitments_json(slug: str, found: list[Any]) -> dict[str, Any]:
    rows, sources = _with_keys(found)
    return {"schema": "prep.commitments/1", "pair": slug, "commitments": rows, "sources": sources}


def _with_keys(found: list[Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Records as JSON has them: their sources under keys, and the map of the keys."""
    import msgspec

    sources: dict[str, Any] = {}
    rows = []
    for record in found:
        keys = []
        for source in record.sources:
            key = f"n{len(sources) + 1}"
            sources[key] = source
            keys.append(key)
        told = msgspec.structs.asdict(record)
        if not told.get("who", True):
            del told["who"]  # only in a panel, where it is known which of the mentors it is
        rows.append({**told, "sources": keys})
    return rows, sources


def _place(source: Source) -> str:
    return f"{source.path.rsplit('/', 1)[-1]}:{source.line}"


def beliefs(
    pair: WordsArgument = None,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    me: AsOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """What the senior believed, what the floor showed, and what was done with it."""
    from assistant.records import Audience

    desk = open_pair(programme, pair, today, offline, me)
    found = desk.story(Audience.OWN).beliefs
    warn(desk.warnings)
    warn_of_own(desk)
    if json:
        rows, sources = _with_keys(list(found))
        emit({"schema": "prep.beliefs/1", "pair": desk.pair.slug, "beliefs": rows, "sources": sources})
    elif found:
        from assistant.render import terminal

        terminal.entries(
            [
                (
                    f"{b.status} · {_place(b.sources[0])}",
                    [
                        f"believed: {b.belief}",
                        *([f"the floor: {b.reality}"] if b.reality else []),
                        *([f"done: {b.done}"] if b.done else []),
                    ],
                )
                for b in found
            ]
        )
    else:
        print("No belief was found in the notes.")


def search(
    words: Annotated[list[str], typer.Argument(metavar="[PAIR] QUERY", help="What to look for, in either language.")],
    most: Annotated[int, typer.Option("-n", help="How many passages.", min=1, max=100)] = 5,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    me: AsOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Passages of one pair's notes and of the guidance."""
    desk, rest = open_desk(programme, words, today, offline, me)
    query = " ".join(rest).strip()
    if not query:
        raise Usage("what should be searched for? write `prep search [PAIR] QUERY`")
    with progress.shown("notes") as told:
        hits = desk.find(query, most, told)
    warn_of_own(desk)
    warn(desk.mishaps)
    if json:
        results = [
            {
                "path": h.path,
                "line": h.line,
                "date": h.date,
                "level": h.level,
                "text": h.text,
                "score": h.score,
                "section": h.section,
                "matched": h.matched,
            }
            for h in hits
        ]
        emit({"schema": "prep.search/1", "pair": desk.pair.slug, "query": query, "results": results})
        return
    from assistant.render import terminal

    if hits:
        terminal.hits(hits)
    else:
        print("Nothing was found.")


def pairs(json: JsonOption = False, today: TodayOption = None, programme: ProgrammeOption = None) -> None:
    """All pairs of the programme with their momentum."""
    from assistant.desk import Desk
    from assistant.errors import Unusable
    from assistant.records import Audience

    moment = day(today)
    folder = programmes.find(programme)
    rows: list[dict[str, Any]] = []
    broken: list[str] = []
    for slug in folder.slugs:
        try:
            desk = Desk(folder, slug, moment)
            calendar = desk.calendar
        except Unusable as error:
            broken.append(str(error))
            continue
        open_ones = sum(c.status == "open" for c in desk.story(Audience.OWN).commitments)
        rows.append(
            {
                "pair": slug,
                "momentum": calendar.momentum,
                "last_held": calendar.last_held,
                "next_planned": calendar.next_planned,
                "open_commitments": open_ones,
                **({"mentors": len(desk.pair.mentors)} if desk.pair.is_panel else {}),
            }
        )
    warn(broken)
    if json:
        emit({"schema": "prep.pairs/1", "pairs": rows})
    elif rows:
        from assistant.render import terminal

        terminal.table(
            ["pair", "momentum", "last held", "due", "planned", "open"],
            [
                [
                    r["pair"] + (f" ({r['mentors']} mentors)" if "mentors" in r else ""),
                    r["momentum"].state,
                    *(str(d or "") for d in (r["last_held"], r["momentum"].due, r["next_planned"])),
                    str(r["open_commitments"]),
                ]
                for r in rows
            ],
        )
    elif not broken:
        print("This programme has no pair yet; add one with `prep pair add`.")
    if broken and not rows:
        raise Unusable("no pair of this programme can be read; mend what is named above")
