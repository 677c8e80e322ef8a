"""How much a clause is like a promise: a logistic regression over kinds of words, trained by bench/train_reader.py.

The weights stand in corpus/reading/promises/weights.json: one number a feature, "" for the constant.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from msgspec import Struct

from assistant import resources
from assistant.notes.clauses import Clause, Token, clauses, quoted_at, side, subject, tokens, words
from assistant.notes.people import Roster, Who
from assistant.notes.utterances import Utterance
from assistant.words import fold

_SIDES = frozenset({"SELF", "YOU", "HE", "WE", "PAIR"})
_OF_MATTER = frozenset({"MENTOR", "MENTEE", "OTHER", "act", "number", "date"})
_NEAR = ("if", "maybe", "habit", "want", "think", "meet", "date", "promise", "say", "asked", "negation", "done")
_CLOSING = ("delen", "share", "programma", "programme", "program", "openbaar", "public")


class Candidate(Struct, frozen=True):
    """A clause of an utterance that may be a promise, with its features and the side its subject is on."""

    said: Utterance
    clause: Clause
    subject: str | None
    side: str | None
    features: tuple[str, ...]


@cache
def weights() -> dict[str, float]:
    """One weight a feature."""
    path = resources.corpus() / "reading" / "promises" / "weights.json"
    found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return found


def score(features: tuple[str, ...], by: dict[str, float]) -> float:
    """How likely it is that a clause of these features is a promise, 0 to 1."""
    return 1 / (1 + math.exp(-by[""] - sum(by.get(name, 0.0) for name in features)))


def candidates(said: list[Utterance], number: int, roster: Roster) -> list[Candidate]:
    """The clauses of one utterance, each with what tells about it."""
    here = said[number]
    found = tokens(here.text, roster)
    parts = clauses(found)
    around = tuple(_around(said, number, found))
    result: list[Candidate] = []
    kept: str | None = None
    for place, clause in enumerate(parts):
        kind = subject(clause)
        kept = kind or kept
        speaker, to = mouth(here, clause)
        who = side(kind or kept, speaker, to, here.turn or here.quoted)
        own = tuple(dict.fromkeys(_of_clause(here, parts, place, kind, who)))
        result.append(Candidate(here, clause, kind, who, own + around))
    return result


_I_SAID = re.compile(r"\b(?:i said|said i|zei ik|ik zei|antwoordde ik|vroeg ik|i asked|i told)\b")


def mouth(said: Utterance, clause: Clause) -> tuple[Who, Who | None]:
    """Who speaks in a clause, and to whom: what stands in quotation marks the other one said, unless "I said"."""
    if said.turn or said.quoted or said.speaker != "mentor" or not quoted_at(said.text, clause.start):
        return said.speaker, said.to
    return ("mentor", "mentee") if _I_SAID.search(fold(said.text)) else ("mentee", "mentor")


def _of_clause(said: Utterance, parts: list[Clause], place: int, kind: str | None, who: str | None) -> Iterator[str]:
    clause = parts[place]
    kinds = _general(clause)
    head, tail = _halves(kinds)
    row = ["<", *head] if tail else ["<", *head, ">"]
    loose = ["S" if one in _SIDES else one for one in row]
    yield from (f"1 {one}" for one in head)
    yield from (f"t {one}" for one in tail)
    yield from (f"2 {a} {b}" for a, b in pairwise(row))
    yield from (f"3 {a} {b} {c}" for a, b, c in zip(row, row[1:], row[2:], strict=False))
    yield from (f"4 {a} {b}" for a, b in pairwise(loose) if "S" in (a, b))
    yield from (f"5 {a} {b} {c}" for a, b, c in zip(loose, loose[1:], loose[2:], strict=False) if "S" in (a, b, c))
    for name in _phrases(said.text, [clause]):
        yield f"phrase {name}"
        yield f"phrase {name} of {who}"
    subject = "none" if kind is None else str(who)
    verbs = VERBS.intersection(head)
    tense = _tense(kinds)
    yield f"subject {subject}"
    yield from (f"subject {subject} {verb}" for verb in verbs)
    yield f"np {_noun_acts(kinds)} {kind is None}"
    yield f"tense {tense}"
    yield f"tense {tense} {subject}"
    ours = who in ("mentor", "mentee", "both")
    yield f"core {tense} {ours and kind is not None} {'act' in kinds} {'date' in kinds or 'today' in kinds}"
    yield f"verbs {' '.join(sorted(verbs))}"
    yield f"side {who} {bool(verbs)}"
    yield from _as_worded(clause)
    yield from _place(said, parts, place)


def _as_worded(clause: Clause) -> Iterator[str]:
    """The common words themselves, one and two at a time; names, numbers and words of matter by their kind."""
    row = [t.kind if t.kind in _OF_MATTER or t.kind.startswith("x") else t.word for t in clause.tokens]
    yield from (f"w {word}" for word in row)
    yield from (f"w {a} {b}" for a, b in pairwise(["<", *row, ">"]))


def _place(said: Utterance, parts: list[Clause], place: int) -> Iterator[str]:
    """Where a clause stands, and what stands beside it."""
    yield f"place {min(place, 3)} of {min(len(parts), 5)}"
    yield f"words {min(len(parts[place].tokens) // 3, 5)}"
    for name, other in (("before", place - 1), ("behind", place + 1)):
        if 0 <= other < len(parts):
            yield from (f"{name} {one}" for one in set(_halves(_general(parts[other]))[0]))
            yield f"{name} tense {_tense(_general(parts[other]))}"
        else:
            yield f"{name} nothing"
    near = parts[max(0, place - 1) : place + 2]
    kinds = {kind for part in near for kind in part.kinds if kind != "if" or VERBS.intersection(part.kinds)}
    yield from (f"near {name}" for name in _NEAR if name in kinds)
    yield from (f"near phrase {name}" for name in _phrases(said.text, near))


def _phrases(text: str, parts: list[Clause]) -> list[str]:
    flat = fold(text[parts[0].start : parts[-1].end])
    return [name for name, pattern in words().phrases.items() if pattern.search(flat)]


def _halves(kinds: list[str]) -> tuple[list[str], list[str]]:
    """What stands up to a few words behind the first verb, and the rest: there the verb's own words are fewer."""
    first = next((n for n, kind in enumerate(kinds) if kind in VERBS), None)
    cut = min(len(kinds), 9) if first is None else first + 6
    return kinds[:cut], kinds[cut:]


VERBS = frozenset(
    {
        "will",
        "would",
        "go",
        "act",
        "doing",
        "past",
        "promise",
        "have",
        "had",
        "be",
        "was",
        "must",
        "can",
        "want",
        "say",
        "x-verb",
    }
)


def _tense(kinds: list[str]) -> str:
    """What the first verb of a clause says of time, roughly."""
    first = next((n for n, kind in enumerate(kinds) if kind in VERBS or kind in ("x-te", "x-ed", "think")), None)
    if first is None:
        return "none"
    verb, behind = kinds[first], kinds[first + 1 :]
    if verb in ("have", "be") and any(kind in ("x-ge", "past", "x-ed", "done") for kind in behind):
        return "perfect"
    if verb == "be" and any(kind in ("go", "doing") for kind in behind[:3]):
        return "going"
    return "past" if verb in ("past", "x-te", "x-ed", "had", "was") else verb


def _noun_acts(kinds: list[str]) -> bool:
    """Is there a noun in front of the first verb, and none of the pair beside it?"""
    first = next((n for n, kind in enumerate(kinds) if kind in VERBS), None)
    if not first:
        return False
    beside = kinds[max(0, first - 3) : first + 2]
    nouns = any(kind in ("x", "OTHER", "everyone", "article") for kind in kinds[:first])
    return nouns and not _SIDES.intersection(beside)


def _general(clause: Clause) -> list[str]:
    """The kinds of a clause, with those of the pair put together, runs of unknown words as one, no "and" in front."""
    result: list[str] = []
    for kind in clause.kinds:
        one = "PAIR" if kind in ("MENTOR", "MENTEE") else kind
        if not result and one in ("and", ".", "from_now"):
            continue
        if not result or one != "x" or result[-1] != "x":
            result.append(one)
    return result


def _around(said: list[Utterance], number: int, found: list[Token]) -> Iterator[str]:
    """What tells about the sentence as a whole, and about what stands before it."""
    here = said[number]
    if here.text.rstrip(' "”)').endswith("?"):
        yield "asks"
    yield f"sentence {min(len(found) // 8, 5)} {here.turn}"
    yield f"turn {here.turn} quoted {here.quoted}"
    if here.section and fold(here.section[-1]).strip(" :").split(" ")[-1] in _CLOSING:
        yield "section shared"
    before = said[number - 1] if number else None
    if before and before.text.rstrip(' "”').endswith("?"):
        yield f"after question {here.turn}"
        yield f"after question short {len(found) < 12}"
    if here.box is not None:
        yield f"box {here.box}"
