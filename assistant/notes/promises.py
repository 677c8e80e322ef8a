"""Promises in task boxes, behind labels and in tables: what a note says outright is an action.

Promises in free text come through the same types; `found_in` is the one door for all of them.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Literal

from assistant.notes import tables
from assistant.notes.dates import due
from assistant.notes.lexicon import lexicon
from assistant.notes.marks import plain
from assistant.notes.people import Roster, Who
from assistant.notes.utterances import Utterance, shorten
from assistant.records import Note, Owner, Promise, Source

_TAGS = re.compile(r"(?:\s*(?<![\w&/])#[^\W\d][\w/-]*)+\s*$")
_MARKUP = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`|~~|==")
_HEAD = re.compile(
    r"^(?P<name>@?[\w'’.&+/-]+(?:\s+(?:van|de|der|den|el|al|en|and|&|\+)?\s*[A-ZÀ-Þ][\w'’.-]*)*)\s*"
    r"(?P<sign>:|\s[-–—]\s|\s+to\s+)"
)
# "... (Sam)", "... @sam", "... -> Sam en Noor": with several mentors it is often said behind the action whose it is.
_BEHIND = re.compile(r"\s(?:\((?P<name>[^()]{1,40})\)|(?:->|→|[-–—]|@)\s?(?P<after>[^\s,;.]{2,20}))\.?$")
_CONTRACTED = re.compile(r"['’](?:ll|m|d|ve|re)$")  # "I'll"
_PRONOUNS: dict[str, str] = {
    **dict.fromkeys(["hij", "zij", "ze", "he", "she"], "mentee"),
    **dict.fromkeys(["wij", "we", "samen", "together", "both", "allebei", "beiden"], "both"),
}


def tidy(text: str) -> str:
    """A sentence without tags, emphasis and line breaks, to be shown."""
    return " ".join(_MARKUP.sub("", _TAGS.sub("", text)).split())


def source_of(said: Utterance, note: Note) -> Source:
    """Where a sentence stands, with its exact words."""
    quote = shorten(_TAGS.sub("", said.text).rstrip() or said.text)
    return Source(note.path, said.line, note.date, said.level, quote)


def found_in(note: Note, said: list[Utterance], roster: Roster) -> list[Promise]:
    """The promises of a note, in the order of its lines."""
    promises = [p for u in said if (p := _task(u, note, roster) or _labelled(u, note, roster))]
    return promises + _in_tables(note, roster)


def _task(said: Utterance, note: Note, roster: Roster) -> Promise | None:
    if said.box is None or not said.first:
        return None
    owner, text, named, whom = _owner_and_text(said.text, said, roster)
    heading = plain(said.section[-1]).strip(" :*_") if said.section else ""
    looks_back = bool(said.box) or heading in lexicon().look_back_headings
    if looks_back and not named:  # a line that names nobody reports there on an earlier promise
        return None
    return _promise(said, note, owner, text, "task", roster, _who(whom, said, roster))


def _labelled(said: Utterance, note: Note, roster: Roster) -> Promise | None:
    match = _label().match(said.text)
    if match:
        rest = said.text[match.end() :]
        who = _names(match.group("name") or "", roster)
        if match.group("name") and who is None:
            return None
        owner, text, _, whom = _owner_and_text(rest, said, roster)
        whom = (match.group("name") or "") if who else whom
        return _promise(said, note, who or owner, text, "label", roster, _who(whom, said, roster))
    heading = plain(said.section[-1]).strip(" :*_") if said.section else ""
    if said.kind == "item" and said.first and said.box is None and heading in lexicon().action_headings:
        owner, text, _, whom = _owner_and_text(said.text, said, roster)
        mentors = _who(whom, said, roster)
        if owner == "unknown" and said.turn:  # "Noor: sends the list" reads like a line of a talk
            owner = _side(said.speaker)
            mentors = (said.by,) if said.by else ()
        return _promise(said, note, owner, text, "label", roster, mentors)
    return None


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, lexicon().action_labels), key=len, reverse=True))
    return re.compile(
        rf"^[\s*_>-]*(?:\d+(?:\.\d+)*[.)]?\s+)?(?:{labels})(?:,?\s+(?P<name>\w[\w'’.&+-]*(?:\s+[\w'’.&+-]+){{0,3}}?))?"
        r"[*_]*\s*(?::|\s[-–—]|->|\bcolon\b)[*_]*\s*",
        re.IGNORECASE,
    )


def _who(text: str, said: Utterance | None, roster: Roster) -> tuple[str, ...]:
    """The mentors of a panel whom a label means."""
    if not roster.is_panel or not text:
        return ()
    from assistant.notes import mentors

    return mentors.at_head(text, said, roster, frozenset(lexicon().self_words))


def _promise(
    said: Utterance, note: Note, owner: Owner, text: str, form: str, roster: Roster, who: tuple[str, ...]
) -> Promise | None:
    shown = tidy(text)
    if len(shown) < 4 or shown.endswith("?"):
        return None
    day = due(without_names(text, roster), note.date)
    kind: Literal["task", "label"] = "task" if form == "task" else "label"
    return Promise(shown, owner, day, source_of(said, note), kind, bool(said.box), who=who)


def _owner_and_text(text: str, said: Utterance, roster: Roster) -> tuple[Owner, str, bool, str]:
    """(owner, what is promised, whether somebody is named, by what words): "Noor: ...", "ik ...", "Gerben vraagt"."""
    bare = _MARKUP.sub("", text).strip()
    head = _HEAD.match(bare)
    if head and (owner := _names(head.group("name"), roster, said)):
        rest = bare[head.end() :].strip()
        named = head.group("name")
        return owner, rest if ":" in head.group("sign") or "-" in head.group("sign") else bare, True, named
    for count in (3, 2, 1):
        first = " ".join(bare.split()[:count])
        if owner := _names(first, roster, said):
            return owner, bare, True, first
    if roster.is_panel and (behind := _BEHIND.search(bare)):
        name = behind["name"] or behind["after"]
        name = name if roster.who(name) else name.title()
        if owner := _names(name, roster, said):
            return owner, bare[: behind.start()].rstrip(" ,;"), True, name
    return "unknown", bare, False, ""


def _names(text: str, roster: Roster, said: Utterance | None = None) -> Owner | None:
    """Whom a short text names: a name, a pronoun, or two of them joined; None if nobody of the pair."""
    parts = [part for part in re.split(r"\s*(?:&|\+|/|,|\ben\b|\band\b)\s*", text.strip()) if part]
    found: set[Owner] = set()
    for part in parts:
        word = _CONTRACTED.sub("", plain(part).strip(" .:"))
        who = roster.who(part)
        if who in ("mentor", "mentee"):
            found.add(who)
        elif word in lexicon().self_words:
            found.add(_side(said.speaker) if said else "mentor")
        elif word in lexicon().both:
            found.add("both")
        elif said and said.to and word in ("je", "jij", "you"):
            found.add(_side(said.to))
        elif said and word in _PRONOUNS:
            found.add("both" if _PRONOUNS[word] == "both" else "mentee")
        else:
            return None
    if not found:
        return None
    return found.pop() if len(found) == 1 else "both"


def _side(who: Who) -> Owner:
    return "unknown" if who == "other" else who


def without_names(text: str, roster: Roster) -> str:
    """The text with the names of the roster blanked, so that June Attwell is no month."""
    for name, who in roster.spellings.items():
        if len(name) > 2 and name in text and who:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "-", text)
    return text


# -- tables --


def _in_tables(note: Note, roster: Roster) -> list[Promise]:
    promises: list[Promise] = []
    for row in (r for r in tables.rows(note) if r.action):
        text, owner = tidy(row.cells[row.columns["what"]]), _names(row.cells[row.columns["who"]], roster)
        when = row.cells[row.columns["when"]] if "when" in row.columns else ""
        source = Source(note.path, row.passage.line, note.date, row.passage.level, shorten(row.passage.text))
        if len(text) > 3:
            day = _due_of_cell(when, note.date) or due(without_names(text, roster), note.date)
            who = _who(row.cells[row.columns["who"]], None, roster)
            promises.append(Promise(text, owner or "unknown", day, source, "label", who=who))
    return promises


def _due_of_cell(text: str, day: dt.date) -> dt.date | None:
    return due(text, day) or due("by " + text, day)
