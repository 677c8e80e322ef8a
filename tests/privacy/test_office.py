"""What may stand in a mail that a secretary opens: nothing closed, whatever stands round it, and no delicate matter."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from case_files import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_notes import BLOCKS, LINE
from privacy.test_canaries import CANARY, HIDDEN, SAY

from assistant import letters
from assistant.desk import Desk
from assistant.errors import Refused
from assistant.handovers import Handing
from assistant.notes import marks, note
from assistant.privacy.audit import Guard, Rosters
from assistant.privacy.closed import Written, closed_below
from assistant.privacy.office import Office
from assistant.privacy.rewrite import Rewriter, Unsayable
from assistant.programme.folder import Folder
from assistant.records import Audience, Level, Pair, Person

BETWEEN = st.sampled_from(
    [
        "## Vertrouwelijk\n{say}",
        "> [!between us]\n> {say}\n> {line}",
        "- [ ] {say} #vertrouwelijk",
        "## {line} (onder ons)\n\n- {say}",
    ]
)
CONFIDENTIAL = st.builds(lambda form, say, line: form.format(say=say, line=line), BETWEEN, SAY, LINE)
PAIR = '[mentor]\nname = "Noor van der Velde"\n[mentee]\nname = "Willem Achterberg"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    root: Path = tmp_path_factory.mktemp("programme")
    (root / "pairs" / "noor-willem" / "sessions").mkdir(parents=True)
    (root / "prep.toml").write_text('[programme]\nname = "Test"\nlanguage = "nl"\n', "utf-8")
    (root / "pairs" / "noor-willem" / "pair.toml").write_text(PAIR, "utf-8")
    return Folder(root)


@settings(deadline=None, max_examples=40)
@given(BLOCKS, HIDDEN | CONFIDENTIAL, BLOCKS)
def test_a_canary_in_closed_text_is_in_no_mail_and_no_handover(
    folder: Folder, before: list[str], hidden: str, after: list[str]
) -> None:
    text = "\n\n".join([*before, "- [ ] Noor stuurt een lijst met tien vragen", hidden, *after])
    (folder.pair_folder("noor-willem") / "sessions" / "2026-05-04.md").write_text(text, "utf-8")
    try:
        desk = Desk(folder, "noor-willem", dt.date(2026, 5, 5))
        mail = letters.followup(desk, "mentor", "nl", False)
        handed = Handing(desk, "nl", 60)
        told = [mail.text, *(str(c) for c in mail.commitments), handed.preview([x.id for x in handed.lines], "Willem")]
    except Refused:
        return
    assert CANARY not in json.dumps(told, ensure_ascii=False)


OPEN = "Noor stuurt een lijst met tien vragen die klanten stellen.\n"
CLOSED = "## Vertrouwelijk\n\nDe vestiging Apeldoorn gaat in november dicht.\n"


@pytest.fixture(scope="module")
def office() -> Office:
    noor, willem = Person("Noor van der Velde", ("NvdV",)), Person("Willem Achterberg", ("WA",))
    pair = Pair("noor-willem", "pair.toml", "nl", "2 months", None, 60, None, noor, willem, (), (), (), (), ())
    raw = (OPEN + CLOSED).encode()
    written = [Written("note.md", raw, note.read(raw, "note.md", dt.date(2026, 5, 4)).passages)]
    closed, opened = closed_below(Level.PAIR, written, marks.closed_by)
    return Office(Guard(Audience.PAIR, Rosters([pair]), closed, opened), Rewriter("noor-willem", [pair], []))


@pytest.mark.parametrize(
    "text",
    [
        "Noor stuurt een lijst met tien vragen",
        "Willem vraagt Harm om het rooster",
        "Willem legt de kortingen uit aan de winkels",
        "Noor brings the parts and starts with the charts",
        "Noor zet de contracten en de prestaties van de winkels op een rij",
        "half an hour in the aisle, before 30 June",
    ],
)
def test_a_promise_of_work_may_stand_in_a_mail(office: Office, text: str) -> None:
    assert office.promise(text, Level.PAIR) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Willem gaat met haar naar de bedrijfsarts", "matter"),
        ("Noor vraagt wat een manager verdient", "matter"),
        ("Noor zoekt uit of de bloeddruk van Willem gemeten kan worden", "matter"),
        ("Willem belt de fysio van Noor", "matter"),
        ("Willem bespreekt met Fatima haar functioneren", "matter"),
        ("Willem bespreekt de transitievergoeding", "matter"),
        ("Willem will get Noor's blood pressure checked", "matter"),
        ("Willem vraagt de verzekeringsarts om advies", "matter"),
        ("Willem belt de relatietherapeut", "matter"),
        ("Willem will share his antidepressants story", "matter"),
        ("Willem will drink less", "matter"),
        ("Willem will speak to Fatima about her performance", "matter"),
        ("Willem will renew her contract before June", "matter"),
        ("Willem will hand in his notice in May", "matter"),
        ("Willem zal niet verder vertellen wat er speelt", "secret"),
        ("Noor belt Fatima op 06-41228763", "contact"),
        ("Willem maakt 180.000 euro vrij", "amount"),
        ("Willem vertelt de winkels dat ze gaan sluiten", "plans"),
    ],
)
def test_what_is_nobodys_business_may_not(office: Office, text: str, kind: str) -> None:
    with pytest.raises(Unsayable) as reason:
        office.promise(text, Level.PAIR)
    assert reason.value.kind == kind
    assert text not in str(reason.value)


OFFICE = cases("office.yaml")


@pytest.mark.parametrize("case", [c for c in OFFICE if c["half"] == "build"], ids=lambda c: c["text"][:40])
def test_a_delicate_matter_in_other_words_is_not_told_and_its_harmless_twin_is(
    office: Office, case: dict[str, str]
) -> None:
    if "matter" not in case:
        assert office.promise(case["text"], Level.PAIR) == case["text"]
        return
    with pytest.raises(Unsayable) as reason:
        office.promise(case["text"], Level.PAIR)
    assert case["text"] not in str(reason.value)


def test_most_are_kept_back_of_those_that_no_word_was_chosen_by(office: Office) -> None:
    """Two of three and more, at the price of one harmless line in twenty."""

    def told(case: dict[str, str]) -> bool:
        try:
            return bool(office.promise(case["text"], Level.PAIR))
        except Unsayable:
            return False

    counted = [case for case in OFFICE if case["half"] == "count"]
    delicate = [case for case in counted if "matter" in case]
    assert sum(map(told, delicate)) <= 0.3 * len(delicate)
    assert sum(told(case) for case in counted if case not in delicate) >= 0.95 * (len(counted) - len(delicate))


@pytest.mark.parametrize("level", [Level.SEALED, Level.OWN, Level.CONFIDENTIAL])
def test_no_closed_line_may_whatever_it_says(office: Office, level: Level) -> None:
    with pytest.raises(Unsayable):
        office.promise("Noor stuurt een lijst", level)


def test_nor_may_one_that_shares_words_with_a_closed_line(office: Office) -> None:
    with pytest.raises(Unsayable):
        office.promise("Noor vraagt wanneer de vestiging Apeldoorn in november dicht gaat", Level.PAIR)


@pytest.mark.parametrize(
    "text",
    ["Willem vond de mails van Noor te lang en te laat", "Wat zou jij doen als de winkel morgen opengaat?", "Kort"],
)
def test_a_sentence_that_is_quoted_for_itself_names_nobody_and_asks_nothing(office: Office, text: str) -> None:
    with pytest.raises(Unsayable):
        office.sentence(text, Level.PROGRAMME)


def test_what_is_left_alone_may_be_any_matter_that_names_nobody(office: Office) -> None:
    assert office.boundary("salaris en beoordelingen") == "salaris en beoordelingen"
    with pytest.raises(Unsayable):
        office.boundary("het ontslag van Bregje")
