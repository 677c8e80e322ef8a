"""The two orders of the stages: bring what is derived up to date, and draft. Written here and nowhere else."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant import briefing, cache, craft, prompts
from assistant.endpoint import Embeddings
from assistant.errors import Usage
from assistant.files import digest
from assistant.notes import corrections, momentum, note, reader, story
from assistant.notes.corrections import Correction
from assistant.privacy import audience as privacy
from assistant.programme import saved
from assistant.programme.folder import Folder, NoteFile
from assistant.records import (
    Agenda,
    Audience,
    Calendar,
    Doubt,
    Hit,
    Owner,
    Pair,
    Passage,
    Reading,
    Story,
)
from assistant.resources import corpus
from assistant.retrieval import search
from assistant.retrieval.chunks import Document
from assistant.retrieval.index import open_index, rebuilt
from assistant.writers import offline


class Kept(Struct):
    """Readings as they are kept: by content, reader and roster."""

    key: str
    readings: dict[str, Reading]


class KeptStory(Struct):
    """A story as it is kept: by the notes it was told from."""

    key: str
    story: Story


class Desk:
    """One pair, opened: its notes read, its calendar known. `today` is the day as of which all is told."""

    def __init__(self, folder: Folder, slug: str, today: dt.date, offline: bool = False) -> None:
        self.folder, self.today, self.offline = folder, today, offline
        self.pair: Pair = folder.pair(slug)
        self._files = [f for f in folder.notes(slug) if note.date_of(f.name)]
        self.readings = readings(folder, self.pair, self._files)
        self.warnings = [str(doubt) for doubt in doubts(folder, slug, self.readings)]
        self.corrections_path = f"pairs/{slug}/corrections.md"
        self.corrections: list[Correction] = []
        self.read_corrections()

    def read_corrections(self) -> None:
        """What people told prep about its reading."""
        text = self.folder.corrections(self.pair.slug)
        self.corrections, unread = corrections.parse(text, self.corrections_path)
        self.warnings += [str(doubt) for doubt in unread if str(doubt) not in self.warnings]

    @property
    def roster_key(self) -> str:
        return roster_key(self.pair)

    @property
    def past_key(self) -> str:
        """A hash of all notes up to today."""
        past = {r.note.path for r in self.readings if r.note.date <= self.today}
        return digest(" ".join(f"{f.path} {digest(f.raw)}" for f in self._files if f.path in past).encode())

    @property
    def calendar(self) -> Calendar:
        notes = [reading.note for reading in self.readings]
        return momentum.calendar(notes, self.pair.cadence, self.pair.started, self.pair.sessions, self.today)

    def searchable(self) -> tuple[search.Searchable, search.Searchable]:
        """The index of the pair's notes and that of the guidance, both up to date."""
        settings = self.folder.programme.embedding
        embedder = Embeddings(settings) if settings and not self.offline else None
        found = []
        for home, documents in (
            (self.folder.derived(self.pair.slug) / "index", self._documents()),
            (self.folder.derived_guidance / "index", guidance_documents(self.folder)),
        ):
            index = open_index(home, documents, embedder)
            found.append(search.Searchable(index, lambda h=home, d=documents: rebuilt(h, d, embedder)))  # type: ignore[misc]
        return found[0], found[1]

    def _documents(self) -> list[Document]:
        digests = {f.path: digest(f.raw) for f in self._files}
        notes = [reading.note for reading in self.readings]
        return [Document(n.path, digests[n.path], n.date, lambda n=n: n.passages) for n in notes]  # type: ignore[misc]


def roster_key(pair: Pair) -> str:
    """A hash of the reader and of all that it goes by besides the note itself."""
    return digest(f"{reader.VERSION} {pair.mentor} {pair.mentee} {pair.people}".encode())


def readings(folder: Folder, pair: Pair, files: list[NoteFile]) -> list[Reading]:
    """Every note read, from what is kept where neither the note nor the roster nor the reader changed."""
    home = folder.derived(pair.slug) / "readings.json"
    key = roster_key(pair)
    kept = cache.load(home, Kept)
    known = kept.readings if kept is not None and kept.key == key else {}
    result: dict[str, Reading] = {}
    for file in files:
        date, nth = note.date_of(file.name) or (dt.date.min, 1)
        name = f"{file.path} {digest(file.raw)}"
        result[name] = known.get(name) or reader.read(note.read(file.raw, file.path, date, nth), pair)
    if result.keys() != known.keys():
        cache.store(home, Kept(key, result), folder.scratch)
    return list(result.values())


def doubts(folder: Folder, slug: str, read: list[Reading]) -> list[Doubt]:
    """All that a person should look at in a pair's notes."""
    misnamed = [
        Doubt(f.path, 1, "is not read; name it YYYY-MM-DD.md") for f in folder.notes(slug) if not note.date_of(f.name)
    ]
    return [doubt for reading in read for doubt in reading.note.doubts] + misnamed + folder.stray(slug)


def guidance_documents(folder: Folder) -> list[Document]:
    """The programme's own guidance and the built-in pages."""
    built_in = [
        NoteFile(path.relative_to(corpus().parent).as_posix(), path.name, path.read_bytes())
        for path in sorted((corpus() / "guidance").glob("*/*.md"))
    ]
    return [
        Document(file.path, digest(file.raw), None, partial(_page, file)) for file in [*folder.guidance(), *built_in]
    ]


def _page(file: NoteFile) -> tuple[Passage, ...]:
    return note.read(file.raw, file.path, dt.date.min).passages


def story_for(desk: Desk, audience: Audience) -> Story:
    """The story as an audience may know it, as people corrected it; kept until a note of the past changes."""
    home = desk.folder.derived(desk.pair.slug) / f"story-{audience.value}.json"
    key = digest(f"{desk.roster_key} {desk.past_key}".encode())
    kept = cache.load(home, KeptStory)
    if kept is not None and kept.key == key:
        plain = kept.story
    else:
        plain = story.tell(privacy.cut(desk.readings, audience), desk.today)
        cache.store(home, KeptStory(key, plain), desk.folder.scratch)
    corrected = corrections.apply(list(plain.commitments), desk.corrections, desk.corrections_path, desk.today)
    return msgspec.structs.replace(plain, commitments=tuple(corrected))


def correct(desk: Desk, word: corrections.Word, id: str) -> Correction:
    """A correction of one promise; raises Usage where there is none of that id."""
    found = [c for c in story_for(desk, Audience.OWN).commitments if c.id == id]
    if not found:
        raise Usage(f"there is no promise {id}; `prep commitments {desk.pair.slug} --all` shows their ids")
    return _kept(desk, Correction(word, id, desk.today, found[0].text, 0))


def add(desk: Desk, text: str, owner: Owner, due: dt.date | None) -> Correction:
    """A promise that stands in no note."""
    return _kept(desk, Correction("add", story.identify(desk.today, text), desk.today, text, 0, owner, due))


def _kept(desk: Desk, correction: Correction) -> Correction:
    saved.add_correction(desk.folder, desk.pair.slug, corrections.HEAD, corrections.written(correction))
    desk.read_corrections()
    return correction


def find(desk: Desk, query: str, most: int) -> list[Hit]:
    """The best passages of the pair's notes and of the guidance, for the author."""
    notes, guidance = desk.searchable()
    try:
        return privacy.cut_hits(search.both(notes, guidance, query, most), Audience.OWN)
    finally:
        notes.close()
        guidance.close()


def agenda(desk: Desk, audience: Audience, language: str, minutes: int | None, name: str) -> Agenda:
    """The agenda of the next session; `name` is the file name under which its draft is kept."""
    folder, pair = desk.folder, desk.pair
    readable = privacy.cut(desk.readings, audience)
    notes, guidance = desk.searchable()
    try:
        brief = briefing.brief(
            pair,
            audience,
            language,
            desk.today,
            minutes or pair.minutes or house_minutes(folder),
            desk.calendar,
            readable,
            story_for(desk, audience),
            craft.load(language, folder.private, folder.scratch),
            lambda query: privacy.cut_hits(notes.find(query, 8), audience),
            lambda query: guidance.find(query, 20),
            briefing.offered(folder.drafts(pair.slug), name),
            desk.warnings,
        )
    finally:
        notes.close()
        guidance.close()
    return offline.agenda(brief, phrases(folder, language))


def house_minutes(folder: Folder) -> int:
    """How long a session is where pair.toml doesn't say: by the programme's own guidance, else an hour."""
    return briefing.house_minutes([p for f in folder.guidance() for p in _page(f)]) or briefing.DEFAULT_MINUTES


def phrases(folder: Folder, language: str) -> prompts.AgendaPhrases:
    """The fixed sentences of agendas, the programme's own where it has some."""
    own: Path = folder.root / "prompts"
    return prompts.agenda_phrases(language, own)
