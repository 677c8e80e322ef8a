"""This machine as if it were another one, for tests of what leaves."""

from __future__ import annotations

import pytest

from assistant import doctor, loopback
from assistant.endpoint import address, connection
from assistant.privacy import gate

# These keep the real answer, so they are loaded before it is changed: keys, proxies and advice stay those of this machine.
KEPT = (doctor, address, connection)


def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the gate take every address for one on another machine."""
    monkeypatch.setattr(gate, "is_loopback", lambda url: False)
    monkeypatch.setattr(loopback, "is_loopback", lambda url: False)
