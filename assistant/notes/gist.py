"""The telling part of a sentence of a note: what it is about, fit to be quoted in a question.

"Hoe je antwoord geeft op een enquête, daar kwamen we niet uit" is about how one answers a survey; "he is sure that
every branch uses the app" is about every branch using the app. What is quoted always stands in the note as it is here,
but for typographic quotes within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from msgspec import Struct

from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.sayings import Sayings, sayings
from assistant.notes.traces import tokens
from assistant.words import content

Form = Literal["whole", "asks", "that", "said"]
LONGEST = 120  # letters of a quotation; more is no longer listened to
_FEWEST = 3  # words of meaning
_OPENING = 4  # words before a saying that opens a sentence
_NEAR = 6  # words before "dat" within which the one who believes is named
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MARKUP = re.compile(r"\*\*|__|`|==|~~|(?<!\w)[*_]|[*_](?!\w)")
_SPEAKER = re.compile(r"^(?:[A-ZÀ-Þ][\w.’'-]{0,20}|ik|i|me):\s+(?=\S)")
_ASIDE = re.compile(r"^(?:\([^()]{1,30}\)|->|→|[-–—•>])\s*")
_LABEL = re.compile(r"^(?P<label>[^:?.]{2,60}):\s+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')]*\s+(?=\S)")
_BREAK = re.compile(r"(?:[,;:]|\s[-–—])\s|\s(?=(?:maar|want|omdat|zodat|terwijl|but|because|so that|while)\s)")
_UNCLOSED = re.compile(r"^[^\"“”„«]*[\"“„«](?P<words>[^\"“”„«»]{12,}[^\"“”„«»])$")
_AND = re.compile(r",?\s(?:and|en)\s")
_QUOTATION = re.compile(r"[\"“„«‘](?P<words>[^\"“”„«»‘]{12,160})[\"”»’](?!\w)")
_LEADING = re.compile(r"^(?:en|and|maar|but|want|because|verder|also)\s+", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:over|about)\s+(?=(?:of|wie|wat|hoe|waar|welke|whether|who|what|how|where|which)\s)", re.IGNORECASE
)
_QUESTION = re.compile(
    r"\b(?:de|the|een|a)\s+(?:vraag|question)\s+(?:(?:is|was|blijft|remains)\s+)?"
    r"(?=(?:wie|wat|hoe|waar|wanneer|welke|who|what|how|where|when|which|whether)\s)"
)
_THAT = re.compile(r"\b(?:dat|that)\s+(?=\w)")
_END_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_HANGING = re.compile(r"\s+(?:maar|want|omdat|en|of|but|because|and|or|so)$")


class Gist(Struct, frozen=True):
    """A quotation without its last full stop, how it reads, and from 0 to 1 how well it says what it is about.

    `whole` is a sentence or a topic, `asks` a question, `that` what follows on "dat" or "that", `said` are the very
    words of the mentee.
    """

    text: str
    form: Form
    weight: float


def of_thread(quote: str) -> Gist:
    """The matter that was left, without the words that say that it was."""
    text = tidied(quote)
    inner = next((m["words"] for m in _QUOTATION.finditer(text) if m["words"].endswith("?")), None)
    if inner:
        return _gist(inner)
    known = sayings("threads")
    bare = _unlabelled(text, known)
    if bare != text and "?" not in bare and len(bare) <= LONGEST and not _left(bare, known):
        return _gist(bare)
    best = max((_matter(s, known) for s in _sentences(bare)), key=lambda s: (_tells(s), len(s)))
    return _gist(best)


def of_belief(quote: str, mentee: Iterable[str]) -> Gist:
    """What was believed; `mentee` are the names of the one who believed it."""
    text = tidied(quote)
    quoted = [match["words"] for match in _QUOTATION.finditer(text)]
    if said := next((words for words in quoted if len(content(words)) >= _FEWEST), None):
        return _gist(said, "said")
    if unclosed := _UNCLOSED.search(text):
        return _gist(unclosed["words"], "said")
    names = {plain(part) for name in mentee for part in name.split() if part[:1].isupper()}
    names |= sayings("gist").words("her")
    for sentence in _sentences(text):
        match = _THAT.search(sentence) or _believing().search(sentence)
        head = tokens(sentence[: match.end()]) if match else []
        if match and not names.isdisjoint(head[-_NEAR:]):
            held = _whole_clause(sentence[match.end() :], 2)
            if len(content(held)) >= 2 and sayings("gist").words("she").isdisjoint(tokens(held)) and "?" not in held:
                return _gist(held, "that")
    said = next((words for words in quoted if len(tokens(words)) > _FEWEST), None)
    return _gist(said, "said") if said else of_text(quote)


def of_text(quote: str) -> Gist:
    """The most telling sentence of any quotation."""
    text = tidied(quote)
    return _gist(max(_sentences(text), key=lambda s: (_tells(s), len(s))))


@cache
def _believing() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, sayings("gist").words("believing")), key=len, reverse=True))
    return re.compile(rf"\b(?:{verbs})\s+(?=\w)")


def _gist(text: str, form: Form | None = None) -> Gist:
    text = _short(text.strip(" .;,:-–—"))
    first = (tokens(text)[:1] or [""])[0]
    asks = text.endswith("?") or first in sayings("threads").words("what") - {"if", "when", "wanneer"}
    weight = _weight(text, 1 if form == "said" else 2 if form or asks else _FEWEST, form == "that")
    return Gist(_quotes(text), form or ("asks" if asks else "whole"), weight)


def tidied(quote: str) -> str:
    """A quotation on one line, without markup, the name of its speaker, an aside or an "and" at its head."""
    text = unmarked(quote)
    before = None
    while before != text:
        before = text
        text = _ASIDE.sub("", _SPEAKER.sub("", text))
    return _ABOUT.sub("", _LEADING.sub("", text))


def unmarked(quote: str) -> str:
    """A quotation on one line, without the signs of Markdown for bold and the like."""
    return _MARKUP.sub("", " ".join(quote.split())).strip()


def unlabelled(quote: str) -> str:
    """A quotation, tidied, without a label before it that only says that it was left or asked."""
    return _unlabelled(tidied(quote), sayings("threads"))


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part.strip()] or [text]


def _tells(text: str) -> int:
    return min(len(content(text)), 10) + (4 if text.rstrip().endswith("?") else 0)


def _unlabelled(text: str, known: Sayings) -> str:
    """A text without a label that only says that it was left or asked."""
    match = _LABEL.match(text)
    label = match["label"] if match else ""
    if match and (plain(label).strip() in lexicon().question_labels or _left(label, known) or _open(label, known)):
        return text[match.end() :]
    return text


def _open(label: str, known: Sayings) -> bool:
    said = tokens(label)
    return not known.words("open").isdisjoint(said) or not sayings("gist").words("labels").isdisjoint(said)


def _matter(text: str, known: Sayings) -> str:
    """A sentence without the opening or the end that says that it was left."""
    where = list(_WORD.finditer(text))
    found = [span for span in _left(text, known) if not _quoted(text[: where[span[0]].start()])]
    what = sayings("threads").words("what") - {"of", "if"}
    if (match := _QUESTION.search(text)) and len(content(text[match.end() :])) >= _FEWEST:
        return text[match.end() :]
    for start, end in found:
        ahead = [n for n in range(end - 1, min(end + 3, len(where))) if plain(where[n].group()) in what]
        if start <= _OPENING and ahead and len(content(text[where[ahead[0]].start() :])) >= _FEWEST:
            return text[where[ahead[0]].start() :]
    for start, end in found:
        rest = _ahead(text, where, end)
        if start <= _OPENING and not content(text[: where[start].start()]) and len(content(rest)) >= _FEWEST:
            return rest
    for start, _ in found:
        head = _without_pointers(text, where, start)
        asks = not sayings("threads").words("what").isdisjoint(tokens(head)[:1])
        if len(content(head)) >= (1 if asks else _FEWEST):
            return head
    return text


def _quoted(before: str) -> bool:
    """Does a quotation stand open at the end of a text? What is said in one says nothing of the note's own."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _ahead(text: str, where: list[re.Match[str]], first: int) -> str:
    """What stands behind a saying, without the preposition that leads on to it."""
    joins = sayings("gist").words("joins")
    while first < len(where) and plain(where[first].group()) in joins:
        first += 1
    return text[where[first].start() :] if first < len(where) else ""


def _left(text: str, known: Sayings) -> list[tuple[int, int]]:
    """Where the words stand that say that something was left: (first, behind the last), in order."""
    words = tokens(text)
    if len(words) != len(_WORD.findall(text)):
        return []
    found = known.found(words)
    return sorted((span.start, span.end) for kind in ("left", "joint", "hint") for span in found.get(kind, ()))


def _without_pointers(text: str, where: list[re.Match[str]], end: int) -> str:
    """The first `end` words, less those at the end that only point back or help a verb."""
    known = sayings("threads")
    weak = known.words("pointing") | known.words("we") | known.words("she")
    while end and plain(where[end - 1].group()) in weak | sayings("gist").words("helping"):
        end -= 1
    return text[: where[end - 1].end()] if end else ""


def _whole_clause(text: str, fewest: int) -> str:
    """A clause up to where the next one begins, if enough of it stands there."""
    for match in _BREAK.finditer(text):
        if len(content(text[: match.start()])) >= fewest:
            return text[: match.start()]
    return text


def _short(text: str) -> str:
    """At most `LONGEST` letters, cut where a clause ends or else behind a word, with an ellipsis."""
    for part in (text, _END_ASIDE.sub("", text), text.rpartition(": ")[2]):
        if len(part) <= LONGEST and len(content(part)) >= _FEWEST:
            return part
    if len(text) <= LONGEST:
        return text
    ends = [m.start() for m in _BREAK.finditer(text[: LONGEST + 1])]
    cut = max((end for end in ends if len(content(text[:end])) >= _FEWEST), default=0)
    if cut:
        return _HANGING.sub("", text[:cut].rstrip(" ,;:-–—"))
    parts = [p for p in _AND.split(text) if len(p) <= LONGEST and len(content(p)) > _FEWEST]
    if parts:
        return max(parts, key=lambda part: len(content(part)))
    return text[: text.rfind(" ", 0, LONGEST)].rstrip(" ,;:.-–—") + "…"


def _quotes(text: str) -> str:
    """Quotation marks within a quotation made single, so that it ends where it ends."""
    text = re.sub(r"[\"“„«](?=[\w‘’'(])", "‘", text)
    return re.sub(r"[.,]?[\"”“»]", "’", text)


def _weight(text: str, fewest: int, bound: bool) -> float:
    """How well a quotation stands alone: enough words of meaning, and no beginning that points back."""
    words = tokens(text)
    meaning = [w for w in content(text) if not w.isdigit()]
    if len(meaning) < fewest:
        return 0.0
    points = (words[0] in sayings("gist").words("back") and not bound) or text.count("(") != text.count(")")
    tells = max(len(meaning), len(words) // 2 if fewest == 1 else 0)
    return max(0.0, min(tells, 6) / 6 - (0.4 if points else 0.0))
