"""Passages into sentences, each with its place and with whoever speaks in it.

"I" is the author of the note, but in a transcript line or a pasted reply it is the speaker there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, structs

from assistant.notes import authors, tables
from assistant.notes.authors import Voice
from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.people import Roster, Who
from assistant.records import Level, Note, Passage

LONGEST_QUOTE = 400
_FULL = 0.9  # of the width of the note; a line this long may have been wrapped
_TURN = re.compile(
    r"^(?:\[?\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\)?\]?\s*[-–]?\s*)?"  # a time, as chat programs put it
    r"(?P<name>@?[A-ZÀ-Þ][\w'’.\-]*(?:[ \t]+(?:[A-ZÀ-Þ][\w'’.\-]*|van|der|den|de|het|'t|ter|ten|el|al)){0,4})"
    r"(?:\s*\([^)]{1,30}\))?\s*:\s+(?=\S)"
)
_SPEAKS = re.compile(
    r"(?:^|(?<=[.?!] )|(?<=[.?!]\n)|(?<=>> )|(?<=-> )|(?<=[→–—] ))"
    r"(?P<name>[A-ZÀ-Þ][\w'’.-]{0,20}(?:[ ][A-ZÀ-Þ][\w'’.-]{1,20})?|(?i:ik|ikke|me|i|hij|zij|ze|he|she)):\s+(?=\S)"
)
_PRONOUNS: dict[str, Who] = {
    **dict.fromkeys(("ik", "ikke", "me", "i"), "mentor"),
    **dict.fromkeys(("hij", "zij", "ze", "he", "she"), "mentee"),
}
_WROTE = re.compile(r"(?:schreef|wrote|schrijft|antwoordde|replied)\s+(?P<after>[^:<>\n]{2,40})?.*:\s*$", re.IGNORECASE)
_FROM = re.compile(r"^(?:van|from|afzender|de)\s*:\s*(?P<name>[^<\n]{2,60})", re.IGNORECASE)
_HEADER = re.compile(r"^(?:van|aan|from|to|cc|bcc|sent|verzonden|datum|date|onderwerp|subject|re|fw|fwd)\s*:", re.I)
_GREETING = re.compile(
    r"^(?:hoi|hi|dag|beste|dear|hello|hallo|hey|ha|goedemorgen|geachte)\s+(?P<name>[\w'’.-]+)\s*[,.!]?", re.I
)


class Utterance(Struct, frozen=True):
    """A sentence or list item of a note. `text` stands in the note exactly so, from `line` on.

    `speaker` is whose "I" it is; `to` is whose "you" it is, None where nobody is addressed. `turn` says that the
    speaker was named in this very line. `first` says that it opens its passage. `by` is the mentor of a panel who
    speaks, by full name, where that is known.
    """

    text: str
    line: int
    level: Level
    section: tuple[str, ...]
    kind: str
    block: int
    depth: int
    box: bool | None
    quoted: bool
    speaker: Who
    to: Who | None
    turn: bool
    first: bool
    by: str = ""


def utterances(note: Note, roster: Roster) -> list[Utterance]:
    """All sentences of a note in order, headings left out."""
    written_by = authors.author(note, roster)
    told_by: Voice | None = None
    to: Who | None = None
    reply: Voice | None = None
    result: list[Utterance] = []
    width, told = _width(note), {row.passage.line: tables.told(row) for row in tables.rows(note)}
    for passage in note.passages:
        if passage.kind == "heading" or passage.order:
            continue
        here = told_by or authors.voice(written_by, passage, roster)
        if passage.kind == "row":
            for cell in told.get(passage.line, ()):
                result += _of_passage(structs.replace(passage, text=cell), here, to, roster, width)
            continue
        if named := _mail_sender(passage, roster):
            here = told_by = named
            to = _other(named.side)
        elif not passage.quoted and (greeted := _greeted(passage, roster)):
            to = greeted
            here = told_by = Voice(_other(greeted), "")
        if passage.quoted:
            here = reply = _writer_of_reply(passage, roster) or reply or Voice("other", "")
        else:
            reply = _writer_of_reply(passage, roster)
        result += _of_passage(passage, here, _other(here.side) if passage.quoted else to, roster, width)
    return result


def _other(who: Who) -> Who:
    return {"mentor": "mentee", "mentee": "mentor", "other": "other"}[who]  # type: ignore[return-value]


def _mail_sender(passage: Passage, roster: Roster) -> Voice | None:
    for line in passage.text.split("\n"):
        if match := _FROM.match(line.strip()):
            who = roster.who(match.group("name"))
            if who in ("mentor", "mentee") and not passage.quoted:
                return Voice(who, roster.mentor(match.group("name")))
    return None


def _greeted(passage: Passage, roster: Roster) -> Who | None:
    match = _GREETING.match(passage.text.strip())
    who = roster.who(match.group("name")) if match else None
    return who if who in ("mentor", "mentee") else None


def _writer_of_reply(passage: Passage, roster: Roster) -> Voice | None:
    """Whose words follow a line such as "On Monday Anna wrote:", or a From: line inside the quotation."""
    for line in passage.text.split("\n"):
        if match := _FROM.match(line.strip()):
            return Voice(roster.who(match.group("name")) or "other", roster.mentor(match.group("name")))
        if _WROTE.search(line):
            names = re.findall(r"[A-ZÀ-Þ][\w'’.-]+", line)
            return next((Voice(who, roster.mentor(name)) for name in names if (who := roster.who(name))), None)
    return None


def _of_passage(passage: Passage, speaker: Voice, to: Who | None, roster: Roster, width: int) -> Iterator[Utterance]:
    first = True
    spoken_by, turn_to, turn = speaker, to, False
    for line, stretch in _stretches(passage, width):
        text = _DASHED.sub("", stretch)
        match = (_TURN.match(text) or _SPEAKS.match(text)) if passage.box is None else None
        who = _speaker(match.group("name"), roster, speaker) if match else None
        offset = 0
        if match and who is not None:
            spoken_by, turn = who, True
            turn_to = _other(who.side) if who.side != "other" else None
            offset = match.end()
        if _HEADER.match(text):  # the head of a pasted mail
            continue
        for start, whole in sentences(text[offset:]):
            for skip, sentence, inner in _turns_within(whole, roster, bool(start), speaker):
                if inner:
                    spoken_by, turn_to, turn = inner, _other(inner.side), True
                at = line + text[: offset + start + skip].count("\n")
                yield Utterance(
                    sentence,
                    at,
                    passage.level,
                    passage.section,
                    passage.kind,
                    passage.block,
                    passage.depth,
                    passage.box,
                    passage.quoted,
                    spoken_by.side,
                    turn_to,
                    turn,
                    first,
                    spoken_by.name,
                )
                first = False


def _turns_within(sentence: str, roster: Roster, later: bool, author: Voice) -> Iterator[tuple[int, str, Voice | None]]:
    """(offset, text, speaker) of a sentence cut where another of the pair takes the word: "may I? NV: go ahead"."""
    cuts: list[tuple[int, int, Voice]] = []
    for match in _SPEAKS.finditer(sentence):
        who = _speaker(match.group("name"), roster, author)
        if who is not None and who.side != "other" and (later or match.start("name") > 0):
            cuts.append((match.start("name"), match.end(), who))
    starts = [(0, 0, None), *cuts]
    for number, (_, start, speaker) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(sentence)
        if text := sentence[start:end].strip():
            yield start + sentence[start:end].find(text), text, speaker


def _speaker(label: str, roster: Roster, author: Voice) -> Voice | None:
    """Whose turn a label opens; in the author's notes "me:" is the author, and "she:" the mentee."""
    if pronoun := _PRONOUNS.get(label.casefold()):
        himself = pronoun == "mentor" and roster.is_panel and author.side != "other"
        return author if himself else Voice(pronoun, "")
    who = roster.who(label)
    return Voice(who, roster.mentor(label)) if who else None


_DASHED = re.compile(r"^\s*(?:[–—•·‣▪◦→»]|-(?=\S))\s*")


def _width(note: Note) -> int:
    """How long the lines of a note grow before they are wrapped: the longest that another one follows, characters."""
    lines = [line for p in note.passages if p.kind in ("text", "item") for line in p.text.split("\n")[:-1]]
    return max(map(len, lines), default=0)


def _stretches(passage: Passage, width: int) -> Iterator[tuple[int, str]]:
    """Lines of a passage, those put together that one sentence was wrapped over.

    A paragraph is wrapped if all its lines but the last are long; of a thought a line, some are short.
    """
    lines = passage.text.split("\n")
    wraps = passage.kind in ("text", "item") and _wrapped(lines, width)
    start, gathered = 0, [lines[0]]
    for number, line in enumerate(lines[1:], 1):
        wrapped = wraps and gathered[-1].rstrip()[-1:] not in ".!?:;" and not _DASHED.match(line)
        if wrapped and not _TURN.match(line) and not _HEADER.match(line):
            gathered.append(line)
        else:
            yield passage.line + start, "\n".join(gathered)
            start, gathered = number, [line]
    yield passage.line + start, "\n".join(gathered)


def _wrapped(lines: list[str], width: int) -> bool:
    """Are all lines but the last so long that the next word would hardly have found room in them?"""
    if len(lines) < 2 or min(map(len, lines[:-1])) < 50:
        return False
    room = [len(line) + 1 + len(after.split(maxsplit=1)[0]) for line, after in pairwise(lines) if after.strip()]
    return min(room, default=0) >= _FULL * width


def sentences(text: str) -> list[tuple[int, str]]:
    """(offset, sentence) of a text; splits at an abbreviation are put together again."""
    from syntok import segmenter

    spans: list[tuple[int, int]] = []
    for paragraph in segmenter.analyze(text):
        for sentence in paragraph:
            start = sentence[0].offset
            end = sentence[-1].offset + len(sentence[-1].value)
            if spans and _belongs(text, spans[-1], start):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return [(start, text[start:end].strip()) for start, end in spans if text[start:end].strip()]


def _belongs(text: str, before: tuple[int, int], start: int) -> bool:
    """Did the splitter cut behind an abbreviation, or inside a quotation?"""
    head = text[before[0] : before[1]]
    last = plain(head.split()[-1]).rstrip(".") if head.split() else ""
    if head.endswith(".") and (last in lexicon().abbreviations or re.fullmatch(r"[a-z]", last)):
        return not re.fullmatch(r"[a-z]", last) or text[start : start + 1].islower() or len(head.split()) == 1
    return text[start : start + 1].islower() and not re.search(r"[.!?]$", head)


def shorten(text: str, most: int = LONGEST_QUOTE) -> str:
    """The beginning of a text that is too long to quote whole, cut at a space; still exact text of the note."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut
