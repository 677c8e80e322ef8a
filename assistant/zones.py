"""Time zones: a day and a time as people say them, made a moment."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Is it a zone of the IANA database, as in Europe/Amsterdam?"""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return bool(name)


def start(day: dt.date, time: dt.time, zone: str | None) -> tuple[str, dt.datetime]:
    """(name of the zone, the moment); without a zone that of this machine, in UTC where its name is not to be had."""
    naive = dt.datetime.combine(day, time)
    name = zone or local()
    return (name, naive.replace(tzinfo=ZoneInfo(name))) if name else ("UTC", naive.astimezone(dt.UTC))


def local() -> str | None:
    """The name of this machine's zone, None where it keeps it in another way (as Windows does)."""
    place = Path("/etc/localtime").resolve().as_posix()
    names = (os.environ.get("TZ", "").lstrip(":"), place.partition("zoneinfo/")[2])
    return next((name for name in names if name and is_zone(name)), None)
