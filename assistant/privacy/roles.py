"""Roles that single out one person: those of a roster, offices there is one of, "the only ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from assistant.privacy import lexicon
from assistant.privacy.normal import folded
from assistant.privacy.patterns import any_of
from assistant.records import Pair
from assistant.words import stop_words

_WORD = re.compile(r"[^\W_]+")


class Roles:
    """The roles that one person of the programme has alone, as words in order."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        people = [p for pair in pairs for p in (pair.mentor, pair.mentee, *pair.people)]
        roles = Counter({(p.name, _said(p.role)) for p in people if p.role})
        held = Counter(role for _, role in roles)
        self._alone = [role for role, count in held.items() if count == 1 and not set(role) <= _common()]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) in a folded text of what singles somebody out."""
        said = [m for m in _WORD.finditer(text) if m.group() not in stop_words()]
        for i in range(len(said)):
            for role in self._alone:
                if tuple(m.group() for m in said[i : i + len(role)]) == role:
                    yield said[i].start(), said[i + len(role) - 1].end()
        for match in _offices().finditer(text):
            if match["only"] is None or not lexicon.is_ordinary(match["only"]):
                yield match.span()


def _said(role: str) -> tuple[str, ...]:
    return tuple(w for w in _WORD.findall(folded(role)) if w not in stop_words())


def _common() -> frozenset[str]:
    return lexicon.cue("role_words")


@cache
def _offices() -> re.Pattern[str]:
    body = r"(?<!aan het )(?<!het )(?<!zijn )(?<!haar )(?<!mijn )(?<!jouw )(?<!hun )(?<!eigen )(?<!my )(?<!your )"
    return re.compile(
        rf"\b(?:{any_of('single_offices')})\b"
        rf"|{body}\b(?:hoofd (?:van (?:de |het )?)?|head of (?:the )?|chief |deputy |plv\.? |plaatsvervangend )[a-z]{{4,}}\b(?<!\bhoofd zijn)"
        rf"|\b(?:the|our|my|his|her|de|het|onze|ons|mijn|zijn|haar) (?:{any_of('onlies')}) (?P<only>[a-z]{{4,}})\b"
    )
