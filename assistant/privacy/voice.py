"""The first person made a role: "ik stuur hem een lijst" becomes "de mentor stuurt hem een lijst".

Where it cannot be done well (a verb far off in a subordinate clause), the words stay as they are: "ik" names nobody.
The forms are data, corpus/privacy/voice.toml.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from assistant.privacy import lexicon
from assistant.words import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE = re.compile(r"[,;:.!?()\"“”–—]|->")


class Dutch(Struct, frozen=True):
    """The first table of voice.toml."""

    first: str
    object: str
    owned: str
    reflexive: str
    present: str
    past: str
    subordinate: str
    coordinate: str


class English(Struct, frozen=True):
    """The second one."""

    first: str
    object: str
    owned: str
    reflexive: str
    present: str
    contracted: str
    past: str
    adverbs: str


class _Nouns(Struct, frozen=True):
    het: str


class _File(Struct, frozen=True):
    nl: Dutch
    en: English
    nouns: _Nouns


@cache
def _file() -> _File:
    return lexicon.load("voice", _File)


@cache
def _pairs(listed: str) -> dict[str, str]:
    """ "a b, c d" as a mapping."""
    return {first: other for entry in listed.split(",") if entry.strip() for first, other in [entry.split()]}


def as_role(text: str, role: str, language: str) -> str:
    """The text with the first person as `role` ("de mentor"), as far as it can be said well."""
    return (_dutch if language == "nl" else _english)(text, role)


def with_article(noun: str) -> str:
    """A Dutch noun with its article, as near as a list of nouns with "het" tells."""
    word = fold(noun)
    plural = word.endswith(("en", "'s", "s")) and not word.endswith(("ss", "us", "is"))
    small = word.endswith(("je", "tje")) and len(word) > 4
    neuter = any(word == het or (len(het) > 3 and word.endswith(het)) for het in _file().nouns.het.split())
    return f"het {noun}" if small or (neuter and not plural) else f"de {noun}"


def owned(role: str, after: str) -> tuple[str, int] | None:
    """(the Dutch for what `role` owns, signs of `after` it takes the place of), None where that cannot be told.

    `after` is what stands behind "mijn" or "Noors": one noun, with an adjective before it or not.
    """
    match = re.match(r" ([^\W\d_]+)(?: ([^\W\d_]+))?(?![\w-])", after)
    if match is None:
        return None
    noun, taken = match.group(1), match.end(1)
    behind = match.group(2)
    if noun.endswith("e") and not noun.endswith(("je", "ie", "ee")) and behind and not _is_stop(behind):
        adjective, noun, taken = noun, behind, match.end(2)
        article = with_article(noun).split(" ", 1)[0]
        return f"{article} {adjective} {noun} van {role}", taken
    if _is_stop(noun):
        return None
    return f"{with_article(noun)} van {role}", taken


def _is_stop(word: str) -> bool:
    from assistant.words import stop_words

    return fold(word) in stop_words()


_QUOTED = re.compile(r"[\"“„][^\"”]*[\"”]")


def _spoken(text: str) -> list[re.Match[str]]:
    """The words of a text but those in quotation marks, where "I" is whoever says them."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [t for t in _WORD.finditer(text) if not any(start < t.start() < end for start, end in quoted)]


def _dutch(text: str, role: str) -> str:
    forms = _file().nl
    tokens = _spoken(text)
    edits: list[tuple[int, int, str]] = []
    changed = False
    for n, token in enumerate(tokens):
        word = fold(token.group())
        if word == forms.first:
            verb = _dutch_verb(text, tokens, n)
            if verb is None:
                return text
            edits += [(token.start(), token.end(), role), verb]
            changed = True
        elif word in forms.owned.split() and (said := owned(role, text[token.end() :])):
            edits.append((token.start(), token.end() + said[1], said[0]))
        elif word in forms.object.split():
            edits.append((token.start(), token.end(), role))
        elif changed and word in _pairs(forms.reflexive):
            edits.append((token.start(), token.end(), _pairs(forms.reflexive)[word]))
    return _edited(text, edits)


def _dutch_verb(text: str, tokens: list[re.Match[str]], n: int) -> tuple[int, int, str] | None:
    """The edit of the finite verb that goes with "ik" at n: before it in an inversion, else behind it."""
    forms = _file().nl
    opens = n == 0 or _CLAUSE.search(text, tokens[n - 1].end(), tokens[n].start())
    before = "" if opens else fold(tokens[n - 1].group())
    if before in forms.subordinate.split():
        return None
    behind = opens or before in forms.coordinate.split()
    at = n + 1 if behind else n - 1
    if at >= len(tokens):
        return None
    said = _dutch_third(fold(tokens[at].group()))
    if said is None or fold(tokens[at].group()) in ("mentor", "mentee"):
        return None
    said = said.capitalize() if tokens[at].group()[0].isupper() else said
    return tokens[at].start(), tokens[at].end(), said


def _dutch_third(verb: str) -> str | None:
    """The third person of a verb in the first, None where it is no form that is known."""
    forms = _file().nl
    if verb in forms.past.split() or (verb.endswith(("de", "te")) and len(verb) > 4):
        return verb
    known = _pairs(" ".join(forms.present.split("\n")))
    if verb in known:
        return known[verb]
    for length in range(3, len(verb) - 2):  # afspreek? no: a verb with something before it, as in "herschrijf"
        if verb[length:] in known and lexicon.is_word(known[verb[length:]]) and len(verb[length:]) >= 4:
            return verb[:length] + known[verb[length:]]
    said = verb if verb.endswith("t") else verb + "t"
    return said if lexicon.is_word(said) and not verb.endswith(("en", "ig", "er")) else None


def _english(text: str, role: str) -> str:
    forms = _file().en
    tokens = _spoken(text)
    edits: list[tuple[int, int, str]] = []
    for n, token in enumerate(tokens):
        word = fold(token.group())
        if word == forms.first:
            if (verb := _english_verb(tokens, n)) is None:
                return text
            edits += [(token.start(), token.end(), role), verb]
        elif word.startswith("i'") and word[1:] in _pairs(forms.contracted):
            edits.append((token.start(), token.end(), f"{role} {_pairs(forms.contracted)[word[1:]]}"))
        elif word in _pairs(forms.reflexive):
            edits.append((token.start(), token.end(), _pairs(forms.reflexive)[word]))
        elif word == forms.owned:
            edits.append((token.start(), token.end(), f"{role}'s"))
        elif word in forms.object.split():
            edits.append((token.start(), token.end(), role))
    return _edited(text, edits)


def _english_verb(tokens: list[re.Match[str]], n: int) -> tuple[int, int, str] | None:
    forms = _file().en
    for token in tokens[n + 1 :]:
        word = fold(token.group())
        if word not in forms.adverbs.split():
            said = _english_third(word)
            return (token.start(), token.end(), said) if said else None
    return None


def _english_third(verb: str) -> str | None:
    forms = _file().en
    known = _pairs(forms.present)
    if verb in known:
        return known[verb]
    if verb in forms.past.split() or verb.endswith("ed"):
        return verb
    if not lexicon.is_word(verb):
        return None
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return verb[:-1] + "ies"
    return verb + "s"


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, said in sorted(edits, reverse=True):
        text = text[:start] + said + text[end:]
    return text
