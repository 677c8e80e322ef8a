"""A stand-in for a chat service: gives what it is told to, and keeps what it was sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

Answer = Callable[[dict[str, Any]], Response]


class ModelServer:
    """A chat service that answers by a function of the request. `bodies` are the bytes that came in."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("/v1")
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answer = lambda _: said("")
        server.expect_request("/v1/chat/completions", method="POST").respond_with_handler(self._handle)

    def _handle(self, request: Request) -> Response:
        self.bodies.append(request.get_data())
        self.headers.append(dict(request.headers))
        return self.answer(json.loads(self.bodies[-1]))


def said(text: str, **more: object) -> Response:
    """A streamed answer in three pieces, as most servers give one."""
    third = len(text) // 3 + 1
    deltas: list[dict[str, Any]] = [{"content": text[at : at + third]} for at in range(0, len(text), third)]
    events: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas
    ]
    events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": more.get("finish", "stop")}]})
    if "tokens" in more:
        events.append({"choices": [], "usage": {"prompt_tokens": more["tokens"], "completion_tokens": 5}})
    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
    return Response(": a sign of life\n\n" + "".join(lines) + "data: [DONE]\n\n", content_type="text/event-stream")


def failed(status: int, body: str, kind: str = "application/json", **headers: str) -> Response:
    """An answer of any kind."""
    return Response(body, status=status, content_type=kind, headers=headers)
