"""The command as people type it, in this process, and programmes to type it in."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.cli import main

DEMO = Path(__file__).resolve().parents[2] / "corpus" / "demo"
TODAY = ["--today", "2026-07-06"]


class Done(NamedTuple):
    """What a command left: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Prep = Callable[..., Done]


def typed(*words: object) -> Done:
    """Run `prep` with some words where no fixture of one test reaches, as in a fixture for many."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr(sys, "argv", ["prep", *map(str, words)])
        code = main()
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def _no_programme_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PREP_PROGRAMME", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def prep(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Prep:
    """Run `prep` with some words; `ok=False` where it is to fail."""

    def run(*words: object, ok: bool = True) -> Done:
        monkeypatch.setattr(sys, "argv", ["prep", *map(str, words)])
        capsys.readouterr()
        code = main()
        out, err = capsys.readouterr()
        assert not ok or code == 0, err
        return Done(code, out, err)

    return run


@pytest.fixture(params=["nl", "en"])
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A demo programme, in each language."""
    return Path(shutil.copytree(DEMO / request.param, tmp_path / "demo"))


PAIR = """language = "en"
cadence = "2 months"
minutes = 45
started = 2026-01-15
sessions = {sessions}
scope = ["AI tools on the floor", "how policy lands"]
[mentor]
name = "Noor van der Velde"
aliases = ["NvdV"]
learning = ["how a board decides"]
[mentee]
name = "Willem Achterberg"
aliases = ["WA"]
interests = ["digital tools in the branches"]
"""


class Programme(NamedTuple):
    """A programme of one pair, noor-willem, to fill with notes."""

    root: Path

    def note(self, day: str, text: str) -> Path:
        path = self.root / "pairs" / "noor-willem" / "sessions" / f"{day}.md"
        path.write_text(text, encoding="utf-8")
        return path

    def pair(self, **values: object) -> None:
        path = self.root / "pairs" / "noor-willem" / "pair.toml"
        path.write_text(PAIR.format(**{"sessions": 12, **values}), encoding="utf-8")


def made_at(root: Path) -> Programme:
    """An empty programme of that pair."""
    (root / "pairs" / "noor-willem" / "sessions").mkdir(parents=True)
    (root / "prep.toml").write_text('[programme]\nname = "Test"\nlanguage = "en"\n', encoding="utf-8")
    made = Programme(root)
    made.pair()
    return made


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programme:
    made = made_at(tmp_path / "programme")
    monkeypatch.chdir(made.root)
    return made
