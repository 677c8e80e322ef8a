"""From a desk to a mail between the two, which others in the office may open, and to an entry in a calendar.

The fourth of the orders of the stages, beside pipeline.py and sharing.py: what is told passes privacy/office.py.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from msgspec import UNSET

from assistant import prompts, zones
from assistant.briefing import STANDS
from assistant.desk import Desk
from assistant.drafts import AgendaCommitment, Followup, Invitation, Withheld
from assistant.errors import NothingToDraft, Refused
from assistant.notes import gist, process, story
from assistant.phrases import LetterPhrases, fill
from assistant.privacy import shareable, sharing, wording
from assistant.privacy.office import Office
from assistant.privacy.rewrite import Unsayable
from assistant.records import Audience, Commitment, Level, Mailable, Note, Reading, Story
from assistant.words import fold, stems
from assistant.writers import letter, promised
from assistant.writers.sources import Book

_TELLING = 0.6  # how well a matter must stand by itself to be quoted
_LONGEST_LABEL = 8  # words before a colon that only say what the line is


def followup(desk: Desk, sender: Literal["mentor", "mentee"], language: str, discreet: bool) -> Followup:
    """The mail after the last session held; raises NothingToDraft before the first, Refused if the audit objects."""
    held = desk.held()
    if not held:
        raise NothingToDraft(f"{desk.pair.slug} has held no session yet, so there is nothing to write about")
    restricted = held[-1].path in desk.restricted()
    return Drafter(desk, held[-1], sender, language).followup(discreet or restricted)


class Drafter:
    """Gathers what a mail after one session may tell; `reasons` are why the rest is not for it."""

    def __init__(self, desk: Desk, session: Note, sender: Literal["mentor", "mentee"], language: str) -> None:
        self.desk, self.session, self.sender, self.language = desk, session, sender, language
        self.phrases = phrases(desk, language, sender)
        self.office = Office(desk.office_guard(), desk.rewriter(Audience.PROGRAMME))
        self.reading: Reading = desk.of_session(shareable.common(desk.readings), session)
        self.story: Story = desk.common_story()
        self.reasons: list[str] = []

    def followup(self, discreet: bool) -> Followup:
        material = self.material(discreet)
        written = letter.write(material, self.phrases)
        lines = [
            *(p.text for p in written.points if p.text),
            *([material.told.line] if material.told else []),
        ]
        text = self.office.whole(written.text, written.own, lines)
        if text is None:
            raise Refused("the mail as a whole did not pass the audit, so nothing of it is told; try --discreet")
        book = Book()
        told = () if discreet else tuple(_told(p.commitment, book) for p in written.points if p.text)
        return Followup(
            pair=self.desk.pair.slug,
            date=self.session.date,
            language=self.language,
            from_=self.sender,
            kind=written.kind,
            discreet=discreet,
            subject=written.subject,
            text=text,
            words=len(text.split()),
            ask=written.ask,
            next=self.desk.calendar.next_planned,
            commitments=told,
            withheld=Withheld(len(self.reasons), {r: self.reasons.count(r) for r in sorted(set(self.reasons))}),
            sources=book.sources,
            warnings=tuple(self.desk.warnings),
        )

    def material(self, discreet: bool) -> letter.Material:
        points = tuple(self.points())
        return letter.Material(
            pair=self.desk.pair,
            sender=self.sender,
            writes=self.desk.reader,
            today=self.desk.today,
            session=self.session.date,
            calendar=self.desk.calendar,
            cancelled=self.desk.facts(self.session).cancelled,
            about=tuple(self.about()),
            told=next(self.concrete(), None),
            points=points,
            discreet=discreet,
        )

    def points(self) -> Iterator[letter.Point]:
        """What the two took on that day, as far as it is for a mail."""
        added = [c for c in self.story.commitments if self._is_added(c) and c.status == "open"]
        reports = {p.source for p in self.reading.promises if p.form == "free" and p.source.level is not Level.PAIR}
        for commitment in [*story.agreed(self.reading, self.story), *added]:
            if commitment.stands < STANDS or commitment.sources[0] in reports:  # what others are told tells of the talk
                continue
            try:
                yield letter.Point(self.office.promise(gist.tidied(commitment.text), commitment.level), commitment)
            except Unsayable as reason:
                self.reasons.append(reason.kind)
                if not commitment.level.closes:
                    yield letter.Point(None, commitment)

    def _is_added(self, commitment: Commitment) -> bool:
        """Did a person add it to what the notes of this session or later say?"""
        source = commitment.sources[0]
        return source.path == self.desk.corrections_path and commitment.made >= self.session.date

    def about(self) -> Iterator[str]:
        """What the conversation was about: themes out of the vocabulary, else a subject of the pair that it touched."""
        if themes := self.desk.themes(self.session, self.language):
            yield themes[0]
            return
        spoken = stems(" ".join(line.text for line in self.reading.lines))
        wishes = (*self.desk.pair.scope, *self.desk.pair.interests)
        touched = (w.text for w in wishes if (about := stems(w.text)) and len(about & spoken) >= min(2, len(about)))
        for text in touched:
            with suppress(Unsayable):
                yield self.office.topic(text)
                return

    def concrete(self) -> Iterator[letter.Told]:
        """What to thank for: a line worth telling, what the other one did, else what is left to think about."""
        yield from (letter.Told("told", line) for line in self.worth_telling())
        yield from (letter.Told("kept", line) for line in self.kept())
        yield from (letter.Told("left", line) for line in self.left())
        yield from (letter.Told("asked", line) for line in self.asked())

    def left(self) -> Iterator[Mailable]:
        """The matters that were raised and left that day, those left most plainly first."""
        questions = {question.source.line for question in self.reading.questions}
        for thread in sorted(self.reading.threads, key=lambda t: -t.likely):
            matter = gist.of_thread(thread.title)
            if matter.weight >= _TELLING and thread.source.line not in questions:
                yield from self._quotable(matter.text.rstrip("?"), thread.source.level)

    def asked(self) -> Iterator[Mailable]:
        """The questions that were asked that day, the last one first."""
        for question in self.reading.questions[::-1]:
            yield from self._quotable(gist.tidied(question.text).strip("“”\"'?"), question.source.level)

    def _quotable(self, text: str, level: Level) -> Iterator[Mailable]:
        """A sentence in the language of the mail that may be quoted for itself, if it is one."""
        spoken = wording.language_of(text, self.language) == self.language
        if spoken and not promised.tells_of_somebody(text, self.language):
            with suppress(Unsayable):
                yield self.office.sentence(text, level)

    def worth_telling(self) -> Iterator[Mailable]:
        """The lines of the note that the pair marked to be told to others, and that tell something by themselves."""
        process_words = set(map(fold, self.phrases.process_words))
        for line in self.reading.lines:
            text, words = gist.tidied(line.text), {word.strip(".,:;") for word in fold(line.text).split()}
            if line.level.openness > Level.PAIR.openness and not words & process_words:
                label, colon, rest = text.partition(": ")
                text = rest[:1].upper() + rest[1:] if colon and len(label.split()) <= _LONGEST_LABEL else text
                yield from self._quotable(text, line.level)

    def kept(self) -> Iterator[Mailable]:
        """The promises of the other one that were kept since the session before."""
        theirs = "mentee" if self.sender == "mentor" else "mentor"
        restricted = self.desk.restricted()
        plain = {p.source for r in self.desk.readings for p in r.promises if p.form != "free"}
        for commitment in process.kept(self.desk.held(), self.session, self.story):
            named = commitment.text.split()[0] in getattr(self.desk.pair, theirs).names
            if commitment.sources[0].path in restricted:
                continue
            if commitment.owner == theirs and (named or commitment.sources[0] in plain):
                with suppress(Unsayable):
                    text = letter.shortened(gist.tidied(commitment.text), 25)
                    yield self.office.deed(text, commitment.level)


def invitation(desk: Desk, language: str, minutes: int, time: dt.time | None, zone: str | None) -> Invitation:
    """The next session as anyone may see it in a calendar: no name, no subject; raises NothingToDraft without a date."""
    day = desk.calendar.next_planned
    if day is None:
        slug = desk.pair.slug
        raise NothingToDraft(f"{slug} has no date for its next session; set one with `prep plan {slug} YYYY-MM-DD`")
    programme, words = desk.folder.programme, phrases(desk, language).invitation
    title = fill(words["title"], programme=programme.name)
    about = fill(words["about"], minutes=minutes)
    description = about if time else f"{about} {words['no_time']}"
    # the programme's own name is on every door; that a note has it too makes no secret of it
    guard = desk.guard(Audience.ORGANISATION)
    if sharing.whole(f"{title}\n{description}", guard, [description], [programme.name]) is None:
        raise Refused("prep.toml: the programme's `name` is not for every calendar; choose one that gives nobody away")
    named, start = zones.start(day, time, zone or programme.timezone) if time else (None, None)
    of_session = f"prep {programme.name} {desk.pair.slug} {desk.calendar.number}"
    return Invitation(
        pair=desk.pair.slug,
        language=language,
        date=day,
        start=start,
        zone=named,
        minutes=minutes,
        uid=f"{uuid.uuid5(uuid.NAMESPACE_URL, of_session)}@prep",
        title=title,
        description=description,
    )


def phrases(desk: Desk, language: str, sender: Literal["mentor", "mentee"] | None = None) -> LetterPhrases:
    """The fixed sentences of mails, the programme's own where it has some; of a panel those of its sender."""
    parts = {"mentor": ["letter_any", "letter"], "mentee": ["letter_any", "letter_from_mentee"], None: ["letter_any"]}
    panel = parts[sender] if desk.pair.is_panel else ()
    return prompts.letter_phrases(language, desk.folder.root / "prompts", panel)


def _told(c: Commitment, book: Book) -> AgendaCommitment:
    keys = tuple(book.cite(source) for source in c.sources)
    return AgendaCommitment(c.id, c.text, c.owner, c.made, c.due, c.status, keys, who=c.who or UNSET)
