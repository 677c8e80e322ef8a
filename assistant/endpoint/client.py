"""One request to a chat service and its whole answer. Nothing is retried unseen, and nothing waits without an end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assistant.endpoint import answer
from assistant.endpoint.address import key_of
from assistant.endpoint.answer import Reply
from assistant.endpoint.connection import connect
from assistant.endpoint.faults import Fault, Kind, fault, of_answer
from assistant.ledger import Ledger, Tokens
from assistant.records import Endpoint, Outgoing

if TYPE_CHECKING:
    import openai

_RETRIED: tuple[Kind, ...] = ("rate", "quota", "busy", "cut")
_TRIES = 3
_LONGEST_WAIT = 20.0
_MOST_BYTES = 2_000_000


class Patience(Struct, frozen=True):
    """Seconds: to be connected, between two pieces of an answer, and for all of it."""

    connect: float = 10.0
    silence: float = 180.0
    whole: float = 600.0


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
        import httpx2
        import openai

        entry = self._ledger.record(outgoing) if self._ledger else None  # what can't be written down is not sent
        try:
            with self._open(key) as client:
                head, text = self._exchange(client, outgoing)
        except openai.APIStatusError as error:
            raise of_answer(self.endpoint, error.status_code, error.response.headers, _text(error.response)) from None
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise fault("timeout", self.endpoint) from None
        except openai.APIConnectionError as error:
            raise fault(_unconnected(error), self.endpoint) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, OSError):
            raise fault("cut", self.endpoint) from None
        reply = answer.read(self.endpoint, head, text)
        if self._ledger and entry and reply.prompt_tokens:
            self._ledger.answered(entry, Tokens(reply.prompt_tokens, reply.completion_tokens or 0))
        return reply

    def _open(self, key: str) -> openai.OpenAI:
        return connect(self.endpoint, key, self._patience.silence, self._patience.connect)

    def _exchange(self, client: openai.OpenAI, outgoing: Outgoing) -> tuple[dict[str, str], str]:
        """The headers and the text of an answer, read to its end."""
        import httpx2

        headers = {"Content-Type": "application/json", "X-Stainless-Raw-Response": "stream"}  # read piece by piece
        response = client.post(
            "/chat/completions", cast_to=httpx2.Response, content=outgoing.body, options={"headers": headers}
        )
        with contextlib.closing(response):
            pieces = b"".join(self._pieces(response.iter_bytes()))
            return dict(response.headers), pieces.decode("utf-8", errors="replace")

    def _pieces(self, stream: Iterator[bytes]) -> Iterator[bytes]:
        end = time.monotonic() + self._patience.whole
        size = 0
        for piece in stream:
            size += len(piece)
            if time.monotonic() > end:
                raise fault("timeout", self.endpoint)
            if size > _MOST_BYTES:
                raise fault("endless", self.endpoint)
            self._progress(size)
            yield piece
            if piece.rstrip().endswith(b"data: [DONE]"):
                return  # some servers keep the line open after it


def _text(response: Any) -> str:
    try:
        return str(response.text)
    except (RuntimeError, ValueError, LookupError):  # the body of an error that could not be read
        return ""


def _unconnected(error: BaseException) -> Kind:
    """Why there was no connection, by what lies underneath."""
    import ssl

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError) or "CERTIFICATE" in str(cause).upper():
            return "certificate"
        if "disconnected" in str(cause) or isinstance(cause, ConnectionResetError):
            return "cut"
        if "proxy" in type(cause).__name__.casefold():
            return "proxy"
        cause = cause.__cause__ or cause.__context__
    return "unreachable"
