"""How much a text shares with closed text: word for word, or the same words in another order."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from assistant.privacy import lexicon
from assistant.privacy.normal import Flat, folded
from assistant.records import Level
from assistant.words import stem, stop_words

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?]+[\"'”’)\]]*\s(?=\W*[^\W_])|[|•;]")
_LINE = re.compile(r"\n(?=\s*(?:\n|[-*+•>#|]|\d+[.)]\s|\[[ x]\]))")
# Weights of a word, and of how much shared weight gives closed text away; measured on notes with known secrets.
STOP, ORDINARY, UNCOMMON, RARE = 0.25, 1.0, 2.0, 3.0
GRAM = 3
_RUN_TOGETHER = 14  # letters
RUN_WORDS, RUN_WEIGHT = 6, 4.0
# (shared weight, share of all that the sentence says, or of all that the closed one says): one must be reached.
BAG = ((2.5, 0.7), (4.0, 0.5), (9.0, 0.0))


class Closed(Struct, frozen=True):
    """A stretch of text that the audience may not read."""

    text: str
    level: Level


class Shared(Struct, frozen=True):
    """Words first..last (both included) of a text stand in closed text of a level."""

    first: int
    last: int
    level: Level
    verbatim: bool


class Words:
    """The words of a flattened text, folded, with their places and its sentences."""

    def __init__(self, flat: Flat) -> None:
        self.spans = [m.span() for m in _WORD.finditer(flat.folded)]
        self.words = [flat.folded[start:end] for start, end in self.spans]
        ends = {m.end() for m in _SENTENCE.finditer(flat.original)} | {m.start() for m in _LINE.finditer(flat.original)}
        self._ends = [flat.forth(end) for end in sorted(ends)]

    def sentences(self) -> Iterator[range]:
        """The words of each sentence, list item or row, as indices."""
        first = 0
        for end in [*self._ends, math.inf]:
            last = first
            while last < len(self.spans) and self.spans[last][0] < end:
                last += 1
            if last > first:
                yield range(first, last)
            first = last


@cache
def sentences_of(text: str) -> tuple[list[str], ...]:
    """The folded words of each sentence of a text, as `Words` cuts it, without their places."""
    pieces = (piece for line in _LINE.split(text) for piece in _SENTENCE.split(line))
    return tuple(found for piece in pieces if (found := _WORD.findall(folded(piece))))


@cache
def weight(word: str) -> float:
    """What a shared word says: least if it is a stop word, most if it is no word of either language, or a number."""
    if word in stop_words() or (len(word) == 1 and not word.isdigit()):
        return STOP
    if word.isdigit():
        return RARE if len(word) > 1 else ORDINARY
    if lexicon.is_ordinary(word):
        return ORDINARY
    return UNCOMMON if lexicon.is_word(word) else RARE


class Overlap:
    """The words of closed text, with those of open text to set against them.

    `names` are words that say nothing here, since names are judged by themselves.
    """

    def __init__(self, closed: Iterable[Closed], opened: Iterable[str], names: frozenset[str] = frozenset()) -> None:
        self._names = names
        self._grams: dict[tuple[str, ...], Level] = {}
        self._levels: list[Level] = []
        self._weights: list[float] = []
        self._where: dict[str, list[int]] = defaultdict(list)
        self._vocabulary: dict[str, Level] = {}
        self._letters: list[tuple[str, Level]] = []
        self._open_grams: set[tuple[str, ...]] = set()
        self._open_bags: list[dict[str, float]] = []
        self._open_words: set[str] = set()
        for piece in closed:
            self._close(piece)
        self._open(opened)

    def beside(self, more: Iterable[str]) -> Overlap:
        """The same with more open text."""
        other = Overlap([], [])
        other.__dict__.update(self.__dict__)
        other._open_grams, other._open_words = set(self._open_grams), set(self._open_words)
        other._open_bags = list(self._open_bags)
        other._open(more)
        return other

    def _close(self, piece: Closed) -> None:
        sentences = sentences_of(piece.text)
        words = [word for sentence in sentences for word in sentence]
        self._letters.append(("".join(words), piece.level))
        for gram in _grams(words):
            self._grams.setdefault(gram, piece.level)
        for word in words:
            self._vocabulary.setdefault(word, piece.level)
        for sentence in sentences:
            bag = self._bag(sentence)
            for word in bag:
                self._where[word].append(len(self._levels))
            self._levels.append(piece.level)
            self._weights.append(sum(bag.values()))

    def _open(self, texts: Iterable[str]) -> None:
        for text in texts:
            sentences = sentences_of(text)
            words = [word for sentence in sentences for word in sentence]
            self._open_grams.update(_grams(words))
            self._open_words.update(words)
            self._open_bags += map(self._bag, sentences)

    def _weight(self, word: str) -> float:
        return STOP if word in self._names else weight(word)

    def _bag(self, words: Iterable[str]) -> dict[str, float]:
        """Stems of words, each with its weight."""
        found: dict[str, float] = {}
        for word in words:
            short = stem(word)
            found[short] = max(self._weight(word), found.get(short, 0.0))
        return found

    def runs(self, words: list[str]) -> Iterator[Shared]:
        """Stretches that stand word for word in closed text and in no open text, with enough to say."""
        grams = list(_grams(words))
        i = 0
        while i < len(grams):
            level = self._secret(grams[i])
            if level is None:
                i += 1
                continue
            j = i
            while j + 1 < len(grams) and self._secret(grams[j + 1]) is not None:
                j += 1
            last = j + GRAM - 1
            said = sum(map(self._weight, words[i : last + 1]))
            if said >= RUN_WEIGHT or (last + 1 - i >= RUN_WORDS and said > ORDINARY):
                yield Shared(i, last, level, verbatim=True)
            i = j + 1

    def run_together(self, words: list[str]) -> Iterator[Shared]:
        """Long words that are several of closed text written without the spaces between them."""
        for i, word in enumerate(words):
            if len(word) >= _RUN_TOGETHER and word not in self._vocabulary and not lexicon.is_word(word):
                level = next((level for letters, level in self._letters if word in letters), None)
                if level is not None:
                    yield Shared(i, i, level, verbatim=True)

    def righted(self, words: list[str]) -> list[str]:
        """The words, with those that are none and are one slip from a closed word put right."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        long = None
        found = list(words)
        for i, word in enumerate(words):
            if len(word) >= 5 and word.isalpha() and word not in self._vocabulary and not lexicon.is_word(word):
                long = long or [known for known in self._vocabulary if len(known) >= 5 and known not in self._names]
                nearest = extractOne(word, long, scorer=OSA.distance, score_cutoff=1)
                found[i] = nearest[0] if nearest else word
        return found

    def is_open(self, words: list[str]) -> bool:
        """Does this run of words stand in one open text?"""
        grams = list(_grams(words))
        return bool(grams) and all(gram in self._open_grams for gram in grams)

    def _secret(self, gram: tuple[str, ...]) -> Level | None:
        return None if gram in self._open_grams else self._grams.get(gram)

    def bags(self, words: list[str], sentences: Iterable[range]) -> Iterator[Shared]:
        """Sentences that share most of their words, or of its words, with one closed sentence, in whatever order."""
        for sentence in sentences:
            bag = self._bag(words[i] for i in sentence)
            shared, level = self._in_closed(bag)
            if level is not None and shared > self._in_open(bag):
                yield Shared(sentence.start, sentence.stop - 1, level, verbatim=False)

    def _in_closed(self, bag: dict[str, float]) -> tuple[float, Level | None]:
        """The most weight that is shared with one closed sentence, and its level where that is enough to stop."""
        shared: dict[int, float] = defaultdict(float)
        telling: Counter[int] = Counter()
        for word, said in bag.items():
            for number in self._where.get(word, ()):
                shared[number] += said
                telling[number] += said > STOP
        whole = sum(bag.values())
        for number in sorted(shared, key=lambda n: -shared[n]):
            said, least = shared[number], min(whole, self._weights[number])
            if telling[number] > 1 and any(said >= enough and said >= part * least for enough, part in BAG):
                return said, self._levels[number]
        return 0.0, None

    def _in_open(self, bag: dict[str, float]) -> float:
        return max((sum(bag[word] for word in bag.keys() & other) for other in self._open_bags), default=0.0)

    def rare(self, words: list[str]) -> Iterator[Shared]:
        """Words of closed text, and of no open text, that are no plain words: codes, jargon, long numbers."""
        for i, word in enumerate(words):
            level = self._vocabulary.get(word)
            known = word in self._open_words or word in self._names
            if level is not None and not known and _is_telling(word):
                yield Shared(i, i, level, verbatim=True)


def _grams(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(GRAM)), strict=False)


def _is_telling(word: str) -> bool:
    if word.isdigit():
        return len(word) >= 3 and not re.fullmatch(r"(?:19|20)\d\d|\d00+|000", word)
    plain = word in lexicon.cue("harmless_capitals") or word in lexicon.cue("months")
    return len(word) >= 4 and weight(word) == RARE and not plain
