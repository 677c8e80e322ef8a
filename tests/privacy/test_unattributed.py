"""Inside a panel nothing is told with who said it: not in a summary, and a check of any text finds it."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from pathlib import Path

import msgspec
import pytest
from case_files import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from panel import copied, desk

from assistant import pipeline, recaps
from assistant.modelling import Modelling
from assistant.privacy import rewrite
from assistant.privacy.rewrite import Rewriter, Unsayable
from assistant.privacy.unattributed import Unattributed
from assistant.programme.folder import Folder
from assistant.records import Audience, Pair, Person
from assistant.sharing import Sharing

PANEL = Pair(
    "panel",
    "pairs/panel/pair.toml",
    "nl",
    "6 weeks",
    None,
    60,
    None,
    Person("Noor van der Velde", ("NvdV",)),
    Person("Willem Achterberg", ("WA",)),
    (),
    (),
    (),
    (),
    (),
    fellows=(Person("Sam Daalder", role="night planner"), Person("Ilse Brouwer", ("IB",))),
)
NAMED = ("Noor", "Noor van der Velde", "NvdV", "Sam", "Sam Daalder", "Daalder", "Ilse", "Ilse Brouwer", "IB")


@pytest.fixture(scope="module")
def rewriter() -> Rewriter:
    return Rewriter("panel", [PANEL], [])


@pytest.mark.parametrize("case", cases("panel_said.yaml"), ids=lambda case: case["note"][:60])
def test_a_sentence_is_said_with_the_panel_in_the_place_of_a_mentor(rewriter: Rewriter, case: dict[str, str]) -> None:
    source = rewrite.Source(case["note"], case.get("speaker", "mentor"), case["language"])  # type: ignore[arg-type]
    for say in (rewriter.unattributed, rewriter.said):
        try:
            said = say(source)
        except Unsayable as reason:
            said = "" if reason.kind == "attribution" else reason.kind
        wanted = case.get("public", case["said"]) if say == rewriter.said else case["said"]
        assert said.rstrip(".") == wanted.rstrip(".")


def test_the_beginning_of_a_name_is_a_name(rewriter: Rewriter) -> None:
    unattributed = Unattributed(rewriter, "nl")
    assert unattributed.bracketed("Ils zei niets, de rest wel.") == "[het panel] zei niets, de rest wel."
    tamsin = Rewriter("p", [structs.replace(PANEL, slug="p", mentor=Person("Tamsin Boateng"))], [])
    assert not Unattributed(tamsin, "en").bracketed("Tam said no.").startswith("Tam")
    assert Unattributed(tamsin, "nl").bracketed("Tam was de kat niet.").startswith("Tam")
    assert unattributed.bracketed("Het is zo gezegd.") == "Het is zo gezegd."


TELLS = ("zei dat", "vertelde dat", "vond dat", "twijfelde of", "said that", "thinks that", "en WA vonden dat")
MATTERS = ("het rooster te laat komt", "niemand de app gebruikt", "the planner is slow", "it should be on Monday")


@settings(max_examples=60)
@given(
    st.sampled_from(NAMED),
    st.sampled_from(TELLS),
    st.sampled_from(MATTERS),
    st.sampled_from(("", "Volgens Willem klopt dat. ", "Gisteren belde ik: ", "Noor luisterde. ", "**")),
)
def test_no_mentor_is_named_in_what_is_said(name: str, tells: str, matter: str, before: str) -> None:
    rewriter = Rewriter("panel", [PANEL], [])
    text = f"{before}{name} {tells} {matter}."
    assert not rewriter.mentors_in(Unattributed(rewriter, "nl").bracketed(text))
    try:
        said = rewriter.unattributed(rewrite.Source(text, "mentor", "nl"))
    except Unsayable:
        return
    assert not rewriter.mentors_in(said)
    assert not {word.strip(".,:*") for word in said.split()} & set(NAMED)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_summary_attributes_anything(tmp_path: Path, language: str) -> None:
    opened = desk(language, tmp_path / "p")
    rewriter = Rewriter(opened.pair.slug, [opened.pair], [])
    for session in opened.held():
        told = recaps.recapped(opened, session, Audience.PAIR, language)
        for statement in told.statements:
            assert statement.kind == "commitment" or not rewriter.mentors_in(statement.text), statement.text
            assert statement.kind != "discussed" or not any(
                rewriter.mentors_in(told.sources[key].quote) for key in statement.sources
            )
        for audience in (Audience.PROGRAMME, Audience.ORGANISATION):
            if opened.forbidden_by(session, audience) is None:
                sharing = Sharing(opened, session, audience, language)
                whole = sharing.summary(sharing.proposed()).text
                assert not rewriter.mentors_in(whole)
                assert "mentor " not in whole


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_summary_cites_the_notes_own_words_or_none(tmp_path: Path, language: str) -> None:
    opened = desk(language, tmp_path / "p")
    own = {r.note.path: " ".join(" ".join(p.text for p in r.note.passages).split()) for r in opened.readings}
    told = [recaps.recapped(opened, session, Audience.PAIR, language) for session in opened.held()]
    cited = [source for summary in told for source in summary.sources.values()]
    assert any(not source.quote for source in cited)
    for source in cited:
        assert " ".join(source.quote.split()) in own[source.path]


def test_a_model_is_sent_nothing_for_the_summary_of_a_panel(tmp_path: Path) -> None:
    opened = desk("en", tmp_path / "p")
    model = Modelling(None, lambda *_: True, print)  # type: ignore[arg-type]  # asking it would fail
    wanted = (opened, opened.held()[0], Audience.PAIR, "en", model)
    assert recaps.recap_request(*wanted) is None
    assert recaps.recapped(*wanted).writer != "model"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_agenda_names_mentors_only_for_promises_turns_and_wishes(tmp_path: Path, language: str) -> None:
    opened = desk(language, tmp_path / "p")
    rewriter = Rewriter(opened.pair.slug, [opened.pair], [])
    agenda = pipeline.agenda(opened, Audience.PAIR, language, None, "x")
    for item in agenda.items:
        wished = item.kind == "give-back"
        for text in (item.question, item.extra_question, *(() if wished else (item.title, item.why))):
            assert not rewriter.mentors_in(text), text
    assert {turn.who for turn in agenda.turns or ()} == {mentor.name for mentor in opened.pair.mentors}


def test_a_disagreement_inside_the_panel_is_told_to_nobody(tmp_path: Path) -> None:
    opened = desk("nl", tmp_path / "p")
    first = opened.held()[0]
    sharing = Sharing(opened, first, Audience.PROGRAMME, "nl")
    assert "attribution" in sharing.marked.reasons
    told = recaps.recapped(opened, first, Audience.PAIR, "nl").text
    assert "herkende" not in told


@pytest.mark.parametrize("audience", [Audience.PAIR, Audience.PROGRAMME, Audience.ORGANISATION])
@pytest.mark.parametrize(
    "text",
    [
        "Sam vertelde dat het rooster te laat komt.",
        "Het rooster komt te laat, volgens Noor.",
        "Ilse Brouwer vond dat overdreven.",
        "SD zei niets.",
        "NvdV: we horen niets van het rooster.",
        "Een van de mentoren zag het anders.",
        "De jongste van het panel zweeg.",
        "Twee van ons herkenden het niet.",
        "One of the panel disagreed.",
        "According to Sam it is too late.",
    ],
)
def test_a_check_finds_who_said_it(tmp_path: Path, text: str, audience: Audience) -> None:
    found = desk("nl", tmp_path / "p").guard(audience).judge(text)
    assert "attribution" in {finding.kind for finding in found}


@pytest.mark.parametrize(
    "text",
    [
        "Het panel vertelde dat het rooster te laat komt.",
        "- Ilse: drie klachten verzamelen",
        "- [ ] Sam en Noor: het rooster naast de app leggen",
        "Willem vertelde dat de begroting klaar is.",
        "Er is gepraat over het rooster, en iedereen had er iets van gezien.",
        "The panel and the mentee met in March.",
    ],
)
def test_a_check_for_the_panel_lets_stand_what_attributes_nothing(tmp_path: Path, text: str) -> None:
    found = desk("nl", tmp_path / "p").guard(Audience.PAIR).judge(text)
    assert "attribution" not in {finding.kind for finding in found}


def test_a_pair_is_checked_as_before(tmp_path: Path) -> None:
    from assistant.desk import Desk

    demo = Path(__file__).resolve().parents[2] / "corpus" / "demo" / "nl"
    shutil.copytree(demo, tmp_path / "demo", ignore=shutil.ignore_patterns(".prep"))
    folder = Folder(tmp_path / "demo")
    slug = folder.slugs[0]
    mentor = folder.pair(slug).mentor.name.split()[0]
    guard = Desk(folder, slug, dt.date(2026, 7, 6), offline=True).guard(Audience.PAIR)
    assert "attribution" not in {f.kind for f in guard.judge(f"{mentor} vertelde dat het rooster te laat komt.")}


def test_what_others_wrote_for_themselves_is_not_on_the_desk(tmp_path: Path) -> None:
    folder = copied("nl", tmp_path / "p")
    sessions = folder.pair_folder("panel-willem") / "sessions"
    names = [mentor.name for mentor in folder.pair("panel-willem").mentors]
    marks = ("## Privé\n\n{}\n", "> [!own]\n> {}\n", "- [ ] ik: {} #own\n", "%% {} %%\n")
    planted: dict[str, list[str]] = {name: [] for name in [*names, ""]}
    for at, (name, mark) in enumerate(itertools.product([*names, ""], marks)):
        canary = f"de kanarie zestien{at}x morgen bellen"
        planted[name].append(f"zestien{at}x")
        head = f"---\nauthor: {name}\n---\n" if name else ""
        day = dt.date(2026, 1, 10) + dt.timedelta(days=at)
        text = f"{head}Er is over het rooster gepraat.\n\n{mark.format(canary)}"
        (sessions / f"{day}.md").write_text(text, encoding="utf-8")
    for me in (*names, None):
        opened = desk("nl", tmp_path / "p", me)
        seen = msgspec.json.encode([opened.readable(Audience.OWN), opened.story(Audience.OWN)]).decode()
        hits = " ".join(hit.text for hit in opened.find("kanarie bellen", 50))
        for name, canaries in planted.items():
            for canary in canaries:
                mine = bool(name) and name == me
                assert (canary in seen) is mine, (name, me)
                assert mine or canary not in hits, (name, me)
        if me:
            assert any(canary in hits for canary in planted[me])
        for others in (canary for name, canaries in planted.items() if not name or name != me for canary in canaries):
            assert opened.guard(Audience.OWN).judge(f"Wie gaat de kanarie {others} morgen bellen?"), (others, me)
        for audience in (Audience.PAIR, Audience.PROGRAMME):
            closed = opened.guard(audience)
            assert closed.judge("Wie gaat de kanarie zestien3x morgen bellen?")
