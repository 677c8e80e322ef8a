"""What is searched for a pair: an index of its notes, another of the guidance, both brought up to date."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from assistant.doors import Doors
from assistant.errors import Refused, Unusable
from assistant.notebook import Notebook, Told, page
from assistant.programme.folder import Folder, NoteFile
from assistant.resources import corpus

if TYPE_CHECKING:
    from assistant.retrieval import search
    from assistant.retrieval.chunks import Dated, Document
    from assistant.retrieval.vectors import Embedder


class Shelves:
    """The two indexes of a pair. `say` hears why the search goes without a service that prep.toml names."""

    def __init__(self, notebook: Notebook, doors: Doors, offline: bool, say: Callable[[str], None]) -> None:
        self._notebook, self._doors, self._offline, self._say = notebook, doors, offline, say
        self._folder, self._slug = notebook.folder, notebook.pair.slug

    @contextlib.contextmanager
    def searchable(self, told: Told | None = None) -> Iterator[tuple[search.Searchable, search.Searchable]]:
        """That of the notes and that of the guidance, open for as long as it lasts.

        `told` hears of each note that goes into the index: how many so far, of how many at most.
        """
        from assistant.retrieval import search
        from assistant.retrieval.index import open_index, rebuilt
        from assistant.retrieval.meanings import open_meanings

        of_notes, of_guidance = self._embedders()
        homes = (
            (self._folder.derived(self._slug) / "index", self._notebook.documents(told), of_notes),
            (self._folder.derived_guidance / "index", guidance_documents(self._folder), of_guidance),
        )
        with contextlib.ExitStack() as stack:
            words = open_meanings(self._folder.word_lists, self._folder.scratch)
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

    def _embedders(self) -> tuple[Embedder | None, Embedder | None]:
        """What makes the vectors of the notes, and of the guidance; none, and a warning, where the gate stays shut."""
        endpoint = self._folder.programme.embedding
        if endpoint is None or self._offline:
            return None, None
        from assistant.endpoint.embeddings import Embeddings, Outage

        try:
            gates = self._doors.gate(endpoint), self._doors.common_gate(endpoint)
        except (Refused, Unusable) as error:
            self._say(f"{error} (the search goes by words)")
            return None, None
        outage = Outage(self._say)
        return (
            Embeddings(endpoint, gates[0], self._folder.ledger(self._slug), outage),
            Embeddings(endpoint, gates[1], self._folder.ledger(None), outage),
        )


def guidance_documents(folder: Folder) -> list[Document]:
    """The programme's own guidance and the built-in pages."""
    from assistant.retrieval.chunks import Document

    built_in = [
        NoteFile(path.relative_to(corpus().parent).as_posix(), path.name, path.read_bytes())
        for path in sorted((corpus() / "guidance").glob("*/*.md"))
    ]
    return [Document(file.path, file.digest, partial(_undated, file)) for file in [*folder.guidance(), *built_in]]


def _undated(file: NoteFile) -> Dated:
    return None, page(file)
