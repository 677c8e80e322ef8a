"""Whether a set-up is sound: each thing that is not, as one sentence with its mend. Sends no text of anybody's anywhere."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from assistant.desk import Desk
from assistant.endpoint.address import key_of
from assistant.errors import PrepError
from assistant.loopback import is_loopback
from assistant.programme import place
from assistant.programme.folder import Folder, find
from assistant.records import Endpoint


def findings(
    programme: Path | None, today: dt.date, offline: bool = False, told: Callable[[str], None] = lambda _: None
) -> list[str]:
    """Everything that is not as it should be; raises Unusable where there is no programme at all.

    Unless `offline`, the services of [model] and [embedding] are asked for their lists of models; `told` hears which
    of them answer.
    """
    folder = find(programme)
    found = [*_machine(), *_place(folder)]
    try:
        settings = folder.programme
    except PrepError as error:
        return [*found, str(error)]
    found += map(str, settings.doubts)
    for table, endpoint in (("model", settings.model), ("embedding", settings.embedding)):
        found += _service(table, endpoint) or (
            [] if endpoint is None or offline else _asked(folder, table, endpoint, told)
        )
    if not folder.slugs:
        found.append("there is no pair yet; add one with `prep pair add`")
    for slug in folder.slugs:
        found += _pair(folder, slug, today)
    return list(dict.fromkeys(found))


def _service(table: str, endpoint: Endpoint | None) -> list[str]:
    """What is wrong with [model] or [embedding], as far as can be told without asking anybody."""
    if endpoint is None:
        return []
    try:
        key_of(endpoint, table)
    except PrepError as error:
        return [str(error)]
    if urlsplit(endpoint.base_url).scheme != "https" and not is_loopback(endpoint.base_url):
        return [
            f"prep.toml: [{table}] base_url is plain http to another machine, so who is on the way can read what is"
            " sent; use https://"
        ]
    return []


def _asked(folder: Folder, table: str, endpoint: Endpoint, told: Callable[[str], None]) -> list[str]:
    """What is wrong with [model] or [embedding], as its service tells it."""
    from assistant.endpoint import ladder, probe
    from assistant.endpoint.address import host_of

    wrong = probe.amiss(endpoint, table)
    if wrong is None:
        form = f"; it is asked for {ladder.asked_for(folder.private / 'model.json', endpoint)}"
        told(f"{table}: {host_of(endpoint.base_url)} answers with {endpoint.name}{form if table == 'model' else ''}.")
    return [wrong] if wrong else []


def at_home() -> list[str]:
    """The lines for prep.toml of each model that answers on this machine."""
    from assistant.endpoint import probe

    return [
        f'# {found.program}\n[model]\nbase_url = "{found.base_url}"\nname = "{name}"'
        for found in probe.at_home()
        for name in found.models
    ]


def _machine() -> list[str]:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(a)")
    except sqlite3.OperationalError:
        return ["this Python's SQLite lacks FTS5, so nothing can be searched; install Python from python.org"]
    return []


def _place(folder: Folder) -> list[str]:
    found = []
    if service := place.synced_by(folder.root):
        found.append(f"{folder.root} is synchronised by {service}, and notes go there as they are; move the folder")
    if place.has_remote(folder.root):
        found.append(f"{folder.root} is a git repository with a remote; notes that are pushed leave this machine")
    if place.is_open_to_all(folder.root):
        found.append(f"{folder.root} can be entered by everybody on this machine; run `chmod 700 {folder.root}`")
    private = folder.private
    if os.name != "nt" and private.is_dir() and stat.S_IMODE(private.stat().st_mode) & 0o077:
        found.append(f"{private} can be entered by others; run `chmod 700 {private}`")
    return found


def _pair(folder: Folder, slug: str, today: dt.date) -> list[str]:
    try:
        desk = Desk(folder, slug, today)
        found = list(desk.warnings)
    except PrepError as error:
        return [str(error)]
    if not desk.pair.scope:
        found.append(f"{desk.pair.path}: no `scope` yet; agree what you talk about and put it there")
    return found
