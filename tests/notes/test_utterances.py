"""How a note falls apart into what is said in it, however its lines were laid out."""

from __future__ import annotations

import datetime as dt

from assistant.notes import note, reader
from assistant.records import Pair

DAY = dt.date(2026, 3, 12)


def said(text: str, pair: Pair) -> list[str]:
    return [line.text for line in reader.read(note.read(text.encode(), f"{DAY}.md", DAY), pair).lines]


def test_a_thought_a_line_is_not_run_together(pair: Pair) -> None:
    thoughts = [
        "willem had zijn laarzen aan en wilde meteen naar beneden",
        "de borden bij de poort kloppen niet",
        "niemand van de nachtploeg heeft ooit een handleiding gezien zei hij, dat vond hij zelf ook raar",
        "koffie was op",
    ]
    assert said("\n".join(thoughts), pair) == thoughts


def test_long_thoughts_a_line_are_no_wrapped_sentence(pair: Pair) -> None:
    thoughts = [
        "hij weet zeker dat iedereen de nieuwe planning al elke dag gebruikt, best zes ton waard",
        "gezegd dat er vijf zijn en dat er vier nog op papier plannen",
        "hij loopt een hele dienst mee met een planner, nog voor de kerst van dit jaar",
        "ik stuur hem morgen een foto van de kaart met de spelden erin",
    ]
    assert said("\n".join(thoughts), pair) == thoughts


def test_a_sentence_that_was_wrapped_is_one(pair: Pair) -> None:
    text = (
        "Willem vertelde dat hij vroeger zelf de borden bij de poort had\n"
        "opgehangen en dat niemand ze sindsdien heeft nagekeken, ook de mensen\n"
        "van de beveiliging niet"
    )
    assert said(text, pair) == [text]


def test_lines_behind_a_long_dash_are_items(pair: Pair) -> None:
    text = "– de poort staat open\n– Willem: ik bel de beveiliging\n• de sleutel ligt bij Fatima"
    assert said(text, pair) == ["de poort staat open", "ik bel de beveiliging", "de sleutel ligt bij Fatima"]


def test_the_cells_of_a_table_of_talk_are_read(pair: Pair) -> None:
    table = "| punt | gezegd |\n|---|---|\n| poort | Hij loopt een nacht mee met de beveiliging. |"
    assert said(table, pair) == ["Hij loopt een nacht mee met de beveiliging."]


def test_a_promise_in_a_table_of_talk_is_found_at_its_line(pair: Pair) -> None:
    table = "| punt | gezegd |\n|---|---|\n| poort | Willem belt de beveiliging voor 1 april. |"
    (found,) = reader.read(note.read(table.encode(), f"{DAY}.md", DAY), pair).promises
    assert (found.owner, found.due, found.source.line) == ("mentee", dt.date(2026, 4, 1), 3)


def test_the_rows_of_an_action_table_are_no_talk(pair: Pair) -> None:
    assert said("| wie | wat |\n|---|---|\n| Willem | de beveiliging bellen over de poort |", pair) == []
