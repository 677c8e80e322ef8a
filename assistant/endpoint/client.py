"""A chat service: one request, its answer, and what is tried again. Nothing is retried unseen."""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant.endpoint import answer
from assistant.endpoint.address import key_of
from assistant.endpoint.answer import Reply
from assistant.endpoint.exchange import Patience, exchange
from assistant.endpoint.faults import Fault, Kind
from assistant.ledger import Ledger, Tokens
from assistant.records import Endpoint, Outgoing

_RETRIED: tuple[Kind, ...] = ("rate", "quota", "busy", "cut")
_TRIES = 3
_LONGEST_WAIT = 20.0


_USUAL = Patience()


class Client:
    """Sends what the gate let through. `say` gets what people should know, `progress` the bytes that came in so far."""

    def __init__(
        self,
        endpoint: Endpoint,
        say: Callable[[str], None],
        progress: Callable[[int], None] = lambda _: None,
        ledger: Ledger | None = None,
        patience: Patience = _USUAL,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.endpoint = endpoint
        self._say, self._progress, self._patience, self._sleep = say, progress, patience, sleep
        self._ledger = ledger

    def chat(self, outgoing: Outgoing) -> Reply:
        """The answer to a request; raises Fault, and Unusable or Refused where the key is missing or may not go."""
        key = key_of(self.endpoint, "model")
        for left in reversed(range(_TRIES)):
            try:
                return self._once(outgoing, key)
            except Fault as failed:
                wait = self._wait(failed, _TRIES - left)
                if not left or wait is None:
                    raise
                self._say(f"{str(failed).split(';')[0]}; trying again in {wait:.0f} s")
                self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _wait(self, failed: Fault, tried: int) -> float | None:
        """Seconds to wait before the next try, None where another try is no use."""
        if failed.kind not in _RETRIED or (failed.kind == "quota" and failed.wait is None):
            return None
        wait = failed.wait if failed.wait is not None else 2.0**tried
        return wait if wait <= _LONGEST_WAIT else None

    def _once(self, outgoing: Outgoing, key: str) -> Reply:
        entry = self._ledger.record(outgoing) if self._ledger else None  # what can't be written down is not sent
        head, text = exchange(self.endpoint, key, "/chat/completions", outgoing, self._patience, self._progress)
        reply = answer.read(self.endpoint, head, text)
        if self._ledger and entry and reply.prompt_tokens:
            self._ledger.answered(entry, Tokens(reply.prompt_tokens, reply.completion_tokens or 0))
        return reply
