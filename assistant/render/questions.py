"""A list of questions as lines to show: what every form of it says, in the same words."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from assistant.drafts import Idea, Questions
from assistant.notes import gist
from assistant.phrases import QuestionPhrases
from assistant.records import Audience, Source
from assistant.render.parts import ShownSource, days
from assistant.writers.topics import place_of


class ShownIdea(Struct, frozen=True):
    """One question; `depth` is drawn as filled and empty rounds, of three."""

    text: str
    category: str
    rounds: str
    depth: str
    why: str
    follow_ups: tuple[str, ...]
    keys: str


class ShownQuestions(Struct, frozen=True):
    """A whole list, ready to be set."""

    language: str
    title: str
    subtitle: str
    banner: str
    notice: str
    headings: dict[str, str]
    ideas: tuple[ShownIdea, ...]
    sources: tuple[ShownSource, ...]


def shown(draft: Questions, phrases: QuestionPhrases, mentee: str, today: dt.date) -> ShownQuestions:
    """The list in words; `mentee` is a first name."""
    extra = any(idea.deeper_than is not None for idea in draft.questions)
    key = "title_extra" if extra else "title_topic" if draft.topic else "title"
    banner = "level_own" if draft.audience is Audience.OWN else "level"
    return ShownQuestions(
        draft.language,
        phrases.heading(key, mentee=mentee, topic=f"“{draft.topic}”"),
        _subtitle(draft, phrases, today),
        phrases.heading(banner),
        draft.notice,
        {name: phrases.headings[name] for name in ("question", "why", "follow_up", "sources")},
        tuple(
            ShownIdea(
                idea.text,
                phrases.categories.get(idea.category, idea.category),
                "●" * idea.depth + "○" * (3 - idea.depth),
                phrases.heading("depth", depth=idea.depth),
                _why(idea, draft),
                idea.follow_ups,
                ", ".join(idea.sources),
            )
            for idea in draft.questions
        ),
        tuple(
            ShownSource(key, _place(source, phrases, today), _words(source)) for key, source in draft.sources.items()
        ),
    )


def _why(idea: Idea, draft: Questions) -> str:
    """Why it is asked, without the places that stand among the sources."""
    why = idea.why
    for source in (draft.sources[key] for key in idea.sources):
        why = why.replace(f" ({place_of(source.path, source.line)})", "")
    return why


def _subtitle(draft: Questions, phrases: QuestionPhrases, today: dt.date) -> str:
    session = draft.session
    first = phrases.heading(
        "subtitle",
        number=session.number,
        stage=phrases.stages[session.stage],
        state=phrases.states[draft.momentum.state],
    )
    return " · ".join([first, *days(session, phrases, today)])


def _place(source: Source, phrases: QuestionPhrases, today: dt.date) -> str:
    where = phrases.date(source.date, today) if source.date else phrases.heading("from_profile")
    return f"{where} · {source.path.rsplit('/', 1)[-1]}:{source.line}"


def _words(source: Source) -> str:
    return gist.unmarked(source.quote)
