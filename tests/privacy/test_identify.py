"""What identifies is found, whoever wrote it and however it is disguised."""

from __future__ import annotations

import re

import msgspec
import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st
from innocent import SENTENCE, SENTENCES

from assistant.privacy.identify import HARMLESS, Span, quotations, replaced, spans
from assistant.privacy.known import Known
from assistant.records import Pair, Person

OF_NOOR = """Noor van der Velde,Noor,Van der Velde,van der Velde,N. van der Velde,Velde,NvdV,N.v.d.V.,v.d. Velde,
vd Velde,Noor v.d. Velde,noor@example.org,@noor,noorvandervelde,noor.vandervelde,NoorVanDerVelde,Noor V."""
OF_WILLEM = "Willem Achterberg,Willem,Achterberg,W. Achterberg,WA,W.A.,willem achterberg,Achterberg Willem"
OF_FATIMA = "Fatima El Amrani,Fatima,El Amrani,F. el Amrani,Amrani,El-Amrani,fatima"
LISTED = {"mentor": OF_NOOR, "mentee": OF_WILLEM, "other": OF_FATIMA}
VARIANT = st.sampled_from([(side, v.strip()) for side, listed in LISTED.items() for v in listed.split(",")])
ALIKE = str.maketrans("aeopcxNE", "аеорсхΝΕ")
DISGUISE = st.sampled_from(
    [
        str,
        str.upper,
        lambda v: v.translate(ALIKE),
        lambda v: "\u200b".join(v),
        lambda v: v.replace(" ", "\n"),
        lambda v: v.replace(" ", "\u00a0 "),
        lambda v: v + "'s" if v[-1].isalpha() else v,
        lambda v: v + "s" if v[-1].isalpha() and len(v) > 4 else v,
        lambda v: f"**{v}**",
        lambda v: f"({v})",
    ]
)


def who(text: str, pair: Pair) -> list[tuple[str, str | None]]:
    return [(text[s.start : s.end], s.who.side if s.who else None) for s in spans(text, Known([pair]))]


@given(SENTENCE, VARIANT, DISGUISE, SENTENCE)
def test_every_variant_of_a_known_name_is_found(
    pair: Pair, before: str, variant: tuple[str, str], disguise: object, after: str
) -> None:
    side, name = variant
    planted = disguise(name)  # type: ignore[operator]
    text = f"{before} Daarna zei {planted} dat het klaar is. {after}"
    assert side in [found for _, found in who(text, pair)]


@given(SENTENCE, st.sampled_from(["Achterberg", "Willem", "Fatima"]), st.data())
def test_a_slip_of_the_pen_hides_nobody(pair: Pair, before: str, name: str, data: st.DataObject) -> None:
    i = data.draw(st.integers(1, len(name) - 1))
    letter = data.draw(st.sampled_from("aeinrst"))
    slip = data.draw(
        st.sampled_from([name[:i] + name[i + 1 :], name[:i] + letter + name[i:], name[:i] + letter + name[i + 1 :]])
    )
    text = f"{before} We spraken met {slip} over het rooster."
    at = text.index(slip, len(before))
    assert any(s.start <= at and s.end >= at + len(slip) for s in spans(text, Known([pair])))


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_and_apart(pair: Pair, text: str) -> None:
    last = 0
    for span in spans(text, Known([pair])):
        assert last <= span.start < span.end <= len(text)
        last = span.end
    for span in quotations(text):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_names_nobody_holds_nothing_that_identifies(pair: Pair, sentence: str) -> None:
    assert [s for s in spans(sentence, Known([pair])) if s.kind not in HARMLESS] == []


@pytest.mark.parametrize("case", cases("names.yaml"), ids=lambda c: c["text"][:40])
def test_names_are_told_from_words(pair: Pair, case: dict[str, str]) -> None:
    text = re.sub(r"[{}]", "", case["text"])
    found = [(s, text[s.start : s.end]) for s in spans(text, Known([pair]))]
    names = [part for s, part in found if s.kind in ("person", "unknown-name", "organisation")]
    assert names == re.findall(r"\{(.*?)\}", case["text"])


def test_spans_can_be_said_otherwise(pair: Pair) -> None:
    text = "Noor belt Willem op 12 juni over Meridiaan BV."

    def say(span: Span) -> str | None:
        return f"de {span.who.side}" if span.who else "de organisatie" if span.kind == "organisation" else None

    assert replaced(text, spans(text, Known([pair])), say) == "de mentor belt de mentee op 12 juni over de organisatie."


def test_what_is_quoted_is_seen() -> None:
    text = "Zij zei: “dat gaat mij te snel” en noemde het ‘spannend’."
    assert [text[s.start : s.end] for s in quotations(text)] == ["“dat gaat mij te snel”"]


CALLED = """Will brings the list.|Will's list is long.|will brings the list|Will is late.|Will, who was late, left.
- Will: list by Friday|Then Will left.|Will and Joy came.|Will Okonjo came.|Joy at work matters.|Joy makes a plan.
Bas belt de klant.|Will brengt de lijst mee.|Joy zei niets."""
PLAIN = """Will the team come?|Will customers come?|Will bring the list.|Will discuss this next time.|Will not be there.
Will you be there?|will the team come?"""


@pytest.mark.parametrize("text", re.split(r"\||\n", CALLED))
def test_somebody_of_the_roster_whose_name_is_a_small_word_is_found(pair: Pair, text: str) -> None:
    known = Known([msgspec.structs.replace(pair, mentor=Person("Will Okonjo"), people=(Person("Joy Bas"),))])
    assert "person" in {span.kind for span in spans(text, known)}


@pytest.mark.parametrize("text", re.split(r"\||\n", PLAIN))
def test_and_a_small_word_that_names_nobody_is_not(pair: Pair, text: str) -> None:
    known = Known([msgspec.structs.replace(pair, mentor=Person("Will Okonjo"))])
    assert {span.kind for span in spans(text, known)} <= HARMLESS
