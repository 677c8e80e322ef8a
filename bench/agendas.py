"""What is counted of agendas: headings, questions on their items, balance, and labelled asks and agendas."""

from __future__ import annotations

import datetime as dt
import re
from itertools import combinations
from pathlib import Path
from typing import Any

from tally import QUOTATION, Tally, alike, bare, in_language

from assistant import briefing, pipeline, resources
from assistant.asks import is_vague
from assistant.desk import Desk
from assistant.drafts import Agenda, Item
from assistant.programme.folder import Folder
from assistant.records import Audience
from assistant.words import content, stems
from assistant.writers import balance
from assistant.writers.afterwards import RESCUE

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
SUBJECTS = ("theme", "message-check")
_LONGEST = 75  # letters of a heading that is read at a glance, without the names of the two and their wishes
_POINTING = re.compile(
    r"\b(?:dat|die|dit|deze|er|daar\w*|hier\w*|ermee|erin|ervan|erover|it|its|that|this|those|these|there)\b",
    re.IGNORECASE,
)


def programme(folder: Folder, days: dict[str, dt.date], tally: Tally) -> None:
    """Count the agendas of every pair of a programme, on its day and on three days before that."""
    asked: dict[str, set[str]] = {}
    for slug, last in days.items():
        for day in [*_earlier(folder, slug, last), last]:
            desk = Desk(folder, slug, day, offline=True)
            draft = pipeline.agenda(desk, Audience.PAIR, desk.pair.language, None, "")
            before = [q.text for q in desk.story(Audience.PAIR).questions] + briefing.offered(folder.drafts(slug))
            count(draft, before, tally)
        asked[slug] = {item.question for item in draft.items if item.kind == "theme"}
    for (a, mine), (b, theirs) in combinations(asked.items(), 2):
        same = mine & theirs
        tally.add("agenda: theme questions not shared", not same, f"{a}, {b}: {' | '.join(sorted(same))}")


def _earlier(folder: Folder, slug: str, last: dt.date) -> list[dt.date]:
    """A week before the first session, and a week after some of those that followed."""
    notes = (folder.root / "pairs" / slug / "sessions").glob("*.md")
    sessions = sorted({dt.date.fromisoformat(path.name[:10]) for path in notes})
    week = dt.timedelta(days=7)
    return [sessions[0] - week, *(day + week for day in sessions[:3:2] if day + week < last)] if sessions else []


def count(draft: Agenda, before: list[str], tally: Tally) -> None:
    """Count one agenda. `before` is what was asked or offered earlier."""
    where = f"{draft.pair} {draft.session.number}"
    own = [item for item in draft.items if _is_own(item, draft)]
    if draft.session.minutes > RESCUE:  # of three items, two are about the rhythm and the date
        tally.add("agenda: half is this pair's own", 2 * len(own) >= len(draft.items), where)
    tally.add("agenda: in balance", balance.is_even(draft.balance), where)
    titles = [item.title for item in draft.items]
    tally.add("agenda: no heading twice", len(set(titles)) == len(titles), where)
    for item in draft.items:
        told = f"{where}: {item.title} | {item.question}"
        tally.add("agenda: heading is short", len(_bare_title(item, draft)) <= _LONGEST, told)
        tally.add("agenda: heading is no sentence", not _is_sentence(item, draft), told)
        said = [item.why.partition("“")[0], item.question, item.extra_question]
        tally.add("agenda: in its language", all(in_language(text, draft.language) for text in said), told)
        asks = item.question.endswith("?")
        tally.add("agenda: every item asks", asks, told)
        new = not any(alike(bare(item.question), bare(text)) for text in before)
        tally.add("agenda: not asked before", new, told)
        if item.kind in SUBJECTS:
            tally.add("agenda: question is on its subject", _is_on(item, draft), told)
    for a, b in combinations(draft.items, 2):
        tally.add(
            "agenda: no two alike",
            not alike(bare(a.question), bare(b.question)),
            f"{where}: {a.question} | {b.question}",
        )


def _quotes(item: Item, draft: Agenda) -> list[str]:
    """What it cites of the pair itself."""
    return [draft.sources[key].quote for key in item.sources if draft.sources[key].path.startswith("pairs/")]


def _is_own(item: Item, draft: Agenda) -> bool:
    """Does it say something that no agenda of another pair would: two words of what it cites?"""
    said = set(content(f"{item.title} {item.why} {item.question}"))
    return any(len(said & set(content(quote))) >= 2 for quote in _quotes(item, draft))


def _bare_title(item: Item, draft: Agenda) -> str:
    title = QUOTATION.sub("", item.title)
    for quote in _quotes(item, draft):
        title = title.replace(quote, "").replace(quote[:1].upper() + quote[1:], "")
    return title


def _is_sentence(item: Item, draft: Agenda) -> bool:
    """Is its heading a sentence of a note, and not a question of one?"""
    title = item.title.strip(" .").casefold()
    noted = [draft.sources[key] for key in item.sources if draft.sources[key].date]
    return not title.endswith("?") and any(s.quote.strip(" .").casefold() == title for s in noted)


def _is_on(item: Item, draft: Agenda) -> bool:
    """Does its question point to what stands above it, or speak of it?"""
    return bool(_POINTING.search(item.question)) or bool(stems(item.question) & stems(" ".join(_quotes(item, draft))))


def labelled(tally: Tally) -> None:
    """Count the labelled asks (vague or specific) and the labelled agendas (in balance or not), the halves kept apart."""
    asks = [case for case in _cases("asks.yaml") if case["half"] == "count"]
    told = [(is_vague(case["text"]), case["vague"]) for case in asks]
    for vague, truth in told:
        if vague or truth:  # F1 counts a vague one that was found twice, and each mistake once
            tally.of["asks: F1 (vague)"] += 2 if vague and truth else 1
            tally.hits["asks: F1 (vague)"] += 2 if vague and truth else 0
    cases = _cases("balance.yaml")
    for case in cases["agendas"]:
        items = [_labelled_item(cases["items"], named) for named in case["items"]]
        right = balance.is_even(balance.weigh(items)) == case["balanced"]
        tally.add(f"balance: accuracy ({case['half']})", right, str(case["items"]))


def _cases(name: str) -> Any:
    return resources.parsed((CASES / name).read_text(encoding="utf-8"))


def _labelled_item(known: dict[str, Any], named: str) -> Item:
    name, minutes, lead = named.split()
    said = known[name]
    return Item(said["kind"], said["title"], int(minutes), lead, "", said["question"], "", ())  # type: ignore[arg-type]
