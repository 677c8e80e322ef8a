"""Derived values kept on disk: one checked file, replaced as a whole, worth nothing when in doubt."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TypeVar

import msgspec

from assistant.files import digest, private_folder, write_bytes_atomic

T = TypeVar("T")


def load(path: Path, key: str, kind: type[T]) -> T | None:
    """What `store` wrote under this key, None if it isn't there, is under another key or not as it was written."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head != _head(key, body):
            return None
        return msgspec.json.decode(body, type=kind)
    except (OSError, ValueError):
        return None


def store(path: Path, key: str, value: object, scratch: Path) -> None:
    """Keep a value; a disk that can't be written is no error, since all of it can be made again."""
    body = msgspec.json.encode(value)
    with contextlib.suppress(OSError):
        private_folder(path.parent)
        write_bytes_atomic(path, _head(key, body) + b"\n" + body, scratch)


def _head(key: str, body: bytes) -> bytes:
    return digest(digest(key.encode()).encode() + body).encode("ascii")
