"""A connection to one service, and to no other host than the one it is for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.loopback import is_loopback
from assistant.records import Endpoint

if TYPE_CHECKING:
    import openai


def connect(endpoint: Endpoint, key: str, seconds: float, connect_seconds: float) -> openai.OpenAI:
    """A client that follows no redirect, retries nothing, and goes through no proxy to this very machine."""
    import openai

    for library in ("openai", "httpx2", "httpcore2"):  # OPENAI_LOG=debug would print what is sent
        logging.getLogger(library).setLevel(logging.CRITICAL)
    times = openai.Timeout(seconds, connect=connect_seconds)
    http = openai.DefaultHttpxClient(
        base_url=endpoint.base_url,
        timeout=times,
        follow_redirects=False,
        trust_env=not is_loopback(endpoint.base_url),
    )
    client = openai.OpenAI(base_url=endpoint.base_url, api_key=key, timeout=times, max_retries=0, http_client=http)
    client.organization = client.project = None  # the environment's own are for another service, if there are any
    return client
