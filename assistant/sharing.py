"""From a desk to readers beyond the pair: what may be told of a session, what can be proposed, and its release.

The third of the orders of the stages, beside pipeline.py: here nothing goes on that the audit has not passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from assistant import prompts
from assistant.desk import Desk
from assistant.drafts import Proposal, Summary, Withheld
from assistant.errors import Refused
from assistant.phrases import SummaryPhrases
from assistant.privacy import proposals, shareable
from assistant.privacy import sharing as privacy
from assistant.privacy.proposals import Proposed
from assistant.programme import released
from assistant.records import Audience, Audited, Note, Outgoing
from assistant.writers import summary as public
from assistant.writers.sources import Book

if TYPE_CHECKING:  # what talks to a model is imported where one is set
    from assistant.modelling import Modelling
    from assistant.writers.modelled import Draft, Editor

_AS_A_WHOLE = "the summary as a model wrote it did not pass the audit as a whole"


class Sharing:
    """A session on its way to readers beyond the pair: what may be told of it, proposed, and released."""

    def __init__(self, desk: Desk, session: Note, audience: Audience, language: str) -> None:
        if reason := desk.forbidden_by(session, audience):
            raise Refused(f"{session.path} forbids a summary for the {audience.value}: {reason}")
        self.desk, self.session, self.audience, self.language = desk, session, audience, language
        self.guard, self.rewriter = desk.guard(audience), desk.rewriter(audience)
        self.withdrawn = released.withdrawn(desk.folder, desk.pair.slug)
        shared = shareable.shareable(desk.readings, audience)
        self.marked = privacy.marked(
            shared, desk.notes_of(session), self.rewriter, self.guard, language, self.withdrawn
        )

    def proposed(self) -> list[Proposed]:
        """What a person may choose to tell besides, each sentence for the author's eyes until it is ticked."""
        common = shareable.common(self.desk.readings)
        told = {line.text for line in self.marked.told}
        found = proposals.proposed(
            common, self.desk.notes_of(self.session), self.rewriter, self.guard, self.language, self.withdrawn
        )
        return [proposal for proposal in found if proposal.text not in told]

    def chosen(self, ids: Sequence[str]) -> list[Proposed]:
        """The proposals of these ids; Refused where one is not, or no longer, among them."""
        offered = {proposal.id: proposal for proposal in self.proposed()}
        if missing := [id for id in ids if id not in offered]:
            raise Refused(
                f"{missing[0]} is no proposal of this session, or its sentence changed since; look at --propose again"
            )
        return [proposal for id, proposal in offered.items() if id in ids]

    def summary(self, chosen: Sequence[Proposed] = ()) -> Summary:
        """The summary with the chosen sentences; Refused where the whole does not pass the audit."""
        return self._summary(*self._passed(chosen))

    def modelled(self, model: Modelling) -> Summary:
        """The summary with the marked lines as a model says them, as far as that passes the audit, line by line."""
        editor, draft = self._editor(model)
        found = editor.edit(draft, model.ladder, model.say)
        anew = list(self._told)
        for place, piece in found.pieces.items():
            anew[place] = self._reworded(place, piece.texts["text"]) or anew[place]
        written, passed = self._written(anew, ())
        if passed is None or anew == self._told:
            why = found.warning or f"{_AS_A_WHOLE} (the built-in writer wrote this)"
            return msgspec.structs.replace(self.summary(), warnings=(why,))
        warnings = (found.warning,) if found.warning else ()
        return msgspec.structs.replace(self._summary(written, passed), writer="model", warnings=warnings)

    def request(self, model: Modelling) -> Outgoing | None:
        """What `modelled` would send to the model first, None where there is nothing to send."""
        return model.first_request(*self._editor(model))

    def proposing(self) -> Summary:
        """The summary as it is, with the proposals beside it, for the author's eyes."""
        book = Book()
        offered = tuple(Proposal(p.id, p.text, (book.cite(p.source),)) for p in self.proposed())
        return msgspec.structs.replace(
            self.summary(), audience=Audience.OWN, reader=self.audience, proposals=offered, sources=book.sources
        )

    def released(self, chosen: Sequence[Proposed], by: str) -> Summary:
        """The summary with the chosen sentences, kept as it goes out; Refused where a mentor of a panel is not asked."""
        if self.desk.pair.is_panel:
            from assistant import panels

            panels.check_consent(self.desk.pair, by)
        lines = tuple(released.Line(line.id, line.text) for line in self.marked.told)
        lines += tuple(released.Line(proposal.id, proposal.text) for proposal in chosen)
        (written, text), desk = self._passed(chosen), self.desk
        kept = released.release(
            desk.folder, desk.pair.slug, self.audience, self.session.date, text, lines, by, desk.today
        )
        return msgspec.structs.replace(self._summary(written, text), release=kept)

    @property
    def _told(self) -> list[Audited]:
        return [line.text for line in self.marked.told]

    def _passed(self, chosen: Sequence[Proposed]) -> tuple[public.Written, Audited]:
        """The built-in writer's summary and its text; Refused where the audit does not pass it."""
        written, passed = self._written(self._told, chosen)
        if passed is None:
            raise Refused("the summary as a whole did not pass the audit, so nothing of it is told; look at the marks")
        return written, passed

    def _summary(self, written: public.Written, passed: Audited) -> Summary:
        day, reasons = self.session.date, self.marked.reasons
        return Summary(
            pair=self.desk.pair.slug,
            date=f"{day:%Y-%m}" if self.audience is Audience.ORGANISATION else str(day),
            language=self.language,
            audience=self.audience,
            statements=written.statements,
            text=passed,
            withheld=Withheld(len(reasons), {reason: reasons.count(reason) for reason in sorted(set(reasons))}),
        )

    def _written(self, marked: Sequence[Audited], chosen: Sequence[Proposed]) -> tuple[public.Written, Audited | None]:
        """The summary and its text as the audit passed it, None where it did not."""
        ticked = tuple(proposal.text for proposal in chosen)
        facts = self.desk.facts(self.session)
        names = privacy.general(self.desk.themes(self.session, self.language), self.rewriter)
        dated = any(shareable.announces_next(self.desk.readings, path) for path in self.desk.notes_of(self.session))
        told = public.Material(self.audience, facts, names, tuple(marked), ticked, dated)
        written = public.write(told, self._phrases)
        quotes = [proposal.source.quote for proposal in chosen]
        exempt = [*quotes, " ".join(quotes)]  # as they stand in a row
        return written, privacy.whole(written.text, self.guard, written.own, exempt)

    @property
    def _phrases(self) -> SummaryPhrases:
        return prompts.summary_phrases(self.language, self.desk.folder.root / "prompts", self.desk.pair.is_panel)

    def _editor(self, model: Modelling) -> tuple[Editor, Draft]:
        from assistant.writers import summarised

        audience = self.audience
        setting = summarised.beyond(audience, self.language, self.desk.today)
        draft = summarised.public_draft(self._told, audience, setting, lambda *said: self._reworded(*said) is not None)
        return model.editor(self.desk, setting, self._phrases), draft

    def _reworded(self, place: int, text: str) -> Audited | None:
        return privacy.reworded(text, self._told[place], self.rewriter, self.guard)
