"""Whatever happens to the machine: the notes are untouched, and the next command is right."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli.conftest import Prep, Programme

NOTE = "Willem thinks all branches use the tools.\n\n- [ ] Willem: sit at the counter, by 1 May\n"
WORDS = ["next-session", "--json", "--today", "2026-04-01"]


@pytest.fixture
def expected(prep: Prep, programme: Programme) -> str:
    for day in ("2026-01-20", "2026-02-10", "2026-03-10"):
        programme.note(day, NOTE + f"\nA word about {day}.\n")
    return prep(*WORDS, "--no-save").out


def notes(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (root / "pairs/noor-willem/sessions").iterdir()}


def test_deleting_what_is_derived_changes_nothing(prep: Prep, programme: Programme, expected: str) -> None:
    shutil.rmtree(programme.root / ".prep")
    assert prep(*WORDS, "--no-save").out == expected


@pytest.mark.parametrize("how", ["emptied", "cut", "garbage", "folder"])
def test_damage_to_any_derived_file_changes_nothing(prep: Prep, programme: Programme, expected: str, how: str) -> None:
    before = notes(programme.root)
    for path in [p for p in (programme.root / ".prep").rglob("*") if p.is_file()]:
        if not path.exists():  # a damaged index was made anew beside it
            continue
        raw = path.read_bytes()
        if how == "emptied":
            path.write_bytes(b"")
        elif how == "cut":
            path.write_bytes(raw[: len(raw) // 2])
        elif how == "garbage":
            middle = len(raw) // 3
            path.write_bytes(raw[:middle] + bytes(255 - b for b in raw[middle : middle + 200]) + raw[middle + 200 :])
        else:
            path.unlink()
            path.mkdir()
        assert prep(*WORDS, "--no-save").out == expected, path
        assert prep("search", "counter", "--json").json["results"], path
    assert notes(programme.root) == before


def test_where_nothing_can_be_written_the_agenda_is_there_all_the_same(
    prep: Prep, programme: Programme, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(programme.root / ".prep")
    (programme.root / ".prep").write_text("in the way", encoding="utf-8")
    done = prep(*WORDS)
    assert done.out == expected
    assert "was not saved" in done.err


def test_a_full_disk_loses_nothing(
    prep: Prep, programme: Programme, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = notes(programme.root)
    (tmp_path / "n.md").write_text(NOTE, encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shutil.rmtree(programme.root / ".prep")
    monkeypatch.setattr(os, "fsync", full)
    assert prep(*WORDS).out == expected
    done = prep("note", tmp_path / "n.md", "--date", "2026-03-20", ok=False)
    assert done.code == 3
    assert "room on the disk" in done.err
    assert notes(programme.root) == before
    assert not list((programme.root / ".prep" / "tmp").iterdir())


def test_two_commands_at_once_on_one_pair_both_end_right(programme: Programme, expected: str) -> None:
    shutil.rmtree(programme.root / ".prep")
    command = [sys.executable, "-m", "assistant", *WORDS, "--no-save"]
    env = {**os.environ, "PREP_PROGRAMME": str(programme.root)}
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, env=env) for _ in range(2)]
    assert [p.communicate()[0].decode("utf-8") for p in both] == [expected, expected]
    assert [p.returncode for p in both] == [0, 0]


def test_an_unexpected_fault_is_told_without_a_traceback(
    prep: Prep, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme.note("2026-03-10", "A zanzibar secret.\n")

    def broken(*args: object) -> None:
        raise KeyError("zanzibar")

    monkeypatch.setattr("assistant.notes.momentum.calendar", broken)
    done = prep(*WORDS, ok=False)
    assert done.code == 1
    assert "please report" in done.err
    assert "zanzibar" not in done.err
    assert "Traceback" not in done.err


def test_five_megabytes_are_read_without_a_crash(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", NOTE * 2500)
    assert prep(*WORDS, "--no-save").json["commitments"]


def test_a_reader_that_has_had_enough_is_no_error(programme: Programme, expected: str) -> None:
    for words in (["next-session", "--no-save"], ["next-session", "--no-save", "--json"], ["commitments"]):
        command = [sys.executable, "-m", "assistant", *words, "--today", "2026-04-01"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=programme.root) as process:
            assert process.stdout is not None
            process.stdout.close()
            process.wait()
            assert process.returncode == 0, words


def test_an_unknown_setting_is_warned_of(prep: Prep, programme: Programme) -> None:
    settings = programme.root / "prep.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'cadance = "6 weeks"\n', encoding="utf-8")
    assert "prep.toml:4: [programme] has no setting `cadance`" in prep("next-session", "--no-save").err
    assert prep("doctor", ok=False).out.count("cadance") == 1


def test_a_note_that_cannot_be_read_is_told_by_every_command(prep: Prep, programme: Programme) -> None:
    (programme.root / "pairs/noor-willem/sessions/2026-03-10.md").mkdir()
    told = "2026-03-10.md: cannot be read"
    for words in (["search", "counter"], WORDS, ["commitments"]):
        found = prep(*words, ok=False)
        assert (found.code, told in found.err) == (3, True), words
    assert told in prep("pairs", ok=False).err
    assert told in prep("doctor", ok=False).out


def test_windows_says_otherwise_that_the_reader_went_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant import cli

    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("assistant.cli.app.app", gone)
    monkeypatch.setattr(cli, "_unread", lambda: 0)
    monkeypatch.setattr("assistant.cli.os.name", "nt")
    assert cli.main() == 0


def test_a_file_that_is_open_in_word_is_said_to_be(
    prep: Prep, programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody replace a file that a program holds open; it is as it was, and nothing is left beside it."""
    home = tmp_path / "OneDrive - Zuid & Zn" / "De Raad"
    home.mkdir(parents=True)
    out = home / "agenda 3.docx"
    prep("next-session", "--no-save", "--out", out)
    before = out.read_bytes()

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr("assistant.files.os.replace", held)
    done = prep("next-session", "--no-save", "--out", out, ok=False)
    assert done.code == 3
    assert "another program has it open" in done.err
    assert str(out) in done.err
    assert out.read_bytes() == before
    assert [path.name for path in home.iterdir()] == [out.name]
