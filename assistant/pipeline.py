"""What prep makes of a pair on the desk: search, then drafts. The second of the two orders of the stages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant import briefing, craft, prompts
from assistant.desk import Desk, page, rosters_of
from assistant.drafts import Agenda
from assistant.privacy import audience as privacy
from assistant.programme.folder import Folder
from assistant.records import Audience, Hit
from assistant.retrieval import search
from assistant.writers import offline

if TYPE_CHECKING:
    from assistant.privacy.audit import Finding


def find(desk: Desk, query: str, most: int) -> list[Hit]:
    """The best passages of the pair's notes and of the guidance, for the author."""
    notes, guidance = desk.searchable()
    try:
        return privacy.cut_hits(search.both(notes, guidance, query, most), Audience.OWN)
    finally:
        notes.close()
        guidance.close()


def agenda(desk: Desk, audience: Audience, language: str, minutes: int | None, name: str) -> Agenda:
    """The agenda of the next session; `name` is the file name under which its draft is kept."""
    folder, pair = desk.folder, desk.pair
    notes, guidance = desk.searchable()
    try:
        brief = briefing.brief(
            pair,
            audience,
            language,
            desk.today,
            minutes or pair.minutes or house_minutes(folder),
            desk.calendar,
            desk.readable(audience),
            desk.story(audience),
            craft.load(language, folder.private, folder.scratch),
            lambda query: privacy.cut_hits(notes.find(query, 8), audience),
            lambda query: guidance.find(query, 20),
            briefing.offered(folder.drafts(pair.slug), name),
            desk.warnings,
        )
    finally:
        notes.close()
        guidance.close()
    return offline.agenda(brief, phrases(folder, language))


def house_minutes(folder: Folder) -> int:
    """How long a session is where pair.toml doesn't say: by the programme's own guidance, else an hour."""
    return briefing.house_minutes([p for f in folder.guidance() for p in page(f)]) or briefing.DEFAULT_MINUTES


def phrases(folder: Folder, language: str) -> prompts.AgendaPhrases:
    """The fixed sentences of agendas, the programme's own where it has some."""
    return prompts.agenda_phrases(language, folder.root / "prompts")


def check(folder: Folder, slugs: list[str], today: dt.date, audience: Audience, text: str) -> list[Finding]:
    """What in a text would give away to an audience what it must not learn of these pairs, each find once."""
    rosters = rosters_of(folder)
    found = [f for slug in slugs for f in Desk(folder, slug, today).guard(audience, rosters).judge(text)]
    return sorted({(f.start, f.end, f.kind): f for f in reversed(found)}.values(), key=lambda f: (f.start, -f.end))
