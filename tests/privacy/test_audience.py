"""Who may read what, level by level."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.notes import note, reader
from assistant.privacy import audience
from assistant.records import Audience, Hit, Level, Pair, Reading

LEVELS = ["sealed", "own", "confidential", "pair", "programme", "organisation"]
MAY = {"own": LEVELS[1:], "pair": LEVELS[2:], "programme": LEVELS[4:], "organisation": LEVELS[5:]}
EVERY_LEVEL = "".join(
    f"## {mark}\n\n- [ ] Noor: stuurt {level}tekst\n\nVraag: wat denkt Willem van {level}tekst?\n\n"
    for mark, level in [
        ("Geheim", "sealed"),
        ("Privé", "own"),
        ("Vertrouwelijk", "confidential"),
        ("Duo", "pair"),
        ("Programma", "programme"),
        ("Openbaar", "organisation"),
    ]
)


@pytest.fixture
def reading(pair: Pair) -> Reading:
    raw = EVERY_LEVEL.encode()
    return reader.read(note.read(raw, "pairs/noor-willem/sessions/2026-03-12.md", dt.date(2026, 3, 12)), pair)


@pytest.mark.parametrize("whom", list(Audience))
def test_an_audience_reads_its_levels_and_no_other(whom: Audience) -> None:
    assert [level.value for level in Level if audience.may_read(whom, level)] == MAY[whom.value]


@pytest.mark.parametrize("whom", list(Audience))
def test_the_cut_leaves_what_an_audience_may_read(reading: Reading, whom: Audience) -> None:
    (cut,) = audience.cut([reading], whom)
    meant = [f"{level}tekst" for level in MAY[whom.value]]
    assert [p.text.split()[-1] for p in cut.promises if p.form == "task"] == meant
    assert [q.text.split()[-1].strip("?") for q in cut.questions] == meant
    assert {p.level.value for p in cut.note.passages} == set(MAY[whom.value])
    assert {line.level.value for line in cut.lines} == set(MAY[whom.value])
    assert cut.note.sealed == ()


@pytest.mark.parametrize("whom", [Audience.PROGRAMME, Audience.ORGANISATION])
def test_no_title_goes_beyond_the_pair(reading: Reading, whom: Audience) -> None:
    (cut,) = audience.cut([reading], whom)
    assert {p.section for p in cut.note.passages} == {line.section for line in cut.lines} == {()}


def test_the_pair_keeps_its_titles(reading: Reading) -> None:
    (cut,) = audience.cut([reading], Audience.PAIR)
    assert ("Vertrouwelijk",) in {p.section for p in cut.note.passages}


def test_search_results_are_cut_the_same_way() -> None:
    hits = [Hit("sessions/2026-03-12.md", 1, None, level, ("Titel",), "tekst", 1.0) for level in Level]
    for whom in Audience:
        assert [hit.level.value for hit in audience.cut_hits(hits, whom)] == MAY[whom.value]
    assert {hit.section for hit in audience.cut_hits(hits, Audience.PROGRAMME)} == {()}
    assert {hit.section for hit in audience.cut_hits(hits, Audience.PAIR)} == {("Titel",)}
