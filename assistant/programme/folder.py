"""Where everything of a programme lies, and how a command finds its programme and its pair."""

from __future__ import annotations

import datetime as dt
import os
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from assistant import keys, ledger
from assistant.errors import Unusable
from assistant.files import decode, digest, file_names, read_bytes
from assistant.ledger import Ledger
from assistant.programme import settings
from assistant.records import Doubt, Pair, Programme


class NoteFile(Struct, frozen=True, dict=True):
    """A Markdown file: its path relative to the programme and its bytes."""

    path: str
    name: str
    raw: bytes

    @cached_property
    def digest(self) -> str:
        """The hash of its bytes."""
        return digest(self.raw)


def shown_note(slug: str, name: str) -> str:
    """The path of a note as it is shown."""
    return f"pairs/{slug}/sessions/{name}"


class Folder:
    """A programme folder. Paths that it hands out as text are relative to it, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def programme(self) -> Programme:
        """prep.toml; raises Unusable."""
        return settings.programme(self.root / "prep.toml")

    @property
    def slugs(self) -> list[str]:
        """The pairs there are: folders under pairs/ that hold a pair.toml."""
        return sorted(p.parent.name for p in self.root.glob("pairs/*/pair.toml"))

    def pair_folder(self, slug: str) -> Path:
        return self.root / "pairs" / slug

    def pair(self, slug: str) -> Pair:
        """pair.toml of a pair; raises Unusable."""
        shown = f"pairs/{slug}/pair.toml"
        return settings.pair(self.root / shown, shown, slug, self.programme)

    def notes(self, slug: str) -> list[NoteFile]:
        """All .md files under sessions/, by name."""
        home = self.sessions(slug)
        return [NoteFile(shown_note(slug, n), n, read_bytes(home / n)) for n in self.note_names(slug)]

    def note_names(self, slug: str) -> list[str]:
        """The names of the notes, in order."""
        home = self.sessions(slug)
        return sorted(n for n in file_names(home) if n.lower().endswith(".md")) if home.is_dir() else []

    def sessions(self, slug: str) -> Path:
        """Where the notes of a pair lie."""
        return self.pair_folder(slug) / "sessions"

    def stray(self, slug: str) -> list[Doubt]:
        """Files under sessions/ that prep doesn't read, by name."""
        folder = self.pair_folder(slug) / "sessions"
        others = [p for p in sorted(folder.glob("*")) if p.suffix.lower() != ".md"] if folder.is_dir() else []
        mend = "is not read; add it with `prep note`, or name it YYYY-MM-DD.md"
        return [Doubt(f"pairs/{slug}/sessions/{p.name}", 1, mend) for p in others if not p.name.startswith(".")]

    def guidance(self) -> list[NoteFile]:
        """The programme's own guidance pages."""
        return [
            NoteFile(f"guidance/{p.name}", p.name, read_bytes(p)) for p in sorted((self.root / "guidance").glob("*.md"))
        ]

    def drafts(self, slug: str) -> Path:
        return self.pair_folder(slug) / "drafts"

    def corrections(self, slug: str) -> str:
        """The text of corrections.md, "" without one."""
        path = self.pair_folder(slug) / "corrections.md"
        return decode(read_bytes(path))[0] if path.is_file() else ""

    @property
    def scratch(self) -> Path:
        """Where half-written files stand, on the same disk as what they become."""
        return self.private / "tmp"

    @property
    def private(self) -> Path:
        """.prep/: derived and private, safe to delete."""
        return self.root / ".prep"

    def derived(self, slug: str) -> Path:
        """What is derived from the notes of one pair, and of no other."""
        return self.private / "pairs" / slug

    def pair_key(self, slug: str) -> bytes:
        """The key of a pair's pseudonyms and of its lines in the ledger, made where there is none; raises Refused."""
        return keys.key(self.derived(slug) / "pair.key", self.scratch)

    @property
    def guidance_key(self) -> bytes:
        """The key of the pseudonyms under which guidance goes to a service; raises Refused."""
        return keys.key(self.private / "guidance.key", self.scratch)

    def ledger(self, slug: str | None) -> Ledger:
        """The ledger, for requests that are made for a pair, or for none."""
        return Ledger(self.root, self.private, self.pair_key(slug) if slug else None)

    def ledger_marks(self) -> dict[str, str]:
        """The pairs by the mark that their lines in the ledger bear; a pair for which nothing was sent has none."""
        found = {slug: keys.existing(self.derived(slug) / "pair.key") for slug in self.slugs}
        return {ledger.mark(key): slug for slug, key in found.items() if key is not None}

    @property
    def derived_guidance(self) -> Path:
        return self.private / "guidance"

    @property
    def word_lists(self) -> Path:
        """The built-in word lists as search asks them; no text of any pair."""
        return self.private / "words.sqlite3"


def find(given: Path | None) -> Folder:
    """The programme: `given`, else PREP_PROGRAMME, else the nearest folder upwards that holds prep.toml."""
    variable = os.environ.get("PREP_PROGRAMME")
    named = given or (Path(variable) if variable else None)
    if named is not None:
        if not (named / "prep.toml").is_file():
            raise Unusable(f"{named} holds no prep.toml; name a programme folder, or make one with `prep init {named}`")
        return Folder(named.resolve())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "prep.toml").is_file():
            return Folder(folder)
    raise Unusable(
        "there is no programme here (no prep.toml in this folder or above it);"
        " go to one, name it with --programme, or make one with `prep init`"
    )


def choose_pair(folder: Folder, words: list[str]) -> tuple[str, list[str]]:
    """(slug, the other words): the first word if it is a slug, else the folder one stands in, else the only pair."""
    slugs = folder.slugs
    if words and words[0] in slugs:
        return words[0], words[1:]
    here = Path.cwd().resolve()
    for slug in slugs:
        if here.is_relative_to(folder.pair_folder(slug).resolve()):
            return slug, words
    if len(slugs) == 1:
        return slugs[0], words
    if not slugs:
        raise Unusable("this programme has no pair yet; add one with `prep pair add`")
    raise Unusable(f"which pair? name one of: {', '.join(slugs)}")


def free_note(folder: Folder, slug: str, day: dt.date) -> Path:
    """The path of a new note on a day: YYYY-MM-DD.md, or -2, -3 where there is one already."""
    sessions = folder.pair_folder(slug) / "sessions"
    names = [f"{day}.md", *(f"{day}-{n}.md" for n in range(2, 100))]
    for name in names:
        path = sessions / name
        if not path.exists() or path.read_bytes() == planned_note(day).encode():
            return path
    raise Unusable(f"{sessions}: there are 99 notes of {day} already; put what you have into one of them")


def planned_note(day: dt.date) -> str:
    """The note that `prep plan` writes; a real note of that day may take its place."""
    return f"---\ndate: {day}\nstatus: planned\n---\n"
