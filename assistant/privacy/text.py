"""A text in words, with what is asked of each: does it begin a sentence, is its capital only style?"""

from __future__ import annotations

import re
from functools import cache

from assistant.privacy import lexicon
from assistant.privacy.normal import Flat
from assistant.words import fold, stop_words

TOKEN = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?;:][\"')\]]* $|^[\"'(\[>#*\-\d.) ]*$|[\"(] ?$|[>|#*] $|- $")
_END = re.compile(r"[.!?](?=\W|$)|\n\s*\n")


class Text:
    """A flattened text in words, with what is asked of each of them."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.matches = list(TOKEN.finditer(flat.cased))
        self.cased = [m.group() for m in self.matches]
        self.folded = [flat.folded[m.start() : m.end()] for m in self.matches]
        self._lower: dict[int, bool] = {}
        self._titled: dict[int, bool] = {}

    def between(self, i: int) -> str:
        """The signs between token i and the next one."""
        return self.flat.cased[self.matches[i].end() : self.matches[i + 1].start()]

    def capital(self, i: int) -> bool:
        return self.cased[i][0].isupper()

    def initial(self, i: int) -> bool:
        """Does token i begin a sentence, a line, a quotation or a list item?"""
        start = self.matches[i].start()
        if i == 0 or self.flat.breaks(self.matches[i - 1].end(), start) > 0:
            return True
        ended = _SENTENCE_END.search(self.flat.cased[max(0, start - 6) : start])
        return ended is not None and not (self.between(i - 1) == ". " and self.abbreviates(i - 1))

    def title_case(self, i: int) -> bool:
        """Does token i stand in a line with a capital on every longer word, as headings have them?"""
        start, end = self._line(i)
        if start not in self._titled:
            line = self.flat.original[start:end].rstrip()
            words = [w for w in TOKEN.findall(line) if len(w) > 3 and w.isalpha()]
            even = all(w[0].isupper() or fold(w) in stop_words() for w in words)
            self._titled[start] = len(words) >= 2 and even and not line.endswith((".", "!", "?"))
        return self._titled[start]

    def _line(self, i: int) -> tuple[int, int]:
        """The line of the original in which token i stands."""
        text, at = self.flat.original, self.flat.at[self.matches[i].start()]
        end = text.find("\n", at)
        return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end

    def lower_case(self, i: int) -> bool:
        """Does token i stand in a line that has no capital at all, as dictated or hasty notes do?"""
        start, end = self._line(i)
        if start not in self._lower:
            line = self.flat.original[start:end]
            self._lower[start] = line == line.lower()
        return self._lower[start]

    def is_asked(self, i: int) -> bool:
        """Does the sentence of token i end in a question mark?"""
        ends = _END.search(self.flat.original, self.flat.at[self.matches[i].start()])
        return ends is not None and ends.group() == "?"

    def abbreviates(self, i: int) -> bool:
        """Is the full stop after token i that of an initial or a title?"""
        letter = len(self.cased[i]) == 1 and not self.is_lettered(i)
        return letter or self.folded[i] in lexicon.cue("titles")

    def is_lettered(self, i: int) -> bool:
        """Does token i stand behind a word such as "plan" or "fase", so that as a letter it is no initial?"""
        return i > 0 and self.folded[i - 1] in lexicon.cue("lettered")


def is_called(text: Text, i: int) -> bool:
    """Is a word that may be a plain one somebody's name, to go by what follows: a form of the third person, an 's?"""
    if i + 1 >= len(text.cased):
        return False
    gap, after = text.between(i), text.folded[i + 1]
    if gap == "'":
        return after == "s"
    if gap[0] in ":," and text.capital(i):  # what a verb of asking never stands before
        return text.folded[i] in lexicon.cue("asked_names")
    if gap != " " or after in lexicon.cue("after_plain_words") or after in lexicon.cue("bare_verbs"):
        return False
    if after in lexicon.cue("after_names") or after.endswith(("de", "te", "ed")):
        return True
    if text.capital(i + 1) and text.capital(i) and not text.title_case(i):
        return True
    return not text.is_asked(i) and (_third().search(after) is not None or _is_third(after))


@cache
def _third() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(lexicon.cue_text("third_person").split()) + ")$")


def _is_third(word: str) -> bool:
    """brings, goes, carries: an s, but not that of focus, process or this."""
    return len(word) > 3 and word.endswith("s") and word[-2] not in "sui'" and lexicon.is_word(word[:-1])
