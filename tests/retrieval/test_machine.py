"""Folders that can't be written, full disks, locks, and processes that are killed."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
from retrieval.indexed import ask, child, document, generations, shelf, texts

from assistant.retrieval import index as indexes
from assistant.retrieval.index import open_index

ROSTERS = document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")
BREAD = document("2026-02-10.md", "Het brood van gisteren gaat naar de voedselbank.\n")
QUESTION = "notitie roosters"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def refuse(code: int) -> object:
    def refused(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return refused


def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a read-only disk: nothing can be made, moved, or locked."""
    monkeypatch.setattr(Path, "mkdir", refuse(errno.EROFS))
    monkeypatch.setattr(tempfile, "mkstemp", refuse(errno.EROFS))
    monkeypatch.setattr(os, "replace", refuse(errno.EROFS))
    monkeypatch.setattr("filelock.FileLock.acquire", refuse(errno.EROFS))


# --- folders that can't be written ------------------------------------------------------------------------------------


def test_without_a_folder_to_write_memory_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_only(monkeypatch)
    assert ask(tmp_path / "index", [ROSTERS, BREAD], "roosters")
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_place_of_the_folder_stays_and_memory_serves(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way", encoding="utf-8")
    assert ask(tmp_path / "index", [ROSTERS, BREAD], "roosters")
    assert (tmp_path / "index").read_text(encoding="utf-8") == "in the way"


def test_a_read_only_index_that_is_up_to_date_serves_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(tmp_path, [ROSTERS, BREAD], "roosters")
    before = files(tmp_path)
    read_only(monkeypatch)
    index = open_index(tmp_path, [ROSTERS, BREAD], None)
    assert index.path is not None
    index.close()
    assert texts(ask(tmp_path, [ROSTERS, BREAD], "roosters"))[0].startswith("De roosters")
    assert files(tmp_path) == before


def test_a_read_only_index_that_is_older_than_the_notes_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(tmp_path, [ROSTERS], "roosters")
    before = files(tmp_path)
    read_only(monkeypatch)
    assert texts(ask(tmp_path, [BREAD], "brood"))[0].startswith("Het brood")
    assert not ask(tmp_path, [BREAD], "koeling")
    assert files(tmp_path) == before


# --- full disks -------------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_when_an_index_is_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse(errno.ENOSPC))
        assert ask(tmp_path, [ROSTERS, BREAD], "roosters")
    assert list(files(tmp_path)) == ["lock"]
    ask(tmp_path, [ROSTERS, BREAD], "roosters")
    assert len(generations(tmp_path)) == 1


def test_a_disk_that_is_full_when_an_index_is_updated_costs_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(tmp_path, [ROSTERS], "roosters")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse(errno.ENOSPC))
        assert ask(tmp_path, [ROSTERS, BREAD], "brood")
        assert not ask(tmp_path, [BREAD], "koeling")
    assert ask(tmp_path, [ROSTERS, BREAD], "brood")
    assert not ask(tmp_path, [BREAD], "koeling")


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit that Windows lacks")
@pytest.mark.parametrize("largest", [0, 10_000, 40_000])
def test_a_database_that_can_grow_no_further_is_given_up_for_memory(tmp_path: Path, largest: int) -> None:
    folder = tmp_path / "index"
    process = child(folder, "once", str(largest))
    out, _ = process.communicate("\n")
    assert out.split() == ["ready", "5"]
    assert list(files(folder)) == ["lock"]
    assert len(ask(folder, shelf(2), QUESTION)) == 5


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_who_finds_an_index_up_to_date_asks_for_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(tmp_path, [ROSTERS, BREAD], "roosters")
    monkeypatch.setattr(indexes, "_lock", lambda folder: pytest.fail("asked for the lock"))
    assert ask(tmp_path, [ROSTERS, BREAD], "roosters")


def test_while_another_writes_an_older_index_is_neither_believed_nor_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    ask(tmp_path, [ROSTERS], "roosters")
    before = files(tmp_path)
    monkeypatch.setattr(indexes, "_PATIENCE", 0.01)
    with FileLock(tmp_path / "lock"):
        assert texts(ask(tmp_path, [BREAD], "brood"))[0].startswith("Het brood")
        assert not ask(tmp_path, [BREAD], "koeling")
        assert files(tmp_path) == before
    assert ask(tmp_path, [BREAD], "brood")
    assert files(tmp_path) != before


def test_a_file_system_without_locks_is_served_from_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlockable(*_: object, **__: object) -> NoReturn:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr("filelock.FileLock.acquire", unlockable)
    assert ask(tmp_path, [ROSTERS], "roosters")


@pytest.mark.parametrize("there", [False, True], ids=["made", "updated"])
def test_two_processes_at_once_both_end_right(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "index"
    if there:
        ask(folder, shelf(7), QUESTION)
    both = [child(folder, "once") for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate()[0].split() for process in both] == [["5"], ["5"]]
    assert [process.returncode for process in both] == [0, 0]
    made = generations(folder)
    assert len(made) == 1
    index = open_index(folder, shelf(1), None)
    assert index.path is not None
    index.close()
    assert ask(folder, shelf(1), QUESTION) == ask(tmp_path / "fresh", shelf(1), QUESTION)
    assert generations(folder) == made


def test_a_writer_killed_at_any_moment_leaves_an_index_that_opens_right(tmp_path: Path) -> None:
    moments = random.Random(4)
    folder = tmp_path / "index"
    right = ask(tmp_path / "fresh", shelf(0), QUESTION)
    for _ in range(10):
        process = child(folder, "forever")
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0.0, 0.08))
        process.kill()
        process.communicate()
        assert ask(folder, shelf(0), QUESTION) == right
        index = open_index(folder, shelf(0), None)
        assert index.path is not None
        index.close()
