"""How conversations with a model are recorded and played back: what is kept of them, and in which form.

A cassette is the golden file of what leaves the machine. Its requests stand in it as YAML that a person can read, and
read back they are the very bytes.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

if TYPE_CHECKING:
    from vcr.request import Request

# As what a server of this machine is recorded: the engine of tests/engine.py, unless another name is given.
HERE_AS = os.environ.get("PREP_RECORD_AS", "llama-cpp.example")
REQUEST_HEADERS = frozenset({"accept", "content-type"})
RESPONSE_HEADERS = frozenset({"content-type", "retry-after"})
SCRUBBED = ("id", "created", "model", "timings", "system_fingerprint")  # differ from one time or machine to the next
_HERE = re.compile(r"^http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=/)")


def asked(request: Request) -> Request:
    """A request without what tells of an account or a machine."""
    request.uri = _HERE.sub(f"https://{HERE_AS}", request.uri)
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in REQUEST_HEADERS}
    return request


def answered(response: dict[str, Any]) -> dict[str, Any]:
    """An answer without what tells of an account or a machine, or differs each time."""
    headers = {name.lower(): values for name, values in response["headers"].items()}
    kept = {name: values for name, values in sorted(headers.items()) if name in RESPONSE_HEADERS}
    text = response["body"]["string"].decode("utf-8")
    return {**response, "headers": kept, "body": {"string": _scrubbed(text).encode("utf-8")}}


def _scrubbed(text: str) -> str:
    """A body, a stream or one object, without the fields that differ each time."""
    return "\n".join(
        f"data: {_bare(line[6:])}" if line.startswith("data: ") else _bare(line) for line in text.split("\n")
    )


def _bare(text: str) -> str:
    if not text.startswith("{"):
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return json.dumps({n: v for n, v in found.items() if n not in SCRUBBED}, ensure_ascii=False)


CONFIG = {
    "match_on": ["method", "scheme", "host", "path", "raw_body"],
    "before_record_request": asked,
    "before_record_response": answered,
    "decode_compressed_response": True,
}


class Readable:
    """The YAML of a cassette: a JSON request as a mapping, and texts of several lines as they are read."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        for interaction in cassette["interactions"]:
            request = interaction["request"]
            request["body"] = json.loads(request["body"])
        return yaml.dump(cassette, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        cassette: dict[str, Any] = yaml.safe_load(text)
        for interaction in cassette["interactions"]:
            request = interaction["request"]
            request["body"] = written(request["body"]).decode("utf-8")
        return cassette


def written(body: object) -> bytes:
    """A request as the gate writes it."""
    return msgspec.json.format(msgspec.json.encode(body), indent=1)


class _Dumper(yaml.SafeDumper):
    pass


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
