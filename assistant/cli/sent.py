"""`prep sent`: what was sent to a model, when, to whom and how much."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.common import JsonOption, ProgrammeOption, emit
from assistant.programme import folder as programmes

if TYPE_CHECKING:
    from assistant.ledger import Entry, Line

_SHOWN = 20


def register(app: typer.Typer) -> None:
    app.command("sent")(sent)


def sent(
    everything: Annotated[bool, typer.Option("--all", help=f"Every request, not the last {_SHOWN} alone.")] = False,
    json: JsonOption = False,
    programme: ProgrammeOption = None,
) -> None:
    """What left for a model: when, to which host, for which task, how many bytes, and their keyed hash."""
    from assistant import ledger

    folder = programmes.find(programme)
    there = ledger.lines(folder.root / ledger.NAME)
    entries = [line.entry for line in there if line.entry is not None]
    pairs = folder.ledger_marks()
    _doubts(there)
    if json:
        emit({"schema": "prep.sent/1", "requests": [_told(e, pairs) for e in entries], **_sums(entries, pairs)})
    elif not entries:
        print("No line of ledger.jsonl can be read." if there else "Nothing was sent to any model from here.")
    else:
        for text in _table(entries if everything else entries[-_SHOWN:], pairs):
            print(text)
        for text in _summary(entries, pairs, everything):
            print(text)


def _doubts(there: list[Line]) -> None:
    """Say on stderr where the chain of the ledger is broken."""
    gaps = [
        str(number)
        for number, line in enumerate(there, 1)
        if line.entry is None or not line.entry.follows(there[number - 2] if number > 1 else None)
    ]
    if gaps:
        where = ", ".join(gaps[:8]) + (f" and {len(gaps) - 8} more" if len(gaps) > 8 else "")
        print(
            f"prep: ledger.jsonl: a line was changed or is missing before line {where};"
            " `prep forget` leaves such gaps, an editor does too",
            file=sys.stderr,
        )


def _told(entry: Entry, pairs: dict[str, str]) -> dict[str, Any]:
    return {
        "time": entry.time,
        "host": entry.host,
        "local": _is_local(entry),
        "model": entry.model,
        "task": entry.task,
        "audience": entry.audience,
        "pair": pairs.get(entry.pair or ""),
        "bytes": entry.bytes,
        "tokens": entry.tokens,
        "hash": entry.hash,
    }


def _sums(entries: list[Entry], pairs: dict[str, str]) -> dict[str, Any]:
    def summed(names: Iterable[str | None]) -> list[dict[str, Any]]:
        count: Counter[str | None] = Counter()
        size: Counter[str | None] = Counter()
        for name, entry in zip(names, entries, strict=True):
            count[name] += 1
            size[name] += entry.bytes
        return [{"name": name, "requests": count[name], "bytes": size[name]} for name in count]

    return {
        "total": {"requests": len(entries), "bytes": sum(e.bytes for e in entries), "tokens": _counted(entries)},
        "by_host": summed(e.host for e in entries),
        "by_pair": summed(pairs.get(e.pair or "") for e in entries),
    }


def _table(entries: list[Entry], pairs: dict[str, str]) -> list[str]:
    head = ("when", "host", "model", "task", "for", "pair", "bytes", "hash")
    rows = [
        (_when(e.time), e.host, e.model, e.task, e.audience, _pair(e, pairs), f"{e.bytes:,}", e.hash[:12])
        for e in entries
    ]
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return ["  ".join(map(_cell, head, row, widths)).rstrip() for row in (head, *rows)]


def _cell(column: str, text: str, width: int) -> str:
    return text.rjust(width) if column == "bytes" else text.ljust(width)


def _summary(entries: list[Entry], pairs: dict[str, str], everything: bool) -> list[str]:
    sums = _sums(entries, pairs)
    away = [e for e in entries if not _is_local(e)]
    left = f"{len(away)} left this machine, {sum(e.bytes for e in away):,} bytes" if away else "none left this machine"
    found = ["", f"{_requests(len(entries))} in all; {left}."]
    counted = _counted(entries)
    if counted["requests"]:
        found.append(
            f"Tokens, as far as the services told ({_requests(counted['requests'])}):"
            f" {counted['prompt']:,} read, {counted['answer']:,} written."
        )
    found += [f"  {row['name']}: {_requests(row['requests'])}, {row['bytes']:,} bytes" for row in sums["by_host"]]
    if len(sums["by_pair"]) > 1:
        found += [
            f"  {row['name'] or 'no pair, or one that is not known any more'}: {_requests(row['requests'])}, {row['bytes']:,} bytes"
            for row in sums["by_pair"]
        ]
    if len(entries) > _SHOWN and not everything:
        found.append(f"Shown are the last {_SHOWN}; `prep sent --all` shows every one.")
    return found


def _counted(entries: list[Entry]) -> dict[str, int]:
    """The tokens that services told of, and of how many requests."""
    told = [e.tokens for e in entries if e.tokens is not None]
    return {"requests": len(told), "prompt": sum(t.prompt for t in told), "answer": sum(t.answer for t in told)}


def _pair(entry: Entry, pairs: dict[str, str]) -> str:
    return pairs.get(entry.pair or "", "-" if entry.pair is None else "(not known)")


def _is_local(entry: Entry) -> bool:
    from assistant.loopback import is_loopback

    return is_loopback(f"//{entry.host}")


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count} requests"


def _when(time: str) -> str:
    """A moment of the ledger in the time of this machine."""
    try:
        return dt.datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return "?"
