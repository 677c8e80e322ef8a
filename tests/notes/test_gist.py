"""What of a sentence is worth quoting: its matter, without the words that say that it was left or believed."""

from __future__ import annotations

from typing import Any

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes import gist

WILLEM = ("Willem Achterberg", "Willem", "WA")


def told(kind: str, line: str) -> gist.Gist:
    if kind == "belief":
        return gist.of_belief(line, WILLEM)
    return gist.of_thread(line) if kind == "thread" else gist.of_text(line)


@pytest.mark.parametrize("case", cases("gist.yaml"), ids=lambda c: c["line"][:40])
def test_the_telling_part_is_quoted(case: dict[str, Any]) -> None:
    found = told(case["kind"], case["line"])
    assert (found.text, found.form) == (case["gist"], case["form"])
    assert found.weight > 0


@pytest.mark.parametrize("line", ["Doe ik.", "Dat was het.", "Ja, dat ook.", "We will.", "Same again."])
def test_what_says_nothing_by_itself_weighs_nothing(line: str) -> None:
    assert gist.of_text(line).weight == 0


def test_a_line_that_points_back_weighs_less() -> None:
    assert gist.of_text("Dan bel ik de planners van de polikliniek").weight < 0.7
    assert gist.of_text("Willem belt de planners van de polikliniek").weight > 0.6


@given(st.text(max_size=600), st.sampled_from(["thread", "belief", "text"]))
def test_any_text_gives_a_quotation_that_is_short_and_closed(text: str, kind: str) -> None:
    found = told(kind, text)
    assert len(found.text) <= gist.LONGEST + 1
    assert not set(found.text) & set('"“”\n')
    assert 0 <= found.weight <= 1
