"""A pair on the desk: what is derived from its notes, brought up to date. The first of the two orders of the stages."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from assistant import cache, themes
from assistant.doors import Doors
from assistant.errors import Usage
from assistant.finding import Shelves
from assistant.notebook import Notebook
from assistant.notes import corrections, momentum, process, story
from assistant.notes.corrections import Correction
from assistant.privacy import audience as privacy
from assistant.programme import saved
from assistant.programme.folder import Folder
from assistant.records import (
    Audience,
    Calendar,
    Endpoint,
    Facts,
    Hit,
    Level,
    Note,
    Owner,
    Pair,
    Readable,
    Reading,
    Story,
)

if TYPE_CHECKING:  # what judges texts and what searches is imported where it is used: most commands never do both
    from assistant.privacy.audit import Guard, Rosters
    from assistant.privacy.gate import Gate
    from assistant.privacy.rewrite import Rewriter
    from assistant.privacy.unattributed import Unattributed
    from assistant.reading.reader import ModelReader
    from assistant.retrieval import search


class Desk:
    """One pair, opened: its notes read, its calendar known. `today` is the day as of which all is told.

    `me` is the mentor of a panel who is reading: what the others wrote for themselves is not on the desk.
    """

    def __init__(self, folder: Folder, slug: str, today: dt.date, offline: bool = False, me: str | None = None) -> None:
        self.folder, self.today, self.offline = folder, today, offline
        self.pair: Pair = folder.pair(slug)
        self.reader = _reader(self.pair, me)
        self._said: list[str] = []
        self.notebook = Notebook(folder, self.pair, self.reader, self._said.append)
        self.corrections_path = self.notebook.corrections_path
        self.corrections: list[Correction] = []
        self._model: ModelReader | None = None
        self._read_corrections()

    def read_by(self, model: ModelReader | None) -> None:
        """Have the notes read by a model too, from now on; those of a panel the rules alone read."""
        self._model = None if self.pair.is_panel else model
        self.__dict__.pop("_read", None)

    @property
    def readings(self) -> list[Reading]:
        """The notes read, when first asked for: a search needs their text alone."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[list[Reading], str]:
        """The notes read by the rules and, where there is one, by a model; with a mark of who read what."""
        if self._model is None:
            return self.notebook.readings, ""
        read = self._model.read()
        self._said += read.doubts
        return read.readings, read.mark

    @property
    def _notes(self) -> list[Note]:
        """The notes themselves, which take no model to read."""
        return [reading.note for reading in self.notebook.readings]

    @property
    def leaves_out_own(self) -> bool:
        """Was own text of a panel left out of the notes read, since nobody says who is reading?"""
        return self.notebook.leaves_out_own

    @property
    def warnings(self) -> list[str]:
        """What is doubtful in the settings, the notes and the files of the pair."""
        found = [doubt for note in self._notes for doubt in note.doubts]
        settings = (*self.folder.programme.doubts, *self.pair.doubts)
        doubts = (*settings, *found, *self.notebook.misnamed, *self.folder.stray(self.pair.slug))
        return list(dict.fromkeys([*map(str, doubts), *self._said]))

    @property
    def mishaps(self) -> list[str]:
        """What did not go as it should, apart from what is doubtful in settings and notes."""
        return list(dict.fromkeys(self._said))

    @cached_property
    def _sessions(self) -> list[tuple[Note, ...]]:
        """The notes by session: one each, but in a panel several may write of the same one."""
        notes = self._notes
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
        found = (restrictions.forbidden_by(self.notebook.files[note.path].raw, note, audience) for note in notes)
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

    def story(self, audience: Audience) -> Story:
        """The story as an audience may know it, as people corrected it; kept until a note of the past changes."""
        home = self.folder.derived(self.pair.slug) / f"story-{audience.value}.json"
        past = {note.path for note in self._notes if note.date <= self.today}
        files = (file for file in self.notebook.files.values() if file.path in past)
        whose = f" as {self.reader}" if self.pair.is_panel else ""
        key = f"{self.notebook.reader_key}{whose} {self._read[1]} " + " ".join(
            f"{file.path} {file.digest}" for file in files
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

    # -- what judges texts, and what lets them out --

    @property
    def _doors(self) -> Doors:
        return Doors(self.notebook, self.corrections)

    def guard(self, audience: Audience, rosters: Rosters | None = None, hints: bool = True) -> Guard:
        """All that an audience must not learn of this pair, to judge texts by; `rosters` are the whole programme's.

        Without `hints` a text need not be about this pair: "the mentor" is then nobody of a panel.
        """
        return self._doors.guard(audience, rosters, hints)

    def office_guard(self) -> Guard:
        """All that a mail between the two must not tell, since others in the office may open it."""
        return self._doors.office()

    def rewriter(self, audience: Audience) -> Rewriter:
        """Says sentences of this pair without names; for the programme the sessions' own days may stand."""
        return self._doors.rewriter(audience)

    def unattributed(self, language: str) -> Unattributed | None:
        """Says what is told inside a panel without who of its mentors said it; None of a pair."""
        if not self.pair.is_panel:
            return None
        from assistant.privacy.rewrite import Rewriter
        from assistant.privacy.unattributed import Unattributed

        return Unattributed(Rewriter(self.pair.slug, [self.pair], []), language)

    def gate(self, endpoint: Endpoint) -> Gate:
        """The one way by which text of this pair goes to an endpoint; raises Refused."""
        return self._doors.gate(endpoint)

    # -- search --

    @contextlib.contextmanager
    def searchable(
        self, told: Callable[[int, int], None] | None = None
    ) -> Iterator[tuple[search.Searchable, search.Searchable]]:
        """The index of the pair's notes and that of the guidance, both up to date; `told` hears how far that is."""
        with Shelves(self.notebook, self._doors, self.offline, self._said.append).searchable(told) as found:
            yield found

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

    # -- what people say of the reading --

    def correct(self, word: corrections.Word, id: str) -> None:
        """Correct the reading of one promise; raises Usage where there is none of that id."""
        found = [c for c in self.story(Audience.OWN).commitments if c.id == id]
        if not found:
            raise Usage(f"there is no promise {id}; `prep commitments {self.pair.slug} --all` shows their ids")
        self._keep(Correction(word, id, self.today, found[0].text, 0))

    def add(self, text: str, owner: Owner, due: dt.date | None, who: tuple[str, ...] = ()) -> None:
        """A promise that stands in no note; `who` are the mentors of a panel whose it is."""
        self._keep(Correction("add", story.identify(self.today, text, who), self.today, text, 0, owner, due, who))

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
