"""A pair erased for good, in an order that may be broken off at any point and taken up again.

1. what its text is known by goes to .prep/forgetting/<pair>.json, as hashes
2. all that is the pair's own is deleted, pair.toml first, so that no command finds half a pair
3. every file of the programme is searched for its text and its names
4. only when nothing is left, the hashes go, and it can be said that the pair is forgotten
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from assistant import resources
from assistant.errors import PrepError, Refused, Unusable
from assistant.files import decode, delete, delete_empty, is_link, read_bytes, walk, write_atomic
from assistant.notes import corrections
from assistant.privacy import fingerprints, unwrap
from assistant.privacy.fingerprints import Fingerprints
from assistant.privacy.leftovers import Leftovers
from assistant.programme import place
from assistant.programme.folder import Folder
from assistant.programme.settings import SLUG

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)  # dates and states, which other pairs have too


class Belongings(Struct, frozen=True):
    """How many files of a pair there are, by kind."""

    notes: int
    drafts: int
    released: int
    other: int
    derived: int


class Forgotten(Struct, frozen=True):
    """What can be said of a pair that was erased: what was searched, what could not be, and what is out of reach.

    `erased` and `scanned` count files, `size` is in bytes. `names`: could the pair's names be read, and so searched
    for? `links` pointed out of its folder. `struck` counts lines of the ledger that named the pair.
    """

    erased: int
    scanned: int
    size: int
    names: bool
    opaque: tuple[str, ...]
    left: tuple[str, ...]
    links: tuple[str, ...]
    struck: int
    sent: bool
    git: Path | None
    synced: bool


class _Journal(Struct):
    """What a second run needs where the first was broken off."""

    known: Fingerprints
    names: bool
    erased: int
    links: list[str]
    struck: int = 0


class Eraser:
    """Erases one pair; raises Unusable where there is none of that name."""

    def __init__(self, folder: Folder, slug: str) -> None:
        self.folder, self.slug = folder, slug
        self._home = folder.pair_folder(slug)
        self._kept = folder.private / "forgetting" / f"{slug}.json"
        if not SLUG.fullmatch(slug) or not (self._home.is_dir() or self._kept.is_file()):
            known = ", ".join(folder.slugs) or "none"
            raise Unusable(f"there is no pair {slug!r} in this programme; the pairs are: {known}")

    def belongings(self) -> Belongings:
        """What there is to erase."""
        notes, drafts, released = (_count(self._home / name) for name in ("sessions", "drafts", "released"))
        derived = sum(_count(path) for path in self._derived())
        return Belongings(notes, drafts, released, _count(self._home) - notes - drafts - released, derived)

    def forget(self, leave: Iterable[str] = ()) -> Forgotten:
        """Erase the pair, and make sure; raises Refused where some of its text is left.

        `leave` are paths, relative to the programme, of files that may keep what they share with the pair.
        """
        journal = self._write_down()
        self._delete()
        journal.struck += self._strike(journal.known)
        self._keep(journal)
        search = Leftovers(self.folder.root, self.slug, journal.known, frozenset(leave), self._kept)
        found = [*self._undeleted(), *search.found]
        if found:
            places = "; ".join(found[:8]) + (f"; and {len(found) - 8} more" if len(found) > 8 else "")
            raise Refused(
                f"the files of {self.slug} are erased, but its text or names still stand in {places};"
                f" take them out there and run `prep forget {self.slug}` again,"
                " or let a file keep what is its own with --leave FILE"
            )
        delete(self._kept)
        if not any(self._kept.parent.iterdir()):
            delete_empty(self._kept.parent)
        return Forgotten(
            journal.erased,
            search.scanned,
            search.size,
            journal.names,
            tuple(search.opaque),
            tuple(search.left),
            tuple(journal.links),
            journal.struck,
            (self.folder.root / "ledger.jsonl").is_file(),
            place.repository(self.folder.root),
            place.synced_by(self.folder.root) is not None,
        )

    # -- what it is known by --

    def _write_down(self) -> _Journal:
        """Keep what the pair's text is known by, with what an earlier run kept."""
        known, names = self._known()
        own = list(self._own())
        links = [p.relative_to(self.folder.root).as_posix() for p in own if is_link(p)]
        journal = _Journal(known, names, len(own), links)
        if self._kept.is_file():
            try:
                before = msgspec.json.decode(read_bytes(self._kept), type=_Journal)
            except msgspec.MsgspecError:
                raise Unusable(f"{self._kept}: was damaged; delete it and run `prep forget` again") from None
            erased = max(before.erased, journal.erased)
            journal = _Journal(before.known | known, before.names, erased, before.links or links, before.struck)
        self._keep(journal)
        return journal

    def _keep(self, journal: _Journal) -> None:
        write_atomic(self._kept, msgspec.json.encode(journal).decode("utf-8"), self.folder.scratch)

    def _known(self) -> tuple[Fingerprints, bool]:
        """What its text and its names are known by, and whether the names could be read."""
        written = [path for path in walk((self._home / "sessions").resolve()) if path.is_file()]
        notes = [_HEAD.sub("", text) for path in written for text in _seen(path)]
        corrected, _ = corrections.parse(self.folder.corrections(self.slug), "")
        try:
            pair = self.folder.pair(self.slug)
        except PrepError:
            names, read = [self.slug], False
        else:
            names, read = [self.slug, *(n for p in pair.everybody for n in (p.name, *p.aliases, p.email or ""))], True
        others = [self.folder.pair_folder(s) / "pair.toml" for s in self.folder.slugs if s != self.slug]
        homes = (resources.prompts(), resources.corpus() / "guidance", resources.corpus() / "questions")
        built_in = [path for home in homes for path in walk(home)]
        return (
            fingerprints.of([*notes, *(c.text for c in corrected)], names, _texts(built_in), _texts(others)),
            read,
        )

    # -- what goes --

    def _own(self) -> Iterator[Path]:
        """All files of the pair, in the order in which they go."""
        settings = self._home / "pair.toml"
        yield from walk(settings)
        for home in (*self._derived(), self._home / "drafts", self._home / "released", self._home):
            yield from (path for path in walk(home) if path != settings)

    def _derived(self) -> list[Path]:
        """All in .prep/ that bears the pair's name, but for what is kept to make sure."""
        named = [p for p in self.folder.private.rglob("*") if p.name.split(".")[0] == self.slug and p != self._kept]
        return [p for p in named if not any(parent in named for parent in p.parents)]

    def _delete(self) -> None:
        for path in self._made_of_built_in():
            delete(path)
        for path in list(self._own()):
            delete(path)
        for home in (*self._derived(), self._home):
            delete_empty(home)
        for path in walk(self.folder.scratch):
            if path.name != "note.md":  # half-written files are nobody's, what somebody wrote in an editor is
                delete(path)

    def _made_of_built_in(self) -> Iterator[Path]:
        """What is made of the built-in texts: soon made again, and the longest of all to search."""
        private = self.folder.private
        for home in (self.folder.word_lists, self.folder.derived_guidance, *sorted(private.glob("craft-*.json"))):
            yield from walk(home)

    def _undeleted(self) -> list[str]:
        """What is there again, made by a program that was running."""
        return [p.relative_to(self.folder.root).as_posix() for p in (self._home, *self._derived()) if p.exists()]

    def _strike(self, known: Fingerprints) -> int:
        """Take the lines out of the ledger that name the pair; how many there were."""
        path = self.folder.root / "ledger.jsonl"
        if not path.is_file():
            return 0
        lines = decode(read_bytes(path))[0].splitlines(keepends=True)
        kept = [line for line in lines if not self._names(line, known)]
        if len(kept) < len(lines):
            write_atomic(path, "".join(kept), self.folder.scratch)
        return len(lines) - len(kept)

    def _names(self, line: str, known: Fingerprints) -> bool:
        return f'"{self.slug}"' in line or known.name_in(fingerprints.tokens(line)) is not None


def _count(home: Path) -> int:
    return sum(1 for _ in walk(home))


def _texts(paths: Iterable[Path]) -> list[str]:
    return [decode(read_bytes(path))[0] for path in paths]


def _seen(path: Path) -> list[str]:
    """The texts of a file, as far as any can be seen in it."""
    found: list[str] = []
    with contextlib.suppress(unwrap.Opaque):
        found.extend(unwrap.texts(read_bytes(path)))
    return found
