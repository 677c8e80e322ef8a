"""The list of places a draft cites, each under a short key: n for notes, g for guidance, p for the pair's profile."""

from __future__ import annotations

from assistant.records import Level, Rule, Source


class Book:
    """Gives every source one key, the same one each time."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self._keys: dict[Source, str] = {}
        self._counts = {"n": 0, "g": 0, "p": 0}

    def cite(self, source: Source) -> str:
        """The key of a source."""
        if source not in self._keys:
            letter = "p" if source.path.endswith("pair.toml") else "n" if source.date else "g"
            self._counts[letter] += 1
            key = f"{letter}{self._counts[letter]}"
            self._keys[source] = key
            self.sources[key] = source
        return self._keys[source]

    def cite_rule(self, rule: Rule) -> str:
        """The key of a rule of the built-in guidance."""
        return self.cite(Source(rule.path, rule.line, None, Level.ORGANISATION, rule.text))
