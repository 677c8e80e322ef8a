"""Names that no roster has: capitalised words that are no plain words of either language, and what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.privacy import lexicon
from assistant.privacy.known import Text
from assistant.words import stop_words

Kind = Literal["unknown-name", "organisation"]


def names(text: Text, taken: bytearray) -> Iterator[tuple[int, int, Kind]]:
    """(start, end, kind) in `text.flat.cased`: runs of words that name, with the particles and initials between them."""
    marked = [_names(text, i) and not taken[m.start()] for i, m in enumerate(text.matches)]
    _spread(text, marked, taken)
    i = 0
    while i < len(marked):
        if not marked[i]:
            i += 1
            continue
        last = _end_of_run(text, marked, i)
        yield text.matches[i].start(), text.matches[last].end(), _kind(text, i, last)
        i = last + 1


def _names(text: Text, i: int) -> bool:
    """Does word i name something, seen on its own?"""
    word, cased = text.folded[i], text.cased[i]
    if len(word) < 2 or not cased[0].isalpha():
        return False
    if not text.capital(i):
        inner = any(c.isupper() for c in cased)  # iPhone, deVries
        return inner or (len(word) >= 4 and lexicon.is_name(word) and not lexicon.is_word(word))
    if word in lexicon.cue("harmless_capitals") or _is_possessive(text, i):
        return False
    if text.initial(i) or text.title_case(i):
        return not lexicon.is_word(word)
    return word not in stop_words()


def _is_possessive(text: Text, i: int) -> bool:
    return i > 0 and text.between(i - 1) == "'" and text.folded[i] in ("s", "t", "n", "ll", "re", "ve", "d", "m")


def _spread(text: Text, marked: list[bool], taken: bytearray) -> None:
    """Mark capitalised words beside a marked one, after a title, and first names before a capital."""
    for i in range(len(marked)):
        if marked[i] or not text.capital(i) or taken[text.matches[i].start()]:
            continue
        before = i > 0 and re.fullmatch(r"\.? ", text.between(i - 1))
        after = i + 1 < len(marked) and text.between(i) == " "
        if before and text.folded[i - 1] in lexicon.cue("titles"):
            marked[i] = True
        elif after and marked[i + 1] and text.folded[i] not in stop_words():
            marked[i] = not text.initial(i) or lexicon.is_name(text.folded[i])


def _end_of_run(text: Text, marked: list[bool], i: int) -> int:
    """The last word of the run that begins at word i: names, with particles, initials and ampersands between."""
    last = i
    j = i + 1
    while j < len(marked) and re.fullmatch(r"\.? |-|'| & |, (?=\b)", text.between(j - 1) + ""):
        if marked[j]:
            last = j
        elif not (text.folded[j] in lexicon.cue("particles") or (len(text.cased[j]) == 1 and text.capital(j))):
            break
        j += 1
    return last


def _kind(text: Text, first: int, last: int) -> Kind:
    known = lexicon.cue("organisation")
    if text.folded[last] in known or text.folded[first] in known:
        return "organisation"
    return "unknown-name"
