"""A pair on the desk: what is derived from its notes, brought up to date. The first of the two orders of the stages."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from assistant import cache, themes
from assistant.errors import Refused, Unusable, Usage
from assistant.files import read_bytes, unreadable
from assistant.notes import corrections, marks, momentum, note, process, restrictions, story
from assistant.notes.corrections import Correction
from assistant.privacy import audience as privacy
from assistant.programme import saved
from assistant.programme.folder import Folder, NoteFile
from assistant.records import (
    Audience,
    Calendar,
    Doubt,
    Endpoint,
    Facts,
    Hit,
    Level,
    Note,
    Owner,
    Pair,
    Passage,
    Readable,
    Reading,
    Story,
)
from assistant.resources import corpus

if TYPE_CHECKING:  # what judges texts and what searches is imported where it is used: most commands never do both
    from assistant.privacy.audit import Guard, Rosters
    from assistant.privacy.closed import Written
    from assistant.privacy.gate import Gate
    from assistant.privacy.overlap import Closed
    from assistant.privacy.rewrite import Rewriter
    from assistant.retrieval import search
    from assistant.retrieval.chunks import Dated, Document
    from assistant.retrieval.vectors import Embedder


class Desk:
    """One pair, opened: its notes read, its calendar known. `today` is the day as of which all is told."""

    def __init__(self, folder: Folder, slug: str, today: dt.date, offline: bool = False) -> None:
        self.folder, self.today, self.offline = folder, today, offline
        self.pair: Pair = folder.pair(slug)
        self.corrections_path = f"pairs/{slug}/corrections.md"
        self.corrections: list[Correction] = []
        self._said: list[str] = []
        self._read_corrections()

    @cached_property
    def _listed(self) -> list[NoteFile]:
        return self.folder.notes(self.pair.slug)

    @cached_property
    def _files(self) -> dict[str, NoteFile]:
        """The notes that have a day, by path."""
        return {f.path: f for f in self._listed if note.date_of(f.name)}

    @cached_property
    def readings(self) -> list[Reading]:
        """The notes read, when first asked for: a search needs their text alone."""
        return self._read()

    @property
    def warnings(self) -> list[str]:
        """What is doubtful in the settings, the notes and the files of the pair."""
        misnamed = [
            Doubt(f.path, 1, "is not read; name it YYYY-MM-DD.md") for f in self._listed if f.path not in self._files
        ]
        found = [doubt for reading in self.readings for doubt in reading.note.doubts]
        settings = (*self.folder.programme.doubts, *self.pair.doubts)
        doubts = (*settings, *found, *misnamed, *self.folder.stray(self.pair.slug))
        return list(dict.fromkeys([*map(str, doubts), *self._said]))

    @property
    def mishaps(self) -> list[str]:
        """What did not go as it should, apart from what is doubtful in settings and notes."""
        return list(dict.fromkeys(self._said))

    @cached_property
    def calendar(self) -> Calendar:
        notes = [reading.note for reading in self.readings]
        return momentum.calendar(notes, self.pair.cadence, self.pair.started, self.pair.sessions, self.today)

    def readable(self, audience: Audience) -> Readable:
        """What was read, cut down to what an audience may know."""
        return privacy.cut(self.readings, audience)

    def common_story(self) -> Story:
        """The story that text of level pair and more open tells: the ground of counts told beyond the pair."""
        from assistant.privacy import shareable

        return self._corrected(story.tell(shareable.common(self.readings), self.today))

    def held(self) -> list[Note]:
        """The notes of the sessions held up to today, in order."""
        past = [r.note for r in self.readings if r.note.status == "held" and r.note.date <= self.today]
        return sorted(past, key=lambda n: (n.date, n.nth))

    def forbidden_by(self, session: Note, audience: Audience) -> str | None:
        """What in a note forbids to tell of it beyond the pair, None where nothing does."""
        return restrictions.forbidden_by(self._files[session.path].raw, session, audience)

    def restricted(self) -> frozenset[str]:
        """The paths of the sessions held of which the note says that it is not for others."""
        return frozenset(note.path for note in self.held() if self.forbidden_by(note, Audience.PROGRAMME) is not None)

    def facts(self, session: Note) -> Facts:
        """The facts of process of a session held."""
        notes = [reading.note for reading in self.readings]
        return process.facts(notes, session, self.common_story(), self.calendar, self.today)

    def themes(self, session: Note, language: str) -> tuple[str, ...]:
        """The names of the themes of a session, by its text of level pair and more open."""
        from assistant.privacy import shareable

        here = [r for r in shareable.common(self.readings) if r.note.path == session.path]
        told = [sentence for reading in here for sentence in shareable.tellable(reading)]
        listed = themes.load(self.folder.root / "themes")
        return tuple(t.name(language) for t in themes.matched(listed, told, [wish.text for wish in self.pair.scope]))

    def rewriter(self, audience: Audience) -> Rewriter:
        """Says sentences of this pair without names; for the programme the sessions' own days may stand."""
        from assistant.privacy.rewrite import Rewriter

        days = self._days(audience) if audience is Audience.PROGRAMME else []
        return Rewriter(self.pair.slug, self._everybody(), days)

    def _days(self, audience: Audience) -> list[dt.date]:
        """The sessions' own days, of the past and to come."""
        from assistant.privacy import shareable

        told = () if audience in (Audience.OWN, Audience.PAIR) else shareable.announced(self.readings, audience)
        return [*(reading.note.date for reading in self.readings), *told]

    def _everybody(self) -> list[Pair]:
        """All pairs of the programme, this one first."""
        return [self.pair, *(self.folder.pair(s) for s in self.folder.slugs if s != self.pair.slug)]

    def story(self, audience: Audience) -> Story:
        """The story as an audience may know it, as people corrected it; kept until a note of the past changes."""
        home = self.folder.derived(self.pair.slug) / f"story-{audience.value}.json"
        past = {r.note.path for r in self.readings if r.note.date <= self.today}
        key = f"{self._reader_key} " + " ".join(f"{f.path} {f.digest}" for f in self._files.values() if f.path in past)
        plain = cache.load(home, key, Story)
        if plain is None:
            plain = story.tell(self.readable(audience), self.today)
            cache.store(home, key, plain, self.folder.scratch)
        return self._corrected(plain)

    def _corrected(self, plain: Story) -> Story:
        """The story as people corrected it, as of today."""
        corrected = corrections.apply(list(plain.commitments), self.corrections, self.corrections_path, self.today)
        return msgspec.structs.replace(plain, commitments=tuple(corrected))

    def guard(self, audience: Audience, rosters: Rosters | None = None) -> Guard:
        """All that an audience must not learn of this pair, to judge texts by; `rosters` are the whole programme's."""
        from assistant.privacy.audit import Guard
        from assistant.privacy.closed import closed_to
        from assistant.programme import released

        closed, opened = closed_to(audience, self._written(), marks.closed_by)
        opened += released.texts(self.folder, self.pair.slug, audience)  # those alone that are as they were approved
        names = [self.folder.programme.name]
        return Guard(audience, rosters or rosters_of(self.folder), closed, opened, self._days(audience), names)

    def office_guard(self) -> Guard:
        """All that a mail between the two must not tell, since others in the office may open it: every closed line."""
        from assistant.privacy.audit import Guard

        return Guard(Audience.PAIR, rosters_of(self.folder), *self._closed_below(Level.PAIR))

    def _closed_below(self, level: Level) -> tuple[list[Closed], list[str]]:
        """What is more closed than a level in all that was written of the pair, and what is not."""
        from assistant.privacy.closed import closed_below

        closed, opened = closed_below(level, self._written(), marks.closed_by)
        return closed, [*opened, *(c.text for c in self.corrections if c.word == "add")]

    def gate(self, endpoint: Endpoint) -> Gate:
        """The one way by which text of this pair goes to an endpoint; raises Refused."""
        from assistant.loopback import is_loopback
        from assistant.privacy.gate import Gate
        from assistant.privacy.overlap import Overlap
        from assistant.privacy.pseudonyms import Pseudonyms

        here = is_loopback(endpoint.base_url)  # there people keep their names
        shut, opened = self._closed_below(Level.CONFIDENTIAL if here else Level.PAIR)
        pairs = [self.pair] if here else self._everybody()
        pseudonyms = Pseudonyms(self.folder.pair_key(self.pair.slug), pairs, [] if here else opened)
        return Gate(endpoint, pseudonyms, Overlap(shut, opened, pseudonyms.known.words))

    def _embedders(self) -> tuple[Embedder | None, Embedder | None]:
        """What makes the vectors of the notes, and of the guidance; none, and a warning, where the gate stays shut."""
        endpoint = self.folder.programme.embedding
        if endpoint is None or self.offline:
            return None, None
        from assistant.endpoint.embeddings import Embeddings, Outage

        try:
            gates = self.gate(endpoint), self._common_gate(endpoint)
        except (Refused, Unusable) as error:
            self._said.append(f"{error} (the search goes by words)")
            return None, None
        outage = Outage(self._said.append)
        return (
            Embeddings(endpoint, gates[0], self.folder.ledger(self.pair.slug), outage),
            Embeddings(endpoint, gates[1], self.folder.ledger(None), outage),
        )

    def _common_gate(self, endpoint: Endpoint) -> Gate:
        """The gate for guidance, which is of no pair; raises Refused and Unusable."""
        from assistant.loopback import is_loopback
        from assistant.privacy.gate import Gate
        from assistant.privacy.pseudonyms import Pseudonyms

        pairs = [self.pair] if is_loopback(endpoint.base_url) else self._everybody()
        return Gate(endpoint, Pseudonyms(self.folder.guidance_key, sorted(pairs, key=lambda pair: pair.slug)))

    def _written(self) -> list[Written]:
        """Every file in which people wrote of this pair, as it stands, with what was read in it."""
        from assistant.privacy.closed import Written

        read = {r.note.path: r.note.passages for r in self.readings}
        files = [Written(f.path, f.raw, read.get(f.path, ())) for f in self._listed]
        said = self.folder.corrections(self.pair.slug).encode()
        return [*files, Written(self.corrections_path, said, ())]

    @contextlib.contextmanager
    def searchable(
        self, told: Callable[[int, int], None] | None = None
    ) -> Iterator[tuple[search.Searchable, search.Searchable]]:
        """The index of the pair's notes and that of the guidance, both up to date, open for as long as it lasts.

        `told` hears of each note that goes into the index: how many so far, of how many at most.
        """
        from assistant.retrieval import search
        from assistant.retrieval.index import open_index, rebuilt
        from assistant.retrieval.meanings import open_meanings

        of_notes, of_guidance = self._embedders()
        homes = (
            (self.folder.derived(self.pair.slug) / "index", _counted(self._documents(), told), of_notes),
            (self.folder.derived_guidance / "index", guidance_documents(self.folder), of_guidance),
        )
        with contextlib.ExitStack() as stack:
            words = open_meanings(self.folder.word_lists, self.folder.scratch)
            stack.callback(words.close)
            found = []
            for home, documents, embedder in homes:
                index = open_index(home, documents, embedder)
                found.append(
                    search.Searchable(
                        index,
                        partial(rebuilt, home, documents, embedder),
                        words,
                        partial(open_index, home, documents, embedder),
                    )
                )
                stack.callback(found[-1].close)
            yield found[0], found[1]

    def find(self, query: str, most: int, told: Callable[[int, int], None] | None = None) -> list[Hit]:
        """The best passages of the pair's notes and of the guidance, for the author; `told` as for `searchable`."""
        from assistant.retrieval import search

        with self.searchable(told) as (notes, guidance):
            return privacy.cut_hits(search.both(notes, guidance, query, most), Audience.OWN)

    def correct(self, word: corrections.Word, id: str) -> None:
        """Correct the reading of one promise; raises Usage where there is none of that id."""
        found = [c for c in self.story(Audience.OWN).commitments if c.id == id]
        if not found:
            raise Usage(f"there is no promise {id}; `prep commitments {self.pair.slug} --all` shows their ids")
        self._keep(Correction(word, id, self.today, found[0].text, 0))

    def add(self, text: str, owner: Owner, due: dt.date | None) -> None:
        """A promise that stands in no note."""
        self._keep(Correction("add", story.identify(self.today, text), self.today, text, 0, owner, due))

    @property
    def _reader_key(self) -> str:
        """The reader and all that it goes by besides the note itself."""
        from assistant.notes import reader

        return f"{reader.VERSION} {self.pair.mentor} {self.pair.mentee} {self.pair.people}"

    def _read(self) -> list[Reading]:
        """Every note read, from what is kept where neither the note nor the roster nor the reader changed."""
        home = self.folder.derived(self.pair.slug) / "readings.json"
        known = cache.load(home, self._reader_key, dict[str, Reading]) or {}
        result = {f"{f.path} {f.digest}": f for f in self._files.values()}
        readings = {name: known.get(name) or self._fresh(file) for name, file in result.items()}
        if readings.keys() != known.keys():
            cache.store(home, self._reader_key, readings, self.folder.scratch)
        return list(readings.values())

    def _fresh(self, file: NoteFile) -> Reading:
        from assistant.notes import reader

        return reader.read(_note(file), self.pair)

    def _documents(self) -> list[Document]:
        """The notes to be found. What has read them goes by their bytes; a search alone, by their stat where it can."""
        from assistant.retrieval.chunks import Document

        if "_listed" in self.__dict__:
            return [Document(file.path, file.digest, partial(_told, file)) for file in self._files.values()]
        from assistant import signatures

        paths = {
            shown: path for shown, path in self.folder.note_paths(self.pair.slug).items() if note.date_of(path.name)
        }
        home = self.folder.derived(self.pair.slug) / "signatures.json"
        try:
            found = signatures.digests(paths, home, self.folder.scratch)
        except OSError as error:
            raise unreadable(Path(error.filename), error) from None
        return [Document(shown, hashed, partial(_read_told, shown, paths[shown])) for shown, hashed in found.items()]

    def _read_corrections(self) -> None:
        """What people told prep about its reading."""
        self.corrections, unread = corrections.parse(self.folder.corrections(self.pair.slug), self.corrections_path)
        self._said += map(str, unread)

    def _keep(self, correction: Correction) -> None:
        saved.add_correction(self.folder, self.pair.slug, corrections.HEAD, corrections.written(correction))
        self._read_corrections()


def rosters_of(folder: Folder) -> Rosters:
    """The people of every pair of a programme."""
    from assistant.privacy.audit import Rosters

    return Rosters(folder.pair(slug) for slug in folder.slugs)


def guidance_documents(folder: Folder) -> list[Document]:
    """The programme's own guidance and the built-in pages."""
    from assistant.retrieval.chunks import Document

    built_in = [
        NoteFile(path.relative_to(corpus().parent).as_posix(), path.name, path.read_bytes())
        for path in sorted((corpus() / "guidance").glob("*/*.md"))
    ]
    return [Document(file.path, file.digest, partial(_undated, file)) for file in [*folder.guidance(), *built_in]]


def _counted(documents: list[Document], told: Callable[[int, int], None] | None) -> list[Document]:
    """The documents, each of which tells when it is read; a second reading, after embedding, tells no more."""
    if told is None:
        return documents
    read = set[str]()

    def reading(document: Document, told: Callable[[int, int], None]) -> Dated:
        read.add(document.path)
        told(len(read), len(documents))
        return document.read()

    return [msgspec.structs.replace(one, read=partial(reading, one, told)) for one in documents]


def _note(file: NoteFile) -> Note:
    """A session note, of the day and number that its name says."""
    date, nth = note.date_of(file.name) or (dt.date.min, 1)
    return note.read(file.raw, file.path, date, nth)


def _told(file: NoteFile) -> Dated:
    found = _note(file)
    return found.date, found.passages


def _read_told(shown: str, path: Path) -> Dated:
    return _told(NoteFile(shown, path.name, read_bytes(path)))


def _undated(file: NoteFile) -> Dated:
    return None, page(file)


def page(file: NoteFile) -> tuple[Passage, ...]:
    """The passages of a page of guidance."""
    return note.read(file.raw, file.path, dt.date.min).passages
