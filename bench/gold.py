"""What becomes of a perfect reading: a server on this machine answers from gold.json as a good model would.

    python bench/gold.py FOLDER [--score "python path/to/score.py"] [--parts commitments,agenda,beliefs] [--misses]

FOLDER holds programmes with a gold.json beside each pair.toml, or is one. The server knows a request by its text alone:
it looks up which note stands in it, and quotes the lines that it was sent. Requests for drafts it declines, so that
the built-in writer words them. With --score that command counts what `prep` then finds, without --offline; else the
figures of bench/reading.py are told.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from msgspec import Struct

_LINE = re.compile(r"^(n\d+) \| (.*)$", re.MULTILINE)
_PROMISE = re.compile(r"^(p\d+) \| (\d{4}-\d\d-\d\d) \| (.*)$", re.MULTILINE)
_THREAD = re.compile(r"^(t\d+) \| (\d{4}-\d\d-\d\d) \| (.*)$", re.MULTILINE)
_WORD = re.compile(r"\[[A-Z]+-\w+\]|[^\W_]+")
_ENOUGH = 0.75  # of the words of a right answer must stand in a line, in their order


class Known(Struct, frozen=True):
    """A note with the right answers of its pair."""

    day: str
    words: frozenset[str]
    gold: dict[str, Any]


def words(text: str) -> list[str]:
    """The words of a text, a token as one."""
    return [match.group().casefold() for match in _WORD.finditer(text)]


def notes(folder: Path) -> list[Known]:
    """Every note of all programmes in a folder."""
    found = []
    for path in sorted(folder.rglob("gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for note in sorted((path.parent / "sessions").glob("*.md")):
            text = note.read_text(encoding="utf-8")
            found.append(Known(note.stem[:10], frozenset(words(text)), gold))
    return found


class Page:
    """The lines of a request, to find right answers in."""

    def __init__(self, prompt: str) -> None:
        self.lines = dict(_LINE.findall(prompt))

    def find(self, said: str | None) -> tuple[str, str] | None:
        """(key, words of that line) where an answer stands; None where it does not."""
        wanted = words(said or "")
        best: tuple[float, str, str] | None = None
        for key, line in self.lines.items():
            here = list(_WORD.finditer(line))
            blocks = SequenceMatcher(None, wanted, [m.group().casefold() for m in here], False).get_matching_blocks()
            share = sum(b.size for b in blocks) / (len(wanted) or 1)
            used = [b for b in blocks if b.size]
            if share >= _ENOUGH and (best is None or share > best[0]):
                start, last = here[used[0].b], here[used[-1].b + used[-1].size - 1]
                best = share, key, line[start.start() : last.end()]
        return best[1:] if best else None

    def when(self, key: str, quote: str, day: str, due: str) -> str | None:
        """The words near a quotation that tell a day, the fewest that do."""
        from assistant.notes import dates

        keys = list(self.lines)
        at = keys.index(key)
        made = dt.date.fromisoformat(day)
        for text in (quote, *(self.lines[k] for k in (key, *keys[at + 1 : at + 2], *keys[max(0, at - 1) : at]))):
            parts = [m.span() for m in _WORD.finditer(text)]
            for size in range(1, min(len(parts), 12) + 1):
                for first in range(len(parts) - size + 1):
                    said = text[parts[first][0] : parts[first + size - 1][1]]
                    if str(dates.due(said, made) or dates.due(f"by {said}", made)) == due:
                        return str(said)
        return None


def reading(prompt: str, known: list[Known]) -> dict[str, Any]:
    """What a good model answers to a request to read a note."""
    page = Page(prompt)
    asked = frozenset(words(" ".join(page.lines.values())))
    note = max(known, key=lambda k: (len(k.words & asked) / (len(k.words | asked) or 1), k.day in prompt))
    gold, day = note.gold, note.day
    answer: dict[str, Any] = {"promises": [], "threads": [], "beliefs": [], "questions": []}
    for g in (g for g in gold["commitments"] if g["made"] == day):
        if found := page.find(g["anchor"]):
            when = page.when(*found, day, g["due"]) if g.get("due") else None
            answer["promises"].append({**_place(found), "owner": g["owner"], "when": when})
    for g in (g for g in gold["threads"] if g["made"] == day):
        if found := page.find(g["anchor"]):
            answer["threads"].append(_place(found))
    for g in gold["beliefs"]:
        if found := page.find(g["belief"]):
            shown = page.find(g.get("reality"))
            key, quote = shown or (None, None)
            answer["beliefs"].append({**_place(found), "shown_line": key, "shown_quote": quote})
    answer["questions"] = [_place(found) for g in gold["asked"] if (found := page.find(g))]
    if earlier := [*_PROMISE.findall(prompt), *_THREAD.findall(prompt)]:
        answer["earlier"] = [fate for entry in earlier if (fate := _fate(entry, gold, page))]
    return answer


def _place(found: tuple[str, str]) -> dict[str, Any]:
    return {"line": found[0], "quote": found[1]}


def _fate(entry: tuple[str, str, str], gold: dict[str, Any], page: Page) -> dict[str, Any] | None:
    """What the note tells of an earlier promise or thread, None where it tells nothing."""
    key, made, text = entry
    if key.startswith("t"):
        if any(_share(g["anchor"], text) >= 0.6 for g in gold["threads"]):
            return None
        told = next((f for g in gold["resolved"] if _share(g, text) >= 0.3 and (f := page.find(g))), None)
        return {"id": key, "became": "settled", **_place(told)} if told else None
    made_then = [g for g in gold["commitments"] if g["made"] == made]
    same = max(made_then, key=lambda g: _share(g["anchor"], text), default=None)
    if same is None or _share(same["anchor"], text) < 0.6 or same["status"] == "open":
        return None
    found = page.find(same.get("closed_by"))
    return {"id": key, "became": same["status"], **_place(found)} if found else None


def _share(anchor: str, text: str) -> float:
    """How many of the words of a right answer stand in a text."""
    wanted = set(words(anchor))
    return len(wanted & set(words(text))) / (len(wanted) or 1)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server that answers from the right answers of a folder, for as long as it lasts."""
    known = notes(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = "\n".join(message["content"] for message in request["messages"])
            form = request.get("response_format", {}).get("json_schema", {}).get("name")
            reads = form == "prep_reading"
            message = {"role": "assistant", "content": json.dumps(reading(prompt, known)) if reads else ""}
            choice = {"index": 0, "message": message, "finish_reason": "stop" if reads else "content_filter"}
            body = json.dumps({"choices": [choice]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def modelled(folder: Path, home: Path, url: str) -> Path:
    """A copy of programmes that name the server as their model."""
    copy = Path(shutil.copytree(folder, home / "programmes", ignore=shutil.ignore_patterns(".prep")))
    for settings in copy.rglob("prep.toml"):
        with settings.open("a", encoding="utf-8") as file:
            file.write(f'\n[model]\nbase_url = "{url}"\nname = "gold"\n')
    return copy


def typed(words: list[str]) -> int:
    """`prep` with some words, and never --offline: a counter that asks for it would not see the model."""
    from assistant.cli import main as prep

    sys.argv = ["prep", *(word for word in words if word != "--offline")]
    return prep()


def main() -> int:
    if sys.argv[1:2] == ["prep"]:
        return typed(sys.argv[2:])
    told = argparse.ArgumentParser()
    told.add_argument("folder", type=Path)
    told.add_argument("--score")
    given, more = told.parse_known_args()
    script = Path(__file__).resolve()
    root = str(script.parents[1])
    paths = os.pathsep.join([root, *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    with tempfile.TemporaryDirectory() as home, serving(given.folder) as url:
        copy = modelled(given.folder, Path(home), url)
        if given.score:
            prep = shlex.join([sys.executable, str(script), "prep"])
            words = [*shlex.split(given.score), str(copy), "--prep", prep, *more]
        else:
            words = [sys.executable, str(script.parent / "reading.py"), str(copy), *more]
        return subprocess.run(words, env={**os.environ, "PYTHONPATH": paths}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
