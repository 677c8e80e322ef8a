"""Words of the command line are taken as typer would take them, and what is wrong is told as typer tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
import typer

from assistant.cli import app as commands
from assistant.cli.plain import PlainCommand

TYPED = [
    ["one"],
    ["one", "two", "-n", "7", "--out", "x/../y.md", "--name", ""],
    ["één", "-n", "007", "--flag"],
    ["one", "-n", "+7"],
    ["one", "-n", "0"],
    ["one", "-n", "101"],
    ["one", "-n", "x"],
    ["one", "-n", "²"],
    ["one", "-n", "1.5"],
    ["one", "-n"],
    [],
]


def outcome(words: list[str], cls: type[PlainCommand] | None) -> object:
    given: list[object] = []
    app = typer.Typer(add_completion=False)

    @app.command("x", cls=cls)
    def _(
        words: Annotated[list[str], typer.Argument()],
        n: Annotated[int, typer.Option("-n", min=1, max=100)] = 5,
        out: Annotated[Path | None, typer.Option("--out")] = None,
        name: Annotated[str | None, typer.Option("--name")] = None,
        flag: Annotated[bool, typer.Option("--flag")] = False,
    ) -> None:
        given.extend([words, n, out, name, flag])

    try:
        app(words, standalone_mode=False)
    except Exception as error:  # noqa: BLE001  (typer's own Click has no name to import)
        return type(error).__name__, str(error)
    return given


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_words_are_taken_as_typer_takes_them(words: list[str]) -> None:
    assert outcome(words, PlainCommand) == outcome(words, None)


def test_what_starts_sooner_is_all_there_and_what_does_not_as_well() -> None:
    every = {command.name: command.callback for command in commands.app().registered_commands}
    for name, callback in every.items():
        few = {command.name: command.callback for command in commands.app(name).registered_commands}
        assert few[name] is callback
        assert few.items() <= every.items()
    assert {command.name for command in commands.app("unheard-of").registered_commands} == set(every)
