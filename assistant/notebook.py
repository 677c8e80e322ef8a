"""The notes of one pair as they lie in its folder, and what the rules of the reader find in each."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import cache
from assistant.files import read_bytes, unreadable
from assistant.notes import note
from assistant.programme.folder import Folder, NoteFile, shown_note
from assistant.records import Doubt, Note, Pair, Passage, Reading

if TYPE_CHECKING:
    from assistant.privacy.closed import Written
    from assistant.retrieval.chunks import Dated, Document

Told = Callable[[int, int], None]


class Notebook:
    """The notes of a pair, each read once and kept until it changes.

    `whose` is the mentor of a panel who is reading: what the others wrote for themselves is in no reading that it
    gives. `say` hears what keeps such text from its author too.
    """

    def __init__(self, folder: Folder, pair: Pair, whose: str | None, say: Callable[[str], None]) -> None:
        self.folder, self.pair = folder, pair
        self._whose, self._say = whose, say
        self.leaves_out_own = False
        self.corrections_path = f"pairs/{pair.slug}/corrections.md"

    @cached_property
    def _listed(self) -> list[NoteFile]:
        return self.folder.notes(self.pair.slug)

    @cached_property
    def files(self) -> dict[str, NoteFile]:
        """The notes that have a day, by path."""
        return {f.path: f for f in self._listed if note.date_of(f.name)}

    @property
    def misnamed(self) -> list[Doubt]:
        """Of each file without a day in its name, that it is not read."""
        told = "is not read; name it YYYY-MM-DD.md"
        return [Doubt(f.path, 1, told) for f in self._listed if f.path not in self.files]

    @property
    def reader_key(self) -> str:
        """The reader and all that it goes by besides the note itself."""
        from assistant.notes import reader

        panel = f" {self.pair.fellows}" if self.pair.is_panel else ""
        return f"{reader.VERSION} {self.pair.mentor} {self.pair.mentee} {self.pair.people}{panel}"

    @cached_property
    def readings(self) -> list[Reading]:
        """Every note as who is reading may know it."""
        return self._without_own_of_others(self._read()) if self.pair.is_panel else self._read()

    def _without_own_of_others(self, read: list[Reading]) -> list[Reading]:
        from assistant.notes import authors
        from assistant.privacy.audience import without_own

        shut = [authors.own_of_others(r.note, self.pair, self._whose) for r in read]
        for doubt in (doubt for r in read for doubt in authors.doubts(r.note, self.pair)):
            self._say(str(doubt))
        self.leaves_out_own = self._whose is None and any(shut)
        return [without_own(r, lines) for r, lines in zip(read, shut, strict=True)]

    def _read(self) -> list[Reading]:
        """Every note whole, from what is kept where neither the note nor the roster nor the reader changed."""
        home = self.folder.derived(self.pair.slug) / "readings.json"
        known = cache.load(home, self.reader_key, dict[str, Reading]) or {}
        result = {f"{f.path} {f.digest}": f for f in self.files.values()}
        readings = {name: known.get(name) or self._fresh(file) for name, file in result.items()}
        if readings.keys() != known.keys():
            cache.store(home, self.reader_key, readings, self.folder.scratch)
        return list(readings.values())

    def _fresh(self, file: NoteFile) -> Reading:
        from assistant.notes import reader

        return reader.read(_note(file), self.pair)

    def written(self) -> list[Written]:
        """Every file in which people wrote of this pair, as it stands, with what was read in it."""
        from assistant.privacy.closed import Written

        read = {r.note.path: r.note.passages for r in self.readings}
        files = [Written(f.path, f.raw, read.get(f.path, ())) for f in self._listed]
        said = self.folder.corrections(self.pair.slug).encode()
        return [*files, Written(self.corrections_path, said, ())]

    def documents(self, told: Told | None = None) -> list[Document]:
        """The notes to be found. What has read them goes by their bytes; a search alone, by their stat where it can.

        `told` hears of each that is read: how many so far, of how many at most.
        """
        from assistant.retrieval.chunks import Document

        if "_listed" in self.__dict__:
            hashes = {path: file.digest for path, file in self.files.items()}
            read = _counted(lambda path: _told(self.files[path]), len(hashes), told)
        else:
            hashes = self._hashes()
            read = _counted(partial(_read_told, self.folder), len(hashes), told)
        return [Document(path, hashed, partial(read, path)) for path, hashed in hashes.items()]

    def _hashes(self) -> dict[str, str]:
        """The hashes of the notes that have a day, of untouched ones by their stat."""
        from assistant import signatures

        slug, home = self.pair.slug, str(self.folder.sessions(self.pair.slug))
        names = [name for name in self.folder.note_names(slug) if note.date_of(name)]
        # Thousands of Path would cost more than all the rest.
        paths = {shown_note(slug, name): f"{home}{os.sep}{name}" for name in names}
        try:
            return signatures.digests(paths, self.folder.derived(slug) / "signatures.json", self.folder.scratch)
        except OSError as error:
            raise unreadable(Path(error.filename), error) from None


def _counted(read: Callable[[str], Dated], whole: int, told: Told | None) -> Callable[[str], Dated]:
    """Reads a note by its path and tells how many were read; a second reading, after embedding, tells no more."""
    done = set[str]()

    def reading(path: str) -> Dated:
        done.add(path)
        if told is not None:
            told(len(done), whole)
        return read(path)

    return reading


def _note(file: NoteFile) -> Note:
    """A session note, of the day and number that its name says."""
    date, nth = note.date_of(file.name) or (dt.date.min, 1)
    return note.read(file.raw, file.path, date, nth)


def _told(file: NoteFile) -> Dated:
    found = _note(file)
    return found.date, found.passages


def _read_told(folder: Folder, shown: str) -> Dated:
    path = folder.root / shown
    return _told(NoteFile(shown, path.name, read_bytes(path)))


def page(file: NoteFile) -> tuple[Passage, ...]:
    """The passages of a page of guidance."""
    return note.read(file.raw, file.path, dt.date.min).passages
