"""`prep note` with what an office has: Word, PDF, mail, captions."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from cli.conftest import Prep, Programme
from documents import office
from docx.document import Document


def _minutes(d: Document) -> None:
    d.sections[0].header.paragraphs[0].text = "Memo 12"
    d.add_heading("Besproken", 1)
    office.checked(d, "NvdV: stuurt de lijst voor 1 mei", False)
    d.add_heading("Vertrouwelijk", 1)
    d.add_paragraph("Over zijn baas.")


def _added(programme: Programme) -> str:
    return (programme.root / "pairs/noor-willem/sessions/2026-03-10.md").read_text(encoding="utf-8")


def test_a_word_document_becomes_a_note_and_stays_as_it_is(prep: Prep, programme: Programme, tmp_path: Path) -> None:
    source = tmp_path / "minutes.docx"
    raw = office.word(_minutes)
    source.write_bytes(raw)
    done = prep("note", "noor-willem", source, "--date", "2026-03-10")
    assert "minutes.docx: left out the page headers and footers" in done.err
    assert source.read_bytes() == raw
    assert _added(programme) == (
        "# Besproken\n\n- [ ] NvdV: stuurt de lijst voor 1 mei\n\n# Vertrouwelijk\n\nOver zijn baas.\n"
    )
    agenda = prep("next-session", "--json", "--no-save", "--today", "2026-04-01").json
    assert [(c["owner"], c["due"]) for c in agenda["commitments"]] == [("mentor", "2026-05-01")]
    found = prep("search", "baas", "--json", "--today", "2026-04-01").json["results"]
    assert [hit["level"] for hit in found if hit["path"].startswith("pairs/")] == ["confidential"]


def test_a_document_that_its_header_closes_becomes_a_closed_note(
    prep: Prep, programme: Programme, tmp_path: Path
) -> None:
    source = tmp_path / "memo.pdf"
    source.write_bytes(office.pdf(*[[f"Over {who}", "Persoonlijk en vertrouwelijk"] for who in ("A", "B", "C")]))
    done = prep("note", source, "--date", "2026-03-10")
    assert "memo.pdf: a header, a label or a mark closes all of it, so the note is own" in done.err
    assert _added(programme).startswith("---\nlevel: own\n---\nOver A\n")


def test_a_document_comes_through_a_pipe_too(prep: Prep, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(office.word(_minutes)), encoding="utf-8"))
    done = prep("note", "-", "--date", "2026-03-10")
    assert "standard input: left out" in done.err
    assert "Over zijn baas." in _added(programme)


def test_a_document_without_text_adds_nothing(prep: Prep, programme: Programme, tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(office.pdf([], picture=True))
    done = prep("note", source, ok=False)
    assert done.code == 3
    assert done.err.startswith("prep: scan.pdf: holds pictures of text")
    assert done.err.count("\n") == 1
    assert not list((programme.root / "pairs/noor-willem/sessions").iterdir())


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("Verslag 2026-03-10 (def).txt", "We spraken.", "2026-03-10"),
        ("20260310_sessie.txt", "We spraken.", "2026-03-10"),
        ("sessie 10-3-2026.txt", "We spraken.", "2026-03-10"),
        ("2026-03-10.txt", "---\ndate: 2026-03-11\n---\nWe spraken.", "2026-03-11"),
        ("2026-13-10.txt", "We spraken.", "2026-04-01"),
        ("budget-2026.txt", "We spraken.", "2026-04-01"),
    ],
)
def test_a_note_is_of_the_day_that_it_says_or_its_file_is_named_for(
    prep: Prep, programme: Programme, tmp_path: Path, name: str, text: str, day: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    prep("note", tmp_path / name, "--today", "2026-04-01")
    assert [p.stem for p in (programme.root / "pairs/noor-willem/sessions").iterdir()] == [day]
