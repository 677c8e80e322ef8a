"""A text of whatever hand, judged for an audience. Beside the pipeline, whose writers it doesn't need."""

from __future__ import annotations

import datetime as dt

from assistant.desk import Desk
from assistant.doors import rosters_of
from assistant.privacy.audit import Finding
from assistant.programme.folder import Folder
from assistant.records import Audience


def check(folder: Folder, slugs: list[str], today: dt.date, audience: Audience, text: str) -> list[Finding]:
    """What in a text would give away to an audience what it must not learn of these pairs, each find once."""
    rosters = rosters_of(folder)
    guards = (Desk(folder, slug, today).guard(audience, rosters, hints=len(slugs) == 1) for slug in slugs)
    found = [f for guard in guards for f in guard.judge(text)]
    return sorted({(f.start, f.end, f.kind): f for f in reversed(found)}.values(), key=lambda f: (f.start, -f.end))
