"""Hashes of files, which are read again only where their stat is not what it was, and once a day.

A stat is both times, the size and the inode. On POSIX systems no program can set the time of change back, so an edit
that keeps the size and restores the time of writing is seen at once; on Windows, and on disks without that time, the
next day. A file that was touched within seconds of being hashed is hashed again the next time, since a second edit
within one tick of the disk's clock leaves the stat as it is; so is a file of a time to come.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from assistant import cache
from assistant.files import digest, digest_of

Signature = tuple[int, int, int, int]

_SETTLED = 3_000_000_000  # nanoseconds; the coarsest clock of a disk, FAT's, ticks every two seconds
DAY = 86_400_000_000_000
_SMALL = 1_000_000  # bytes that are read at once


def digests(paths: Mapping[str, Path | str], home: Path, scratch: Path) -> dict[str, str]:
    """The hash of every file by the name it goes by here; `home` keeps what is known. Raises OSError."""
    now = time.time_ns()
    key = f"1 {now // DAY}"  # the form of what is kept, and the day
    known = cache.load(home, key, dict[str, tuple[Signature, str]]) or {}
    found = {name: _digested(path, known.get(name)) for name, path in paths.items()}
    settled = {name: one for name, one in found.items() if max(one[0][:2]) < now - _SETTLED}
    if settled != known:
        cache.store(home, key, settled, scratch)
    return {name: hashed for name, (_, hashed) in found.items()}


def _digested(path: Path | str, known: tuple[Signature, str] | None) -> tuple[Signature, str]:
    before = signature(path)  # ahead of reading: an edit between the two is seen the next time
    if known and known[0] == before:
        return known
    return before, digest(Path(path).read_bytes()) if before[2] < _SMALL else digest_of(Path(path))


def signature(path: Path | str) -> Signature:
    """Of a file: what a change of it changes; one never trusted where there is no stat, as reading it will tell."""
    try:
        found = os.stat(path)  # noqa: PTH116  (of thousands; not by scandir, whose stat may be an old one on Windows)
    except OSError:
        return sys.maxsize, 0, 0, 0
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
