"""Where a service is, and the key that it wants."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from assistant.errors import Refused, Unusable
from assistant.loopback import is_loopback
from assistant.records import Endpoint


def host_of(url: str) -> str:
    """The host with its port, as people know it."""
    return urlsplit(url).netloc or url


def key_of(endpoint: Endpoint, table: str) -> str:
    """The key out of its variable, "none" where no variable is named; raises Unusable, and Refused over plain http."""
    if not endpoint.api_key_env:
        return "none"
    if endpoint.base_url.startswith("http://") and not is_loopback(endpoint.base_url):
        raise Refused(f"prep.toml: [{table}] a key does not go over plain http to another machine; use https://")
    value = os.environ.get(endpoint.api_key_env, "").strip()
    if not value:
        raise Unusable(f"prep.toml: [{table}] the variable {endpoint.api_key_env} is not set; set it to your key")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise Unusable(f"the variable {endpoint.api_key_env} holds no key as a service would give it; copy it again")
    return value
