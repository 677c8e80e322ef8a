"""An agenda as one HTML page that prints on one sheet; no script, nothing loaded from anywhere."""

from __future__ import annotations

from assistant import resources
from assistant.render.agenda import Shown


def agenda(shown: Shown) -> str:
    """The whole page."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = (resources.prompts() / "agenda.html").read_text(encoding="utf-8")
    return environment.from_string(template).render(a=shown)
