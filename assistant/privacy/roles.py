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
        people = [p for pair in pairs for p in pair.everybody]
        roles = Counter({(p.name, _said(p.role)) for p in people if p.role})
        held = Counter(role for _, role in roles)
        self._alone = [role for role, count in held.items() if count == 1 and not set(role) <= _common()]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) in a folded text of what singles somebody out."""
        said = [m for m in _WORD.finditer(text) if m.group() not in stop_words()]
        words = [_twin(m.group()) for m in said]
        for i, word in enumerate(words):
            for role in self._alone:
                if sorted(words[i : i + len(role)]) == sorted(role):  # in whatever order
                    yield said[i].start(), said[i + len(role) - 1].end()
                elif len(role) == 2 and word in _joined(role):
                    yield said[i].span()
        for match in _offices().finditer(text):
            if match["only"] is None or not lexicon.is_ordinary(match["only"]):
                yield match.span()


def _said(role: str) -> tuple[str, ...]:
    return tuple(_twin(w) for w in _WORD.findall(folded(role)) if w not in stop_words())


def _twin(word: str) -> str:
    """A word of a role as the one that stands for it in both languages."""
    return _twins().get(word, word)


@cache
def _twins() -> dict[str, str]:
    listed = lexicon.cue_text("role_twins").split()
    return dict(zip(listed[1::2], listed[::2], strict=True))


@cache
def _joined(role: tuple[str, ...]) -> frozenset[str]:
    """The two words of a role as one: operationsdirecteur."""
    one, other = role
    return frozenset(a + join + b for a, b in ((one, other), (other, one)) for join in ("", "s"))


def _common() -> frozenset[str]:
    return frozenset(map(_twin, lexicon.cue("role_words")))


@cache
def _offices() -> re.Pattern[str]:
    body = r"(?<!aan het )(?<!het )(?<!zijn )(?<!haar )(?<!mijn )(?<!jouw )(?<!hun )(?<!eigen )(?<!my )(?<!your )"
    return re.compile(
        rf"\b(?:{any_of('single_offices')})\b"
        rf"|{body}\b(?:hoofd (?:van (?:de |het )?)?|head of (?:the )?|chief |deputy |plv\.? |plaatsvervangend )[a-z]{{4,}}\b(?<!\bhoofd zijn)"
        rf"|\b(?:the|our|my|his|her|de|het|onze|ons|mijn|zijn|haar) (?:{any_of('onlies')}) (?P<only>[a-z]{{4,}})\b"
    )
