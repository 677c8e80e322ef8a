"""Nothing leaves but through the gate, and the gate fails closed at each of its stages."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st
from innocent import SENTENCE

from assistant.errors import Refused
from assistant.loopback import is_loopback
from assistant.privacy import fixed, gate, identify, lexicon, spotlight, tokens
from assistant.privacy.gate import Gate
from assistant.privacy.overlap import Closed, Overlap
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.records import Audience, Endpoint, Level, Pair, Person

KEY = b"k" * 32
PAIR = Audience.PAIR
AWAY = Endpoint("https://models.example/v1", "some-model")
HERE = Endpoint("http://127.0.0.1:11434/v1", "some-model")
Make = Callable[..., Gate]


@pytest.fixture(scope="module")
def make(pair: Pair) -> Make:
    other = msgspec.structs.replace(pair, slug="mirre-joris", mentor=Person("Mirre Tak"), mentee=Person("Joris Bruin"))

    def made(endpoint: Endpoint = AWAY) -> Gate:
        return Gate(endpoint, Pseudonyms(KEY, [pair, other]))

    return made


def request(text: str) -> dict[str, Any]:
    return {"model": "some-model", "messages": [{"role": "user", "content": text}]}


# -- what passes --


def test_text_passes_to_this_machine_as_it_stands(make: Make) -> None:
    text = "Noor zei tegen Willem dat Meridiaan BV stopt."
    here = make(HERE)
    assert here.admit(text, Level.CONFIDENTIAL, PAIR).text == text
    sealed = here.seal(request(text), "agenda", PAIR)
    assert json.loads(sealed.body)["messages"][0]["content"] == text
    assert here.restored(text).text == text


@given(
    st.lists(
        st.one_of(SENTENCE, st.sampled_from(["Noor", "Willem kwam met Piet Prins.", "Bel 06-12345678."])), max_size=5
    )
)
def test_what_was_admitted_passes_and_names_nobody(make: Make, texts: list[str]) -> None:
    away = make()
    admitted = [(f"n{i}", away.admit(text, Level.PAIR, PAIR).text) for i, text in enumerate(texts)]
    body = away.seal(request(spotlight.marked(admitted)), "agenda", PAIR).body.decode()
    for name in ("Noor", "Willem", "Piet", "Prins", "12345678"):
        assert name not in body


def test_the_words_of_prep_itself_pass(make: Make) -> None:
    from assistant import resources

    for path in sorted(resources.prompts().glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert json.loads(make().seal(request(text), "agenda", PAIR).body) == request(text)


def test_words_of_prep_pass_for_nobodys_name(make: Make) -> None:
    """What the prompts say in small letters is somebody's name with a capital."""
    for text in ("Dat hoorde ze bij De Mentor in de straat.", "We gaan naar De Vraag in Zwolle."):
        body = make().seal(request(text), "agenda", PAIR).body.decode()
        assert "Zwolle" not in body
        assert "De Vraag" not in body
        assert "De Mentor" not in body


def test_a_schema_passes_but_no_name_in_one(make: Make) -> None:
    form = {
        "type": "json_schema",
        "json_schema": {"name": "AgendaItems", "schema": {"title": "AgendaItem", "enum": ["n1"]}},
    }
    make().seal({**request("Hoi."), "response_format": form}, "agenda", PAIR)
    named = {"type": "json_schema", "json_schema": {"name": "VanWillem", "schema": {"enum": ["Willem"]}}}
    with pytest.raises(Refused):
        make().seal({**request("Hoi."), "response_format": named}, "agenda", PAIR)


def test_what_is_sealed_says_to_whom_and_what_for(make: Make) -> None:
    sealed = make().seal(request("Hoi."), "agenda", PAIR)
    assert (sealed.host, sealed.model, sealed.task, sealed.audience) == (
        "models.example",
        "some-model",
        "agenda",
        "pair",
    )
    assert json.loads(sealed.body) == request("Hoi.")
    assert make().out(sealed.body, "agenda", "pair") == sealed


# -- what does not --

ADMITS = {
    (AWAY.base_url, Audience.OWN): "pair programme organisation",
    (AWAY.base_url, Audience.PAIR): "pair programme organisation",
    (AWAY.base_url, Audience.PROGRAMME): "programme organisation",
    (AWAY.base_url, Audience.ORGANISATION): "organisation",
    (HERE.base_url, Audience.OWN): "confidential pair programme organisation",
    (HERE.base_url, Audience.PAIR): "confidential pair programme organisation",
    (HERE.base_url, Audience.PROGRAMME): "programme organisation",
    (HERE.base_url, Audience.ORGANISATION): "organisation",
}


@pytest.mark.parametrize(("endpoint", "audience"), list(itertools.product([AWAY, HERE], Audience)))
def test_levels_that_are_too_closed_are_refused(make: Make, endpoint: Endpoint, audience: Audience) -> None:
    made = make(endpoint)
    for level in Level:
        if level.value in ADMITS[endpoint.base_url, audience].split():
            made.admit("Hoi.", level, audience)
        else:
            with pytest.raises(Refused):
                made.admit("Het geheim van de week.", level, audience)


UNCOVERED = [
    "Daarna zei Noor ja.",
    "daarna zei noor ja",
    "aldus N. van der Velde",
    "mail noor@example.org",
    "N o o r zei dat",
    "No\u200bor zei dat",
    "Νοοr zei dat",
    "Achterbreg zei dat",
    "Mirre Tak van een ander paar",
    "joris bruin van een ander paar",
    "Toen belde Klaas Vaak.",
    "Het loopt via Meridiaan BV.",
    "Toen ging zij naar Tilburg.",
    "Zie https://intranet.delta.example/plan?x=1 even.",
    "Bel 06-12345678 even.",
    "Dossier 29537195 ligt klaar.",
    "N&#111;or zei dat",
    "%4Eoor zei dat",
    "\\u004eoor zei dat",
    "Tm9vciB2YW4gZGVyIFZlbGRl",
    "n1| Hoi.\nn2| Toen belde Klaas Vaak.",
    "n1 | 12 maart | Hoi.\nn2 | Toen belde Klaas Vaak.",
]


@pytest.mark.parametrize("text", UNCOVERED)
def test_what_nobody_covered_is_covered_before_it_goes(make: Make, text: str) -> None:
    body = make().seal(request(text), "agenda", PAIR).body.decode()
    assert re.search(r"\[[A-Z]+-\w{4,}\]", body)
    for name in re.findall(
        r"[^\W_]{4,}",
        re.sub(
            r"(?i)daarna|zei|aldus|mail|ander|paar|toen|belde|loopt|ging|naar|even|ligt|klaar|dossier|maart|over",
            "",
            text,
        ),
    ):
        assert name.casefold() not in body.casefold()


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pseudonymiser that does nothing."""
    monkeypatch.setattr(Pseudonyms, "cover_rest", lambda self, text, spare: text)


@pytest.mark.parametrize("text", UNCOVERED)
def test_what_was_not_covered_stops_the_request(make: Make, careless: None, text: str) -> None:
    with pytest.raises(Refused) as refused:
        make().seal(request(text), "agenda", PAIR)
    assert not any(word in str(refused.value) for word in text.split() if len(word) > 5 and word.isalpha())
    assert "models.example" in str(refused.value)


@pytest.mark.parametrize(
    "payload",
    [
        {"Noor": 1},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "zei Noor"}]}]},
        {"input": ["Hoi.", "zei Noor"], "model": "some-model"},
        {"model": "Noor"},
        {"metadata": {"model": "some-model", "user": "noor-willem"}},
    ],
)
def test_a_name_is_found_wherever_it_stands(make: Make, careless: None, payload: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        make().seal(payload, "agenda", PAIR)


@pytest.mark.parametrize(
    "url", ["http://models.example/v1", "http://192.168.1.20:11434/v1", "http://localhost.example/v1"]
)
def test_no_key_goes_over_plain_http(make: Make, url: str) -> None:
    make(Endpoint(url, "m"))
    with pytest.raises(Refused) as refused:
        make(Endpoint(url, "m", "MY_KEY"))
    assert "https://" in str(refused.value)
    make(Endpoint("http://127.0.0.1:1/v1", "m", "MY_KEY"))
    make(Endpoint("http://[::1]:1/v1", "m", "MY_KEY"))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1.example/v1",
        "https://localhost@a.example/v1",
        "https://2130706433/v1",
    ],
)
def test_only_a_loopback_address_is_this_machine(url: str) -> None:
    assert not is_loopback(url)


SECRET = "The board wants to close the branch by the river before summer."


@pytest.mark.parametrize("endpoint", [AWAY, HERE], ids=["away", "here"])
def test_closed_text_is_stopped_wherever_the_model_is(pair: Pair, endpoint: Endpoint) -> None:
    closed = Overlap([Closed(SECRET, Level.OWN)], ["They spoke of the branch by the river."])
    shut = Gate(endpoint, Pseudonyms(KEY, [pair]), closed)
    for text in (SECRET, f"Yes. {SECRET.upper()} No.", "n1| The board wants to close the\nn1| branch before summer."):
        payload = request(text)
        with pytest.raises(Refused) as refused:
            shut.seal(payload, "agenda", PAIR)
        assert "river" not in str(refused.value)
    shut.seal(request("They spoke of the branch by the river."), "agenda", PAIR)


def test_what_prep_itself_says_is_no_secret_though_it_stands_in_closed_text(pair: Pair) -> None:
    from assistant import resources

    said = resources.prompts().joinpath("agenda.en.yaml").read_text(encoding="utf-8")
    shut = Gate(AWAY, Pseudonyms(KEY, [pair]), Overlap([Closed(said, Level.OWN)], []))
    shut.seal(request(said), "agenda", PAIR)


@pytest.mark.parametrize("audience", [Audience.PROGRAMME, Audience.ORGANISATION])
def test_names_come_back_for_the_pair_alone(make: Make, audience: Audience) -> None:
    away = make()
    text = json.loads(away.seal(request("zei Noor"), "agenda", PAIR).body)["messages"][0]["content"]
    assert away.back(text) == "zei Noor"
    away.seal(request("zei Noor"), "summary", audience)
    assert away.back(text) == text


# -- each stage broken --


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("Noor zei: geheim")


def test_a_pseudonymiser_that_breaks_sends_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    away = make()
    for target, name in ((identify, "spans"), (tokens, "code")):
        with monkeypatch.context() as patch:
            patch.setattr(target, name, broken)
            with pytest.raises(Refused) as refused:
                away.admit("Noor zei ja", Level.PAIR, PAIR)
        assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (identify, "spans"),
        (gate, "encoded"),
        (gate, "flatten"),
        (spotlight, "unmarked"),
        (fixed, "allowed"),
        (gate, "_strings"),
    ],
)
def test_a_check_that_breaks_sends_nothing(
    make: Make, monkeypatch: pytest.MonkeyPatch, target: object, name: str
) -> None:
    away = make()
    monkeypatch.setattr(target, name, broken)
    with pytest.raises(Refused) as refused:
        away.seal(request("In Tilburg."), "agenda", PAIR)
    assert "geheim" not in str(refused.value)


def test_a_pseudonymiser_that_does_nothing_is_caught_by_the_bytes(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    away = make()
    monkeypatch.setattr(Pseudonyms, "_found", lambda *_: [])
    assert away.admit("Noor zei ja", Level.PAIR, PAIR).text == "Noor zei ja"
    with pytest.raises(Refused):
        away.seal(request("Noor zei ja"), "agenda", PAIR)


def test_tokens_that_do_not_come_back_are_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "token", lambda kind, code: f"<{kind}>")
    with pytest.raises(Refused):
        make().admit("Noor zei ja", Level.PAIR, PAIR)


def test_a_search_for_closed_text_that_breaks_sends_nothing(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = Gate(HERE, Pseudonyms(KEY, [pair]), Overlap([], []))
    monkeypatch.setattr(Overlap, "runs", broken)
    with pytest.raises(Refused):
        shut.seal(request("Hoi."), "agenda", PAIR)


def test_a_missing_word_list_opens_no_gate(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "ready", broken)
    with pytest.raises(Refused):
        make()


def test_without_its_own_texts_prep_sends_nothing(make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    fixed.built_in.cache_clear()
    monkeypatch.setattr("assistant.resources.prompts", lambda: tmp_path)
    monkeypatch.setattr("assistant.resources.corpus", lambda: tmp_path)
    try:
        with pytest.raises(Refused):
            make()
    finally:
        fixed.built_in.cache_clear()


def test_a_request_that_reads_otherwise_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    away = make()
    monkeypatch.setattr(msgspec.json, "decode", lambda _: {"messages": []})
    with pytest.raises(Refused):
        away.seal(request("zei Noor"), "agenda", PAIR)


def test_what_is_no_text_or_takes_too_long_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused):
        make().seal(request("\ud800"), "agenda", PAIR)
    with pytest.raises(Refused):
        make().seal({"x": object()}, "agenda", PAIR)
    monkeypatch.setattr(gate, "MOST_BYTES", 10)
    with pytest.raises(Refused):
        make().seal(request("Hoi."), "agenda", PAIR)
    monkeypatch.setattr(gate, "MOST_BYTES", 10_000)
    monkeypatch.setattr(gate, "SECONDS", -1.0)
    with pytest.raises(Refused):
        make().seal(request("Hoi."), "agenda", PAIR)


@pytest.mark.parametrize("case", [c for c in cases("names.yaml") if "{" in c["text"]], ids=lambda c: c["text"][:40])
def test_names_of_the_case_file_stop_a_request_too(make: Make, careless: None, case: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        make().seal(request(case["text"].replace("{", "").replace("}", "")), "agenda", PAIR)
