"""Which words of a passage answer the words of a question, to show them."""

from __future__ import annotations

import re

from assistant.retrieval.ranking import Question
from assistant.retrieval.terms import bare, stems
from assistant.words import stem, stop_words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LIKELY = 0.4  # words that share a translation with one of the question's count in a score, but would puzzle here
_PART = 5  # letters of the shortest part of a compound


def matched(text: str, question: Question) -> tuple[str, ...]:
    """The words of a text, as they stand there, that are a word of the question, a form of one or a likely meaning."""
    asked = {word for _, word, weight in question.variants if weight >= _LIKELY}
    known = {s for word in asked for s in (*stems(word), stem(word))}
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if _answers(bare(word), asked, known)))


def _answers(word: str, asked: set[str], known: set[str]) -> bool:
    if word in asked:
        return True
    if word in stop_words() or len(word) < 3:
        return False
    compound = any(a in word for a in asked if len(a) >= _PART) or (
        len(word) >= _PART and any(word in a for a in asked)
    )
    return compound or not known.isdisjoint((*stems(word), stem(word)))
