"""A whole demo programme goes through the gate, and nobody of any of its rosters comes out."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.errors import Refused
from assistant.privacy import spotlight, tokens
from assistant.privacy.normal import folded
from assistant.programme.folder import Folder
from assistant.records import Audience, Endpoint, Level, Pair

AWAY = Endpoint("https://models.example/v1", "m")


def names(pair: Pair) -> set[str]:
    """The words of the names of a roster that are no everyday words."""
    people = (pair.mentor, pair.mentee, *pair.people)
    return {word for p in people for n in (p.name, *p.aliases) for word in folded(n).split() if len(word) > 4}


def test_every_note_passes_and_names_nobody(demo: Path) -> None:
    folder = Folder(demo)
    everybody = set().union(*(names(folder.pair(slug)) for slug in folder.slugs))
    for slug in folder.slugs:
        desk = Desk(folder, slug, dt.date(2026, 7, 6))
        gate = desk.gate(AWAY)
        open_text = [p for r in desk.readings for p in r.note.passages if gate.admits(p.level, Audience.PAIR)]
        assert {p.level for p in open_text} <= {Level.PAIR, Level.PROGRAMME, Level.ORGANISATION}
        told = spotlight.marked((f"n{i}", p.text) for i, p in enumerate(open_text))
        sealed = gate.seal({"model": "m", "messages": [{"role": "user", "content": told}]}, "agenda", Audience.PAIR)
        said = json.loads(sealed.body)["messages"][0]["content"]
        assert len(tokens.TOKEN.findall(said)) > 3
        assert not {word.strip(".,:;!?()") for word in folded(tokens.TOKEN.sub("", said)).split()} & everybody
        for closed in (p for r in desk.readings for p in r.note.passages if p not in open_text):
            with pytest.raises(Refused):
                gate.admit(closed.text, closed.level, Audience.PAIR)


def test_the_tokens_last(demo: Path) -> None:
    folder = Folder(demo)
    request: dict[str, object] = {"input": ["Volgens " + folder.pair(folder.slugs[0]).mentor.name]}
    first, second = (
        Desk(folder, folder.slugs[0], dt.date(2026, 7, 6)).gate(AWAY).seal(request, "x", Audience.PAIR).body
        for _ in "ab"
    )
    assert first == second
