"""A promise as one of the two says it to the other: "Noor will send it" becomes "you will send it".

Only where the sentence stays sound: its subject stands at its head with a verb that fits, and nobody else's "her" or
"my" is in it. Else it is quoted as it stands, behind who it is for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

import msgspec
from msgspec import Struct

from assistant import panels, prompts, resources
from assistant.privacy.wording import language_of
from assistant.records import Owner, Pair, Side

_AHEAD = 7  # words within which the subject of a promise stands
_HEAD = re.compile(r"(?P<who>@?[^\W_][\w.-]*)(?P<bit>['’]\w+)?\s+(?P<rest>\S.*)", re.DOTALL)


class _Language(Struct, frozen=True, forbid_unknown_fields=True):
    i: str
    you: str
    first: str
    second: str
    subject: str
    plainly: str
    joins: str
    third: str
    we: str
    our: str
    verbs: str
    no_verbs: str
    after_you: str
    after_i: str
    alike: str

    def words(self, kind: str) -> frozenset[str]:
        return frozenset(getattr(self, kind).split())

    def verb(self, word: str, first: bool) -> str | None:
        """A verb of the third person as it stands after "you" or "I", None where the word is no verb of a promise."""
        dutch = self.i == "ik"
        fits = word in self.words("verbs") or (len(word) > 2 and word.endswith("t" if dutch else "ed"))
        if not fits or word in self.words("no_verbs"):
            return None
        listed = self.after_i if first else self.after_you
        changed = {old: new for entry in listed.split(",") if entry.strip() for old, new in [entry.split()]}
        if word in changed or not (dutch and first) or word in self.words("verbs") | self.words("alike"):
            return changed.get(word, word)
        return word if word[-2] in "aeou" else word[:-1]  # "laat" stays, "maakt" becomes "maak"


@cache
def _languages() -> Mapping[str, _Language]:
    text = (resources.corpus() / "words" / "address.yaml").read_text(encoding="utf-8")
    return msgspec.convert(resources.parsed(text), dict[str, _Language])


class Teller:
    """Says the promises of a pair; `labels` are how its sides are called: self, other, both, unknown."""

    def __init__(self, pair: Pair, sender: Side, labels: Mapping[str, str], language: str) -> None:
        self._sender, self._labels, self._language = sender, labels, language
        people = {"mentor": pair.mentors, "mentee": (pair.mentee,)}
        self._pair = pair
        self._names = {
            side: {name.casefold() for person in those for name in (*person.names, person.name[:1])}
            for side, those in people.items()
        }

    def side(self, owner: Owner) -> str:
        """self, other, both or unknown."""
        if owner in ("mentor", "mentee"):
            return "self" if owner == self._sender else "other"
        return owner

    def said(self, text: str, owner: Owner, who: tuple[str, ...] = ()) -> str:
        """A line of the list of promises; `who` are the mentors of a panel whose it is."""
        if self._pair.is_panel and (owner != "mentee" or _tokens(text) & self._oneself()):
            names = panels.short(self._pair, who)
            label = (
                panels.joined(names, prompts.panel_phrases(self._language).and_)
                if names and owner == "mentor"
                else self._labels[self.side(owner)]
            )
            return f"{label}: {quoted(text)}"
        if language_of(text, self._language) != self._language:
            return self._quoted(text, owner)
        words = _languages()[self._language]
        if addressed := self._addressed(text, owner, words):
            return addressed
        spoken = _tokens(text)
        own = words.words("our") | {
            word for word in words.words("first") if word.partition("'")[0] != words.i.casefold()
        }
        ours = own if self._sender == "mentor" else frozenset()
        anybody = frozenset(word for kind in ("first", "second", "third", "we", "our") for word in words.words(kind))
        if (
            spoken & (anybody - ours)
            or spoken & (self._names["mentor"] | self._names["mentee"])
            or _subject(text) in ours
        ):
            return self._quoted(text, owner)
        return f"{self._labels[self.side(owner)]}: {_lower(text)}"

    def _oneself(self) -> frozenset[str]:
        """The words by which somebody says "I": in a mail of several it is not clear who."""
        return frozenset(w for words in _languages().values() for kind in ("first", "our") for w in words.words(kind))

    def _quoted(self, text: str, owner: Owner) -> str:
        return f"{self._labels[self.side(owner)]}: {quoted(text)}"

    def _addressed(self, text: str, owner: Owner, words: _Language) -> str | None:
        """The promise as a sentence of its own, None where it would not be sound."""
        head = _HEAD.match(text)
        if head is None:
            return None
        who, rest = head["who"].casefold(), _tokens(head["rest"])
        if owner == "both":
            return _lower(text) if who in words.words("we") and self._fits(rest, words, mine=True) else None
        # Where a sentence speaks to the other one, its "her" is a third person; else she may be the one it is said to.
        spoken_to = bool(rest & words.words("second")) or self._fits(rest, words, mine=True)
        if who == words.i.casefold():
            return words.i[:1] + text[1:] if owner == self._sender and spoken_to else None
        if who in words.words("subject"):
            return _lower(text) if owner == "mentee" and self._sender == "mentor" else None
        if self._inverted(text, owner, words):
            return _lower(text) if spoken_to or owner != self._sender else None
        if who not in self._names.get(owner, ()) and not (owner == "mentee" and who in words.words("third")):
            return None
        return self._turned(head, owner, words) if self._fits(rest, words, mine=self._sender == "mentor") else None

    def _inverted(self, text: str, owner: Owner, words: _Language) -> bool:
        """Is it the sender's "tomorrow I write", or the mentor's "before May you will write", its subject further on?"""
        spoken = _in_order(text)
        if self._sender != "mentor" or spoken[0] in words.words("joins") or set(spoken) & words.words("third"):
            return False
        ahead = spoken[1 + (words.i == "ik") : _AHEAD]
        if owner == "mentor":
            return any(word.partition("'")[0] == words.i.casefold() for word in ahead)
        return owner == "mentee" and not words.words("plainly").isdisjoint(ahead)

    def _turned(self, head: re.Match[str], owner: Owner, words: _Language) -> str | None:
        """A sentence about somebody by name or "she", turned to that person."""
        subject = words.i if owner == self._sender else words.you
        if head["bit"]:
            return f"{subject}{head['bit']} {head['rest']}" if head["bit"][1:] == "ll" else None
        verb, _, rest = head["rest"].partition(" ")
        turned = words.verb(verb.casefold(), first=subject == words.i)
        return f"{subject} {turned} {rest}" if turned else None

    def _fits(self, rest: Collection[str], words: _Language, mine: bool) -> bool:
        """Does what follows the subject still mean the same people? `mine`: its "I" is the sender's."""
        spoken = set(rest)
        if spoken & words.words("third"):
            return False
        return mine or not spoken & (words.words("first") | words.words("second") | words.words("our"))


def _subject(text: str) -> str:
    head = _HEAD.match(text)
    return head["who"].casefold() if head else ""


def _in_order(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'\w+)?", text.casefold().replace("’", "'"))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(_in_order(text))


def _lower(text: str) -> str:
    """A sentence that goes on after a dash: a small letter first, unless it is a name or an abbreviation."""
    first = text.split()[0] if text.split() else ""
    plain = first[1:].islower() and first.casefold() in _starts()
    return text[:1].lower() + text[1:] if plain else text


@cache
def _starts() -> frozenset[str]:
    """Words that are small within a sentence, whatever it begins with."""
    from assistant.words import stop_words

    return frozenset(stop_words()) | {
        w for lang in _languages().values() for w in lang.words("second") | lang.words("we")
    }


def tells_of_somebody(text: str, language: str) -> bool:
    """Is there a "he" or "her" in a text, who may be the one that it is read by?"""
    return not _tokens(text).isdisjoint(_languages()[language].words("third"))


def quoted(text: str) -> str:
    """A text in quotation marks, those within it made single."""
    inner = re.sub(r"[\"“„](?=\w)", "‘", text).replace('"', "’").replace("”", "’")
    return f"“{inner}”"
