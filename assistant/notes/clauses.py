"""Sentences into clauses, and words into the kinds that tell a promise from other talk.

The kinds and their words stand in corpus/reading/promises/, both languages at once since people mix them.
"""

from __future__ import annotations

import re
from collections import ChainMap
from functools import cache

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.notes.people import Roster, Who
from assistant.words import fold, stop_words

_TOKEN = re.compile(
    r"\d+(?:[.:/,-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|['’][kts]\b|[,;:()?!\"“”„…]|->|→|[–—]|(?<=\s)[-/>](?=\s)|\."
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CLITIC = re.compile(r"^(.+?)(n't|'ll|'re|'ve|'d|'s|'m)$")
_BREAKS = frozenset(',;:()"“”„…?!–—->→>.')
_PARTED = re.compile(  # participles of verbs with a particle: meegelopen, opgezocht
    r"(?:mee|op|uit|aan|af|door|na|terug|voor|langs|over|rond|in|bij|toe|weg|samen|los|binnen|vast|om|neer|stil|klaar|dicht|open)"
    r"ge\w{2,}(?:[dt]|en)$"
)
_JOINS = frozenset({"and", "because", "that", "once", "if"})
_OPENS = frozenset(
    {
        "SELF",
        "YOU",
        "HE",
        "WE",
        "MENTOR",
        "MENTEE",
        "OTHER",
        "will",
        "go",
        "would",
        "have",
        "be",
        "had",
        "was",
        "act",
        "past",
    }
)
_VERBS = frozenset({"be", "have", "was", "had", "would", "will", "past", "say", "go", "asked", "act"})
_PERSONS = frozenset({"SELF", "YOU", "HE", "WE", "MENTOR", "MENTEE"})
_ONES = frozenset({"SELF", "YOU", "HE", "MENTOR", "MENTEE", "object_self", "object_he"})
_SUBJECTS = frozenset({"SELF", "YOU", "HE", "WE", "MENTOR", "MENTEE", "OTHER", "everyone"})


class _Words(Struct, frozen=True):
    """`kinds` by language: a word can be of another kind in each."""

    kinds: dict[str, dict[str, str]]
    phrases: dict[str, re.Pattern[str]]


class Token(Struct, frozen=True):
    """A word of a sentence: its place, its folded form, and its kind ("x" of an unknown one)."""

    start: int
    end: int
    word: str
    kind: str


class Clause(Struct, frozen=True):
    """A part of a sentence with at most about one verb; `start` and `end` are offsets in the utterance."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def kinds(self) -> list[str]:
        return [token.kind for token in self.tokens]


@cache
def words() -> _Words:
    """The kinds of words and the phrases of all languages, read once."""
    kinds: dict[str, dict[str, str]] = {}
    phrases: dict[str, list[str]] = {}
    for path in sorted((resources.corpus() / "reading" / "promises").glob("*.yaml")):
        data = msgspec.convert(resources.parsed(path.read_text(encoding="utf-8")), dict[str, str | dict[str, str]])
        for name, value in data.items():
            if isinstance(value, dict):
                for phrase, pattern in value.items():
                    phrases.setdefault(phrase, []).append(pattern.strip())
            else:
                for word, kind in _forms(name, value):
                    kinds.setdefault(path.stem, {}).setdefault(word, kind)
    return _Words(kinds, {name: re.compile("|".join(each)) for name, each in phrases.items()})


def _forms(name: str, value: str) -> list[tuple[str, str]]:
    if name != "acts":
        upper = {"self": "SELF", "you": "YOU", "he": "HE", "we": "WE"}
        return [(fold(word), upper.get(name, name)) for word in value.split()]
    forms: list[tuple[str, str]] = []
    for entry in value.split():
        whole, _, stem = entry.partition("/")
        forms += [(word, "act") for word in (_dutch(whole, stem) if stem else _english(whole))]
        if not stem:
            forms += [(word, "doing") for word in _doing(whole)]
            forms += [(word, "past") for word in _did(whole)]
        else:
            forms += [(word, "past") for word in (f"{stem}te", f"{stem}de", f"{stem}ten", f"{stem}den")]
    return forms


def _dutch(whole: str, stem: str) -> list[str]:
    return [whole, stem, stem if stem.endswith("t") else f"{stem}t"] + ([f"{stem}t"] if stem in ("ga", "sta") else [])


def _english(verb: str) -> list[str]:
    if re.search(r"(?:s|sh|ch|x|o)$", verb):
        return [verb, f"{verb}es"]
    return [verb, f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"]


def _doing(verb: str) -> list[str]:
    bare = verb[:-1] if re.search(r"[^eo]e$", verb) else verb
    return [f"{bare}ing", f"{verb}{verb[-1]}ing"]


def _did(verb: str) -> list[str]:
    return [
        f"{verb}d" if verb.endswith("e") else f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed",
        f"{verb}{verb[-1]}ed",
    ]


def tokens(text: str, roster: Roster) -> list[Token]:
    """The words and signs of a text with their kinds; English clitics ('ll, n't) by themselves."""
    result: list[Token] = []
    skip = -1
    known = _known(text)
    for match in _TOKEN.finditer(text):
        if match.start() < skip:
            continue
        named = _name_at(text, match, roster)
        if named:
            skip = named[0]
            result.append(Token(match.start(), skip, fold(text[match.start() : skip]), named[1]))
            if text[skip : skip + 2] in ("'s", "’s"):
                result.append(Token(skip, skip + 2, "'s", "be"))
            elif text[skip : skip + 3] in ("'ll", "’ll"):
                result.append(Token(skip, skip + 3, "'ll", "will"))
            continue
        word = fold(match.group())
        if len(word) > 2 and (clitic := _CLITIC.match(word)):
            cut = match.start() + len(clitic.group(1))
            result.append(Token(match.start(), cut, clitic.group(1), _kind(clitic.group(1), known, match, result)))
            result.append(Token(cut, match.end(), clitic.group(2), known.get(clitic.group(2), clitic.group(2))))
        else:
            word = word.lstrip("'") or word
            result.append(Token(match.start(), match.end(), word, _kind(word, known, match, result)))
    return [_as_verb(token, result[n - 1] if n else None) for n, token in enumerate(result)]


def _as_verb(token: Token, before: Token | None) -> Token:
    """An unknown word right behind one of the pair is most likely what they do: "WA pingt", "hij typt", "I ping"."""
    if token.kind != "x" or before is None or before.kind not in _PERSONS:
        return token
    return msgspec.structs.replace(token, kind="x-verb")


def _name_at(text: str, match: re.Match[str], roster: Roster) -> tuple[int, str] | None:
    """(end, kind) of a name of the roster that begins here, the longest first."""
    if not match.group()[0].isalpha():
        return None
    for length in (3, 2, 1):
        found = re.match(rf"[\w'’.-]+(?:[ \t]+[\w'’.-]+){{{length - 1}}}", text[match.start() :])
        if not found:
            continue
        name = re.sub(r"(?:['’](?:s|ll|d))?[.,'’-]*$", "", found.group())
        who = roster.who(name)
        if who is None and length == 1 and "-" not in name:
            continue
        if who and (name[0].isupper() or name in roster.spellings or len(name) > 3):
            return match.start() + len(name), {"mentor": "MENTOR", "mentee": "MENTEE", "other": "OTHER"}[who]
    return None


def _known(text: str) -> ChainMap[str, str]:
    """The kinds of words, first in the language that most words of the text belong to."""
    found = [w.lstrip("'") for w in _WORD.findall(fold(text))]
    own = {language: sum(w in kinds for w in found) for language, kinds in words().kinds.items()}
    return ChainMap(*(words().kinds[language] for language in sorted(own, key=lambda name: -own[name])))


def _kind(word: str, known: ChainMap[str, str], match: re.Match[str], before: list[Token]) -> str:
    if word in known:
        return known[word]
    if word[0].isdigit():
        return "number"
    if word in _BREAKS:
        return word
    written = match.group()
    opens = not before or before[-1].word in (".", "?", "!", ":", '"', "“", "„")
    if written[0].isupper() and (not opens or (len(written) > 1 and written.isupper())):
        return "OTHER" if word not in stop_words() else word
    if word in stop_words():
        return word
    return _guess(word)


def _guess(word: str) -> str:
    """The kind of an unknown word by its ending."""
    if re.match(r"(?:ge|be|ver|ont|her)\w{3,}(?:[dt]|en)$", word) or _PARTED.match(word):
        return "x-ge"
    for ending in ("ing", "ed", "ly", "den", "ten", "en", "te", "de"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return f"x-{ending}"
    return "x"


def clauses(found: list[Token]) -> list[Clause]:
    """Tokens of one sentence cut at signs, and before joining words that a new subject or verb follows."""
    result: list[Clause] = []
    gathered: list[Token] = []
    for number, token in enumerate(found):
        following = found[number + 1 : number + 3]
        joins = token.kind in _JOINS and len(gathered) >= 3 and any(t.kind in _OPENS for t in following)
        joins = (joins and not _pair_of(gathered, following)) or _begins_anew(gathered, token, following)
        if (token.word in _BREAKS and not _inside(found, number)) or joins:
            if gathered:
                result.append(Clause(gathered[0].start, gathered[-1].end, tuple(gathered)))
            gathered = [] if token.word in _BREAKS else [token]
        else:
            gathered.append(token)
    if gathered:
        result.append(Clause(gathered[0].start, gathered[-1].end, tuple(gathered)))
    return [clause for clause in result if clause.tokens]


def _begins_anew(gathered: list[Token], token: Token, following: list[Token]) -> bool:
    """In talk without punctuation: somebody does something again, after a clause that was long enough already."""
    return (
        len(gathered) >= 8
        and token.kind in _PERSONS
        and bool(following)
        and following[0].kind in _VERBS - {"act"}
        and gathered[-1].kind not in ("that", "question", "and", "because", "if", "once")
        and any(one.kind in _VERBS for one in gathered)
    )


def _pair_of(gathered: list[Token], following: list[Token]) -> bool:
    """Does "and" stand between two people, as in "Noor and I"?"""
    last = gathered[-1].kind
    if last not in _ONES or last.startswith("object") or not following or following[0].kind not in _ONES:
        return False
    return len(gathered) < 2 or gathered[-2].kind not in ("say", "act", "past")


def _inside(found: list[Token], number: int) -> bool:
    """A full stop behind an abbreviation or in a time is no end."""
    return found[number].word == "." and number + 1 < len(found)


def subject(clause: Clause) -> str | None:
    """The kind of the subject: the one next to the verb that promises, else the first; None if there is none."""
    kinds = clause.kinds
    for n, kind in enumerate(kinds[1:-1], 1):
        if kind == "and" and kinds[n - 1] in _ONES and kinds[n + 1] in _ONES and kinds[n - 1] != kinds[n + 1]:
            return "WE"
    subjects = [n for n, kind in enumerate(kinds) if kind in _SUBJECTS]
    if not subjects:
        return None
    for verb in ("will", "would", "go", "promise", "act", "doing", "x-verb"):
        places = [n for n, kind in enumerate(kinds) if kind == verb]
        near = [(abs(s - v) + (0.5 if s > v else 0), s) for v in places for s in subjects if -3 <= s - v <= 2]
        if near:
            return kinds[min(near)[1]]
    return kinds[subjects[0]]


def quoted_at(text: str, place: int) -> bool:
    """Does a place of a sentence lie in quotation marks?"""
    head = text[:place]
    if any(head.count(a) > head.count(b) for a, b in ("“”", "„”", "„“", "«»")):
        return not ("„" in head and head.count("“") + head.count("”") >= head.count("„"))
    return head.count('"') % 2 == 1


def side(kind: str | None, speaker: Who, to: Who | None, turn: bool) -> str | None:
    """mentor, mentee, both or other, whom a subject of that kind means in the mouth of `speaker`."""
    if kind in ("MENTOR", "MENTEE"):
        return kind.lower()
    if kind == "SELF":
        return speaker
    if kind == "YOU":
        return to or ("mentee" if speaker == "mentor" else "mentor" if speaker == "mentee" else "other")
    if kind == "WE":
        return "both"
    if kind == "HE":
        return "other" if turn or speaker != "mentor" else "mentee"
    return "other" if kind in ("OTHER", "everyone") else None
