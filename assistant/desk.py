"""A pair on the desk: what is derived from its notes, brought up to date. The first of the two orders of the stages."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from assistant import cache, themes
from assistant.errors import Refused, Unusable, Usage
from assistant.files import read_bytes, unreadable
from assistant.notes import corrections, momentum, note, process, story
from assistant.notes.corrections import Correction
from assistant.privacy import audience as privacy
from assistant.programme import saved
from assistant.programme.folder import Folder, NoteFile, shown_note
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
    from assistant.privacy.unattributed import Unattributed
    from assistant.retrieval import search
    from assistant.retrieval.chunks import Dated, Document
    from assistant.retrieval.vectors import Embedder


class Desk:
    """One pair, opened: its notes read, its calendar known. `today` is the day as of which all is told.

    `me` is the mentor of a panel who is reading: what the others wrote for themselves is not on the desk.
    """

    def __init__(self, folder: Folder, slug: str, today: dt.date, offline: bool = False, me: str | None = None) -> None:
        self.folder, self.today, self.offline = folder, today, offline
        self.pair: Pair = folder.pair(slug)
        self.reader = _reader(self.pair, me)
        self.corrections_path = f"pairs/{slug}/corrections.md"
        self.corrections: list[Correction] = []
        self.leaves_out_own = False
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
        read = self._read()
        if not self.pair.is_panel:
            return read
        from assistant.notes import authors

        shut = [authors.own_of_others(r.note, self.pair, self.reader) for r in read]
        self._said += [str(doubt) for r in read for doubt in authors.doubts(r.note, self.pair)]
        self.leaves_out_own = self.reader is None and any(shut)
        return [privacy.without_own(r, lines) for r, lines in zip(read, shut, strict=True)]

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
    def _sessions(self) -> list[tuple[Note, ...]]:
        """The notes by session: one each, but in a panel several may write of the same one."""
        notes = [reading.note for reading in self.readings]
        if not self.pair.is_panel:
            return [(note,) for note in notes]
        from assistant.notes import authors

        return authors.sessions(sorted(notes, key=lambda n: (n.date, n.nth)), self.pair)

    def notes_of(self, session: Note) -> tuple[str, ...]:
        """The paths of all notes of a session."""
        return next(tuple(n.path for n in told) for told in self._sessions if session in told)

    def of_session(self, readings: Iterable[Reading], session: Note) -> Reading:
        """What was read in all notes of a session, as one reading under its first note."""
        paths = self.notes_of(session)
        told = sorted((r for r in readings if r.note.path in paths), key=lambda r: paths.index(r.note.path))
        return story.together(told) if len(told) > 1 else told[0]

    @cached_property
    def calendar(self) -> Calendar:
        notes = [told[0] for told in self._sessions]
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
        past = [told[0] for told in self._sessions if told[0].status == "held" and told[0].date <= self.today]
        return sorted(past, key=lambda n: (n.date, n.nth))

    def lately(self) -> dict[str, int]:
        """How much each mentor of a panel came up in the last three sessions, the last of them counting most."""
        from assistant.notes import sides

        common = self.readable(Audience.PAIR)
        return sides.came_up([self.of_session(common, session) for session in self.held()[-3:]])

    def forbidden_by(self, session: Note, audience: Audience) -> str | None:
        """What in a note forbids to tell of it beyond the pair, None where nothing does."""
        from assistant.notes import restrictions

        notes = next(told for told in self._sessions if session in told)
        found = (restrictions.forbidden_by(self._files[note.path].raw, note, audience) for note in notes)
        return next((reason for reason in found if reason is not None), None)

    def restricted(self) -> frozenset[str]:
        """The paths of the sessions held of which the note says that it is not for others."""
        held = [note for note in self.held() if self.forbidden_by(note, Audience.PROGRAMME) is not None]
        return frozenset(path for note in held for path in self.notes_of(note))

    def facts(self, session: Note) -> Facts:
        """The facts of process of a session held."""
        notes = [told[0] for told in self._sessions]
        return process.facts(notes, session, self.common_story(), self.calendar, self.today)

    def themes(self, session: Note, language: str) -> tuple[str, ...]:
        """The names of the themes of a session, by its text of level pair and more open."""
        from assistant.privacy import shareable

        here = [r for r in shareable.common(self.readings) if r.note.path in self.notes_of(session)]
        told = [sentence for reading in here for sentence in shareable.tellable(reading)]
        listed = themes.load(self.folder.root / "themes")
        return tuple(t.name(language) for t in themes.matched(listed, told, [wish.text for wish in self.pair.scope]))

    def rewriter(self, audience: Audience) -> Rewriter:
        """Says sentences of this pair without names; for the programme the sessions' own days may stand."""
        from assistant.privacy.rewrite import Rewriter

        days = self._days(audience) if audience is Audience.PROGRAMME else []
        return Rewriter(self.pair.slug, self._everybody(), days)

    def unattributed(self, language: str) -> Unattributed | None:
        """Says what is told inside a panel without who of its mentors said it; None of a pair."""
        if not self.pair.is_panel:
            return None
        from assistant.privacy.rewrite import Rewriter
        from assistant.privacy.unattributed import Unattributed

        return Unattributed(Rewriter(self.pair.slug, [self.pair], []), language)

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
        whose = f" as {self.reader}" if self.pair.is_panel else ""
        key = f"{self._reader_key}{whose} " + " ".join(
            f"{f.path} {f.digest}" for f in self._files.values() if f.path in past
        )
        plain = cache.load(home, key, Story)
        if plain is None:
            plain = story.tell(self.readable(audience), self.today)
            cache.store(home, key, plain, self.folder.scratch)
        return self._corrected(plain)

    def _corrected(self, plain: Story) -> Story:
        """The story as people corrected it, as of today."""
        corrected = corrections.apply(list(plain.commitments), self.corrections, self.corrections_path, self.today)
        return msgspec.structs.replace(plain, commitments=tuple(corrected))

    def guard(self, audience: Audience, rosters: Rosters | None = None, hints: bool = True) -> Guard:
        """All that an audience must not learn of this pair, to judge texts by; `rosters` are the whole programme's.

        Without `hints` a text need not be about this pair: "the mentor" is then nobody of a panel.
        """
        from assistant.notes.marks import closed_by
        from assistant.privacy.audit import Guard
        from assistant.privacy.closed import closed_to
        from assistant.programme import released

        closed, opened = closed_to(audience, self._written(), closed_by)
        opened += released.texts(self.folder, self.pair.slug, audience)  # those alone that are as they were approved
        names = [self.folder.programme.name]
        panel = self.pair.slug if self.pair.is_panel else None
        return Guard(
            audience, rosters or rosters_of(self.folder), closed, opened, self._days(audience), names, panel, hints
        )

    def office_guard(self) -> Guard:
        """All that a mail between the two must not tell, since others in the office may open it: every closed line."""
        from assistant.privacy.audit import Guard

        return Guard(Audience.PAIR, rosters_of(self.folder), *self._closed_below(Level.PAIR))

    def _closed_below(self, level: Level) -> tuple[list[Closed], list[str]]:
        """What is more closed than a level in all that was written of the pair, and what is not."""
        from assistant.notes.marks import closed_by
        from assistant.privacy.closed import closed_below

        closed, opened = closed_below(level, self._written(), closed_by)
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
            (self.folder.derived(self.pair.slug) / "index", self._documents(told), of_notes),
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
            return self.cut_hits(search.both(notes, guidance, query, most), Audience.OWN)

    def cut_hits(self, hits: Iterable[Hit], audience: Audience) -> list[Hit]:
        """Search results that an audience may read; of own text in a panel only what is on the desk."""
        found = privacy.cut_hits(hits, audience)
        if not self.pair.is_panel or all(hit.level is not Level.OWN for hit in found):
            return found
        mine = {
            (r.note.path, line)
            for r in self.readings
            for p in r.note.passages
            if p.level is Level.OWN
            for line in range(p.line, p.line + p.text.count("\n") + 1)
        }
        return [hit for hit in found if hit.level is not Level.OWN or (hit.path, hit.line) in mine]

    def correct(self, word: corrections.Word, id: str) -> None:
        """Correct the reading of one promise; raises Usage where there is none of that id."""
        found = [c for c in self.story(Audience.OWN).commitments if c.id == id]
        if not found:
            raise Usage(f"there is no promise {id}; `prep commitments {self.pair.slug} --all` shows their ids")
        self._keep(Correction(word, id, self.today, found[0].text, 0))

    def add(self, text: str, owner: Owner, due: dt.date | None, who: tuple[str, ...] = ()) -> None:
        """A promise that stands in no note; `who` are the mentors of a panel whose it is."""
        self._keep(Correction("add", story.identify(self.today, text, who), self.today, text, 0, owner, due, who))

    @property
    def _reader_key(self) -> str:
        """The reader and all that it goes by besides the note itself."""
        from assistant.notes import reader

        panel = f" {self.pair.fellows}" if self.pair.is_panel else ""
        return f"{reader.VERSION} {self.pair.mentor} {self.pair.mentee} {self.pair.people}{panel}"

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

    def _documents(self, told: Callable[[int, int], None] | None = None) -> list[Document]:
        """The notes to be found. What has read them goes by their bytes; a search alone, by their stat where it can."""
        from assistant.retrieval.chunks import Document

        if "_listed" in self.__dict__:
            hashes = {path: file.digest for path, file in self._files.items()}
            read = _counted(lambda path: _told(self._files[path]), len(hashes), told)
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

    def _read_corrections(self) -> None:
        """What people told prep about its reading."""
        self.corrections, unread = corrections.parse(self.folder.corrections(self.pair.slug), self.corrections_path)
        self._said += map(str, unread)

    def _keep(self, correction: Correction) -> None:
        saved.add_correction(self.folder, self.pair.slug, corrections.HEAD, corrections.written(correction))
        self._read_corrections()


def _reader(pair: Pair, me: str | None) -> str | None:
    """The mentor of a panel who is reading; raises Usage."""
    if not pair.is_panel:
        if me is not None:
            raise Usage(f"--as is for a panel, and {pair.path} has one mentor; leave it out")
        return None
    from assistant import panels

    return panels.reader(pair, me)


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


def _counted(
    read: Callable[[str], Dated], whole: int, told: Callable[[int, int], None] | None
) -> Callable[[str], Dated]:
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


def _undated(file: NoteFile) -> Dated:
    return None, page(file)


def page(file: NoteFile) -> tuple[Passage, ...]:
    """The passages of a page of guidance."""
    return note.read(file.raw, file.path, dt.date.min).passages
