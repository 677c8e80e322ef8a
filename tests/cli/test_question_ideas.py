"""`prep questions`: what it stands on, what it never repeats, how deep it goes, and what it looks like."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import TODAY, Prep, Programme

from assistant.words import content, jaccard, stems

QUOTATION = re.compile(r"“[^”]*”")
FIRST = """## Talked about

Willem was sure that every branch uses the digital tools by now. On the floor I counted: four of nineteen do.

We ran out of time on who signs off the weekend rota.

I asked: “Who tells a branch that its tool has been switched off?” He said: nobody, they find out on Monday.

## Actions

- [ ] Willem: sit at the counter of a branch for a morning, by 1 May
"""
SECOND = """Still open: how do we tell the night team about a new rule?

Willem sat at the counter of the branch on Tuesday morning. It took him twenty minutes to log in.

- [ ] Willem: rewrite the opening letter for the branches, by 1 June
"""
THIRD = """Not settled: who trains the new starters in the branches?

He thinks the Friday bulletin is where people learn about policy. In fact nobody on my floor opens it.
"""


@pytest.fixture
def talked(programme: Programme) -> Programme:
    """A pair with three sessions behind it."""
    programme.note("2026-03-12", FIRST)
    programme.note("2026-05-07", SECOND)
    programme.note("2026-06-18", THIRD)
    return programme


def ask(prep: Prep, *words: object) -> Any:
    return prep("questions", *words, "--json", *TODAY).json


def bare(text: str) -> str:
    last: str = re.split(r"(?<=[.!?])\s+", QUOTATION.sub(" ", text).strip())[-1]
    return last


def pairs(root: Path) -> list[str]:
    return sorted(p.name for p in (root / "pairs").iterdir())


def test_seven_questions_unless_asked_otherwise_each_with_all_that_the_contract_names(
    prep: Prep, talked: Programme
) -> None:
    draft = ask(prep)
    assert draft["schema"] == "prep.questions/1"
    assert (draft["pair"], draft["audience"], draft["writer"], draft["topic"]) == (
        "noor-willem",
        "pair",
        "offline",
        None,
    )
    assert len(draft["questions"]) == 7
    for idea in draft["questions"]:
        assert {"text", "category", "depth", "why", "follow_ups", "sources"} <= set(idea)
        assert idea["sources"]
        assert set(idea["sources"]) <= set(draft["sources"])
    assert len(ask(prep, "-n", "3")["questions"]) == 3


def test_most_stand_on_a_line_that_they_cite_and_say_where_and_when(prep: Prep, talked: Programme) -> None:
    draft = ask(prep, "-n", "10")
    built = [
        idea
        for idea in draft["questions"]
        if any(
            len(set(content(idea["text"])) & set(content(draft["sources"][key]["quote"]))) >= 2
            for key in idea["sources"]
        )
    ]
    assert len(built) >= 6
    for idea in draft["questions"]:
        source = draft["sources"][idea["sources"][0]]
        assert f"{source['path'].split('/')[-1]}:{source['line']}" in idea["why"]


def test_what_is_quoted_stands_in_the_note_at_that_line(prep: Prep, demo: Path) -> None:
    for pair in pairs(demo):
        draft = prep("questions", pair, "--programme", demo, "--json", *TODAY).json
        for source in draft["sources"].values():
            lines = (demo / source["path"]).read_text(encoding="utf-8").split("\n")
            there = " ".join(" ".join(lines[source["line"] - 1 : source["line"] + 6]).replace("*", "").split())
            assert " ".join(source["quote"].replace("*", "").split())[:60] in there
            assert 0 < len(source["quote"]) <= 400


def test_no_two_of_ten_ask_the_same_and_they_rise_in_depth_over_several_categories(prep: Prep, demo: Path) -> None:
    for pair in pairs(demo):
        ideas = prep("questions", pair, "--programme", demo, "-n", "10", "--json", *TODAY).json["questions"]
        asked = [stems(bare(idea["text"])) for idea in ideas]
        assert all(len(a & b) < 2 or jaccard(a, b) <= 0.5 for a, b in combinations(asked, 2))
        depths = [idea["depth"] for idea in ideas]
        assert depths == sorted(depths)
        assert len({idea["category"] for idea in ideas}) >= 4
        assert all(len(QUOTATION.sub("", idea["text"]).split()) <= 45 for idea in ideas)


def test_what_was_asked_or_offered_is_not_offered_again_in_other_words_either(prep: Prep, talked: Programme) -> None:
    before = [bare(idea["text"]) for idea in ask(prep, "-n", "10")["questions"]]
    told = "\n".join(f"- {text[0].lower()}{text[1:]}" for text in before[:5])
    talked.note("2026-06-25", f"Short one.\n\n## Questions I asked\n\n{told}\n")
    drafts = talked.root / "pairs" / "noor-willem" / "drafts"
    drafts.mkdir()
    offered = "\n".join(f"- **Question:** You said: “the tools”. {text}" for text in before[5:])
    (drafts / "2026-06-26-agenda.md").write_text(offered, encoding="utf-8")
    after = [bare(idea["text"]) for idea in ask(prep, "-n", "10")["questions"]]
    assert after
    assert not set(before) & set(after)


def test_the_questions_it_kept_itself_count_as_offered(prep: Prep, talked: Programme) -> None:
    out = talked.root / "pairs" / "noor-willem" / "drafts" / "2026-07-06-questions.md"
    out.parent.mkdir()
    before = {bare(idea["text"]) for idea in ask(prep)["questions"]}
    prep("questions", "--out", out, *TODAY)
    assert not before & {bare(idea["text"]) for idea in ask(prep)["questions"]}


def test_one_question_further_goes_one_level_deeper_than_the_line_it_cites(prep: Prep, talked: Programme) -> None:
    (idea,) = ask(prep, "--extra")["questions"]
    assert idea["depth"] == idea["deeper_than"] + 1
    assert "“" in idea["text"]
    assert len(idea["follow_ups"]) >= 1
    three = ask(prep, "--extra", "-n", "3")
    assert len(three["questions"]) == 3
    assert len({three["sources"][i["sources"][0]]["quote"] for i in three["questions"]}) == 3


def test_taking_the_cited_line_away_gives_another_question(prep: Prep, talked: Programme) -> None:
    before = ask(prep, "--extra")
    source = before["sources"][before["questions"][0]["sources"][0]]
    path = talked.root / source["path"]
    path.write_text(path.read_text(encoding="utf-8").replace(source["quote"], ""), encoding="utf-8")
    assert ask(prep, "--extra")["questions"][0]["text"] != before["questions"][0]["text"]


def test_hard_questions_wait_for_the_third_session_or_a_request(prep: Prep, programme: Programme) -> None:
    programme.note("2026-06-18", FIRST)
    assert {idea["depth"] for idea in ask(prep, "-n", "12")["questions"]} <= {1, 2}
    assert 3 in {idea["depth"] for idea in ask(prep, "-n", "12", "--deep")["questions"]}
    programme.note("2026-06-25", SECOND)
    assert 3 in {idea["depth"] for idea in ask(prep, "-n", "12")["questions"]}


def test_before_the_first_session_there_are_light_questions_on_what_the_pair_filled_in(
    prep: Prep, programme: Programme
) -> None:
    draft = ask(prep)
    assert len(draft["questions"]) == 7
    assert all(source["path"].endswith("pair.toml") for source in draft["sources"].values())
    assert max(idea["depth"] for idea in draft["questions"]) <= 2


def test_a_topic_narrows_and_one_that_nobody_spoke_of_says_so(prep: Prep, talked: Programme) -> None:
    known = ask(prep, "branch", "tools", "-n", "5")
    assert known["topic"] == "branch tools"
    assert not known["notice"]
    about = [i for i in known["questions"] if {"branch", "branches", "tools"} & set(content(i["text"]))]
    assert len(about) >= 3
    unknown = ask(prep, "sustainability", "-n", "5")
    assert "sustainability" in unknown["notice"]
    assert unknown["notice"] in unknown["warnings"]
    assert len(unknown["questions"]) >= 4
    assert all(i["text"].endswith("?") for i in unknown["questions"])


def test_a_topic_that_was_ruled_out_is_not_asked_about(prep: Prep, talked: Programme) -> None:
    pair = talked.root / "pairs" / "noor-willem" / "pair.toml"
    text = pair.read_text(encoding="utf-8").replace("[mentor]", 'out_of_scope = ["rota"]\n[mentor]', 1)
    pair.write_text(text, encoding="utf-8")
    draft = ask(prep, "rota", "-n", "8")
    assert "rota" in draft["notice"]
    assert "pair.toml:" in draft["notice"]
    assert not any("rota" in i["text"] for i in draft["questions"])
    assert not any("rota" in source["quote"] for source in draft["sources"].values())


def test_closed_and_delicate_lines_are_built_on_by_nobody(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-12", FIRST)
    programme.note(
        "2026-06-18",
        "Still open: how does Fatima get through the divorce?\n\n"
        "We ran out of time on who repairs the zeppelin in the yard. #own\n\n"
        "> [!sealed]\n> We didn't get to the bottom of the platypus in the canteen.\n",
    )
    shown = json.dumps(ask(prep, "-n", "50"))
    assert "divorce" not in shown
    assert "zeppelin" not in shown
    assert "platypus" not in shown
    own = json.dumps(prep("questions", "--for", "own", "-n", "50", "--json", *TODAY).json)
    assert "zeppelin" in own
    assert "platypus" not in own


@pytest.mark.parametrize(("language", "opening"), [("nl", "Vragen voor"), ("en", "Questions for")])
def test_it_is_in_the_language_asked_for_and_quotes_stay_as_they_were(
    prep: Prep, talked: Programme, language: str, opening: str
) -> None:
    draft = ask(prep, "--language", language)
    assert draft["language"] == language
    shown = prep("questions", "--language", language, *TODAY).out
    assert shown.startswith(opening)
    quoted = [q for idea in draft["questions"] for q in QUOTATION.findall(idea["text"])]
    assert any("branch" in q for q in quoted)
    words = {w for i in draft["questions"] for w in QUOTATION.sub("", i["text"]).casefold().split()}
    assert ("wat" in words or "wie" in words) if language == "nl" else ("what" in words or "who" in words)


def test_every_form_says_the_same(prep: Prep, talked: Programme, tmp_path: Path) -> None:
    texts = [idea["text"] for idea in ask(prep)["questions"]]
    page, plain, data = tmp_path / "q.html", tmp_path / "q.md", tmp_path / "q.json"
    for out in (page, plain, data):
        assert prep("questions", "--out", out, *TODAY).out == ""
    assert [i["text"] for i in json.loads(data.read_text(encoding="utf-8"))["questions"]] == texts
    shown = " ".join(prep("questions", *TODAY).out.split())
    for text in texts:
        assert text in plain.read_text(encoding="utf-8")
        assert text in _text(page)
        assert text in shown
    assert max(len(line) for line in prep("questions", *TODAY).out.split("\n")) <= 100


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _text(page: Path) -> str:
    parser = _Words()
    parser.feed(page.read_text(encoding="utf-8"))
    return " ".join(" ".join(parser.words).split())


@pytest.mark.parametrize(
    "words", [["-n", "0"], ["-n", "999"], ["--for", "programme"], ["--language", "xx"], ["--out", "q.txt"]]
)
def test_what_it_cannot_do_is_a_usage_error(prep: Prep, talked: Programme, words: list[str]) -> None:
    assert prep("questions", *words, ok=False).code == 2


def test_the_same_pair_on_the_same_day_gets_the_same_questions(prep: Prep, talked: Programme) -> None:
    assert ask(prep) == ask(prep)


def test_a_programme_says_it_in_its_own_words(prep: Prep, talked: Programme) -> None:
    built_in = Path(__file__).resolve().parents[2] / "prompts" / "questions.en.yaml"
    own = talked.root / "prompts"
    own.mkdir()
    text = built_in.read_text(encoding="utf-8").replace("Questions for {mentee}", "To put to {mentee}")
    (own / "questions.en.yaml").write_text(text, encoding="utf-8")
    assert prep("questions", *TODAY).out.startswith("To put to Willem")
    (own / "questions.en.yaml").write_text("headings: 3\n", encoding="utf-8")
    assert "prompts/questions.en.yaml" in prep("questions", *TODAY, ok=False).err
