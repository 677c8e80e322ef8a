"""Where the built-in data lie: corpus/ and prompts/, beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_DATA = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent


def corpus() -> Path:
    """The folder of guidance, questions, word lists and the demo programmes."""
    return _DATA / "corpus"


def prompts() -> Path:
    """The folder of everything that prep itself says, per language."""
    return _DATA / "prompts"


def parsed(text: str) -> Any:
    """What a YAML text holds, by the quicker of the two safe loaders; raises yaml.YAMLError."""
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
