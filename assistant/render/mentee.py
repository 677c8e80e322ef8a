"""The page for the mentee as it is shown, in all forms in the same words; its sources stay in the JSON."""

from __future__ import annotations

from msgspec import Struct

from assistant.drafts import MenteePage
from assistant.phrases import MenteePhrases, fill


class ShownSection(Struct, frozen=True):
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


class ShownPage(Struct, frozen=True):
    """A whole page, ready to be set."""

    language: str
    title: str
    banner: str
    opening: str
    sections: tuple[ShownSection, ...]
    closing: str


def shown(page: MenteePage, phrases: MenteePhrases, mentee: str) -> ShownPage:
    """The page in words; `mentee` is a first name."""
    return ShownPage(
        page.language,
        page.title,
        fill(phrases.banner, mentee=mentee),
        page.opening,
        tuple(ShownSection(s.heading, tuple(line.text for line in s.lines)) for s in page.sections),
        page.closing,
    )
