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
        dated = words if words[0] in ("pair", "note", "forget", "check") else (*words, "--today", "2026-04-01")
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


def test_a_release_needs_every_mentor(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    words = ["summarise", "2026-02-03", "--for", "programme"]
    offered = answer(run, home, *words, "--propose")["proposals"]
    chosen = ["--accept", offered[0]["id"]]
    for by in ([], ["--by", "Noor"], ["--by", "Noor, Sam, Willem"]):
        code, text = run(home, *words, *chosen, *by)
        assert code == 6
        assert "Ilse Brouwer" in text
    assert not (home / "pairs" / "panel-willem" / "released").exists()
    assert run(home, *words, *chosen, "--by", "Noor, Sam Daalder, IB")[0] == 0
    text = "".join(path.read_text(encoding="utf-8") for path in home.glob("pairs/*/released/*.md"))
    assert "Het panel" in text
    assert not {"Noor", "Sam", "Ilse"} & set(text.replace(",", " ").split())


def test_a_note_is_kept_with_who_wrote_it(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    written = tmp_path / "2026-03-20.md"
    written.write_text("- [ ] ik: Fatima bellen over de kassa\n", encoding="utf-8")
    assert "who of the panel wrote it?" in run(home, "note", str(written))[1]
    written.write_text("- [ ] ik: de planners van de nachtploeg vragen\n", encoding="utf-8")
    monkeypatch.setenv("PREP_AS", "ilse")
    code, text = run(home, "note", str(written), "--date", "2026-03-21")
    assert code == 0
    assert "who of the panel" not in text
    found = answer(run, home, "commitments")["commitments"]
    whose = {c["made"]: c.get("who") for c in found}
    assert whose["2026-03-20"] is None
    assert whose["2026-03-21"] == ["Ilse Brouwer"]


def test_as_is_for_a_panel(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    run(home, "pair", "add", "duo", "--mentor", "Mees Hilhorst", "--mentee", "Corine van Ginderen")
    code, text = run(home, "commitments", "duo", "--as", "Mees")
    assert code == 2
    assert "has one mentor" in text
    for words in (("commitments", "panel-willem"), ("search", "panel-willem", "rooster")):
        code, text = run(home, *words, "--as", "Piet")
        assert code == 2
        assert "must name one mentor" in text


@pytest.mark.parametrize(("me", "signed"), [(None, "Noor, Sam en Ilse"), ("Sam", "Sam, Noor en Ilse")])
def test_a_mail_comes_from_the_whole_panel_and_asks_one_thing(
    tmp_path: Path, run: Run, me: str | None, signed: str
) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    asked = ["--as", me] if me else []
    told = answer(run, home, "followup", *asked)
    assert told["text"].rstrip().endswith(signed)
    assert told["text"].count("?") == 1
    assert told["words"] < 150
    assert " ik" not in told["text"].replace("“Ik", "")
    mail = tmp_path / "mail.eml"
    assert run(home, "followup", *asked, "--out", str(mail))[0] == 0
    head = mail.read_text(encoding="utf-8").split("\n\n")[0]
    assert "To: Willem Achterberg" in head
    assert "ilse@example.org" in head.split("Cc:")[1]
    assert ("From:" in head) is False


def test_a_mail_to_the_panel_goes_to_all_of_it(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    assert "Dag Noor, Sam en Ilse," in answer(run, home, "followup", "--from", "mentee")["text"]
    mail = tmp_path / "mail.eml"
    run(home, "followup", "--from", "mentee", "--out", str(mail))
    head = mail.read_text(encoding="utf-8").split("\n\n")[0]
    to = head[head.index("To:") : head.index("Content-Type")]
    assert "noor@example.org" in to
    assert "ilse@example.org" in to


def test_no_mentor_of_a_panel_leaves_this_machine_by_name(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    settings = home / "prep.toml"
    model = '\n[model]\nbase_url = "https://models.example.org/v1"\nname = "m"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + model, encoding="utf-8")
    code, sent = run(home, "next-session", "--show-prompt")
    assert code == 0, sent
    assert "rooster" in sent
    for name in ("Noor", "Velde", "NvdV", "Sam ", "Daalder", "Ilse", "Brouwer", "IB:", "Willem", "Achterberg"):
        assert name not in sent, name


def test_a_text_about_another_pair_may_say_the_mentor(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    run(home, "pair", "add", "duo", "--mentor", "Mees Hilhorst", "--mentee", "Corine van Ginderen")
    text = tmp_path / "text.md"
    text.write_text("De mentor stuurt een lijst.\n", encoding="utf-8")
    for asked, kinds in (([], set()), (["--pair", "duo"], set()), (["--pair", "panel-willem"], {"attribution"})):
        found = run(home, "check", str(text), "--for", "programme", "--json", *asked)[1]
        told = json.loads(found[found.index("{") : found.rindex("}") + 1])
        assert {finding["kind"] for finding in told["findings"]} == kinds


def test_a_slug_may_hold_the_mentors_names(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    (home / "pairs" / "panel-willem").rename(home / "pairs" / "noor-sam-ilse")
    assert answer(run, home, "next-session", "--no-save")["pair"] == "noor-sam-ilse"
    assert answer(run, home, "questions")["pair"] == "noor-sam-ilse"
    assert answer(run, home, "next-session", "--for-mentee")["pair"] == "noor-sam-ilse"


def test_everything_of_a_panel_is_forgotten(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "p"
    copied("nl", home)
    run(home, "pair", "add", "duo", "--mentor", "Mees Hilhorst", "--mentee", "Corine van Ginderen")
    run(home, "next-session", "panel-willem")
    code, text = run(home, "forget", "panel-willem", "--yes")
    assert code == 0, text
    assert not (home / "pairs" / "panel-willem").exists()
