"""The index follows the notes, keeps two pairs and all levels apart, and takes vectors where there are some."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from retrieval.indexed import ask, texts

from assistant.errors import ModelFailed
from assistant.files import digest
from assistant.notes import note
from assistant.records import Level
from assistant.retrieval import search
from assistant.retrieval.chunks import Document, all_chunks
from assistant.retrieval.index import open_index, rebuilt
from assistant.retrieval.lexical import Lexical


def document(name: str, text: str) -> Document:
    day = note.date_of(name)
    assert day is not None
    read = note.read(text.encode(), name, *day)
    return Document(name, digest(text.encode()), lambda: (read.date, read.passages))


def found(folder: Path, documents: list[Document], query: str, embedder: object = None) -> list[str]:
    index = open_index(folder, documents, embedder)  # type: ignore[arg-type]
    searchable = search.Searchable(index, lambda: rebuilt(folder, documents, embedder))  # type: ignore[arg-type]
    try:
        return [hit.text for hit in searchable.find(query, 5)]
    finally:
        searchable.close()


ROSTERS = document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")
BREAD = document("2026-02-10.md", "Het brood van gisteren gaat naar de voedselbank.\n")


def test_edits_additions_and_deletions_are_followed(tmp_path: Path) -> None:
    assert found(tmp_path, [ROSTERS, BREAD], "roosters")
    changed = document("2026-01-10.md", "In de kantine is de muziek uit.\n")
    assert not any("koeling" in text for text in found(tmp_path, [changed, BREAD], "roosters koeling"))
    assert found(tmp_path, [changed, BREAD], "muziek kantine")
    assert not found(tmp_path, [BREAD], "muziek kantine")


@pytest.mark.parametrize("query", ["ROOSTERS", "rooster", "róósters", "roosterdeur"])
def test_case_accents_and_compounds_do_not_matter(tmp_path: Path, query: str) -> None:
    assert found(tmp_path, [ROSTERS, BREAD], query)[0].startswith("De roosters")


@given(st.text(max_size=60))
def test_no_query_makes_the_engine_stumble(query: str) -> None:
    index = Lexical.create(None, "")
    index.update([], [ROSTERS])
    index.search(query)
    index.close()


def test_a_query_of_operators_is_words(tmp_path: Path) -> None:
    assert found(tmp_path, [ROSTERS], 'roosters" OR NEAR(* -deur ^ {x}: "')
    assert not Lexical.create(None, "").search("")


def test_chunks_never_mix_levels_and_stand_on_their_lines() -> None:
    text = "# A\n\n" + "Open tekst over roosters. " * 30 + "\n\n## Vertrouwelijk\n\n" + "Gesloten tekst. " * 40 + "\n"
    lines = text.split("\n")
    made = all_chunks([document("2026-01-10.md", text)])
    assert {c.level for c in made} == {Level.PAIR, Level.CONFIDENTIAL}
    for chunk in made:
        assert len(chunk.text) <= 500
        assert ("Gesloten" in chunk.text) == (chunk.level is Level.CONFIDENTIAL)
        assert chunk.text.split("\n")[0][:40].strip() in lines[chunk.line - 1]


def test_sealed_text_is_not_in_any_byte_of_the_index(tmp_path: Path) -> None:
    sealed = document("2026-01-10.md", "Wel dit.\n\n## Geheim\n\nkanariegeel zanzibar\n")
    assert not found(tmp_path, [sealed], "kanariegeel zanzibar")
    for path in (p for p in tmp_path.rglob("*") if p.is_file()):
        assert b"kanariegeel" not in path.read_bytes()


WORDS = st.lists(
    st.sampled_from(["rooster", "brood", "deur", "koeling", "kassa", "markt", "krat", "kantine"]),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15)
@given(ours=st.lists(WORDS, min_size=1, max_size=3), query=WORDS)
def test_a_canary_of_another_pair_is_never_found(
    tmp_path_factory: pytest.TempPathFactory, ours: list[list[str]], query: list[str]
) -> None:
    home = tmp_path_factory.mktemp("pairs")
    theirs = document("2026-01-10.md", " ".join(query) + " kanariegeel\n")
    mine = [document(f"2026-0{n}-11.md", " ".join(words) + "\n") for n, words in enumerate(ours, 1)]
    assert found(home / "b", [theirs], "kanariegeel")
    assert not any("kanarie" in text for text in found(home / "a", mine, " ".join([*query, "kanariegeel"])))


def test_a_chunk_that_was_changed_on_disk_is_noticed_when_asked(tmp_path: Path) -> None:
    found(tmp_path, [ROSTERS], "roosters")
    index = open_index(tmp_path, [ROSTERS], None)
    with index.lexical.db as db:
        db.execute("UPDATE chunk SET crc = ?", (zlib.crc32(b"else"),))
    searchable = search.Searchable(index, lambda: rebuilt(tmp_path, [ROSTERS], None))
    assert searchable.find("roosters", 5)
    searchable.close()


class Axes:
    """A tiny embedder: each text is a direction by what it is about, in whatever words. Counts what it was given."""

    name = "axes"
    least = Level.CONFIDENTIAL
    subjects = (("rooster", "schedule", "planning"), ("brood", "bread", "loaf"), ("kassa", "till", "checkout"))

    def __init__(self) -> None:
        self.given: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.given += texts
        return [[0.01 + sum(word in text.lower() for word in words) for words in self.subjects] for text in texts]


def test_vectors_find_what_words_do_not_and_follow_edits(tmp_path: Path) -> None:
    axes = Axes()
    assert found(tmp_path, [ROSTERS, BREAD], "schedule", axes)[0].startswith("De roosters")
    changed = document("2026-01-10.md", "De kassa staat bij de deur.\n")
    axes.given.clear()
    assert found(tmp_path, [changed, BREAD], "checkout", axes)[0].startswith("De kassa")
    assert not any("brood" in text for text in axes.given)  # an edit costs that note
    assert found(tmp_path, [changed, BREAD], "loaf", axes)[0].startswith("Het brood")


def test_another_embedder_makes_the_vectors_anew(tmp_path: Path) -> None:
    first, other = Axes(), Axes()
    found(tmp_path, [ROSTERS, BREAD], "schedule", first)
    other.name = "another"
    found(tmp_path, [ROSTERS, BREAD], "schedule", other)
    assert any("roosters" in text for text in other.given)


def test_a_damaged_folder_of_vectors_is_made_anew(tmp_path: Path) -> None:
    found(tmp_path, [ROSTERS, BREAD], "schedule", Axes())
    for path in (p for p in tmp_path.rglob("vectors/*") if p.is_file()):
        path.write_bytes(b"garbage")
    assert found(tmp_path, [ROSTERS, BREAD], "schedule", Axes())[0].startswith("De roosters")


def test_what_is_the_authors_own_is_never_embedded(tmp_path: Path) -> None:
    axes = Axes()
    own = document("2026-01-10.md", "Samen gezien: de kassa.\n\n%%eigen kanariegeel%%\n")
    assert found(tmp_path, [own], "kanariegeel", axes)  # found by words
    assert not any("kanariegeel" in text for text in axes.given if text != "kanariegeel")
    assert found(tmp_path, [own], "checkout", axes)[0].startswith("Samen gezien")


def test_an_embedder_that_fails_leaves_the_search_by_words(tmp_path: Path) -> None:
    class Broken(Axes):
        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            raise ModelFailed("no vectors")

    assert found(tmp_path, [ROSTERS, BREAD], "roosters", Broken())[0].startswith("De roosters")


def test_while_another_process_writes_a_reader_is_served_from_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    from assistant.retrieval import index

    monkeypatch.setattr(index, "_PATIENCE", 0.01)
    with FileLock(tmp_path / "lock"):
        assert found(tmp_path, [ROSTERS, BREAD], "roosters")
    assert not (tmp_path / "current").exists()


def test_what_came_of_a_thing_goes_before_what_was_meant_to_come(tmp_path: Path) -> None:
    old, new = "De proef met de kassa begint in maart.", "De proef met de kassa stopt in maart."
    for first, second in ((old, new), (new, old)):
        notes = [document("2026-01-10.md", first), document("2026-04-10.md", second)]
        assert texts(ask(tmp_path / first.split()[5], notes, "proef met de kassa in maart")) == [second, first]


def test_the_talk_goes_before_what_others_were_told_of_it(tmp_path: Path) -> None:
    note = "De kassa stond een uur vast, zei Noor, en daarna ging de markt weer open.\n\n## Delen\n\nDe kassa stond vast.\n"
    hits = ask(tmp_path, [document("2026-01-10.md", note)], "kassa vast")
    assert [hit.level for hit in hits] == [Level.PAIR, Level.PROGRAMME]
