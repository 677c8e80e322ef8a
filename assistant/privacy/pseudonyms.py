"""Names, and whatever else identifies, as typed tokens under a key of the pair: one person, one token.

The tokens are hashes under a key of the pair's own, so they last from one request to the next and cannot be linked
between pairs. Spans are found first by the detector (assistant/privacy/identify.py), the words are replaced last, and
the exact words of a text come back from it, names from the answer of a model.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from assistant.errors import Refused
from assistant.privacy import identify, spotlight, tokens
from assistant.privacy.covered import Covered, Restored
from assistant.privacy.encoded import encoded
from assistant.privacy.known import Known, Who
from assistant.privacy.learned import Learned
from assistant.privacy.normal import folded
from assistant.privacy.tokens import Kind
from assistant.records import Pair

# What stands for a token while a covered text is searched once more: a little word that names nobody.
STAND_IN = "van"
_ROUNDS = 4
_KINDS: dict[identify.Kind, Kind] = {
    "person": "PERSON",
    "unknown-name": "NAME",
    "organisation": "ORG",
    "contact": "CONTACT",
    "link": "LINK",
    "amount": "AMOUNT",
    "age": "AGE",
    "number": "NUMBER",
}
_GENITIVE = re.compile(r"(?<=\w)['’ʼ]s\Z", re.IGNORECASE)
_BORN = re.compile(r"\b(?:geboren|geb|geboortedatum|born|birth|birthday|dob)\b\.?[^.!?\n]{0,8}$", re.IGNORECASE)
_TIME = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d")
_LINKED = re.compile(r"!?\[[^\]\n]*\]\([^)\n]*\)|https?://|www\.|<(?:[a-z!/][^>\n]*)>", re.IGNORECASE)


# For a text: may start..end of it stay, which names somebody of a roster (True) or seems to name somebody?
Spare = Callable[[str], Callable[[int, int, bool], bool]]


class _Find(Struct, frozen=True):
    """A stretch to be covered, of somebody of a roster or of what it says."""

    start: int
    end: int
    kind: Kind
    who: Who | None = None


class _Atom(Struct, frozen=True):
    """A stretch that is searched no more: a token with what it says, or the mark of a line."""

    shown: str
    said: str
    stand_in: str = STAND_IN


class Pseudonyms:
    """The tokens of one pair. `pairs` are all of the programme, this one first; `texts` show who belongs to whom."""

    def __init__(self, key: bytes, pairs: Iterable[Pair], texts: Iterable[str] = ()) -> None:
        everybody = list(pairs)
        self._key, self._pair, self.known = key, everybody[0].slug, Known(everybody)
        self._first = [folded(person.name.split()[0]) for person in everybody[0].everybody]
        self._codes: dict[str, str] = {}  # of whom each code is
        self._names: dict[str, str] = {}  # what each token says in an answer
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)  # how each of the others is called
        self.learned = Learned(texts, self.known)

    @property
    def mark(self) -> str:
        """Which key this is, and says nothing of it."""
        return tokens.code(self._key, "", 8)

    def cover(self, text: str) -> Covered:
        """The text with tokens for all that identifies; raises Refused should it not come back exactly."""
        parts = self._covered([text], _nothing)
        covered = Covered("".join(map(_shown, parts)), tuple(p.said for p in parts if isinstance(p, _Atom)))
        if len(tokens.TOKEN.findall(covered.text)) != len(covered.said) or covered.uncovered() != text:
            raise Refused(
                "a text did not come back from its pseudonyms as it was, so nothing is sent; please report it"
            )
        return covered

    def cover_rest(self, prompt: str, spare: Spare) -> str:
        """A prompt with tokens for all that identifies and is not covered yet; `spare` says what stays as it is."""
        parts: list[str | _Atom] = []
        at = 0
        for match in re.finditer(rf"{tokens.TOKEN.pattern}|\n?{spotlight.MARK.pattern}", prompt, re.MULTILINE):
            shown = match.group()
            if shown.startswith("[") and shown not in self._names:
                continue  # no token of ours
            stand_in = STAND_IN if shown.startswith("[") else "\n" * shown.count("\n")
            parts += [prompt[at : match.start()], _Atom(shown, "", stand_in)]
            at = match.end()
        return "".join(map(_shown, self._covered([*parts, prompt[at:]], spare)))

    def restored(self, answer: str) -> Restored:
        """An answer with the names of its tokens back in; only tokens of this pair that were used are known."""
        strange = ["link"] if _LINKED.search(answer) else []

        def name(match: re.Match[str]) -> str:
            said = self._named(tokens.meant(match))
            if said is None:
                strange.append("unknown token")
            return match.group() if said is None else said

        return Restored(tokens.LOOSE.sub(name, answer), tuple(dict.fromkeys(strange)))

    def _named(self, token: str) -> str | None:
        """The name of a token, an s after it kept: MENTOR-4k7qs."""
        if token in self._names or not token.endswith("s]"):
            return self._names.get(token)
        said = self._names.get(f"{token[:-2]}]")
        return said and f"{said}s"

    # -- one round --

    def _covered(self, parts: list[str | _Atom], spare: Spare) -> list[str | _Atom]:
        """The parts, searched until nothing more is found."""
        for _ in range(_ROUNDS):
            again = list(self._round(parts, spare))
            if again == parts:
                break
            parts = again
        return parts

    def _round(self, parts: list[str | _Atom], spare: Spare) -> Iterator[str | _Atom]:
        """The parts with what a search finds in them covered."""
        searched = "".join(p if isinstance(p, str) else p.stand_in for p in parts)
        found = self._found(searched, spare)
        at = 0
        for part in parts:
            if isinstance(part, _Atom):
                yield part
                at += len(part.stand_in)
                continue
            end = at + len(part)
            for find in found:
                first, last = max(find.start, at), min(find.end, end)
                if first < last:
                    if first > at:
                        yield searched[at:first]
                    said = searched[first:last]
                    yield _Atom(self._token(find, said), said)
                    at = last
            if at < end:
                yield searched[at:end]
            at = end

    def _found(self, text: str, spare: Spare) -> list[_Find]:
        """All that is to be covered, in order and apart: of two that overlap, the first to be found holds."""
        taken = bytearray(len(text))
        found: list[_Find] = []
        spared = spare(text)
        for find in self._finds(text):
            if spared(find.start, find.end, find.who is not None):
                continue
            for start, end in _free(taken, find.start, find.end):
                taken[start:end] = b"\x01" * (end - start)
                found.append(msgspec.structs.replace(find, start=start, end=end))
        return sorted(found, key=lambda f: f.start)

    def _finds(self, text: str) -> Iterator[_Find]:
        for start, end in encoded(text):
            yield _Find(start, end, "MARK")
        for span in identify.spans(text, self.known):
            born = span.kind == "date" and _BORN.search(text[max(0, span.start - 20) : span.start])
            kind = "NUMBER" if born else _KINDS.get(span.kind)
            said = text[span.start : span.end]
            if kind is not None and not (span.kind == "number" and _is_harmless(said)):
                ending = _GENITIVE.search(said)
                end = span.end - len(ending.group()) if ending else span.end
                yield _Find(span.start, end, self._kind(span.who, kind), span.who)
        for start, end in self.learned.find(text):
            yield _Find(start, end, "NAME")

    def _kind(self, who: Who | None, kind: Kind) -> Kind:
        if who is None:
            return kind
        if who.pair != self._pair or who.side == "other":
            return "PERSON"
        return "MENTOR" if who.side == "mentor" else "MENTEE"

    # -- tokens --

    def _token(self, find: _Find, said: str) -> str:
        """The token of somebody or something, and from now on its name in an answer."""
        who = find.who if find.who and self._is_one(find.who, said) else None
        kind: Kind = "PERSON" if find.who and not who else find.kind
        name = self._usual(who, kind, said) if who else said
        whom = f"WHO {folded(who.person.name)}" if who else f"{kind} {self.learned.identity(said)}"
        length = 4
        while self._codes.setdefault(code := tokens.code(self._key, whom, length), whom) != whom:
            length += 1
        made = tokens.token(kind, code)
        if who or _fullness(name) > _fullness(self._names.get(made, "")):
            self._names[made] = name
        return made

    def _is_one(self, who: Who, said: str) -> bool:
        """Is somebody of this pair meant, and nobody else of it? Two may share a first name, other pairs' are not told."""
        return who.pair == self._pair and self._first.count(folded(said)) < 2

    def _usual(self, who: Who, kind: Kind, said: str) -> str:
        """How somebody of the pair is called in an answer: the two by their first names, others as notes mostly do."""
        first = who.person.name.split()[0]
        plain = first if self._first.count(folded(first)) == 1 else who.person.name
        if kind != "PERSON":
            return plain
        forms = self._forms[who.person.name]
        forms[said] += said[:1].isupper() and "@" not in said
        return max(forms, key=lambda form: (forms[form], len(form))) if forms.total() else plain


def _shown(part: str | _Atom) -> str:
    return part if isinstance(part, str) else part.shown


def _nothing(text: str) -> Callable[[int, int, bool], bool]:
    return lambda start, end, known: False


def _fullness(name: str) -> tuple[int, bool]:
    """How much of a name is told: words, and whether it begins with a capital."""
    return len(name.split()), name[:1].isupper()


def _free(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of start..end that are not taken."""
    first = start
    for at in range(start, end + 1):
        if at == end or taken[at]:
            if first < at:
                yield first, at
            first = at + 1


def _is_harmless(number: str) -> bool:
    """Is a number a time, or so short that nobody is known by it?"""
    digits = sum(c.isdigit() for c in number)
    return bool(_TIME.fullmatch(number)) or (digits < 3 and not re.search(r"[A-Za-z]-\d", number))
