"""From a desk to the summary of a session, for the pair or for its author; `sharing` makes those for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from assistant import prompts
from assistant.desk import Desk
from assistant.drafts import Summary
from assistant.notes import process
from assistant.phrases import SummaryPhrases
from assistant.records import Audience, Note, Outgoing
from assistant.writers import recap

if TYPE_CHECKING:  # imported where they are called for
    from assistant.modelling import Modelling
    from assistant.privacy.unattributed import Unattributed
    from assistant.writers.modelled import Draft, Editor


def recapped(desk: Desk, session: Note, audience: Audience, language: str, model: Modelling | None = None) -> Summary:
    """The summary of a session for the pair, or for its author; that of a panel is never a model's."""
    unattributed, phrases = desk.unattributed(language), summary_phrases(desk, language)
    material = _material(desk, session, audience, language, unattributed)
    written = recap.write(material, phrases)
    if unattributed:  # no model: the notes around a sentence would tell it who of the panel said it
        sources = {key: unattributed.source(source) for key, source in written.sources.items()}
        return _summary(desk, material, msgspec.structs.replace(written, sources=sources), ())
    if model is None:
        return _summary(desk, material, written, ())
    from assistant.writers import summarised

    editor, draft = _editor(desk, material, written, model)
    found = editor.edit(draft, model.ladder, model.say)
    anew = recap.write(material, phrases, summarised.recapped(written, found))
    summary = _summary(desk, material, anew, (found.warning,) if found.warning else ())
    return msgspec.structs.replace(summary, writer="model") if found.pieces else summary


def recap_request(desk: Desk, session: Note, audience: Audience, language: str, model: Modelling) -> Outgoing | None:
    """What `recapped` would send to the model first, None where there is nothing to send."""
    if desk.pair.is_panel:
        return None
    material = _material(desk, session, audience, language, None)
    written = recap.write(material, summary_phrases(desk, language))
    return model.first_request(*_editor(desk, material, written, model))


def summary_phrases(desk: Desk, language: str) -> SummaryPhrases:
    """The fixed sentences of summaries, the programme's own where it has some."""
    return prompts.summary_phrases(language, desk.folder.root / "prompts", desk.pair.is_panel)


def _material(
    desk: Desk, session: Note, audience: Audience, language: str, unattributed: Unattributed | None
) -> recap.Material:
    """What the recap is written from; of a panel without who said it."""
    told = [r for r in desk.readable(audience) if r.note.path in desk.notes_of(session)]
    if unattributed:
        told = [unattributed.reading(r) for r in told]
    return recap.Material(
        audience,
        desk.pair,
        language,
        desk.facts(session),
        desk.themes(session, language),
        desk.of_session(told, session),
        tuple(told),
        process.kept(desk.held(), session, desk.story(audience)),
    )


def _editor(desk: Desk, material: recap.Material, written: recap.Written, model: Modelling) -> tuple[Editor, Draft]:
    from assistant.writers import summarised
    from assistant.writers.modelled import Setting

    pair, audience, language = desk.pair, material.audience, material.language
    setting = Setting(pair.mentor, pair.mentee, audience, language, desk.today, desk.story(audience))
    editor = model.editor(desk, setting, summary_phrases(desk, language))
    return editor, summarised.recap_draft(written, material.reading.lines, setting)


def _summary(desk: Desk, material: recap.Material, written: recap.Written, warnings: tuple[str, ...]) -> Summary:
    return Summary(
        pair=desk.pair.slug,
        date=str(material.facts.date),
        language=material.language,
        audience=material.audience,
        statements=written.statements,
        text=written.text,
        sources=written.sources,
        warnings=(*warnings, *desk.warnings),
    )
