"""How likely it is that a promise is about a person and not about the work, though no word or saying shows it.

A logistic regression, by kinds of words and by how the line speaks of people; see bench/train_office.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from assistant.privacy import lexicon, secrecy
from assistant.words import fold

RISK = 0.8
# People as a line is judged: x is one of the pair, z somebody else.
_PAIR, _OTHER = "X", "Z"
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zà-ÿ]{1,15}(?![\w’])")  # within a sentence, where no list knows it for a name
_LISTS = {
    "pronoun": "hij hem zijn haar zij ze he him his she her hers himself herself zichzelf zich",
    "clause": "of whether if waarom why hoe how wat what dat that omdat because als wie who zolang sinds since",
    "state": "heeft had has is was wordt zit blijft mag kan kon moet wil can could may must wants stays gets feels krijgt hoort "
    "doet does did",
    "article": "een de het a an the drie two twee vijf five three",
    "neg": "niet niemand nooit not nobody never cannot geen meer any longer langer",
    "still": "nog still ooit hier here",
}
_SETS = {name: frozenset(listed.split()) for name, listed in _LISTS.items()}
_PERSONS = _SETS["pronoun"] | {"x", "z"}
_WORK = frozenset(("kind matter", "kind learned", "kind agreed"))


def masked(text: str) -> str:
    """A line in which the pair stand as X already, with everybody else as Z: names that the lists of names have."""
    return _NAME.sub(lambda match: _OTHER if _is_name(match.group()) else match.group().lower(), text)


def _is_name(word: str) -> bool:
    folded = fold(word)
    calendar = lexicon.cue("months") | lexicon.cue("sure_months")
    known = lexicon.is_word(folded) and not lexicon.is_first_name(folded)
    return lexicon.is_name(folded) and folded not in calendar and not known


def features(text: str) -> Iterator[str]:
    """What tells of a line in which people are X and Z."""
    of_words = [
        name for name in secrecy.features(re.sub(rf"\b{_OTHER}\b", _PAIR, text)) if name[:2] not in ("2 ", "nu")
    ]
    yield from of_words
    words = _WORD.findall(fold(text))
    if _WORK.isdisjoint(of_words):
        yield "s nowork"
    yield from _counts(words)
    yield from dict.fromkeys(found for a, b in pairwise(words) for found in _beside(a, b))


def _counts(words: Sequence[str]) -> Iterator[str]:
    others = words.count("z")
    pronouns = sum(word in _SETS["pronoun"] for word in words)
    yield from (f"s others {n}" for n in (1, 2) if others >= n)
    yield from (f"s pronouns {n}" for n in (1, 2) if pronouns >= n)
    yield from (f"s {name}" for name in ("article", "neg", "still") if not _SETS[name].isdisjoint(words))
    if words and words[-1] in _PERSONS:
        yield "s ends in a person"


def _beside(first: str, second: str) -> Iterator[str]:
    """What two words side by side tell: a clause about a person or a thing, somebody of whom something is said."""
    if first in _SETS["clause"]:
        yield "s clause of a person" if second in _PERSONS else "s clause of a thing"
    if first in _PERSONS and second in _SETS["state"]:
        yield "s person is"
        if first != "x":
            yield "s other is"


def risk(text: str) -> float:
    """How likely it is that a line is about a person, 0 to 1; the pair stand in it as X."""
    return secrecy.score(features(masked(text)), weights())


@cache
def weights() -> dict[str, float]:
    """One weight a feature, "" for the constant; raises Refused."""
    return secrecy.learned("office", "no line can be told")
