"""Any encoding in, UTF-8 out, all or nothing."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import Unusable
from assistant.files import decode, digest, digest_of, private_folder, read_bytes, write_atomic, write_bytes_atomic

TEXT = "Één café – “ja”, € 5\nNoor\n"


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (TEXT.encode(), True),
        (TEXT.encode("utf-8-sig"), True),
        (TEXT.encode("utf-16"), True),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), True),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), True),
        (TEXT.encode("cp1252"), False),
        (TEXT.replace("\n", "\r\n").encode(), True),
        (TEXT.replace("\n", "\r").encode(), True),
        (TEXT.replace("\n", "\r\n").encode("utf-8-sig"), True),
        (TEXT.replace("\n", "\r\n").encode("utf-16"), True),
        (TEXT.replace("\n", "\r\n").encode("cp1252"), False),
    ],
)
def test_a_file_is_read_as_people_save_it(raw: bytes, plain: bool) -> None:
    assert decode(raw) == (TEXT, plain)


def test_mixed_line_ends_count_as_one_line_each() -> None:
    assert decode(b"a\r\nb\nc\rd\r\r\ne")[0] == "a\nb\nc\nd\n\ne"


def test_bytes_that_cp1252_lacks_and_half_a_character_are_read_all_the_same() -> None:
    assert decode(b"caf\xe9 \x81")[0] == "café \x81"
    assert decode(b"\xff\xfea\x00b")[0] == "a\ufffd"
    assert decode(b"") == ("", True)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(raw: bytes) -> None:
    text, _ = decode(raw)
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=60))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    home = tmp_path_factory.mktemp("files")
    write_atomic(home / "a.md", text, home / "tmp")
    assert decode((home / "a.md").read_bytes())[0] == text.removeprefix("\ufeff")


def test_the_hash_is_of_the_content_alone(tmp_path: Path) -> None:
    raw = bytes(range(256)) * 5000
    (tmp_path / "a").write_bytes(raw)
    (tmp_path / "b").write_bytes(raw + b"x")
    assert digest_of(tmp_path / "a") == digest(raw) != digest_of(tmp_path / "b")
    assert len(digest(b"")) == 32


def test_a_file_that_cannot_be_read_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"gone\.md: cannot be read \(No such file"):
        read_bytes(tmp_path / "gone.md")


# --- writing ----------------------------------------------------------------------------------------------------------


def test_writing_makes_the_folders_and_leaves_no_other_file(tmp_path: Path) -> None:
    write_atomic(tmp_path / "pairs" / "a" / "n.md", "één\n", tmp_path / ".prep" / "tmp")
    assert (tmp_path / "pairs" / "a" / "n.md").read_bytes() == "één\n".encode()
    assert not list((tmp_path / ".prep" / "tmp").iterdir())


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_a_write_that_is_broken_off_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    path, scratch = tmp_path / "n.md", tmp_path / "tmp"
    write_atomic(path, "old", scratch)

    def fails(*_: object) -> None:
        raise fault

    class Half:
        """A file of which half is written when it breaks."""

        def __init__(self, handle: int, mode: str) -> None:
            self.handle = handle

        def __enter__(self) -> Half:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.handle)

        def write(self, raw: bytes) -> None:
            os.write(self.handle, raw[: len(raw) // 2])
            raise fault

    if step == "write":
        monkeypatch.setattr(os, "fdopen", Half)
    else:
        monkeypatch.setattr(os, step, fails)
    with pytest.raises(Unusable if isinstance(fault, OSError) else KeyboardInterrupt) as error:
        write_atomic(path, "new and longer", scratch)
    assert path.read_text(encoding="utf-8") == "old"
    assert not list(scratch.iterdir())
    if isinstance(fault, OSError):
        assert "cannot be written (No space left on device); check" in str(error.value)


def test_a_file_in_the_place_of_the_scratch_folder_is_told_and_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("old", encoding="utf-8")
    (tmp_path / "tmp").write_text("", encoding="utf-8")
    with pytest.raises(Unusable, match=r"n\.md: cannot be written"):
        write_atomic(tmp_path / "n.md", "new", tmp_path / "tmp")
    with pytest.raises(OSError, match="tmp"):
        write_bytes_atomic(tmp_path / "n.md", b"new", tmp_path / "tmp" / "deeper")
    assert (tmp_path / "n.md").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_a_private_folder_and_all_that_had_to_be_made_for_it_are_the_users_alone(tmp_path: Path) -> None:
    before = tmp_path.stat().st_mode
    private_folder(tmp_path / ".prep" / "pairs" / "a")
    for path in (tmp_path / ".prep", tmp_path / ".prep" / "pairs", tmp_path / ".prep" / "pairs" / "a"):
        assert path.stat().st_mode & 0o777 == 0o700
    assert tmp_path.stat().st_mode == before
    assert private_folder(tmp_path / ".prep") == tmp_path / ".prep"
