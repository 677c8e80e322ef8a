"""`prep summarise` and `prep withdraw` as people type them: what is told, to whom, and what never is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from cli.conftest import Prep

PAIR = """language = "nl"
cadence = "2 months"
started = 2026-01-15
scope = ["mailcultuur"]
[mentor]
name = "Noor van der Velde"
aliases = ["Noor"]
[mentee]
name = "Willem Achterberg"
aliases = ["Willem"]
[[people]]
name = "Fatima El Amrani"
"""
NOTE = """---
minutes: 50
---
We spraken over mails die te laat komen. De mails van Willem zijn te lang, vond Noor.

- Noor maakt een lijstje met tien vragen die klanten stellen.
- Fatima krijgt een slechte beoordeling, dat weet nog niemand.

Willem laat de loonschalen zien. KANARIESLUIT staat op de lijst. #vertrouwelijk

%%KANARIEEIGEN, dat dacht ik bij mezelf toen hij wegging.%%

## Delen

- Tip van Willem: stuur geen mails na zes uur.
- Fatima belt op 06-41228763.
"""
FOR = ["--today", "2026-05-11", "--offline"]


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pair = tmp_path / "p" / "pairs" / "noor-willem"
    (pair / "sessions").mkdir(parents=True)
    (pair / "drafts").mkdir()
    (tmp_path / "p" / "prep.toml").write_text(
        '[programme]\nname = "Test"\nlanguage = "nl"\ncadence = "8 weeks"\n', "utf-8"
    )
    (pair / "pair.toml").write_text(PAIR, "utf-8")
    (pair / "sessions" / "2026-05-04.md").write_text(NOTE, "utf-8")
    monkeypatch.setenv("PREP_PROGRAMME", str(tmp_path / "p"))
    return tmp_path / "p"


def note(programme: Path, name: str, text: str) -> None:
    (programme / "pairs" / "noor-willem" / "sessions" / name).write_text(text, "utf-8")


def test_without_an_audience_it_is_a_usage_error_that_says_so(programme: Path, prep: Prep) -> None:
    done = prep("summarise", ok=False)
    assert done.code == 2
    assert "no default" in done.err


def test_the_programme_is_told_process_themes_and_marked_lines_by_role(programme: Path, prep: Prep) -> None:
    told = prep("summarise", "--for", "programme", "--json", *FOR).json
    assert [s["kind"] for s in told["statements"]][:3] == ["process", "theme", "shared"]
    assert "4 mei 2026" in told["text"]
    assert "50 minuten" in told["text"]
    assert "mailcultuur" in told["text"]
    assert "Tip van de mentee: stuur geen mails na zes uur." in told["text"]
    assert told["withheld"] == {"count": 1, "by_reason": {"contact": 1}}
    assert told["sources"] == {}


@pytest.mark.parametrize("audience", ["programme", "organisation"])
def test_nothing_closed_or_unmarked_and_no_name_reaches_others(programme: Path, prep: Prep, audience: str) -> None:
    done = prep("summarise", "--for", audience, "--json", *FOR)
    for secret in ("KANARIE", "Willem", "Noor", "Fatima", "loonschalen", "beoordeling", "lijstje", "06-41"):
        assert secret not in done.out.replace("noor-willem", "")


def test_the_organisation_is_told_the_month_alone(programme: Path, prep: Prep) -> None:
    note(programme, "2026-06-20.md", "---\nstatus: planned\n---\n")
    told = prep("summarise", "--for", "organisation", "--json", *FOR)
    assert told.json["date"] == "2026-05"
    assert "in mei 2026" in told.json["text"]
    assert "in juni" in told.json["text"]
    assert "4 mei" not in told.out
    assert "20 juni" not in told.out
    assert "05-04" not in told.out


@pytest.mark.parametrize("audience", ["own", "pair", "programme", "organisation"])
def test_what_was_planned_or_drafted_is_never_told_as_having_happened(
    programme: Path, prep: Prep, audience: str
) -> None:
    note(
        programme,
        "2026-06-20.md",
        "---\nstatus: planned\n---\nWe spraken over KANARIEPLAN en social media op linkedin.\n",
    )
    draft = programme / "pairs" / "noor-willem" / "drafts" / "2026-05-04-agenda.md"
    draft.write_text("We spraken over KANARIEDRAFT. #delen\n", "utf-8")
    done = prep("summarise", "--for", audience, *FOR)
    assert "KANARIEPLAN" not in done.out
    assert "KANARIEDRAFT" not in done.out
    assert "sociale media" not in done.out


def test_the_pair_gets_each_statement_with_its_source_and_not_the_authors_own(programme: Path, prep: Prep) -> None:
    told = prep("summarise", "--for", "pair", "--json", *FOR)
    assert all(s["sources"] for s in told.json["statements"] if s["kind"] in ("discussed", "commitment"))
    assert "KANARIEEIGEN" not in told.out
    assert "KANARIEEIGEN" in prep("summarise", "--for", "own", "--json", *FOR).out


@pytest.mark.parametrize(
    "head",
    ["level: confidential", "confidentiality: pair-only", "embargo: 2026-10-01", "status: onder embargo", "level: x"],
)
def test_a_note_that_forbids_it_is_refused(programme: Path, prep: Prep, head: str) -> None:
    note(programme, "2026-05-10.md", f"---\n{head}\n---\nWe spraken over mails en mailcultuur.\n")
    done = prep("summarise", "--for", "programme", *FOR, ok=False)
    assert done.code == 6
    assert done.out == ""


def test_a_day_on_which_no_session_was_held_leaves_nothing_to_draft_from(programme: Path, prep: Prep) -> None:
    assert prep("summarise", "noor-willem", "2026-05-05", "--for", "pair", *FOR, ok=False).code == 4


def test_proposals_are_for_the_author_and_hold_no_sensitive_matter(programme: Path, prep: Prep) -> None:
    told = prep("summarise", "--for", "programme", "--propose", "--json", *FOR).json
    assert told["audience"] == "own"
    texts = [p["text"] for p in told["proposals"]]
    assert "De mentor maakt een lijstje met tien vragen die klanten stellen." in texts
    assert not any(word in text for text in texts for word in ("beoordeling", "loonschalen", "KANARIE"))
    assert all(told["sources"][p["sources"][0]]["quote"] in NOTE for p in told["proposals"])


def accepted(prep: Prep, *more: str) -> dict[str, object]:
    offered = prep("summarise", "--for", "programme", "--propose", "--json", *FOR).json["proposals"]
    chosen = next(p for p in offered if "lijstje" in p["text"])
    done = prep("summarise", "--for", "programme", "--accept", chosen["id"], "--by", "Noor", "--json", *FOR, *more)
    return {"id": chosen["id"], "text": chosen["text"], "summary": done.json}


def test_what_is_accepted_is_in_the_release_which_is_bound_to_its_hash(programme: Path, prep: Prep) -> None:
    done = accepted(prep)
    release = programme / "pairs" / "noor-willem" / "released" / "2026-05-04-programme.md"
    text = release.read_bytes()
    record = json.loads(release.with_suffix(".json").read_text("utf-8"))
    assert str(done["text"]) in text.decode("utf-8")
    assert record["sha256"] == hashlib.sha256(text).hexdigest()
    assert record["approved_by"] == "Noor"
    assert b"KANARIE" not in text
    assert b"Willem" not in text


def test_sentences_that_stand_in_a_row_may_be_accepted_together(programme: Path, prep: Prep) -> None:
    rows = "We liepen samen over de werkvloer. Wat opviel: het bord hangt te hoog om erop te schrijven.\n"
    note(programme, "2026-05-05.md", rows)
    offered = prep("summarise", "--for", "programme", "--propose", "--json", *FOR).json["proposals"]
    ids = ",".join(p["id"] for p in offered)
    told = prep("summarise", "--for", "programme", "--accept", ids, "--json", *FOR).json["text"]
    assert len(offered) == 2
    assert all(p["text"] in told for p in offered)


def test_a_proposal_whose_sentence_changed_is_refused(programme: Path, prep: Prep) -> None:
    id = str(accepted(prep)["id"])
    note(programme, "2026-05-04.md", NOTE.replace("tien vragen", "twaalf vragen"))
    assert prep("summarise", "--for", "programme", "--accept", id, *FOR, ok=False).code == 6


def test_a_line_taken_back_is_out_of_the_release_and_never_offered_again(programme: Path, prep: Prep) -> None:
    done = accepted(prep)
    taken = prep("withdraw", "noor-willem", done["id"], "--by", "Noor", "--today", "2026-05-12")
    assert "programme has had it" in taken.out
    release = programme / "pairs" / "noor-willem" / "released" / "2026-05-04-programme.md"
    assert str(done["text"]) not in release.read_text("utf-8")
    again = prep("summarise", "--for", "programme", "--propose", "--json", *FOR).json["proposals"]
    assert str(done["text"]) not in [p["text"] for p in again]
    assert prep("summarise", "--for", "programme", "--accept", done["id"], *FOR, ok=False).code == 6


@pytest.mark.parametrize(
    "marked",
    [
        "> [!duo]\n> Noor maakt een lijst met tien vragen die klanten stellen.",
        "## Pair\n\nNoor maakt een lijst met tien vragen die klanten stellen.",
        "Noor maakt een lijst met tien vragen die klanten stellen. #duo",
        "| wie | wat |\n|---|---|\n| Noor | maakt een lijst met tien vragen die klanten stellen #pair |",
    ],
)
def test_what_somebody_marked_for_the_pair_is_not_even_proposed(programme: Path, prep: Prep, marked: str) -> None:
    asked = ["summarise", "noor-willem", "2026-05-06", "--for", "programme", "--propose", "--json", *FOR]
    note(programme, "2026-05-06.md", "Noor maakt een lijst met tien vragen die klanten stellen.\n")
    assert "lijst" in prep(*asked).json["proposals"][0]["text"]
    note(programme, "2026-05-06.md", f"---\nlevel: pair\n---\nWe zagen elkaar.\n\n{marked}\n")
    assert prep(*asked).json["proposals"] == []


def test_level_pair_over_a_note_is_the_default_and_no_ban(programme: Path, prep: Prep) -> None:
    text = "---\nlevel: pair\n---\nNoor maakt een lijst met tien vragen die klanten stellen.\n"
    note(programme, "2026-05-06.md", text)
    asked = ["summarise", "noor-willem", "2026-05-06", "--for", "programme", "--propose", "--json", *FOR]
    assert len(prep(*asked).json["proposals"]) == 1


@pytest.mark.parametrize(
    "said", ["Volgende keer: 12 juni. #delen", "Volgende sessie op 2026-06-12. #delen", "Next time: 12 June."]
)
def test_where_the_note_has_a_next_date_it_is_not_told_that_none_is_set(programme: Path, prep: Prep, said: str) -> None:
    asked = ["summarise", "--for", "programme", *FOR]
    assert "nog geen datum" in prep(*asked).out
    note(programme, "2026-05-06.md", f"We zagen elkaar.\n\n{said}\n")
    assert "nog geen datum" not in prep(*asked).out


def test_a_theme_of_the_programmes_own_is_not_told_where_it_names_somebody_or_a_sensitive_matter(
    programme: Path, prep: Prep
) -> None:
    (programme / "themes").mkdir()
    listed = [("Fatima en haar team", "lijstje"), ("ziekteverzuim", "klanten"), ("lange mails", "te lang")]
    text = "".join(
        f"- id: own-{n}\n  nl: {name}\n  en: {name}\n  words: {words}\n" for n, (name, words) in enumerate(listed)
    )
    (programme / "themes" / "own.yaml").write_text(text, "utf-8")
    note(programme, "2026-05-05.md", "Een lijstje voor klanten is te lang.\n\nEen lijstje van klanten is te lang.\n")
    told = prep("summarise", "--for", "programme", *FOR).out
    assert "lange mails" in told
    assert "Fatima" not in told
    assert "verzuim" not in told


def test_on_a_terminal_no_signs_of_markdown_are_shown_and_through_a_pipe_all_are(
    programme: Path, prep: Prep, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = prep("summarise", "--for", "pair", *FOR).out
    assert piped.startswith("# Willem en Noor")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    shown = prep("summarise", "--for", "pair", *FOR).out
    lines = shown.split("\n")
    assert lines[0].strip() == "Willem en Noor, 4 mei 2026"
    assert max(map(len, lines)) <= 80
    assert not any(sign in shown for sign in ("**", "##", "*Voor"))
    assert sorted(shown.replace("•", "-").split()) == sorted(piped.replace("#", "").replace("*", "").split())
