"""Vectors beside words: they follow the notes, and nothing that befalls them costs an answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from retrieval.indexed import Hashed, ask, document, generations, texts

from assistant.records import Level
from assistant.retrieval.chunks import Document
from assistant.retrieval.index import open_index, rebuilt
from assistant.retrieval.search import Searchable, _fused
from assistant.retrieval.vectors import Vectors

ROSTERS = document("2026-01-10.md", "De roosters hangen op de deur van de koeling.\n")
BREAD = document("2026-02-10.md", "Het brood van gisteren gaat naar de voedselbank.\n")
TILL = document("2026-03-10.md", "De kassa staat vast.\n")


def rows(folder: Path, embedder: Hashed, notes: list[Document]) -> tuple[int, int]:
    """How many chunks and how many vectors there are."""
    index = open_index(folder, notes, embedder)
    try:
        assert index.vectors is not None
        return len(index.lexical.embedded()), index.vectors.count()
    finally:
        index.close()


def test_both_arms_count(tmp_path: Path) -> None:
    by_words = ask(tmp_path / "words", [ROSTERS, BREAD], "koeling")
    by_both = ask(tmp_path / "both", [ROSTERS, BREAD], "koeling", Hashed())
    assert [hit.score for hit in by_words] == [1.0]
    assert by_both[0].text == by_words[0].text
    assert all(0.0 <= hit.score <= 1.0 for hit in by_both)
    assert len(by_both) == 2  # the vectors know of the other one too


@given(
    st.dictionaries(st.integers(0, 20), st.floats(0.01, 1.0), max_size=12),
    st.dictionaries(st.integers(0, 20), st.floats(-0.9, 0.9), min_size=1, max_size=12),
    st.floats(0.1, 0.5),
)
def test_it_matters_not_at_which_height_the_cosines_of_a_model_lie(
    words: dict[int, float], cosines: dict[int, float], factor: float
) -> None:
    fused = _fused(words, cosines)
    assert fused.keys() == words.keys() | cosines.keys()
    assert all(0.0 <= score <= 1.0 for score in fused.values())
    if max(cosines.values()) - min(cosines.values()) > 0.01 and max(fused.values()) > 0:  # else none is the best
        higher = _fused(words, {row: 0.5 + factor * cosine for row, cosine in cosines.items()})
        best = max(fused, key=lambda row: fused[row])
        assert higher[best] >= max(higher.values()) - 1e-6
    assert _fused(words, {}) == words


def test_a_note_that_went_takes_its_vectors_along(tmp_path: Path) -> None:
    hashed = Hashed()
    ask(tmp_path, [ROSTERS, BREAD, TILL], "kassa", hashed)
    assert rows(tmp_path, hashed, [ROSTERS, BREAD, TILL]) == (3, 3)
    made = generations(tmp_path)
    ask(tmp_path, [ROSTERS], "kassa", hashed)
    assert rows(tmp_path, hashed, [ROSTERS]) == (1, 1)
    assert generations(tmp_path) == made  # taken out, not made anew
    assert [hit.path for hit in ask(tmp_path, [ROSTERS], "kassa staat vast", hashed)] == ["2026-01-10.md"]


def test_an_edit_costs_the_chunks_that_changed_alone(tmp_path: Path) -> None:
    parts = [f"# {name}\n\n" + f"Wat er over {name} gezegd is. " * 30 for name in ("brood", "kassa", "rooster")]
    hashed = Hashed()
    ask(tmp_path, [document("2026-01-10.md", "\n\n".join(parts))], "kassa", hashed)
    hashed.given.clear()
    edited = document("2026-01-10.md", "\n\n".join([*parts[:2], parts[2].replace("gezegd", "gevraagd")]))
    ask(tmp_path, [edited], "kassa", hashed)
    made = [text for text in hashed.given if text != "kassa"]
    assert made
    assert all("gevraagd" in text for text in made)
    kept, count = rows(tmp_path, hashed, [edited])
    assert kept == count > len(made)


def test_what_a_model_may_not_read_has_no_vector(tmp_path: Path) -> None:
    note = document("2026-01-10.md", "De kassa staat vast.\n\n## Vertrouwelijk\n\nDe winkel gaat dicht.\n")
    for least, count in ((Level.CONFIDENTIAL, 2), (Level.PAIR, 1), (Level.SEALED, 2)):
        hashed = Hashed(f"reads {least.value}", least=least)
        ask(tmp_path, [note], "kassa", hashed)
        assert rows(tmp_path, hashed, [note]) == (count, count)
        assert any("gaat dicht" in text for text in hashed.given) is (count == 2)
        assert any(hit.text == "De winkel gaat dicht." for hit in ask(tmp_path, [note], "winkel dicht", hashed))


def test_many_vectors_are_kept_in_no_file_that_could_end_the_process(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path)
    vectors.add(range(1, 1201), [[1.0, n, n % 7] for n in range(1200)])
    assert len(vectors.search([1.0, 5.0, 5.0], 10)) == 10
    vectors.close()
    assert not list(tmp_path.rglob("index_metadata.pickle"))  # with which Chroma would read its graph from disk


NOTE = st.sampled_from(["rooster koeling deur", "brood voedselbank", "kassa spits", "markt krat", "muziek kantine uit"])


@settings(max_examples=5)
@given(st.lists(st.dictionaries(st.integers(1, 4), NOTE, max_size=4), min_size=2, max_size=3))
def test_vectors_that_followed_edits_are_those_of_a_fresh_index(
    tmp_path_factory: pytest.TempPathFactory, editions: list[dict[int, str]]
) -> None:
    home = tmp_path_factory.mktemp("editions")
    for edition in editions:
        notes = [document(f"2026-0{month}-10.md", text) for month, text in edition.items()]
        followed = ask(home / "followed", notes, "kassa muziek", Hashed())
    assert followed == ask(home / "fresh", notes, "kassa muziek", Hashed())


def test_an_index_up_to_date_embeds_the_question_alone(tmp_path: Path) -> None:
    ask(tmp_path, [ROSTERS, BREAD], "roosters", Hashed())
    again = Hashed()
    ask(tmp_path, [ROSTERS, BREAD], "roosters", again)
    assert again.given == ["roosters"]


def test_a_command_without_the_embedder_reads_by_words_and_costs_no_vectors(tmp_path: Path) -> None:
    ask(tmp_path, [ROSTERS, BREAD], "roosters", Hashed())
    made = generations(tmp_path)
    assert [hit.score for hit in ask(tmp_path, [ROSTERS, BREAD], "koeling")] == [1.0]
    assert generations(tmp_path) == made
    again = Hashed()
    ask(tmp_path, [ROSTERS, BREAD], "roosters", again)
    assert again.given == ["roosters"]


def test_an_edit_without_the_embedder_leaves_no_old_vectors(tmp_path: Path) -> None:
    ask(tmp_path, [ROSTERS, BREAD], "roosters", Hashed())
    assert ask(tmp_path, [ROSTERS, TILL], "kassa")
    assert rows(tmp_path, Hashed(), [ROSTERS, TILL]) == (2, 2)
    assert texts(ask(tmp_path, [ROSTERS, TILL], "kassa staat", Hashed()))[0] == "De kassa staat vast."


@pytest.mark.parametrize("there", [False, True], ids=["made", "updated"])
def test_notes_that_cannot_be_embedded_now_are_found_by_words_and_embedded_later(tmp_path: Path, there: bool) -> None:
    hashed = Hashed()
    if there:
        ask(tmp_path, [ROSTERS, TILL], "roosters", hashed)
    hashed.down, hashed.given = True, []
    assert texts(ask(tmp_path, [ROSTERS, BREAD], "brood", hashed))[0].startswith("Het brood")
    assert not ask(tmp_path, [ROSTERS, BREAD], "kassa", hashed)
    hashed.down = False
    assert len(ask(tmp_path, [ROSTERS, BREAD], "brood", hashed)) == 2
    assert any("koeling" in text for text in hashed.given) is not there  # what had a vector kept it


def test_a_question_that_cannot_be_embedded_is_answered_by_words(tmp_path: Path) -> None:
    hashed = Hashed()
    ask(tmp_path, [ROSTERS, BREAD], "roosters", hashed)
    made = generations(tmp_path)
    hashed.down = True
    assert [hit.score for hit in ask(tmp_path, [ROSTERS, BREAD], "brood", hashed)] == [1.0]
    assert generations(tmp_path) == made


def test_an_embedder_that_changes_its_length_is_answered_by_words(tmp_path: Path) -> None:
    class Fickle(Hashed):
        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            self.size += 1
            return super().embed(texts)

    assert texts(ask(tmp_path, [ROSTERS, BREAD], "brood", Fickle()))[0].startswith("Het brood")


def test_an_embedder_that_gives_too_few_is_answered_by_words(tmp_path: Path) -> None:
    class Short(Hashed):
        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            return super().embed(texts)[:1]

    assert texts(ask(tmp_path, [ROSTERS, BREAD], "brood", Short()))[0].startswith("Het brood")
    assert not (tmp_path / "current").exists()


def test_an_embedder_that_fails_while_a_damaged_index_is_made_anew_is_answered_by_words(tmp_path: Path) -> None:
    class Once(Hashed):
        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            self.down = "brood" in self.given
            return super().embed(texts)

    once = Once()
    index = open_index(tmp_path, [ROSTERS, BREAD], once)
    with index.lexical.db as db:
        db.execute("UPDATE chunk SET crc = 0")
    searchable = Searchable(index, lambda: rebuilt(tmp_path, [ROSTERS, BREAD], once))
    assert [hit.score for hit in searchable.find("brood", 5)] == [1.0]
    searchable.close()


@settings(max_examples=4)
@given(st.lists(st.sampled_from(["rooster", "kassa", "brood"]), min_size=1, max_size=3))
def test_two_pairs_in_one_process_share_no_vectors(tmp_path_factory: pytest.TempPathFactory, query: list[str]) -> None:
    home = tmp_path_factory.mktemp("pairs")
    theirs = [document("2026-01-10.md", " ".join(query) + " kanariegeel")]
    assert "kanariegeel" in ask(home / "b", theirs, "kanariegeel", Hashed())[0].text
    for asked in ["kanariegeel", " ".join(query), " ".join(query) + " kanariegeel"]:
        assert not any("kanarie" in text for text in texts(ask(home / "a", [ROSTERS, BREAD], asked, Hashed())))
