"""Drafts as one HTML page that prints on paper; no script, nothing loaded from anywhere."""

from __future__ import annotations

from assistant import resources
from assistant.render.agenda import Shown
from assistant.render.questions import ShownQuestions


def agenda(shown: Shown) -> str:
    """The whole page of an agenda."""
    return _page("agenda.html", shown)


def questions(shown: ShownQuestions) -> str:
    """The whole page of a list of questions."""
    return _page("questions.html", shown)


def _page(name: str, shown: Shown | ShownQuestions) -> str:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((resources.prompts() / name).read_text(encoding="utf-8")).render(a=shown)
