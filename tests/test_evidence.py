"""What the notes say on the wishes of a pair, and what of them holds no more."""

from __future__ import annotations

import datetime as dt

from assistant.evidence import evidence, holding, remembered
from assistant.notes import note
from assistant.records import Conviction, Level, Readable, Reading, Source, Story, Thread, Wish
from assistant.retrieval.recall import Recall

TODAY = dt.date(2026, 7, 1)


def told(**notes: str) -> Recall:
    """The notes of days, as in `m3="..."` for 1 March."""
    readings = [
        Reading(note.read(text.encode(), f"{month}.md", dt.date(2026, int(month[1:]), 1)))
        for month, text in notes.items()
    ]
    return remembered(Readable(tuple(readings)), TODAY, lambda word: {})


def seen(recall: Recall, wish: str, taken: set[str] | None = None) -> str | None:
    found = evidence("scope", Wish(wish, 3), "pair.toml", recall, set() if taken is None else taken).seen
    return found.quote if found else None


def test_the_newer_of_two_sentences_on_a_wish_is_told() -> None:
    recall = told(
        m3="De balie in Tilburg krijgt veel klachten over wachten.",
        m5="Sinds april heeft de balie in Tilburg een tweede loket.",
    )
    assert seen(recall, "de balie in Tilburg") == "Sinds april heeft de balie in Tilburg een tweede loket."


def test_a_plan_that_a_later_session_overturned_is_not_told() -> None:
    recall = told(m3="Willem wil de balie in Tilburg vanaf mei sluiten.", m5="De balie in Tilburg blijft toch open.")
    assert seen(recall, "balie in Tilburg") == "De balie in Tilburg blijft toch open."


def test_a_plan_stands_while_nothing_overturns_it() -> None:
    recall = told(m3="Willem wil de balie in Tilburg vanaf mei sluiten.", m5="Het rooster blijft hangen.")
    assert seen(recall, "balie in Tilburg") == "Willem wil de balie in Tilburg vanaf mei sluiten."


def test_no_sentence_stands_under_two_wishes() -> None:
    recall, taken = told(m3="De balie in Tilburg krijgt veel klachten over wachten."), set[str]()
    assert seen(recall, "de balie in Tilburg", taken) is not None
    assert seen(recall, "klachten over wachten", taken) is None


def test_what_asks_and_what_was_marked_for_others_is_not_told() -> None:
    assert seen(told(m3="Wie staat er zaterdag aan de balie?"), "de balie") is None
    assert seen(told(m3="De balie kreeg een tweede loket erbij. #delen"), "de balie") is None


def test_a_wish_of_which_nothing_was_said_has_no_sentence() -> None:
    assert seen(told(m3="De balie in Tilburg krijgt veel klachten."), "hoe een begroting ontstaat") is None


def test_overturned_plans_are_no_beliefs_or_threads_any_more() -> None:
    recall = told(m3="Willem wil de balie in Tilburg vanaf mei sluiten.", m5="De balie in Tilburg blijft toch open.")
    plan, stays = (Source(s.source.path, 1, s.source.date, Level.PAIR, s.source.quote) for s in recall.sentences)
    beliefs = tuple(Conviction(s.quote, None, None, "open", (s,)) for s in (plan, stays))
    story = holding(Story((), tuple(Thread(s.quote, s) for s in (plan, stays)), (), beliefs), recall)
    assert [thread.source for thread in story.threads] == [stays]
    assert [belief.sources[0] for belief in story.beliefs] == [stays]


def test_what_is_confidential_stands_under_no_wish() -> None:
    recall = told(
        m3="De balie kreeg een tweede loket.", m5="## Vertrouwelijk\n\nDe balie in Tilburg gaat dicht in mei."
    )
    assert seen(recall, "de balie") == "De balie kreeg een tweede loket."
