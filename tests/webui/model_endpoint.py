"""An OpenAI-compatible endpoint on loopback: answers what a test sets, and keeps what really came."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Endpoint:
    """What it answers next, and every request that came: (path, headers, body)."""

    url: str = ""
    status: int = 200
    content: Any = "I am sorry that you waited."
    raw: bytes | None = None  # sent in the place of a completion
    kind: str = "application/json"
    finish: str = "stop"
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    came: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @property
    def last(self) -> dict[str, Any]:
        """The JSON of the last request."""
        found: dict[str, Any] = json.loads(self.came[-1][2])
        return found

    def answer(self) -> bytes:
        if self.raw is not None:
            return self.raw
        choice = {"index": 0, "finish_reason": self.finish, "message": {"role": "assistant", "content": self.content}}
        return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode()


@contextmanager
def model_endpoint() -> Iterator[Endpoint]:
    """One that runs until the test is over."""
    made = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made.came.append((self.path, dict(self.headers), body))
            time.sleep(made.wait_s)
            found = made.answer()
            self.send_response(made.status)
            self.send_header("Content-Type", made.kind)
            self.send_header("Content-Length", str(len(found)))
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
