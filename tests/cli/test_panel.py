"""A panel as its mentors use it: what each is shown, and what of the others never is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import typed
from panel import SLUGS, copied

OWN = {"nl": {"Noor": "luisterde maar half", "Sam": "twee keer is overgeslagen"}, "en": {"Tamsin": "went too far"}}
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs prep as of 1 April 2026; the exit code, and all that it printed."""
    monkeypatch.delenv("PREP_AS", raising=False)

    def ran(home: Path, *words: str) -> tuple[int, str]:
        dated = words if words[0] in ("pair", "note") else (*words, "--today", "2026-04-01")
        done = typed(*dated, "--programme", home)
        return done.code, done.out + done.err

    return ran


def answer(run: Run, home: Path, *words: str) -> dict[str, Any]:
    code, text = run(home, *words, "--json")
    assert code == 0, text
    found: dict[str, Any] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return found


COMMANDS = [
    ("commitments", "--all"),
    ("commitments", "--due"),
    ("beliefs",),
    ("search", "luisterde overgeslagen ver too far said"),
    ("next-session", "--no-save"),
    ("questions", "-n", "5"),
    ("summarise", "--for", "pair"),
    ("summarise", "--for", "programme"),
    ("summarise", "--for", "programme", "--propose"),
    ("followup",),
    ("followup", "--from", "mentee"),
    ("pairs",),
    ("doctor",),
]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_one_wrote_for_themselves_is_in_nothing_that_another_sees(tmp_path: Path, run: Run, language: str) -> None:
    home = tmp_path / "p"
    copied(language, home)
    people = {"nl": ("Noor", "Sam", "Ilse", None), "en": ("Callum", "Tamsin", None)}[language]
    for me in people:
        for words in COMMANDS:
            asked = [*words, "--as", me] if me and takes_as(words) else list(words)
            text = " ".join(run(home, *asked)[1].split())
            for writer, line in OWN[language].items():
                assert writer == me or line not in text, (me, words)


def takes_as(words: tuple[str, ...]) -> bool:
    return words[0] in ("commitments", "beliefs", "search", "next-session", "questions", "summarise", "followup")


def test_everybody_is_shown_their_own(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    for me, line in OWN["nl"].items():
        text = " ".join(run(home, "search", "luisterde overgeslagen", "--as", me)[1].split())
        assert line in text
    assert "own notes are left out" in run(home, "search", "luisterde overgeslagen")[1]


@pytest.mark.parametrize("words", [("next-session",), ("questions",), ("summarise",)])
def test_own_notes_are_asked_for_by_name(tmp_path: Path, run: Run, words: tuple[str, ...]) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    code, text = run(home, *words, "--for", "own")
    assert code == 2
    assert "--as NAME" in text
    assert "Sam Daalder" in text
    assert run(home, *words, "--for", "own", "--as", "Sam")[0] == 0


def test_promises_are_of_people_by_name(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    found = answer(run, home, "commitments", "--all")["commitments"]
    of = {c["text"][:20]: (c["owner"], c.get("who")) for c in found}
    assert of["drie klachten over d"] == ("mentor", ["Ilse Brouwer"])
    assert of["Ik stuur Willem voor"] == ("mentor", ["Noor van der Velde"])
    assert of["Ik vraag de planners"] == ("mentee", None)
    assert "Ilse · open" in run(home, "commitments")[1]


def test_a_promise_is_added_for_one_mentor(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    assert run(home, "commitments", "--add", "de kassa filmen", "--owner", "Sam")[0] == 0
    found = answer(run, home, "commitments")["commitments"]
    assert [c["who"] for c in found if c["text"] == "de kassa filmen"] == [["Sam Daalder"]]
    code, text = run(home, "commitments", "--add", "de kassa filmen", "--owner", "Piet")
    assert code == 2
    assert "Ilse Brouwer" in text


def test_two_notes_of_one_day_are_one_session(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    assert answer(run, home, "next-session", "--no-save")["session"]["number"] == 3
    told = answer(run, home, "summarise", "2026-02-03", "--for", "pair")
    paths = {source["path"].rsplit("/", 1)[-1] for source in told["sources"].values()}
    assert paths == {"2026-02-03.md", "2026-02-03-2.md"}


def test_a_panel_is_made_and_listed(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    words = ["--mentor", "Mees Hilhorst", "--mentor", "Anouk Wassink", "--mentee", "Corine van Ginderen"]
    code, text = run(home, "pair", "add", "winkel", *words, "--learning", "Anouk: hoe een begroting ontstaat")
    assert code == 0, text
    made = (home / "pairs" / "winkel" / "pair.toml").read_text(encoding="utf-8")
    assert made.count("[[mentor]]") == 2
    assert made.index("Anouk") < made.index("begroting")
    rows = {row["pair"]: row for row in answer(run, home, "pairs")["pairs"]}
    assert rows["winkel"]["mentors"] == 2
    assert "(3 mentors)" in run(home, "pairs")[1]
    code, text = run(home, "pair", "add", "kantoor", *words, "--learning", "begroten")
    assert code == 2
    assert "says whose it is" in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_draft_takes_the_first_mentor_for_the_panel(tmp_path: Path, run: Run, language: str) -> None:
    home = tmp_path / "p"
    copied(language, home)
    side = {"nl": "het panel", "en": "the panel"}[language]
    for words in (("next-session", "--no-save"), ("summarise", "--for", "pair"), ("next-session", "--for-mentee")):
        text = run(home, *words)[1]
        assert side in text, words
    assert SLUGS[language]
