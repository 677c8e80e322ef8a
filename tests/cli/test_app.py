"""The commands put together: one module of them for a command that is known, all of them otherwise."""

from __future__ import annotations

import pytest
import typer

from assistant.cli.app import app

ALL = 21


def names(made: typer.Typer) -> set[str | None]:
    return {c.name for c in made.registered_commands} | {g.name for g in made.registered_groups}


def test_without_a_command_that_is_known_all_of_them_are_there() -> None:
    assert len(names(app())) == len(names(app("nonsense"))) == len(names(app("--help"))) == ALL


@pytest.mark.parametrize("command", sorted(map(str, names(app()))))
def test_every_command_is_there_when_it_is_asked_for_and_most_others_are_not(command: str) -> None:
    assert command in names(app(command))
    assert len(names(app(command))) <= 4
