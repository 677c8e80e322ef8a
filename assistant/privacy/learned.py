"""Names that no roster has, learned from all texts of a pair: whose first name is whose, and where else a name stands.

A project called Crumb is plainly a name inside a sentence and a plain word at the beginning of one; once it was seen
inside, it is known at the beginning too, and in a line without capitals.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from assistant.privacy import identify, lexicon
from assistant.privacy.known import Known
from assistant.privacy.normal import flatten, folded
from assistant.privacy.text import TOKEN, Text
from assistant.words import stop_words

_NAMES = ("unknown-name", "organisation")
_OFTEN = 2  # so often a plain word is seen as a name until it is one in small letters too


class Learned:
    """What the texts of one pair show of names, beside its roster."""

    def __init__(self, texts: Iterable[str], known: Known) -> None:
        wholes: defaultdict[str, set[str]] = defaultdict(set)
        seen: Counter[str] = Counter()
        for text in texts:
            for span in identify.spans(text, known):
                if span.kind not in _NAMES:
                    continue
                words = TOKEN.findall(flatten(text[span.start : span.end]).cased)
                seen.update(folded(w) for w in words if _tells(w))
                if span.kind == "unknown-name" and len(words) > 1:
                    self._add(wholes, [folded(word) for word in words])
        self._whole = {part: min(whole) for part, whole in wholes.items() if len(whole) == 1}
        self._words = frozenset(seen)
        self._often = frozenset(w for w, times in seen.items() if times >= _OFTEN or _only_names(w))

    @staticmethod
    def _add(wholes: defaultdict[str, set[str]], words: list[str]) -> None:
        whole = " ".join(words)
        for part in {whole, words[0], words[-1], " ".join(words[1:])}:
            wholes[part].add(whole)

    def identity(self, said: str) -> str:
        """Of whom a name is: the whole name of Piet or De Vries where one alone has it, else the name itself."""
        name = folded(said).strip()
        return self._whole.get(name, name)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of words of learned names, wherever they stand."""
        words = Text(flatten(text))
        for i, word in enumerate(words.folded):
            shown = word in self._words and words.capital(i)
            if shown or (word in self._often and (_only_names(word) or words.lower_case(i))):
                yield words.flat.back(*words.matches[i].span())


def _tells(word: str) -> bool:
    """Is a word of a name one to know the name by? Written in capitals all through, it may be mere emphasis."""
    if len(word) < 3 or word.isupper() or not word.isalpha():
        return False
    plain = folded(word)
    return plain not in stop_words()


def _only_names(word: str) -> bool:
    """Is a folded word of a name nothing else in any line? First names are: the list leaves everyday words out."""
    return lexicon.is_first_name(word) or not lexicon.is_word(word)
