"""From a desk to a new mentor: what can be passed on, and, once the mentee agrees to it, that and no more.

The fifth of the orders of the stages, beside sharing.py and letters.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress

import msgspec

from assistant import panels, prompts
from assistant.briefing import STANDS
from assistant.desk import Desk
from assistant.drafts import Handed, Handover, HandoverPart, Withheld
from assistant.errors import Refused
from assistant.notes import gist
from assistant.phrases import begun, fill, names_day
from assistant.privacy import sharing
from assistant.privacy.office import Office
from assistant.privacy.rewrite import Unsayable
from assistant.programme import released
from assistant.records import Audience, Audited, Commitment, Mailable, Wish
from assistant.words import fold
from assistant.writers import handover, letter, promised

_MOST_THEMES = 5
_LONGEST = 40  # words of a promise


class Handing:
    """A pair on its way to a new mentor. Nothing of it is told before the mentee agrees."""

    def __init__(self, desk: Desk, language: str, minutes: int) -> None:
        self.desk, self.language, self.minutes = desk, language, minutes
        self.phrases = prompts.letter_phrases(
            language, desk.folder.root / "prompts", ["letter_any"] if desk.pair.is_panel else ()
        )
        self.office = Office(desk.office_guard(), desk.rewriter(Audience.PROGRAMME))
        self.reasons: list[str] = []
        self._restricted = desk.restricted()
        withdrawn = released.withdrawn(desk.folder, desk.pair.slug)
        found = [*self._subjects(), *self._themes(), *self._promises()]
        self._told = {line.id: told for line, told in found}
        self.lines = tuple(dict.fromkeys(line for line, _ in found if line.id not in withdrawn))

    def heading(self, part: HandoverPart) -> str:
        """What a part of the handover is called, in its language."""
        return fill(self.phrases.handover[part], mentee=self.desk.pair.mentee.name.split()[0])

    def proposed(self) -> Handover:
        """All that could be passed on, for the author's eyes."""
        return Handover(
            pair=self.desk.pair.slug,
            language=self.language,
            audience=Audience.OWN,
            lines=self.lines,
            text="",
            withheld=Withheld(len(self.reasons), {r: self.reasons.count(r) for r in sorted(set(self.reasons))}),
            warnings=tuple(self.desk.warnings),
        )

    def preview(self, ids: Collection[str], by: str) -> Audited:
        """The handover with the lines of these ids; Refused where one is no line, or the audit objects to the whole."""
        if unknown := [id for id in ids if id not in {line.id for line in self.lines}]:
            raise Refused(f"{unknown[0]} is no line of this handover, or it changed since; look at --propose again")
        desk, chosen = self.desk, tuple(line for line in self.lines if line.id in ids)
        material = handover.Material(desk.pair, desk.today, desk.calendar, self.minutes, chosen, " ".join(by.split()))
        text, own = handover.write(material, self.phrases)
        passed = self.office.whole(text, own, [self._told[line.id] for line in chosen])
        if passed is None:
            raise Refused("the handover as a whole did not pass the audit, so nothing is told; pass on fewer lines")
        return passed

    def released(self, ids: Collection[str], by: str) -> Handover:
        """The handover that `by` agrees to, kept as it goes out."""
        text, desk = self.preview(ids, by), self.desk
        chosen = tuple(line for line in self.lines if line.id in ids)
        kept = released.release(
            desk.folder,
            desk.pair.slug,
            Audience.PAIR,
            desk.calendar.last_held or desk.today,
            text,
            tuple(released.Line(line.id, line.text) for line in chosen),
            by,
            desk.today,
        )
        return msgspec.structs.replace(self.proposed(), audience=Audience.PAIR, lines=chosen, text=text, release=kept)

    # -- what could be passed on --

    def _line(self, part: HandoverPart, text: str, told: Mailable) -> tuple[Handed, Mailable]:
        return Handed(sharing.id_of(text, "p", part), part, text), told

    def _subjects(self) -> Iterator[tuple[Handed, Mailable]]:
        """What the pair wrote in pair.toml: its scope, what it leaves alone, and what the mentee wants to learn."""
        pair, office = self.desk.pair, self.office
        kinds: list[tuple[HandoverPart, tuple[Wish, ...], Callable[[str], Mailable]]] = [
            ("scope", pair.scope, office.topic),
            ("beyond", pair.out_of_scope, office.boundary),
            ("wish", pair.interests, office.topic),
        ]
        for part, wishes, gate in kinds:
            for wish in wishes:
                try:
                    yield self._line(part, wish.text, gate(wish.text))
                except Unsayable as reason:
                    self.reasons.append(reason.kind)

    def _themes(self) -> Iterator[tuple[Handed, Mailable]]:
        """The themes that came up most, out of the programme's vocabulary."""
        notes = [note for note in self.desk.held() if note.path not in self._restricted]
        named = Counter(name for note in notes for name in self.desk.themes(note, self.language))
        for name, _ in named.most_common(_MOST_THEMES):
            with suppress(Unsayable):
                yield self._line("theme", name, self.office.topic(name))

    def _promises(self) -> Iterator[tuple[Handed, Mailable]]:
        """The promises that stand, each with whose it is and by when."""
        for c in self.desk.common_story().commitments:
            if c.status == "open" and c.stands >= STANDS:
                if c.sources[0].path in self._restricted:
                    self.reasons.append("restricted")
                    continue
                try:
                    told = self.office.promise(gist.tidied(c.text), c.level)
                except Unsayable as reason:
                    self.reasons.append(reason.kind)
                    continue
                yield self._line("promise", self._promise(told, c), told)

    def _promise(self, told: Mailable, commitment: Commitment) -> str:
        pair, text = self.desk.pair, letter.shortened(told, _LONGEST)
        people = panels.called(pair, self.language)
        side = people.get(commitment.owner) or self.phrases.handover[commitment.owner]
        owner = panels.owners(pair, commitment.owner, commitment.who, side, self.phrases.and_)
        named = fold(text).startswith(f"{fold(owner)} ")
        said = text if named else f"{begun(owner)}: {promised.quoted(text)}"
        due = commitment.due
        if due is None or names_day(text, due, self.phrases.months):
            return said
        return f"{said} ({self.phrases.date(due, self.desk.today)})"
