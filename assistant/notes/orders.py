"""Sentences in a note that speak to a machine, such as a pasted mail that wants an assistant to list salaries.

They are text like any other for search, and nothing is ever drafted from them. What holds is that a writer obeys no
source at all; this only keeps the nonsense off the page.
"""

from __future__ import annotations

import re

from assistant.notes.marks import plain

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|negeer|vergeet|sla)\b[^.!?\n]{0,40}\b(?:rules?|instructions?|prompts?|guardrails"
    r"|restrictions|regels?|instructies?|opdrachten|voorschriften)\b"
    r"|\b(?:to|for|aan|voor)\s+(?:any|the|all|de|het|elke|alle|een)?\s*"
    r"(?:ai|llm|chatbot|language model|taalmodel|assistants?|assistent)\b"
    r"[^.!?\n]{0,60}(?::|\breading\b|\bdie dit\b|\bwho\b)"
    r"|\b(?:ai|llm)[\s-]?(?:assistants?|assistent|model|agent)\b\s*[:,]"
    r"|^\W*(?:system|assistant|systeem|assistent)\s*(?:note|prompt|message|bericht|opdracht)?\s*:"
    r"|\bsystem (?:note|prompt|message)\b|\bsysteemprompt\b|\b(?:you are|je bent) (?:now|nu) (?:a|an|een|in)\b"
    r"|\b(?:list|print|noem|reveal|include|toon|geef|zet)\b[^.!?\n]{0,40}"
    r"\b(?:all|every|alle|elke|full text|volledige)\b[^.!?\n]{0,30}"
    r"\b(?:names?|salar\w+|namen|bedragen|notes?|notities|confidential|vertrouwelijke?)\b[^.!?\n]{0,40}"
    r"\b(?:summary|samenvatting|output|answer|antwoord|these notes|deze notities|agenda)\b",
    re.MULTILINE,
)


def gives_orders(text: str) -> bool:
    """Does the text tell a machine what to do?"""
    return bool(_ORDERS.search(plain(text)))
