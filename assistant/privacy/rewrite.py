"""A sentence said without names: people as their roles, organisations and places as "the organisation".

Amounts and shares lose their size, days become months. What cannot be said so is not said: the result is a kind of
find, the reason. The words are data, corpus/privacy/rewrite.toml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Literal

from msgspec import Struct, structs

from assistant.privacy import attribution, identify, lexicon, voice
from assistant.privacy.audit import day_of
from assistant.privacy.fellows import Fellows
from assistant.privacy.identify import Span
from assistant.privacy.known import Known, Who
from assistant.privacy.wording import plain
from assistant.records import Masked, Pair, Person
from assistant.words import fold

Speaker = Literal["mentor", "mentee", "other"]


class Say(Struct, frozen=True):
    """How one language says what is not named."""

    mentor: str
    mentee: str
    both: str
    colleague: str
    colleagues: str
    organisation: str
    amount: str
    share: str
    and_: str
    of: str
    month_after: str
    at: str
    pronouns: str
    plural: str
    person_nouns: str


class _File(Struct, frozen=True):
    nl: dict[str, str]
    en: dict[str, str]


@cache
def say(language: str) -> Say:
    """The words of a language; raises Refused."""
    words = getattr(lexicon.load("rewrite", _File), language)
    return Say(**{("and_" if key == "and" else key): value for key, value in words.items()})


class Source(Struct, frozen=True):
    """A sentence as it stands, whose "I" it is, and its language. `he` is who a "he" or "she" at its head is."""

    text: str
    speaker: Speaker
    language: str
    he: Literal["mentor", "mentee"] | None = None


class Unsayable(Exception):
    """What stands in a sentence that cannot be said otherwise; `kind` is a kind of find of the detector."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Rewriter:
    """Says the sentences of one pair without names. `days` may stand as they are."""

    def __init__(self, slug: str, pairs: Iterable[Pair], days: Collection[dt.date]) -> None:
        everybody = list(pairs)
        self.slug, self._known = slug, Known(everybody)
        self._mentee = everybody[0].mentee.name.split()[0]
        self._fellows = Fellows(everybody[0]) if everybody[0].is_panel else None
        self._names = {name: who for pair in reversed(everybody) for name, who in _names_of(pair)}
        self._days = frozenset((d.day, d.month) for d in days)

    def spans(self, text: str) -> list[Span]:
        """What identifies in a text, with names that are small words too ("Will brings"), which the detector leaves."""
        found = identify.spans(text, self._known)
        for match in re.finditer(r"[^\W\d_]+", text):
            who = self._names.get(match.group())
            free = not any(span.start < match.end() and match.start() < span.end for span in found)
            if who is not None and free and not _is_plain_before(text[match.end() :]):
                found.append(Span(match.start(), match.end(), "person", who))
        return sorted(found, key=lambda span: span.start)

    def said(self, source: Source) -> Masked:
        """The sentence as others may read it, once it has passed the audit; raises Unsayable."""
        text = plain(source.text)
        words = self._say(source.language)
        spans = self.spans(text)
        self._attributes_nothing(text, spans, source)
        for span in reversed(spans):
            if span.kind not in identify.HARMLESS:
                text = self._replaced(text, span, words, source.language)
        role = {"mentor": words.mentor, "mentee": words.mentee}.get(source.speaker)
        if role is not None:
            text = voice.as_role(text, role, source.language)
            self._is_nobodys(text, source)
        if source.he is not None:
            text = _without_pronoun(text, words.mentor if source.he == "mentor" else words.mentee, words)
        return Masked(_tidy(text, words, source.language))

    def unattributed(self, source: Source) -> str:
        """The sentence for a panel itself, which knows everybody: without who of its mentors said it; raises Unsayable."""
        text, words = source.text, self._say(source.language)
        mentors = self.mentors_in(text)
        self._attributes_nothing(text, [*self.spans(text), *mentors], source)
        for span in reversed(mentors):
            before, found, after = text[: span.start], text[span.start : span.end], text[span.end :]
            genitive = _is_genitive(found, span.who)
            text = _person(before, found, after, words.mentor, words, source.language, genitive)
        if source.speaker != "other":
            role = words.mentor if source.speaker == "mentor" else self._mentee
            text = voice.as_role(text, role, source.language)
            self._is_nobodys(text, source)
        return text[:1].upper() + text[1:] if text != source.text else text

    @property
    def is_panel(self) -> bool:
        """Has the pair several mentors?"""
        return self._fellows is not None

    def mentors_in(self, text: str) -> list[Span]:
        """Where a text names a mentor of a panel, however shortly."""
        return self._fellows.named(text, self.spans(text)) if self._fellows else []

    def _say(self, language: str) -> Say:
        """The words of a language; of a panel its mentors are one, since who of them it was is told to nobody."""
        words = say(language)
        return structs.replace(words, mentor=attribution.side(language)) if self.is_panel else words

    def _attributes_nothing(self, text: str, spans: Iterable[Span], source: Source) -> None:
        """Raise Unsayable where a sentence tells mentors of a panel apart, so that no role can stand for them."""
        if self._fellows is not None and self._fellows.are_told_apart(text, spans, source.speaker):
            raise Unsayable("attribution")

    def _is_nobodys(self, text: str, source: Source) -> None:
        """Raise Unsayable where an "I" is left, which of a panel only one can say."""
        if self.is_panel and source.speaker == "mentor" and attribution.is_first_person(fold(text)):
            raise Unsayable("attribution")

    def _replaced(self, text: str, span: Span, words: Say, language: str) -> str:
        before, found, after = text[: span.start], text[span.start : span.end], text[span.end :]
        if span.kind == "person" or (span.kind == "contact" and span.who and found.startswith("@")):
            return _person(
                before, found, after, self._role(span, words), words, language, _is_genitive(found, span.who)
            )
        if span.kind in ("unknown-name", "organisation"):
            return _name(before, found, after, span, words)
        if span.kind == "date":
            return self._date(before, found, after, words)
        if span.kind in ("amount", "percentage"):
            return _quantity(before, after, words.amount if span.kind == "amount" else words.share, words)
        if (bare := _without_brackets(before, after)) is not None:
            return bare
        raise Unsayable(span.kind)

    def _role(self, span: Span, words: Say) -> str:
        who = span.who
        if who is None or who.pair != self.slug or who.side == "other":
            return words.colleague
        return words.mentor if who.side == "mentor" else words.mentee

    def _date(self, before: str, found: str, after: str, words: Say) -> str:
        day = day_of(found)
        if day in self._days:
            return before + found + after
        months = [m for m in re.findall(r"[^\W\d_]+", found) if m[:3].lower() in _months()]
        if not months:
            raise Unsayable("date")
        pairs = dict(entry.split() for entry in words.month_after.split(","))
        match = re.search(r"(\w+)( the| de)? $", before)
        if match is None or fold(match.group(1)) not in pairs:
            raise Unsayable("date")
        word = pairs[fold(match.group(1))]
        word = word.capitalize() if match.group(1)[0].isupper() else word
        return f"{before[: match.start()]}{word} {months[0]}{after}"


def _names_of(pair: Pair) -> Iterator[tuple[str, Who]]:
    """The single words by which people are called, as they are written."""
    sides: list[tuple[Literal["mentor", "mentee", "other"], Person]] = [
        *(("mentor", person) for person in pair.mentors),
        ("mentee", pair.mentee),
    ]
    sides += [("other", person) for person in pair.people]
    for side, person in sides:
        for name in person.names:
            if name.isalpha() and name[0].isupper() and len(name) > 1:
                yield name, Who(person, side, pair.slug)


def _is_plain_before(after: str) -> bool:
    """Does an article or a pronoun follow, so that the word is a plain one: "Will the team come"?"""
    match = re.match(r" ([^\W\d_]+)", after)
    return match is not None and fold(match.group(1)) in lexicon.cue("after_plain_words")


@cache
def _months() -> frozenset[str]:
    return frozenset(lexicon.cue_text("month_numbers").split()[::2])


def _is_genitive(found: str, who: Who | None) -> bool:
    """Is it a name with an s behind it that is not the name's own: "Noors lijst"?"""
    names = {fold(word) for name in (who.person.names if who else ()) for word in name.split()}
    last = fold(found.split()[-1])
    return last not in names and last.endswith("s") and last[:-1] in names


def _without_pronoun(text: str, role: str, words: Say) -> str:
    """The text with a pronoun at its head, or behind a label, as the role it stands for."""
    match = re.match(rf"(?i)((?:[^\W\d_]+: )?)({words.pronouns.replace(' ', '|')})\b(?= (\S+))", text)
    if match is None:
        return text
    verb = fold(match.group(3))
    if match.group(2).lower() == "ze" and (verb in words.plural.split() or verb.endswith("en")):
        return text
    return match.group(1) + role + text[match.end() :]


def _person(before: str, found: str, after: str, role: str, words: Say, language: str, genitive: bool) -> str:
    """A name as a role, with what belongs to a name taken along: a title before it, a genitive behind it."""
    before = re.sub(r"(?i)\b(?:the|de|een|a|an) $", "", _without_noun(before, words))  # "the Achterbergs"
    owner = genitive or re.search(r"['’]s$", found) is not None
    if not owner and language == "nl":
        owner = after[:2] in ("' ", "’ ") and fold(found).endswith(("s", "x", "z"))
        after = after[1:] if owner else after
    if owner and language == "en":
        return f"{before}{role}'s{after}"
    if owner:
        said = voice.owned(role, after)
        if said is None:
            raise Unsayable("person")
        return before + said[0] + after[said[1] :]
    return before + role + after


_DESCRIBED = re.compile(r"(?i)\b(?:the|a|an|my|our|his|her|de|het|een|mijn|ons|onze|zijn|haar) (?:[^\W\d_]+ )?$")


def _without_noun(before: str, words: Say) -> str:
    """What stands before a name without a noun or a title that belongs to the name: "mijn collega", "mrs"."""
    nouns = "|".join(map(re.escape, words.person_nouns.split()))
    return re.sub(rf"(?i)\b(?:(?:mijn|onze|de|een|zijn|haar|my|our|the|a|his|her) )?(?:{nouns})\.? $", "", before)


def _name(before: str, found: str, after: str, span: Span, words: Say) -> str:
    """An organisation or a place as "the organisation"; a person that no roster has as a colleague."""
    if len(found.strip(". ")) < 2:  # an initial may be anybody's
        raise Unsayable("unknown-name")
    first = fold(found).split()[0]
    if span.kind == "unknown-name" and lexicon.is_first_name(re.sub(r"\W.*", "", first)):
        before = _without_noun(before, words)
        if _DESCRIBED.search(before):  # "my boss Karen": what stands before the name tells who it is
            raise Unsayable("unknown-name")
        return before + words.colleague + after
    beside = re.search(r"(\w+) $", before)
    places = words.at.split()
    if beside is not None and fold(beside.group(1)) in places:
        return before + words.organisation + after
    if re.match(r" [a-zà-ÿ]", after) and beside is not None and not _is_verb_like(after):
        return before.rstrip() + after  # "how London policy lands": the name only says which
    if span.kind == "organisation":
        return before + words.organisation + after
    raise Unsayable("unknown-name")


def _is_verb_like(after: str) -> bool:
    """Does a small function word or a form of a common verb follow, so that the name is a subject?"""
    from assistant.words import stop_words

    match = re.match(r" (\w+)", after)
    return match is not None and fold(match.group(1)) in stop_words()


_PER = re.compile(r"^ (?:per|a|an|each) \w+")
_FOR = re.compile(
    r"(?i) (?:voor|van|à|a|op|tot|met|for|of|at|by|to|from|with)(?: (?:ongeveer|circa|zo'n|about|some))? $"
)


def _quantity(before: str, after: str, said: str, words: Say) -> str:
    """An amount or a share without its size: left out where it only adds, else in general words."""
    if (bare := _without_brackets(before, after)) is not None:
        return bare
    after = _PER.sub("", after)
    if said == words.share:
        return before + said + after
    if _FOR.search(before) and not re.match(r" (?:and|en|tot|to)\b", after):
        return _FOR.sub("", before) + after
    return before + said + after


def _without_brackets(before: str, after: str) -> str | None:
    """The text without the brackets that are round a find, None where none are."""
    opened, closed = before.rfind("("), after.find(")")
    if opened < 0 or closed < 0 or ")" in before[opened:] or "(" in after[:closed]:
        return None
    return before[:opened].rstrip() + after[closed + 1 :]


def _tidy(text: str, words: Say, language: str) -> str:
    """Signs and spaces put right, several colleagues said as such, a capital first and a full stop at the end."""
    a, many = re.escape(words.colleague), words.colleagues
    text = re.sub(rf"(?:{a}(?:, | {words.and_} )){{1,}}{a}", many, text)
    for role in (words.mentor, words.mentee, words.colleague, words.organisation):
        text = re.sub(rf"({re.escape(role)}) \({re.escape(role)}\)", r"\1", text)
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"\(\s*\)", "", " ".join(text.split())))
    text = re.sub(rf"\b(?:de|het|een|the|a|an|onze|ons|our|my|mijn) ({re.escape(words.organisation)})", r"\1", text)
    text = re.sub(r"([.!?] )([a-zà-ÿ])", lambda m: m[1] + m[2].upper(), text.strip(" ,;-–—"))
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) or not text else text.rstrip(":;,") + "."
