"""The marks that people write to say who may read a text (contract, section 2).

Exact marks open or close; everything that merely resembles one can only close, and says so. Case, accents,
hyphens and spaces in a mark do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from assistant.files import decode
from assistant.records import Level

MARKS: dict[str, Level] = {
    mark: level
    for level, marks in {
        Level.SEALED: ("sealed", "offtherecord", "offrecord", "geheim", "buitenhetverslag"),
        Level.OWN: ("own", "private", "prive", "persoonlijk", "eigennotities"),
        Level.CONFIDENTIAL: ("confidential", "vertrouwelijk", "onderons", "betweenus"),
        Level.PAIR: ("pair", "duo"),
        Level.PROGRAMME: ("programme", "program", "programma", "share", "delen"),
        Level.ORGANISATION: ("organisation", "organization", "organisatie", "public", "openbaar"),
    }.items()
    for mark in marks
}

# Closing marks as words in running text, for headings that merely contain one.
_CLOSING_WORDS = re.compile(
    r"\b(?:(?P<sealed>sealed|off[\s-]*(?:the[\s-]*)?record|geheim|buiten[\s-]*het[\s-]*verslag)"
    r"|(?P<own>own|private|prive\w*|persoonlijk|eigen[\s-]*notities)"
    r"|(?P<confidential>confidential|vertrouwelijk|onder[\s-]*ons|between[\s-]*us|alleen voor ons|tussen ons"
    r"|just (?:for )?(?:the two of )?us|niet delen|do not share))\b"
)
# Said in a sentence, these plainly keep the paragraph between the two. They are no marks of the contract.
_BACK = (
    r"blijft (?:hier|onder ons|tussen ons)|(?:toch )?niet (?:verder )?(?:delen|vertellen|doorvertellen)"
    r"|stays? (?:here|between us)|(?:do not|don't|not to be) shared?"
)
_TAKEN_BACK = re.compile(rf"\b(?:{_BACK})\b")
_CLOSING_SAYINGS = re.compile(
    rf"\b(?:{_BACK}|weet (?:verder|nog|verder nog) niemand|nobody else knows|in (?:strict )?confidence|entre nous"
    r"|hou(?:d)? (?:dit|dat|het) (?:voor je|onder ons)|keep (?:this|that|it) (?:to yourself|between us)"
    r"|onder ons gezegd|between (?:you and me|ourselves)|confidentially"
    r"|(?:zei|zegt|gezegd|vertel(?:t|de|d)?|verteld|hoorde|gehoord) (?:\w+ ){0,4}in vertrouwen"
    r"|niet (?:(?:in|voor) (?:het|de) (?:verslag|notulen|samenvatting)|opschrijven|noteren)|(?:not|never) (?:for sharing|to be shared)"
    r"|(?:not|don't|do not) (?:for the record|write (?:this|that|it) down)"
    r"|alleen voor (?:jou|jouw ogen)|only for you|for your eyes only)\b|[\U0001f510\U0001f512\U0001f92b\U0001f910]"
)
_SEALING = re.compile(
    r"\b(?:that|this|it|dat|dit|is|was|strictly|strikt)(?: is| was)? (?:off the record|buiten het verslag)\b"
    r"|\b(?:told|said|says|asked|heard|zei|zegt|verteld|vertelde|hoorde) (?:\w+ ){0,4}(?:off the record|buiten het verslag)\b"
    r"|[,;] (?:off the record|buiten het verslag)[.!;]"
)
_MARK_WORDS = (
    r"sealed|off[\s-]*(?:the[\s-]*)?record|geheim|buiten het verslag|private|prive|persoonlijk|eigen notities"
    r"|confidential|vertrouwelijk|onder ons|tussen ons|between us"
)
_PLAIN_MARKS = (
    r"off[\s-]*(?:the[\s-]*)?record|buiten het verslag|confidential|vertrouwelijk|onder ons|tussen ons|between us"
)
_LABEL = re.compile(rf"(?:^|[\s(\[–-])(?P<mark>{_MARK_WORDS})\s*[\])]?\s*:")
# A mark beside the text: in brackets at its beginning or end, within it where it is no plain word, behind an @, behind a
# dash or a loose # at the end, before a dash.
_BESIDE = re.compile(
    rf"^\W*[(\[{{](?P<a>{_MARK_WORDS})[)\]}}]|[(\[{{](?P<b>{_MARK_WORDS})[)\]}}]\W*$"
    rf"|(?:\s[-\u2013\u2014]\s*|\s\#\s+)(?P<c>{_MARK_WORDS})\s*[.!]?\s*$|^\W*(?P<d>{_MARK_WORDS})\s*[\u2013\u2014!-]\s"
    r"|(?:^\W*|[,;]\s*)(?P<e>off the record|buiten het verslag|onder ons|between us)(?:,\s|\s*[.!]?\s*$)"
    rf"|(?<!\S)@(?P<f>{_MARK_WORDS})(?!\w)|[(\[{{](?P<g>{_PLAIN_MARKS})[)\]}}]"
)
_TAG = re.compile(r"(?<![\w&/#\uff03])[#\uff03]([^\W\d][\w/-]*)")
_END_OF_LINE = re.compile(r"[\s.,;:!?)\]*_~=]*")
# What may stand round an opening mark. Anything else (a question mark, a line through it, a red cross) is a doubt.
_DRESS = re.compile(r"[\w\s*#:.!=-]*")
_PLAIN_END = re.compile(r"[\s.,;:!)\]*_=]*")
_UNSURE = re.compile(r"\b(?:niet|nog|maar|eerst|later|nee|geen|not|but|first|yet|until|no|dont|don't)\b")
_NO_WORDS = "nee no niet not nognietdelen nogniet notyet tochniet niets never nooit intern internal closed gesloten"
# Tags that are no marks, but plainly mean one.
_CLOSING_TAGS = re.compile(
    r"(?P<sealed>geheim|offrecord|offtherecord)|(?P<own>prive|eigen$|ownnote)|(?P<confidential>vertrouwelijk|confidential|"
    r"(?:top)?secrets?$|nda$|restricted$|embargo)"
)
_NO = frozenset(_NO_WORDS.split())
_OPENING_PREFIX = re.compile(r"^(?:for|voor)(?:\s+(?:het|the))?\s+", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def plain(text: str) -> str:
    """Lower case, no accents, no invisible signs: the form in which marks are compared."""
    if text.isascii():
        return text.lower()  # the same, in a hundredth of the time
    text = unicodedata.normalize("NFKD", text.translate(_INVISIBLE)).casefold()
    return "".join(c for c in text if not unicodedata.combining(c))


def squeeze(text: str) -> str:
    """`plain`, with letters and digits alone."""
    return "".join(c for c in plain(text) if c.isalnum())


@cache
def _resembles(word: str) -> Level | None:
    """The closing mark that a squeezed word is a misspelling of: 2 slips from 8 letters on, else 1; a swap is one."""
    from rapidfuzz.distance import OSA

    if len(word) < 5 or word in MARKS:
        return None
    for mark, level in MARKS.items():
        reach = 2 if len(mark) >= 8 else 1 if len(mark) >= 5 else 0
        if len(word) == 5 and len(mark) < 6:  # "drive" and "price" are no slips of "prive"
            continue
        if level.closes and reach and OSA.distance(word, mark, score_cutoff=reach) <= reach:
            return level
    return None


def exact(text: str) -> Level | None:
    """The mark that a text is, None if it is none; an opening one with anything odd round it is `pair`."""
    level = MARKS.get(squeeze(text))
    return Level.PAIR if level is not None and not level.closes and not _DRESS.fullmatch(plain(text)) else level


def strictest(levels: list[Level]) -> Level | None:
    """The most closed of some levels, None of none."""
    return min(levels, key=lambda level: level.openness, default=None)


def closing_words(text: str) -> Level | None:
    """The most closed mark that stands in `text` as words of its own."""
    found = [Level(str(match.lastgroup)) for match in _CLOSING_WORDS.finditer(plain(text))]
    return strictest(found)


def of_heading(text: str) -> tuple[Level | None, bool]:
    """Level that a heading gives its section, and whether that was a guess.

    Opens only if it is nothing but an opening mark; closes if it contains or resembles a closing one.
    """
    bare = text.strip().strip("#*_~=:.! \t")
    if (level := exact(text)) is not None:
        return level, level is Level.PAIR and MARKS[squeeze(text)] is not level
    after = exact(_OPENING_PREFIX.sub("", bare)) if _OPENING_PREFIX.match(bare) else None
    if after is not None and after.openness > Level.PAIR.openness:
        return after, False
    contained = closing_words(bare)
    if contained is not None:
        return contained, True
    guesses = [guess for word in [bare, *bare.split()] if (guess := _resembles(squeeze(word)))]
    return strictest(guesses), bool(guesses)


def of_callout(line: str) -> tuple[Level | None, bool] | None:
    """Level of a block quote from its first line `[!mark]- title`, None if that is no callout."""
    match = re.match(r"\s*\[!([^\]\n]*)\]?[+-]?(.*)$", line)
    if match is None:
        return None
    level, guess = of_heading(match.group(1))
    in_title = closing_words(match.group(2))
    if in_title is not None and (level is None or in_title.openness < level.openness):
        return in_title, True
    if level is not None and not level.closes and (_UNSURE.search(plain(match.group(2))) or "?" in match.group(2)):
        return Level.PAIR, True
    return level, guess


def of_tags(line: str) -> tuple[Level | None, Level | None, bool]:
    """(closing level, opening level, guess) of the tags of one line.

    A closing tag counts anywhere in the line, an opening one at its end alone; of two the more closed one holds. One
    that somebody doubts or takes back ("#delen?", "#delen #nee") is `pair`.
    """
    closing: list[Level] = []
    opening: list[Level] = []
    guess = False
    matches = list(_TAG.finditer(line))
    last = _first_at_end(line, matches)
    for number, match in enumerate(matches):
        at_end = number >= last
        for part in match.group(1).split("/"):
            level = MARKS.get(squeeze(part))
            similar = (_resembles(squeeze(part)) or _of_tag(squeeze(part))) if level is None else None
            if similar or (level is not None and level.closes):
                closing.append(similar or level or Level.OWN)
                guess |= similar is not None or not at_end
            elif level is not None and at_end:
                opening.append(level if _is_sure(line, match, matches) else Level.PAIR)
    return strictest(closing), strictest(opening), guess


def _of_tag(word: str) -> Level | None:
    """The closing level of a squeezed tag that begins with a mark, or means one: #privé-notitie, #secret."""
    match = _CLOSING_TAGS.match(word)
    return Level(str(match.lastgroup)) if match else None


def _is_sure(line: str, tag: re.Match[str], tags: list[re.Match[str]]) -> bool:
    """Does a tag stand in the line plainly, with no sign of doubt behind it and no tag that says no?"""
    escaped = line[: tag.start()].endswith("\\")
    denied = any(squeeze(other.group(1)) in _NO for other in tags)
    return not escaped and not denied and _PLAIN_END.fullmatch(line[tags[-1].end() :]) is not None


def has_pair_tag(line: str) -> bool:
    """Does a line have a tag, wherever it stands in it, that is a mark for the pair?"""
    return any(MARKS.get(squeeze(part)) is Level.PAIR for tag in _TAG.findall(line) for part in tag.split("/"))


def _first_at_end(line: str, tags: list[re.Match[str]]) -> int:
    """The number of the first tag that nothing but tags follows."""
    first, end = len(tags), len(line)
    for number, tag in reversed(list(enumerate(tags))):
        between = line[tag.end() : end]
        if between.strip() and not (end == len(line) and _END_OF_LINE.fullmatch(between)):
            break
        first, end = number, tag.start()
    return first


def of_label(line: str) -> Level | None:
    """Level of a line that calls itself confidential in words: "tussen ons: ...", "dit blijft hier"."""
    text = plain(line)
    found = [MARKS.get(squeeze(m.group("mark")), Level.CONFIDENTIAL) for m in _LABEL.finditer(text)]
    found += [MARKS.get(squeeze(m[m.lastgroup]), Level.CONFIDENTIAL) for m in _BESIDE.finditer(text) if m.lastgroup]
    if _SEALING.search(text):
        found.append(Level.SEALED)
    if _CLOSING_SAYINGS.search(text):
        found.append(Level.CONFIDENTIAL)
    return strictest(found)


def of_cells(row: str) -> Level | None:
    """The most closed mark that a cell of a table row is."""
    found = [MARKS.get(squeeze(cell)) for cell in row.strip().strip("|").split("|")]
    return strictest([level for level in found if level is not None and level.closes])


def of_fence(line: str) -> Level | None:
    """The closing mark of a line that begins a block between colons: "::: geheim"."""
    match = re.match(r"\s*:{3,}\s*\{?[.#]?([^{}:]+?)\}?\s*$", line)
    level = of_heading(match.group(1))[0] if match else None
    return level if level is not None and level.closes else None


def undressed(text: str) -> str:
    """A line without tags of HTML, a task box and signs that nobody sees."""
    return re.sub(r"</?[a-zA-Z][^<>]*>|^\s*\[[ xX]\]\s", "", text.translate(_INVISIBLE)).strip()


def takes_back(text: str) -> bool:
    """Is a text hardly more than "not to be shared", so that it speaks of what stands before it?"""
    return len(text.split()) <= 8 and _TAKEN_BACK.search(plain(text)) is not None


_STRUCK = re.compile(r"~~(?=\S)|<(?:del|s|strike)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"\s*\[(?://|_|comment|commentaar)?\]:\s", re.IGNORECASE)


def is_struck(text: str) -> bool:
    """Is there a line through some of it?"""
    return _STRUCK.search(text) is not None


def is_hidden(line: str) -> bool:
    """Is it a link that nothing refers to, which is how some write a comment: `[//]: # (...)`?"""
    return _HIDDEN.match(line) is not None


def is_tags_alone(text: str) -> bool:
    """Is the text nothing but tags?"""
    return bool(_TAG.search(text)) and not _TAG.sub("", text).strip(" \t\n.,;")


def closed_by(raw: bytes) -> Level | None:
    """The most closed level that any line of a file marks, seen apart from the reading of it; None without a mark."""
    found: list[Level | None] = []
    for line in decode(raw)[0].split("\n"):
        text = line.lstrip("> \t")
        if text.startswith("#"):
            found.append(of_heading(text.lstrip("#"))[0])
        if text.startswith("[!"):
            found.append((of_callout(text) or (None, False))[0])
        if "%%" in text or "<!--" in text:
            found.append(Level.OWN)
        found.append(of_tags(text)[0])
    return strictest([level for level in found if level is not None and level.closes])
