"""Options that many commands share, and how they find their pair."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import Usage
from assistant.programme import folder as programme

if TYPE_CHECKING:
    from assistant.desk import Desk

ProgrammeOption = Annotated[
    Path | None,
    typer.Option("--programme", help="The programme folder (else PREP_PROGRAMME, else the nearest upwards)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TodayOption = Annotated[str | None, typer.Option("--today", help="Read the notes as of this day (YYYY-MM-DD).")]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Use no service, whatever prep.toml names.")]
ShowPromptOption = Annotated[
    bool, typer.Option("--show-prompt", help="Print the request to the model as it would be sent, and send nothing.")
]
AsOption = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="In a panel: which of its mentors you are (else PREP_AS).")
]
LanguageOption = Annotated[str | None, typer.Option("--language", help="Language of the draft: nl or en.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Write to this file; its ending (.md, .json, .html, .docx) says how.")
]
WordsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[PAIR]", help="The pair, if there is more than one.")
]


def day(text: str | None) -> dt.date:
    """A day as typed, the clock's date without one; raises Usage."""
    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Usage("that is no day that exists; write it as YYYY-MM-DD") from None


def open_desk(
    given: Path | None, words: list[str] | None, today: str | None, offline: bool = False, me: str | None = None
) -> tuple[Desk, list[str]]:
    """The pair that is meant, opened, and the words that were not its name; its doubts go to stderr."""
    from assistant.desk import Desk

    moment = day(today)
    folder = programme.find(given)
    slug, rest = programme.choose_pair(folder, list(words or []))
    desk = Desk(folder, slug, moment, offline, me)
    if offline:
        return desk, rest
    from assistant.cli.modelling import have_read

    return have_read(desk), rest


def no_more(rest: list[str], folder: programme.Folder) -> None:
    """Raise Unusable for words that were to be a pair and are none."""
    from assistant.errors import Unusable

    if rest:
        known = ", ".join(folder.slugs) or "none yet"
        raise Unusable(f"there is no pair {rest[0]!r} in this programme; the pairs are: {known}")


def open_pair(
    given: Path | None, words: list[str] | None, today: str | None, offline: bool = False, me: str | None = None
) -> Desk:
    """As `open_desk`, where all words are the pair's; raises Unusable for one that is not."""
    desk, rest = open_desk(given, words, today, offline, me)
    no_more(rest, desk.folder)
    return desk


def check_form(
    language: str | None, out: Path | None, forms: tuple[str, ...] = (".md", ".json", ".html", ".docx")
) -> None:
    """Raise Usage for a language or a kind of file that there is none of."""
    from assistant.programme.settings import LANGUAGES

    if language is not None and language not in LANGUAGES:
        raise Usage(f"--language must be one of {', '.join(LANGUAGES)}")
    if out is not None and out.suffix not in forms:
        raise Usage(f"--out must end in {', '.join(forms[:-1])} or {forms[-1]}")
    if out is not None and out.suffix == ".docx":
        from assistant.render import word

        word.check()  # before anything is drafted, saved or released


def deliver(
    desk: Desk,
    draft: Any,
    out: Path | None,
    json: bool,
    text: Mapping[str, Callable[[], str]],
    show: Callable[[], None],
) -> None:
    """Write a draft to a file, print it as JSON, or show it. `text` gives its text for the endings that are neither .json nor .docx."""
    if out is not None:
        from assistant.files import write_atomic

        write_atomic(out, _written(draft, out.suffix, text), _scratch(desk, out.resolve().parent))
    if json:
        emit(draft)
    elif out is None:
        show()


def _scratch(desk: Desk, home: Path) -> Path:
    """Where a file for `home` is half written: in .prep/, but on another disk beside what it becomes."""
    root = desk.folder.root
    same = root in (home, *home.parents) or (home.is_dir() and home.stat().st_dev == root.stat().st_dev)
    return desk.folder.scratch if same else home


def _written(draft: Any, suffix: str, text: Mapping[str, Callable[[], str]]) -> str | bytes:
    """What a file of a certain ending holds. A .docx is made of the Markdown."""
    if suffix == ".docx":
        from assistant.render import word

        return word.document(text[".md"](), draft.language)
    import msgspec

    return text[suffix]() if suffix in text else msgspec.json.encode(draft).decode("utf-8") + "\n"


def whose_own(desk: Desk) -> None:
    """Raise Usage where own notes of a panel are asked for and nobody says whose."""
    if desk.pair.is_panel and desk.reader is None:
        known = ", ".join(mentor.name for mentor in desk.pair.mentors)
        raise Usage(f"whose own notes? say who you are with --as NAME or PREP_AS; the mentors are: {known}")


def warn_of_own(desk: Desk) -> None:
    """Say that own notes were left out of what a mentor of a panel is shown, since prep can't know who it is."""
    if desk.leaves_out_own:
        warn(["own notes are left out; say who you are with --as NAME or PREP_AS to see yours"])


def warn(warnings: list[str]) -> None:
    """Say on stderr what a person should look at, at most ten lines of it."""
    for warning in warnings[:10]:
        print(f"prep: {warning}", file=sys.stderr)
    if len(warnings) > 10:
        print(f"prep: and {len(warnings) - 10} more; `prep doctor` shows all", file=sys.stderr)


def emit(value: Any) -> None:
    """Print a value as JSON, in the shape of the contract."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode("utf-8")
    sys.stdout.write(text + "\n")
