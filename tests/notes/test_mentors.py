"""Whose promise it is in a panel, by the notes: a name where they give one, and never a guess."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes import authors, corrections, note, reader, story
from assistant.notes.people import Roster
from assistant.records import Level, Note, Pair, Person, Readable

PANEL = Pair(
    "panel",
    "pairs/panel/pair.toml",
    "nl",
    "6 weeks",
    None,
    60,
    None,
    Person("Noor van der Velde", ("NvdV",)),
    Person("Willem Achterberg", ("WA",)),
    (Person("Fatima El Amrani"),),
    (),
    (),
    (),
    (),
    fellows=(Person("Sam Daalder"), Person("Ilse Brouwer", ("IB",))),
)
NAMES = tuple(mentor.name for mentor in PANEL.mentors)


def noted(text: str, path: str = "pairs/panel/sessions/2026-02-03.md") -> Note:
    return note.read(text.encode(), path, dt.date(2026, 2, 3))


@pytest.mark.parametrize("case", cases("panel.yaml"), ids=lambda case: case["name"])
def test_a_promise_is_of_the_mentor_whom_the_note_names(case: dict[str, str]) -> None:
    found = reader.read(noted(case["note"]), PANEL).promises
    told = [(p.owner, ", ".join(name.split()[0] for name in p.who)) for p in found]
    assert told == [tuple(part.strip() for part in entry.split("|")) for entry in case["promises"].split(";")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("---\nauthor: Noor\n---\nx y z", "Noor van der Velde"),
        ("---\nauteur: sam\n---\nx y z", "Sam Daalder"),
        ("---\nby: IB\n---\nx y z", "Ilse Brouwer"),
        ("Notulen: Sam\n\nx y z", "Sam Daalder"),
        ("*Notes by Ilse Brouwer*\n\nx y z", "Ilse Brouwer"),
        ("# Gesprek\nGenoteerd door Noor\n\nx y z", "Noor van der Velde"),
        ("---\nauthor: [Noor, Sam]\n---\nx y z", ""),
        ("---\nauthor: Piet\n---\nNotulen: Sam\n\nx y z", ""),
        ("Noor kwam later.\n\nx y z", ""),
    ],
)
def test_the_author_is_who_the_note_says(text: str, who: str) -> None:
    assert authors.author(noted(text), Roster(PANEL)).name == who


def test_the_mentee_may_be_the_author() -> None:
    found = reader.read(noted("---\nauthor: Willem\n---\n- [ ] ik bel Fatima voor vrijdag\n"), PANEL).promises
    assert [(p.owner, p.who) for p in found] == [("mentee", ())]


OWN = "> [!own]\n> Dit schreef ik voor mezelf op."


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"---\nauthor: Noor\n---\n{OWN}", "Noor van der Velde"),
        (f"## Sam\n\n{OWN}", "Sam Daalder"),
        (f"## Notities van Sam\n\n{OWN}", "Sam Daalder"),
        (f"---\nauthor: Noor\n---\n## Sam\n\n{OWN}", ""),
        (f"---\nauthor: Willem\n---\n## Sam\n\n{OWN}", ""),
        (f"---\nauthor: Piet\n---\n## Sam\n\n{OWN}", ""),
        (f"Sam: dag\n\n{OWN}", ""),
        (OWN, ""),
    ],
)
def test_own_text_is_of_its_author_and_without_a_certain_one_of_nobody(text: str, who: str) -> None:
    found = noted(text)
    (own,) = {p.text: p for p in found.passages if p.level is Level.OWN}.values()
    assert authors.owner_of_own(found, own, Roster(PANEL)) == who
    for name in (*NAMES, None):
        shut = authors.own_of_others(found, PANEL, name)
        assert (own.line in shut) == (name is None or name != who)


@given(st.lists(st.sampled_from((*NAMES, "")), min_size=1, max_size=5), st.sampled_from((*NAMES, None)))
def test_what_one_mentor_wrote_for_themselves_is_open_to_that_one_alone(writers: list[str], me: str | None) -> None:
    for at, writer in enumerate(writers):
        head = f"---\nauthor: {writer}\n---\n" if writer else ""
        found = noted(f"{head}Er is gepraat.\n\n## Privé\n\nregel {at} van mij\n\nnog een regel\n")
        shut = authors.own_of_others(found, PANEL, me)
        own = {p.line for p in found.passages if p.level is Level.OWN}
        assert own
        assert (shut & own) == (set() if writer and writer == me else own)


def of_day(day: str, author: str, status: str = "held", nth: int = 1) -> Note:
    name = f"---\nstatus: {status}\nauthor: {author}\n---\nx" if author else f"---\nstatus: {status}\n---\nx"
    return note.read(name.encode(), f"{day}-{nth}", dt.date.fromisoformat(day), nth)


def test_notes_of_one_day_by_different_mentors_are_one_session() -> None:
    notes = [of_day("2026-02-03", "Noor"), of_day("2026-02-03", "Sam", nth=2), of_day("2026-03-03", "Noor")]
    assert [len(told) for told in authors.sessions(notes, PANEL)] == [2, 1]


def test_a_second_session_of_a_day_stays_one() -> None:
    for author in ("Noor", ""):
        notes = [of_day("2026-02-03", author), of_day("2026-02-03", author, nth=2)]
        assert len(authors.sessions(notes, PANEL)) == 2


def test_a_session_that_one_mentor_missed_was_held() -> None:
    notes = [of_day("2026-02-03", "Noor", "cancelled"), of_day("2026-02-03", "Sam", nth=2)]
    ((first, _),) = authors.sessions(notes, PANEL)
    assert first.status == "held"


def test_a_pair_has_a_session_for_every_note(pair: Pair, tmp_path: Path) -> None:
    notes = [of_day("2026-02-03", "Noor"), of_day("2026-02-03", "Willem", nth=2)]
    assert len(authors.sessions(notes, pair)) == 2


@given(st.sampled_from([(), NAMES[:1], NAMES[1:]]), st.sampled_from([None, dt.date(2026, 8, 1)]))
def test_a_correction_keeps_whose_it_is(who: tuple[str, ...], due: dt.date | None) -> None:
    added = corrections.Correction("add", "c-9b01c4", dt.date(2026, 7, 1), "de kassa filmen", 1, "mentor", due, who)
    assert corrections.parse(corrections.written(added), "c.md") == ([added], [])


REPORTS = [
    ("author: Sam", "De lijst van de roosters heb ik gestuurd.", "Sam"),
    ("author: Noor", "Noor heeft de lijst van de roosters gestuurd.", "Noor"),
    ("author: Noor", "Sam heeft de lijst van de roosters gestuurd.", "Sam"),
    ("author: Noor", "Ik heb de lijst van de roosters aan Sam gestuurd.", "Noor"),
    ("minutes: 60", "Noor: de lijst van de roosters heb ik gestuurd, zoals beloofd.", "Noor"),
    ("minutes: 60", "WA: van Sam heb ik de lijst van de roosters gekregen.", "Sam"),
]
TALK = (
    "Willem begon met de planning van de winkels. Er kwamen veel vragen over de kassa. Iedereen wilde weten waarom het"
    " magazijn vaak leeg is.\n\n",
    "Het gesprek ging over de kosten van de bezorging. Willem had de cijfers van het kwartaal bij zich.\n\n",
)


@pytest.mark.parametrize(("head", "told", "whose"), REPORTS)
def test_a_report_closes_the_promise_of_nobody_else(head: str, told: str, whose: str) -> None:
    made = TALK[0] + "- [ ] Noor: de lijst van de roosters sturen\n- [ ] Sam: de lijst van de roosters sturen\n"
    later = note.read(f"---\n{head}\n---\n{TALK[1]}{told}\n".encode(), "b", dt.date(2026, 3, 17))
    readings = Readable((reader.read(noted(made), PANEL), reader.read(later, PANEL)))
    found = story.tell(readings, dt.date(2026, 4, 1)).commitments
    assert len(found) == 2
    done = {c.who[0].split()[0] for c in found if c.status == "done"}
    assert done == {whose}
