"""Text that was cut, said without names or audited is of a type of its own: privacy/ makes it, mypy refuses the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant

ROOT = Path(assistant.__file__).parent
TYPES = {"Readable", "Shareable", "Masked", "Audited", "Mailable", "Outgoing"}

PROGRAM = """
import datetime as dt
from assistant import briefing
from assistant.notes import answers, story
from assistant.privacy import audience, shareable, sharing
from assistant.privacy.audit import Guard
from assistant.privacy.proposals import Proposed
from assistant.privacy.rewrite import Rewriter, Source
from assistant.programme import released
from assistant.programme.folder import Folder
from assistant.records import Audience, Audited, Facts, Masked, Note, Pair, Passage, Readable, Reading, Shareable
from assistant.writers.summary import Material

def right(
    note: Note, reading: Reading, pair: Pair, day: dt.date, guard: Guard, rewriter: Rewriter, said: Source,
    folder: Folder, facts: Facts,
) -> None:
    readable = audience.cut([reading], Audience.PAIR)
    story.tell(readable, day)
    answers.answers(readable, pair, day)
    masked: Masked = rewriter.said(said)
    passed: Audited | None = guard.passed(masked)
    if passed is not None:
        Material(Audience.PROGRAMME, facts, (), (passed,))
        released.release(folder, pair.slug, Audience.PROGRAMME, day, passed, (), "Noor", day)
    shared: Shareable = shareable.shareable([reading], Audience.PROGRAMME)
    sharing.marked(shared, note.path, rewriter, guard, "nl", ())

def wrong(
    note: Note, passage: Passage, reading: Reading, pair: Pair, day: dt.date, guard: Guard, rewriter: Rewriter,
    said: Source, folder: Folder, facts: Facts, text: str, readable: Readable, shared: Shareable, masked: Masked,
) -> None:
    story.tell((reading,), day)  # refused
    story.tell(note, day)  # refused
    story.tell(shared, day)  # refused
    answers.answers((reading,), pair, day)  # refused
    briefing.told("topic", (reading,), day, lambda query: [])  # refused
    Material(Audience.PROGRAMME, facts, (), (text,))  # refused
    Material(Audience.PROGRAMME, facts, (), (passage.text,))  # refused
    Material(Audience.PROGRAMME, facts, (), (passage,))  # refused
    Material(Audience.PROGRAMME, facts, (), (masked,))  # refused
    Material(Audience.PROGRAMME, facts, (), (), (text,))  # refused
    released.release(folder, pair.slug, Audience.PROGRAMME, day, text, (), "Noor", day)  # refused
    released.release(folder, pair.slug, Audience.PROGRAMME, day, masked, (), "Noor", day)  # refused
    sharing.marked(readable, note.path, rewriter, guard, "nl", ())  # refused
    sharing.marked((reading,), note.path, rewriter, guard, "nl", ())  # refused
    Proposed("p-1", text, said)  # refused
    whole: Audited = text  # refused
    cut: Readable = (reading,)  # refused
    told: Masked = passage.text  # refused
    told = text.upper()  # refused
    whole = guard.passed(text)  # refused
"""


def test_mypy_refuses_text_that_did_not_go_through_privacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mypy import api

    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    monkeypatch.chdir(ROOT.parent)
    words = ["--strict", "--follow-imports=silent", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    out, err, _ = api.run([*words, "--config-file", str(ROOT.parent / "pyproject.toml"), str(program)])
    assert err == ""
    lines = program.read_text("utf-8").splitlines()
    found = {int(number) for number in re.findall(r"program\.py:(\d+): error: ", out)}
    assert {lines[n - 1].strip() for n in found} == {line.strip() for line in lines if line.endswith("# refused")}


# --- and none is made elsewhere ---------------------------------------------------------------------------------------


def uses(tree: ast.AST) -> Iterator[str]:
    """The names of these types where they are more than a note on what something is: called, cast to, renamed."""
    noted = {id(part) for node in ast.walk(tree) for note in _notes(node) for part in ast.walk(note)}
    for node in ast.walk(tree):
        if id(node) in noted:
            continue
        if isinstance(node, ast.alias) and node.asname and node.name in TYPES:
            yield node.name
        elif isinstance(node, ast.Name) and node.id in TYPES:
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr in TYPES:
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from TYPES.intersection([node.value])


def _notes(node: ast.AST) -> Iterator[ast.expr]:
    """The annotations of a function or a variable."""
    for note in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        if isinstance(note, ast.expr):
            yield note


@pytest.mark.parametrize(
    "line",
    [
        "Audited(text)",
        "records.Audited(text)",
        "cast(Audited, text)",
        "typing.cast('Audited', text)",
        "make = Audited",
        "from assistant.records import Audited as Text",
        "told: Audited = Audited(text)",
        "msgspec.convert(text, Audited)",
        "list(map(Audited, texts))",
    ],
)
def test_each_way_to_make_one_is_seen(line: str) -> None:
    assert list(uses(ast.parse(line))) == ["Audited"]


def test_a_note_on_what_something_is_makes_none() -> None:
    assert (
        list(uses(ast.parse("from records import Audited\ndef f(a: Audited) -> tuple[Audited, ...]:\n b: Audited")))
        == []
    )


def test_only_privacy_makes_text_of_these_types() -> None:
    made: dict[str, set[str]] = {name: set() for name in TYPES}
    for path in ROOT.rglob("*.py"):
        for name in uses(ast.parse(path.read_text("utf-8"))):
            made[name].add(path.relative_to(ROOT).parts[0])
    assert {name: rooms - {"records.py"} for name, rooms in made.items()} == {name: {"privacy"} for name in TYPES}


def test_no_check_of_types_is_switched_off_where_text_travels() -> None:
    excused = re.compile(r"type: ignore|\bcast\(|: Any\b")
    for room in (
        "sharing.py",
        "programme/released.py",
        "writers/summary.py",
        "privacy/sharing.py",
        "privacy/proposals.py",
    ):
        assert excused.findall((ROOT / room).read_text("utf-8")) == [], room
