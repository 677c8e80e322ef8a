"""Drafts as one HTML page that prints on paper; no script, nothing loaded from anywhere."""

from __future__ import annotations

from assistant import resources
from assistant.render.agenda import Shown
from assistant.render.mentee import ShownPage
from assistant.render.questions import ShownQuestions


def agenda(shown: Shown) -> str:
    """The whole page of an agenda."""
    return page("agenda.html", a=shown)


def questions(shown: ShownQuestions) -> str:
    """The whole page of a list of questions."""
    return page("questions.html", a=shown)


def mentee(shown: ShownPage) -> str:
    """The whole page for the mentee."""
    return page("mentee.html", a=shown)


def page(name: str, **values: object) -> str:
    """A template of prompts/ filled in; what it names and is not given is an error, and no value is HTML."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((resources.prompts() / name).read_text(encoding="utf-8")).render(values)
