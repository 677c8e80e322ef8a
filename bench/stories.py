"""The short stories of corpus/reading/outcomes/stories.txt as notes with known answers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from msgspec import Struct
from people import EXAMPLE

from assistant.notes import note, reader
from assistant.records import Reading
from assistant.resources import corpus

_MADE, _LATER = dt.date(2026, 3, 12), dt.date(2026, 5, 14)
_OWNERS = {"m": "mentor", "e": "mentee", "b": "both"}
_LEAD = re.compile(r"^(?:[-–*]\s+)?(?:[A-Z]\w+:\s+)?")  # what is no part of a sentence: its bullet, and who speaks
_MARK = re.compile(r"\s*\{([meb]\d) (done|dropped)\}")


class Story(Struct):
    """Two notes, and the promises of the first with what the second says of them, as a gold.json has them."""

    readings: list[Reading]
    gold: list[dict[str, Any]]


def stories() -> list[Story]:
    """All stories of the file."""
    text = (corpus() / "reading" / "outcomes" / "stories.txt").read_text(encoding="utf-8")
    return [_story(part.strip()) for part in text.split("\n==\n")[1:]]


def _story(text: str) -> Story:
    made, later = text.split("\n--\n")
    gold = [
        {
            "anchor": line[line.index(" ") + 1 :],
            "owner": _OWNERS[line[0]],
            "made": str(_MADE),
            "due": None,
            "status": "open",
            "closed_by": None,
            "level": "pair",
            "key": line[:2],
        }
        for line in made.splitlines()
    ]
    for line in later.splitlines():
        for key, status in _MARK.findall(line):
            answer = next(g for g in gold if g["key"] == key)
            answer["status"], answer["closed_by"] = status, _LEAD.sub("", _MARK.sub("", line))
    plain = _MARK.sub("", later)
    return Story(
        [_read("\n\n".join(line[3:] for line in made.splitlines()), _MADE), _read(plain.replace("\n", "\n\n"), _LATER)],
        gold,
    )


def _read(text: str, day: dt.date) -> Reading:
    return reader.read(note.read(text.encode(), f"{day}.md", day), EXAMPLE)
