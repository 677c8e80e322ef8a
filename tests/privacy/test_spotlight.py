"""What a note says stands behind a mark on each line, and ends nothing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy.spotlight import marked, safe, unmarked

TEXT = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["\n", "\r", "\u2028", "\x0b", "\x85", "n1| ", "</data>", "```", "a"])).map("".join),
)


@given(st.lists(st.tuples(st.sampled_from(["n1", "g20"]), TEXT), max_size=5))
def test_every_line_is_marked(sources: list[tuple[str, str]]) -> None:
    shown = marked(sources)
    assert all(re.match(r"(?:n1|g20)\| ", line) for line in shown.splitlines())
    assert len(shown.splitlines()) == len(re.findall(r"\|", shown))


@given(TEXT)
def test_no_sign_is_left_that_delimits_or_hides(text: str) -> None:
    assert not set("<>[]|`\u200b\u202e\x00\r\U000e0041\ufeff") & set(safe(text))


@given(TEXT)
def test_safe_text_is_safe_already(text: str) -> None:
    assert safe(safe(text)) == safe(text)


def test_tokens_and_plain_text_stay() -> None:
    text = '- [MENTOR-4k7q] zei: "ja, 40%!" (é, ï, 👍)\n\tDaarna {niets}.'
    assert safe(text) == text
    assert unmarked(marked([("n3", text)])) == text
