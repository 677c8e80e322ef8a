"""What a note leaves open, named by the words that name it and not by those that say that it was left."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.notes import note, reader
from assistant.records import Pair

DAY = dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Mag een stagiair de sleutel van het magazijn hebben? De een zegt ja, de ander nee. Wordt vervolgd.",
            "Mag een stagiair de sleutel van het magazijn hebben?",
        ),
        (
            "Of een uitzendkracht mee mag naar de kerstborrel: Willem zegt ja, ik zeg nee. Daar kwamen we niet uit.",
            "Of een uitzendkracht mee mag naar de kerstborrel: Willem zegt ja, ik zeg nee.",
        ),
        ("Who pays for the taxi after a late shift? We left it there.", "Who pays for the taxi after a late shift?"),
    ],
)
def test_a_thread_is_named_by_its_matter(text: str, named: str, pair: Pair) -> None:
    (thread,) = reader.read(note.read(text.encode(), f"{DAY}.md", DAY), pair).threads
    assert thread.title == named
    assert thread.source.quote.startswith(named)
