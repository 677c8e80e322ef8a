"""Agendas and lists on a terminal. The only importer of rich."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.records import Hit
from assistant.render.agenda import Shown
from assistant.render.mentee import ShownPage
from assistant.render.parts import ShownSource
from assistant.render.questions import ShownQuestions

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from assistant.privacy.audit import Finding

_WIDEST = 100
_WHOLLY = re.compile(r"\*[^*]+\*")
_SIGNS = re.compile(r"\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|\\(?=[#\[])")


def _console() -> Console:
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if console.width > _WIDEST:
        console.width = _WIDEST
    return console


def _hanging(sign: str, text: Text, style: str = "") -> Table:
    """A text behind its sign, the lines that follow in line with the first."""
    from rich.table import Table
    from rich.text import Text as Sign

    grid = Table.grid()
    grid.add_column(width=len(sign), no_wrap=True)
    grid.add_column()
    grid.add_row(Sign(sign, style), text)
    return grid


def _sources(out: Console, sources: Sequence[ShownSource]) -> None:
    from rich.text import Text

    for s in sources:
        quote = s.quote if len(s.quote) <= 110 else s.quote[:107].rstrip() + "…"
        out.print(_hanging(s.key.ljust(4), Text(f"{s.place}{f': {quote}' if quote else ''}", "dim"), "bold dim"))


def page(text: str) -> None:
    """Print a page of Markdown as prep writes them: as it is through a pipe, without the signs to somebody who reads it."""
    if not sys.stdout.isatty():
        print(text, end="")
        return
    from rich.text import Text

    out = _console()
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("- "):
            out.print(_hanging("  • ", Text(_read(line[2:]))))
        elif line.startswith("#"):
            out.print(Text(_read(line.lstrip("# ")), style="bold" if line.startswith("# ") else "bold underline"))
        else:
            out.print(Text(_read(line), style="dim italic" if _WHOLLY.fullmatch(line) else ""))


def _read(line: str) -> str:
    """A line of Markdown as a browser would show it."""
    return html.unescape(_SIGNS.sub("", line))


def agenda(shown: Shown) -> None:
    """Print an agenda."""
    from rich.padding import Padding
    from rich.text import Text

    out = _console()
    out.print(Text(shown.title, style="bold"))
    out.print(Text(shown.subtitle, style="dim"))
    out.print(Text(shown.banner, style="dim italic"))
    out.print()
    out.print(Text(shown.headings["promises"], style="bold underline"))
    for p in shown.promises:
        line = Text.assemble(
            (f"{p.owner}: ", "bold"),
            p.text,
            " ",
            (f"({p.dates})", "red" if p.late else "dim"),
            (f" {p.keys}", "dim"),
        )
        out.print(_hanging("☐ ", line))
    if not shown.promises:
        out.print(Text(shown.headings["no_promises"]))
    out.print()
    out.print(Text(shown.headings["plan"], style="bold underline"))
    for item in shown.items:
        out.print(
            Text.assemble((f"{item.time}′".rjust(7), "dim"), "  ", (item.title, "bold"), (f"  {item.lead}", "dim"))
        )
        out.print(Padding(Text.assemble((item.why, "dim"), (f" {item.keys}", "dim italic")), (0, 0, 0, 9)))
        if item.facets:
            out.print(Padding(Text(" · ".join(item.facets)), (0, 0, 0, 9)))
        if item.question:
            out.print(Padding(Text(f"? {item.question}", style="cyan"), (0, 0, 0, 9)))
        if item.extra:
            out.print(Padding(Text(f"{shown.headings['extra']}: {item.extra}", style="dim cyan"), (0, 0, 0, 11)))
    out.print(Text(shown.balance, style="dim italic"))
    out.print()
    out.print(Text(shown.headings["sources"], style="bold underline"))
    _sources(out, shown.sources)


def questions(shown: ShownQuestions) -> None:
    """Print a list of questions."""
    from rich.padding import Padding
    from rich.text import Text

    out = _console()
    out.print(Text(shown.title, style="bold"))
    out.print(Text(shown.subtitle, style="dim"))
    out.print(Text(shown.banner, style="dim italic"))
    if shown.notice:
        out.print(Text(shown.notice, style="yellow"))
    for number, idea in enumerate(shown.ideas, 1):
        out.print()
        out.print(Text.assemble((f"{number:>2}  ", "bold"), (idea.rounds, "cyan"), (f"  {idea.category}", "dim")))
        out.print(Padding(Text(idea.text, style="bold"), (0, 0, 0, 4)))
        out.print(Padding(Text.assemble((idea.why, "dim"), (f" {idea.keys}", "dim italic")), (0, 0, 0, 4)))
        for follow_up in idea.follow_ups:
            out.print(Padding(Text.assemble((f"{shown.headings['follow_up']}: ", "dim cyan"), follow_up), (0, 0, 0, 6)))
    if shown.sources:
        out.print()
        out.print(Text(shown.headings["sources"], style="bold underline"))
    _sources(out, shown.sources)


def mentee(shown: ShownPage) -> None:
    """Print the page for the mentee."""
    from rich.text import Text

    out = _console()
    out.print(Text(shown.title, style="bold"))
    out.print(Text(shown.banner, style="dim italic"))
    out.print()
    out.print(Text(shown.opening))
    for section in shown.sections:
        out.print()
        out.print(Text(section.heading, style="bold underline"))
        for line in section.lines:
            out.print(_hanging("  • ", Text(line)))
    out.print()
    out.print(Text(shown.closing))


def hits(found: Sequence[Hit]) -> None:
    """Print search results: where, under which headings, and the passage with the words that matched."""
    from rich.padding import Padding
    from rich.text import Text

    out = _console()
    for hit in found:
        head = [f"{hit.path}:{hit.line}", *([hit.date.isoformat()] if hit.date else []), hit.level.value]
        out.print(Text(" · ".join(head), style="bold"))
        section, text = Text(" > ".join(hit.section), style="dim"), Text(hit.text)
        for part in (section, text):
            for word in hit.matched:
                part.highlight_regex(rf"\b{re.escape(word)}\b", style="bold yellow")
        if hit.section:
            out.print(section)
        out.print(Padding(text, (0, 0, 1, 2)))


def entries(rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Print entries of a list: a line of facts, and under it one or more texts."""
    from rich.padding import Padding
    from rich.text import Text

    out = _console()
    for head, texts in rows:
        out.print(Text(head, style="bold"))
        for text in texts:
            out.print(Padding(Text(text), (0, 0, 0, 2)))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a plain table that fits 80 columns."""
    from rich.table import Table

    out = _console()
    grid = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        grid.add_column(heading, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    out.print(grid)


def findings(text: str, found: Sequence[Finding]) -> None:
    """Print the lines of a text in which something was found, each find marked, with the reasons under it."""
    from rich.padding import Padding
    from rich.text import Text

    out = _console()
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        here = [f for f in found if f.start < max(end, start + 1) and f.end > start]
        if here:
            marked = Text(line)
            for find in here:
                marked.stylize("bold red", max(0, find.start - start), min(len(line), find.end - start))
            out.print(Text.assemble((f"{number}: ", "dim"), marked))
        for find in here:
            if find.start >= start:
                shown = " ".join(find.text.split())
                cut = shown if len(shown) <= 60 else shown[:57].rstrip() + "…"
                level = f" ({find.source_level.value})" if find.source_level else ""
                out.print(Padding(Text.assemble((f"“{cut}” ", "bold"), find.reason, level), (0, 0, 0, 3)))
        start = end + 1
    plural = "finding" if len(found) == 1 else "findings"
    out.print(Text(f"{len(found)} {plural}. What is said in other words is not seen.", style="dim"))
