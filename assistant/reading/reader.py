"""The notes of a pair read by a model, in order and each once: what it found is kept until its ground changes.

A note is read together with the promises and threads before it that were still open. So it is read anew when it, what
was open before it, the prompt or the model changes. Whatever goes wrong, the rules' reading of the note stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from assistant import cache, loopback, prompts
from assistant.endpoint.faults import Fault, Kind
from assistant.endpoint.ladder import Ladder, Task
from assistant.errors import Refused, Unusable
from assistant.files import digest
from assistant.notebook import Notebook
from assistant.privacy import audience as privacy
from assistant.privacy import shareable
from assistant.privacy.covered import Covered
from assistant.reading import answering, asking, merging
from assistant.reading.answering import Finds
from assistant.reading.asking import Sheet
from assistant.records import Audience, Endpoint, Level, Readable, Reading

SECONDS = 300.0  # for all the notes that one command has read
_VERSION = "1"  # of how finds are joined: a change has kept readings joined anew, without asking
_OF_ONE_NOTE: tuple[Kind, ...] = ("context", "length")  # asked again the next time, when the service may be mended
_LASTING: tuple[Kind, ...] = ("form", "filter", "refusal")  # would come again; not asked until the note changes
_RULES = "the rules read the notes that the model did not"

Say = Callable[[str], None]
Bar = Callable[[], AbstractContextManager[Callable[[int, int], None]]]


class Gate(Protocol):
    """What covers a text before it may be part of a request."""

    def admit(self, text: str, level: Level, audience: Audience) -> Covered: ...


class Way(Struct, frozen=True):
    """The way to a model: its gate, and a ladder that gives up at a moment of `time.monotonic`."""

    gate: Gate
    ladder: Callable[[float], Ladder]


class Read(Struct, frozen=True):
    """All notes read. `mark` tells by what, for what is kept of it; `doubts` why the model did not read them all."""

    readings: list[Reading]
    mark: str
    doubts: list[str]


class _Item(Struct, frozen=True):
    """A note as it was read. `name` is its path and hash, `key` that of the model's finds, empty where it has none."""

    name: str
    key: str
    reading: Reading


class _Kept(Struct, frozen=True):
    """What a model found in a note of this path and hash."""

    name: str
    finds: Finds


class ModelReader:
    """Reads the notes of one pair. Without `open_way` it asks nothing, and gives what was read before."""

    def __init__(
        self, notebook: Notebook, endpoint: Endpoint, open_way: Callable[[], Way] | None, say: Say, bar: Bar
    ) -> None:
        self.endpoint = endpoint
        self._notebook, self._open_way, self._say, self._bar = notebook, open_way, say, bar
        self._pair, self._override = notebook.pair, notebook.folder.root / "prompts"
        self._least = Level.CONFIDENTIAL if loopback.is_loopback(endpoint.base_url) else Level.PAIR
        people = f"{self._pair.mentor.name}, {self._pair.mentee.name}"
        prompt = prompts.fingerprint(asking.PROMPT, self._override)
        self._reads = f"{endpoint.base_url} {endpoint.name} {self._least.value} {prompt} {people}"
        self._way: Way | None = None
        self._end = 0.0
        self._stopped = ""
        self._doubts: list[str] = []
        self._told: Callable[[int, int], None] = lambda done, whole: None
        self._fresh: list[Finds] = []

    def read(self) -> Read:
        """Every note, read by the model as far as it was or can be."""
        plain = self._notebook.readings
        items = self._items()
        read = {item.name.rpartition(" ")[0]: item.reading for item in items}
        mark = digest(" ".join([_VERSION, self._reads, *(item.key for item in items)]).encode())
        return Read([read[reading.note.path] for reading in plain], mark, self._doubts)

    def next_task(self) -> tuple[Sheet, int] | None:
        """The note that would be read first, and how many would be; None where all are."""
        items = self._items()
        left = [n for n, item in enumerate(items) if not item.key]
        if not left:
            return None
        return self._sheet(items[left[0]].reading, items[: left[0]]), len(left)

    def task(self, sheet: Sheet, gate: Gate) -> Task:
        """What the model would be asked of a note; raises Refused."""
        return self._ask(sheet, gate).task

    # -- what was read before --

    def _items(self) -> list[_Item]:
        """All notes by their days; what was read before stands up to the first note that is another now."""
        ordered = sorted(self._notebook.readings, key=lambda r: (r.note.date, r.note.nth, r.note.path))
        names = [f"{r.note.path} {self._notebook.files[r.note.path].digest}" for r in ordered]
        home, key = self._home / "modelled.json", f"{_VERSION} {self._notebook.reader_key} {self._reads}"
        known = cache.load(home, key, list[_Item]) or []
        items: list[_Item] = []
        for name, item in zip(names, known, strict=False):
            if item.name != name or not item.key:
                break
            items.append(item)
        if len(items) == len(ordered):
            return items
        self._read_on(ordered, names, items)
        if items != known:
            cache.store(home, key, items, self._notebook.folder.scratch)
        return items

    def _read_on(self, ordered: list[Reading], names: list[str], items: list[_Item]) -> None:
        """Read the notes behind those that are read."""
        self._end = time.monotonic() + SECONDS
        with self._bar() as self._told:
            for number in range(len(items), len(ordered)):
                items.append(self._item(ordered[number], names[number], items, len(ordered)))
        if self._fresh:
            found, dropped = sum(f.count for f in self._fresh), sum(f.dropped for f in self._fresh)
            without = f"; {dropped} left out, whose words do not stand in the note" if dropped else ""
            notes = "1 note" if len(self._fresh) == 1 else f"{len(self._fresh)} notes"
            self._say(f"the model read {notes} and found {found} things{without}")

    def _item(self, reading: Reading, name: str, before: list[_Item], whole: int) -> _Item:
        told = (passage.kind != "heading" for passage in asking.shown(reading.note, self._least))
        if reading.note.status == "planned" or not any(told):
            return _Item(name, "nothing to read", merging.unread(reading))
        if self._open_way is None and not any(kept.name == name for kept in self._finds.values()):
            return _Item(name, "", reading)  # nor was it ever read
        sheet = self._sheet(reading, before)
        key = sheet.key(self._reads)
        kept = self._finds.get(key)
        finds = kept.finds if kept else self._asked(sheet, len(before), whole)
        if finds is None:
            return _Item(name, "", reading)
        if kept is None:
            self._keep(key, _Kept(name, finds))
        return _Item(name, key, merging.merged(reading, sheet, finds, self._pair))

    def _sheet(self, reading: Reading, before: list[_Item]) -> Sheet:
        return asking.sheet(reading.note, self._pair, self._least, self._cut([item.reading for item in before]))

    def _cut(self, readings: list[Reading]) -> Readable:
        """What the model may know of earlier notes."""
        return shareable.common(readings) if self._least is Level.PAIR else privacy.cut(readings, Audience.PAIR)

    @property
    def _home(self) -> Path:
        return self._notebook.folder.derived(self._pair.slug)

    @cached_property
    def _finds(self) -> dict[str, _Kept]:
        """What models found in the notes as they are, by the hash of all that it depends on."""
        known = cache.load(self._home / "finds.json", _VERSION, dict[str, _Kept]) or {}
        names = {f"{file.path} {file.digest}" for file in self._notebook.files.values()}
        return {key: kept for key, kept in known.items() if kept.name in names}

    def _keep(self, key: str, kept: _Kept) -> None:
        """Keep finds at once: an interrupt then costs one note."""
        self._finds[key] = kept
        cache.store(self._home / "finds.json", _VERSION, self._finds, self._notebook.folder.scratch)

    # -- asking --

    def _ask(self, sheet: Sheet, gate: Gate) -> asking.Asked:
        def admit(text: str, level: Level) -> Covered:
            return gate.admit(text, level, asking.AUDIENCE)

        return asking.ask(sheet, self._pair, self._override, admit)

    def _asked(self, sheet: Sheet, done: int, whole: int) -> Finds | None:
        """What the model finds in a note, None where it was not read and may be the next time."""
        way = self._open()
        if way is None:
            return None
        self._told(done, whole)
        try:
            asked = self._ask(sheet, way.gate)
            found = way.ladder(self._end).ask(asked.task, lambda answer: answering.finds(answer, asked, sheet.asked))
        except Fault as failed:
            return self._failed(failed)
        except Refused as refused:
            self._doubt(f"{refused} ({_RULES})")
            return None
        except Unusable as error:
            self._stop(str(error))
            return None
        self._fresh.append(found)
        return found

    def _open(self) -> Way | None:
        """The way to the model, opened once; None where there is none, or no time left."""
        if self._open_way is None or self._stopped:
            return None
        if time.monotonic() >= self._end:
            self._stop(
                f"the model did not get through all notes in {SECONDS / 60:.0f} minutes; the next command goes on"
            )
            return None
        if self._way is None:
            try:
                self._way = self._open_way()
            except (Refused, Unusable) as error:
                self._stop(str(error))
        return self._way

    def _failed(self, failed: Fault) -> Finds | None:
        if failed.kind in _LASTING or failed.kind in _OF_ONE_NOTE:
            self._doubt(f"{failed} ({_RULES})")
            return Finds() if failed.kind in _LASTING else None
        self._stop(str(failed))
        return None

    def _stop(self, why: str) -> None:
        """Ask nothing more in this command."""
        self._stopped = why
        self._doubt(f"{why} ({_RULES})")

    def _doubt(self, text: str) -> None:
        if text not in self._doubts:
            self._doubts.append(text)
