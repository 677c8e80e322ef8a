"""Promises in free text: which clauses promise something, by whom, and by when."""

from __future__ import annotations

import datetime as dt
import re
from itertools import groupby

from msgspec import Struct

from assistant.notes import judge
from assistant.notes.dates import due
from assistant.notes.judge import Candidate
from assistant.notes.owners import Side, owner_of
from assistant.notes.people import Roster
from assistant.notes.promises import source_of, tidy, without_names
from assistant.notes.utterances import LONGEST_QUOTE, Utterance, shorten
from assistant.records import Note, Owner, Promise, Source
from assistant.words import content, fold

BAR = 0.43
_LONG = 330  # characters; a longer sentence is not shown whole
_DAY = 4  # words of a day that stands as a sentence of its own: "Voor 15 mei."
_SHORT = 7  # words of an answer that says little by itself
_BESIDE = 3  # characters between a clause and what hangs on it
_CONJUNCTION = re.compile(r"\W*(?:dat|zodat|opdat|so|so that|that|which|waardoor|waarmee)\b(?! (?:will|zal)\b)")
_BY_THEN = re.compile(r"\b(?:by then|before then|tegen dan|voor die tijd|tegen die tijd|voor dan|by that date)\b")
_CONSENT = re.compile(
    r"^\W*(?:deal|you're on|done deal|afgesproken|prima|goed|ok|oke|okay|top|yes|ja|genoteerd|fine|mooi|doen we|graag)"
    r"\W*$"
)


class Find(Struct):
    """A promise with the numbers of the sentences that it was made in; `when` is where its day may stand.

    `bare` says that it names nobody and has no verb: "Voor 15 mei."
    """

    numbers: list[int]
    owner: Owner
    text: str
    line: int
    when: str
    likely: float
    bare: bool = False
    who: tuple[str, ...] = ()


def promised_in(note: Note, said: list[Utterance], roster: Roster, known: list[Promise]) -> list[Promise]:
    """The promises of a note that stand in running text; `known` are those in boxes, labels and tables."""
    taken = {(p.source.line, p.source.quote) for p in known}
    finds: list[Find] = []
    for number, here in enumerate(said):
        if here.speaker == "other" or (here.line, source_of(here, note).quote) in taken:
            continue
        for find in _in_sentence(said, number, roster):
            if finds and _continues(finds[-1], find, said):
                finds[-1].numbers.append(number)
            else:
                finds.append(find)
    told = frozenset(number for find in finds for number in find.numbers)
    return [_promise(note, said, find, roster, told) for find in finds]


def _in_sentence(said: list[Utterance], number: int, roster: Roster) -> list[Find]:
    by, here = judge.weights(), said[number]
    if here.text.rstrip(' "”)').endswith("?") or _CONSENT.match(fold(here.text)):
        return []
    scored = [(c, judge.score(c.features, by)) for c in judge.candidates(said, number, roster)]
    likely = {c: score for c, score in scored if score >= BAR}
    found = list(likely)
    owners = _owners(found, said, number, roster)
    owned: list[tuple[tuple[Side, str], list[Candidate]]] = [
        (owner, list(group)) for owner, group in groupby(found, key=owners.__getitem__)
    ]
    result: list[Find] = []
    for (owner, who), mine in owned:
        if owner == "other":
            continue
        start, end = _window(here.text, mine, [g for _, g in owned if g is not mine])
        text = here.text[start:end].strip(" ,;:-–—")
        at = here.text.find(text, start)
        line = here.line + here.text[:at].count("\n")
        result.append(
            Find(
                [number],
                owner,
                text,
                line,
                _when(here.text, mine, start, end),
                max(likely[c] for c in mine),
                all(map(_bare, mine)),
                (who,) if who else (),
            )
        )
    return result


def _owners(
    found: list[Candidate], said: list[Utterance], number: int, roster: Roster
) -> dict[Candidate, tuple[Side, str]]:
    """Whose each clause is; what hangs on a promise (", eind november", "so I can see it") belongs to it.

    One that doesn't say which mentor of a panel goes with the clause before it.
    """
    owners: dict[Candidate, tuple[Side, str]] = {}
    before: Candidate | None = None
    for one in found:
        hangs = before is not None and (_bare(one) or _hangs_on(one, before, said[number].text))
        side, name = owners[before] if before and hangs else _owner(one, said, number, roster)
        if before and not name and owners[before][0] == side:
            name = owners[before][1]
        owners[one] = side, name
        before = one
    return owners


def _hangs_on(one: Candidate, before: Candidate, text: str) -> bool:
    beside = one.clause.start - before.clause.end <= _BESIDE
    return beside and _CONJUNCTION.match(fold(text[one.clause.start : one.clause.end])) is not None


def _owner(candidate: Candidate, said: list[Utterance], number: int, roster: Roster) -> tuple[Side, str]:
    """The side that a clause binds, and the mentor of a panel where it is known which."""
    owner = owner_of(candidate, said, number, roster)
    if not roster.is_panel or owner == "other":
        return owner, ""
    from assistant.notes import mentors

    found = mentors.promised(candidate, owner, said, number, roster)
    return found or (owner, "")


def _bare(one: Candidate) -> bool:
    few = len(one.clause.tokens) <= _SHORT
    return few and one.subject is None and not judge.VERBS.intersection(one.clause.kinds)


def _window(text: str, mine: list[Candidate], others: list[list[Candidate]]) -> tuple[int, int]:
    """The whole sentence; beside another's promise, or in a long one, what stands between it and its neighbours."""
    start, end = mine[0].clause.start, mine[-1].clause.end
    before = max([g[-1].clause.end for g in others if g[-1].clause.end <= start] + [0])
    after = min([g[0].clause.start for g in others if g[0].clause.start >= end] + [len(text)])
    if after - before <= _LONG:
        return before, after
    end = min(after, max(end, text.rfind(" ", 0, start + _LONG * 2 // 3)))
    return max(before, min(start, text.find(" ", max(0, end - _LONG)))), end


def _when(text: str, mine: list[Candidate], start: int, end: int) -> str:
    """Where the day of a promise may stand: in a long stretch, in its own clauses and behind them alone."""
    if len(text[start:end].split()) <= 25:
        return text[start:end]
    return text[mine[0].clause.start : min(end, mine[-1].clause.end + 80)]


def _same_breath(one: Utterance, other: Utterance) -> bool:
    return one.turn and one.block == other.block and one.line == other.line and one.speaker == other.speaker


def _continues(before: Find, find: Find, said: list[Utterance]) -> bool:
    """Is a find the rest of the promise before it: in one turn of a talk, or a few words more of the same block?"""
    last, here = before.numbers[-1], find.numbers[0]
    if here != last + 1 or ((before.owner, before.who) != (find.owner, find.who) and not find.bare):
        return False
    if _same_breath(said[last], said[here]):
        return min(len(said[last].text.split()), len(find.text.split())) <= _SHORT
    of_one = said[last].block == said[here].block and said[last].speaker == said[here].speaker
    return of_one and said[here].kind in ("text", "item") and len(said[here].text.split()) <= _SHORT


def _promise(note: Note, said: list[Utterance], find: Find, roster: Roster, told: frozenset[int]) -> Promise:
    first, last = said[find.numbers[0]], said[find.numbers[-1]]
    quote, day = find.text, due(without_names(find.when, roster), note.date)
    numbers = _widened(said, find, told)
    if len(numbers) > 1:
        together = " ".join(said[n].text for n in numbers)
        if len(together) <= LONGEST_QUOTE and any(together in p.text for p in note.passages if p.block == first.block):
            quote, find.line = together, said[numbers[0]].line
            when = " ".join(said[n].text for n in numbers if n in find.numbers or said[n].turn)
            day = day or due(without_names(when, roster), note.date)
    day = day or _day_in_answer(said, find.numbers[-1], note.date, roster)
    text = tidy(quote)
    if len(find.text.split()) <= _SHORT and (asked := _request(said, numbers[0])):
        text = shorten(f"{tidy(asked)} {text}")
    source = Source(note.path, find.line, note.date, last.level, shorten(quote))
    return Promise(text, find.owner, day, source, "free", likely=round(find.likely, 3), who=find.who)


def _widened(said: list[Utterance], find: Find, told: frozenset[int]) -> list[int]:
    """The sentences of a find; in a turn, with the short ones beside it. `told` are those with promises."""
    numbers, here = list(find.numbers), said[find.numbers[0]]
    after, before = numbers[-1] + 1, numbers[0] - 1
    words = sum(len(said[n].text.split()) for n in numbers)
    if (
        after < len(said)
        and _same_breath(said[after], here)
        and (words <= _SHORT or len(said[after].text.split()) <= _SHORT + 3)
        and not said[after].text.endswith("?")
    ):
        numbers.append(after)
    if (
        before >= 0
        and words <= _SHORT
        and (_same_breath(said[before], here) or (before not in told and _says_little(said[before], here)))
    ):
        numbers.insert(0, before)
    return numbers


def _says_little(before: Utterance, here: Utterance) -> bool:
    """Is it an answer or a nod that means nothing without the sentence before it: "Leave it with me."?"""
    of_one = before.block == here.block and before.level == here.level and before.kind == here.kind
    return of_one and not here.turn and len(content(here.text)) <= 2


def _request(said: list[Utterance], number: int) -> str | None:
    """What the other one asked for, right before an answer that says little by itself."""
    here, before = said[number], said[number - 1] if number else None
    if before is None or (before.block != here.block and not here.turn):
        return None
    asked = before.text.rstrip(' "”').endswith("?") or (here.turn and before.speaker != here.speaker)
    return before.text if asked and before.level == here.level and len(before.text) < 250 else None


def _day_in_answer(said: list[Utterance], number: int, day: dt.date, roster: Roster) -> dt.date | None:
    """The day that stands behind: in the next few words, in a talk in one of the next short turns, as after "by when?".

    "By then" is the day before it.
    """
    here = said[number]
    if _BY_THEN.search(fold(here.text)):
        near = [u for u in said[max(0, number - 3) : number] if u.block == here.block]
        named = [due(without_names(u.text, roster), day) for u in near]
        return next((found for found in reversed(named) if found), None)
    if not here.turn:
        after = said[number + 1] if number + 1 < len(said) else None
        beside = after is not None and after.block == here.block and len(after.text.split()) <= _DAY
        return due(without_names(after.text, roster), day) if after and beside else None
    for following in said[number + 1 : number + 4]:
        if len(following.text.split()) > _SHORT or not following.turn:
            return None
        text = without_names(following.text, roster)
        if found := due(text, day) or due(f"by {text}", day):
            return found
    return None
