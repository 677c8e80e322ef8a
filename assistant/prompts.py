"""The templates in prompts/: the fixed sentences of drafts, per language, overridable by a programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from assistant import resources
from assistant.errors import Unusable
from assistant.files import digest
from assistant.phrases import (
    AgendaPhrases,
    AskPhrases,
    LetterPhrases,
    MenteePhrases,
    PanelPhrases,
    QuestionPhrases,
    SummaryPhrases,
)

T = TypeVar("T")


def agenda_phrases(language: str, override: Path | None = None, panel: bool = False) -> AgendaPhrases:
    """The sentences of agendas: the programme's prompts/agenda.<language>.yaml if there is one, else the built-in."""
    return _load(f"agenda.{language}.yaml", AgendaPhrases, override, ["agenda"] if panel else [])


def question_phrases(language: str, override: Path | None = None, panel: bool = False) -> QuestionPhrases:
    """The sentences of lists of questions, from prompts/questions.<language>.yaml, the programme's own first."""
    return _load(f"questions.{language}.yaml", QuestionPhrases, override, ["questions"] if panel else [])


def summary_phrases(language: str, override: Path | None = None, panel: bool = False) -> SummaryPhrases:
    """The sentences of summaries: the programme's prompts/summary.<language>.yaml if there is one, else the built-in."""
    return _load(f"summary.{language}.yaml", SummaryPhrases, override, ["summary"] if panel else [])


def ask_phrases(language: str, override: Path | None = None, panel: bool = False) -> AskPhrases:
    """The questions of prompts/asks.<language>.yaml, the programme's own first."""
    return _load(f"asks.{language}.yaml", AskPhrases, override, ["asks"] if panel else [])


def mentee_phrases(language: str, override: Path | None = None, panel: bool = False) -> MenteePhrases:
    """The page for the mentee, from prompts/mentee.<language>.yaml, the programme's own first."""
    return _load(f"mentee.{language}.yaml", MenteePhrases, override, ["mentee"] if panel else [])


def letter_phrases(language: str, override: Path | None = None, panel: Sequence[str] = ()) -> LetterPhrases:
    """The sentences of mails: the programme's prompts/letter.<language>.yaml if there is one, else the built-in.

    `panel` are the parts of prompts/panel.<language>.yaml that hold for a mail.
    """
    return _load(f"letter.{language}.yaml", LetterPhrases, override, panel)


@cache
def panel_phrases(language: str) -> PanelPhrases:
    """What is said otherwise of a panel."""
    return msgspec.convert(_of_panel(language), PanelPhrases)


@cache
def _of_panel(language: str) -> dict[str, Any]:
    text = (resources.prompts() / f"panel.{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = resources.parsed(text)
    return found


def _laid_over(plain: Any, other: Any) -> Any:
    """The one with what the other has in its place, table by table."""
    if not isinstance(plain, dict) or not isinstance(other, dict):
        return other
    return {**plain, **{key: _laid_over(plain.get(key), value) for key, value in other.items()}}


def _load(name: str, shape: type[T], override: Path | None, panel: Sequence[str] = ()) -> T:
    """A file of sentences; the built-in one with the parts of a panel laid over it, the programme's own as it is."""
    import yaml

    own = override / name if override else None
    path = own if own is not None and own.is_file() else resources.prompts() / name
    try:
        text = path.read_text(encoding="utf-8")
        several = panel if path != own else ()
        for ours, theirs in _of_panel(name.split(".")[1])["instead"].items() if several else ():
            text = text.replace(ours, theirs)
        said = resources.parsed(text)
        for part in several:
            said = _laid_over(said, _of_panel(name.split(".")[1]).get(part, {}))
        return msgspec.convert(said, shape)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Unusable(f"prompts/{name}:{line}: is not as the built-in template is; mend it, or take it out") from None


class Prompt(msgspec.Struct, frozen=True):
    """What a model is told: the rules, the data with the rules again, and how it is asked once more. `schema` is a name."""

    id: str
    version: int
    schema: str
    rules: str
    data: str
    repair: str


class _PromptHead(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    version: int
    schema: str
    inputs: list[str]


def fingerprint(name: str, override: Path | None) -> str:
    """The hash of a prompt in all its languages, the programme's own first: another one asks something else."""
    built_in = {path.name: path for path in resources.prompts().glob(f"{name}.*.md")}
    own = {path.name: path for path in override.glob(f"{name}.*.md")} if override else {}
    return digest(b"\0".join(path.read_bytes() for _, path in sorted({**built_in, **own}.items())))


_PART = re.compile(r"^<!-- (rules|data|repair) -->\n", re.MULTILINE)


def model_prompt(name: str, language: str, override: Path | None, values: dict[str, object]) -> Prompt:
    """A prompt filled in, from prompts/<name>.<language>.md, the programme's own first. Values are one line each."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    file = f"{name}.{language}.md"
    own = override / file if override else None
    path = own if own is not None and own.is_file() else resources.prompts() / file
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False
    )
    try:
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        head = msgspec.convert(resources.parsed(front), _PromptHead)
        given = {name: value for name, value in values.items() if name in head.inputs}
        parts = _PART.split(environment.from_string(body).render(given))
        named = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
        return Prompt(head.id, head.version, head.schema, named["rules"], named["data"], named["repair"])
    except (TemplateError, TypeError, KeyError, ValueError, msgspec.ValidationError) as error:
        line = getattr(error, "lineno", None) or 1
        raise Unusable(f"prompts/{file}:{line}: is not as the built-in template is; mend it, or take it out") from None
