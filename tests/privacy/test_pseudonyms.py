"""Names become tokens before a text leaves, and the text comes back exactly."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from innocent import SENTENCE

from assistant.privacy import tokens
from assistant.privacy.normal import flatten
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.privacy.text import Text
from assistant.records import Pair, Person

KEY = b"k" * 32
OTHER = b"o" * 32
VARIANTS = [
    "Noor van der Velde",
    "Noor",
    "Van der Velde",
    "N. van der Velde",
    "NvdV",
    "v.d. Velde",
    "noor@example.org",
    "@noor",
    "noorvandervelde",
    "Willem Achterberg",
    "Willem",
    "Achterbrg",
    "WA",
    "Fatima El Amrani",
    "El Amrani",
    "fatima",
    "Dr. Smit",
    "Piet de Vries",
    "Meridiaan BV",
    "06-12345678",
    "https://intranet.delta.example/x",
    "€ 96.000",
    "54-jarige",
    "dossier 29537/95",
    "Tm9vciB2YW4gZGVyIFZlbGRl",
    "N&#111;or",
]
FAKE = [
    "[MENTOR-4k7q]",
    "[mentee-2b3d]",
    "PERSON_7xyz",
    "[[NAME-4k7q]",
    "[MENTOR-",
    "4k7q]",
    "]",
    "[",
    "(ORG 4k7q)",
    "\\[LINK-2bcd\\]",
]
PIECE = st.one_of(SENTENCE, st.sampled_from(VARIANTS), st.sampled_from(FAKE), st.text(max_size=12))
TEXT = st.one_of(
    st.text(max_size=120), st.lists(PIECE, max_size=10).map(" ".join), st.lists(PIECE, max_size=10).map("".join)
)


@pytest.fixture(scope="module")
def pseudonyms(pair: Pair) -> Pseudonyms:
    return Pseudonyms(KEY, [pair])


@given(TEXT)
@example("[MENTOR-4k7q] Noor [MENTOR-4k7q]")
@example("[PERSON-Noor]")
@example("\ud800 Noor")
@example("ẞ¼ﬁ Noor\u0301")
def test_every_text_comes_back_exactly(pseudonyms: Pseudonyms, text: str) -> None:
    covered = pseudonyms.cover(text)
    assert covered.uncovered() == text
    assert len(tokens.TOKEN.findall(covered.text)) == len(covered.said)


@given(TEXT)
def test_covering_again_finds_only_tokens(pseudonyms: Pseudonyms, text: str) -> None:
    again = pseudonyms.cover(tokens.TOKEN.sub("van", pseudonyms.cover(text).text))
    assert not [said for said in again.said if pseudonyms.known.find(_words(said))]


def _words(text: str) -> Text:
    return Text(flatten(text))


@given(st.lists(st.sampled_from(VARIANTS), min_size=1, max_size=4), SENTENCE)
def test_no_variant_of_a_name_is_left(pseudonyms: Pseudonyms, names: list[str], around: str) -> None:
    text = f"{around} Daarna sprak {' en '.join(names)} over het rooster. {around}"
    left = tokens.TOKEN.sub("", pseudonyms.cover(text).text.replace(around, " ")).casefold()
    for name in names:
        for word in re.findall(r"[^\W_]{4,}", name.removeprefix("dossier")):
            assert word.casefold() not in left


@pytest.mark.parametrize(
    "variants",
    [
        "Noor van der Velde|Noor|Van der Velde|N. van der Velde|NvdV|v.d. Velde|noor@example.org|@noor|Noor's",
        "Willem Achterberg|Willem|Achterberg|WA|W.A.|Willlem|Achterbrg|Willem's",
        "Fatima El Amrani|Fatima|El Amrani|Amrani|fatima",
    ],
)
def test_all_variants_of_one_person_are_one_token(pseudonyms: Pseudonyms, variants: str) -> None:
    found = {
        token
        for name in variants.split("|")
        for token in tokens.TOKEN.findall(pseudonyms.cover(f"Toen zei {name} ja.").text)
    }
    assert len(found) == 1


def test_a_token_says_of_what_kind_it_is(pseudonyms: Pseudonyms) -> None:
    said = "Noor zag Willem en Fatima bij Meridiaan BV in Tilburg: bel 06-12345678 of zie www.delta.nl voor € 96.000."
    kinds = re.findall(r"\[([A-Z]+)-", pseudonyms.cover(said).text)
    assert kinds == ["MENTOR", "MENTEE", "PERSON", "ORG", "NAME", "CONTACT", "LINK", "AMOUNT"]


@pytest.mark.parametrize(
    "text",
    [
        "We spreken af op 12 juni om 14.00 uur, of op 2026-06-19.",
        "Het duurt drie weken en 40 procent is al klaar.",
        "In Excel en Teams staat het op A4, zei zij in Q3.",
    ],
)
def test_what_a_draft_needs_and_identifies_nobody_stays(pseudonyms: Pseudonyms, text: str) -> None:
    assert pseudonyms.cover(text).text == text


@pytest.mark.parametrize("text", ["Zij is geboren op 3 mei 1971.", "born 03/05/1971, that one", "geb. 3-5-1971"])
def test_a_day_of_birth_does_not_stay(pseudonyms: Pseudonyms, text: str) -> None:
    assert "71" not in pseudonyms.cover(text).text


def test_the_genitive_stays_outside(pseudonyms: Pseudonyms) -> None:
    assert re.fullmatch(r"That is \[MENTOR-\w+\]'s plan\.", pseudonyms.cover("That is Noor's plan.").text)


def test_another_pair_has_other_tokens_for_the_same_people(pair: Pair) -> None:
    here, there = (Pseudonyms(key, [pair]).cover("Noor, Willem, Tilburg") for key in (KEY, OTHER))
    assert not set(tokens.TOKEN.findall(here.text)) & set(tokens.TOKEN.findall(there.text))
    assert here == Pseudonyms(KEY, [pair]).cover("Noor, Willem, Tilburg")


def test_people_of_other_pairs_are_covered_too(pair: Pair) -> None:
    other = Pair(
        **{**{f: getattr(pair, f) for f in pair.__struct_fields__}, "slug": "b", "mentor": Person("Mirre Tak")}
    )
    assert "MENTOR" not in (said := Pseudonyms(KEY, [pair, other]).cover("volgens mirre tak klopt het").text)
    assert "[PERSON-" in said


def test_a_name_learned_inside_a_sentence_is_known_at_its_beginning_and_in_small_letters(pair: Pair) -> None:
    texts = ["Het voorstel van Kruimel klopt, want Kruimel telt mee.", "We zagen Zutphen."]
    learned = Pseudonyms(KEY, [pair], texts)
    for text in ("Kruimel weet van niets.", "trein uit zutphen met kruimel", "ZUTPHEN"):
        left = tokens.TOKEN.sub("", learned.cover(text).text).casefold()
        assert "kruimel" not in left
        assert "zutphen" not in left
    assert learned.cover("Er lag een kruimel op Tafel.").text.startswith("Er lag een kruimel")


def test_a_first_name_once_seen_is_known_in_small_letters_though_a_list_has_it_as_a_word(pair: Pair) -> None:
    learned = Pseudonyms(KEY, [pair], ["Noor vraagt of het visum van Kwame er is."])
    assert "kwame" not in learned.cover("Daarna zei Noor dat kwame weg was.").text


def test_first_and_last_name_of_somebody_unknown_are_one_token_where_nobody_else_has_them(pair: Pair) -> None:
    learned = Pseudonyms(KEY, [pair], ["Met Klaas de Wit, Joke Smit en Joke Prins gebeld."])
    klaas = {*tokens.TOKEN.findall(learned.cover("Met Klaas de Wit, met Klaas en met De Wit.").text)}
    jokes = {*tokens.TOKEN.findall(learned.cover("Met Joke Smit, met Joke en met Joke Prins.").text)}
    assert (len(klaas), len(jokes)) == (1, 3)


def test_names_come_back_in_an_answer_however_the_token_is_written(pseudonyms: Pseudonyms) -> None:
    token = pseudonyms.cover("Noor").text
    kind, code = token.strip("[]").split("-")
    for written in (
        token,
        token.lower(),
        f"{kind}-{code}",
        f"{kind}_{code}",
        f"\\[{kind}-{code}\\]",
        f"( {kind} {code} )",
    ):
        restored = pseudonyms.restored(f"Vraag het {written} eens, zei {written}s collega.")
        assert restored.text == "Vraag het Noor eens, zei Noors collega."
        assert restored.strange == ()


def test_what_is_strange_in_an_answer_is_told(pseudonyms: Pseudonyms) -> None:
    pseudonyms.cover("Noor")
    assert pseudonyms.restored("Vraag het [PERSON-9zzz].").strange == ("unknown token",)
    for text in ("[hier](https://a.example)", "![x](y)", "zie www.a.example", "<img src=x>", "<b>dik</b>"):
        assert pseudonyms.restored(text).strange == ("link",)
    assert pseudonyms.restored("3 < 4 en [ ] klaar, zie (A-4) en mentor-mentee.").strange == ()


def test_a_token_that_a_note_made_up_is_no_token_of_an_answer(pseudonyms: Pseudonyms) -> None:
    theirs = "[PERSON-9zzz]"
    covered = pseudonyms.cover(f"Schrijf overal {theirs}.")
    assert theirs not in covered.text
    assert pseudonyms.restored(covered.text).text == f"Schrijf overal {theirs}."
    assert pseudonyms.restored(theirs).strange == ("unknown token",)


def test_a_quote_of_a_covered_text_is_found_back_in_the_note(pseudonyms: Pseudonyms) -> None:
    covered = pseudonyms.cover("Gisteren zei **Noor van der Velde** tegen Willem: doen! Daarna niets.")
    mentor, mentee = tokens.TOKEN.findall(covered.text)
    assert covered.back(f"{mentor} tegen {mentee}: doen") == "Noor van der Velde** tegen Willem: doen"
    assert covered.back(f'"zei {mentor.lower()}, tegen"') == "zei **Noor van der Velde** tegen"
    assert covered.back(f"{mentee} tegen {mentor}") is None
    assert covered.back("") is None


def test_two_things_of_one_code_are_told_apart(
    pseudonyms: Pseudonyms, monkeypatch: pytest.MonkeyPatch, pair: Pair
) -> None:
    monkeypatch.setattr(tokens, "code", lambda key, identity, length=4: "2" + "b" * (length - 1))
    crowded = Pseudonyms(KEY, [pair])
    covered = crowded.cover("Noor en Willem en Fatima")
    assert covered.text == "[MENTOR-2bbb] en [MENTEE-2bbbb] en [PERSON-2bbbbb]"
    assert crowded.restored(covered.text).text == "Noor en Willem en Fatima"


def test_two_of_one_first_name_are_not_taken_for_each_other(pair: Pair) -> None:
    twins = msgspec.structs.replace(pair, people=(Person("Jan Smit"), Person("Jan Prins")))
    shared = Pseudonyms(KEY, [twins])
    covered = shared.cover("Jan Smit, Jan Prins en Jan")
    assert len(set(tokens.TOKEN.findall(covered.text))) == 3
    assert shared.restored(covered.text).text == "Jan Smit, Jan Prins en Jan"


def test_nobody_learns_the_surname_of_somebody_of_another_pair(pair: Pair) -> None:
    other = msgspec.structs.replace(pair, slug="b", mentor=Person("Mirre Tak"), mentee=Person("Joris Bruin"), people=())
    away = Pseudonyms(KEY, [pair, other])
    assert away.restored(away.cover("volgens Mirre").text).text == "volgens Mirre"


def test_a_prompt_is_covered_with_its_marks_and_tokens_in_place(pseudonyms: Pseudonyms) -> None:
    known = pseudonyms.cover("Noor").text
    prompt = f"n1| Toen zei {known} tegen Willem\nn2| Achterberg, en [MENTOR-9zzz]: ja."
    covered = pseudonyms.cover_rest(prompt, lambda text: lambda start, end, who: False)
    assert re.fullmatch(r"n1\| Toen zei \[MENTOR-\w+\] tegen (\[MENTEE-\w+\])\nn2\| \1, en \[MARK-\w+\]: ja\.", covered)
    assert known in covered


@pytest.mark.parametrize(
    ("notes", "called"),
    [
        (["Dat zei El Amrani.", "El Amrani en Fatima El Amrani, El Amrani dus."], "El Amrani"),
        (["fatima kwam", "mail fatima", "fatima"], "Fatima"),
        (["Fatima kwam", "Fatima El Amrani"], "Fatima El Amrani"),
        (["Fatima kwam", "Fatima ging", "El Amrani"], "Fatima"),
    ],
)
def test_others_are_called_in_an_answer_as_the_notes_call_them(pair: Pair, notes: list[str], called: str) -> None:
    fresh = Pseudonyms(KEY, [pair])
    token, *_ = [tokens.TOKEN.findall(fresh.cover(note).text)[0] for note in notes]
    assert fresh.restored(f"Vraag {token}.").text == f"Vraag {called}."


def test_the_two_are_called_by_their_first_names(pair: Pair) -> None:
    fresh = Pseudonyms(KEY, [pair])
    token = fresh.cover("Achterberg").text
    assert fresh.restored(f"Vraag {token}.").text == "Vraag Willem."
