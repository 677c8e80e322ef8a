"""`prep followup` as people type it: what the mail tells, what it never does, and its forms."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import strict
from pathlib import Path

import pytest
from cli.conftest import Prep, Programme

from assistant.cli.setup import DEMO_PAIRS
from assistant.desk import Desk
from assistant.programme.folder import Folder

HELD = """---
status: held
---
We talked about the AI tools on the floor. Nobody had shown anybody how they work.

- [ ] Willem will ask the branches what they use, by 1 June
- [ ] I'll write down ten questions, by 20 May
"""
NEXT_DAY = ["--today", "2026-05-05"]


@pytest.fixture
def held(programme: Programme) -> Programme:
    programme.note("2026-05-04", HELD)
    return programme


def test_the_day_after_it_thanks_tells_both_sides_and_asks_one_thing(held: Programme, prep: Prep) -> None:
    mail = prep("followup", "--json", *NEXT_DAY).json
    assert mail["schema"] == "prep.followup/1"
    assert (mail["from"], mail["kind"], mail["date"], mail["next"]) == ("mentor", "thanks", "2026-05-04", None)
    assert "yesterday about AI tools" in mail["text"]
    assert "- I'll write down ten questions, by 20 May" in mail["text"]
    assert "- you will ask the branches what they use, by 1 June" in mail["text"]
    assert mail["text"].count("?") == 1
    assert mail["ask"] in mail["text"]
    assert mail["words"] == len(mail["text"].split()) < 150
    assert [mail["sources"][c["sources"][0]]["line"] for c in mail["commitments"]] == [7, 6]


def test_with_a_date_it_tells_the_date_and_asks_for_something_else(held: Programme, prep: Prep) -> None:
    prep("plan", "2026-07-02")
    text = prep("followup", *NEXT_DAY).out
    assert "We meet again on Thursday 2 July." in text
    assert "by 1 June how your point is coming along?" in text


def test_the_mentee_can_write_it_too(held: Programme, prep: Prep) -> None:
    text = prep("followup", "--from", "mentee", *NEXT_DAY).out
    assert "Hello Noor," in text
    assert text.rstrip().endswith("Willem")
    assert "- I will ask the branches what they use, by 1 June" in text


def test_a_pair_that_slips_is_asked_for_one_date_out_of_two(held: Programme, prep: Prep) -> None:
    held.note("2026-07-01", "---\nstatus: cancelled\n---\nCancelled.\n")
    mail = prep("followup", "--json", "--today", "2026-07-02").json
    assert mail["kind"] == "date"
    assert "Our conversation on Wednesday 1 July was called off." in mail["text"]
    assert mail["ask"].startswith("One question: would Monday 13 July or Wednesday 15 July suit you")
    prep("plan", "2026-07-20")
    assert "does Monday 20 July still work" in prep("followup", "--json", "--today", "2026-07-02").json["ask"]


def test_before_the_first_session_there_is_nothing_to_write(programme: Programme, prep: Prep) -> None:
    programme.note("2026-05-04", "---\nstatus: cancelled\n---\n")
    done = prep("followup", *NEXT_DAY, ok=False)
    assert (done.code, done.out) == (4, "")


CLOSED = """---
status: held
---
- [ ] Willem will ask the branches what they use
- [ ] I'll ask about the KANARIE deal #vertrouwelijk
- [ ] Willem will sort out his sick leave with the company doctor
- [ ] I'll ring Willem's wife on 06-41228763

## Own notes #own

I will look for another pair, KANARIE.

%%Willem will KANARIE%%

## Geheim

I will KANARIE.
"""


@pytest.mark.parametrize("more", [[], ["--discreet"], ["--from", "mentee"]])
def test_nothing_that_closes_or_is_nobodys_business_gets_into_an_inbox(
    programme: Programme, prep: Prep, more: list[str]
) -> None:
    programme.note("2026-05-04", CLOSED)
    done = prep("followup", "--json", *NEXT_DAY, *more)
    for word in ("KANARIE", "sick", "doctor", "wife", "4122", "pair,"):
        assert word not in done.out
    assert done.json["withheld"]["count"] == 2
    assert ("branches" in done.json["text"]) == ("--discreet" not in more)


def test_a_note_that_restricts_itself_makes_the_mail_discreet(programme: Programme, prep: Prep) -> None:
    programme.note("2026-05-04", HELD.replace("status: held", "status: held\nembargo: until July"))
    mail = prep("followup", "--json", *NEXT_DAY).json
    assert mail["discreet"]
    assert "branches" not in str(mail)


def test_a_promise_that_a_person_corrected_is_told_as_corrected(held: Programme, prep: Prep) -> None:
    known = {c["owner"]: c["id"] for c in prep("commitments", "--json", *NEXT_DAY).json["commitments"]}
    prep("commitments", "--not", known["mentor"], *NEXT_DAY)
    prep("commitments", "--add", "bring the floor plan", "--owner", "mentor", *NEXT_DAY)
    text = prep("followup", *NEXT_DAY).out
    assert "ten questions" not in text
    assert "- me: bring the floor plan" in text


def test_the_eml_is_a_draft_that_a_strict_parser_reads(held: Programme, prep: Prep, tmp_path: Path) -> None:
    out = tmp_path / "mail.eml"
    prep("followup", "--out", out, *NEXT_DAY)
    message = message_from_bytes(out.read_bytes(), _class=EmailMessage, policy=strict)
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message["To"] is None
    assert message.get_content_charset() == "utf-8"
    assert "ten questions" in message.get_content()


def test_addresses_come_from_pair_toml(held: Programme, prep: Prep, tmp_path: Path) -> None:
    path = held.root / "pairs" / "noor-willem" / "pair.toml"
    known = path.read_text("utf-8")
    path.write_text(known.replace('aliases = ["WA"]', 'aliases = ["WA"]\nemail = "wa@example.org"'), "utf-8")
    out = tmp_path / "mail.eml"
    prep("followup", "--out", out, *NEXT_DAY)
    message = message_from_bytes(out.read_bytes(), _class=EmailMessage, policy=strict)
    assert message["To"] == "Willem Achterberg <wa@example.org>"
    for broken in ("nobody, here", "wa@exämple.org"):
        path.write_text(known.replace('aliases = ["WA"]', f'aliases = ["WA"]\nemail = "{broken}"'), "utf-8")
        done = prep("followup", "--out", out, *NEXT_DAY, ok=False)
        assert done.code == 3
        assert "pairs/noor-willem/pair.toml: an `email`" in done.err


@pytest.mark.parametrize(("ending", "begins"), [("txt", "After our"), ("md", "# After our"), ("json", "{")])
def test_it_is_written_in_the_form_of_the_file(
    held: Programme, prep: Prep, tmp_path: Path, ending: str, begins: str
) -> None:
    out = tmp_path / f"mail.{ending}"
    assert prep("followup", "--out", out, *NEXT_DAY).out == ""
    assert out.read_text("utf-8").startswith(begins)


@pytest.mark.parametrize("words", [["--from", "boss"], ["--out", "x.docx"], ["--language", "fr"]])
def test_words_that_do_not_fit_are_a_usage_error(held: Programme, prep: Prep, words: list[str]) -> None:
    assert prep("followup", *words, *NEXT_DAY, ok=False).code == 2


def test_every_session_of_the_demo_makes_a_mail_that_passes(demo: Path, prep: Prep, tmp_path: Path) -> None:
    folder = Folder(demo)
    pair = DEMO_PAIRS[folder.programme.language]
    for note in Desk(folder, pair, dt.date(2026, 7, 6)).held():
        today, out = note.date + dt.timedelta(days=1), tmp_path / "mail.eml"
        for sender in ("mentor", "mentee"):
            words = ["followup", pair, "--from", sender, "--today", today, "--programme", demo, "--out", out]
            mail = prep(*words, "--json").json
            assert mail["language"] == folder.programme.language
            told = {c["owner"] for c in mail["commitments"]}
            counted = re.search(r"^- (?:ik|jij|me|you): .*(?:notities|notes)", mail["text"], re.MULTILINE)
            assert {"mentor", "mentee"} <= told or (told and counted)
            assert Desk(folder, pair, today).office_guard().judge(mail["text"]) == ()
            message = message_from_bytes(out.read_bytes(), _class=EmailMessage, policy=strict)
            assert message.get_content().replace("\r\n", "\n") == mail["text"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Meeting on the floor works better than meeting upstairs. #share", "What I take away from it: “Meeting on"),
        ("Still open: who answers the customers after five o'clock.", "what we left: “who answers the customers"),
        ("I asked: when did you last buy something in one of our branches?", "stays with me: “when did you last buy"),
    ],
)
def test_it_thanks_for_one_concrete_thing(programme: Programme, prep: Prep, line: str, told: str) -> None:
    programme.note("2026-05-04", f"We talked about the AI tools. Nobody had seen how they work.\n\n{line}\n")
    mail = prep("followup", "--json", *NEXT_DAY).json
    assert told in mail["text"]
    assert mail["text"].count("?") == 1


def test_it_thanks_for_a_promise_that_was_kept(programme: Programme, prep: Prep) -> None:
    programme.note("2026-03-10", "- [ ] Willem: spend a morning at the counter of a branch\n")
    programme.note("2026-05-04", "- [x] Willem: spend a morning at the counter of a branch\n\nWe talked.\n")
    assert "you did what you had promised: “spend a morning" in prep("followup", *NEXT_DAY).out


def test_but_not_where_it_was_made_in_a_note_that_restricts_itself(programme: Programme, prep: Prep) -> None:
    promise = "] Willem: spend a morning at the counter of a branch\n"
    programme.note("2026-03-10", f"---\naudience: just us\n---\n- [ {promise}")
    programme.note("2026-05-04", f"- [x{promise}\nWe talked.\n")
    assert "spend a morning" not in prep("followup", *NEXT_DAY).out
