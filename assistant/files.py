"""Reading, writing and deleting plain files: any encoding in, UTF-8 out, all or nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import Unusable


def decode(raw: bytes) -> tuple[str, bool]:
    """Text of a file as people's programs save it, line ends made \\n, and whether it was plain UTF-8.

    UTF-8 with or without BOM, UTF-16 with BOM, else cp1252 (what older Windows programs write); never fails.
    """
    plain = True
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            plain = False
            try:
                text = raw.decode("cp1252")
            except UnicodeDecodeError:
                text = raw.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n"), plain


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; Unusable with the mend when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError) -> Unusable:
    """What to say where a file can't be read."""
    return Unusable(f"{path}: cannot be read ({error.strerror}); check that it is there and yours to read")


def file_names(folder: Path) -> list[str]:
    """The names in a folder, in no order; Unusable with the mend when it can't be read."""
    try:
        return os.listdir(folder)  # noqa: PTH208  (thousands of names, and only those)
    except OSError as error:
        raise unreadable(folder, error) from None


def digest(raw: bytes) -> str:
    """A content hash, 32 hex digits (BLAKE2b, 128 bit)."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def digest_of(path: Path) -> str:
    """The content hash of a file, read in pieces; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, for the user alone (mode 0700; on Windows the profile's own)."""
    for folder in [*reversed(path.parents), path]:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
    return path


def write_atomic(path: Path, text: str | bytes, scratch: Path) -> None:
    """Write `text`, as UTF-8 if it is not bytes, so that `path` is either as before or whole; `scratch` is on the same disk.

    The half-written file stands in `scratch`, never beside the notes. Raises Unusable when it can't be written.
    """
    try:
        write_bytes_atomic(path, text.encode("utf-8") if isinstance(text, str) else text, scratch)
    except OSError as error:
        if isinstance(error, PermissionError) and path.is_file():  # on Windows a program that has it open holds it
            raise Unusable(
                f"{path}: cannot be written while another program has it open, or where it is read-only; close it there"
                " (in Word, say), or write to another file"
            ) from None
        raise Unusable(
            f"{path}: cannot be written ({error.strerror}); check the rights of the folder and the room on the disk"
        ) from None


def write_bytes_atomic(path: Path, raw: bytes, scratch: Path) -> None:
    """As write_atomic, for bytes; raises OSError."""
    private_folder(scratch)
    private_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=scratch)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105  (Path.replace would do the same)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def walk(home: Path) -> Iterator[Path]:
    """All files below a folder, by name; a link is one of them and is not followed. A file is itself."""
    if is_link(home) or home.is_file():
        yield home
    elif home.is_dir():
        for path in sorted(home.iterdir()):
            yield from walk(path)


def is_link(path: Path) -> bool:
    """Is it a symbolic link, or a junction of Windows?"""
    return path.is_symlink() or (hasattr(path, "is_junction") and path.is_junction())


def delete(path: Path) -> None:
    """Delete a file, or a link as such; a read-only one too. Raises Unusable."""
    try:
        _delete(path)
    except OSError as error:
        raise Unusable(f"{path}: cannot be deleted ({error.strerror}); close what has it open and try again") from None


def _delete(path: Path) -> None:
    if os.name == "nt" and is_link(path) and path.is_dir():
        path.rmdir()
        return
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        path.parent.chmod(stat.S_IRWXU)
        if not is_link(path):
            path.chmod(stat.S_IWRITE | stat.S_IREAD)
        path.unlink(missing_ok=True)


def delete_empty(home: Path) -> None:
    """Remove a folder that holds no file, with the folders in it; raises Unusable."""
    if not home.is_dir():
        return
    for path in home.iterdir():
        delete_empty(path)
    try:
        home.rmdir()
    except OSError as error:
        raise Unusable(f"{home}: cannot be removed ({error.strerror}); leave that folder and try again") from None
