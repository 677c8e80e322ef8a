"""Is the file of an index as it was last written? By its stat, and on later days by its hash.

    <folder>/current     the generation in use, the stamp that its last writing left in it, and its stat after that
    <folder>/proof.json  a hash of it as of an earlier day, with the stat that it had then

A hash takes a millisecond a MB, so an edit of one note takes none. Until there is one a changed stat means an index that
is made anew; after that the hash tells. The stamp is in the file itself, written with the rest: a writer that died
between the file and the pointer is seen, whatever the disk's clock says.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from msgspec import Struct

from assistant import cache
from assistant.files import digest_of, write_bytes_atomic
from assistant.signatures import DAY, Signature, signature

_POINTER = re.compile(rb"([0-9a-f]{16}) ([0-9a-f]{16}) (\d+) (\d+) (\d+) (\d+) (\d+)")
_FORM = "1"


class Seal(Struct, frozen=True):
    """`day` counts from 1970; `stat` is the file's as its writer left it."""

    generation: str
    stamp: str
    day: int
    stat: Signature


class _Proof(Struct, frozen=True):
    stamp: str
    day: int
    stat: Signature
    digest: str


def read(folder: Path) -> Seal | None:
    """What `current` says, None where it says nothing sensible; raises OSError."""
    found = _POINTER.fullmatch((folder / "current").read_bytes())
    if found is None:
        return None
    generation, stamp, day, *stat = found.groups()
    a, b, c, d = map(int, stat)
    return Seal(generation.decode(), stamp.decode(), int(day), (a, b, c, d))


def write(folder: Path, generation: str, stamp: str, file: Path) -> None:
    """Make a generation the one in use, as it is now; raises OSError."""
    text = " ".join([generation, stamp, str(_today()), *map(str, signature(file))])
    write_bytes_atomic(folder / "current", text.encode("ascii"), folder)


def holds(folder: Path, seal: Seal, file: Path) -> bool:
    """Is the file what was sealed? Raises OSError."""
    stat, today = signature(file), _today()
    proof = cache.load(folder / "proof.json", _FORM, _Proof)
    if proof is None or proof.stamp != seal.stamp:
        if stat != seal.stat:
            return False
        if seal.day == today:
            return True
        proof = None
    elif (proof.stat, proof.day) == (stat, today):
        return True
    found = digest_of(file)
    if proof is not None and proof.digest != found:
        return False
    cache.store(folder / "proof.json", _FORM, _Proof(seal.stamp, today, stat, found), folder)
    return True


def _today() -> int:
    return time.time_ns() // DAY
