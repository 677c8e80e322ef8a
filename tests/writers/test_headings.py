"""What stands above an item of an agenda: a question or the name of a matter, never a whole sentence."""

from __future__ import annotations

from typing import Any

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes import gist
from assistant.writers.headings import heading

PEOPLE = ("Willem Achterberg", "Willem", "Noor van der Velde", "Noor")


def told(case: dict[str, Any]) -> gist.Gist:
    return gist.of_belief(case["text"], PEOPLE[:2]) if case["kind"] == "belief" else gist.of_thread(case["text"])


@pytest.mark.parametrize("case", cases("headings.yaml"), ids=lambda c: c["text"][:40])
def test_heading(case: dict[str, Any]) -> None:
    assert heading(told(case), PEOPLE) == case["heading"]


@given(st.text(max_size=300), st.sampled_from(["whole", "asks", "that", "said"]))
def test_a_heading_is_short_and_of_the_words_of_the_line(text: str, form: Any) -> None:
    found = heading(gist.Gist(text, form, 1.0), PEOPLE)
    assert len(found) <= 72
    assert found.casefold().rstrip("? ") in text.casefold()
