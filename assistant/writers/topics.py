"""What questions are to be about: which grounds touch it, and whether the pair talks about it at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.briefing import Brief
from assistant.notes.gist import of_thread
from assistant.phrases import QuestionPhrases
from assistant.records import Source
from assistant.words import stems
from assistant.writers.grounds import Ground, out_of_scope
from assistant.writers.wordlists import meaning


class Topic:
    """What was asked for. `words` is empty without a topic and for one that the pair agreed to leave alone."""

    def __init__(self, brief: Brief, phrases: QuestionPhrases, text: str | None) -> None:
        self._brief, self._phrases = brief, phrases
        self._text = text or ""
        self.banned = bool(text) and not out_of_scope(brief).isdisjoint(stems(self._text))
        self.words = frozenset() if self.banned else meaning(self._text)
        self.notice = phrases.notice("out_of_scope", topic=f"“{text}”", place=self._ban()) if self.banned else ""

    def touches(self, words: frozenset[str]) -> bool:
        """Do words touch the topic: in one word of it or, where it has several, in two or the longest?"""
        longest = max(self.words, key=len, default="")
        return len(self.words & words) >= min(2, len(self.words)) or longest in words

    def grounds(self, found: list[Ground], told: Sequence[Source]) -> list[Ground]:
        """Those of the grounds that touch the topic, lines of the notes that tell of it, and the topic by itself."""
        if not self._text or self.banned:
            return found
        about = [ground for ground in found if self.touches(ground.words)]
        cited = {(source.path, source.line) for ground in about for source in ground.sources}
        lines = [_line(source) for source in told if (source.path, source.line) not in cited]
        about += [ground for ground in lines if ground.weight]
        if not about:
            self.notice = self._phrases.notice("unknown", topic=f"“{self._text}”")
        why = "topic" if about else "topic_new"
        return [*about, Ground("interest", "topic", why, self._text, "whole", (), 1, 0.5)]

    def _ban(self) -> str:
        wishes = self._brief.pair.out_of_scope
        found = (wish for wish in wishes if not stems(wish.text).isdisjoint(stems(self._text)))
        return place_of(self._brief.pair.path, next(found, wishes[0]).line)


def _line(source: Source) -> Ground:
    gist = of_thread(source.quote)
    return Ground("line", "told", "seen", gist.text, gist.form, (source,), 1, gist.weight)


def place_of(path: str, line: int) -> str:
    """A place as people read it: the file's name and the line."""
    return f"{path.rsplit('/', 1)[-1]}:{line}"
