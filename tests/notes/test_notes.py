"""What holds of every note: nothing raises, nothing is lost, lines are right; and front matter, file by file."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_notes import BLOCKS, BROKEN, GAPS

from assistant.notes import note, reader
from assistant.records import Note, Pair, Passage

PATH = "pairs/noor-willem/sessions/2026-03-12.md"
DAY = dt.date(2026, 3, 12)
WORD = re.compile(r"[^\W_]+")
HEADS = st.sampled_from(["", "---\nlevel: programme\n---\n", "---\nlevel: own\n"])
# Signs of Markdown that look like words: "1. " and "[x]".
SIGN = re.compile(r"(?m)^[\s>*+-]*(?:\d{1,9}[.)](?=\s))?[\s>*+-]*(?:\[[xXvV]\](?=\s))?")


def read(text: str) -> Note:
    return note.read(text.encode("utf-8", "surrogatepass"), PATH, DAY)


def everything(found: Note) -> list[Passage]:
    return [*found.passages, *found.sealed]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_stumble(pair: Pair, raw: bytes) -> None:
    assert reader.read(note.read(raw, PATH, DAY), pair).note.path == PATH


SIGNS = """
level: own geheim # ## > - * 1. [ ] [x] ``` ~~~ %% <!-- --> [geheim] [/geheim] [! ] | |---| #own #delen : Noor: wrote:
From: “ ” ? é \\ <details> &amp; === --- date: 2026-99-99 {{
"""
SCRAPS = st.sampled_from(
    [*SIGNS.split(), "---\n", "\t", "\n", "\n\n", "\r\n", "\x00", "\ufeff", "\ue000", "\u2028", "\ud800"]
)


SCRAP_LISTS = st.lists(SCRAPS, max_size=40)


@settings(deadline=None, max_examples=150)
@given(st.one_of(SCRAP_LISTS.map(" ".join), SCRAP_LISTS.map("".join), st.text(max_size=200)))
def test_no_text_makes_the_reader_stumble(pair: Pair, text: str) -> None:
    found = reader.read(read(text), pair)
    for passage in found.note.passages:
        assert 1 <= passage.line <= len(re.split(r"\r\n|\r|\n", text))
        assert passage.text.strip()


@settings(deadline=None, max_examples=60)
@given(BLOCKS, st.one_of(st.none(), BROKEN), BLOCKS, GAPS)
def test_no_word_of_a_note_is_lost(before: list[str], broken: str | None, after: list[str], gap: str) -> None:
    text = gap.join([*before, *([broken] if broken else []), *after])
    kept = Counter(WORD.findall("\n".join(p.text for p in everything(read("# Begin\n\n" + text)))))
    meant = Counter(WORD.findall(SIGN.sub("", text)))
    assert not meant - kept


@settings(deadline=None, max_examples=60)
@given(BLOCKS, st.one_of(st.none(), BROKEN), GAPS, HEADS)
def test_a_passage_stands_on_its_line(blocks: list[str], broken: str | None, gap: str, head: str) -> None:
    text = head + gap.join([*blocks, *([broken] if broken else []), *blocks])
    lines = text.split("\n")
    for passage in everything(read(text)):
        rest = lines[passage.line - 1 :]
        for there, line in zip(rest, passage.text.split("\n"), strict=False):
            assert line.strip() in there


@settings(deadline=None, max_examples=60)
@given(BLOCKS, GAPS)
def test_a_promise_and_a_question_are_cited_where_they_stand(pair: Pair, blocks: list[str], gap: str) -> None:
    text = gap.join(blocks)
    found = reader.read(read(text), pair)
    for source in [p.source for p in found.promises] + [q.source for q in found.questions]:
        assert 0 < len(source.quote) <= 400
        at = "\n".join(text.split("\n")[source.line - 1 :])
        assert source.quote.split("\n")[0].strip() in at.split("\n")[0]


@settings(deadline=None, max_examples=60)
@given(BLOCKS, GAPS)
def test_the_line_ends_of_a_file_make_no_difference(blocks: list[str], gap: str) -> None:
    text = gap.join(blocks)
    windows, old = (note.read(text.replace("\n", end).encode(), PATH, DAY) for end in ("\r\n", "\r"))
    assert read(text) == windows == old


def test_a_mail_kept_whole_keeps_every_line() -> None:
    text = (
        "Van: Willem Achterberg <w@example.org>\nAan: Noor\nOnderwerp: RE: proef\n\nHoi Noor,\n\nPrima.\n\n"
        "Groet, Willem\n\n"
        "Op ma 9 mrt 2026 schreef Noor:\n> Hoi Willem,\n>\n> Kan het op 3 april?\n> > Ja hoor\n"
    )
    kept = " ".join(p.text for p in everything(read(text)))
    assert all(word in kept for word in WORD.findall(text))


# -- front matter --


def test_front_matter_says_what_the_note_is() -> None:
    found = read("---\ndate: 2026-03-05\nstatus: Cancelled\nminutes: 55\nlanguage: en\n---\nBericht van Willem.\n")
    assert (found.date, found.status, found.minutes, found.language) == (dt.date(2026, 3, 5), "cancelled", 55, "en")
    assert [(p.line, p.text) for p in found.passages] == [(7, "Bericht van Willem.")]
    assert not found.doubts


def test_a_note_without_front_matter_was_held_on_the_day_of_its_name() -> None:
    found = read("Bericht.\n")
    assert (found.date, found.status, found.minutes, found.language) == (DAY, "held", None, None)


@pytest.mark.parametrize(
    ("head", "line", "status"),
    [
        ("date: gisteren", 2, "held"),
        ("date: 2026-13-45", 2, "held"),
        ("minutes: 60\nstatus: misschien", 3, "held"),
        ("minutes: een uur", 2, "held"),
        ("status: cancelled\ntitle: een: twee: drie", 3, "cancelled"),
        ("status: planned\nnotes: [open", 3, "planned"),
    ],
)
def test_what_is_wrong_in_front_matter_is_told_and_the_rest_counts(head: str, line: int, status: str) -> None:
    found = read(f"---\n{head}\n---\nBericht.\n")
    assert (found.date, found.status) == (DAY, status)
    assert "Bericht." in [p.text for p in found.passages]
    assert found.doubts[0].line in (line, line + 1)


def test_front_matter_that_never_ends_still_says_what_it_says() -> None:
    found = read("---\nstatus: cancelled\nminutes: 30\n\nWillem was ziek.\n")
    assert (found.status, found.minutes, [d.line for d in found.doubts]) == ("cancelled", 30, [1])
    assert [(p.line, p.text) for p in found.passages] == [(5, "Willem was ziek.")]


@pytest.mark.parametrize(
    "text",
    [
        "---\nActie: Noor belt\n\nMeer tekst.\n",
        "---\nWe spraken over het rooster.\nActie: Noor belt\n---\nMeer tekst.\n",
        "---\nAlleen proza tussen strepen.\n---\nMeer tekst.\n",
        "---\nstatus: held\nActie: Noor: belt: Willem\n---\nMeer tekst.\n",
    ],
)
def test_text_that_merely_stands_under_dashes_is_not_lost(text: str) -> None:
    kept = {p.text for p in read(text).passages}
    assert "Meer tekst." in kept
    assert not Counter(re.findall(r"proza|rooster|Actie|belt", text)) - Counter(
        re.findall(r"proza|rooster|Actie|belt", " ".join(kept))
    )


@pytest.mark.parametrize("text", ["", "\n\n", "---\nstatus: held\n---\n", "\ufeff"])
def test_an_empty_note_is_a_held_session_and_says_so(text: str) -> None:
    found = read(text)
    assert (found.status, found.passages) == ("held", ())
    assert [d.text for d in found.doubts] == ["holds no text"]


def test_a_planned_note_holds_nothing(pair: Pair) -> None:
    found = reader.read(read("---\nstatus: planned\n---\n- [ ] Noor: stuurt het overzicht\n"), pair)
    assert (found.promises, found.questions) == ((), ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-03-12.md", (DAY, 1)),
        ("2026-03-12-2.md", (DAY, 2)),
        ("2026-03-12.MD", (DAY, 1)),
        ("2026-02-30.md", None),
        ("2026-03-12.txt", None),
        ("2026-03-12 kopie.md", None),
        ("notes.md", None),
    ],
)
def test_the_name_of_a_note_gives_its_day(name: str, expected: tuple[dt.date, int] | None) -> None:
    assert note.date_of(name) == expected


def test_long_notes_take_time_in_proportion() -> None:
    """Four times the text takes far less than sixteen times as long, so that a note of 5 MB can be read."""
    block = "## Deel\n\nEen regel over het rooster.\n\n- een punt #own\n  - nog een %%opmerking%%\n\n"
    took = []
    for count in (750, 3000):
        start = time.process_time()
        found = read(block * count)
        took.append(time.process_time() - start)
        assert len(everything(found)) == 5 * count
    assert took[1] < 10 * took[0]
