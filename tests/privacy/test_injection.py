"""Whatever a note says: it leaves masked all the same, to the same host, in the same form, behind its marks."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from case_files import cases

from assistant.privacy import spotlight, tokens
from assistant.privacy.gate import Gate
from assistant.privacy.normal import folded
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.records import Audience, Endpoint, Level, Pair

CASES = cases("injection.yaml")
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e01ef]")
NAMES = ("noor", "velde", "willem", "achterberg", "tm9v", "4e6f6f72", "evil.example")


def request(prompt: str) -> dict[str, object]:
    return {"model": "m", "stream": True, "messages": [{"role": "user", "content": prompt}]}


@pytest.fixture(scope="module")
def gate(pair: Pair) -> Gate:
    return Gate(Endpoint("https://models.example/v1", "m"), Pseudonyms(b"k" * 32, [pair], [c["text"] for c in CASES]))


def test_there_are_forty() -> None:
    assert len({case["guise"] for case in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize("admitted", [True, False], ids=["covered on its own", "covered as a whole"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["guise"])
def test_what_leaves_is_covered_and_marked(gate: Gate, case: dict[str, Any], admitted: bool) -> None:
    text = gate.admit(case["text"], Level.PAIR, Audience.PAIR).text if admitted else case["text"]
    prompt = spotlight.marked([("n1", "Ervoor."), ("n2", text), ("n3", "Erna.")])
    sealed = gate.seal(request(prompt), "agenda", Audience.PAIR)
    read = json.loads(sealed.body)
    assert read.keys() == request("").keys()
    assert [m["role"] for m in read["messages"]] == ["user"]
    said = read["messages"][0]["content"]
    assert (sealed.host, sealed.task, sealed.audience) == ("models.example", "agenda", "pair")
    assert not [name for name in NAMES if name in folded(tokens.TOKEN.sub(" ", said))]
    assert not HIDDEN.search(said)
    lines = said.splitlines()
    assert (lines[0], lines[-1]) == ("n1| Ervoor.", "n3| Erna.")
    assert all(re.match(r"n2\| ", line) for line in lines[1:-1])
    assert not set("<>`") & set(said)
    assert not re.search(r"[\[\]]", tokens.TOKEN.sub("", said))
    assert said.count("|") == len(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["guise"])
def test_a_text_that_tells_lies_about_tokens_comes_back_as_it_was(gate: Gate, case: dict[str, Any]) -> None:
    covered = gate.admit(case["text"], Level.PAIR, Audience.PAIR)
    assert covered.uncovered() == case["text"]
    assert not {"[MENTOR-4k7q]", "[MENTEE-2b3d]"} & set(tokens.TOKEN.findall(covered.text))
