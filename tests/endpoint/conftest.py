"""A client, and a stand-in that it talks to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from model_server import ModelServer
from pytest_httpserver import HTTPServer

from assistant.endpoint.client import Client
from assistant.endpoint.exchange import Patience
from assistant.records import Endpoint

Said = list[object]
MakeClient = Callable[..., tuple[Client, Said]]
_SHORT = Patience(5, 5, 5)


@pytest.fixture
def service(httpserver: HTTPServer) -> ModelServer:
    return ModelServer(httpserver)


@pytest.fixture
def client_of() -> MakeClient:
    """A client of an address, and a list of what it says and of how long it would have slept."""

    def make(url: str, key: str | None = None, patience: Patience = _SHORT) -> tuple[Client, Said]:
        said: Said = []
        client = Client(Endpoint(url, "some-model", key), said.append, patience=patience, sleep=said.append)
        return client, said

    return make


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / ".prep" / "model.json"
