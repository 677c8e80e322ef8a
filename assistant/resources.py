"""Where the built-in data lie: corpus/ and prompts/, beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_DATA = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent


def corpus() -> Path:
    """The folder of guidance, questions, word lists and the demo programmes."""
    return _DATA / "corpus"


def prompts() -> Path:
    """The folder of everything that prep itself says, per language."""
    return _DATA / "prompts"
