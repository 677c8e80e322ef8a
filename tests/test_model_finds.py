"""An answer of a model, find by find: whatever it says, what is kept stands in the note to the letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.endpoint.ladder import Misshapen, Task
from assistant.notes import note, reader
from assistant.privacy.audience import cut
from assistant.privacy.covered import Covered
from assistant.reading import answering, asking, merging
from assistant.reading.answering import Finds
from assistant.records import Audience, Level, Pair, Reading

PATH, DAY = "pairs/noor-willem/sessions/2026-03-12.md", dt.date(2026, 3, 12)
TEXT = """# Wat we bespraken

Willem gaat ervan uit dat elke vestiging de lijst gebruikt. Aan de balie deden
twee van de negen dat.

- [ ] Noor: de lijst sturen, voor 1 april
- Wie beslist erover? Dat weten we nog niet.

## Vertrouwelijk
Willem belt de directie over de fusie.

%% Ik bel hem zelf nog. %%
"""
TASK = Task("reading.model/1", "own", "", "", "", "prep_reading", {})
LISTS = ("promises", "threads", "beliefs", "questions", "earlier")


def read(pair: Pair) -> Reading:
    return reader.read(note.read(TEXT.encode(), PATH, DAY), pair)


def asked_of(reading: Reading, pair: Pair, least: Level = Level.CONFIDENTIAL) -> tuple[asking.Sheet, asking.Asked]:
    sheet = asking.sheet(reading.note, pair, least, cut([], Audience.PAIR))
    return sheet, asking.Asked(TASK, {f"n{n}": (p, Covered(p.text)) for n, p in enumerate(sheet.passages, 1)})


WORDS = st.lists(st.sampled_from([*TEXT.split(), "zeppelin", "[NAME-4k7q]", "Noor", ".", "\n"]), max_size=9)
TEXTS = WORDS.map(" ".join) | st.sampled_from(TEXT.split("\n")) | st.text(max_size=20)
VALUES = TEXTS | st.none() | st.integers() | st.sampled_from(["n1", "n2", "n3", "p1", "t1", "mentor", "both", "done"])
KEYS = st.sampled_from(["line", "quote", "owner", "when", "shown_line", "shown_quote", "id", "became"])
ENTRIES = st.lists(st.dictionaries(KEYS, VALUES, min_size=2) | TEXTS, max_size=4)
ANSWERS = st.fixed_dictionaries(dict.fromkeys(LISTS, ENTRIES))


@given(answer=ANSWERS, least=st.sampled_from([Level.CONFIDENTIAL, Level.PAIR]))
def test_no_find_without_its_exact_words(pair: Pair, answer: dict[str, Any], least: Level) -> None:
    reading = read(pair)
    sheet, asked = asked_of(reading, pair, least)
    found = answering.finds(answer, asked, {"p1": "c-123456"})
    joined = merging.merged(reading, sheet, found, pair)
    sources = [p.source for p in joined.promises] + [t.source for t in joined.threads]
    sources += [q.source for q in joined.questions] + [fate.source for fate in joined.fates]
    sources += [place for b in joined.beliefs for place in (b.source, b.against) if place]
    for source in sources:
        lines = TEXT.split("\n")[source.line - 1 :]
        assert source.quote.split("\n")[0] in lines[0]
        assert source.quote in TEXT
        here = [p for p in reading.note.passages if source.quote in p.text]
        assert source.level in {p.level for p in here}
    given_ones = sum(len(answer[name]) for name in LISTS)
    assert found.dropped + found.count <= given_ones


@given(
    answer=st.recursive(st.none() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s))
)
def test_what_is_not_in_the_form_is_misshapen(pair: Pair, answer: object) -> None:
    _, asked = asked_of(read(pair), pair)
    with pytest.raises(Misshapen):
        answering.finds(answer, asked, {})


def found(pair: Pair, least: Level = Level.CONFIDENTIAL, **lists: list[dict[str, Any]]) -> tuple[Reading, Finds]:
    reading = read(pair)
    sheet, asked = asked_of(reading, pair, least)
    answer = {**{name: [] for name in LISTS[:-1]}, **lists}
    finds = answering.finds(answer, asked, {})
    return merging.merged(reading, sheet, finds, pair), finds


def test_what_the_model_may_not_see_it_cannot_find(pair: Pair) -> None:
    entry = {"line": "n2", "quote": "Willem belt de directie over de fusie", "owner": "mentee", "when": None}
    joined, finds = found(pair, Level.PAIR, promises=[entry])
    assert finds.dropped == 1
    joined, finds = found(pair, promises=[entry])
    assert [p.source.level for p in joined.promises if "fusie" in p.text] == [Level.CONFIDENTIAL]
    assert not found(pair, promises=[{**entry, "quote": "Ik bel hem zelf nog"}])[1].promises


def test_a_line_that_is_named_wrong_is_looked_for(pair: Pair) -> None:
    _, finds = found(pair, threads=[{"line": "n99", "quote": "wie beslist erover"}])
    assert [(q.line, q.text) for q in finds.threads] == [(7, "Wie beslist erover?")]


def test_words_that_are_wrapped_over_lines_are_one_quotation(pair: Pair) -> None:
    belief = {"line": "n2", "quote": "Willem gaat ervan uit dat elke vestiging de lijst gebruikt."}
    shown = {"shown_line": "n2", "shown_quote": "Aan de balie deden twee van de negen dat"}
    joined, _ = found(pair, beliefs=[belief | shown])
    (one,) = joined.beliefs
    assert one.reality == "Aan de balie deden twee van de negen dat."
    assert one.against is not None
    assert one.against.quote == "Aan de balie deden\ntwee van de negen dat."


def test_a_heading_and_a_single_word_are_no_quotation(pair: Pair) -> None:
    for quote in ("Wat we bespraken", "lijst", "directie"):
        assert found(pair, threads=[{"line": "n1", "quote": quote}])[1].dropped == 1
