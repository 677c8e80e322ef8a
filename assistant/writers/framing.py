"""A quotation and the question behind it as they are said aloud: "On 12 March you said: “...”. What ...?"

A quotation is always a sentence of its own or stands behind a colon, so that any words can stand there.
"""

from __future__ import annotations

import datetime as dt

from assistant.phrases import QuestionPhrases, fill
from assistant.writers.grounds import Ground


class Frames:
    """Words that go before quotations, another one each time while there are others."""

    def __init__(self, phrases: QuestionPhrases, today: dt.date, first: int = 0) -> None:
        self.phrases = phrases
        self._today = today
        self._first = first  # with which of the leads to begin
        self._turns: dict[str, int] = {}

    def framed(self, ground: Ground, question: str) -> str:
        """The whole of a question that stands on something."""
        dates = [source.date for source in ground.sources if source.date]
        parts = [self._lead(ground.lead, ground.quote, dates[0] if dates else None)]
        if ground.second:
            lead, quote = ground.second
            parts.append(self._lead(lead, quote, None))
        return " ".join([*parts, question])

    def undated(self, lead: str, quote: str, question: str) -> str:
        """A question behind a quotation whose date is told elsewhere."""
        options = self.phrases.undated.get(lead) or self.phrases.leads[lead]
        return f"{fill(self._turn(f'undated {lead}', options), quote=quoted(quote))} {question}"

    def _lead(self, lead: str, quote: str, date: dt.date | None) -> str:
        day = self.phrases.date(date, self._today) if date else ""
        words = quoted(quote, asks=lead == "asked")
        return fill(self._turn(lead, self.phrases.leads[lead]), quote=words, date=day)

    def _turn(self, name: str, options: list[str]) -> str:
        turn = self._turns.get(name, self._first)
        self._turns[name] = turn + 1
        return options[turn % len(options)]


def quoted(words: str, asks: bool = False) -> str:
    """Words in quotation marks, with the stop that a sentence needs; `asks` keeps the mark of a question.

    Without it a question is the matter that is quoted, so that one thing alone is asked.
    """
    if not asks:
        words = words.rstrip("?! ")
    return f"“{words}”" + ("" if words[-1:] in "?!…" else ".")
