"""The people of the rosters in all their spellings: full, first, surname, initials, nickname, handle, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from assistant.privacy import lexicon
from assistant.privacy.spelling import initials, spellings, surname, tokens_of
from assistant.privacy.text import Text, is_called
from assistant.records import Pair, Person
from assistant.words import stop_words

_SPELT_OUT = re.compile(r"[-._·~*|/ ]{1,2}")

Need = Literal["any", "capital", "exact"]


class Who(Struct, frozen=True):
    """Somebody of a roster, and on which side of which pair."""

    person: Person
    side: Literal["mentor", "mentee", "other"]
    pair: str


class Spelling(Struct, frozen=True):
    """One way to write somebody. `need` is what its letters must be: any case, a capital first, or exactly so."""

    who: Who
    need: Need
    exact: str = ""


class Found(Struct, frozen=True):
    """A mention: tokens first..last (both included) of a text are somebody."""

    first: int
    last: int
    who: Who


class Known:
    """All spellings of all people of some pairs. Where two people share one, those of the first pair come first."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._spelt: dict[tuple[str, ...], Spelling] = {}
        self._joined: dict[str, Who] = {}
        self._surnames: dict[Who, list[str]] = {}
        for pair in pairs:
            everybody: list[tuple[Literal["mentor", "mentee", "other"], Person]] = [
                *(("mentor", person) for person in pair.mentors),
                ("mentee", pair.mentee),
                *(("other", person) for person in pair.people),
            ]
            for side, person in everybody:
                self._add(Who(person, side, pair.slug))
        self._longest: dict[str, int] = {}
        for first, *more in self._spelt:
            self._longest[first] = max(len(more) + 1, self._longest.get(first, 1))
        self._long = [(w, s.who) for (w, *more), s in self._spelt.items() if not more and len(w) >= 5]

    def _add(self, who: Who) -> None:
        for text in dict.fromkeys(spellings(who.person)):
            tokens = tokens_of(text)
            if tokens:
                self._spelt.setdefault(tokens, Spelling(who, _need(tokens)))
                if len("".join(tokens)) >= 3:
                    self._joined.setdefault("".join(tokens), who)
        for short, taken in ((initials(who.person.name), True), *((a, False) for a in who.person.aliases)):
            if len(short) <= 5 and short != short.lower() and " " not in short:
                self._add_short(who, short, taken)
        self._surnames[who] = [w for w in tokens_of(surname(who.person.name)) if len(w) >= 5]

    def _add_short(self, who: Who, short: str, guessed: bool) -> None:
        letters = tuple(short.lower())
        if len(short) > 1 and not (guessed and short.lower() in lexicon.cue("harmless_capitals")):
            self._spelt.setdefault((short.lower(),), Spelling(who, "exact", short))
            if short.upper() == short or guessed:
                self._spelt.setdefault(letters, Spelling(who, "exact", short))

    @property
    def words(self) -> frozenset[str]:
        """All words that occur in names, folded."""
        return frozenset(word for spelt in self._spelt for word in spelt)

    def find(self, text: Text) -> list[Found]:
        """All mentions, longest first where two begin at one word; none overlaps another."""
        found: list[Found] = []
        i = 0
        while i < len(text.cased):
            hit = self._at(text, i)
            if hit is not None:
                hit = self._widened(text, hit)
                found.append(hit)
            i = hit.last + 1 if hit is not None else i + 1
        return found

    def _at(self, text: Text, i: int) -> Found | None:
        longest = self._longest.get(text.folded[i], 1)
        for length in range(min(longest, len(text.cased) - i), 0, -1):
            if length > 1 and not _close(text, i, length):
                continue
            for tokens in _possible(tuple(text.folded[i : i + length])):
                spelling = self._spelt.get(tokens)
                if spelling is not None and _fits(spelling, text, i, length):
                    return Found(i, i + length - 1, spelling.who)
        joined = self._joined.get(text.folded[i]) if len(text.folded[i]) >= 5 else None
        if joined is not None:  # Annemarie for Anne-Marie
            return Found(i, i, joined)
        return self._spelt_out(text, i) or self._misspelt(text, i)

    def _spelt_out(self, text: Text, i: int) -> Found | None:
        """R o o s, Ro-os: pieces of one or more letters that make up a spelling together."""
        word = text.folded[i]
        found = None
        for j in range(i, min(i + 24, len(text.cased) - 1)):
            gap = text.between(j)
            if len(gap) > 3 or not _SPELT_OUT.fullmatch(gap):
                break
            if " " in gap and len(text.folded[j]) > 1 and len(text.folded[j + 1]) > 1:
                whole = self._joined.get(word + text.folded[j + 1]) if j == i else None  # Achter berg
                return Found(i, j + 1, whole) if whole and len(word + text.folded[j + 1]) >= 6 else found
            word += text.folded[j + 1]
            who = self._joined.get(word)
            if who is not None:
                found = Found(i, j + 1, who)
        return found

    def _misspelt(self, text: Text, i: int) -> Found | None:
        """A word that is none, one slip from a name of five letters, or two from one of eight."""
        word = text.folded[i]
        if len(word) < 4 or lexicon.is_word(word) or not word.isalpha():
            return None
        who = nearest(word, self._long)
        return Found(i, i, who) if who else None

    def _widened(self, text: Text, hit: Found) -> Found:
        """A mention with its misspelt surname after it and single initials before it."""
        first, last = hit.first, hit.last
        if last + 1 < len(text.cased) and text.between(last).strip(".") == " ":
            nearby = [(w, hit.who) for w in self._surnames[hit.who]]
            if text.folded[last] not in self._surnames[hit.who] and nearest(text.folded[last + 1], nearby, 2):
                last += 1
        while first > 0 and len(text.cased[first - 1]) == 1 and text.cased[first - 1].isupper():
            if not re.fullmatch(r"\. ?| ", text.between(first - 1)):
                break
            first -= 1
        if last + 1 < len(text.cased) and text.between(last) == "'" and text.folded[last + 1] == "s":
            last += 1
        return Found(first, last, hit.who)


def nearest(word: str, names: Iterable[tuple[str, Who]], slips: int = 1) -> Who | None:
    """Whose name a word is with a slip or two in it."""
    from rapidfuzz.distance import OSA

    for name, who in names:
        allowed = max(slips, 2 if len(name) >= 8 else 1)
        if abs(len(name) - len(word)) <= allowed and OSA.distance(word, name, score_cutoff=allowed) <= allowed:
            return who
    return None


def _need(tokens: tuple[str, ...]) -> Need:
    """Names that are words, or very short, count only with a capital."""
    if len(tokens) == 1:
        return "capital" if len(tokens[0]) <= 3 or lexicon.is_word(tokens[0]) else "any"
    if tokens[0] in lexicon.cue("particles") or any(len(t) == 1 for t in tokens):
        return "capital" if all(len(t) == 1 or lexicon.is_word(t) for t in tokens) else "any"
    return "any"


def _close(text: Text, i: int, length: int) -> bool:
    """Do the tokens stand as one name, with no more than a space, a dot or a comma between them?"""
    return all(len(gap := text.between(j)) <= 2 and not re.search(r"[!?;:()\"]", gap) for j in range(i, i + length - 1))


def _possible(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The tokens as they stand, and with the last one's ending taken off: Terpstras, Roosje."""
    yield tokens
    *before, last = tokens
    for ending in ("s", "tje", "je", "ke", "ken"):
        if last.endswith(ending) and len(last) - len(ending) >= 3:
            yield (*before, last[: -len(ending)])


def _fits(spelling: Spelling, text: Text, i: int, length: int) -> bool:
    last = i + length - 1
    if length == 1 and _is_month(text, i):
        return False
    if spelling.need == "any":
        return True
    if spelling.need == "exact":
        written = "".join(text.cased[i : last + 1])
        return written in (spelling.exact, spelling.exact.upper())
    if text.capital(last):
        return not (length == 1 and text.initial(i) and _opens_a_sentence(text, i))
    return text.lower_case(i) and (text.folded[last] not in stop_words() or is_called(text, last))


def _opens_a_sentence(text: Text, i: int) -> bool:
    """Is a capitalised word at a beginning rather a plain word, to go by the next one: "Will the ..."?"""
    if i + 1 >= len(text.cased) or text.between(i) != " " or not lexicon.is_listed(text.folded[i]):
        return False
    if is_called(text, i):
        return False
    after = text.folded[i + 1]
    if text.folded[i] in stop_words() and text.folded[i] not in lexicon.cue("asked_names"):
        return True
    plain = after in lexicon.cue("after_plain_words") or text.is_asked(i)
    return plain or (text.folded[i] in stop_words() and after in lexicon.cue("bare_verbs"))


def _is_month(text: Text, i: int) -> bool:
    """Does a word that is a month as well stand where only a month can: "in June", "April 2026"?"""
    if text.folded[i] not in lexicon.cue("months"):
        return False
    before = i > 0 and text.folded[i - 1] in lexicon.cue("before_months")
    return before or (i + 1 < len(text.cased) and text.cased[i + 1].isdigit())
