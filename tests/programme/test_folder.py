"""Finding the programme and the pair, and what is read in a programme folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import Unusable
from assistant.programme.folder import Folder, choose_pair, find

PAIR = '[mentor]\nname = "Noor van der Velde"\n[mentee]\nname = "Willem Achterberg"\n'


def programme(root: Path, *slugs: str) -> Folder:
    root.mkdir(parents=True, exist_ok=True)
    (root / "prep.toml").write_text('[programme]\nname = "P"\n', encoding="utf-8")
    for slug in slugs:
        (root / "pairs" / slug / "sessions").mkdir(parents=True)
        (root / "pairs" / slug / "pair.toml").write_text(PAIR, encoding="utf-8")
    return Folder(root.resolve())


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREP_PROGRAMME", raising=False)
    monkeypatch.chdir(tmp_path)


# --- the programme ----------------------------------------------------------------------------------------------------


def test_the_option_wins_over_the_variable_and_that_over_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    option, variable, here = (programme(tmp_path / name).root for name in ("option", "variable", "here"))
    monkeypatch.chdir(here)
    assert find(None).root == here
    monkeypatch.setenv("PREP_PROGRAMME", str(variable))
    assert find(None).root == variable
    assert find(option).root == option


def test_the_nearest_folder_upwards_is_the_programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programme(tmp_path)
    inner = programme(tmp_path / "inner", "noor-willem")
    monkeypatch.chdir(inner.root / "pairs" / "noor-willem" / "sessions")
    assert find(None).root == inner.root


def test_a_variable_that_is_empty_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programme(tmp_path)
    monkeypatch.setenv("PREP_PROGRAMME", "")
    assert find(None).root == tmp_path.resolve()


def test_a_path_from_here_stays_right_when_one_goes_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programme(tmp_path / "p", "noor-willem")
    (tmp_path / "elsewhere").mkdir()
    folder = find(Path("p"))
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert folder.slugs == ["noor-willem"]


@pytest.mark.parametrize("named", ["option", "variable"])
def test_a_folder_that_is_named_and_is_no_programme_is_an_error_even_inside_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    programme(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    if named == "variable":
        monkeypatch.setenv("PREP_PROGRAMME", str(empty))
    with pytest.raises(Unusable, match=r"holds no prep\.toml; name a programme folder, or make one with `prep init"):
        find(empty if named == "option" else None)


def test_where_there_is_none_the_mend_is_told() -> None:
    with pytest.raises(Unusable, match="name it with --programme, or make one with `prep init`") as error:
        find(None)
    assert error.value.exit_code == 3


# --- the pair ---------------------------------------------------------------------------------------------------------


def test_the_first_word_is_the_pair_only_if_it_is_a_slug(tmp_path: Path) -> None:
    folder = programme(tmp_path, "noor-willem", "sara-joost")
    assert choose_pair(folder, ["sara-joost", "noor-willem"]) == ("sara-joost", ["noor-willem"])
    for words in (["Noor-Willem"], ["noor"], ["x", "sara-joost"], []):
        with pytest.raises(Unusable, match="name one of: noor-willem, sara-joost"):
            choose_pair(folder, words)


def test_the_folder_one_stands_in_is_the_pair_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = programme(tmp_path, "noor", "noor-willem")
    monkeypatch.chdir(folder.pair_folder("noor-willem") / "sessions")
    assert choose_pair(folder, ["rooster", "noor"]) == ("noor-willem", ["rooster", "noor"])
    assert choose_pair(folder, ["noor", "rooster"]) == ("noor", ["rooster"])
    monkeypatch.chdir(folder.pair_folder("noor"))
    assert choose_pair(folder, []) == ("noor", [])


def test_the_only_pair_is_the_pair(tmp_path: Path) -> None:
    assert choose_pair(programme(tmp_path, "noor-willem"), ["rooster"]) == ("noor-willem", ["rooster"])


def test_a_programme_without_pairs_says_how_to_add_one(tmp_path: Path) -> None:
    folder = programme(tmp_path)
    (folder.root / "pairs" / "half").mkdir(parents=True)  # a folder without pair.toml is no pair
    with pytest.raises(Unusable, match="prep pair add"):
        choose_pair(folder, ["half"])


# --- what is read -----------------------------------------------------------------------------------------------------


def test_notes_are_the_markdown_files_of_sessions_in_order_and_the_rest_is_told(tmp_path: Path) -> None:
    folder = programme(tmp_path, "noor-willem")
    sessions = folder.pair_folder("noor-willem") / "sessions"
    for name in ("2026-03-12.md", "2026-01-12.MD", "2026-03-12-2.md", "plan.docx", ".DS_Store"):
        (sessions / name).write_bytes(name.encode())
    assert [(n.path, n.raw) for n in folder.notes("noor-willem")] == [
        (f"pairs/noor-willem/sessions/{name}", name.encode())
        for name in ("2026-01-12.MD", "2026-03-12-2.md", "2026-03-12.md")
    ]
    assert [str(d) for d in folder.stray("noor-willem")] == [
        "pairs/noor-willem/sessions/plan.docx:1: is not read; add it with `prep note`, or name it YYYY-MM-DD.md"
    ]


def test_a_pair_without_a_folder_for_its_notes_has_none(tmp_path: Path) -> None:
    folder = programme(tmp_path, "noor-willem")
    (folder.pair_folder("noor-willem") / "sessions").rmdir()
    assert folder.notes("noor-willem") == []
    assert folder.stray("noor-willem") == []
    assert folder.guidance() == []
    assert folder.corrections("noor-willem") == ""


def test_a_pair_is_called_by_its_path_in_an_error(tmp_path: Path) -> None:
    folder = programme(tmp_path, "noor-willem")
    (folder.pair_folder("noor-willem") / "pair.toml").write_text(PAIR + "minutes 60\n", encoding="utf-8")
    with pytest.raises(Unusable, match=r"^pairs/noor-willem/pair\.toml:5: "):
        folder.pair("noor-willem")


def test_what_is_derived_of_two_pairs_lies_in_two_folders(tmp_path: Path) -> None:
    folder = programme(tmp_path, "noor", "noor-willem")
    one, two, guidance = folder.derived("noor"), folder.derived("noor-willem"), folder.derived_guidance
    for a in (one, two, guidance):
        assert a.is_relative_to(folder.private)
        assert not any(a.is_relative_to(b) for b in (one, two, guidance) if b != a)
