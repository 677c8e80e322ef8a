"""What went wrong at a service, as people are told it: one sentence with the mend, and nothing of the answer's text.

A server's own message may repeat what it was sent, so it is looked at and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from assistant.endpoint.address import host_of
from assistant.errors import ModelFailed
from assistant.records import Endpoint

Kind = Literal[
    "unset",
    "key",
    "access",
    "model",
    "address",
    "quota",
    "rate",
    "busy",
    "page",
    "proxy",
    "no-chat",
    "empty",
    "cut",
    "filter",
    "refusal",
    "timeout",
    "unreachable",
    "certificate",
    "context",
    "length",
    "endless",
    "request",
    "form",
]

_SENTENCES: dict[Kind, str] = {
    "key": "{host} does not accept {key}",
    "access": "{host} refuses access to the model {model} with {key}; ask who runs it to allow it, or name another model",
    "model": "{host} has no model {model}; mend `name` under [model] in prep.toml (with Ollama: ollama pull {model})",
    "address": "there is no chat service at {url}; mend `base_url` in prep.toml (it mostly ends in /v1)",
    "quota": "the quota or credit at {host} is used up; look at your plan and billing there",
    "rate": "{host} gets too many requests at the moment; wait a minute and try again",
    "busy": "{host} is overloaded or not ready; wait a minute and try again",
    "page": "{host} gave a web page and no answer of a model; sign in to the network or proxy in between, or mend"
    " `base_url` in prep.toml",
    "proxy": "a proxy between here and {host} wants you to sign in; sign in, or take it out of HTTPS_PROXY",
    "no-chat": "what answers at {url} is no chat service; mend `base_url` in prep.toml (it mostly ends in /v1)",
    "empty": "{host} gave an empty answer; try again, or name another model in prep.toml",
    "cut": "the answer of {host} broke off; try again",
    "filter": "the content filter of {host} held the answer back; name another model in prep.toml, or use --offline",
    "refusal": "the model {model} declined to write this; name another model in prep.toml, or use --offline",
    "timeout": "{host} did not answer in time; name a smaller model in prep.toml, or use --offline",
    "unreachable": "nothing answers at {host}; start the model there or mend `base_url` in prep.toml, and look at the"
    " network",
    "certificate": "the certificate of {host} is not trusted by this machine; have it installed, or mend `base_url`",
    "context": "the notes are longer than the model {model} can read at once; give it a longer context or name another"
    " model in prep.toml",
    "length": "the answer of {host} stopped at its limit of length; give the model a longer context, or name another"
    " one in prep.toml",
    "endless": "the model {model} did not stop writing; name another model in prep.toml",
    "request": "{host} does not take the request as it is ({status}); name another model or service in prep.toml",
    "form": "the model {model} gave an answer that is not in the form that was asked for; name another model in"
    " prep.toml",
}

# What a server says, by its code, type and message; the first that fits.
_SIGNS: tuple[tuple[Kind, str], ...] = (
    ("context", r"context_length|context_size|context (?:length|size|window)|prompt (?:is )?too long|input .*too long"),
    ("filter", r"content_filter|content management policy|responsibleai"),
    ("quota", r"insufficient_quota|exceeded your current quota|billing|insufficient (?:credit|balance)|payment"),
    ("model", r"model_not_found|deploymentnotfound|model\b.{0,200}(?:not found|does not exist|not exist)"),
    ("key", r"invalid_api_key|invalid api key|incorrect api key|authentication"),
    ("busy", r"overloaded|loading model"),
    ("length", r"token limit|max_tokens|output limit"),
)
_BY_STATUS: dict[int, Kind] = {
    401: "key",
    402: "quota",
    403: "access",
    404: "address",
    405: "address",
    407: "proxy",
    408: "timeout",
    413: "context",
    429: "rate",
    504: "timeout",
}
_WAITS = re.compile(r"(?:try again in|retry in|retrydelay\W+)\s*(\d+(?:\.\d+)?)\s*(ms|s)", re.IGNORECASE)


class Fault(ModelFailed):
    """The service gave no usable answer. `wait` is how many seconds it asked to be left alone, if it did."""

    def __init__(self, kind: Kind, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.kind, self.wait = kind, wait


def fault(kind: Kind, endpoint: Endpoint, wait: float | None = None, status: int | None = None) -> Fault:
    """A fault of a kind, told of this service."""
    key = f"the key in {endpoint.api_key_env}; put a valid one there, and see that `base_url` is the one it is for"
    if not endpoint.api_key_env:
        key = "a request without a key; name the variable that holds it as `api_key_env` under [model] in prep.toml"
    if kind == "access":
        key = "this key" if endpoint.api_key_env else "no key"
    values = {"host": host_of(endpoint.base_url), "url": endpoint.base_url, "model": endpoint.name, "key": key}
    return Fault(kind, _SENTENCES[kind].format(**values, status=status or "no reason given"), wait)


def of_answer(endpoint: Endpoint, status: int | None, headers: Mapping[str, str], text: str) -> Fault:
    """What an answer that tells of an error means; `status` is None within an answer that began well."""
    try:
        body = _decoded(text)
    except ValueError:
        body = None
    if body is None and is_page(text) and status not in (404, 405, 407):
        return fault("page", endpoint)
    said = _said(body) if body is not None else text[:2000].casefold()
    wait = _asked_wait(headers, said)
    return fault(_kind(status, said), endpoint, wait, status)


def of_vectors(sentence: str) -> str:
    """What a fault says, told of the service of [embedding]: its mends are those of [model]."""
    told = sentence.replace("[model]", "[embedding]").replace("chat service", "embedding service")
    return told.replace(", or use --offline", "")


def is_page(text: str) -> bool:
    """Is it a web page?"""
    return bool(re.match(r"\s*<(?:!doctype|html|head|body|\?xml)", text, re.IGNORECASE))


def _kind(status: int | None, said: str) -> Kind:
    for kind, sign in _SIGNS:
        if re.search(sign, said, re.DOTALL) and not (status == 401 and kind != "key"):
            return kind
    code = status or next((int(found) for found in re.findall(r"\b[45]\d\d\b", said[:80])), 500)
    if 300 <= code < 400:
        return "address"
    return _BY_STATUS.get(code) or ("busy" if code >= 500 and code != 501 else "request")


def _said(body: Any) -> str:
    """Code, type and message of an error, in whatever shape the server gives them."""
    error = body.get("error", body) if isinstance(body, dict) else body[0] if isinstance(body, list) and body else body
    if isinstance(error, dict) and isinstance(error.get("error"), dict):
        error = error["error"]
    if not isinstance(error, dict):
        return str(error).casefold()
    first = [str(error.get(name)) for name in ("code", "type", "status", "message", "detail") if error.get(name)]
    return " ".join([*first, *(str(error.get(name, "")) for name in ("details", "metadata", "innererror"))]).casefold()


def _asked_wait(headers: Mapping[str, str], said: str) -> float | None:
    """Seconds that the server asks for before the next try."""
    named = headers.get("retry-after", "")
    if re.fullmatch(r"\d{1,6}(?:\.\d+)?", named.strip()):
        return float(named)
    found = _WAITS.search(said)
    return float(found.group(1)) / (1000 if found.group(2).casefold() == "ms" else 1) if found else None


def _decoded(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
