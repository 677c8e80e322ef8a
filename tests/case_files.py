"""The case files of tests/cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file, in its order."""
    import yaml

    found = yaml.safe_load((Path(__file__).parent / "cases" / name).read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def texts(name: str) -> list[str]:
    """The cases of a file that are no more than a text each."""
    import yaml

    found = yaml.safe_load((Path(__file__).parent / "cases" / name).read_text(encoding="utf-8"))
    assert all(isinstance(text, str) for text in found)
    return list(found)
