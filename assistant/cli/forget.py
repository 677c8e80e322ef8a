"""`prep forget`: erase a pair for good, and say what can be said of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import ProgrammeOption
from assistant.errors import Usage
from assistant.programme import folder as programmes

if TYPE_CHECKING:
    from assistant.forgetting import Belongings, Forgotten


def register(app: typer.Typer) -> None:
    app.command("forget")(forget)


def forget(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="The pair; it must be named.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    leave: Annotated[
        list[Path] | None,
        typer.Option(
            "--leave", metavar="FILE", help="This file may keep what it shares with the pair; may be repeated."
        ),
    ] = None,
    programme: ProgrammeOption = None,
) -> None:
    """Erase a pair for good: notes, drafts, releases and all that is derived from them. There is no way back."""
    from assistant.forgetting import Eraser

    folder = programmes.find(programme)
    eraser = Eraser(folder, pair)
    stays = [_inside(path, folder.root) for path in leave or []]
    if not yes:
        _ask(pair, eraser.belongings())
    for line in _statement(pair, eraser.forget(stays), folder.root):
        print(line)


def _inside(path: Path, root: Path) -> str:
    """A path as typed, from here or from the programme, relative to the programme."""
    for base in (Path.cwd(), root):
        whole = Path(os.path.abspath(base / path))  # noqa: PTH100  (a link stays a link)
        if whole.exists() and whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
    raise Usage(f"--leave {path}: there is no such file in this programme")


def _ask(pair: str, there: Belongings) -> None:
    """Go on only if the name is typed; raises Usage otherwise."""
    if not sys.stdin.isatty():
        raise Usage(
            f"`prep forget` erases for good and asks first; to do it unasked, add --yes: `prep forget {pair} --yes`"
        )
    kinds = {
        "notes": there.notes,
        "drafts": there.drafts,
        "released texts": there.released,
        "settings and other files": there.other,
        "derived files": there.derived,
    }
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    print(f"This erases {pair} for good: {counted}.", file=sys.stderr)
    print(f"Type {pair} to go on: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != pair:
        raise Usage("that is another name, so nothing was erased")


def _statement(pair: str, done: Forgotten, root: Path) -> list[str]:
    """What was searched, and what this command cannot reach."""
    wanted = "no sequence of seven words of its notes, no telling one of five" + (
        ", and no full name that was its alone" if done.names else ""
    )
    size = f"{done.size / 1e6:.1f} MB" if done.size >= 50_000 else f"{done.size / 1e3:.1f} kB"
    lines = [
        f"{pair} is forgotten. Erased: {_files(done.erased)}.",
        f"Searched: {_files(done.scanned)} ({size}), all that is left under {root}"
        + (" but .git" if done.git == root else "")
        + f". There is {wanted} in any of them.",
    ]
    if not done.names:
        lines.append("Its names were not searched for, since pair.toml could not be read.")
    if done.opaque:
        lines.append(f"In these not all text can be seen, so look yourself: {_listed(done.opaque)}.")
    if done.left:
        lines.append(f"Left as they are, as you said: {_listed(done.left)}.")
    if done.struck:
        lines.append(f"{done.struck} lines of ledger.jsonl named the pair and were taken out; its chain shows the gap.")
    return [*lines, "", "Out of reach of this command:", *(f"- {line}" for line in _out_of_reach(done))]


def _out_of_reach(done: Forgotten) -> list[str]:
    found = [
        "what went out: mails, prints, files written with --out elsewhere, texts handed to others",
        "backups and snapshots of this disk, and what a disk keeps of deleted files until it needs the room",
        "what your terminal and your shell remember",
    ]
    if done.links:
        found.insert(0, f"what these links in its folder pointed to: {_listed(done.links)}")
    if done.git:
        found.insert(0, f"the history of the git repository {done.git}, and every clone of it")
    if done.synced:
        found.insert(0, "copies and older versions at the cloud service that this folder is synchronised with")
    if done.sent:
        found.append("what was sent to a model service: `prep sent` shows when and to which host")
    return found


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _listed(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:8]) + (f" and {len(paths) - 8} more" if len(paths) > 8 else "")
