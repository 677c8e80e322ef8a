"""The audit stops what would give something away, lets pass what would not, and refuses when anything goes wrong."""

from __future__ import annotations

import datetime as dt
import re
import urllib.parse
from collections.abc import Callable

import pytest
from guarded import DAY, PATH, guard
from hypothesis import given
from hypothesis import strategies as st
from innocent import SENTENCE, SENTENCES

from assistant.errors import Refused
from assistant.notes import marks
from assistant.privacy import audit, lexicon, overlap
from assistant.privacy.audit import day_of
from assistant.privacy.closed import Written, closed_to
from assistant.records import Audience, Level, Pair

WIDE = [Audience.PROGRAMME, Audience.ORGANISATION]
CONTENT = [
    "koffiezetter",
    "brandweerkazerne",
    "dakgoot",
    "verfkwast",
    "loopgraaf",
    "muizenval",
    "zonnebril",
    "theepot",
    "ladekast",
    "regenjas",
    "lighthouse",
    "teaspoon",
    "hedgehog",
    "wheelbarrow",
    "gravel",
    "lantern",
    "saddle",
    "harvest",
    "chimney",
    "pillow",
]
NOTE = """# Sessie

We oefenden met korte mails en dat werkte. #delen

De kantine gaat in het najaar naar een ander gebouw en niemand van de ploeg weet het.

## Vertrouwelijk
Willem twijfelt of hij de dakgoot van de loods nog laat maken.

## Privé
Ik vond hem vermoeid en heb de theepot laten vallen.

## Geheim
De brandweerkazerne verhuist met muizenval en al.
"""


def kinds(found: tuple[audit.Finding, ...]) -> set[str]:
    return {finding.kind for finding in found}


@pytest.mark.parametrize("audience", WIDE)
@given(words=st.lists(st.sampled_from(CONTENT), min_size=4, max_size=9, unique=True), around=SENTENCE, data=st.data())
def test_closed_words_are_stopped_in_whatever_order(
    pair: Pair, audience: Audience, words: list[str], around: str, data: st.DataObject
) -> None:
    judge = guard(pair, f"We spraken over {' '.join(words)} en meer.", audience)
    told = data.draw(st.permutations(words))
    assert judge.passed(f"{around} {' '.join(words)}. {around}") is None
    assert judge.passed(f"{around} {' '.join(told)}. {around}") is None


@given(sentence=SENTENCE, around=SENTENCE)
def test_open_text_passes_and_so_does_what_has_nothing_to_do_with_the_notes(
    pair: Pair, sentence: str, around: str
) -> None:
    judge = guard(pair, f"{sentence} #delen\n\n{NOTE}")
    assert judge.passed(f"{sentence}\n\n{around}") == f"{sentence}\n\n{around}"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_says_nothing_of_the_notes_passes(pair: Pair, sentence: str) -> None:
    assert guard(pair, NOTE).judge(sentence) == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("De kantine gaat in het najaar naar een ander gebouw.", Level.PAIR),
        ("Naar een ander gebouw gaat de kantine, in het najaar.", Level.PAIR),
        ("Iemand twijfelt of hij de dakgoot van de loods laat maken.", Level.CONFIDENTIAL),
        ("vermoeid, theepot laten vallen", Level.OWN),
        ("Verhuist de brandweerkazerne? Met muizenval.", Level.SEALED),
        ("Verhuist de brаndwееrkаzernе?\u200b Met mui-\nzenval.", Level.SEALED),
    ],
)
def test_each_closed_level_is_guarded(pair: Pair, text: str, level: Level) -> None:
    assert level in {finding.source_level for finding in guard(pair, NOTE).judge(text)}


SECRET = "Willem twijfelt of hij de dakgoot van de loods nog laat maken"
WRAPPED: dict[str, Callable[[str], str]] = {
    "a word a line": lambda s: s.replace(" ", "\n"),
    "an item a word": lambda s: "- " + s.replace(" ", "\n- "),
    "a row of a table": lambda s: "| " + s.replace(" ", " | ") + " |",
    "joined by signs": lambda s: s.replace(" ", "_"),
    "hyphens in words": lambda s: re.sub(r"(\w\w)(\w{3})", r"\1-\2", s),
    "bold in words": lambda s: re.sub(r"(\w\w)(\w{3})", r"\1**\2**", s),
    "tags in words": lambda s: re.sub(r"(\w\w)(\w{3})", r"\1<b>\2</b>", s),
    "entities": lambda s: "".join(f"&#{ord(sign)};" for sign in s),
    "hyphens that nobody sees": lambda s: re.sub(r"(\w\w)(\w{3})", r"\1&shy;\2", s),
    "of a web address": lambda s: urllib.parse.quote(s),
    "a slip in each word": lambda s: re.sub(r"\b(\w)(\w)(\w)(\w+)", r"\1\3\2\4", s),
    "spread over sentences": lambda s: re.sub(r"(\w+ \w+ \w+) (\w)", r"\1. \2", s),
    "a word between": lambda s: s.replace(" ", " eh "),
    "in a link": lambda s: f"[{s}](x)",
    "in a comment": lambda s: f"<!-- {s} -->",
    "no spaces": lambda s: s.replace(" ", ""),
    "digits for letters": lambda s: s.translate(str.maketrans("aeio", "4310")),
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_secret_is_seen_however_it_is_wrapped(pair: Pair, how: str) -> None:
    judge = guard(pair, NOTE)
    told = WRAPPED[how](SECRET.removeprefix("Willem "))
    found = judge.judge(f"We spraken over mails.\n\n{told}\n")
    assert found
    assert all(f.text and f.start >= len("We spraken over mails.") for f in found)


@pytest.mark.parametrize("text", ["Wi&#108;lem belde.", "Wi<b>ll</b>em belde.", "Wi**ll**em belde.", "Wil%6Cem belde."])
def test_a_name_is_seen_as_a_page_would_show_it(pair: Pair, text: str) -> None:
    assert "person" in kinds(guard(pair, NOTE).judge(text))


@pytest.mark.parametrize(
    ("audience", "passes", "stopped"),
    [
        (Audience.PAIR, ["De kantine gaat naar een ander gebouw.", "Willem en Noor belden."], ["theepot laten vallen"]),
        (Audience.OWN, ["Ik vond hem vermoeid, en de theepot viel."], ["De brandweerkazerne verhuist met muizenval"]),
        (Audience.PROGRAMME, ["We oefenden met korte mails en dat werkte."], ["Willem belde."]),
        (Audience.ORGANISATION, ["Het ging over mails."], ["We oefenden met korte mails en dat werkte."]),
    ],
)
def test_each_audience_has_its_own_measure(
    pair: Pair, audience: Audience, passes: list[str], stopped: list[str]
) -> None:
    judge = guard(pair, NOTE, audience)
    assert [t for t in passes if judge.passed(t) is None] == []
    assert [t for t in stopped if judge.passed(t) is not None] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Noor belde.", "person"),
        ("Het speelt bij Piet Hartgers.", "unknown-name"),
        ("Het speelt bij Meridiaan BV.", "organisation"),
        ("Bel 06-12345678.", "contact"),
        ("Het plan staat in plan.docx.", "link"),
        ("Het kost twee ton.", "amount"),
        ("Veertig procent haakt af.", "percentage"),
        ("Een 54-jarige haakt af.", "age"),
        ("Op 12 juni is het zover.", "date"),
        ("Dossier 29537/95 ligt er.", "number"),
        ("Er werd gezegd: “dat gaat mij veel te snel”.", "quotation"),
        ("De product owner vond het goed.", "role"),
        ("De operationsdirecteur vond het goed.", "role"),
        ("The director of operations liked it.", "role"),
        ("In Tilburg zei de vestigingsmanager niets.", "role"),
        ("W!llem vond het goed.", "number"),
        ("W vond het goed.", "unknown-name"),
        ("De CFO vond het goed.", "role"),
        ("The head of procurement liked it.", "role"),
        ("De enige imker vond het goed.", "role"),
    ],
)
@pytest.mark.parametrize("audience", WIDE)
def test_what_identifies_is_stopped_beyond_the_pair(pair: Pair, audience: Audience, text: str, kind: str) -> None:
    assert kind in kinds(guard(pair, NOTE, audience).judge(text))


def test_the_days_of_the_sessions_may_be_told_to_the_programme_alone(pair: Pair) -> None:
    for said in ("12 maart 2026", "March 12th", "2026-03-12"):
        assert kinds(guard(pair, NOTE).judge(f"De sessie was op {said}.")) == set()
        assert kinds(guard(pair, NOTE, Audience.ORGANISATION).judge(f"De sessie was op {said}.")) == {"date"}
    assert kinds(guard(pair, NOTE, Audience.ORGANISATION).judge("De sessie was in maart 2026.")) == set()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12 juni", (12, 6)),
        ("June 3rd, 2026", (3, 6)),
        ("2026-05-04", (4, 5)),
        ("9/10", (9, 10)),
        ("de twaalfde", None),
    ],
)
def test_a_day_is_read_as_people_write_it(said: str, day: tuple[int, int] | None) -> None:
    assert day_of(said) == day


def test_a_sensitive_matter_is_stopped_where_closed_text_speaks_of_it(pair: Pair) -> None:
    told = "Ze is sinds kort onder behandeling bij een psycholoog."
    assert "sensitive" in kinds(guard(pair, told).judge("Somebody at the office is depressed."))
    assert kinds(guard(pair, NOTE).judge("Nobody at the office was depressed by it.")) == set()


def test_a_ticked_line_may_be_told_and_nothing_else(pair: Pair) -> None:
    ticked = "De kantine gaat in het najaar naar een ander gebouw en niemand van de ploeg weet het."
    judge = guard(pair, NOTE)
    assert judge.passed("De kantine gaat naar een ander gebouw.", [ticked]) is not None
    assert judge.passed("De kantine gaat naar een ander gebouw.") is None  # the exemption was for once
    assert judge.passed("De dakgoot van de loods laten maken? De kantine gaat.", [ticked]) is None
    assert judge.passed("Noor zei: de kantine gaat naar een ander gebouw.", [ticked]) is None


def test_a_finding_says_where_and_why_in_words_of_the_text_alone(pair: Pair) -> None:
    text = "Ja.\nDe kantine gaat naar een ander gebouw, zei Noor."
    for finding in guard(pair, NOTE).judge(text):
        assert text[finding.start : finding.end] == finding.text
        assert finding.reason in audit.REASONS.values()


# --- fails closed: each stage broken in turn -------------------------------------------------------------------------


def boom(*_: object, **__: object) -> object:
    raise ValueError("theepot Willem")


@pytest.mark.parametrize(
    "broken",
    [
        "flatten",
        "Words",
        "identify.spans",
        "identify.persons",
        "identify.quotations",
        "sensitive.matters",
        "Overlap.beside",
        "Overlap.runs",
        "Overlap.bags",
        "Overlap.rare",
        "Overlap.righted",
        "Overlap.run_together",
        "peeled",
        "Roles.find",
        "Known.find",
    ],
)
def test_a_broken_stage_passes_nothing_and_tells_nothing(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    from assistant.privacy.known import Known
    from assistant.privacy.roles import Roles

    judge = guard(pair, NOTE)
    home: object = {"Overlap": overlap.Overlap, "Roles": Roles, "Known": Known}.get(broken.split(".")[0], audit)
    if broken.startswith(("identify.", "sensitive.")):
        home = getattr(audit, broken.split(".")[0])
    monkeypatch.setattr(home, broken.split(".")[-1], boom)
    with pytest.raises(Refused) as refusal:
        judge.passed("De mentor &amp; de mentee zien elkaar.")
    assert "theepot" not in str(refusal.value)
    assert "Willem" not in str(refusal.value)
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize("broken", ["Known", "Roles", "Overlap"])
def test_a_guard_that_cannot_be_made_refuses(pair: Pair, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setattr(audit, broken, boom)
    with pytest.raises(Refused):
        guard(pair, NOTE)


@pytest.mark.parametrize("name", ["known", "first-names", "surnames", "ordinary"])
@pytest.mark.parametrize("cut", ["gone", "short", "broken"])
def test_without_a_word_list_nothing_is_passed(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: object, name: str, cut: str
) -> None:
    from pathlib import Path
    from shutil import copytree

    from assistant import resources

    root = Path(str(tmp_path)) / "corpus"
    for folder in ("words", "privacy"):
        copytree(resources.corpus() / folder, root / folder)
    path = root / "words" / f"{name}.txt"
    path.unlink() if cut == "gone" else path.write_bytes(b"een twee\n" if cut == "short" else b"\xff\xfe\xff")
    monkeypatch.setattr(resources, "corpus", lambda: root)
    caches = [lexicon._listed, lexicon.is_word, lexicon.is_name, overlap.weight]
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises(Refused, match="word list"):
            guard(pair, NOTE).passed("Lieselotje Frobnikat vond het gesprek met de mentor nuttig.")
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()


def test_time_running_out_passes_nothing(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = guard(pair, NOTE)
    monkeypatch.setattr(audit, "SECONDS", -1.0)
    with pytest.raises(Refused, match="too long"):
        judge.passed("De mentor en de mentee zien elkaar.")


def test_a_text_too_long_to_be_checked_is_refused(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST_SIGNS", 10)
    with pytest.raises(Refused):
        guard(pair, NOTE).passed("De mentor en de mentee zien elkaar.")


@pytest.mark.parametrize("mark", ["## Privé\n\n", "> [!geheim]\n> ", "%%own%% "])
def test_a_mark_with_no_closed_text_to_it_refuses(mark: str) -> None:
    raw = f"{mark}de theepot".encode()
    lost = Written(PATH, raw, ())  # the reader found nothing: all of it counts as closed
    assert closed_to(Audience.PAIR, [lost], marks.closed_by)[0]
    with pytest.raises(Refused, match=PATH):
        closed_to(Audience.PAIR, [Written(PATH, b"", ())], lambda _: Level.OWN)


def test_what_the_reader_leaves_out_is_closed(pair: Pair) -> None:
    read = "---\nthema: muizenval en theepot\nminutes: 55\n---\nGewone tekst."
    assert guard(pair, read, Audience.PAIR).passed("Over een theepot, een muizenval, een thema.") is None
    assert guard(pair, read, Audience.PROGRAMME).passed("De sessie duurde 55 minuten.") is not None
    assert dt.date(2026, 3, 12) == DAY


def test_the_name_of_a_month_is_no_detail_of_closed_text(pair: Pair) -> None:
    closed = "## Eigen notities\n\nIn januari en juli was zij stil over Zwartkamp.\n"
    assert guard(pair, closed, Audience.PAIR).judge("We zien elkaar op 14 januari en op 14 juli.") == ()
    assert guard(pair, closed, Audience.PAIR).judge("Zwartkamp komt in juli.")
