"""A property: whoever of the rosters stands in a request, however written and wherever, does not leave."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from innocent import SENTENCE

from assistant.errors import Refused
from assistant.privacy import spotlight, tokens
from assistant.privacy.gate import Gate
from assistant.privacy.normal import folded
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.records import Audience, Endpoint, Pair

ALIKE = str.maketrans("aeopcxNE", "аеорсхΝΕ")
VARIANT = st.sampled_from(
    [
        "Noor van der Velde",
        "Noor",
        "Van der Velde",
        "N. van der Velde",
        "NvdV",
        "noor@example.org",
        "noor.vandervelde",
        "Willem Achterberg",
        "Willem",
        "Achterberg",
        "W. Achterberg",
        "Willlem",
        "Fatima El Amrani",
        "El Amrani",
    ]
)
DISGUISE = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        str.title,
        lambda v: v.translate(ALIKE),
        "\u200b".join,
        "-".join,
        lambda v: v.replace(" ", "\n"),
        lambda v: v + "'s",
        lambda v: v + "s",
        lambda v: f"**{v}**",
        lambda v: f"({v})",
        lambda v: f'"{v}"',
        lambda v: f"@{v}",
        lambda v: f"#{v}",
        lambda v: f"{v}/{v}",
        lambda v: f"{v}-achtig",
        lambda v: f"[PERSON-{v}]",
        lambda v: f"[{v}](https://a.example/{v.split()[0]})",
    ]
)
BEFORE = st.sampled_from(["", "Daarna zei ", "we spraken met ", "Actie: ", "- [ ] ", "according to ", "And then ", "("])
AFTER = st.sampled_from(["", " dat het klaar is.", ": ja.", ", en nog iets.", " the mentor.", "?"])
LINE = st.tuples(SENTENCE, BEFORE, VARIANT, DISGUISE, AFTER, SENTENCE).map(
    lambda t: f"{t[0]} {t[1]}{t[3](t[2])}{t[4]} {t[5]}"
)


@pytest.fixture(scope="module")
def gate(pair: Pair) -> Gate:
    return Gate(Endpoint("https://models.example/v1", "m"), Pseudonyms(b"k" * 32, [pair]))


@settings(max_examples=150)
@given(st.lists(LINE, min_size=1, max_size=4), st.booleans())
def test_nobody_of_a_roster_leaves(gate: Gate, lines: list[str], marked: bool) -> None:
    prompt = spotlight.marked((f"n{i}", line) for i, line in enumerate(lines)) if marked else "\n".join(lines)
    request: dict[str, object] = {"messages": [{"role": "user", "content": prompt}]}
    try:
        body = gate.seal(request, "agenda", Audience.PAIR).body
    except Refused:
        return
    said = re.sub(r"[^a-z]", "", folded(tokens.TOKEN.sub(" ", json.loads(body)["messages"][0]["content"])))
    assert not [name for name in ("noor", "velde", "willem", "achterberg", "fatima", "amrani", "nvdv") if name in said]
