"""Disguises come off a text, and every place in it can be found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy.normal import flatten, folded

ODD = "аеорНΒ’“”–\u200b\u00ad\u0301\u00a0ßﬁéÉＮoor ab-\n\n.\t²Å"
TEXT = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=60)


@given(TEXT)
def test_the_quick_way_gives_the_same_as_the_one_with_a_map(text: str) -> None:
    assert folded(text) == flatten(text).folded


@given(TEXT)
def test_every_sign_has_a_place_in_the_text(text: str) -> None:
    flat = flatten(text)
    assert len(flat.cased) == len(flat.folded) == len(flat.at)
    assert list(flat.at) == sorted(flat.at)
    for i in range(len(flat.cased)):
        start, end = flat.back(i, i + 1)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "disguised",
    [
        "Nооr",
        "No\u200bor",
        "Ｎｏｏｒ",
        "No\u00ador",
        "No-\nor",
        "No-\n   or",
        "N\u0301oor",
        "NOOR",
        "Nοοr",
        "No\u2060or",
    ],
)
def test_a_disguise_comes_off(disguised: str) -> None:
    assert folded(disguised) == "noor"


def test_a_hyphen_inside_a_line_stays() -> None:
    assert folded("AI-hulp en - los") == "ai-hulp en - los"
