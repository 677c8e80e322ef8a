"""One request to a service and its whole answer as text, or a fault by its cause. Nothing waits without an end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assistant.endpoint.connection import connect
from assistant.endpoint.faults import Kind, fault, of_answer
from assistant.records import Endpoint, Outgoing

if TYPE_CHECKING:
    from openai._types import RequestOptions


class Patience(Struct, frozen=True):
    """Seconds: to be connected, between two pieces of an answer, and for all of it; and the most bytes of one."""

    connect: float = 10.0
    silence: float = 180.0
    whole: float = 600.0
    most: int = 2_000_000


def exchange(
    endpoint: Endpoint,
    key: str,
    path: str,
    outgoing: Outgoing | None,
    patience: Patience,
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[dict[str, str], str]:
    """The headers and the text of an answer, read to its end; raises Fault. With nothing outgoing it is a GET.

    `progress` hears of the bytes so far.
    """
    import httpx2
    import openai

    options: RequestOptions = {"headers": {"X-Stainless-Raw-Response": "stream"}}  # read piece by piece
    try:
        with connect(endpoint, key, patience.silence, patience.connect) as client:
            if outgoing is None:
                response = client.get(path, cast_to=httpx2.Response, options=options)
            else:
                options["headers"] = {"Content-Type": "application/json", "X-Stainless-Raw-Response": "stream"}
                response = client.post(path, cast_to=httpx2.Response, content=outgoing.body, options=options)
            with contextlib.closing(response):
                pieces = b"".join(_pieces(endpoint, response.iter_bytes(), patience, progress))
                return dict(response.headers), pieces.decode("utf-8", errors="replace")
    except openai.APIStatusError as error:
        raise of_answer(endpoint, error.status_code, error.response.headers, _text(error.response)) from None
    except (openai.APITimeoutError, httpx2.TimeoutException):
        raise fault("timeout", endpoint) from None
    except openai.APIConnectionError as error:
        raise fault(_unconnected(error), endpoint) from None
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, OSError):
        raise fault("cut", endpoint) from None


def _pieces(
    endpoint: Endpoint, stream: Iterator[bytes], patience: Patience, progress: Callable[[int], None]
) -> Iterator[bytes]:
    end = time.monotonic() + patience.whole
    size = 0
    for piece in stream:
        size += len(piece)
        if time.monotonic() > end:
            raise fault("timeout", endpoint)
        if size > patience.most:
            raise fault("endless", endpoint)
        progress(size)
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
