"""Choosing a question for an item: one that fits the session and its evidence and was never asked before."""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

from assistant.briefing import Brief
from assistant.craft import BankQuestion
from assistant.words import fold, jaccard, stems

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
        "small-but-important",
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
_TOO_ALIKE = 0.5
LONGEST_CLAUSE = 110


class Asked(Struct, frozen=True):
    """A chosen question with the deeper one that follows it."""

    text: str
    extra: str


class Chooser:
    """Gives out questions for one draft, never two alike. The choice depends on pair, session and item alone."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._used = [stems(text) for text in brief.asked]
        self._asked = [fold(text).strip(" ?\"'“”") for text in brief.asked if len(text.split()) > 3]
        self._ids: set[str] = set()
        stage = brief.calendar.stage
        state = brief.calendar.momentum.state
        self._deepest = 1 if stage == "first" else 2 if stage == "early" or state in ("slipping", "stalled") else 3
        few = brief.calendar.number < 3
        self._avoid = {state, *(["first-session"] if stage == "first" else []), *(["few-notes"] if few else [])}

    def choose(self, need: str, evidence: str = "none", quote: str = "", salt: str = "") -> Asked:
        """A question for an item; with `quote` one that is tied to those words of the note."""
        fitting = [q for q in self._brief.bank if _serves(q, need) and self._fits(q, need)]
        tied = [q for q in fitting if quote and q.evidence == evidence and q.wording(self._brief.language).grounded]
        loose = ("none", evidence) if evidence != "belief" else ("none", "belief", "interest")
        free = [q for q in fitting if q.evidence in loose] or fitting
        for group, words in ((tied, statement(quote)), (free, "")):
            for question in self._in_turn(group, need + salt):
                if asked := self._take(question, words):
                    return asked
        return self._last_resort(need, salt)

    def _fits(self, question: BankQuestion, need: str) -> bool:
        stage = self._brief.calendar.stage
        avoid = self._avoid - {"slipping", "stalled"} if need == "rhythm" else self._avoid
        return (
            question.asker in ("mentor", "both")
            and (stage in question.stage or need == "rhythm")
            and question.depth <= self._deepest
            and not avoid.intersection(question.avoid_if)
            and question.id not in self._ids
        )

    def _in_turn(self, questions: list[BankQuestion], salt: str) -> list[BankQuestion]:
        key = f"{self._brief.pair.slug}/{self._brief.calendar.number}/{salt}"
        return sorted(questions, key=lambda q: hashlib.blake2b(f"{key}/{q.id}".encode(), digest_size=8).digest())

    def _take(self, question: BankQuestion, quote: str) -> Asked | None:
        wording = question.wording(self._brief.language)
        plain = wording.text
        text = wording.grounded.replace("{quote}", quote) if quote and wording.grounded else plain
        bare = (wording.grounded or plain).replace("{quote}", "")  # asked before, perhaps with other words quoted
        forms = [stems(plain), stems(text), stems(bare)]
        asked_in_it = any(asked in fold(text) for asked in self._asked)
        if asked_in_it or any(_alike(form, used) for form in forms for used in self._used):
            return None
        extra = next((f for f in wording.follow_ups if not any(_alike(stems(f), used) for used in self._used)), "")
        self._ids.add(question.id)
        self._used += [*forms, stems(extra)]
        return Asked(text, extra)

    def _last_resort(self, need: str, salt: str) -> Asked:
        """Where all that fits was asked before: any question of the kind, for the mentor to vary."""
        pool = [q for q in self._brief.bank if _serves(q, need) and q.id not in self._ids]
        for question in self._in_turn(pool, salt):
            if asked := self._take(question, ""):
                return asked
        return Asked("", "")


def _alike(form: frozenset[str], used: frozenset[str]) -> bool:
    """Do two questions ask the same: half of their words shared, or nearly all words of the one that was asked?"""
    shared = len(form & used)
    return jaccard(form, used) > _TOO_ALIKE or (shared >= 3 and shared >= 0.8 * len(used)) if form and used else False


def _serves(question: BankQuestion, need: str) -> bool:
    """Is it of a category and a phase for that need? About a rhythm that is lost only what is about that."""
    if question.category not in CATEGORIES[need] or (need == "rhythm" and question.evidence != "cancelled"):
        return False
    return question.phase in _PHASES.get(need, (question.phase,))


def statement(quote: str) -> str:
    """The words of a quotation that a question can hold: a clause without a question mark of its own."""
    parts = [part for part in quote.split("?") if re.search(r"\w", part)]
    return clause(max(parts, key=len)) if parts else ""


def clause(quote: str) -> str:
    """The words of a quotation for a line of text: no mark at the end but a question's, at most some 110 letters."""
    text = re.sub(r"\*\*|__|`|==|~~|(?<!\w)[*_]|[*_](?!\w)", "", " ".join(quote.split())).strip(" .;,:-–—")
    text = re.sub(r"^[A-ZÀ-Þ][\w.’'-]{0,20}:\s+(?=\S)", "", text)  # who spoke, in a transcript
    text = text.replace("“", "‘").replace("”", "’").replace('"', "'")
    if len(text) <= LONGEST_CLAUSE:
        return text
    cut = max((m.start() for m in re.finditer(r"[,;:.?!]\s| [-–—] ", text[:LONGEST_CLAUSE])), default=0)
    if cut < 30:
        cut = text.rfind(" ", 0, LONGEST_CLAUSE)
    return text[:cut].rstrip(" ,;:.-–—") + "…"
