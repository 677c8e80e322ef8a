"""How far something long is, as a bar on stderr: on a terminal alone, and gone when it is done."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

_FEW = 100  # what is done in no time needs no bar
_WIDE = 24


@contextlib.contextmanager
def shown(what: str, few: int = _FEW) -> Iterator[Callable[[int, int], None]]:
    """Gives what to call with (done, whole); nothing is shown of a whole under `few`."""
    last = ""

    def told(done: int, whole: int) -> None:
        nonlocal last
        bar = f"\rprep: [{'#' * (_WIDE * done // whole):<{_WIDE}}] {100 * done // whole}% of {whole} {what} "
        if whole >= few and bar != last and sys.stderr.isatty():
            last = bar
            print(bar, end="", file=sys.stderr, flush=True)

    try:
        yield told
    finally:
        if last:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
