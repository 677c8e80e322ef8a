"""How good the mails, invitations and handovers are, over the pairs of programmes.

    python bench/letters.py [FOLDER ...] [--misses] [--today YYYY-MM-DD]

Without a folder: the demo programmes. Every session held is the last one once, seen from the day after, and each mail
is written from both sides. Where a gold.json lies beside pair.toml its promises are the measure; else those that prep
reads are. What must not stand in a mail is searched for in plain words: every word that stands in closed text alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import strict
from itertools import product
from pathlib import Path

from tally import Tally

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from case_files import cases

from assistant import letters, prompts, themes
from assistant.desk import Desk
from assistant.drafts import Followup
from assistant.errors import NothingToDraft
from assistant.handovers import Handing
from assistant.privacy.audit import Guard, Rosters
from assistant.privacy.office import Office
from assistant.privacy.rewrite import Rewriter, Unsayable
from assistant.programme.folder import Folder
from assistant.records import Audience, Level, Note, Pair, Person
from assistant.render import calendar, letter
from assistant.words import words

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo"
DEMO_DAY = dt.date(2026, 7, 6)
LINES = {
    "short": "mails of less than 150 words",
    "one_ask": "mails with one question, which is the one they name",
    "language": "mails whose own sentences are all in the pair's language",
    "sides": "sides with promises of that session, all of which the mail tells, or counts where they are not for an inbox",
    "promises": "promises of that session at level pair, found again in the mail by half of their words",
    "gold": "the same by the gold of a careful reader, where there is one",
    "next": "mails that tell the next date, or ask for one",
    "closed": "mails and handovers without a word that stands in closed text alone",
    "audit": "mails and handovers in which the audit finds nothing, neither that for an inbox nor that for the pair",
    "delicate": "delicate matters in other words that are not told, of tests/cases/office.yaml",
    "counted": "those of them that no word was chosen by",
    "harmless": "their harmless twins that are told",
    "eml": "mails that a strict parser reads back as they are",
    "ics": "invitations that a strict parser reads, and that the audit passes for the organisation",
}


def found(said: str, mail: str) -> bool:
    """Do half of the words of a promise stand in a mail?"""
    wanted = set(words(said))
    return len(wanted & set(words(mail))) * 2 >= len(wanted)


def closed_words(desk: Desk) -> set[str]:
    """The words that stand in closed text of a pair's notes and nowhere in the open: of six letters or more."""
    parts: dict[bool, set[str]] = {True: set(), False: set()}
    for reading in desk.readings:
        for passage in (*reading.note.passages, *reading.note.sealed):
            parts[passage.level.openness < Level.PAIR.openness] |= set(words(passage.text))
    own = [str(desk.pair), str(desk.folder.programme), str(prompts.letter_phrases(desk.pair.language))]
    own += [theme.name(desk.pair.language) for theme in themes.load()]
    known = parts[False] | set(words(" ".join(own)))
    return {word for word in parts[True] - known if len(word) >= 6 and not word.isdigit()}


def gold_of(desk: Desk, note: Note) -> list[str]:
    path = desk.folder.pair_folder(desk.pair.slug) / "gold.json"
    listed = json.loads(path.read_text("utf-8"))["commitments"] if path.is_file() else []
    return [
        c["anchor"]
        for c in listed
        if c["made"] == str(note.date)
        and c["level"] not in ("own", "confidential", "sealed")
        and c["owner"] in ("mentor", "mentee", "both")
    ]


def mails(folder: Folder, slug: str, tally: Tally) -> None:
    """The mails after each session of a pair."""
    for note in Desk(folder, slug, dt.date(2100, 1, 1)).held():
        desk = Desk(folder, slug, note.date + dt.timedelta(days=1))
        for sender in ("mentor", "mentee"):
            mail = letters.followup(desk, sender, desk.pair.language, False)
            judge(desk, note, mail, tally, f"{slug} {note.date} {sender}")


def judge(desk: Desk, note: Note, mail: Followup, tally: Tally, what: str) -> None:
    body = mail.text
    tally.add("short", len(body.split()) < 150, what)
    tally.add("one_ask", body.count("?") == 1 and mail.ask in body, what)
    own = re.sub(r"“[^”]*”|^- .*$", "", body, flags=re.M)
    other = set(words("the and you our what" if mail.language == "nl" else "de het een je wat ons"))
    tally.add("language", not other & set(words(own)), what)
    drafter = letters.Drafter(desk, note, mail.from_, mail.language)  # the same gate, asked apart
    points = list(drafter.points())
    sides = drafter.phrases.sides
    for owner in {p.commitment.owner for p in points} & {"mentor", "mentee"}:
        of_side = [p.text for p in points if p.commitment.owner == owner]
        counted = (
            re.search(rf"^- {sides['self' if owner == mail.from_ else 'other']}: .*(?:notities|notes)", body, re.M)
            is not None
        )
        tally.add("sides", all(found(text, body) if text else counted for text in of_side), f"{what} {owner}")
    reading = next(r for r in desk.readings if r.note.path == note.path)
    for promise in reading.promises:
        if not promise.ticked and not promise.source.level.closes and promise.likely >= 0.5:
            tally.add("promises", found(promise.text, body), f"{what}: {promise.text[:70]}")
    for anchor in gold_of(desk, note):
        tally.add("gold", found(anchor, body), f"{what}: {anchor[:70]}")
    months = prompts.letter_phrases(mail.language).months
    told = mail.next is not None and f"{mail.next.day} {months[mail.next.month - 1]}" in body
    tally.add("next", told or bool(re.search(r"welke dag|which day| of .* jou uit| suit you", mail.ask)), what)
    harmless(desk, body, tally, what)
    raw = letter.eml(mail, desk.pair.mentor, desk.pair.mentee).encode()
    read = message_from_bytes(raw, _class=EmailMessage, policy=strict)
    tally.add("eml", read.get_content().replace("\r\n", "\n") == body and read["X-Unsent"] == "1", what)


def harmless(desk: Desk, text: str, tally: Tally, what: str) -> None:
    leaked = closed_words(desk) & set(words(text))
    tally.add("closed", not leaked, f"{what}: {sorted(leaked)}")
    findings = [f.kind for guard in (desk.office_guard(), desk.guard(Audience.PAIR)) for f in guard.judge(text)]
    tally.add("audit", not findings, f"{what}: {findings}")


def others(folder: Folder, slug: str, today: dt.date, tally: Tally) -> None:
    """The invitation and the handover of a pair."""
    from icalendar import Calendar

    desk = Desk(folder, slug, today)
    minutes = desk.pair.minutes or 60
    handed = Handing(desk, desk.pair.language, minutes)
    harmless(desk, handed.preview([line.id for line in handed.lines], desk.pair.mentee.name), tally, f"{slug} handover")
    days = [note.date - dt.timedelta(days=1) for note in desk.held()]  # the day before each, which was planned then
    for day, time in product([*days, today], (None, dt.time(10, 30))):
        try:
            event = letters.invitation(Desk(folder, slug, day), desk.pair.language, minutes, time, "Europe/Amsterdam")
        except NothingToDraft:
            continue
        read = Calendar.from_ical(calendar.ics(event, dt.datetime.now(dt.UTC)))
        tally.add("ics", len(read.walk("VEVENT")) == 1 and not any(part.errors for part in read.walk()), slug)


def other_words(tally: Tally) -> None:
    """Delicate matters said in other words than their own, and promises that only look like them."""
    pair = Pair(
        "noor-willem", "pair.toml", "nl", "8 weeks", None, 60, None, Person("Noor"), Person("Willem"), *([()] * 5)
    )
    office = Office(Guard(Audience.PAIR, Rosters([pair]), [], []), Rewriter(pair.slug, [pair], []))
    for case in cases("office.yaml"):
        try:
            told = bool(office.promise(case["text"], Level.PAIR))
        except Unsayable:
            told = False
        if "matter" not in case:
            tally.add("harmless", told, case["text"])
            continue
        tally.add("delicate", not told, case["text"])
        if case["half"] == "count":
            tally.add("counted", not told, case["text"])


def programmes(given: list[Path]) -> Iterator[tuple[Path, dt.date | None]]:
    if not given:
        yield from ((DEMO / language, DEMO_DAY) for language in ("nl", "en"))
    yield from ((path, None) for path in given)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=None)
    options = parser.parse_args()
    tally = Tally()
    other_words(tally)
    for source, day in programmes(options.folders):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Folder(Path(shutil.copytree(source, Path(scratch) / "p")))
            for slug in folder.slugs:
                gold = folder.pair_folder(slug) / "gold.json"
                said = json.loads(gold.read_text("utf-8"))["today"] if gold.is_file() else None
                mails(folder, slug, tally)
                others(folder, slug, options.today or day or dt.date.fromisoformat(said or str(dt.date.today())), tally)
    for figure, meaning in LINES.items():
        if tally.of[figure]:
            print(
                f"{tally.hits[figure] / tally.of[figure]:.3f}  {tally.hits[figure]:4}/{tally.of[figure]:<4} {figure}: {meaning}"
            )
        for miss in tally.misses[figure] if options.misses else []:
            print(f"       {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
