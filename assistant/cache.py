"""Derived values kept on disk: one checked file, replaced as a whole, worth nothing when in doubt."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TypeVar

import msgspec

from assistant.files import digest, private_folder, write_bytes_atomic

T = TypeVar("T")


def load(path: Path, kind: type[T]) -> T | None:
    """What `store` wrote, None if it isn't there or not as it was written."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode("ascii") != digest(body):
            return None
        return msgspec.json.decode(body, type=kind)
    except (OSError, ValueError):
        return None


def store(path: Path, value: object, scratch: Path) -> None:
    """Keep a value; a disk that can't be written is no error, since all of it can be made again."""
    body = msgspec.json.encode(value)
    with contextlib.suppress(OSError):
        private_folder(path.parent)
        write_bytes_atomic(path, digest(body).encode("ascii") + b"\n" + body, scratch)
