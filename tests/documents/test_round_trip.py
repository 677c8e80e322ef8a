"""A note that goes out as a Word document and comes back is the same note."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_notes import BLOCKS, GAPS

from assistant.documents import formats
from assistant.notes import note
from assistant.records import Level, Note, Passage
from assistant.render import word

DEMO = Path(__file__).resolve().parents[2] / "corpus" / "demo"


def _read(text: str) -> Note:
    return note.read(text.encode("utf-8"), "the note", dt.date(2026, 1, 1))


def _back(text: str) -> Note:
    document = formats.read(word.document(text, "nl"), "note.docx")
    assert not document.left_out
    return _read(document.text)


def _seen(p: Passage) -> tuple[object, ...]:
    lines = [" ".join(line.split()) for line in p.text.split("\n")]
    return p.level, p.section, p.kind, lines, p.depth, p.box, p.quoted


@pytest.mark.parametrize("pair", sorted(DEMO.glob("*/pairs/*")), ids=lambda path: path.name)
def test_the_notes_of_the_demo_lose_nothing_in_word(pair: Path) -> None:
    for path in sorted(pair.glob("sessions/*.md")):
        before = _read(path.read_text(encoding="utf-8"))
        after = _back(path.read_text(encoding="utf-8"))
        assert [*map(_seen, before.passages)] == [*map(_seen, after.passages)], path.name
        assert [*map(_seen, before.sealed)] == [*map(_seen, after.sealed)], path.name
        assert (before.date, before.minutes, before.status) == (after.date, after.minutes, after.status)


SHAPES = """---
minutes: 40
level: vertrouwelijk
---
# Sessie

Een *woord* en **nog een**,
op twee regels

1. eerst
2. dan
   - [ ] Noor: belt
     en schrijft
   - [x] Willem: kijkt

   nog iets bij het tweede
3. tot slot

> [!geheim]
> - dit
> - en dat

> [!delen]
> maar dit wel

## Acties #onder-ons

| wie | wat |
|---|---|
| Noor | belt \\| schrijft |

```
- [ ] geen actie
```

1) ander soort, zie blad[a1] en [b2]
%%
voor mezelf

- en een lijst
%%

- punt

  > citaat in een punt
"""


def test_every_shape_of_a_note_comes_back() -> None:
    before, after = _read(SHAPES), _back(SHAPES)
    assert [*map(_seen, before.passages)] == [*map(_seen, after.passages)]
    assert [*map(_seen, before.sealed)] == [*map(_seen, after.sealed)]
    assert before.minutes == after.minutes == 40


def _levels(read: Note) -> dict[str, Level]:
    """The most open level of each word of a note."""
    found: dict[str, Level] = {}
    for passage in (*read.passages, *read.sealed):
        for said in re.findall(r"\w+", passage.text):
            known = found.get(said)
            if known is None or passage.level.openness > known.openness:
                found[said] = passage.level
    return found


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, GAPS)
def test_no_word_of_a_note_is_lost_or_opened_in_word(blocks: list[str], gap: str) -> None:
    numbered = [re.sub(r"(?<=[ ])(Noor|Willem|Fatima)\b", rf"\1x{n}", block) for n, block in enumerate(blocks)]
    text = gap.join(numbered)
    if not text.strip():
        return
    before, after = _levels(_read(text)), _levels(_back(text))
    assert before.keys() == after.keys()
    assert all(after[said].openness <= level.openness for said, level in before.items())
