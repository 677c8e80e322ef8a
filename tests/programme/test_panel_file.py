"""pair.toml with several mentors: how it is written, what of it is refused, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import panels
from assistant.errors import Unusable, Usage
from assistant.programme import settings
from assistant.records import Pair, Programme

MENTEE = '[mentee]\nname = "Willem Achterberg"\n'
NOOR = '[[mentor]]\nname = "Noor van der Velde"\nlearning = ["hoe besluiten ontstaan"]\n'
SAM = '[[mentor]]\nname = "Sam Daalder"\nlearning = ["hoe een begroting ontstaat"]\n'


def read(folder: Path, text: str) -> Pair:
    path = folder / "pair.toml"
    path.write_text(text, encoding="utf-8")
    return settings.pair(path, "pair.toml", "panel", Programme("P", "nl", "8 weeks"))


@pytest.mark.parametrize(
    "text",
    [
        NOOR + SAM + MENTEE,
        (NOOR + SAM).replace("[[mentor]]", "[[mentors]]") + MENTEE,
        NOOR.replace("[[mentor]]", "[mentor]") + SAM.replace("[[mentor]]", "[[mentors]]") + MENTEE,
        'mentors = ["Noor van der Velde", "Sam Daalder"]\n' + MENTEE,
        'mentor = ["Noor van der Velde", "Sam Daalder"]\n' + MENTEE,
        'mentor = [{name = "Noor van der Velde"}, {name = "Sam Daalder"}]\n' + MENTEE,
    ],
)
def test_several_mentors_are_read_in_every_way_to_write_them(tmp_path: Path, text: str) -> None:
    pair = read(tmp_path, text)
    assert pair.is_panel
    assert [m.name for m in pair.mentors] == ["Noor van der Velde", "Sam Daalder"]
    assert not pair.doubts


def test_a_wish_to_learn_says_whose_it_is_and_where_it_stands(tmp_path: Path) -> None:
    pair = read(tmp_path, NOOR + SAM + MENTEE)
    assert [(w.whose, w.line) for w in pair.learning] == [("Noor van der Velde", 3), ("Sam Daalder", 6)]


@pytest.mark.parametrize("form", ["[mentor]", "[[mentor]]", "[[mentors]]"])
def test_one_mentor_is_no_panel_however_written(tmp_path: Path, form: str) -> None:
    pair = read(tmp_path, NOOR.replace("[[mentor]]", form) + MENTEE)
    assert not pair.is_panel
    assert pair.learning[0].whose == ""
    assert panels.called(pair, "nl") == {"mentor": "Noor", "mentee": "Willem"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[mentor]\nname='Noor X'\n[mentor]\nname='Sam Y'\n" + MENTEE, "3: there is a second [mentor]"),
        (NOOR + NOOR + MENTEE, "5: two mentors have the same `name`"),
        (NOOR + "[[mentor]]\nrole = 'x'\n" + MENTEE, "4: [mentor] lacks `name`"),
        (MENTEE, "1: the file lacks `mentor`"),
        ("mentors = []\n" + MENTEE, "1: the file lacks `mentor`"),
    ],
)
def test_a_fault_is_told_where_it_stands(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Unusable) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(f"pair.toml:{told}")


def test_who_reads_is_told_by_option_or_variable_and_never_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(panels.READER, raising=False)
    pair = read(tmp_path, NOOR + SAM + MENTEE)
    assert panels.reader(pair) is None
    assert panels.reader(pair, "sam") == "Sam Daalder"
    monkeypatch.setenv(panels.READER, "NvdV")
    assert panels.reader(pair) == "Noor van der Velde"
    for stranger in ("Willem", "Piet", "WA"):
        with pytest.raises(Usage):
            panels.reader(pair, stranger)


def test_two_of_the_same_first_name_are_told_apart(tmp_path: Path) -> None:
    pair = read(tmp_path, SAM + SAM.replace("Daalder", "Vermeer") + MENTEE)
    assert panels.short(pair, ["Sam Vermeer"]) == ["Sam Vermeer"]
    with pytest.raises(Usage):
        panels.reader(pair, "Sam")


def test_a_name_that_the_mentee_shares_is_nobodys(tmp_path: Path) -> None:
    pair = read(tmp_path, NOOR + SAM + MENTEE.replace("Willem", "Sam"))
    assert panels.mentor(pair, "Sam") is None
    assert panels.mentor(pair, "Sam Daalder") == "Sam Daalder"
