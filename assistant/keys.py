"""Random keys in .prep/, each 32 bytes in a file for the user alone; a new one comes where there is none."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from assistant.errors import Refused
from assistant.files import private_folder, write_bytes_atomic

_BYTES = 32


def key(path: Path, scratch: Path) -> bytes:
    """The key that `path` holds, made where it is missing or cut off; raises Refused where none can be kept."""
    try:
        found = _read(path)
        if found is None:
            private_folder(path.parent)
            _make(path, scratch)
            found = _read(path)
    except OSError as error:
        raise Refused(
            f"{path}: the key cannot be kept ({error.strerror}), so nothing is sent;"
            " check the rights of the folder and the room on the disk"
        ) from None
    if found is None:
        raise Refused(f"{path}: the key is cut off, so nothing is sent; delete the file")
    return found


def existing(path: Path) -> bytes | None:
    """The key that `path` holds, None where there is none."""
    with contextlib.suppress(OSError):
        return _read(path)
    return None


def _read(path: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError):
        found = path.read_bytes()
        return found if len(found) == _BYTES else None
    return None


def _make(path: Path, scratch: Path) -> None:
    """A whole key under its name; where another process was first, its key holds."""
    fresh = secrets.token_bytes(_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        if _read(path) is None:  # cut off
            write_bytes_atomic(path, fresh, scratch)
        return
    with os.fdopen(handle, "wb") as file:
        file.write(fresh)
