"""How commands come by their model, and what people see of it meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

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


def show_request(desk: Desk, offline: bool, request: Callable[[Modelling], Outgoing | None]) -> None:
    """Print the bytes of the request that would be sent, and nothing else; raises Refused where it may not be sent."""
    from assistant.modelling import modelling

    model = None if offline else modelling(desk, _say)
    outgoing = request(model) if model is not None else None
    if outgoing is None:
        warn(["nothing would be sent: no [model] in prep.toml, --offline, or nothing that a model may read"])
        return
    sys.stdout.write(outgoing.body.decode("utf-8"))
    if sys.stdout.isatty():
        sys.stdout.write("\n")


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
