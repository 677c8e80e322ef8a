"""All commands put together, or the one that is asked for: to put all together takes longer than to run some of them."""

from __future__ import annotations

import importlib

import typer

from assistant.cli.plain import PlainCommand, PlainGroup

_COMMANDS = {
    "drafts": ("next-session",),
    "questions": ("questions",),
    "mail": ("followup", "invite"),
    "handover": ("handover",),
    "lists": ("commitments", "beliefs", "search", "pairs"),
    "notes": ("note", "plan"),
    "setup": ("demo", "init", "pair", "doctor"),
    "privacy": ("check",),
    "forget": ("forget",),
    "summaries": ("summarise", "summarize", "withdraw"),
    "sent": ("sent",),
}  # by the module that registers them, in the order of the help


def app(command: str | None = None) -> typer.Typer:
    """The commands of the module that has this one; all of them where none has."""
    made = typer.Typer(
        name="prep",
        cls=PlainGroup,
        help="Prepare the next session of a reverse-mentoring pair from its own notes. Works offline.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    made.callback()(_group)
    for name in [name for name, commands in _COMMANDS.items() if command in commands] or _COMMANDS:
        importlib.import_module(f"assistant.cli.{name}").register(made)
    for command_made in made.registered_commands:
        command_made.cls = PlainCommand
    return made


def _group() -> None:
    """Makes typer take even a single command by its name."""
