"""What goes over the wire, to whom, and for how long."""

from __future__ import annotations

import socket
import threading

import pytest
from endpoint.conftest import MakeClient
from model_server import ModelServer, failed, said
from pytest_httpserver import HTTPServer
from werkzeug import Response

from assistant.endpoint.exchange import Patience
from assistant.endpoint.faults import Fault
from assistant.errors import Refused, Unusable
from assistant.records import Outgoing

BODY = '{"naïef": "  “as it  stands” "}'.encode()
OUTGOING = Outgoing(BODY, "h", "m", "t", "pair")


def test_the_bytes_of_the_gate_go_as_they_are(client_of: MakeClient, service: ModelServer) -> None:
    service.answer = lambda _: said("hallo daar", tokens=12)
    reply = client_of(service.url)[0].chat(OUTGOING)
    assert service.bodies == [BODY]
    assert (reply.text, reply.prompt_tokens) == ("hallo daar", 12)
    assert service.headers[0]["Content-Type"] == "application/json"


def test_an_answer_that_is_not_streamed_is_read_too(client_of: MakeClient, service: ModelServer) -> None:
    body = '{"choices":[{"index":0,"message":{"content":"hallo"},"finish_reason":"stop"}]}'
    service.answer = lambda _: failed(200, body)
    assert client_of(service.url)[0].chat(OUTGOING).text == "hallo"


def test_the_key_comes_from_its_variable(
    client_of: MakeClient, service: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answer = lambda _: said("hallo")
    with pytest.raises(Unusable, match="MY_KEY is not set"):
        client_of(service.url, "MY_KEY")[0].chat(OUTGOING)
    assert service.bodies == []
    monkeypatch.setenv("MY_KEY", "abc")
    monkeypatch.setenv("OPENAI_API_KEY", "of-another-service")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-service")
    client_of(service.url, "MY_KEY")[0].chat(OUTGOING)
    client_of(service.url)[0].chat(OUTGOING)
    assert service.headers[0]["Authorization"] == "Bearer abc"
    assert "another-service" not in str(service.headers)


def test_no_key_goes_over_plain_http_to_another_machine(client_of: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "abc")
    with pytest.raises(Refused, match="https"):
        client_of("http://models.example/v1", "MY_KEY")[0].chat(OUTGOING)


def test_a_proxy_is_not_asked_for_this_machine(
    client_of: MakeClient, service: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    service.answer = lambda _: said("hallo")
    assert client_of(service.url)[0].chat(OUTGOING).text == "hallo"


def test_a_redirect_is_not_followed(client_of: MakeClient, service: ModelServer, httpserver: HTTPServer) -> None:
    reached: list[object] = []
    httpserver.expect_request("/elsewhere").respond_with_handler(lambda r: reached.append(r) or Response(""))  # type: ignore[func-returns-value]
    service.answer = lambda _: failed(307, "", location=httpserver.url_for("/elsewhere"))
    with pytest.raises(Fault) as failure:
        client_of(service.url)[0].chat(OUTGOING)
    assert failure.value.kind == "address"
    assert reached == []


def test_nobody_there(client_of: MakeClient) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Fault) as failure:
        client_of(f"http://127.0.0.1:{port}/v1")[0].chat(OUTGOING)
    assert failure.value.kind == "unreachable"
    assert f"127.0.0.1:{port}" in str(failure.value)


def test_an_answer_that_does_not_come(client_of: MakeClient, service: ModelServer) -> None:
    done = threading.Event()

    def silent(_: object) -> Response:
        done.wait(20)
        return said("too late")

    service.answer = silent
    with pytest.raises(Fault) as failure:
        client_of(service.url, patience=Patience(5, 0.2, 5))[0].chat(OUTGOING)
    done.set()
    assert failure.value.kind == "timeout"


def test_an_answer_that_goes_on_for_ever(client_of: MakeClient, service: ModelServer) -> None:
    service.answer = lambda _: Response((b": still here\n\n" for _ in iter(int, 1)), content_type="text/event-stream")
    with pytest.raises(Fault) as failure:
        client_of(service.url)[0].chat(OUTGOING)
    assert failure.value.kind in ("endless", "timeout")


def test_a_connection_that_breaks(client_of: MakeClient, service: ModelServer) -> None:
    """The header promises more than comes; the second try is whole."""

    def broken(_: object) -> Response:
        if len(service.bodies) > 1:
            return said("whole")
        response = Response(b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n', content_type="text/event-stream")
        response.automatically_set_content_length = False
        response.headers["Content-Length"] = "5000"
        return response

    service.answer = broken
    client, heard = client_of(service.url)
    assert client.chat(OUTGOING).text == "whole"
    assert len(heard) == 2
    assert "broke off" in str(heard[0])
