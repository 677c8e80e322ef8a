"""All commands put together, or for those that are typed all day the few that start soonest."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import typer

from assistant.cli import drafts, lists
from assistant.cli.plain import PlainCommand, PlainGroup

QUICK = ("next-session", "search", "commitments", "beliefs", "pairs")  # what drafts and lists have


def app_for(words: Sequence[str]) -> typer.Typer:
    """The command line `prep` with, at least, the command that these words begin with."""
    return _app([drafts, lists] if words and words[0] in QUICK else _all())


def _all() -> list[ModuleType]:
    from assistant.cli import forget, handover, mail, notes, privacy, questions, sent, setup, summaries

    return [drafts, questions, mail, handover, lists, notes, setup, privacy, forget, summaries, sent]


def _app(modules: list[ModuleType]) -> typer.Typer:
    app = typer.Typer(
        name="prep",
        cls=PlainGroup,
        help="Prepare the next session of a reverse-mentoring pair from its own notes. Works offline.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for module in modules:
        module.register(app)
    for command in app.registered_commands:
        command.cls = PlainCommand
    return app
