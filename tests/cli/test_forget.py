"""`prep forget`: nothing of the pair is left, nothing of others is touched, and the statement is true or isn't made."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import sqlite3
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from cli.conftest import PAIR, TODAY, Prep, Programme, made_at, typed

from assistant import files, forgetting

SAID = "Willem wil het magazijn in Zwijndrecht verkopen vóór de zomer en vertelt het niemand"
NOTE = f"---\nlevel: confidential\n---\n# Sessie\n\n{SAID}.\n\n- [ ] Noor: kanariegeel bellen\n\n%%Ik vind hem koraalrood%%\n"
OTHER = (
    PAIR.replace("Noor van der Velde", "Anna Smit").replace("Willem Achterberg", "Bert Bos").replace("NvdV", "AS")
).replace("WA", "BB")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pairs with notes, drafts, an index each, a release and corrections."""
    programme = made_at(tmp_path_factory.mktemp("filled") / "programme")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(programme.root)
        fill(programme)
    return programme.root


@pytest.fixture
def full(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A copy of it for one test."""
    root = Path(shutil.copytree(filled, tmp_path / "programme"))
    monkeypatch.chdir(root)
    return Programme(root)


def fill(programme: Programme) -> None:
    other = programme.root / "pairs" / "anna-bert"
    (other / "sessions").mkdir(parents=True)
    (other / "pair.toml").write_text(OTHER.format(sessions=6), encoding="utf-8")
    (other / "sessions" / "2026-03-10.md").write_text(
        "Willem Achterberg kwam langs.\n\n- [ ] Anna: het rooster\n", encoding="utf-8"
    )
    programme.note("2026-03-10", NOTE)
    programme.note("2026-05-12", "Bert van de kade wacht op de nieuwe kraan die in april zou komen.\n")
    (programme.root / "guidance").mkdir()
    (programme.root / "guidance" / "rules.md").write_text("# Rules\n\nMeet away from the office.\n", encoding="utf-8")
    for slug in ("noor-willem", "anna-bert"):
        assert typed("next-session", slug, *TODAY).code == 0
        assert typed("search", slug, "rooster", *TODAY).code == 0
    typed("commitments", "noor-willem", "--add", "sturen wat over de kraan bekend is", "--owner", "mentor")
    (programme.root / "pairs" / "noor-willem" / "released").mkdir()
    (programme.root / "pairs" / "noor-willem" / "released" / "r.md").write_text("kanariegeel\n", encoding="utf-8")


def bytes_of(home: Path) -> dict[str, bytes]:
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def forget(prep: Prep, *words: str, ok: bool = True) -> tuple[int, str, str]:
    return prep("forget", "noor-willem", "--yes", *words, ok=ok)


def test_no_byte_of_the_pair_is_left_and_none_of_another_is_changed(prep: Prep, full: Programme) -> None:
    before = bytes_of(full.root)
    done = prep("forget", "noor-willem", "--yes")
    after = bytes_of(full.root)
    for canary in ("kanariegeel", "Zwijndrecht", "koraalrood", "noor-willem", "Noor", "Velde"):
        assert not [path for path, raw in after.items() if canary.casefold() in (path + str(raw)).casefold()], canary
    anothers = {path: raw for path, raw in before.items() if "anna-bert" in path or path.startswith("guidance")}
    assert anothers
    assert {path: after[path] for path in anothers} == anothers
    assert done.out.startswith("noor-willem is forgotten. Erased: ")
    assert f"Searched: {len(after)} files" in done.out
    assert "backups" in done.out
    assert prep("pairs", "--json", *TODAY).json["pairs"][0]["pair"] == "anna-bert"
    assert prep("forget", "noor-willem", "--yes", ok=False).code == 3


def test_it_asks_first_and_another_answer_erases_nothing(
    prep: Prep, full: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(full.root)
    assert prep("forget", "noor-willem", ok=False).code == 2
    for answer, code in (("ja\n", 2), ("", 2), ("noor-willem\n", 0)):
        typed = io.StringIO(answer)
        monkeypatch.setattr(typed, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", typed)
        done = prep("forget", "noor-willem", ok=False)
        assert done.code == code
        assert "2 notes, 1 drafts, 1 released texts" in done.err
        if code:
            assert bytes_of(full.root) == before


@pytest.mark.parametrize("word", ["../programme", "..", "nobody", "", "Noor-Willem/"])
def test_a_name_that_is_no_pair_erases_nothing(prep: Prep, full: Programme, word: str) -> None:
    before = bytes_of(full.root)
    done = prep("forget", word, "--yes", ok=False)
    assert done.code == 3
    assert "anna-bert, noor-willem" in done.err
    assert bytes_of(full.root) == before


# --- leftovers --------------------------------------------------------------------------------------------------------


def zipped(raw: bytes, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, raw)
    return file.getvalue()


def mailed(text: str, how: str) -> bytes:
    mail = EmailMessage()
    mail.set_content(text, cte=how)
    return bytes(mail)


def stored(text: str) -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (a TEXT)")
    database.execute("INSERT INTO t VALUES (?)", [text])
    database.commit()
    return database.serialize()


WRAPPED = {
    "plain": SAID.encode(),
    "in part": b"wie: het magazijn in Zwijndrecht verkopen?",
    "capitals": SAID.upper().encode(),
    "no accents, other signs": re.sub(r"\s", " ... ", SAID.replace("ó", "o")).encode(),
    "over lines": SAID.replace(" ", "\n> ").encode(),
    "UTF-16": SAID.encode("utf-16"),
    "UTF-16 without its sign": SAID.encode("utf-16-le"),
    "Latin-1": SAID.encode("latin-1"),
    "JSON": json.dumps({"a": "x\n" + SAID}).encode(),
    "HTML": SAID.replace("ó", "&oacute;").replace("magazijn", "ma<b>gaz</b>ijn").encode(),
    "quoted-printable": mailed(SAID, "quoted-printable"),
    "base64": mailed(SAID, "base64"),
    "Word": zipped(SAID.replace("magazijn", "maga</w:t></w:r><w:r><w:t>zijn").encode()),
    "archive in archive": zipped(zipped(SAID.encode())),
    "gzip": gzip.compress(SAID.encode()),
    "database": stored(SAID),
    "garbage round it": b"\xff\xfe\x00" * 7 + b" " + SAID.encode("utf-8") + b" \x81\x00",
    "a name": b"Gezien: noor VAN DER velde.",
    "the slug": b'{"pair": "noor-willem"}',
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_leftover_makes_the_statement_impossible(prep: Prep, full: Programme, how: str) -> None:
    place = full.root / "guidance" / "left.bin"
    place.write_bytes(WRAPPED[how])
    for _ in range(2):
        code, out, err = forget(prep, ok=False)
        assert code == 6
        assert out == ""
        assert "guidance/left.bin" in err
        assert "magazijn" not in err.casefold()
        assert not (full.root / "pairs" / "noor-willem").exists()
    place.write_bytes(b"taken out")
    assert "is forgotten" in forget(prep)[1]
    assert b"magazijn" not in b"".join(bytes_of(full.root).values())


@pytest.mark.parametrize(
    "place",
    [
        "loose.txt",
        "prep.toml.bak",
        "prompts/agenda.nl.yaml~",
        "pairs/anna-bert/sessions/2026-05-01.md",
        "pairs/anna-bert/drafts/x.eml",
        "pairs/loose.md",
        ".prep/x",
        ".prep/tmp/note.md",
        ".prep/pairs/anna-bert/index/x",
        "ledger.jsonl",
        "Willem Achterberg.pdf",
        "reports/noor-willem.csv",
    ],
)
def test_it_is_found_wherever_it_lies_and_named(prep: Prep, full: Programme, place: str) -> None:
    path = full.root / place
    path.parent.mkdir(exist_ok=True)
    path.write_text("niets\n" if "illem" in place else f"kop\n\n{SAID}\n", encoding="utf-8")
    code, out, err = forget(prep, ok=False)
    assert (code, out) == (6, "")
    assert (place if "illem" in place else f"{place}:3") in err
    path.unlink()
    forget(prep)


def test_half_written_files_go_and_a_note_that_waits_for_its_author_stays(prep: Prep, full: Programme) -> None:
    tmp = full.root / ".prep" / "tmp"
    (tmp / "tmpa1b2").write_text(SAID, encoding="utf-8")
    (tmp / "note.md").write_text("Anna vertelt van het rooster.", encoding="utf-8")
    forget(prep)
    assert [p.name for p in tmp.iterdir()] == ["note.md"]


def test_what_a_person_lets_stay_is_named_in_the_statement(prep: Prep, full: Programme) -> None:
    shared = full.root / "pairs" / "anna-bert" / "sessions" / "2026-05-01.md"
    shared.write_text(SAID, encoding="utf-8")
    prep("search", "anna-bert", "magazijn", *TODAY)
    assert forget(prep, ok=False)[0] == 6
    assert forget(prep, "--leave", "no-such-file.md", ok=False)[0] == 2
    _, out, _ = forget(prep, "--leave", "pairs/anna-bert/sessions/2026-05-01.md")
    assert "Left as they are, as you said: .prep/pairs/anna-bert/index/" in out
    assert shared.read_text(encoding="utf-8") == SAID


def test_names_that_another_pair_has_too_and_notes_of_others_are_no_leftovers(prep: Prep, full: Programme) -> None:
    pair = full.root / "pairs" / "anna-bert" / "pair.toml"
    people = '\n[[people]]\nname = "Noor van der Velde"\n'
    pair.write_text(pair.read_text(encoding="utf-8") + people, encoding="utf-8")
    (full.root / "guidance" / "rules.md").write_text("Ask Noor van der Velde.\n", encoding="utf-8")
    forget(prep)


def test_what_cannot_be_looked_into_is_named(prep: Prep, full: Programme) -> None:
    (full.root / "guidance" / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    assert "look yourself: guidance/scan.pdf" in forget(prep)[1]


def test_lines_of_the_ledger_stay_unless_they_name_the_pair(prep: Prep, full: Programme) -> None:
    ledger = full.root / "ledger.jsonl"
    ledger.write_text('{"host": "a.example"}\n{"host": "b.example", "pair": "noor-willem"}\n', encoding="utf-8")
    _, out, _ = forget(prep)
    assert ledger.read_text(encoding="utf-8") == '{"host": "a.example"}\n'
    assert "1 lines of ledger.jsonl named the pair" in out
    assert "`prep sent`" in out


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_erased_and_what_it_points_to_is_named_but_not_touched(
    prep: Prep, full: Programme, tmp_path: Path
) -> None:
    sessions = full.root / "pairs" / "noor-willem" / "sessions"
    vault = Path(shutil.move(sessions, tmp_path / "vault"))
    sessions.symlink_to(vault)
    before = bytes_of(vault)
    (full.root / "loose.md").write_text(SAID, encoding="utf-8")
    assert forget(prep, ok=False)[0] == 6
    (full.root / "loose.md").unlink()
    assert "pointed to: pairs/noor-willem/sessions" in forget(prep)[1]
    assert bytes_of(vault) == before


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_read_only_files_go_too(prep: Prep, full: Programme) -> None:
    note = full.root / "pairs" / "noor-willem" / "sessions" / "2026-03-10.md"
    note.chmod(0o400)
    note.parent.chmod(0o500)
    forget(prep)


def test_a_file_that_cannot_be_deleted_is_named_and_nothing_is_stated(
    prep: Prep, full: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        code, out, err = forget(prep, ok=False)
    assert (code, out) == (3, "")
    assert "cannot be deleted (Permission denied); close what has it open" in err
    forget(prep)


def test_broken_off_anywhere_a_second_time_ends_it(
    prep: Prep, full: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (full.root / "guidance" / "left.md").write_text(SAID, encoding="utf-8")
    saved = Path(shutil.copytree(full.root, tmp_path / "saved"))
    steps = 0
    for last in range(100):
        shutil.rmtree(full.root)
        monkeypatch.chdir(shutil.copytree(saved, full.root))
        left = last

        def stopped(path: Path, then: object = None) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            files.delete(path)

        with monkeypatch.context() as patch:
            patch.setattr(forgetting, "delete", stopped)
            code, out, _ = forget(prep, ok=False)
        assert out == ""
        if code != 130:
            break
        steps += 1
        assert forget(prep, ok=False)[0] == 6  # what its text is known by outlived the notes
        (full.root / "guidance" / "left.md").unlink()
        assert "is forgotten" in forget(prep)[1]
        assert b"noor-willem" not in b"".join(bytes_of(full.root).values())
    assert steps > 8


def test_a_pair_whose_settings_cannot_be_read_is_erased_all_the_same(prep: Prep, full: Programme) -> None:
    (full.root / "pairs" / "noor-willem" / "pair.toml").write_text("[mentor", encoding="utf-8")
    assert "names were not searched for" in forget(prep)[1]


def test_what_is_kept_meanwhile_holds_no_text_and_is_the_users_alone(prep: Prep, full: Programme) -> None:
    (full.root / "loose.md").write_text(SAID, encoding="utf-8")
    forget(prep, ok=False)
    kept = full.root / ".prep" / "forgetting" / "noor-willem.json"
    assert not re.search(rb"magazijn|kanarie|noor\b|velde", kept.read_bytes(), re.IGNORECASE)
    assert os.name == "nt" or kept.stat().st_mode & 0o777 == 0o600
