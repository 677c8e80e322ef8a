"""What is kept is given back as it was, or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from assistant import cache
from assistant.files import digest


class Kept(Struct):
    key: str
    values: dict[str, list[int]]


class Other(Struct):
    key: int


VALUE = Kept("één", {"a": [1, 2], "b": []})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    cache.store(tmp_path / "kept" / "v.json", "k", VALUE, tmp_path / "tmp")
    return tmp_path / "kept" / "v.json"


def test_a_value_comes_back(path: Path) -> None:
    assert cache.load(path, "k", Kept) == VALUE


def test_a_newer_value_takes_its_place(path: Path) -> None:
    cache.store(path, "k", Kept("b", {}), path.parent)
    assert cache.load(path, "k", Kept) == Kept("b", {})


def test_what_was_kept_under_another_key_is_none(path: Path) -> None:
    assert cache.load(path, "another", Kept) is None


def test_what_is_not_there_or_is_a_folder_is_none(path: Path) -> None:
    assert cache.load(path.with_name("w.json"), "k", Kept) is None
    assert cache.load(path.parent, "k", Kept) is None
    assert cache.load(path / "below", "k", Kept) is None


@given(st.data())
def test_no_damage_is_believed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("cache") / "v.json"
    cache.store(path, "k", VALUE, path.parent)
    raw = path.read_bytes()
    at = data.draw(st.integers(0, len(raw)))
    damaged = raw[:at] + data.draw(st.binary(max_size=8)) + raw[data.draw(st.integers(at, len(raw))) :]
    path.write_bytes(damaged)
    assert cache.load(path, "k", Kept) == (VALUE if damaged == raw else None)


@pytest.mark.parametrize("body", [b'{"key": "a"}', b'{"key": 3, "values": {}}', b"[]", b"null", b"{", b"\xff", b""])
def test_a_whole_file_of_another_form_is_none(path: Path, body: bytes) -> None:
    path.write_bytes(digest(digest(b"k").encode() + body).encode() + b"\n" + body)
    assert cache.load(path, "k", Kept) is None


def test_a_value_of_another_type_is_none(path: Path) -> None:
    assert cache.load(path, "k", Other) is None


def test_a_disk_that_cannot_be_written_is_no_error_and_costs_nothing_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    cache.store(path, "k", Kept("b", {}), path.parent)
    assert cache.load(path, "k", Kept) == VALUE
    assert [p.name for p in path.parent.iterdir()] == ["v.json"]


def test_a_file_in_the_way_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way", encoding="utf-8")
    cache.store(tmp_path / "kept" / "v.json", "k", VALUE, tmp_path / "kept")
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "in the way"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_what_is_kept_is_for_the_user_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
