"""The text of an answer, whichever way it came: streamed or whole, and in the shape that each server gives it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from assistant.endpoint.faults import fault, is_page, of_answer
from assistant.records import Endpoint


class Reply(Struct, frozen=True):
    """What a model wrote. Tokens are the server's own count, None where it gives none."""

    text: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Told(Struct):
    text: str = ""
    refused: str = ""
    finish: str | None = None
    choices: bool = False
    usage: Any = None


def read(endpoint: Endpoint, headers: Mapping[str, str], text: str) -> Reply:
    """What the model wrote; raises Fault for everything that is no whole answer of a model."""
    events, whole = list(_events(text)), "[DONE]" in text[-40:]
    if not events:
        events, whole = [_single(endpoint, text)], True
    told = _Told()
    for event in events:
        if event.get("error"):
            raise of_answer(endpoint, None, headers, json.dumps(event))
        _take(told, event)
    _check(endpoint, told, whole)
    usage = told.usage if isinstance(told.usage, dict) else {}
    return Reply(told.text, _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))


def _check(endpoint: Endpoint, told: _Told, whole: bool) -> None:
    """Raise Fault for what is told besides the text."""
    if not told.choices:
        raise fault("no-chat", endpoint)
    if told.finish == "content_filter":
        raise fault("filter", endpoint)
    if told.finish == "length":
        raise fault("length", endpoint)
    if told.refused and not told.text.strip():
        raise fault("refusal", endpoint)
    if told.finish is None and not whole:
        raise fault("cut", endpoint)
    if not told.text.strip():
        raise fault("empty", endpoint)


def _take(told: _Told, event: dict[str, Any]) -> None:
    told.usage = event.get("usage") or told.usage
    choices = event.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
    if choice is None:
        told.choices = told.choices or isinstance(choices, list)
        return
    told.choices = True
    part = choice.get("message") or choice.get("delta") or {}
    if isinstance(part, dict):
        told.text += part["content"] if isinstance(part.get("content"), str) else ""
        told.refused += part["refusal"] if isinstance(part.get("refusal"), str) else ""
    told.finish = choice.get("finish_reason") or told.finish


def _events(text: str) -> Iterator[dict[str, Any]]:
    """The events of a stream; a line that is cut off is none."""
    for line in text.split("\n"):
        if line.startswith("data:"):
            event = decoded(line[5:])
            if isinstance(event, dict):
                yield event


def _single(endpoint: Endpoint, text: str) -> dict[str, Any]:
    """An answer that is one JSON object; raises Fault for anything else."""
    if not text.strip():
        raise fault("empty", endpoint)
    if is_page(text):
        raise fault("page", endpoint)
    body = decoded(text)
    if body is None and text.lstrip().startswith(("{", ":", "data:")):  # an object or a stream, begun
        raise fault("cut", endpoint)
    if not isinstance(body, dict):
        raise fault("no-chat", endpoint)
    return body


def decoded(text: str) -> Any:
    """What a JSON text holds, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
