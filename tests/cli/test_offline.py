"""The offline promise: no command opens a socket unless prep.toml names an endpoint; and nothing heavy is loaded."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cli.conftest import TODAY, Prep, Programme

from assistant.cli.app import app_for

APP = app_for([])
NOTE = "Willem thinks all branches use the tools.\n\n- [ ] Willem: sit at the counter, by 1 May\n"


def test_every_command_runs_with_sockets_refused(
    prep: Prep, programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NOTE.encode()), encoding="utf-8"))
    (tmp_path / "text.md").write_text("The two met and will meet again.\n", encoding="utf-8")
    runs: dict[str, list[object]] = {
        "note": ["note", "--date", "2026-03-10"],
        "plan": ["plan", "2026-08-01"],
        "next-session": ["next-session", *TODAY],
        "questions": ["questions", *TODAY],
        "followup": ["followup", *TODAY],
        "handover": ["handover", "--propose", *TODAY],
        "invite": ["invite", "--out", tmp_path / "x.ics", *TODAY],
        "commitments": ["commitments", *TODAY],
        "beliefs": ["beliefs", *TODAY],
        "check": ["check", tmp_path / "text.md", "--for", "programme"],
        "summarise": ["summarise", "--for", "programme", *TODAY],
        "summarize": ["summarize", "--for", "pair", *TODAY],
        "withdraw": ["withdraw", "r-000000"],  # there is no such line, and that is told without a network too
        "search": ["search", "tools in the branches"],
        "pairs": ["pairs", *TODAY],
        "sent": ["sent"],
        "doctor": ["doctor", *TODAY],
        "demo": ["demo", tmp_path / "d"],
        "init": ["init", tmp_path / "i"],
        "forget": ["forget", "noor-willem", "--yes"],
        "pair": ["pair", "add", "anna-bert", "--mentor", "Anna Aa", "--mentee", "Bert Bee"],
    }
    names = {c.name or "" for c in APP.registered_commands} | {g.name or "" for g in APP.registered_groups}
    assert names == runs.keys()
    for name, words in runs.items():
        prep(*words, ok=name != "withdraw")


HEAVY = {
    "chromadb",
    "openai",
    "langchain_text_splitters",
    "langchain_core",
    "numpy",
    "markdown_it",
    "jinja2",
    "syntok",
    "pydantic",
}


@pytest.mark.parametrize(
    ("words", "also"),
    [
        (["--help"], {"rich", "yaml", "sqlite3"}),
        (["next-session", "--json", "--no-save", *TODAY], {"rich", "filelock"}),
    ],
)
def test_nothing_heavy_is_loaded(prep: Prep, programme: Programme, words: list[str], also: set[str]) -> None:
    programme.note("2026-03-10", NOTE)
    prep("next-session", "--no-save", *TODAY)  # the index is up to date
    code = (
        "import sys, json\nfrom assistant.cli import main\nsys.argv = ['prep', *sys.argv[1:]]\nmain()\n"
        "print('\\n' + json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    env = {**os.environ, "PREP_PROGRAMME": str(programme.root)}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, check=True)
    loaded = set(json.loads(done.stdout.strip().split("\n")[-1]))
    assert not loaded & (HEAVY | also)
