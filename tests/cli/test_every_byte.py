"""Canaries in every place of a programme, every command run, every byte written and printed looked through."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.conftest import typed
from msgspec import Struct
from planted import Canary, plant

from assistant.cli.app import app_for
from assistant.files import decode
from assistant.privacy.normal import folded
from assistant.records import Audience, Level

READERS = {
    Audience.OWN: Level.OWN,
    Audience.PAIR: Level.CONFIDENTIAL,
    Audience.PROGRAMME: Level.PROGRAMME,
    Audience.ORGANISATION: Level.ORGANISATION,
}
APP = app_for([])
TODAY = ["--today", "2026-05-11"]


class Printed(Struct, frozen=True):
    """What a command printed, and the most closed level that may stand in it; None where no note text may."""

    words: str
    code: int
    out: str
    err: str
    least: Level | None


class World(Struct, frozen=True):
    """The programme after all commands, with what was in it before and what they printed."""

    root: Path
    own: list[Canary]
    others: list[Canary]
    before: dict[str, bytes]
    printed: list[Printed]


def files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("canaries")
    root = home / "programme"
    own, others = plant(root)
    before = files(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREP_PROGRAMME", str(root))
        patch.chdir(home)
        yield World(root, own, others, before, list(everything(home)))


def everything(home: Path) -> Iterator[Printed]:
    """Every command, for every audience; forget comes last and elsewhere, in test_forget.py."""
    pair = "noor-willem"
    (home / "open.md").write_text("De mentor en de mentee zagen elkaar op 4 mei.\n", "utf-8")
    (home / "note.md").write_text("Het ging over mails.\n", "utf-8")
    told: list[tuple[Level | None, list[object]]] = [
        (None, ["doctor", *TODAY]),
        (None, ["pairs", "--json", *TODAY]),
        (Level.CONFIDENTIAL, ["next-session", pair, *TODAY]),
        (Level.CONFIDENTIAL, ["next-session", pair, "--json", *TODAY]),
        (Level.OWN, ["next-session", pair, "--for", "own", *TODAY]),
        (Level.CONFIDENTIAL, ["next-session", pair, "--out", home / "agenda.html", *TODAY]),
        (Level.CONFIDENTIAL, ["questions", pair, "-n", "20", *TODAY]),
        (Level.CONFIDENTIAL, ["questions", pair, "mails", "--extra", "--json", *TODAY]),
        (Level.OWN, ["commitments", pair, "--all", *TODAY]),
        (Level.OWN, ["beliefs", pair, *TODAY]),
        (Level.OWN, ["search", pair, "trap stairs mails", "-n", "50", *TODAY]),
        (Level.OWN, ["commitments", "--due", *TODAY]),
        (Level.PAIR, ["followup", pair, *TODAY]),
        (Level.PAIR, ["followup", pair, "--from", "mentee", "--json", *TODAY]),
        (None, ["followup", pair, "--discreet", "--out", home / "mail.eml", *TODAY]),
        (Level.PAIR, ["handover", pair, "--propose", *TODAY]),
        (Level.PAIR, ["handover", pair, "--yes", "--json", *TODAY]),
        (None, ["sent"]),
        (None, ["check", home / "open.md", "--for", "programme"]),
        (None, ["check", home / "open.md", "--for", "organisation", "--json"]),
        (None, ["withdraw", pair, "s-00000000"]),
        (None, ["plan", pair, "2026-06-20"]),
        (None, ["invite", pair, "--out", home / "invite.ics", *TODAY]),
        (None, ["note", pair, home / "note.md", "--date", "2026-01-20"]),
        (None, ["init", home / "new"]),
        (None, ["pair", "add", "anna-bert", "--mentor", "Anna Aa", "--mentee", "Bert Bee"]),
        (None, ["demo", home / "demo"]),
        (None, ["forget", "nobody", "--yes"]),
    ]
    for audience, least in READERS.items():
        for day in ("2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-03-12", "2026-05-04"):
            told.append((least, ["summarise", pair, day, "--for", audience.value, "--json", *TODAY]))
        told.append((least, ["summarise", pair, "2026-05-04", "--for", audience.value, *TODAY]))
        told.append(
            (least, ["summarize", pair, "--for", audience.value, "--out", home / f"{audience.value}.md", *TODAY])
        )
    for words in (words for _, words in told):
        assert words[0] in {c.name for c in APP.registered_commands} | {g.name for g in APP.registered_groups}
    for least_told, words in told:
        yield Printed(" ".join(map(str, words)), *typed(*words), least_told)
    yield from released(pair)
    yield from corrected(pair)
    names = {c.name for c in APP.registered_commands} | {g.name for g in APP.registered_groups}
    assert names == {str(words[0]) for _, words in told}


def released(pair: str) -> Iterator[Printed]:
    """Proposals, one of them accepted, and a line of the release taken back."""
    for audience in (Audience.PROGRAMME, Audience.ORGANISATION):
        asked = ["summarise", pair, "2026-05-04", "--for", audience.value, *TODAY]
        offered = typed(*asked, "--propose", "--json")
        yield Printed("propose", *offered, Level.PAIR)
        id = next(p["id"] for p in json.loads(offered[1])["proposals"] if "lijst" in p["text"])
        done = typed(*asked, "--accept", id, "--by", "Noor", "--json")
        assert done[0] == 0
        yield Printed("accept", *done, READERS[audience])
    yield Printed("withdraw", *typed("withdraw", pair, id, "--by", "Noor", *TODAY), None)


def corrected(pair: str) -> Iterator[Printed]:
    """Every promise corrected, so that its words go to corrections.md, and told again."""
    found = json.loads(typed("commitments", pair, "--json", *TODAY)[1])["commitments"]
    for promise in found:
        yield Printed("--done", *typed("commitments", pair, "--done", promise["id"], *TODAY), Level.OWN)
    yield Printed("again", *typed("next-session", pair, *TODAY), Level.CONFIDENTIAL)


# --- looking ----------------------------------------------------------------------------------------------------------


def text_of(raw: bytes) -> str:
    """All text in a file, folded: escapes undone, and every cell of a database beside its bytes."""
    text = decode(raw)[0]
    if raw.startswith(b"SQLite format 3"):
        database = sqlite3.connect(":memory:")
        database.deserialize(raw)
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            with contextlib.suppress(sqlite3.Error):
                text += "\n".join(str(row) for row in database.execute(f'SELECT * FROM "{table}"'))
    return folded(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text))


def seen(text: str, canary: Canary, phrase: bool = False) -> bool:
    """Is the canary in a folded text: its made-up word, or its noun (or, where any word may be, that in its phrase)?"""
    if (canary.told and canary.token in text) or canary.phrase in text:
        return True
    return not phrase and canary.noun in text and re.search(rf"\b{canary.noun}\b", text) is not None


def may_hold(path: str) -> Level | None:
    """The most closed level that a file of a pair may hold, None where it may hold no note text at all."""
    if "/drafts/" in path or path.endswith("story-pair.json"):
        return Level.CONFIDENTIAL
    if "-pair." in path and "/released/" in path:  # what the pair hands on to a new mentor
        return Level.PAIR
    if "/released/" in path:
        return Level.ORGANISATION if "organisation" in path else Level.PROGRAMME
    if path.endswith("corrections.md") or path.startswith(".prep/pairs/noor-willem/"):
        return Level.OWN
    return None


def test_the_notes_are_as_they_were(world: World) -> None:
    after = files(world.root)
    assert {path: after[path] for path in world.before} == world.before


def test_no_file_holds_what_is_closed_to_its_readers(world: World) -> None:
    leaked = []
    for path, raw in files(world.root).items():
        if path in world.before:
            continue
        least, text = may_hold(path), text_of(raw)
        closed = [c for c in world.own if least is None or c.level.openness < least.openness]
        closed += [] if "iris-bart" in path else world.others
        built_in = path.startswith((".prep/guidance", ".prep/words", ".prep/craft"))
        leaked += [(path, canary) for canary in closed if seen(text, canary, built_in)]
    assert leaked == []


def test_no_command_prints_what_is_closed_to_its_readers(world: World) -> None:
    leaked = []
    for done in world.printed:
        out, err = folded(done.out), folded(done.err)
        closed = [c for c in world.own if done.least is None or c.level.openness < done.least.openness]
        leaked += [(done.words, canary) for canary in [*closed, *world.others] if seen(out, canary)]
        leaked += [(done.words, canary) for canary in [*world.own, *world.others] if seen(err, canary)]
    assert leaked == []


def test_nor_does_a_file_written_elsewhere(world: World) -> None:
    home = world.root.parent
    written = {"agenda.html": Level.CONFIDENTIAL} | {f"{a.value}.md": least for a, least in READERS.items()}
    for name, least in written.items():
        text = folded((home / name).read_text("utf-8"))
        closed = [c for c in world.own if c.level.openness < least.openness]
        assert [c for c in [*closed, *world.others] if seen(text, c)] == [], name


def test_what_is_open_arrives(world: World) -> None:
    """Else all the rest would hold of a programme that tells nothing."""
    out: dict[str, str] = {}
    for done in world.printed:
        out[done.words.split()[0]] = out.get(done.words.split()[0], "") + folded(done.out)

    def told(level: Level, text: str) -> float:
        found = [seen(text, canary) for canary in world.own if canary.level is level]
        return sum(found) / len(found)

    for level in (Level.OWN, Level.CONFIDENTIAL, Level.PAIR):
        assert told(level, out["search"]) > 0.8, level
    assert told(Level.OWN, out["commitments"]) > 0.2
    assert told(Level.CONFIDENTIAL, out["next-session"]) > 0
    beyond = {a: folded((world.root.parent / f"{a.value}.md").read_text("utf-8")) for a in READERS}
    assert told(Level.ORGANISATION, beyond[Audience.ORGANISATION]) > 0.5
    assert told(Level.PROGRAMME, beyond[Audience.PROGRAMME]) > 0.5
    texts = {path: text_of(raw) for path, raw in files(world.root).items() if path not in world.before}
    released = "".join(text for path, text in texts.items() if "/released/" in path)
    assert told(Level.ORGANISATION, released) > 0.5
    assert told(Level.CONFIDENTIAL, "".join(text for path, text in texts.items() if "/drafts/" in path)) > 0
    assert told(Level.OWN, texts[".prep/pairs/noor-willem/readings.json"]) == 1


@pytest.mark.parametrize("canary", [0, 1])
def test_the_search_itself_sees_a_canary(world: World, canary: int) -> None:
    planted = world.own[canary]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (a TEXT)")
    database.execute("INSERT INTO t VALUES (?)", [planted.phrase.upper()])
    database.commit()
    assert seen(text_of(database.serialize()), planted)
    assert seen(text_of(json.dumps({"é": planted.token}).encode()), planted)
