"""Errors of hand-written files: one sentence with file, line and mend, and never a word of a note or a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import Unusable
from assistant.programme.folder import Folder, choose_pair, find

GOOD = '[programme]\nname = "Ons"\nlanguage = "nl"\ncadence = "8 weeks"\n'
PAIR = 'language = "nl"\nscope = [\n  "AI",\n  "beleid",\n]\n[mentor]\nname = "Noor van der Velde"\n[mentee]\nname = "Willem Achterberg"\n'


def programme(root: Path, toml: str = GOOD, pair: str = PAIR) -> Folder:
    (root / "pairs" / "noor-willem").mkdir(parents=True)
    (root / "prep.toml").write_text(toml, encoding="utf-8")
    (root / "pairs" / "noor-willem" / "pair.toml").write_text(pair, encoding="utf-8")
    return Folder(root)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[programme\nname = 1\n", "prep.toml:1: this is no valid TOML"),
        ('[programme]\nname = "a"\nlanguage = nl\n', "prep.toml:3: this is no valid TOML"),
        ("[programme]\nname = 3\n", "prep.toml:2: `name` must be a text in quotes"),
        ('[programme]\nlanguage = "nl"\n', "lacks `name`"),
        (GOOD.replace('"nl"', '"fr"'), "prep.toml:3: `language` must be one of"),
        (GOOD.replace("8 weeks", "often"), "prep.toml:4: `cadence` must be like"),
        (GOOD.replace("8 weeks", "0 weeks"), "prep.toml:4: `cadence` must be like"),
        (GOOD + '[model]\nbase_url = "ftp://x"\nname = "m"\n', "prep.toml:6: `base_url` must begin with"),
        (
            GOOD + '[model]\nbase_url = "https://x"\nname = "m"\napi_key = "sk-secret"\n',
            "prep.toml:8: a key does not belong",
        ),
        (
            GOOD + '[model]\nbase_url = "https://x"\nname = "m"\napi_key_env = "sk-secret"\n',
            "prep.toml:8: a key does not",
        ),
    ],
)
def test_a_fault_in_prep_toml_is_told_with_its_line(tmp_path: Path, toml: str, told: str) -> None:
    with pytest.raises(Unusable) as error:
        _ = programme(tmp_path, toml).programme
    assert told in str(error.value)
    assert "sk-secret" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (PAIR.replace("[mentor]", "[mentr]"), "pairs/noor-willem/pair.toml:1: the file lacks `mentor`"),
        (PAIR.replace('name = "Willem Achterberg"', 'name = ""'), "pair.toml:9: `name` is empty"),
        (
            PAIR.replace('language = "nl"', 'language = "nl"\nminutes = "60"'),
            "pair.toml:2: `minutes` must be a whole number",
        ),
        (
            PAIR.replace('language = "nl"', 'language = "nl"\nminutes = 0'),
            "pair.toml:2: `minutes` must be a whole number from 1",
        ),
        (PAIR.replace('language = "nl"', 'language = "nl"\nstarted = "soon"'), "pair.toml:2: `started` must be a date"),
        (PAIR.replace('"Noor van der Velde"', "Noor"), "pair.toml:7: this is no valid TOML"),
    ],
)
def test_a_fault_in_pair_toml_is_told_with_its_line(tmp_path: Path, pair: str, told: str) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, pair=pair).pair("noor-willem")
    assert told in str(error.value)


def test_the_lines_of_scope_are_known_and_defaults_are_filled_in(tmp_path: Path) -> None:
    pair = programme(tmp_path).pair("noor-willem")
    assert [(w.text, w.line) for w in pair.scope] == [("AI", 3), ("beleid", 4)]
    assert (pair.cadence, pair.minutes, pair.language) == ("8 weeks", None, "nl")


def test_the_programme_is_the_named_one_else_the_variables_else_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = [programme(tmp_path / name).root for name in ("named", "variable", "near")]
    monkeypatch.chdir(roots[2] / "pairs" / "noor-willem")
    monkeypatch.delenv("PREP_PROGRAMME", raising=False)
    assert find(None).root == roots[2]
    monkeypatch.setenv("PREP_PROGRAMME", str(roots[1]))
    assert find(None).root == roots[1]
    assert find(roots[0]).root == roots[0]
    with pytest.raises(Unusable, match="prep init"):
        find(tmp_path)


def test_the_first_word_is_the_pair_only_if_it_is_one(tmp_path: Path) -> None:
    folder = programme(tmp_path)
    assert choose_pair(folder, ["noor-willem", "query"]) == ("noor-willem", ["query"])
    assert choose_pair(folder, ["query", "words"]) == ("noor-willem", ["query", "words"])
