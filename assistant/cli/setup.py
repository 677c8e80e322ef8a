"""`prep demo`, `prep init`, `prep pair add`, `prep doctor`: setting up, and whether it is sound."""

from __future__ import annotations

import datetime as dt
import shutil
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import LanguageOption, OfflineOption, ProgrammeOption, TodayOption, day
from assistant.errors import Unusable, Usage
from assistant.programme import folder as programmes
from assistant.programme.settings import LANGUAGES

# The day as of which the demo programmes are told.
DEMO_DAY = dt.date(2026, 7, 6)
DEMO_PAIRS = {"nl": "anouk-gerben", "en": "callum-verity"}


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)
    app.command("init")(init)
    group = typer.Typer(help="Add a pair.", no_args_is_help=True, rich_markup_mode=None)
    group.command("add")(pair_add)
    group.callback()(_pair)
    app.add_typer(group, name="pair")
    app.command("doctor")(doctor)


def _pair() -> None:
    """Add a pair to the programme; with --mentor more than once a panel."""


def demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to put it; never over an existing folder.  [default: prep-demo]")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """A fictional programme in a folder of its own, and the agenda of one of its pairs."""
    from assistant import resources
    from assistant.cli.drafts import next_session

    chosen = language or "en"
    if chosen not in LANGUAGES:
        raise Usage(f"--language must be one of {', '.join(LANGUAGES)}")
    if folder is None:
        folder = next(free for n in count(1) if not (free := Path(f"prep-demo{'' if n == 1 else f'-{n}'}")).exists())
    elif folder.exists():
        raise Unusable(f"{folder} is there already; name another folder: `prep demo DIR`")
    shutil.copytree(resources.corpus() / "demo" / chosen, folder)
    folder.chmod(0o700)
    pair = DEMO_PAIRS[chosen]
    next_session([pair], programme=folder, today=str(DEMO_DAY), offline=True)
    others = [slug for slug in programmes.Folder(folder).slugs if slug != pair]
    there = f'"{folder}"' if " " in str(folder) else folder
    print(
        f"\nThis programme and all people in it are invented. It stands in {folder}. Try next:\n"
        f"  cd {there}\n"
        f"  prep next-session {others[0]} --today {DEMO_DAY}\n"
        f"  prep commitments {pair} --all --today {DEMO_DAY}\n"
        f"  prep questions {pair} --today {DEMO_DAY}\n"
        f"  prep followup {pair} --today {DEMO_DAY}\n"
        f'  prep search {pair} "{"rooster" if chosen == "nl" else "weekend staff"}"'
    )


def init(
    folder: Annotated[Path, typer.Argument(help="The programme's folder.")] = Path(),
    name: Annotated[str | None, typer.Option("--name", help="The programme's name (else the folder's).")] = None,
    language: LanguageOption = None,
    cadence: Annotated[
        str, typer.Option("--cadence", help='How often pairs meet: "N days", "N weeks" or "N months".')
    ] = "8 weeks",
) -> None:
    """Make a programme: prep.toml, pairs/ and guidance/."""
    from assistant.notes.momentum import is_cadence
    from assistant.programme import saved

    if (language or "nl") not in LANGUAGES:
        raise Usage(f"--language must be one of {', '.join(LANGUAGES)}")
    if not is_cadence(cadence):
        raise Usage('--cadence must be like "30 days", "8 weeks" or "2 months"')
    path = saved.init(folder, name or folder.resolve().name, language or "nl", cadence)
    print(f"Made {path}. Next: prep pair add SLUG --mentor NAME --mentee NAME")


def pair_add(
    slug: Annotated[str, typer.Argument(help="A short name for the pair, as in noor-willem.")],
    mentor: Annotated[
        list[str], typer.Option("--mentor", help="Full name of the mentor (the junior); several make a panel.")
    ],
    mentee: Annotated[str, typer.Option("--mentee", help="Full name of the mentee (the senior).")],
    mentor_role: Annotated[
        list[str] | None, typer.Option("--mentor-role", help="The mentor's work; of a panel one each, in order.")
    ] = None,
    mentee_role: Annotated[str | None, typer.Option("--mentee-role", help="The mentee's work.")] = None,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="What you agreed to talk about; may be repeated.")
    ] = None,
    out_of_scope: Annotated[list[str] | None, typer.Option("--out-of-scope", help="What not; may be repeated.")] = None,
    interest: Annotated[
        list[str] | None, typer.Option("--interest", help="What the mentee wants to learn; may be repeated.")
    ] = None,
    learning: Annotated[
        list[str] | None,
        typer.Option("--learning", help="What the mentor wants to learn; may be repeated. In a panel: NAME: TEXT."),
    ] = None,
    language: LanguageOption = None,
    cadence: Annotated[str | None, typer.Option("--cadence", help="How often you meet (else the programme's).")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", help="How long a session is.", min=5, max=480)] = None,
    started: Annotated[str | None, typer.Option("--started", help="Day of the start (else today).")] = None,
    programme: ProgrammeOption = None,
) -> None:
    """Add a pair to the programme."""
    from assistant.notes.momentum import is_cadence
    from assistant.notes.people import initials
    from assistant.programme import saved

    folder = programmes.find(programme)
    defaults = folder.programme
    if language is not None and language not in LANGUAGES:
        raise Usage(f"--language must be one of {', '.join(LANGUAGES)}")
    if cadence is not None and not is_cadence(cadence):
        raise Usage('--cadence must be like "30 days", "8 weeks" or "2 months"')
    if not all(name.strip() for name in mentor) or not mentee.strip():
        raise Usage("--mentor and --mentee need a name each")

    def person(name: str, role: str | None, wishes: str, entries: list[str] | None) -> dict[str, object]:
        table: dict[str, object] = {"name": name, "aliases": list(dict.fromkeys([name.split()[0], initials(name)]))}
        if role:
            table["role"] = role
        table[wishes] = list(entries or [])
        return table

    settings: dict[str, object] = {"language": language or defaults.language}
    if cadence:
        settings["cadence"] = cadence
    if minutes:
        settings["minutes"] = minutes
    settings |= {"started": day(started), "scope": list(scope or []), "out_of_scope": list(out_of_scope or [])}
    wishes, roles = _of_each(mentor, list(learning or [])), dict(zip(mentor, mentor_role or [], strict=False))
    mentors = [person(name, roles.get(name), "learning", wishes[name]) for name in mentor]
    settings["mentor"] = mentors if len(mentors) > 1 else mentors[0]
    settings["mentee"] = person(mentee, mentee_role, "interests", interest)
    path = saved.add_pair(folder, slug, settings)
    print(f"Added {path.relative_to(folder.root).as_posix()}. Next: prep next-session {slug}")
    _ask(folder, str(settings["language"]), list(interest or []), [w for of_one in wishes.values() for w in of_one])


def _of_each(mentors: list[str], learning: list[str]) -> dict[str, list[str]]:
    """What each mentor wants to learn; in a panel a wish says whose it is. Raises Usage where that can't be told."""
    if len(set(mentors)) < len(mentors):
        raise Usage("two mentors of a panel have the same name; write their full names")
    if len(mentors) == 1:
        return {mentors[0]: learning}
    found: dict[str, list[str]] = {name: [] for name in mentors}
    for wish in learning:
        who, _, text = wish.partition(":")
        named = [name for name in mentors if who.strip().casefold() in (name.casefold(), name.split()[0].casefold())]
        if len(named) != 1 or not text.strip():
            raise Usage("with several mentors, --learning says whose it is, as in --learning 'Noor: how boards decide'")
        found[named[0]].append(text.strip())
    return found


def _ask(folder: programmes.Folder, language: str, interests: list[str], learning: list[str]) -> None:
    """One question to each wish that is too wide to start from, by which the two of them make it small."""
    from assistant import pipeline
    from assistant.asks import is_vague
    from assistant.phrases import begun, fill

    asks = pipeline.ask_phrases(folder, language)
    vague = [(w, asks.interest) for w in interests if is_vague(w)] + [
        (w, asks.learning) for w in learning if is_vague(w)
    ]
    for number, (wish, questions) in enumerate(vague):
        print(f'"{wish}" is still a whole field. Ask, and put the answer in its place:')
        print(f"  {begun(fill(questions[number % len(questions)], ask=f'“{wish}”'))}")


def doctor(
    find_model: Annotated[
        bool, typer.Option("--find-model", help="Look for a model on this machine, and print its lines for prep.toml.")
    ] = False,
    today: TodayOption = None,
    offline: OfflineOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """Is this set-up sound? Names each thing that is not, with its mend; exit 1 if there is any."""
    from assistant.doctor import at_home, findings

    if find_model:
        print("\n\n".join(at_home()) or "No Ollama, LM Studio, llama.cpp or vLLM answers at its usual port.")
        return
    found = findings(programme, day(today), offline, print)
    for line in found:
        print(f"- {line}")
    if found:
        raise SystemExit(1)
    print("All is sound.")
