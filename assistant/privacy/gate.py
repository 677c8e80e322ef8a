"""What goes to a model: the very bytes of a request, and to whom. A client sends nothing else."""

from __future__ import annotations

from msgspec import Struct


class Outgoing(Struct, frozen=True):
    """A request that may be sent. `body` is what goes over the wire, byte for byte."""

    body: bytes
    host: str
    model: str
    task: str
    audience: str


def local(body: bytes, host: str, model: str, task: str, audience: str) -> Outgoing:
    """A request to a service on this machine: it leaves nothing, so people keep their names."""
    return Outgoing(body, host, model, task, audience)
