"""Words of the command line that are what they should be as they stand, taken without pydantic, which typer would import.

That import is a third of the start of a quick command. Whatever is not plain goes typer's own way, errors included.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

_NOT = object()


class PlainCommand(TyperCommand):
    """A command whose parameters are first tried as they were typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _lighten(self.get_params(ctx))
        return super().parse_args(ctx, args)


class PlainGroup(TyperGroup):
    """The same for what stands before the name of a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _lighten(self.get_params(ctx))
        return super().parse_args(ctx, args)


def _lighten(params: Iterable[Any]) -> None:
    for param in params:
        own = getattr(param, "get_runtime_param", None)
        if own is not None:  # another typer may do without
            param.get_runtime_param = partial(_Plain, own)


class _Plain:
    """Stands for what typer makes of a parameter; `own` makes it."""

    def __init__(self, own: Any) -> None:
        self._own = own

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        many = param.multiple or param.nargs == -1
        found = _words(value) if many else _one(value, param.type_descriptor)
        return self._own().coerce(value, param=param, ctx=ctx) if found is _NOT else found


def _words(value: Any) -> Any:
    """A list of words as typed; all the lists that there are hold words."""
    if value is None:
        return ()
    plain = isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value)
    return list(value) if plain else _NOT


def _one(value: Any, kind: Any) -> Any:
    if value is None or (kind.annotation is str and isinstance(value, str)):
        return value
    if kind.annotation is Path and isinstance(value, str):
        return Path(value)
    if kind.annotation is int and str(value).isdecimal() and str(value).isascii():
        return _within(int(value), kind.parameter_info)
    return _NOT


def _within(number: int, info: Any) -> Any:
    fits = (info.min is None or number >= info.min) and (info.max is None or number <= info.max)
    return number if fits else _NOT
