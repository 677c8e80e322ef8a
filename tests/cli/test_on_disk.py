"""What prep writes is for the user alone, its half-written files are in .prep/, and no other program is told a word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.conftest import TODAY, Prep

NOTE = """We spraken over mails die te laat komen. Noor maakt een lijst met tien vragen die klanten stellen.

- [ ] Noor: kanariegeel bellen

We oefenden met korte mails. #delen
"""
FOR = ["summarise", "--for", "programme", *TODAY]


@pytest.fixture
def root(prep: Prep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A programme made and filled by prep, with every kind of file that it writes, under a careless umask."""
    before = os.umask(0o000)
    monkeypatch.setenv("PREP_PROGRAMME", str(tmp_path / "p"))
    (tmp_path / "note.md").write_text(NOTE, "utf-8")
    prep("init", tmp_path / "p", "--language", "nl")
    prep("pair", "add", "noor-willem", "--mentor", "Noor van der Velde", "--mentee", "Willem Achterberg",
         "--started", "2026-01-15")  # fmt: skip
    prep("note", tmp_path / "note.md", "--date", "2026-05-04")
    prep("plan", "2026-08-01")
    yield tmp_path / "p"
    os.umask(before)


def fill(prep: Prep, root: Path) -> None:
    prep("next-session", *TODAY)
    prep("next-session", *TODAY, "--out", root / "agenda.html")
    prep("next-session", *TODAY, "--out", root.parent / "elsewhere" / "agenda.md")
    prep("next-session", *TODAY, "--out", root.parent / "elsewhere" / "agenda.docx")
    prep("questions", *TODAY)
    prep("followup", *TODAY, "--out", root.parent / "elsewhere" / "mail.eml")
    prep("invite", *TODAY, "--out", root / "next.ics")
    prep("handover", *TODAY, "--yes", "--out", root / "handover.md")
    prep("search", "mails")
    prep("commitments", "--add", "sturen wat bekend is", "--owner", "mentor")
    offered = prep(*FOR, "--propose", "--json").json["proposals"]
    prep(*FOR, "--accept", offered[0]["id"], "--by", "Noor")


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX; on Windows the folder's own rights hold")
def test_every_file_and_folder_that_prep_writes_is_for_the_user_alone(prep: Prep, root: Path) -> None:
    fill(prep, root)
    made = [*root.rglob("*"), root, *(root.parent / "elsewhere").rglob("*"), root.parent / "elsewhere"]
    kinds = {"drafts", "released", "corrections.md", "prep.toml", "pair.toml", "readings.json", "lexical.sqlite3"}
    assert kinds <= {path.name for path in made}
    assert [p for p in made if p.is_dir() and p.stat().st_mode & 0o777 != 0o700] == []
    assert [p for p in made if p.is_file() and p.stat().st_mode & 0o777 != 0o600] == []


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_what_the_user_made_keeps_its_modes_and_the_process_its_own(prep: Prep, root: Path) -> None:
    notes = root / "pairs" / "noor-willem" / "sessions"
    notes.chmod(0o750)
    (notes / "2026-05-04.md").chmod(0o640)
    fill(prep, root)
    assert notes.stat().st_mode & 0o777 == 0o750
    assert (notes / "2026-05-04.md").stat().st_mode & 0o777 == 0o640
    assert os.umask(0o000) == 0o000


def test_half_written_files_lie_in_prep_alone(prep: Prep, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    homes: list[Path] = []
    made = tempfile.mkstemp

    def noted(*args: object, **kwargs: object) -> tuple[int, str]:
        handle, name = made(*args, **kwargs)  # type: ignore[call-overload]
        homes.append(Path(name).parent)
        return int(handle), str(name)

    monkeypatch.setattr(tempfile, "mkstemp", noted)
    (root.parent / "elsewhere").mkdir()
    fill(prep, root)
    assert root / ".prep" / "tmp" in homes
    assert [home for home in homes if not home.is_relative_to(root / ".prep")] == []
    assert not list((root / ".prep" / "tmp").iterdir())


EDITOR = """import json, os, sys
path = sys.argv[-1]
seen = {"words": sys.argv[1:], "mode": os.stat(path).st_mode & 0o777}
open(path, "a", encoding="utf-8").write("kanariegeel")
open(path + "~", "w").write("kanariegeel")
seen["beside"] = os.stat(path + "~").st_mode & 0o777
os.unlink(path + "~")
json.dump(seen, open(os.environ["SEEN"], "w"))
"""


def test_an_editor_is_told_a_path_in_prep_and_nothing_else(
    prep: Prep, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "editor.py").write_text(EDITOR, "utf-8")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{tmp_path / "editor.py"}"')
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("SEEN", str(tmp_path / "seen.json"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    prep("note", "--date", "2026-05-20")
    seen = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert seen["words"] == [str(root / ".prep" / "tmp" / "note.md")]
    assert "kanariegeel" in (root / "pairs/noor-willem/sessions/2026-05-20.md").read_text("utf-8")
    assert not list((root / ".prep" / "tmp").iterdir())
    if os.name != "nt":
        assert (seen["mode"], seen["beside"]) == (0o600, 0o600)


def test_no_other_program_is_started(prep: Prep, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object, **kwargs: object) -> None:
        raise AssertionError("a program was started")

    monkeypatch.setattr(subprocess, "Popen", refused)
    fill(prep, root)
    prep("check", root.parent / "note.md", "--for", "programme", ok=False)
    prep("doctor", *TODAY, ok=False)
    prep("forget", "noor-willem", "--yes", ok=False)


@pytest.mark.parametrize(
    "broken",
    [
        "assistant.notes.reader.read",
        "assistant.notes.story.tell",
        "assistant.privacy.audience.cut",
        "assistant.retrieval.search.both",
        "assistant.privacy.closed.closed_to",
        "assistant.privacy.proposals.proposed",
        "assistant.writers.recap.write",
        "assistant.writers.summary.write",
        "assistant.programme.saved.write_atomic",
    ],
)
def test_whatever_breaks_no_word_of_a_note_is_printed(
    prep: Prep, root: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (root / "pairs/noor-willem/sessions/2026-05-05.md").write_text(NOTE.replace("mails", "mails, kanariegeel"), "utf-8")

    def boom(*_: object, **__: object) -> None:
        raise KeyError("kanariegeel", {"text": NOTE})

    monkeypatch.setattr(broken, boom)
    texts = []
    for words in (["next-session"], ["search", "mails"], ["summarise", "--for", "pair"], [*FOR[:3], "--propose"]):
        done = prep(*words, *(TODAY if words[0] != "search" else []), ok=False)
        texts.append(done.err if done.code else "")
    assert any(texts)
    assert [text for text in texts if "kanarie" in text or "Traceback" in text or "klanten" in text] == []


def test_doctor_tells_who_synchronises_pushes_or_may_look_in(
    prep: Prep, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text('[remote "origin"]\n\turl = x\n', "utf-8")
    (root / ".stfolder").mkdir()
    monkeypatch.setattr("assistant.programme.place.is_open_to_all", lambda _: True)
    told = prep("doctor", *TODAY, ok=False).out
    assert "synchronised by Syncthing" in told
    assert "git repository with a remote" in told
    assert f"chmod 700 {root}" in told
