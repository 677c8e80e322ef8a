"""Every file under a programme looked through for what a forgotten pair is known by."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.files import is_link, read_bytes, walk
from assistant.privacy import unwrap
from assistant.privacy.fingerprints import Fingerprints, tokens


class Leftovers:
    """What a search found. Paths are relative to `root`; `size` is in bytes.

    `found` are places where the pair's text or names still stand; `left` are files of `leave` that share some of it,
    and what is derived from those; `opaque` are files in which not all text can be seen. `.git/` is not searched, nor
    `but`.
    """

    def __init__(self, root: Path, slug: str, known: Fingerprints, leave: frozenset[str], but: Path) -> None:
        self._slug, self._known, self._leave = slug, known, leave
        self.found: list[str] = []
        self.opaque: list[str] = []
        self.left: list[str] = []
        self.scanned = self.size = 0
        for path in walk(root):
            inside = path.relative_to(root)
            if inside.parts[0] != ".git" and path != but:
                self._look_at(path, inside.as_posix())

    def _look_at(self, path: Path, shown: str) -> None:
        raw = os.fsencode(os.readlink(path)) if is_link(path) else read_bytes(path)  # noqa: PTH115  (as it is written)
        self.scanned += 1
        self.size += len(raw)
        anothers = self._is_anothers(shown)
        at = self._place(raw, shown, anothers)
        if at is None and not anothers and self._known.name_in(tokens(shown)) is not None:
            at = shown
        if at is not None:
            (self.left if self._may_stay(shown) else self.found).append(at)

    def _place(self, raw: bytes, shown: str, anothers: bool) -> str | None:
        """Where in a file the pair's text or a name stands: with the line where it can be read as it is."""
        try:
            for number, text in enumerate(unwrap.texts(raw)):
                words = tokens(text)
                line = self._known.run_in(words)
                if line is None and not anothers:
                    line = self._known.name_in(words)
                if line is not None:
                    return shown if number or b"\x00" in raw else f"{shown}:{line}"
        except unwrap.Opaque:
            self.opaque.append(shown)
        return None

    def _is_anothers(self, shown: str) -> bool:
        """Is it in the folder of another pair, whose notes may name whom they like?"""
        parts = shown.removeprefix(".prep/").split("/")
        return parts[0] == "pairs" and len(parts) > 2 and parts[1] != self._slug

    def _may_stay(self, shown: str) -> bool:
        """Did the user say so, of this file or of one that it is derived from?"""
        if not shown.startswith(".prep/"):
            return shown in self._leave
        derived = shown.removeprefix(".prep/").split("/")
        homes = [path.split("/")[:-1][:2] for path in self._leave]
        return any(home and derived[: len(home)] == home for home in homes)
