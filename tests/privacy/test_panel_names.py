"""Every mentor of a panel, however written, is one pseudonym, and stands in the roster that texts are judged by."""

from __future__ import annotations

from pathlib import Path

import pytest
from panel import copied

from assistant.privacy.audit import Rosters
from assistant.privacy.pseudonyms import Pseudonyms

WRITTEN = {
    "Noor van der Velde": ["Noor", "Noor van der Velde", "Van der Velde", "NvdV", "noor@example.org"],
    "Sam Daalder": ["Sam", "Sam Daalder", "Daalder", "SD"],
    "Ilse Brouwer": ["Ilse", "Ilse Brouwer", "mevrouw Brouwer", "IB", "ilse@example.org"],
}


def test_each_mentor_is_one_pseudonym_in_every_spelling(tmp_path: Path) -> None:
    folder = copied("nl", tmp_path / "p")
    pseudonyms = Pseudonyms(b"k" * 32, [folder.pair("panel-willem")])
    seen: dict[str, set[str]] = {}
    for name, spellings in WRITTEN.items():
        for spelling in spellings:
            covered = pseudonyms.cover(f"Gisteren stuurde {spelling} een lijst.")
            assert spelling.split()[-1] not in covered.text, spelling
            if "@" not in spelling:
                seen.setdefault(name, set()).add(covered.text[covered.text.index("[") : covered.text.index("]") + 1])
    assert all(len(tokens) == 1 for tokens in seen.values()), seen
    assert len(set.union(*seen.values())) == 3


@pytest.mark.parametrize("spelling", [s for spellings in WRITTEN.values() for s in spellings])
def test_each_spelling_is_a_person_of_the_roster(tmp_path: Path, spelling: str) -> None:
    folder = copied("nl", tmp_path / "p")
    rosters = Rosters([folder.pair("panel-willem")])
    found = rosters.seen(f"Gisteren stuurde {spelling} een lijst.").identified
    assert {"person", "contact"} & {span.kind for span, _ in found}
