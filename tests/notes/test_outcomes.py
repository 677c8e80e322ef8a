"""What became of a promise, by what later notes say."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.notes import cues, note, outcomes, traces
from assistant.notes.evidence import candidates
from assistant.notes.matters import Chronicle
from assistant.notes.people import Roster
from assistant.notes.utterances import utterances
from assistant.records import Commitment, Level, Line, Owner, Pair, Reading, Source

FIRST = dt.date(2026, 1, 12)
SMALL_TALK = "We dronken koffie in de kantine en het regende. De lift was stuk. Er was taart van de buren."


def _reading(text: str, date: dt.date, pair: Pair) -> Reading:
    read = note.read(f"---\ndate: {date}\n---\n{text}\n".encode(), f"pairs/p/sessions/{date}.md", date)
    said = utterances(read, Roster(pair))
    return Reading(read, lines=tuple(Line(u.text, u.line, u.level, u.speaker, u.section, u.box) for u in said))


def _follow(pair: Pair, promise: str, *later: str, owner: Owner = "mentee", due: dt.date | None = None) -> Commitment:
    """What becomes of a promise of the first note in notes that come a month apart."""
    readings = [_reading(f"{SMALL_TALK}\n\n{promise}", FIRST, pair)]
    readings += [_reading(text, FIRST + dt.timedelta(days=30 * n), pair) for n, text in enumerate(later, 1)]
    line = readings[0].lines[-1]
    source = Source(readings[0].note.path, line.line, FIRST, Level.PAIR, line.text)
    standing = [Commitment("c-1", promise, owner, FIRST, due, "open", None, Level.PAIR, (source,))]
    fates = outcomes.Fates(readings)
    for reading in readings:
        standing = fates.after(standing, reading)
    return standing[0]


@pytest.mark.parametrize(
    ("promise", "later"),
    [
        (
            "Willem belt de directeur van Zwolle over de parkeerplaatsen.",
            "Willem heeft de directeur van Zwolle gebeld, de parkeerplaatsen blijven gratis. " + SMALL_TALK,
        ),
        (
            "Willem regelt een rondleiding door het magazijn in Breda.",
            "De rondleiding door het magazijn in Breda is geweest, drie weken te laat maar toch. " + SMALL_TALK,
        ),
        (
            "He'll ask legal about the photo consent forms.",
            "Legal answered on the consent forms: a photo needs a signature. Then we had lunch.",
        ),
    ],
)
def test_a_promise_is_kept_when_a_later_note_says_so_in_other_words(pair: Pair, promise: str, later: str) -> None:
    found = _follow(pair, promise, later)

    assert (found.status, found.closed_on) == ("done", dt.date(2026, 2, 11))


@pytest.mark.parametrize(
    ("promise", "later"),
    [
        (
            "Willem laat de folders voor de starters in het Pools vertalen.",
            "De folders in het Pools laten we vallen, niemand leest ze nog. " + SMALL_TALK,
        ),
        (
            "She'll organise a bake sale for the night crew.",
            "The bake sale is off, the night crew moves to Ghent. Then we had lunch.",
        ),
    ],
)
def test_a_promise_that_is_let_go_is_dropped(pair: Pair, promise: str, later: str) -> None:
    assert _follow(pair, promise, later).status == "dropped"


@pytest.mark.parametrize(
    "later",
    [
        "De folders in het Pools zijn er nog niet, de vertaler is ziek. " + SMALL_TALK,
        "Willem heeft de folders in het Pools nog steeds niet laten vertalen. " + SMALL_TALK,
        SMALL_TALK,
    ],
)
def test_what_is_not_yet_there_or_not_spoken_of_stays_open(pair: Pair, later: str) -> None:
    found = _follow(pair, "Willem laat de folders voor de starters in het Pools vertalen.", later)

    assert (found.status, found.closed_on, len(found.sources)) == ("open", None, 1)


def test_the_newest_word_counts(pair: Pair) -> None:
    found = _follow(
        pair,
        "Willem laat de folders voor de starters in het Pools vertalen.",
        "De folders in het Pools zijn er nog niet. " + SMALL_TALK,
        "De folders in het Pools liggen er, de starters hebben ze gelezen. " + SMALL_TALK,
    )

    assert (found.status, found.closed_on) == ("done", dt.date(2026, 3, 13))


def test_a_closed_promise_cites_the_words_that_closed_it(pair: Pair) -> None:
    later = f"{SMALL_TALK}\n\nWillem heeft de directeur van Zwolle gebeld, de parkeerplaatsen blijven gratis."
    found = _follow(pair, "Willem belt de directeur van Zwolle over de parkeerplaatsen.", later)

    assert len(found.sources) == 2
    assert found.sources[1].quote.startswith("Willem heeft de directeur van Zwolle gebeld")
    assert (found.sources[1].path, found.sources[1].line) == ("pairs/p/sessions/2026-02-11.md", 6)


def test_a_note_does_not_close_what_it_promises_itself(pair: Pair) -> None:
    told = "Willem heeft Zwolle gebeld, de parkeerplaatsen blijven gratis."

    assert _follow(pair, f"Willem belt Zwolle over de parkeerplaatsen. {told}").status == "open"


def test_a_ticked_box_closes_a_promise(pair: Pair) -> None:
    made = Source("a.md", 3, FIRST, Level.PAIR, "parkeerplaatsen in Zwolle navragen")
    promise = Commitment("c-1", made.quote, "mentee", FIRST, None, "open", None, Level.PAIR, (made,))
    ticked = _reading("- [x] parkeerplaatsen Zwolle navragen", dt.date(2026, 2, 11), pair)
    empty = _reading("- [ ] parkeerplaatsen Zwolle navragen", dt.date(2026, 2, 11), pair)

    assert outcomes.ticked_off(promise, ticked).status == "done"
    assert outcomes.ticked_off(promise, empty) == promise


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("dat laten we vallen", "dropped"),
        ("dat hoeft van mij niet meer", "dropped"),
        ("she called it off", "dropped"),
        ("die hangt er nog niet", "unmet"),
        ("still waiting for IT", "unmet"),
        ("is gelukt", "done"),
    ],
)
def test_sayings_are_found_with_words_in_between(text: str, kind: str) -> None:
    assert cues.found_in(traces.tokens(text)).get(kind, 0) >= 1


@pytest.mark.parametrize(
    ("text", "in_part"),
    [
        ("twee van de drie", True),
        ("4 out of ten so far", True),
        ("van de zes heb ik er vier gebeld", True),
        ("drie brieven en vijf kaarten", False),
        ("ze belde om drie uur", False),
        ("van één tot zes zat ze bij ploeg C", False),
        ("op 4 december, drie uur lang", False),
    ],
)
def test_some_out_of_more_is_told_from_other_numbers(text: str, in_part: bool) -> None:
    assert cues.in_part(traces.tokens(text)) is in_part


def test_forms_of_a_word_and_words_for_one_matter_share_a_key() -> None:
    def keys(text: str) -> frozenset[str]:
        return traces.keys(traces.tokens(text))

    assert keys("handschoen") & keys("handschoenen")
    assert keys("gebeld") & keys("een telefoontje") & keys("she rang")
    assert keys("vijf") == keys("5")
    assert not keys("brug") & keys("handschoenen")


def test_parts_of_compounds_of_the_pair_count() -> None:
    notes = ("het scorebord gaat uit", "de scorebordproef is gedaan")
    weights = traces.Weights([[traces.tokens(text)] for text in notes])

    assert weights.keys(["scorebordproef"]) & weights.keys(["scorebord"])


def test_dictation_without_full_stops_is_judged_in_pieces(pair: Pair) -> None:
    one = "toen had ze het over punt {} van de lijst met allerlei dingen die nog spelen"
    text = " en ".join(one.format(n) for n in range(8))
    said = Chronicle([_reading(text, FIRST, pair)]).said(f"pairs/p/sessions/{FIRST}.md")

    assert len(said) > 3
    assert all(s.line.text in text for s in said)


def test_the_number_of_an_item_is_no_count(pair: Pair) -> None:
    promise = "Willem vraagt de twee leveranciers om een folder over de sleutelkast"
    found = _follow(pair, promise, "1.1 De twee leveranciers stuurden op 3 februari hun folder over de sleutelkast.")
    assert found.status == "done"


def test_some_of_what_was_promised_leaves_it_open(pair: Pair) -> None:
    promise = "Willem belt de vijf huurders van de begane grond over de lift"
    found = _follow(pair, promise, "Huurders van de begane grond: twee van de vijf zijn gebeld, de andere drie volgen.")
    assert found.status == "open"


def test_every_weight_belongs_to_a_sign(pair: Pair) -> None:
    told = "De drie handschoenen: hij heeft ze gebeld, twee van de drie. Die zijn er."
    reading = _reading(told, dt.date(2026, 2, 11), pair)
    first = _reading("Hij belt drie handschoenen.", FIRST, pair)
    source = Source(first.note.path, first.lines[0].line, FIRST, Level.PAIR, first.lines[0].text)
    promise = Commitment("c-1", source.quote, "mentee", FIRST, None, "open", None, Level.PAIR, (source,))
    signs = {name for c in candidates(Chronicle([first, reading]), [promise], reading)[0] for name in c.signs}

    assert outcomes.model().closes.keys() <= signs
    assert outcomes.model().lets_go.keys() <= signs


def test_a_word_list_that_is_missing_is_told() -> None:
    with pytest.raises(ValueError, match="dropped"):
        traces.Words("same: |\n  nt niet\n")
