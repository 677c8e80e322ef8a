"""What prep makes of a pair on the desk: search, then drafts. The second of the two orders of the stages."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from assistant import briefing, cache, craft, evidence, panels, prompts
from assistant.desk import Desk
from assistant.drafts import Agenda, MenteePage, Questions
from assistant.notebook import page
from assistant.notes import house
from assistant.phrases import AgendaPhrases, AskPhrases, MenteePhrases, QuestionPhrases
from assistant.programme.folder import Folder
from assistant.records import Audience, Outgoing, Source
from assistant.retrieval.meanings import open_meanings
from assistant.writers import afterwards, offline

if TYPE_CHECKING:  # imported where they are called for
    from assistant.modelling import Modelling
    from assistant.writers.modelled import Draft, Editor, Setting

_TOLD = 8  # passages that are looked through for what was said on a topic


def agenda(
    desk: Desk, audience: Audience, language: str, minutes: int | None, name: str, model: Modelling | None = None
) -> Agenda:
    """The agenda of the next session; `name` is the file name under which its draft is kept."""
    brief, plain = plain_agenda(desk, audience, language, minutes, name)
    if model is None:
        return _of_panel(desk, plain)
    from assistant.writers import edited

    editor, draft = _agenda_editor(desk, brief, plain, model)
    return _of_panel(desk, edited.agenda(plain, editor.edit(draft, model.ladder, model.say)))


def _of_panel(desk: Desk, plain: Agenda) -> Agenda:
    """The agenda of a panel: it tells of nobody what they said, and each mentor has a turn. A pair's stays as it is."""
    unattributed = desk.unattributed(plain.language)
    if unattributed is None:
        return plain
    from assistant.writers import turns

    told = unattributed.draft(plain)
    return turns.given(told, desk.pair, desk.lately(), prompts.panel_phrases(plain.language))


def agenda_request(
    desk: Desk, audience: Audience, language: str, minutes: int | None, name: str, model: Modelling
) -> Outgoing | None:
    """What `agenda` would send to the model first, None where there is nothing to send."""
    editor, draft = _agenda_editor(desk, *plain_agenda(desk, audience, language, minutes, name), model)
    return model.first_request(editor, draft)


def plain_agenda(
    desk: Desk, audience: Audience, language: str, minutes: int | None, name: str
) -> tuple[briefing.Brief, Agenda]:
    """The agenda by the built-in writer, and what it is written from."""
    brief = _brief(desk, audience, language, minutes, name)
    said = phrases(desk, language)
    drafted = offline.agenda(brief, said, ask_phrases(desk.folder, language, desk.pair.is_panel))
    told = drafted if minutes else afterwards.rescued(drafted)
    return brief, afterwards.shown_back(told, brief.story, desk.pair, said)


def _agenda_editor(desk: Desk, brief: briefing.Brief, plain: Agenda, model: Modelling) -> tuple[Editor, Draft]:
    from assistant.writers import edited

    said = phrases(desk, brief.language)
    names = panels.called(desk.pair, brief.language)
    leads = {side: text.format(**names) for side, text in said.leads.items()}
    told = edited.occasion(plain, said, desk.today)
    return model.editor(desk, _setting(desk, brief), said), edited.agenda_draft(plain, leads, told)


def _setting(desk: Desk, brief: briefing.Brief) -> Setting:
    from assistant.writers.modelled import Setting

    pair = desk.pair
    called = panels.side(pair, brief.language) if pair.is_panel else ""
    told = brief.audience, brief.language, brief.today, brief.story, brief.asked
    return Setting(pair.mentor, pair.mentee, *told, fellows=pair.fellows, called=called)


def for_mentee(desk: Desk, language: str, minutes: int | None, name: str) -> MenteePage:
    """What the mentee reads before the session: on paper, so no more than may stand in a mail."""
    from assistant.privacy.office import Office  # it brings all of the audit
    from assistant.writers import mentee

    calendar = desk.calendar
    adrift = afterwards.is_adrift(calendar.momentum, calendar.stage, calendar.next_planned)
    short = afterwards.RESCUE if adrift else None
    brief = _brief(desk, Audience.PAIR, language, minutes or short, name)
    office = Office(desk.office_guard(), desk.rewriter(Audience.PROGRAMME))
    asks = ask_phrases(desk.folder, language, desk.pair.is_panel)
    page = mentee.page(brief, mentee_phrases(desk, language), asks, office.on_paper)
    unattributed = desk.unattributed(language)
    return unattributed.draft(page) if unattributed else page


class Asking(Struct, frozen=True):
    """What questions are asked for: how many, on which topic, whether hard ones too, and each a level deeper."""

    number: int
    topic: str | None = None
    deep: bool = False
    extra: bool = False


def questions(
    desk: Desk, audience: Audience, language: str, asking: Asking, model: Modelling | None = None
) -> Questions:
    """Questions for the next session, on a topic if there is one; with `extra` each a level deeper than its line."""
    brief, plain = _plain_questions(desk, audience, language, asking)
    unattributed = desk.unattributed(language)
    if model is not None and plain.questions:
        from assistant.writers import edited

        editor, draft = _questions_editor(desk, brief, plain, model)
        plain = edited.questions(plain, editor.edit(draft, model.ladder, model.say))
    if unattributed is None:
        return plain
    from assistant.writers import turns

    return turns.of_questions(unattributed.draft(plain), desk.pair, prompts.panel_phrases(language))


def questions_request(
    desk: Desk, audience: Audience, language: str, asking: Asking, model: Modelling
) -> Outgoing | None:
    """What `questions` would send to the model first, None where there is nothing to send."""
    editor, draft = _questions_editor(desk, *_plain_questions(desk, audience, language, asking), model)
    return model.first_request(editor, draft)


def _plain_questions(desk: Desk, audience: Audience, language: str, asking: Asking) -> tuple[briefing.Brief, Questions]:
    from assistant.notes import answers
    from assistant.writers import ideas

    readable = desk.readable(audience)
    brief = _brief(desk, audience, language, None, None)
    told: tuple[Source, ...] = ()
    if asking.topic:
        with desk.searchable() as (notes, _):
            told = briefing.told(
                asking.topic,
                readable,
                desk.today,
                lambda query: desk.cut_hits(notes.find(query, _TOLD), audience),
            )
    wanted = ideas.Wanted(asking.number, asking.topic, told, asking.deep, asking.extra)
    said = answers.answers(readable, desk.pair, desk.today)
    return brief, ideas.questions(brief, question_phrases(desk, language), said, wanted)


def _questions_editor(desk: Desk, brief: briefing.Brief, plain: Questions, model: Modelling) -> tuple[Editor, Draft]:
    from assistant.writers import edited

    said = question_phrases(desk, brief.language)
    told = edited.occasion(plain, said, desk.today)
    return model.editor(desk, _setting(desk, brief), said), edited.questions_draft(plain, said.categories, told)


def _brief(desk: Desk, audience: Audience, language: str, minutes: int | None, but: str | None) -> briefing.Brief:
    """What a writer may know; without `minutes` the pair's own, else those of the house rules, else an hour."""
    folder, pair = desk.folder, desk.pair
    laid_down = _house_of(folder)
    length = laid_down.length
    said = length.source if length else None
    if minutes or pair.minutes:  # what these two chose goes before what the house lays down
        length = None
    readable = desk.readable(audience)
    with contextlib.closing(open_meanings(folder.word_lists, folder.scratch)) as meanings:
        return briefing.brief(
            pair,
            audience,
            language,
            desk.today,
            minutes or _minutes(desk, laid_down),
            desk.calendar,
            readable,
            desk.story(audience),
            _craft(desk, language),
            evidence.remembered(readable, desk.today, meanings.of),
            tuple(rule for rule in laid_down.rules if length or rule.source != said),
            briefing.offered(folder.drafts(pair.slug), but),
            desk.warnings,
            length,
            (folder.slugs.index(pair.slug), len(folder.slugs)),
        )


def _craft(desk: Desk, language: str) -> craft.Craft:
    """The question bank and the rules; of a panel without the questions that are about two people."""
    found = craft.load(language, desk.folder.private, desk.folder.scratch)
    if not desk.pair.is_panel:
        return found
    for_two = prompts.panel_phrases(language).for_two

    def is_for_two(worded: craft.Wording) -> bool:
        said = " ".join([worded.text, worded.grounded or "", worded.why, *worded.follow_ups]).casefold()
        return any(words in said for words in for_two)

    asked = tuple(q for q in found.questions if not is_for_two(q.wording(language)))
    return msgspec.structs.replace(found, questions=asked)


def _house_of(folder: Folder) -> house.House:
    """What the programme's own guidance lays down; kept until a page of it changes."""
    files = folder.guidance()
    key = " ".join([house.VERSION, *(f"{file.path} {file.digest}" for file in files)])
    home = folder.private / "house.json"
    kept = cache.load(home, key, house.House)
    if kept is None:
        kept = house.laid_down([(file.path, page(file)) for file in files])
        cache.store(home, key, kept, folder.scratch)
    return kept


def session_minutes(desk: Desk) -> int:
    """How long a session of the pair is: by pair.toml, else by the house rules, else an hour."""
    return _minutes(desk, _house_of(desk.folder))


def _minutes(desk: Desk, laid_down: house.House) -> int:
    length = laid_down.length
    return desk.pair.minutes or (length.number if length else None) or briefing.DEFAULT_MINUTES


def phrases(desk: Desk, language: str) -> AgendaPhrases:
    """The fixed sentences of agendas, the programme's own where it has some."""
    return prompts.agenda_phrases(language, desk.folder.root / "prompts", desk.pair.is_panel)


def ask_phrases(folder: Folder, language: str, panel: bool = False) -> AskPhrases:
    """The questions that make a vague ask specific, the programme's own where it has some."""
    return prompts.ask_phrases(language, folder.root / "prompts", panel)


def mentee_phrases(desk: Desk, language: str) -> MenteePhrases:
    """The page for the mentee, the programme's own where it has one."""
    return prompts.mentee_phrases(language, desk.folder.root / "prompts", desk.pair.is_panel)


def question_phrases(desk: Desk, language: str) -> QuestionPhrases:
    """The fixed sentences of lists of questions, the programme's own where it has some."""
    return prompts.question_phrases(language, desk.folder.root / "prompts", desk.pair.is_panel)
