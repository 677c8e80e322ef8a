"""A canary in sealed or own text reaches nothing that the pair may read, whatever stands round it."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_notes import BLOCKS, BROKEN, GAPS, LINE

from assistant.notes import note, reader
from assistant.privacy import audience
from assistant.records import Audience, Pair, Readable

CANARY = "kanariegeel"
SAY = st.sampled_from(
    [
        CANARY,
        f"Noor stuurt {CANARY} vóór 1 mei",
        f"Actie: Noor belt {CANARY}",
        f"Vraag: wat denkt Willem van {CANARY}?",
        f"Ik vroeg: “Waarom {CANARY}?”",
    ]
)
MARK = st.sampled_from(
    [
        "sealed",
        "off the record",
        "Geheim",
        "buiten het verslag",
        "own",
        "PRIVATE",
        "privé",
        "persoonlijk",
        "Eigen notities",
        "prive\u0301",
        "gehiem",
        "persoonljk",
    ]
)
CLOSED = st.sampled_from(["own", "Privé", "geheim", "off the record", "board-only", "[pair]", "private, ook"])
TAG = st.sampled_from(["#offrecord", "#off-the-record", "#geheim", "#own", "#privé", "#EigenNotities", "#persoonljk"])
# A block with a canary in it, whole: {say} holds the canary, {line} is other text.
BY_MARK = st.sampled_from(
    [
        "## {mark}\n{say}",
        "## {mark}\n\n{line}\n\n- {say}",
        "# {line}\n## {mark}\n### {line}\n{say}",
        "## {line} ({mark})\n\n- [ ] {say}",
        "### **{mark}**:\n\n| wie | wat |\n|---|---|\n| Noor | {say} |",
        "## {mark}\n\n```\n{say}\n```",
        "## {mark}\n## Delen {mark}\n{say} #delen",
        "> [!{mark}]\n> {say}",
        "> [!{mark}]- {say}\n> {line}",
        "> [!{mark}]\n> - {line}\n>   - {say}",
        "> [!{mark}]\n{say}",
        "- {line}\n- > [!{mark}]\n  > {say}",
        "> {line}\n>\n> > [!{mark}]\n> > {say}",
        "> {line}\n> [!{mark}]\n> {say}",
        "[{mark}]\n{say}\n[/{mark}]",
        "[{mark}]\n## {say}\n[/{mark}]",
        "[{mark}] {say} [/{mark}]",
        "[{mark}]\n{line}\n\n- {say}\n\n## Delen\n{say}",
    ]
)
BY_TAG = st.sampled_from(
    [
        "{say} {tag}",
        "{line}\n{say}\n{line} {tag}",
        "- {say} {tag}",
        "- [ ] {say} {tag}",
        "- {line} {tag}\n  - {say}\n    - {say}",
        "- {line}\n  {say}\n\n  {line} {tag}",
        "1. {line}\n2. {say} {tag} #delen",
        "> {say} {tag}",
        "| wie | wat |\n|---|---|\n| Noor | {say} |\n| Willem | {line} {tag} |",
        "```\n{say}\n{line} {tag}\n```",
        "## {say} {tag}\n\n{say}",
        "{say} {tag}\n-----",
    ]
)
BY_COMMENT = st.sampled_from(
    [
        "{line} %%{say}%% {line}",
        "%%\n{say}\n%%",
        "%%\n{line}\n\n## Delen\n{say} #delen\n%%",
        "<!-- {say} -->",
        "{line}<!--\n\n{say}\n\n-->{line}",
        "## {line} %%{say}%%",
        "- {line} %%{say}%%",
        "<!-- geheim -->\n## {say}\n<!-- /geheim -->",
    ]
)
HIDDEN = st.one_of(
    st.builds(lambda form, mark, say, line: form.format(mark=mark, say=say, line=line), BY_MARK, MARK, SAY, LINE),
    st.builds(lambda form, tag, say, line: form.format(tag=tag, say=say, line=line), BY_TAG, TAG, SAY, LINE),
    st.builds(lambda form, say, line: form.format(say=say, line=line), BY_COMMENT, SAY, LINE),
)


def shown(text: str, pair: Pair, whom: Audience = Audience.PAIR) -> str:
    """All that a reading holds for an audience, as text: passages, titles, promises, questions, whatever is there."""
    path = "pairs/noor-willem/sessions/2026-03-12.md"
    reading = reader.read(note.read(text.encode(), path, dt.date(2026, 3, 12)), pair)
    cut: Readable = audience.cut([reading], whom)
    return msgspec.json.encode(cut).decode()


@settings(deadline=None, max_examples=150)
@given(BLOCKS, HIDDEN, BLOCKS, st.one_of(st.none(), BROKEN), st.booleans(), GAPS, GAPS)
def test_a_hidden_canary_is_in_nothing_that_the_pair_may_read(
    pair: Pair, before: list[str], hidden: str, after: list[str], broken: str | None, first: bool, gap: str, then: str
) -> None:
    if broken is not None:
        (before if first else after).append(broken)
    text = gap.join([*before, ""]) + "\n" + hidden + "\n\n" + then.join(after)
    assert CANARY not in shown(text, pair)


@settings(deadline=None, max_examples=40)
@given(BLOCKS, SAY, CLOSED, GAPS)
def test_nor_in_a_note_that_is_closed_as_a_whole(pair: Pair, blocks: list[str], say: str, level: str, gap: str) -> None:
    text = f"---\nlevel: {level}\n---\n" + gap.join([*blocks, say, *blocks])
    assert CANARY not in shown(text, pair)


@settings(deadline=None, max_examples=40)
@given(BLOCKS, LINE, st.sampled_from(["vertrouwelijk", "Between us", "pair"]))
def test_text_of_the_pair_is_in_nothing_for_wider_audiences(
    pair: Pair, blocks: list[str], line: str, mark: str
) -> None:
    text = f"## {mark}\n## {mark} {CANARY}\n{CANARY} {line}\n\nen dit {line} #delen\n\n" + "\n\n".join(blocks)
    assert CANARY not in shown(text, pair, Audience.PROGRAMME)
    assert CANARY not in shown(text, pair, Audience.ORGANISATION)


@pytest.mark.parametrize("say", [CANARY, f"Actie: Noor belt {CANARY}", f"Vraag: wat vindt Willem van {CANARY}?"])
def test_a_canary_that_is_not_hidden_is_seen(pair: Pair, say: str) -> None:
    assert CANARY in shown(f"# Sessie\n\n{say}\n", pair)
    assert CANARY in shown(f"## Vertrouwelijk\n\n{say}\n", pair)
    assert CANARY in shown(f"## Delen\n\n{say}\n", pair, Audience.PROGRAMME)
    assert CANARY in shown(f"## Privé\n\n{say}\n", pair, Audience.OWN)
    assert CANARY not in shown(f"## Geheim\n\n{say}\n", pair, Audience.OWN)
