"""What a model gets to see of a draft, and what it does not."""

from __future__ import annotations

import datetime as dt

from assistant.privacy.audience import cut
from assistant.records import Audience, Level, Note, Passage, Reading, Source
from assistant.writers.material import Piece, material

DAY = dt.date(2026, 5, 12)
OPEN = "The colleagues at the counter keep a paper list of their own."
CLOSED = "The branch in question closes its doors before the summer."
PATH = "pairs/noor-willem/sessions/2026-05-12.md"


def passage(line: int, level: Level, text: str) -> Passage:
    return Passage(line, level, (), "text", text, line)


NOTE = Note(
    PATH,
    DAY,
    1,
    "held",
    60,
    "en",
    (
        passage(1, Level.PAIR, OPEN),
        passage(3, Level.CONFIDENTIAL, CLOSED),
        passage(5, Level.PAIR, "Nobody had asked them why they keep it, so we will."),
    ),
)
READABLE = cut([Reading(NOTE)], Audience.PAIR)
SOURCES = {
    "n1": Source(PATH, 1, DAY, Level.PAIR, OPEN),
    "n2": Source(PATH, 3, DAY, Level.CONFIDENTIAL, CLOSED),
    "g1": Source("corpus/guidance/en/x.md", 3, None, Level.ORGANISATION, "Ask before you tell."),
}


def offered(text: str, *keys: str, closed: Level = Level.PAIR) -> list[tuple[str, ...]]:
    """The sources that go along with each piece that is offered; text below `closed` may not be read."""
    seen = material(
        [Piece({}, {"why": text}, keys)], SOURCES, READABLE, lambda level: level.openness >= closed.openness, True
    )
    return [tuple(seen.sources[key].quote for key in piece.sources) for piece in seen.pieces]


def test_what_stands_around_a_source_goes_along_and_nothing_confidential() -> None:
    assert offered("A list.", "n1") == [(OPEN, "Nobody had asked them why they keep it, so we will.")]
    assert offered("A list.", "n1", closed=Level.CONFIDENTIAL) == offered("A list.", "n1")


def test_what_the_model_may_not_read_is_not_offered() -> None:
    assert offered("A door.", "n1", "n2") == []
    assert len(offered("A door.", "n1", "n2", closed=Level.CONFIDENTIAL)) == 1


def test_words_of_a_closed_line_are_known_without_their_source() -> None:
    assert offered("Note: the branch in question closes its doors soon.", "n1") == []
    assert len(offered("Note: the branch in question closes its doors soon.", "n1", closed=Level.CONFIDENTIAL)) == 1


def test_general_guidance_alone_is_nothing_to_write_from() -> None:
    assert offered("Ask first.", "g1") == []
    assert offered("Nothing.") == []


def test_what_another_session_says_on_the_same_goes_along_and_nothing_closed_or_marked_for_others() -> None:
    later = dt.date(2026, 7, 14)
    more = "The counter gave up its paper list in June."
    told = Note(
        "pairs/noor-willem/sessions/2026-07-14.md",
        later,
        1,
        "held",
        60,
        "en",
        (
            passage(1, Level.PAIR, more),
            passage(3, Level.CONFIDENTIAL, "The counter with its paper list is where the cuts will fall."),
            passage(5, Level.PROGRAMME, "A paper list at the counter tells more than a report."),
            passage(7, Level.PAIR, "The weather was fine on the way back."),
        ),
    )
    readable = cut([Reading(NOTE), Reading(told)], Audience.PAIR)
    piece = Piece({}, {"why": "A list."}, ("n1",))
    seen = material([piece], SOURCES, readable, lambda level: level.openness >= Level.PAIR.openness, context=True)
    quotes = [seen.sources[key].quote for key in seen.pieces[0].sources]
    assert quotes == [OPEN, "Nobody had asked them why they keep it, so we will.", more]
    assert seen.sources[seen.pieces[0].sources[-1]] == Source(told.path, 1, later, Level.PAIR, more)
