"""Promises that a note says outright: task boxes, labels, headings and tables; whose they are, and which stand."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from assistant.notes import note, reader, story
from assistant.privacy import audience
from assistant.records import Audience, Commitment, Level, Pair, Person, Promise, Reading

DAY = dt.date(2026, 3, 12)


def reading(text: str, pair: Pair, day: dt.date = DAY) -> Reading:
    return reader.read(note.read(text.encode(), f"pairs/noor-willem/sessions/{day}.md", day), pair)


def outright(text: str, pair: Pair) -> list[Promise]:
    return [p for p in reading(text, pair).promises if p.form in ("task", "label")]


def only(text: str, pair: Pair) -> Promise:
    (found,) = outright(text, pair)
    return found


def told(pair: Pair, *notes: tuple[str, str], whom: Audience = Audience.PAIR) -> list[Commitment]:
    readings = [reading(text, pair, dt.date.fromisoformat(day)) for day, text in notes]
    return list(story.tell(audience.cut(readings, whom), dt.date(2026, 12, 31)).commitments)


@pytest.mark.parametrize(
    ("line", "owner", "text"),
    [
        # boxes
        ("- [ ] Noor: overzicht van de balie sturen", "mentor", "overzicht van de balie sturen"),
        ("* [ ] NvdV: stuurt het overzicht", "mentor", "stuurt het overzicht"),
        ("- [ ] Willem - toegang regelen voor de proef", "mentee", "toegang regelen voor de proef"),
        ("- [ ] WA: regelt toegang", "mentee", "regelt toegang"),
        ("1. [ ] **Noor**: stuurt het overzicht", "mentor", "stuurt het overzicht"),
        ("- [ ] Noor & Willem: lopen mee bij de balie", "both", "lopen mee bij de balie"),
        ("- [ ] Noor en Willem: lopen mee", "both", "lopen mee"),
        ("- [ ] Samen: een dag in de kantine", "both", "een dag in de kantine"),
        ("- [ ] Both: a day in the canteen", "both", "a day in the canteen"),
        ("- [ ] ik vraag drie collega's", "mentor", "ik vraag drie collega's"),
        ("- [ ] I ask three colleagues", "mentor", "I ask three colleagues"),
        ("- [ ] I'll ask three colleagues", "mentor", "I'll ask three colleagues"),
        ("- [ ] we’ll ask three colleagues", "both", "we’ll ask three colleagues"),
        ("- [ ] @noor: stuurt de link", "mentor", "stuurt de link"),
        ("- [ ] Willem to sign the form", "mentee", "Willem to sign the form"),
        ("- [ ] Noor vraagt het na", "mentor", "Noor vraagt het na"),
        ("- [ ] overzicht van de balie", "unknown", "overzicht van de balie"),
        ("- [ ] Fatima: stuurt de cijfers", "unknown", "Fatima: stuurt de cijfers"),
        ("- [ ] Willem: regelt toegang #vertrouwelijk", "mentee", "regelt toegang"),
        ("> - [ ] Noor: stuurt het overzicht", "mentor", "stuurt het overzicht"),
        # labels
        ("Actie: Noor stuurt het overzicht", "mentor", "Noor stuurt het overzicht"),
        ("**Actie:** Willem regelt toegang", "mentee", "Willem regelt toegang"),
        ("Actie Noor: overzicht sturen", "mentor", "overzicht sturen"),
        ("AP NvdV: overzicht sturen", "mentor", "overzicht sturen"),
        ("AP WA - toegang regelen", "mentee", "toegang regelen"),
        ("- Afspraak: samen naar de kantine", "both", "samen naar de kantine"),
        ("Actiepunt: overzicht van de balie", "unknown", "overzicht van de balie"),
        ("TODO: ik bel de balie", "mentor", "ik bel de balie"),
        ("Action: Willem to sign the form", "mentee", "Willem to sign the form"),
        ("Action item: Noor will send the list", "mentor", "Noor will send the list"),
        ("Next step: together to the canteen", "both", "together to the canteen"),
        ("To do - Noor: send the list", "mentor", "send the list"),
    ],
)
def test_a_line_that_says_so_is_a_promise(pair: Pair, line: str, owner: str, text: str) -> None:
    found = only(f"# Sessie\n\nWe spraken over de balie.\n\n{line}\n", pair)
    assert (found.owner, found.text, found.source.line) == (owner, text, 5)
    assert not found.ticked


@pytest.mark.parametrize(
    "line",
    [
        "Fatima Actie is in de kantine.",
        "- Noor: stuurt het overzicht",
        "Actie Fatima: cijfers sturen",
        "Actie:",
        "- [ ] ",
        "- [ ] Noor: wat doen we hiermee?",
        "De actie van vorige week: dat was leuk.",
        "- [x] overzicht gestuurd",
        "We hadden actie: veel lachen.",
    ],
)
def test_a_line_that_only_looks_like_it_is_none(pair: Pair, line: str) -> None:
    assert outright(f"# Sessie\n\n{line}\n", pair) == []


@pytest.mark.parametrize("title", ["Acties", "Afspraken:", "To do", "Action items", "**Next steps**", "Te doen"])
def test_the_items_under_a_heading_of_actions_are_promises(pair: Pair, title: str) -> None:
    items = "- Noor: stuurt het overzicht\n- toegang regelen\n"
    found = outright(f"## {title}\n\n{items}\n## Verder\n\n- de kantine\n", pair)
    assert [(p.owner, p.text, p.form) for p in found] == [
        ("mentor", "stuurt het overzicht", "label"),
        ("unknown", "toegang regelen", "label"),
    ]


def test_the_rows_of_a_table_with_who_and_what_are_promises(pair: Pair) -> None:
    found = outright(
        "| Wie | Wat | Wanneer |\n|---|---|---|\n| Noor | overzicht sturen | 1 mei |\n| WA | toegang regelen | |\n"
        "| beiden | dag in de kantine | eind juni |\n| Fatima | cijfers | |\n",
        pair,
    )
    assert [(p.owner, p.text, p.due, p.source.line) for p in found] == [
        ("mentor", "overzicht sturen", dt.date(2026, 5, 1), 3),
        ("mentee", "toegang regelen", None, 4),
        ("both", "dag in de kantine", dt.date(2026, 6, 30), 5),
        ("unknown", "cijfers", None, 6),
    ]


def test_columns_may_stand_in_any_order_and_in_english(pair: Pair) -> None:
    found = outright("| When | Action | Owner |\n|---|---|---|\n| 14-4 | send the list | Willem |\n", pair)
    assert [(p.owner, p.text, p.due) for p in found] == [("mentee", "send the list", dt.date(2026, 4, 14))]


def test_another_table_holds_no_promises(pair: Pair) -> None:
    assert outright("| Vestiging | Aantal |\n|---|---|\n| Noor | twaalf mensen |\n", pair) == []


def test_two_tables_do_not_share_their_columns(pair: Pair) -> None:
    first = "| Wie | Wat |\n|---|---|\n| Noor | overzicht sturen |\n"
    second = "| Plaats | Aantal |\n|---|---|\n| Willem | twaalf mensen |\n"
    assert [p.text for p in outright(first + "\n" + second, pair)] == ["overzicht sturen"]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("- [ ] Noor: stuurt het overzicht vóór 1 mei", dt.date(2026, 5, 1)),
        ("Actie: Willem regelt toegang, eind volgende week", dt.date(2026, 3, 20)),
        ("Action: Willem to sign by Friday", dt.date(2026, 3, 13)),
        ("Actie: Noor belt Willem volgende keer", None),
    ],
)
def test_a_promise_is_due_as_it_says(pair: Pair, line: str, due: dt.date | None) -> None:
    assert only(line + "\n", pair).due == due


def test_a_name_that_is_a_month_is_no_date(pair: Pair) -> None:
    with_june = msgspec.structs.replace(pair, people=(Person("June Attwell"),))
    assert only("Action: Noor to call June Attwell\n", with_june).due is None


@pytest.mark.parametrize("box", ["x", "X", "v", "-"])
def test_a_ticked_box_with_a_name_is_a_promise_that_is_kept(pair: Pair, box: str) -> None:
    found = only(f"- [{box}] Noor: stuurt het overzicht\n", pair)
    assert (found.owner, found.ticked) == ("mentor", True)
    (kept,) = told(pair, ("2026-03-12", f"- [{box}] Noor: stuurt het overzicht\n"))
    assert (kept.status, kept.closed_on) == ("done", DAY)


def test_the_quote_is_the_line_as_it_stands(pair: Pair) -> None:
    found = only("- [ ] **Noor**: stuurt het _overzicht_ #delen\n", pair)
    assert found.text == "stuurt het overzicht"
    assert found.source.quote == "**Noor**: stuurt het _overzicht_"
    assert (found.source.level, found.source.date) == (Level.PROGRAMME, DAY)


def test_a_long_promise_is_quoted_in_part(pair: Pair) -> None:
    found = only("- [ ] Noor: stuurt " + "het overzicht van de balie en " * 30 + "de kantine\n", pair)
    assert len(found.source.quote) <= 400
    assert found.source.quote.startswith("Noor: stuurt het overzicht")


# -- over the notes --


def test_a_promise_said_twice_is_one_commitment(pair: Pair) -> None:
    found = told(
        pair,
        ("2026-03-12", "- [ ] Noor: overzicht van de balie sturen\n"),
        ("2026-05-07", "- [ ] Noor: overzicht van de balie sturen\n"),
    )
    assert [(c.made, c.status) for c in found] == [(DAY, "open")]


def test_the_same_words_of_the_other_are_another_promise(pair: Pair) -> None:
    found = told(pair, ("2026-03-12", "- [ ] Noor: de balie bezoeken\n- [ ] Willem: de balie bezoeken\n"))
    assert [c.owner for c in found] == ["mentor", "mentee"]


@pytest.mark.parametrize(
    "later", ["- [x] Noor: overzicht van de balie sturen\n", "- [x] overzicht van de balie gestuurd\n"]
)
def test_a_later_tick_closes_it(pair: Pair, later: str) -> None:
    (found,) = told(pair, ("2026-03-12", "- [ ] Noor: overzicht van de balie sturen\n"), ("2026-05-07", later))
    assert (found.status, found.made, found.closed_on) == ("done", DAY, dt.date(2026, 5, 7))
    assert [s.path[-13:] for s in found.sources] == ["2026-03-12.md", "2026-05-07.md"]


def test_a_tick_for_something_else_closes_nothing(pair: Pair) -> None:
    (found,) = told(
        pair, ("2026-03-12", "- [ ] Noor: overzicht van de balie sturen\n"), ("2026-05-07", "- [x] kantine gebeld\n")
    )
    assert found.status == "open"


def test_a_tick_that_an_audience_may_not_read_closes_nothing_for_it(pair: Pair) -> None:
    notes = (
        ("2026-03-12", "- [ ] Noor: overzicht van de balie sturen\n"),
        ("2026-05-07", "## Privé\n\n- [x] Noor: overzicht van de balie sturen\n"),
    )
    assert [c.status for c in told(pair, *notes)] == ["open"]
    assert [c.status for c in told(pair, *notes, whom=Audience.OWN)] == ["done"]


def test_an_id_lasts_and_differs() -> None:
    first = story.identify(DAY, "Noor stuurt  het overzicht")
    assert first == story.identify(DAY, "noor stuurt het\noverzicht")
    assert first != story.identify(DAY, "Noor belt")
    assert first != story.identify(dt.date(2026, 3, 13), "noor stuurt het overzicht")
    assert first.startswith("c-")


def test_a_note_after_today_has_not_been(pair: Pair) -> None:
    later = reading("- [ ] Noor: stuurt het overzicht\n", pair, dt.date(2026, 5, 7))
    assert story.tell(audience.cut([later], Audience.PAIR), dt.date(2026, 5, 6)).commitments == ()
    assert len(story.tell(audience.cut([later], Audience.PAIR), dt.date(2026, 5, 7)).commitments) == 1
