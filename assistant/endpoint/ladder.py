"""The ladder: a JSON schema, plain JSON, JSON in the text, one turn to repair it. What worked is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, get_args

from msgspec import Struct

from assistant import cache
from assistant.endpoint.answer import Reply
from assistant.endpoint.client import Client
from assistant.endpoint.faults import Fault, Kind, fault
from assistant.records import Endpoint, Outgoing

T = TypeVar("T")
Rung = Literal["json_schema", "json_object", "text"]
_RUNGS: tuple[Rung, ...] = get_args(Rung)
_TOLD: dict[Rung, str] = {
    "json_schema": "a JSON schema",
    "json_object": "plain JSON",
    "text": "JSON in its text",
}
_FORM_TO_BLAME: tuple[Kind, ...] = ("request", "empty")  # some give nothing where they can't keep to a form
_STARTS = 50  # places in a text at which an object is looked for
_LONGEST_TOKEN = 6  # characters, on average: a server that counts fewer tokens than that has cut what it was sent


class Task(Struct, frozen=True):
    """What a model is asked. `rules` come first, `data` hold the sources and the rules again; `repair` asks once more."""

    name: str
    audience: str
    rules: str
    data: str
    repair: str
    schema_name: str
    schema: dict[str, Any]


class Door(Protocol):
    """What lets a request out, and puts back in the answer what it took out."""

    def out(self, body: bytes, task: str, audience: str) -> Outgoing: ...

    def back(self, text: str) -> str: ...


class Misshapen(Exception):
    """An answer that is not in the form that was asked for."""


class Ladder:
    """One model, asked in the richest form that it takes. `home` keeps which form that was."""

    def __init__(self, client: Client, door: Door, home: Path, scratch: Path, say: Callable[[str], None]) -> None:
        self._client, self._door, self._home, self._scratch, self._say = client, door, home, scratch, say
        self._key = _key(client.endpoint)

    def outgoing(self, task: Task) -> Outgoing:
        """The request that would be sent first."""
        return self._door.out(self._body(task, self._rungs()[0]), task.name, task.audience)

    def ask(self, task: Task, check: Callable[[object], T]) -> T:
        """What `check` makes of the answer's JSON; it raises Misshapen, and this Fault where no form works."""
        rungs = self._rungs()
        text = ""
        for rung in rungs:
            try:
                text = self._reply(task, self._body(task, rung))
                found = self._checked(text, check)
            except Fault as failed:
                if failed.kind not in _FORM_TO_BLAME or rung == rungs[-1]:
                    raise
                self._step(rung)
            except Misshapen:
                self._step(rung)
            else:
                self._remember(rung)
                return found
        return self._repaired(task, text, check)

    def _repaired(self, task: Task, text: str, check: Callable[[object], T]) -> T:
        try:
            return self._checked(self._reply(task, self._body(task, "text", text)), check)
        except Misshapen:
            raise fault("form", self._client.endpoint) from None

    def _reply(self, task: Task, body: bytes) -> str:
        outgoing = self._door.out(body, task.name, task.audience)
        reply = self._client.chat(outgoing)
        self._note_cut(task, reply)
        return self._door.back(reply.text)

    def _note_cut(self, task: Task, reply: Reply) -> None:
        """Say when the server read far less than it was sent: some cut a long prompt without a word."""
        read = reply.prompt_tokens
        if read and len(task.rules) + len(task.data) > _LONGEST_TOKEN * read:
            self._say(
                f"the model read only {read} tokens of what it was given; raise its context length"
                " (with Ollama: OLLAMA_CONTEXT_LENGTH)"
            )

    def _checked(self, text: str, check: Callable[[object], T]) -> T:
        for found in objects(text):
            try:
                return check(found)
            except Misshapen:
                continue
        raise Misshapen

    def _body(self, task: Task, rung: Rung, before: str = "") -> bytes:
        """The request in one form. The last is the plainest that there is: one message, and nothing asked besides."""
        request: dict[str, Any] = {"model": self._client.endpoint.name, "stream": True}
        if rung == "text":
            request["messages"] = [{"role": "user", "content": f"{task.rules}\n\n{task.data}"}]
        else:
            request["messages"] = [{"role": "system", "content": task.rules}, {"role": "user", "content": task.data}]
            request["stream_options"] = {"include_usage": True}
            request["response_format"] = _format(task, rung)
        if before:
            request["messages"] += [
                {"role": "assistant", "content": before},
                {"role": "user", "content": task.repair},
            ]
        return json.dumps(request, ensure_ascii=False, indent=1).encode("utf-8")

    def _step(self, rung: Rung) -> None:
        if rung != _RUNGS[-1]:
            lower = _RUNGS[_RUNGS.index(rung) + 1]
            self._say(f"{self._client.endpoint.name} does not keep to {_TOLD[rung]}; asking for {_TOLD[lower]}")
        else:
            self._say(f"{self._client.endpoint.name} does not keep to {_TOLD[rung]}; asking once more")

    def _rungs(self) -> tuple[Rung, ...]:
        return _from(self._home, self._key)

    def _remember(self, rung: Rung) -> None:
        if rung != self._rungs()[0]:
            cache.store(self._home, self._key, rung, self._scratch)


def asked_for(home: Path, endpoint: Endpoint) -> str:
    """The form that a model is asked for first, by what is remembered of it, as people are told it."""
    return _TOLD[_from(home, _key(endpoint))[0]]


def _key(endpoint: Endpoint) -> str:
    return f"{endpoint.base_url} {endpoint.name}"


def _from(home: Path, key: str) -> tuple[Rung, ...]:
    """The rungs from the one that worked last."""
    known = cache.load(home, key, str)
    return _RUNGS[_RUNGS.index(known) :] if known in _RUNGS else _RUNGS


def _format(task: Task, rung: Rung) -> dict[str, Any]:
    if rung == "json_object":
        return {"type": "json_object"}
    named = {"name": task.schema_name, "strict": True, "schema": task.schema}
    return {"type": "json_schema", "json_schema": named}


def objects(text: str) -> Iterator[object]:
    """The JSON objects that stand in a text, whatever stands around them, the outermost first."""
    decoder = json.JSONDecoder()
    at = text.find("{", max(0, text.rfind("</think>")))
    for _ in range(_STARTS):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
            yield found
        except (ValueError, RecursionError):
            end = at + 1
        at = text.find("{", end)
