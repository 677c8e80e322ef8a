"""Setting up by hand, command by command, and being told what is wrong."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest
from cli.conftest import TODAY, Prep, Programme


def test_from_nothing_to_an_agenda(prep: Prep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "ours"
    prep("init", root, "--name", 'Het "grote" plan', "--language", "en", "--cadence", "6 weeks")
    monkeypatch.chdir(root)
    prep("pair", "add", "noor-willem", "--mentor", "Noor van der Velde", "--mentee", "Willem Achterberg",
         "--scope", "AI tools", "--interest", "tools in the branches", "--started", "2026-01-15")  # fmt: skip
    prep("plan", "2026-03-12")
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(b"- [ ] NvdV: send the list, by 1 May\n"), encoding="utf-8")
    )
    prep("note", "--date", "2026-01-20")
    agenda = prep("next-session", "--json", "--no-save", "--today", "2026-02-01").json
    assert [(c["owner"], c["due"]) for c in agenda["commitments"]] == [("mentor", "2026-05-01")]
    assert agenda["session"]["planned"] == "2026-03-12"
    rows = prep("pairs", "--json", "--today", "2026-02-01").json["pairs"]
    assert rows[0]["pair"] == "noor-willem"
    assert rows[0]["momentum"]["state"] == "on-track"
    assert rows[0]["open_commitments"] == 1


def test_demo_makes_a_folder_once_and_shows_an_agenda(prep: Prep, tmp_path: Path) -> None:
    done = prep("demo", tmp_path / "d", "--language", "nl")
    assert "Het plan" in done.out
    assert done.out.count("\n  prep ") == 5
    again = prep("demo", tmp_path / "d", ok=False)
    assert again.code == 3
    assert "is there already" in again.err


def test_a_demo_that_is_there_is_left_alone_and_another_one_is_made_beside_it(
    prep: Prep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    prep("demo", "--language", "nl")
    (tmp_path / "prep-demo" / "mine.txt").write_text("kept", encoding="utf-8")
    second = prep("demo", "--language", "en")
    assert "cd prep-demo-2" in second.out
    assert (tmp_path / "prep-demo" / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "prep-demo-2" / "pairs" / "anouk-gerben").exists()


def test_init_and_pair_add_overwrite_nothing(prep: Prep, programme: Programme) -> None:
    assert prep("init", programme.root, ok=False).code == 3
    same = ["pair", "add", "noor-willem", "--mentor", "A B", "--mentee", "C D"]
    assert prep(*same, ok=False).code == 3
    assert prep("pair", "add", "No Slug", *same[3:], ok=False).code == 3


def test_no_programme_and_no_pair_are_told_in_one_sentence(prep: Prep, programme: Programme, tmp_path: Path) -> None:
    nowhere = prep("pairs", "--programme", tmp_path / "none", ok=False)
    assert (nowhere.code, nowhere.out) == (3, "")
    assert "prep init" in nowhere.err
    unknown = prep("next-session", "nobody-here", ok=False)
    assert unknown.code == 3
    assert "noor-willem" in unknown.err


def test_a_second_pair_must_be_named_unless_one_stands_in_its_folder(
    prep: Prep, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    prep("pair", "add", "anna-bert", "--mentor", "Anna Aa", "--mentee", "Bert Bee")
    done = prep("next-session", ok=False)
    assert done.code == 3
    assert "anna-bert, noor-willem" in done.err
    monkeypatch.chdir(programme.root / "pairs" / "anna-bert")
    assert prep("next-session", "--json", "--no-save").json["pair"] == "anna-bert"


def test_note_keeps_what_is_there_and_takes_the_next_free_name(
    prep: Prep, programme: Programme, tmp_path: Path
) -> None:
    source = tmp_path / "aantekening.txt"
    source.write_bytes("Één café, morgen.\r\n".encode("cp1252"))
    prep("note", source, "--date", "2026-03-10")
    prep("note", source, "--date", "2026-03-10")
    sessions = programme.root / "pairs" / "noor-willem" / "sessions"
    assert sorted(p.name for p in sessions.iterdir()) == ["2026-03-10-2.md", "2026-03-10.md"]
    assert (sessions / "2026-03-10.md").read_text(encoding="utf-8") == "Één café, morgen.\n"
    assert source.read_bytes() == "Één café, morgen.\r\n".encode("cp1252")


def test_a_note_takes_the_place_of_the_plan_of_that_day(prep: Prep, programme: Programme, tmp_path: Path) -> None:
    prep("plan", "2026-03-10")
    (tmp_path / "n.md").write_text("---\ndate: 2026-03-10\n---\nWe met.\n", encoding="utf-8")
    prep("note", tmp_path / "n.md")
    sessions = programme.root / "pairs" / "noor-willem" / "sessions"
    assert [p.name for p in sessions.iterdir()] == ["2026-03-10.md"]
    assert prep("plan", "2026-03-10", ok=False).code == 3
    assert prep("plan", "2026-13-40", ok=False).code == 2


def test_note_in_an_editor_and_a_template_left_as_it_was(
    prep: Prep, programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    writer = tmp_path / "writer.py"
    writer.write_text(
        "import sys\nopen(sys.argv[1], 'a', encoding='utf-8').write('- [ ] NvdV: bel Fatima\\n')\n", encoding="utf-8"
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{writer}"')
    prep("note", "--date", "2026-03-10")
    assert "bel Fatima" in (programme.root / "pairs/noor-willem/sessions/2026-03-10.md").read_text(encoding="utf-8")
    writer.write_text("", encoding="utf-8")
    same = prep("note", "--date", "2026-03-11", ok=False)
    assert same.code == 2
    assert "left as it was" in same.err


def test_an_empty_note_and_a_binary_are_refused(prep: Prep, programme: Programme, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("  \n", encoding="utf-8")
    assert prep("note", tmp_path / "empty.md", ok=False).code == 3
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04\x00\x00binary")
    assert prep("note", tmp_path / "x.docx", ok=False).code == 3
    assert prep("note", tmp_path / "none.md", ok=False).code == 3


def test_doctor_names_each_fault_with_file_and_mend_and_no_text(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", "---\nlevel: board-only\n---\nA zanzibar secret. %%never ended\n")
    programme.note("not-a-date", "Lost.\n")
    done = prep("doctor", *TODAY, ok=False)
    assert done.code == 1
    for part in (
        "2026-03-10.md:2",
        "read as own",
        "2026-03-10.md:4",
        "comment without an end",
        "name it YYYY-MM-DD.md",
    ):
        assert part in done.out
    assert "zanzibar" not in done.out + done.err


def test_doctor_is_content_with_a_sound_programme(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", "We met.\n")
    assert "All is sound" in prep("doctor", *TODAY).out


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_what_is_derived_is_the_users_alone(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", "We met.\n")
    prep("next-session", "--no-save", *TODAY)
    for folder in [programme.root / ".prep", *(p for p in (programme.root / ".prep").rglob("*") if p.is_dir())]:
        assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0, folder


def test_usage_errors_are_one_line_and_exit_2(prep: Prep, programme: Programme) -> None:
    for words in (["nonsense"], ["next-session", "--minutes", "x"], ["next-session", "--for", "organisation"],
                  ["next-session", "--today", "2026-02-30"], ["search"], ["commitments", "--owner", "mentor"]):  # fmt: skip
        done = prep(*words, ok=False)
        assert done.code == 2, words
        assert done.out == ""
        assert len(done.err.strip().split("\n")) == 1


def test_a_key_in_prep_toml_is_refused(prep: Prep, programme: Programme) -> None:
    toml = programme.root / "prep.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8") + '[model]\nbase_url = "https://a.example"\nname = "m"\napi_key = "sk-1"\n',
        encoding="utf-8",
    )
    done = prep("pairs", ok=False)
    assert done.code == 3
    assert "prep.toml:7" in done.err
    assert "sk-1" not in done.err


@pytest.mark.parametrize("table", ["model", "embedding"])
def test_doctor_warns_of_a_service_that_can_be_listened_to_or_lacks_its_key(
    prep: Prep, programme: Programme, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    toml = programme.root / "prep.toml"
    plain = toml.read_text(encoding="utf-8")

    def told(url: str, more: str = "") -> str:
        toml.write_text(f'{plain}[{table}]\nbase_url = "{url}"\nname = "m"\n{more}', encoding="utf-8")
        return "\n".join(
            line for line in prep("doctor", "--offline", *TODAY, ok=False).out.splitlines() if f"[{table}]" in line
        )

    key = 'api_key_env = "A_KEY_OF_PREP"\n'
    monkeypatch.delenv("A_KEY_OF_PREP", raising=False)
    assert "plain http to another machine" in told("http://192.168.1.20:11434/v1")
    assert "https://" in told("http://192.168.1.20:11434/v1", key)
    assert "A_KEY_OF_PREP is not set" in told("https://models.example/v1", key)
    monkeypatch.setenv("A_KEY_OF_PREP", "abc123")
    for url in ("https://models.example/v1", "http://127.0.0.1:11434/v1", "http://localhost:1/v1"):
        assert told(url, key) == told(url) == ""


def test_pair_add_asks_one_question_about_a_wish_that_is_too_wide(prep: Prep, programme: Programme) -> None:
    names = ["--mentor", "Anna Aa", "--mentee", "Bert Bee", "--started", "2026-01-15"]
    wide = prep("pair", "add", "wide", *names, "--interest", "social media", "--learning", "leadership")
    questions = [line.strip() for line in wide.out.splitlines() if line.strip().endswith("?")]
    assert len(questions) == 2
    assert "social media" in questions[0].casefold()
    assert "leadership" in questions[1]
    narrow = prep("pair", "add", "narrow", *names, "--interest", "why the Friday night shift never opens the app")
    assert "?" not in narrow.out


def test_pair_add_asks_it_in_the_language_of_the_pair(prep: Prep, programme: Programme) -> None:
    done = prep("pair", "add", "wijd", "--mentor", "Anna Aa", "--mentee", "Bert Bee", "--interest", "iets met AI",
                "--language", "nl", "--started", "2026-01-15")  # fmt: skip
    assert "Je noemde “iets met AI”." in done.out
