"""Choosing a question for an item of an agenda: one that fits the session and its evidence and was never asked."""

from __future__ import annotations

import zlib

from msgspec import Struct

from assistant import prompts
from assistant.briefing import Brief
from assistant.craft import BankQuestion
from assistant.notes import gist
from assistant.notes.people import Roster
from assistant.phrases import QuestionPhrases
from assistant.writers.framing import Frames
from assistant.writers.shelf import Shelf, kinds

# From which categories an item of a kind takes its question, best first.
CATEGORIES = {
    "contract": ("contract-safety", "review"),
    "rhythm": ("contract-safety", "commitment-obstacle"),
    "scope": ("scope-ask",),
    "close-the-loop": ("commitment-obstacle",),
    "thread": (
        "decision-in-progress",
        "assumption-floor",
        "observation-feedback",
        "work-attitude",
        "customer-view",
        "generations-inclusion",
        "networking-visibility",
    ),
    "interest": ("trend-technology", "customer-view", "networking-visibility", "scope-ask", "assumption-floor"),
    "message-check": ("message-check", "assumption-floor"),
    "give-back": ("reciprocity",),
    "small-but-important": ("small-but-important",),
    "review": ("review", "commitment-obstacle"),
    "closing": ("closing-handover", "review"),
}
# A question that opens a session is not one that looks back on it.
_PHASES = {"contract": ("contract", "listen"), "review": ("review", "action"), "closing": ("review", "action")}
_SUBJECTS = ("thread", "interest", "message-check")
_LEAST = 0.3  # a quotation that says less by itself is not used


class Asked(Struct, frozen=True):
    """A chosen question with the deeper one that follows it."""

    text: str
    extra: str


class Chooser:
    """Gives out questions for one draft, never two alike. The choice depends on pair, session and item alone."""

    def __init__(self, brief: Brief, phrases: QuestionPhrases | None = None) -> None:
        self._brief = brief
        self._language = brief.language
        stage, state = brief.calendar.stage, brief.calendar.momentum.state
        deepest = 1 if stage == "first" else 2 if stage == "early" or state in ("slipping", "stalled") else 3
        self._shelf = Shelf(brief, deepest)
        self._mentee = [name for name, who in Roster(brief.pair).spellings.items() if who == "mentee"]
        phrases = phrases or prompts.question_phrases(brief.language)
        self._frames = Frames(phrases, brief.today, brief.calendar.number)

    def choose(self, need: str, evidence: str = "none", quote: str = "", salt: str = "", shown: bool = False) -> Asked:
        """A question for an item; with `quote` one that is tied to those words, which it repeats unless `shown`."""
        fitting = [q for q in self._brief.bank if self._serves(q, need)]
        lead, told = self._quotation(evidence, quote)
        # what says little is not worth repeating, but where it stands above the question this is tied to it all the same
        words = told.text if shown or told.weight >= _LEAST else ""
        wanted = kinds(evidence, told.form == "asks")
        tied = [q for q in fitting if words and q.evidence in wanted and self._shelf.speaks(q, words)]
        free = [q for q in fitting if q.evidence != "cancelled"] or fitting
        groups = [(tied, True, shown), (free, False, shown)]
        if need in _SUBJECTS:  # about its subject, and such that no two pairs of a programme ask the same
            groups = [(self._own(tied, True), True, shown), (self._own(tied, False), True, False)]
            groups += [(self._own(free, True), False, shown), (self._own(free, False), False, shown)]
        for group, grounded, silent in groups:
            for question in self._in_turn(group, need + salt):
                if not self._shelf.heard(question, grounded):
                    return self._taken(question, grounded, lead, "" if silent else words)
        return Asked("", "")

    def _own(self, questions: list[BankQuestion], mine: bool) -> list[BankQuestion]:
        """Those that fall, or don't fall, to this pair where the bank is dealt out over the pairs of its programme."""
        seat, seats = self._brief.seat
        return [q for q in questions if (zlib.crc32(q.id.encode()) % seats == seat) is mine]

    def _taken(self, question: BankQuestion, grounded: bool, lead: str, words: str) -> Asked:
        wording = question.wording(self._language)
        follow_ups = self._shelf.take(question, grounded)
        tied = wording.grounded if grounded else None
        text = (self._frames.undated(lead, words, tied) if words else tied) if tied else wording.text
        return Asked(text, next(iter(follow_ups), ""))

    def _quotation(self, evidence: str, quote: str) -> tuple[str, gist.Gist]:
        """What goes before the telling words of a note, and those words; none where there is no evidence."""
        if not quote or evidence == "none":
            return "", gist.Gist("", "whole", 0.0)
        if evidence == "interest":
            return "interest", gist.Gist(gist.of_text(quote).text, "whole", 1.0)
        if evidence == "thread":
            told = gist.of_thread(quote)
        else:
            told = gist.of_belief(quote, self._mentee) if evidence == "belief" else gist.of_text(quote)
        lead = evidence if evidence != "belief" else told.form if told.form in ("said", "that") else "told"
        return lead, told

    def _serves(self, question: BankQuestion, need: str) -> bool:
        """Does it fit now, in category and phase? About a rhythm that is lost only what is about that."""
        lost = need == "rhythm"
        if question.category not in CATEGORIES[need] or (lost and question.evidence != "cancelled"):
            return False
        return question.phase in _PHASES.get(need, (question.phase,)) and self._shelf.fits(question, lost)

    def _in_turn(self, questions: list[BankQuestion], salt: str) -> list[BankQuestion]:
        return sorted(questions, key=lambda q: self._shelf.chance(salt, q.id))


def clause(quote: str) -> str:
    """The words of a quotation for a line of text: its telling part, no mark at the end but a question's."""
    return gist.of_thread(quote).text
