"""Whatever happened to the folder of an index, the next question is answered right, and the folder is whole again."""

from __future__ import annotations

import functools
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from retrieval.indexed import Hashed, ask, document, generations, texts

from assistant.retrieval import index as indexes
from assistant.retrieval.index import open_index, rebuilt
from assistant.retrieval.search import Searchable

NOTES = [
    document(f"2026-{month:02}-10.md", f"# Sessie\n\n{text}\n\n- [ ] Noor: {text.split()[-1]} navragen\n")
    for month, text in enumerate(
        ["De roosters hangen bij de koeling", "Het brood gaat naar de voedselbank", "De kassa loopt vast in de spits"],
        1,
    )
]
QUERIES = ["roosters koeling", "brood voedselbank", "kassa", "navragen"]
RIGHT = [ask(Path(__file__), NOTES, query) for query in QUERIES]  # out of memory: that is no folder


def sqlite_file(folder: Path) -> Path:
    return next(folder.glob("*/lexical.sqlite3"))


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))
    later(path)


def later(path: Path) -> None:
    """As if it was not within one tick of the disk's clock that a file was written and then damaged."""
    os.utime(path, ns=(2_000_000_000_000_000_000,) * 2)


def garbage_in_the_middle(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes(255 - byte for byte in raw[middle : middle + 600]) + raw[middle + 600 :]


def of_another_format(folder: Path) -> None:
    """A sound index as another version of the program would leave it."""
    index = open_index(folder, NOTES, None)
    with index.lexical.db as db:
        db.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    indexes._seal(folder, index)
    index.close()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "file cut": lambda f: rewrite(sqlite_file(f), lambda raw: raw[: len(raw) // 2]),
    "file cut inside a page": lambda f: rewrite(sqlite_file(f), lambda raw: raw[:-1000]),
    "file emptied": lambda f: rewrite(sqlite_file(f), lambda raw: b""),
    "file gone": lambda f: sqlite_file(f).unlink(),
    "file no database": lambda f: sqlite_file(f).write_bytes(b"not a database" * 500),
    "file an older one": lambda f: shutil.copyfile(f / "older", sqlite_file(f)),
    "garbage in the middle": lambda f: rewrite(sqlite_file(f), garbage_in_the_middle),
    "folder gone": shutil.rmtree,
    "generation gone": lambda f: shutil.rmtree(sqlite_file(f).parent),
    "pointer gone": lambda f: (f / "current").unlink(),
    "pointer emptied": lambda f: (f / "current").write_bytes(b""),
    "pointer to nowhere": lambda f: (f / "current").write_bytes(b"0" * 16 + b" " + b"0" * 32),
    "pointer no text": lambda f: (f / "current").write_bytes(b"\xff\xfe\x00\x9d"),
    "pointer upwards": lambda f: (f / "current").write_bytes(b".. " + b"0" * 32),
    "another format": of_another_format,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    folder = tmp_path / "index"
    ask(folder, NOTES[:1], "roosters")
    shutil.copyfile(sqlite_file(folder), folder / "older")
    ask(folder, NOTES, "roosters")
    before = generations(folder)
    damage(folder)
    assert [ask(folder, NOTES, query) for query in QUERIES] == RIGHT
    mended = generations(folder)
    assert len(mended) == 1
    assert mended != before
    ask(folder, NOTES, "roosters")
    assert generations(folder) == mended


@functools.cache
def sound(home: Path) -> Path:
    ask(home, NOTES, "roosters")
    return home


@settings(max_examples=30)
@given(where=st.floats(0, 1, exclude_max=True), put=st.binary(min_size=1, max_size=40))
def test_no_damage_to_any_byte_is_answered_from(
    tmp_path_factory: pytest.TempPathFactory, where: float, put: bytes
) -> None:
    folder = tmp_path_factory.mktemp("copies") / "index"
    shutil.copytree(sound(tmp_path_factory.getbasetemp() / "sound"), folder)
    path = sqlite_file(folder)
    raw = bytearray(path.read_bytes())
    at = int(where * (len(raw) - len(put)))
    raw[at : at + len(put)] = put
    path.write_bytes(raw)
    assert [ask(folder, NOTES, query) for query in QUERIES] == RIGHT


@pytest.mark.parametrize("change", ["crc = crc + 1", "body = replace(body, 'koeling', 'kelders')"])
def test_a_chunk_that_turns_out_changed_makes_a_fresh_index(tmp_path: Path, change: str) -> None:
    index = open_index(tmp_path, NOTES, None)
    before = generations(tmp_path)
    with sqlite3.connect(sqlite_file(tmp_path)) as db:
        db.execute(f"UPDATE chunk SET {change} WHERE path LIKE '2026-01%'")
    db.close()
    searchable = Searchable(index, lambda: rebuilt(tmp_path, NOTES, None))
    assert searchable.find(QUERIES[0], 5) == RIGHT[0]
    searchable.close()
    assert generations(tmp_path) != before
    assert len(generations(tmp_path)) == 1


def test_an_update_that_was_broken_off_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = [*NOTES[:2], document("2026-03-10.md", "Iets anders over de markt")]
    ask(tmp_path, old, "markt")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(indexes, "_seal", killed)
        ask(tmp_path, NOTES, "kassa")
    assert [ask(tmp_path, NOTES, query) for query in QUERIES] == RIGHT


def test_a_first_index_that_was_broken_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(indexes, "_seal", killed)
        ask(tmp_path, NOTES, "kassa")
    assert [p.name for p in tmp_path.iterdir()] == ["lock"]


def test_what_a_dead_process_left_goes_when_an_index_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef").mkdir()
    (tmp_path / "0123456789abcdef" / "lexical.sqlite3").write_bytes(b"half")
    (tmp_path / "tmpabc").write_bytes(b"half")
    ask(tmp_path, NOTES, "kassa")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["current", "lock", *generations(tmp_path)])
    assert len(generations(tmp_path)) == 1


EDITIONS = st.lists(
    st.dictionaries(st.integers(1, 6), st.sampled_from(["rooster", "brood", "rooster brood", "kassa"]), max_size=5),
    min_size=2,
    max_size=4,
)


@settings(max_examples=12)
@given(EDITIONS)
def test_an_index_that_followed_edits_answers_as_a_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, editions: list[dict[int, str]]
) -> None:
    home = tmp_path_factory.mktemp("editions")
    for edition in editions:
        notes = [document(f"2026-0{month}-10.md", text) for month, text in edition.items()]
        followed = ask(home / "followed", notes, "rooster")
    assert followed == ask(home / "fresh", notes, "rooster")


# --- the folder of vectors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["gone", "emptied", "cut", "garbage"])
@pytest.mark.parametrize("name", ["chroma.sqlite3", "*/data_level0.bin", "*/header.bin"])
def test_damage_to_the_vectors_changes_no_answer(tmp_path: Path, name: str, how: str) -> None:
    right = ask(tmp_path, NOTES, "roosters", Hashed())
    for path in tmp_path.glob(f"*/vectors/{name}"):
        if how == "gone":
            path.unlink()
        elif how == "emptied":
            path.write_bytes(b"")
        else:
            rewrite(path, (lambda raw: raw[: len(raw) // 2]) if how == "cut" else garbage_in_the_middle)
    assert ask(tmp_path, NOTES, "roosters", Hashed()) == right


def test_a_folder_of_vectors_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    right = ask(tmp_path, NOTES, "roosters", Hashed())
    shutil.rmtree(next(tmp_path.glob("*/vectors")))
    again = Hashed()
    assert ask(tmp_path, NOTES, "roosters", again) == right
    assert len(again.given) > 1


def test_vectors_of_an_update_that_was_broken_off_are_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [*NOTES[:2], document("2026-03-10.md", "# Sessie\n\nIets anders over de markt\n\n- [ ] Noor: prijzen\n")]
    ask(tmp_path, old, "markt", Hashed())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("assistant.retrieval.vectors.Vectors.add", killed)
        patch.setattr("assistant.retrieval.vectors.Vectors.remove", killed)
        ask(tmp_path, NOTES, "kassa", Hashed())
    assert ask(tmp_path, NOTES, "kassa spits", Hashed()) == ask(tmp_path / "fresh", NOTES, "kassa spits", Hashed())
    assert "kassa" in texts(ask(tmp_path, NOTES, "kassa spits", Hashed()))[0]
