"""Names that no roster has: capitalised words that are no plain words of either language, and what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

from assistant.privacy import lexicon
from assistant.privacy.text import Text, is_called
from assistant.words import stop_words

Kind = Literal["unknown-name", "organisation"]
_FOREIGN = re.compile("[šśşćčžźżłğıøåæðþőűřěůńňñãõđ]")
_JOINS = re.compile(r" |-|'| & |\. ?-?")


def names(text: Text, taken: bytearray, people: Collection[int] = ()) -> Iterator[tuple[int, int, Kind]]:
    """(start, end, kind) in `text.flat.cased`: runs of words that name, with the particles and initials between them.

    `people` are the words that name somebody of a roster.
    """
    free = [not taken[m.start()] for m in text.matches]
    marked = [free[i] and _names(text, i) for i in range(len(free))]
    _mark_initials(text, marked, free)
    _mark_joined(text, marked, free, people)
    _mark_beside(text, marked, free)
    i = 0
    while i < len(marked):
        last = _end_of_run(text, marked, free, i) if marked[i] else i
        if marked[i]:
            if i > 0 and text.folded[i - 1] in lexicon.cue("nobles") and free[i - 1] and text.between(i - 1) == " ":
                i -= 1
            yield text.matches[i].start(), text.matches[last].end(), _kind(text, i, last)
        i = last + 1


def _names(text: Text, i: int) -> bool:
    """Does word i name something, seen on its own?"""
    word, cased = text.folded[i], text.cased[i]
    if len(word) < 2 or not cased[0].isalpha():
        return _is_lone_initial(text, i)
    if any(c.isalpha() and ord(c) > 0x24F for c in cased):  # of another script, or made to look so
        return True
    if not text.capital(i):
        inside = any(c.isupper() for c in cased)  # iPhone, deVries
        small = len(word) >= 4 and (_is_small_name(text, i) or _is_titled(text, i))
        return inside or small or _before_surname(text, i)
    if word in lexicon.cue("harmless_capitals") or _is_ending(text, i) or _is_month(text, i):
        return False
    may_name = word in lexicon.cue("word_names") or (len(word) == 2 and word not in stop_words())
    if text.initial(i) or text.title_case(i):
        named = lexicon.is_first_name(word) or not lexicon.is_word(word)
        return named or (may_name and is_called(text, i)) or _is_aside(text, i)
    return word not in stop_words() or (may_name and word not in lexicon.cue("months")) or _has_accent(text, i)


def _is_month(text: Text, i: int) -> bool:
    """Is word i March or May, and no name for sure?"""
    if text.folded[i] not in lexicon.cue("months"):
        return False
    return i > 0 and text.folded[i - 1] in lexicon.cue("before_sure_months") and text.between(i - 1) == " "


def _is_aside(text: Text, i: int) -> bool:
    """Does word i stand alone between brackets, as who is meant does: "the secretary (Ank)"?"""
    start, end = text.matches[i].span()
    alone = text.flat.cased[start - 1 : start] == "(" and text.flat.cased[end : end + 1] == ")"
    return alone and text.flat.cased[start - 2 : start - 1] == " " and not lexicon.is_ordinary(text.folded[i])


def _has_accent(text: Text, i: int) -> bool:
    """Is word i written with a sign that its plain twin does not have: Saïd?"""
    start, end = text.flat.back(*text.matches[i].span())
    return not text.flat.original[start:end].isascii() and text.cased[i].isascii()


def _is_small_name(text: Text, i: int) -> bool:
    """Is word i, which is no plain word, a name in lower case: listed, spelt as neither language does, after another?"""
    word = text.folded[i]
    if lexicon.is_word(word):
        plain = lexicon.is_ordinary(word) or word in stop_words()
        return text.lower_case(i) and lexicon.is_first_name(word) and not plain  # karen
    start, end = text.flat.back(*text.matches[i].span())
    if _FOREIGN.search(text.flat.original, start, end):
        return True
    if lexicon.is_name(word) or word in lexicon.cue("small_names"):
        return True
    return i > 0 and text.between(i - 1) == " " and _before_surname(text, i - 1)


def _is_titled(text: Text, i: int) -> bool:
    """Is word i a surname in lower case behind a title, though a plain word too: "mevrouw bakker", "mr de jong"?"""
    before = i - 1
    while before > 0 and text.folded[before] in lexicon.cue("particles") and text.between(before) == " ":
        before -= 1
    titled = (
        before >= 0 and text.folded[before] in lexicon.cue("titles_of_people") and text.between(before) in (" ", ". ")
    )
    return titled and lexicon.is_name(text.folded[i]) and text.folded[i] not in stop_words()


def _before_surname(text: Text, i: int) -> bool:
    """Is word i a first name in lower case, with a word after it that is no plain word?"""
    if i + 1 == len(text.folded) or len(text.folded[i]) < 3 or text.between(i) != " ":
        return False
    after = text.folded[i + 1]
    return len(after) >= 4 and after.isalpha() and lexicon.is_first_name(text.folded[i]) and not lexicon.is_word(after)


def _is_ending(text: Text, i: int) -> bool:
    """Is word i what stands after an apostrophe, as in MENTOR'S?"""
    return i > 0 and text.between(i - 1) == "'" and len(text.folded[i]) <= 2


def _is_lone_initial(text: Text, i: int) -> bool:
    """Is word i somebody's initial standing alone ("W vond", "met W."), and no plan B, Q&A or point of a list?"""
    if not text.capital(i) or text.cased[i] in "IUOXQ" or text.title_case(i):
        return False
    before, after = (text.between(i - 1) if i else ""), (text.between(i) if i + 1 < len(text.cased) else ".")
    after_particle = i > 0 and text.folded[i - 1] in lexicon.cue("particles")
    if (before[-1:] not in ("", " ", "(", '"', "\n") and not after_particle) or after[:1] not in (
        " ",
        ".",
        ",",
        ":",
        ")",
        '"',
        "?",
        "!",
    ):
        return False
    if text.is_lettered(i):
        return False
    if text.initial(i):
        small = i + 1 < len(text.cased) and not text.capital(i + 1)
        return small and text.cased[i] != "A" and after in (" ", ". ", ", ")
    return text.cased[i] != "A" or after[:1] == "."


def _is_initial(text: Text, i: int) -> bool:
    """Is word i a capital with a full stop after it, or between two such?"""
    if text.is_lettered(i) or len(text.cased[i]) > 1 or not text.capital(i) or i + 1 == len(text.cased):
        return False
    return text.between(i)[:1] == "." or (text.between(i) == " " and text.folded[i + 1] in lexicon.cue("particles"))


def _mark_initials(text: Text, marked: list[bool], free: list[bool]) -> None:
    """Initials, and the name that stands after them: J.S., H. P. van Dam."""
    for i in range(len(marked)):
        if not (free[i] and _is_initial(text, i)):
            continue
        j = i + 1
        while j < len(marked) and text.folded[j] in lexicon.cue("particles"):
            j += 1
        named = j < len(marked) and text.capital(j) and not _starts_anew(text, j)
        if named or (i > 0 and _is_initial(text, i - 1)):
            marked[i] = True
            if named and free[j]:
                marked[j] = True


def _starts_anew(text: Text, i: int) -> bool:
    """Is word i plainly the first of a sentence, though an initial may stand before it: "plan B. The ..."."""
    return text.folded[i] in stop_words()


def _mark_beside(text: Text, marked: list[bool], free: list[bool]) -> None:
    """Capitalised words after a title, a first name or a middle initial, or before a name; lower-case ones in a row."""
    order = range(len(marked))
    for i in [*order, *reversed(order)]:
        if marked[i] or not free[i]:
            continue
        if not text.capital(i):
            marked[i] = _is_listed(text, marked, i)
        elif text.folded[i] not in stop_words() or _is_letter(text, i):
            marked[i] = _goes_with_last(text, marked, i) or _goes_with_next(text, marked, i)


def _mark_joined(text: Text, marked: list[bool], free: list[bool], people: Collection[int]) -> None:
    """What is no word at all and stands beside a person with an "and" between: "Noor en wiebe", "wiebe and Noor"."""
    for i, word in enumerate(text.folded):
        if marked[i] or not free[i] or len(word) < 4 or not word.isalpha() or lexicon.is_word(word):
            continue
        marked[i] = any(
            0 <= person < len(marked)
            and text.folded[joint] in ("and", "en")
            and text.between(min(i, joint)) == text.between(min(joint, person)) == " "
            and (person in people or (marked[person] and lexicon.is_first_name(text.folded[person])))
            for joint, person in ((i - 1, i - 2), (i + 1, i + 2))
        )


def _is_letter(text: Text, i: int) -> bool:
    """Is word i one letter that may be an initial, though "'m" and the like are stop words?"""
    return len(text.folded[i]) == 1 and text.folded[i] != "i"


def _is_listed(text: Text, marked: list[bool], i: int) -> bool:
    """Is word i a name in lower case, or no word at all, in a row of such: "anna, donna and chad"?"""
    word = text.folded[i]
    if not lexicon.is_first_name(word) and (len(word) < 4 or not word.isalpha() or lexicon.is_word(word)):
        return False
    beside = [(i - 1, i - 1, i - 2), (i, i + 1, i + 2)]  # the gap, the neighbour, and the one behind an "and"
    for gap, near, far in beside:
        if 0 <= gap < len(marked) - 1:
            comma = text.between(gap) == ", " and marked[near] and not text.capital(near)
            joined = text.folded[near] in ("and", "en") and 0 <= far < len(marked) and marked[far]
            if comma or (joined and not text.capital(far)):
                return True
    return False


def _goes_with_last(text: Text, marked: list[bool], i: int) -> bool:
    if i == 0:
        return False
    if i > 1 and text.folded[i - 1] in lexicon.cue("particles") and lexicon.is_first_name(text.folded[i - 2]):
        return marked[i - 2] and text.between(i - 1) == text.between(i - 2) == " "
    gap, last = text.between(i - 1), text.folded[i - 1]
    if last in lexicon.cue("titles") | lexicon.cue("nobles") and gap in (" ", ". "):
        return True
    by_name = lexicon.is_first_name(last) or len(last) == 1 or len(text.cased[i]) == 1
    return marked[i - 1] and by_name and gap in (" ", "-")


def _goes_with_next(text: Text, marked: list[bool], i: int) -> bool:
    if i + 1 == len(marked) or not marked[i + 1] or text.folded[i] in lexicon.cue("titles"):
        return False
    if text.initial(i) and lexicon.is_ordinary(text.folded[i]) and len(text.cased[i + 1]) > 1:  # "Volgens Anouk"
        return False
    gap = text.between(i)
    return gap in (" ", "-", "'") or (gap == ". " and len(text.cased[i]) == 1)


def _end_of_run(text: Text, marked: list[bool], free: list[bool], i: int) -> int:
    """The last word of the run that begins at word i: names, with particles, initials and ampersands between."""
    last, inner = i, lexicon.cue("particles") | lexicon.cue("nobles")
    for j in range(i + 1, len(marked)):
        gap = text.between(j - 1)
        if not _JOINS.fullmatch(gap) or (gap[0] == "." and not text.abbreviates(j - 1)):
            break
        if marked[j]:
            last = j
        elif (
            not free[j]
            or _is_preposition(text, j)
            or not (text.folded[j] in inner or (len(text.cased[j]) == 1 and text.capital(j)))
        ):
            break
    return last


def _is_preposition(text: Text, i: int) -> bool:
    """Is word i an "in" or "op" that is no part of a name: "Klaas in Tilburg", but "Klaas in 't Veld"?"""
    if text.folded[i] not in ("in", "op"):
        return False
    return i + 1 == len(text.folded) or text.folded[i + 1] not in ("t", "de", "den", "het", "der")


def _kind(text: Text, first: int, last: int) -> Kind:
    known = lexicon.cue("organisation")
    return "organisation" if text.folded[last] in known or text.folded[first] in known else "unknown-name"
