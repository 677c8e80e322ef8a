"""Ctrl-C while a model is asked: seconds from the interrupt to the prompt, and whether all is as it was before.

    python bench/interrupt.py [TIMES]

In the middle of a stream of llama.cpp's own server (tests/engine.py), and at a stand-in: while it says nothing, while it
is asked once more, while a rate limit is waited for, and while nobody takes the connection.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import engine

from assistant import ledger

ROOT = Path(__file__).resolve().parents[1]
PAIR, TODAY = "callum-verity", "2026-07-06"
_REFUSED = json.dumps({"choices": [{"message": {"content": "No."}, "finish_reason": "stop"}]}).encode()


class Stand(BaseHTTPRequestHandler):
    """Answers so many times as it is told to, and then says nothing."""

    answers: ClassVar[list[tuple[int, bytes]]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if not self.answers:
            time.sleep(60)
            return
        status, body = self.answers.pop(0)
        self.send_response(status)
        self.send_header("Retry-After", "15")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def stand(*answers: tuple[int, bytes]) -> Iterator[str]:
    """The address of a stand-in with these answers."""
    handler = type("Handler", (Stand,), {"answers": list(answers)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which connections queue and nobody takes them."""
    with socket.socket() as taken, socket.socket() as first, socket.socket() as second:
        taken.bind(("127.0.0.1", 0))
        taken.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(taken.getsockname())
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def seconds(url: str, home: Path, requests: int) -> float:
    """From the interrupt, a moment after so many requests went out, to the end of the command."""
    root = Path(shutil.copytree(ROOT / "corpus" / "demo" / "en", home))
    with (root / "prep.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[model]\nbase_url = "{url}"\nname = "tiny"\nreads_notes = false\n')
    words = [sys.executable, "-m", "assistant", "next-session", PAIR, "--no-save", "--today", TODAY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        end = time.monotonic() + 60
        while len(ledger.lines(root / ledger.NAME)) < requests and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(1.0)  # the library is loaded after the line is written
        assert running.poll() is None, "it was done before it could be interrupted"
        sent = time.monotonic()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
        took = time.monotonic() - sent
    assert (running.returncode, out) == (130, b""), (running.returncode, err)
    assert b"Traceback" not in err
    assert all(line.entry for line in ledger.lines(root / ledger.NAME))
    return took


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background hands on that it is ignored
    with engine.running("en") as streaming:
        worst = 0.0
        places: list[tuple[str, Callable[[], AbstractContextManager[str]], int]] = [
            ("in the middle of a stream", lambda: nullcontext(streaming), 1),
            ("while nothing is said", stand, 1),
            ("while it is asked once more", lambda: stand(*[(200, _REFUSED)] * 3), 4),
            ("while a rate limit is waited for", lambda: stand((429, b"{}")), 1),
            ("while nobody takes the connection", nobody, 1),
        ]
        for name, place, requests in places:
            took = []
            for _ in range(times):
                with place() as url, tempfile.TemporaryDirectory() as home:
                    took.append(seconds(url, Path(home) / "programme", requests))
            worst = max(worst, *took)
            print(f"{name}: {max(took):.2f} s at most of {times}")
    return int(worst >= 1.0)


if __name__ == "__main__":
    sys.exit(main())
