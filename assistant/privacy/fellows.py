"""The mentors of a panel in a text: where they are named, and whether a sentence tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.privacy import attribution, lexicon
from assistant.privacy.identify import Span
from assistant.privacy.known import Who
from assistant.records import Pair
from assistant.words import fold

_SHORTEST = 3  # letters of a first name by which somebody is called


class Fellows:
    """The mentors of one panel, who are told of as one."""

    def __init__(self, pair: Pair) -> None:
        self._slug = pair.slug
        self._short = dict(_shortened(pair))
        self._trades = attribution.trades([mentor.role or "" for mentor in pair.mentors])

    def named(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Where a text names them, by what the detector found and by the beginning of a first name alone."""
        found = self._of(spans)
        for match in re.finditer(r"[^\W\d_]+", text):
            who = self._short.get(match.group())
            if who is None or any(s.start < match.end() and match.start() < s.end for s in found):
                continue
            if not lexicon.is_word(match.group().lower()) or attribution.says_next(text[match.end() :]):
                found.append(Span(match.start(), match.end(), "person", who))
        return sorted(found, key=lambda span: span.start)

    def are_told_apart(self, text: str, spans: Iterable[Span], speaker: str) -> bool:
        """Does a sentence tell one of them from another, so that the panel can't stand for both?"""
        spans = list(spans)
        folded, named = fold(text), {span.who for span in self._of(spans)}
        alone = bool(named) and not any(s.who and s.who.side != "mentor" for s in spans)
        if alone and attribution.says_he_or_she(folded):  # which of them that is, is soon guessed
            return True
        himself = speaker == "mentor" and attribution.is_first_person(folded)
        if len(named) + himself > 1 or (speaker != "mentee" and any(attribution.hints(folded))):
            return True
        if self._trades is not None and self._trades.search(folded):
            return True
        return bool(named or himself) and attribution.sees_it_otherwise(folded)

    def _of(self, spans: Iterable[Span]) -> list[Span]:
        return [s for s in spans if s.who and s.who.side == "mentor" and s.who.pair == self._slug]


def _shortened(pair: Pair) -> Iterator[tuple[str, Who]]:
    """The beginnings of first names by which mentors may be called, as Tam of Tamsin."""
    others = {name for person in pair.everybody for name in person.names}
    for mentor in pair.mentors:
        first = mentor.name.split()[0]
        for length in range(_SHORTEST, len(first)):
            if first[:length] not in others:
                yield first[:length], Who(mentor, "mentor", pair.slug)
