"""The gate: the one way by which text leaves for a model, and what it does to it.

On this machine (a loopback address) text of level confidential and more open passes as it stands. Anywhere else goes
text of level pair and more open, under pseudonyms; then the very bytes that would go out are searched again, and a
name of any roster, or a word that looks like a name, stops them. Whatever goes wrong on the way, nothing is sent.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import msgspec

from assistant.errors import Refused
from assistant.loopback import is_loopback
from assistant.privacy import fixed, identify, lexicon, spotlight, tokens
from assistant.privacy.audience import may_read
from assistant.privacy.audit import closing_on_failure
from assistant.privacy.covered import Covered, Restored
from assistant.privacy.encoded import encoded
from assistant.privacy.known import Known
from assistant.privacy.normal import flatten
from assistant.privacy.overlap import Overlap, Words
from assistant.privacy.pseudonyms import STAND_IN, Pseudonyms
from assistant.privacy.text import Text
from assistant.records import Audience, Endpoint, Level, Outgoing

SECONDS = 30.0
MOST_BYTES = 4_000_000
_LONG_NUMBER = re.compile(r"(?:\d[ .-]?){6,}")


class Gate:
    """What may go from one pair to one endpoint. `closed` is the text that its model may not read.

    Raises Refused for an endpoint to which a key would go in the clear.
    """

    def __init__(self, endpoint: Endpoint, pseudonyms: Pseudonyms, closed: Overlap | None = None) -> None:
        self.endpoint, self._pseudonyms, self._closed = endpoint, pseudonyms, closed
        self.local = is_loopback(endpoint.base_url)
        parts = urlsplit(endpoint.base_url)
        if endpoint.api_key_env and parts.scheme != "https" and not self.local:
            raise Refused(
                f"prep.toml: the key in {endpoint.api_key_env} would go to {parts.hostname} over plain http,"
                " where others can read it, so nothing is sent; write https:// in base_url"
            )
        self.host = parts.netloc
        self._to: set[Audience] = set()  # the audiences for which something was asked
        with closing_on_failure("the word lists"):
            if not self.local:
                lexicon.ready()
            self._fixed = fixed.Fixed()

    @property
    def under(self) -> str:
        """The mark of the pseudonyms under which text goes out, "" where it goes as it stands."""
        return "" if self.local else self._pseudonyms.mark

    def admits(self, level: Level, audience: Audience) -> bool:
        """May text of this level be part of a request, for this audience to this endpoint?"""
        least = Level.CONFIDENTIAL if self.local else Level.PAIR
        return level.openness >= least.openness and may_read(audience, level)

    def admit(self, text: str, level: Level, audience: Audience) -> Covered:
        """The text as it may leave; raises Refused for a level that may not."""
        if not self.admits(level, audience):
            raise Refused(
                f"text of level {level.value} may not go to {self.host} for the audience {audience.value},"
                " so nothing is sent; please report it"
            )
        if self.local:
            return Covered(text)
        with closing_on_failure("the pseudonyms"):
            return self._pseudonyms.cover(text)

    def seal(self, payload: Mapping[str, object], task: str, audience: Audience) -> Outgoing:
        """A request as the bytes that go out: all of it covered that is not yet, and searched; raises Refused."""
        with closing_on_failure("the closed text"):
            self._shut(payload)
        with closing_on_failure("the request"):
            request: object = payload if self.local else self._covered(payload)
            body = _bytes(request)
        if len(body) > MOST_BYTES:
            raise Refused(f"a request of over {MOST_BYTES} bytes is too long to be checked, so nothing is sent")
        if not self.local:
            self._search(body)
        self._to.add(audience)
        return Outgoing(body, self.host, self.endpoint.name, task, audience.value)

    def out(self, body: bytes, task: str, audience: str) -> Outgoing:
        """As `seal`, for a request that is written as JSON already."""
        with closing_on_failure("the request"):
            payload = msgspec.json.decode(body, type=dict[str, object])
            to = Audience(audience)
        return self.seal(payload, task, to)

    def restored(self, answer: str) -> Restored:
        """An answer with the names back in, and what is strange about it; for readers beyond the pair none come back."""
        beyond = not all(may_read(audience, Level.PAIR) for audience in self._to)
        return Restored(answer) if self.local or beyond else self._pseudonyms.restored(answer)

    def back(self, answer: str) -> str:
        """An answer with the names back in; a token that stays takes along what holds it."""
        return self.restored(answer).text

    # -- closed text stays, names go --

    def _shut(self, payload: object) -> None:
        """Raise Refused at a run of words that stands in closed text alone; what prep itself says is nobody's."""
        for text, _ in _strings(payload, self.endpoint.name) if self._closed else ():
            words = Words(flatten(spotlight.unmarked(text))).words
            for shared in self._closed.runs(words) if self._closed else ():
                if not self._fixed.says(words[shared.first : shared.last + 1]):
                    raise Refused(
                        f"the request to {self.host} was stopped, because text of level {shared.level.value} that this"
                        " model may not read stands in it; nothing was sent"
                    )

    def _covered(self, value: object, key: str = "") -> object:
        """A request with tokens in its texts; its keys, its schema and its model stay."""
        if isinstance(value, str):
            own = key == "model" and value == self.endpoint.name
            return value if own else self._pseudonyms.cover_rest(value, self._spare)
        if isinstance(value, list):
            return [self._covered(entry) for entry in value]
        if isinstance(value, dict):
            return {n: entry if n in _CONSTANT else self._covered(entry, n) for n, entry in value.items()}
        return value

    def _spare(self, text: str) -> Callable[[int, int, bool], bool]:
        """What of a text are words of prep's own."""
        words = Text(flatten(text))

        def spared(start: int, end: int, known: bool) -> bool:
            return self._is_fixed(words, words.flat.forth(start), words.flat.forth(end), known)

        return spared

    # -- the very bytes --

    def _search(self, body: bytes) -> None:
        deadline = time.monotonic() + SECONDS
        with closing_on_failure("the bytes that go out"):
            read = msgspec.json.decode(body)
            if _bytes(read) != body:
                raise Refused("the request reads otherwise than it was written, so nothing is sent; please report it")
            said = [(spotlight.unmarked(t), prose) for t, prose in _strings(read, self.endpoint.name)]
        for text, prose in said:
            for stage in (self._named, self._nameless) if prose else (self._named,):
                with closing_on_failure(stage.__name__.strip("_")):
                    stage(text)
            if time.monotonic() > deadline:
                raise Refused("the check of the request took too long, so nothing is sent")

    def _named(self, text: str) -> None:
        """Raise Refused at somebody of a roster, however written."""
        words = _words(text)
        for found in self._pseudonyms.known.find(words):
            if not self._fixed.holds(words, found.first, found.last, strict=True):
                raise self._refused("somebody of a roster is named in it")

    def _nameless(self, text: str) -> None:
        """Raise Refused at what looks like a name, a contact detail, a number that identifies, or hides its letters."""
        bare = tokens.TOKEN.sub(STAND_IN, text)
        words = Text(flatten(bare))
        suspect = [(span.start, span.end) for span in identify.spans(bare, _NOBODY) if _tells(bare, span)]
        for start, end in (*suspect, *self._pseudonyms.learned.find(bare), *encoded(bare)):
            if not self._is_fixed(words, words.flat.forth(start), words.flat.forth(end), False):
                raise self._refused("something in it looks like a name, a contact detail or a number that identifies")

    def _is_fixed(self, words: Text, start: int, end: int, known: bool) -> bool:
        """Are the words of a stretch prep's own: allowed, or beside the same words in a built-in text?"""
        here = [i for i, m in enumerate(words.matches) if m.start() < end and m.end() > start]
        if not here:
            return False
        if not known and all(fixed.allowed(words.folded[i]) or words.folded[i] == STAND_IN for i in here):
            return True
        return self._fixed.holds(words, here[0], here[-1], strict=known)

    def _refused(self, why: str) -> Refused:
        return Refused(
            f"the request to {self.host} was stopped, because {why}; nothing was sent."
            " Put people into pair.toml under [[people]], and keep names out of prompts/"
        )


_NOBODY = Known([])
_CONSTANT = ("response_format",)  # a schema: searched, but never changed


def _tells(text: str, span: identify.Span) -> bool:
    if span.kind == "number":
        return _LONG_NUMBER.search(text[span.start : span.end]) is not None
    return span.kind in ("unknown-name", "organisation", "contact", "link")


def _bytes(request: object) -> bytes:
    """A request as it goes over the wire: JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(request), indent=1)


def _words(text: str) -> Text:
    return Text(flatten(tokens.TOKEN.sub(STAND_IN, text)))


def _strings(value: object, model: str, key: str = "", prose: bool = True) -> Iterator[tuple[str, bool]]:
    """All texts of a request, keys too, and whether each is prose: names in a schema are not."""
    if isinstance(value, str):
        if not (key == "model" and value == model):
            yield value, prose or " " in value
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry, model, "", prose)
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield name, False
            yield from _strings(entry, model, name, prose and name not in _CONSTANT)
