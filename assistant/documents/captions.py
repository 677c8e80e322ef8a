"""Captions of a meeting (WebVTT, SubRip): who said what, without the times."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator

from assistant.documents.text import Document, Unreadable, missing
from assistant.files import decode

_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z\d][^>]*>|\{\\[^}]*\}")
_NAMED = re.compile(r"([^\W\d_][^\n:<>?!]{1,60}):\s+(?=\S)")  # as Zoom writes it
_FROM_DIRECTORY = re.compile(r"(?P<last>[^,()]+), (?P<first>[^,()]+?)(?: \((?P<called>[^()]+)\))?")
_INITIALS = re.compile(r"(?:[A-Z]\.?)+")
_LONGEST_NAME = 6  # words


def read_vtt(raw: bytes) -> Document:
    """WebVTT of Teams (<v Name>) and of Zoom (Name: ...)."""
    return _read(raw, "vtt")


def read_srt(raw: bytes) -> Document:
    """SubRip."""
    return _read(raw, "srt")


def _read(raw: bytes, form: str) -> Document:
    try:
        import webvtt
    except ImportError:
        raise missing("captions") from None
    try:
        found = webvtt.from_buffer(io.BytesIO(decode(raw)[0].encode("utf-8")), format=form)
        cues = [caption.raw_text for caption in found.captions]
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError):
        raise Unreadable(
            "are no captions as the format has them; export them again, or save the text as .txt"
        ) from None
    return Document("\n\n".join(_turns(said for cue in cues for said in _voices(cue))) + "\n")


def _voices(cue: str) -> Iterator[tuple[str, str]]:
    """(speaker or "", words) of one cue, which may hold several."""
    before, *rest = _VOICE.split(cue)
    for name, words in [("", before), *zip(rest[::2], rest[1::2], strict=True)]:
        said = " ".join(html.unescape(_TAG.sub("", words)).split())
        named = _NAMED.match(said) if not name else None
        if named and len(named[1].split()) <= _LONGEST_NAME:
            name, said = named[1], said[named.end() :]
        if said:
            yield _in_order(" ".join(html.unescape(name).split())), said


def _in_order(name: str) -> str:
    """A name as people say it, where a directory has it as "Velde, N. van der (Noor) | Beleid"."""
    name = name.split(" | ")[0]
    match = _FROM_DIRECTORY.fullmatch(name)
    if match is None:
        return name
    first = match["first"]
    initials = [part for part in first.split() if _INITIALS.fullmatch(part)]
    if match["called"] and initials:
        first = " ".join([match["called"], *(part for part in first.split() if part not in initials)])
    return f"{first} {match['last']}"


def _turns(said: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Who said what, one turn a paragraph; a cue without a name goes on where the one before it stopped."""
    speaker, turn = "", ""
    for name, words in said:
        if turn and name in ("", speaker):
            turn = f"{turn} {words}"
            continue
        if turn:
            yield turn
        speaker, turn = name, f"{name}: {words}" if name else words
    if turn:
        yield turn
