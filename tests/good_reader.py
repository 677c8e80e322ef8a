"""What a reader of notes answers, out of the request alone: words of a line, and what is to be said of them."""

from __future__ import annotations

import json
import re
from typing import Any

from good_model import prompt_of
from model_server import said
from werkzeug import Response

Finds = dict[str, list[dict[str, Any]]]
LISTS = ("promises", "threads", "beliefs", "questions")


def lines_of(request: dict[str, Any]) -> dict[str, str]:
    """The lines of a note and of what was open before it, by their keys."""
    return dict(re.findall(r"^([npt]\d+) \| (.*)$", prompt_of(request), re.MULTILINE))


def reads(request: dict[str, Any]) -> bool:
    """Is it a request to read a note?"""
    return "read the note of one of their talks" in prompt_of(request)


def answer(request: dict[str, Any], wanted: Finds) -> dict[str, Any]:
    """The wanted finds whose words stand in a line of the request; `id` names an earlier thing by its words."""
    lines = lines_of(request)
    found: dict[str, Any] = {name: [] for name in LISTS}
    if any(key[0] in "pt" for key in lines):
        found["earlier"] = []
    for name, finds in wanted.items():
        for find in finds if name in found else ():
            key = _key(lines, find["quote"], "n")
            more = {"id": _key(lines, find["id"], "pt")} if "id" in find else {}
            if key and ("id" not in find or more["id"]):
                found[name].append({**_EMPTY.get(name, {}), **find, **more, "line": key})
    return found


_EMPTY: dict[str, dict[str, Any]] = {
    "promises": {"owner": "unknown", "when": None},
    "beliefs": {"shown_line": None, "shown_quote": None},
}


def _key(lines: dict[str, str], words: str, kinds: str) -> str | None:
    return next((key for key, line in lines.items() if key[0] in kinds and words in line), None)


def reply(request: dict[str, Any], wanted: Finds) -> Response:
    """The answer as a server gives it."""
    return said(json.dumps(answer(request, wanted)), tokens=1500)
