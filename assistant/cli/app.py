"""All commands put together."""

from __future__ import annotations

import typer

from assistant.cli import drafts, forget, handover, lists, mail, notes, privacy, questions, sent, setup, summaries
from assistant.cli.plain import PlainCommand, PlainGroup

app = typer.Typer(
    name="prep",
    cls=PlainGroup,
    help="Prepare the next session of a reverse-mentoring pair from its own notes. Works offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (drafts, questions, mail, handover, lists, notes, setup, privacy, forget, summaries, sent):
    module.register(app)
for command in app.registered_commands:
    command.cls = PlainCommand
