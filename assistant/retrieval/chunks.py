"""Passages into chunks of one level, one section and at most 500 characters, with the line each begins on."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from assistant.records import Level, Passage

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

LONGEST = 480


Dated = tuple[dt.date | None, tuple[Passage, ...]]


class Document(Struct, frozen=True):
    """A file to be found: `digest` is the hash of its bytes; `read` gives its day and its text, without what is sealed.

    It is read only when it is new to the index, so an unchanged file costs its hash alone.
    """

    path: str
    digest: str
    read: Callable[[], Dated]


class Chunk(Struct, frozen=True):
    """What is indexed: `section` is the heading path, searched with the text but not part of it."""

    path: str
    line: int
    date: dt.date | None
    level: Level
    section: tuple[str, ...]
    text: str


def chunks(document: Document) -> Iterator[Chunk]:
    """The chunks of a document, in the order of its lines."""
    date, every = document.read()
    told = {p.section[:depth] for p in every if p.kind != "heading" for depth in range(len(p.section) + 1)}
    texts = (p for p in every if p.kind != "heading" or (p.section not in told and _tells(p.text)))
    for (level, section), group in itertools.groupby(texts, key=lambda p: (p.level, p.section)):
        for line, text in _split(list(group)):
            yield Chunk(document.path, line, date, level, section, text)


def _tells(heading: str) -> bool:
    """Does a heading with nothing below it say something itself, or is it a place left empty?"""
    return len(heading.split()) > 2


def _split(passages: list[Passage]) -> Iterator[tuple[int, str]]:
    joined, starts = "", list[int]()
    for before, passage in zip([None, *passages], passages, strict=False):
        if before is not None:
            joined += "\n" if passage.kind in ("item", "row") or passage.block == before.block else "\n\n"
        starts.append(len(joined))
        joined += passage.text
    if len(joined) <= LONGEST:
        yield passages[0].line, joined
        return
    for part in _splitter().create_documents([joined]):
        start = part.metadata["start_index"]
        number = max(0, bisect_right(starts, start) - 1)
        line = passages[number].line + joined.count("\n", starts[number], start)
        yield line, part.page_content


@cache
def _splitter() -> RecursiveCharacterTextSplitter:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        chunk_size=LONGEST,
        chunk_overlap=0,
        keep_separator="end",
        add_start_index=True,
        separators=["\n\n", "\n", ". ", "? ", "! ", "; ", " ", ""],
    )


def all_chunks(documents: Iterable[Document]) -> list[Chunk]:
    """The chunks of several documents."""
    return [chunk for document in documents for chunk in chunks(document)]
