"""How commands come by their model, and what people see of it meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from assistant.cli import progress
from assistant.cli.common import warn
from assistant.errors import Refused, Unusable

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.modelling import Modelling
    from assistant.records import Outgoing


def model_of(desk: Desk) -> Modelling | None:
    """The model for a command, None for none; one that may not be used is a warning, since there is a writer besides."""
    if desk.offline or desk.folder.programme.model is None:
        return None
    from assistant.modelling import modelling

    try:
        return modelling(desk, _say, _progress)
    except (Refused, Unusable) as error:
        warn([f"{error} (the built-in writer is used)"])
        return None


def have_read(desk: Desk, ask: bool = True) -> Desk:
    """The desk with its notes read by the model of prep.toml too, if one is set that reads; not asking, as far as it did."""
    if desk.folder.programme.model is not None:
        from assistant.modelling import reader

        desk.read_by(reader(desk, _say, partial(progress.shown, "notes read by the model", 2), ask))
    return desk


def show_request(desk: Desk, offline: bool, request: Callable[[Modelling], Outgoing | None]) -> None:
    """Print the bytes of the request that would be sent, and nothing else; raises Refused where it may not be sent."""
    from assistant.modelling import modelling

    model = None if offline else modelling(desk, _say)
    outgoing = (_first_reading(desk) or request(model)) if model is not None else None
    if outgoing is None:
        warn(["nothing would be sent: no [model] in prep.toml, --offline, or nothing that a model may read"])
        return
    sys.stdout.write(outgoing.body.decode("utf-8"))
    if sys.stdout.isatty():
        sys.stdout.write("\n")


def _first_reading(desk: Desk) -> Outgoing | None:
    """The request that has the first unread note read, None where the model has read all that it is to read."""
    from assistant.modelling import next_reading

    unread = next_reading(desk, _say, partial(progress.shown, "notes"))
    if unread is None:
        return None
    more = f" and {unread[1] - 1} more" if unread[1] > 1 else ""
    _say(f"the model has a note{more} to read first, by this request; what is asked then depends on its answer")
    return unread[0]


def _say(text: str) -> None:
    _clear()
    print(f"prep: {text}", file=sys.stderr)


def _progress(size: int) -> None:
    """How much of the answer is in, on a terminal."""
    if sys.stderr.isatty():
        print(f"\rprep: the model is writing ({size // 1000} kB) ", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
