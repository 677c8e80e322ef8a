"""The vocabulary of themes: what a session may be said to have been about, and nothing besides.

The built-in themes are corpus/themes/*.yaml; a programme adds its own under themes/, or replaces one by its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.errors import Unusable
from assistant.words import fold

MOST = 5


class Theme(Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """One theme: its name in each language and the words that point to it, as README.md of corpus/themes has it."""

    id: str
    nl: str
    en: str
    words: str

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The words, folded, each with a * for any ending."""
        return tuple(entry for word in self.words.split(",") if (entry := " ".join(fold(word).split())))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of the words in a folded text; a longer one before its beginning."""
        longest = sorted(self.entries, key=lambda entry: (-len(entry), entry))
        alternatives = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in longest)
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)")

    def name(self, language: str) -> str:
        """The name as it stands in a sentence."""
        return {"nl": self.nl, "en": self.en}[language]


def load(own: Path | None = None) -> tuple[Theme, ...]:
    """The built-in themes with those of a programme's folder; raises Unusable for a file that is off."""
    found: dict[str, Theme] = {}
    for folder in (resources.corpus() / "themes", own):
        for path in sorted(folder.glob("*.yaml")) if folder is not None and folder.is_dir() else ():
            found |= {theme.id: theme for theme in _read(path)}
    return tuple(theme for theme in found.values() if theme.entries)


def _read(path: Path) -> list[Theme]:
    import yaml

    try:
        values = resources.parsed(path.read_text(encoding="utf-8"))
        return msgspec.convert(values or [], list[Theme])
    except OSError as error:
        raise Unusable(f"{path}: cannot be read ({error.strerror}); check that it is yours to read") from None
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f"{path}:{line + 1}" if line is not None else str(path)
        raise Unusable(f"{where}: each theme needs id, nl, en and words, and nothing else; mend it") from None


def matched(themes: Sequence[Theme], sentences: Sequence[str], scope: Iterable[str]) -> list[Theme]:
    """The themes with enough evidence in the sentences of a session, strongest first, at most five.

    Enough are two sentences, two different words, or one beside the pair's own scope.
    """
    folded = [fold(sentence) for sentence in sentences]
    agreed = fold("\n".join(scope))
    strength: dict[str, float] = {}
    for theme in themes:
        words = [theme.pattern.findall(sentence) for sentence in folded]
        hits, different = sum(map(bool, words)), len({word for found in words for word in found})
        beside = bool(theme.pattern.search(agreed))
        if hits and (hits > 1 or different > 1 or beside):
            strength[theme.id] = hits + 0.5 * different + beside
    by_id: Mapping[str, Theme] = {theme.id: theme for theme in themes}
    return [by_id[id] for id in sorted(strength, key=lambda i: (-strength[i], i))[:MOST]]
