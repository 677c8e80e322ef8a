"""What may stand in a mail between the two: a secretary opens it, and it lies about in an inbox.

A line is of level pair or more open, touches no matter that is nobody's business there (health, pay, somebody's
leaving), and shares nothing with a closed line.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.privacy import identify, personal, sayings, secrecy, sharing, wording
from assistant.privacy.audit import Guard
from assistant.privacy.rewrite import Rewriter, Unsayable
from assistant.records import Audited, Level, Mailable

# What is not for a mail in whatever sentence it stands.
_NEVER = frozenset(("contact", "amount", "age"))
# A kind of words that stops a sentence for others and yet no promise: work is about customers and prices.
_WORK = frozenset(("business",))
_SHORTEST, _LONGEST = 6, 25  # words of a sentence that is quoted for itself
_QUOTING = '"“„«‘'
_GIVES_AWAY = frozenset(("kind moods", "kind opinions"))
_RISK = 0.75  # more than for readers beyond the pair: the one that it is written to was there


class Office:
    """The gate of a pair's mails. Raises Unsayable with the kind of reason, which holds no text."""

    def __init__(self, guard: Guard, rewriter: Rewriter) -> None:
        self._guard, self._rewriter = guard, rewriter

    def promise(self, text: str, level: Level) -> Mailable:
        """What one of the two took on, as it stands in the note."""
        kind = self._objection(text, level)
        if kind is not None and kind not in _WORK:
            raise Unsayable(kind)
        if self._personal(text):
            raise Unsayable("personal")
        return self._audited(text)

    def deed(self, text: str, level: Level) -> Mailable:
        """A promise of which it is told that it was kept: one that gives nobody's mood or opinion away."""
        masked = self._masked(text)
        if secrecy.risk(masked) >= secrecy.RISK or self._gives_away(masked):
            raise Unsayable("secret")
        return self.promise(text, level)

    def on_paper(self, text: str, level: Level) -> bool:
        """May a page quote it that the mentor hands to the mentee, and that lies on a desk?"""
        try:
            self.promise(text, level)
        except Unsayable:
            return False
        return not self._gives_away(self._masked(text))

    def sentence(self, text: str, level: Level) -> Mailable:
        """A sentence that is quoted for itself: in general words, naming nobody, giving nobody's mood away."""
        if not _SHORTEST <= len(text.split()) <= _LONGEST or "?" in text or any(mark in text for mark in _QUOTING):
            raise Unsayable("fragment")
        if kind := self._objection(text, level):
            raise Unsayable(kind)
        if self._named(text):
            raise Unsayable("person")
        most = _RISK if level is Level.PAIR else 1.0  # what the pair marked to be told was judged by the two
        if secrecy.risk(text) >= most or self._gives_away(text):
            raise Unsayable("secret")
        return self._audited(text)

    def topic(self, text: str) -> Mailable:
        """A few words that say what a conversation was about, out of the pair's own list of subjects."""
        if (kind := self._objection(text, Level.PAIR)) or self._named(text):
            raise Unsayable(kind or "person")
        return self._audited(text)

    def boundary(self, text: str) -> Mailable:
        """What the two agreed to leave alone: any matter, as long as it names nobody and no closed line is in it."""
        if self._named(text):
            raise Unsayable("person")
        return self._audited(text)

    def whole(self, text: str, own: Sequence[str], lines: Sequence[Mailable]) -> Audited | None:
        """The whole mail, None where the audit finds anything but in prep's own sentences."""
        return sharing.whole(text, self._guard, own, lines)

    def _masked(self, text: str) -> str:
        return identify.replaced(text, self._rewriter.spans(text), lambda s: "X" if s.kind == "person" else None)

    @staticmethod
    def _gives_away(text: str) -> bool:
        """Does it tell somebody's mood or opinion?"""
        return not _GIVES_AWAY.isdisjoint(secrecy.features(text))

    def _named(self, text: str) -> bool:
        return any(span.kind not in identify.HARMLESS for span in self._rewriter.spans(text))

    def _objection(self, text: str, level: Level) -> str | None:
        """The kind of reason why a line is not for a mail, None where there is none."""
        if level.closes:
            return "closed"
        if wording.is_disguised(text):
            return "disguised"
        spans = self._rewriter.spans(text)
        strangers = [s for s in spans if s.who is None or s.who.pair != self._rewriter.slug]
        if found := [s.kind for s in strangers if s.kind in _NEVER]:
            return found[0]
        masked = identify.replaced(text, spans, lambda s: "X" if s.kind == "person" else None)
        kind = secrecy.ruled_out(sayings.without_harmless(masked))
        if kind is not None and kind not in _WORK:
            return kind
        return sayings.matter(masked) or kind

    def _personal(self, text: str) -> bool:
        """Is a promise more likely about a person than about the work?"""
        spans, slug = self._rewriter.spans(text), self._rewriter.slug
        of_pair = identify.replaced(text, spans, lambda s: "X" if s.who and s.who.pair == slug else None)
        return personal.risk(of_pair) >= personal.RISK

    def _audited(self, text: str) -> Mailable:
        if found := self._guard.judge(text):
            raise Unsayable(found[0].kind)
        return Mailable(text)
