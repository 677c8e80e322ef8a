"""What was not touched is not read again; what was, by whatever way, is."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from retrieval.indexed import ask as found_in
from retrieval.indexed import document, generations

from assistant import resources, signatures
from assistant.desk import Desk
from assistant.errors import Unusable
from assistant.files import digest
from assistant.programme.folder import Folder
from assistant.retrieval import seal

DAY = 86_400_000_000_000


@pytest.fixture
def notes(tmp_path: Path) -> dict[str, Path]:
    home = tmp_path / "notes"
    home.mkdir()
    for number in range(3):
        (home / f"{number}.md").write_text(f"notitie {number}\n", encoding="utf-8")
    return {path.name: path for path in sorted(home.iterdir())}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock so many nanoseconds ahead; the disk keeps its own."""

    def ahead(nanoseconds: int) -> None:
        now = time.time() * 1_000_000_000 + nanoseconds
        monkeypatch.setattr("assistant.signatures.time.time_ns", lambda: int(now))

    return ahead


def never_hashed(patch: pytest.MonkeyPatch) -> None:
    for name in ("digest", "digest_of"):
        patch.setattr(signatures, name, lambda what: pytest.fail("a file was read again"))


def ask(notes: dict[str, Path]) -> dict[str, str]:
    home = next(iter(notes.values())).parent.parent
    return signatures.digests(notes, home / "private" / "signatures.json", home / "scratch")


def right(notes: dict[str, Path]) -> dict[str, str]:
    return {name: digest(path.read_bytes()) for name, path in notes.items()}


def in_place(path: Path) -> None:
    path.write_text("notitie 9\n", encoding="utf-8")


def replaced(path: Path) -> None:
    """As editors save: another file takes its place, with the times of the first."""
    before = path.stat()
    other = path.with_suffix(".tmp")
    other.write_text("notitie 9\n", encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def restored(path: Path) -> None:
    """The same size, and the time of writing set back."""
    before = path.stat()
    in_place(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def set_back(path: Path) -> None:
    in_place(path)
    os.utime(path, ns=(1, 1))


def test_untouched_files_are_read_once(
    notes: dict[str, Path], clock: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(DAY)
    assert ask(notes) == right(notes)
    expected = right(notes)
    never_hashed(monkeypatch)
    assert ask(notes) == expected


@pytest.mark.parametrize(
    "edit",
    [
        in_place,
        replaced,
        pytest.param(restored, marks=pytest.mark.skipif(os.name == "nt", reason="no time of change: a limit told")),
        set_back,
    ],
)
def test_an_edit_is_seen(notes: dict[str, Path], clock: Callable[[int], None], edit: Callable[[Path], None]) -> None:
    clock(DAY)
    ask(notes)
    edit(notes["1.md"])
    assert ask(notes) == right(notes)


def test_a_file_of_this_moment_is_not_known_by_its_stat(
    notes: dict[str, Path], clock: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(0)
    ask(notes)
    stat = signatures.signature(notes["1.md"])
    monkeypatch.setattr(signatures, "signature", lambda path: stat)  # a second edit within one tick of the clock
    in_place(notes["1.md"])
    assert ask(notes)["1.md"] == digest(b"notitie 9\n")


def test_a_file_of_a_time_to_come_is_read_each_time(notes: dict[str, Path], clock: Callable[[int], None]) -> None:
    clock(-DAY)
    ask(notes)
    in_place(notes["0.md"])
    assert ask(notes) == right(notes)


def test_what_no_stat_tells_is_seen_the_next_day(
    notes: dict[str, Path], clock: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(DAY)
    ask(notes)
    stat = signatures.signature(notes["1.md"])
    monkeypatch.setattr(signatures, "signature", lambda path: stat)
    in_place(notes["1.md"])
    clock(2 * DAY)
    assert ask(notes)["1.md"] == digest(b"notitie 9\n")


@pytest.mark.parametrize("raw", [b"", b"no such thing", b"\xff" * 400])
def test_what_is_kept_is_worth_nothing_when_damaged(
    notes: dict[str, Path], clock: Callable[[int], None], raw: bytes
) -> None:
    clock(DAY)
    ask(notes)
    home = notes["0.md"].parent.parent / "private" / "signatures.json"
    home.write_bytes(raw)
    assert ask(notes) == right(notes)


def test_what_went_is_forgotten(notes: dict[str, Path], clock: Callable[[int], None]) -> None:
    clock(DAY)
    ask(notes)
    del notes["2.md"]
    assert ask(notes) == right(notes)
    assert b"2.md" not in (notes["0.md"].parent.parent / "private" / "signatures.json").read_bytes()


def test_a_note_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    root = tmp_path / "programme"
    shutil.copytree(resources.corpus() / "demo" / "nl", root)
    (root / "pairs" / "anouk-gerben" / "sessions" / "2026-01-01.md").mkdir()
    with pytest.raises(Unusable, match=r"2026-01-01\.md: cannot be read .*; check"):
        Desk(Folder(root), "anouk-gerben", dt.date(2026, 7, 6), True).find("rooster", 3)


def test_a_search_follows_edits_and_never_reads_an_untouched_note(
    tmp_path: Path, clock: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "programme"
    shutil.copytree(resources.corpus() / "demo" / "nl", root)
    home = root / "pairs" / "anouk-gerben" / "sessions"
    clock(DAY)

    def found(query: str) -> list[str]:
        desk = Desk(Folder(root), "anouk-gerben", dt.date(2026, 7, 6), True)
        return [hit.path for hit in desk.find(query, 20) if query in hit.text]

    first = found("rooster")
    assert found("rooster") == first != []
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "notes", lambda *_: pytest.fail("every note was read"))
        patch.setattr("assistant.notebook.read_bytes", lambda path: pytest.fail(f"{path.name} was read"))
        never_hashed(patch)
        assert found("rooster") == first
    assert not found("kanarievogel")
    (home / "2026-01-02.md").write_text("De kanarievogel floot.\n", encoding="utf-8")
    assert found("kanarievogel")[0].endswith("/2026-01-02.md")
    (home / "2026-01-02.md").write_text("De zanglijster floot!!\n", encoding="utf-8")
    assert found("zanglijster")[0].endswith("/2026-01-02.md")
    (home / "2026-01-02.md").unlink()
    assert not found("zanglijster")


def no_hash(patch: pytest.MonkeyPatch) -> None:
    never_hashed(patch)
    patch.setattr(seal, "digest_of", lambda path: pytest.fail("an index was hashed"))


def test_an_index_is_hashed_once_a_day_and_never_on_the_day_of_an_edit(
    tmp_path: Path, clock: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = [document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")]
    with monkeypatch.context() as patch:
        no_hash(patch)
        first = found_in(tmp_path, notes, "roosters")
        assert found_in(tmp_path, notes, "roosters") == first
    clock(DAY)
    assert found_in(tmp_path, notes, "roosters") == first
    with monkeypatch.context() as patch:
        no_hash(patch)
        assert found_in(tmp_path, notes, "roosters") == first


def test_an_index_that_was_only_touched_is_kept_where_there_is_a_hash_of_it(
    tmp_path: Path, clock: Callable[[int], None]
) -> None:
    notes = [document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")]
    first = found_in(tmp_path, notes, "roosters")
    clock(DAY)
    assert found_in(tmp_path, notes, "roosters") == first
    file, before = next(tmp_path.glob("*/lexical.sqlite3")), generations(tmp_path)
    os.utime(file, ns=(1, 1))
    assert found_in(tmp_path, notes, "roosters") == first
    assert generations(tmp_path) == before
    file.write_bytes(file.read_bytes().replace(b"koeling", b"kelders"))
    os.utime(file, ns=(1, 1))
    assert found_in(tmp_path, notes, "roosters") == first
    assert generations(tmp_path) != before


def test_an_index_that_was_touched_on_its_first_day_is_made_anew(tmp_path: Path) -> None:
    notes = [document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")]
    first, before = found_in(tmp_path, notes, "roosters"), generations(tmp_path)
    os.utime(next(tmp_path.glob("*/lexical.sqlite3")), ns=(1, 1))
    assert found_in(tmp_path, notes, "roosters") == first
    assert generations(tmp_path) != before


def test_a_writer_that_died_before_its_pointer_is_seen_though_the_clock_stood_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = [document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")]
    first, before = found_in(tmp_path, notes, "roosters"), generations(tmp_path)
    with sqlite3.connect(next(tmp_path.glob("*/lexical.sqlite3"))) as db:
        db.execute("UPDATE meta SET value = '0123456789abcdef' WHERE key = 'stamp'")
    db.close()
    monkeypatch.setattr(seal, "holds", lambda *_: True)
    assert found_in(tmp_path, notes, "roosters") == first
    assert generations(tmp_path) != before
