"""`--out FILE.docx`: a draft as Word opens it, with the words of the Markdown and nothing about who made it."""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from cli.conftest import Prep

from assistant.documents import formats
from assistant.render import word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AS_OF = ["--today", "2026-07-06"]
DRAFTS = (["next-session", "--no-save"], ["questions"], ["summarise", "--for", "pair"])


def _pair(demo: Path) -> str:
    return "anouk-gerben" if (demo / "pairs" / "anouk-gerben").is_dir() else "callum-verity"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _part(raw: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return ElementTree.fromstring(packed.read(name))


def _told(part: ElementTree.Element) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in part.iter(f"{_W}p"))


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda words: words[0])
def test_a_draft_in_word_says_what_it_says_in_markdown(
    prep: Prep, demo: Path, tmp_path: Path, draft: list[str]
) -> None:
    asked = [draft[0], _pair(demo), *draft[1:], "--programme", demo, *_AS_OF, "--out"]
    for ending in ("docx", "md"):
        prep(*asked, tmp_path / f"draft.{ending}")
    raw = (tmp_path / "draft.docx").read_bytes()
    said, noted = _told(_part(raw, "word/document.xml")), _told(_part(raw, "word/footnotes.xml"))
    text, _, sources = (tmp_path / "draft.md").read_text(encoding="utf-8").rpartition("\n## ")
    listed = re.findall(r"^- \[(\w+)\] (.*)$", sources, re.MULTILINE)
    assert len(listed) == len(
        re.findall(r"footnoteReference ", zipfile.Path(io.BytesIO(raw), "word/document.xml").read_text("utf-8"))
    )
    assert sorted(_words(noted)) == sorted(_words(" ".join(place for _, place in listed)))
    bare = re.sub(r" ?\[[a-z]\d+(?:, [a-z]\d+)*\]|- \[ \] ", " ", text)
    signs = [*_words(bare), *_words(" ".join(re.findall(r"\[(?=[a-z]\d)([^\]]*)\]", text)))]
    assert len(_words(said)) <= len(signs)
    for word_ in set(_words(bare)):
        assert word_ in said


def test_the_promises_of_an_agenda_can_be_ticked_in_word(prep: Prep, demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "agenda.docx"
    agenda = prep("next-session", _pair(demo), "--programme", demo, *_AS_OF, "--no-save", "--json", "--out", out).json
    made = _part(out.read_bytes(), "word/document.xml")
    boxes = list(made.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"))
    assert len(boxes) == len(agenda["commitments"]) > 0
    styles = [p.style.name for p in docx.Document(str(out)).paragraphs if p.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 3") == len(agenda["items"])


def test_a_word_file_is_the_same_each_time_and_names_no_author(prep: Prep, demo: Path, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        prep("questions", _pair(demo), "--programme", demo, *_AS_OF, "--out", tmp_path / name)
    raw = (tmp_path / "a.docx").read_bytes()
    assert raw == (tmp_path / "b.docx").read_bytes()
    made = docx.Document(io.BytesIO(raw))
    known = {
        name: getattr(made.core_properties, name) for name in ("author", "comments", "last_modified_by", "created")
    }
    assert not any(known.values())
    assert made.core_properties.title == made.paragraphs[0].text


def test_the_language_of_a_word_file_is_that_of_the_draft(prep: Prep, demo: Path, tmp_path: Path) -> None:
    for language, locale in (("nl", "nl-NL"), ("en", "en-GB")):
        out = tmp_path / f"{language}.docx"
        prep("questions", _pair(demo), "--programme", demo, *_AS_OF, "--language", language, "--out", out)
        spoken = _part(out.read_bytes(), "word/styles.xml").find(f".//{_W}rPrDefault//{_W}lang")
        assert spoken is not None
        assert spoken.get(f"{_W}val") == locale


def test_without_python_docx_nothing_is_drafted_and_the_mend_is_said(
    prep: Prep, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    done = prep("next-session", _pair(demo), "--programme", demo, "--out", tmp_path / "a.docx", ok=False)
    assert done.code == 3
    assert "pip install 'prep-reverse-mentoring[office]'" in done.err
    assert not (demo / "pairs" / _pair(demo) / "drafts").exists()


def test_a_source_cited_twice_is_one_footnote_and_one_that_is_not_cited_keeps_the_list() -> None:
    text = "# A\n\nB [n1] and C [n1, n2].\n\n## Sources\n\n- [n1] one\n- [n2] two\n"
    noted = _part(word.document(text, "en"), "word/footnotes.xml")
    assert _told(noted).split("\n")[2:] == [" one", " two"]
    uncited = word.document(text.replace(", n2", ""), "en")
    assert "- [n2] two" in formats.read(uncited, "a.docx").text


def test_libreoffice_sets_every_word_of_every_draft_on_its_pages(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "bench"))
    import libreoffice
    import paper

    if libreoffice.MISSING:
        pytest.skip(libreoffice.MISSING)
    pair = _pair(demo)
    for other in (demo / "pairs").iterdir():
        if other.name != pair:
            shutil.rmtree(other)
    made = list(paper.drafts(demo, tmp_path))
    assert {path.name.split(".")[1] for path in made} == set(paper.DRAFTS)
    for document, pdf in zip(made, libreoffice.pages(made, tmp_path), strict=True):
        said = document.with_suffix(".md").read_text(encoding="utf-8")
        assert libreoffice.lost(said, libreoffice.text_of(pdf)) == [], document.name
    assert "braderie" in libreoffice.lost("# A\n\nbraderie and more [n1]\n", "A and more")


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda words: words[0])
def test_a_page_loads_nothing_and_each_source_that_is_cited_is_a_link_on_it(
    prep: Prep, demo: Path, tmp_path: Path, draft: list[str]
) -> None:
    out = tmp_path / "draft.html"
    made = prep(draft[0], _pair(demo), *draft[1:], "--programme", demo, *_AS_OF, "--json", "--out", out).json
    page = out.read_text(encoding="utf-8")
    assert page.startswith(f'<!doctype html>\n<html lang="{made["language"]}">')
    assert not re.search(r"\bsrc=|@import|url\(|https?:|<script", page)
    cited = re.findall(r'href="#(\w+)"', page)
    assert set(cited) == set(re.findall(r' id="(\w+)"', page)) == set(made["sources"])
    assert page.count("href=") == len(cited)
    assert not re.search(r"\[[a-z]\d", page)
