"""`prep commitments`, `prep pairs`, `prep search`: what there is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from assistant.cli.common import (
    JsonOption,
    OfflineOption,
    ProgrammeOption,
    TodayOption,
    WordsArgument,
    day,
    emit,
    no_more,
    open_desk,
    warn,
)
from assistant.errors import Usage
from assistant.programme import folder as programmes


def register(app: typer.Typer) -> None:
    app.command("commitments")(commitments)
    app.command("search")(search)
    app.command("pairs")(pairs)


def commitments(
    pair: WordsArgument = None,
    every: Annotated[bool, typer.Option("--all", help="Done and dropped ones too.")] = False,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """Who promised what, open first."""
    from assistant import pipeline
    from assistant.records import Audience

    desk, rest = open_desk(programme, pair, today, offline)
    no_more(rest, desk.folder)
    found = [c for c in pipeline.story_for(desk, Audience.OWN) if every or c.status == "open"]
    found.sort(key=lambda c: (c.status != "open", c.due is None, c.due or c.made, c.made))
    warn(desk.warnings)
    if json:
        emit(_commitments_json(desk.pair.slug, found))
        return
    from assistant.render import terminal

    names = {"mentor": desk.pair.mentor.name.split()[0], "mentee": desk.pair.mentee.name.split()[0]}
    rows = [
        [c.id, names.get(c.owner, c.owner), c.status, c.due.isoformat() if c.due else "", c.text,
         f"{c.sources[0].path.rsplit('/', 1)[-1]}:{c.sources[0].line}"]
        for c in found
    ]
    if rows:
        terminal.table(["id", "who", "status", "due", "what", "where"], rows)
    else:
        print("No promise is open." if not every else "No promise was found in the notes.")


def _commitments_json(slug: str, found: list[Any]) -> dict[str, Any]:
    import msgspec

    sources: dict[str, Any] = {}
    rows = []
    for commitment in found:
        keys = []
        for source in commitment.sources:
            key = f"n{len(sources) + 1}"
            sources[key] = source
            keys.append(key)
        rows.append({**msgspec.structs.asdict(commitment), "sources": keys})
    return {"schema": "prep.commitments/1", "pair": slug, "commitments": rows, "sources": sources}


def search(
    words: Annotated[list[str], typer.Argument(metavar="[PAIR] QUERY", help="What to look for, in either language.")],
    most: Annotated[int, typer.Option("-n", help="How many passages.", min=1, max=100)] = 5,
    json: JsonOption = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """Passages of one pair's notes and of the guidance."""
    from assistant import pipeline

    desk, rest = open_desk(programme, words, today, offline)
    query = " ".join(rest).strip()
    if not query:
        raise Usage("what should be searched for? write `prep search [PAIR] QUERY`")
    hits = pipeline.find(desk, query, most)
    if json:
        results = [
            {"path": h.path, "line": h.line, "date": h.date, "level": h.level, "text": h.text, "score": h.score,
             "section": h.section}
            for h in hits
        ]
        emit({"schema": "prep.search/1", "pair": desk.pair.slug, "query": query, "results": results})
        return
    from assistant.render import terminal
    from assistant.words import content

    if hits:
        terminal.hits(hits, content(query))
    else:
        print("Nothing was found.")


def pairs(json: JsonOption = False, today: TodayOption = None, programme: ProgrammeOption = None) -> None:
    """All pairs of the programme with their momentum."""
    from assistant import pipeline
    from assistant.errors import Unusable
    from assistant.records import Audience

    moment = day(today)
    folder = programmes.find(programme)
    rows: list[dict[str, Any]] = []
    broken: list[str] = []
    for slug in folder.slugs:
        try:
            desk = pipeline.Desk(folder, slug, moment)
        except Unusable as error:
            broken.append(str(error))
            continue
        calendar = desk.calendar
        open_ones = sum(c.status == "open" for c in pipeline.story_for(desk, Audience.OWN))
        rows.append({
            "pair": slug, "momentum": calendar.momentum, "last_held": calendar.last_held,
            "next_planned": calendar.next_planned, "open_commitments": open_ones,
        })
    warn(broken)
    if json:
        emit({"schema": "prep.pairs/1", "pairs": rows})
    elif rows:
        from assistant.render import terminal

        terminal.table(
            ["pair", "momentum", "last held", "due", "planned", "open"],
            [[r["pair"], r["momentum"].state, *(str(d or "") for d in (r["last_held"], r["momentum"].due, r["next_planned"])),
              str(r["open_commitments"])] for r in rows],
        )
    elif not broken:
        print("This programme has no pair yet; add one with `prep pair add`.")
    if broken and not rows:
        raise Unusable("no pair of this programme can be read; mend what is named above")
