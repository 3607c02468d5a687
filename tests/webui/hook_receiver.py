"""A program that takes webhooks, on loopback: answers what a test sets, and keeps what really came."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Came:
    """One request."""

    headers: dict[str, str]  # names in lower case
    body: str

    @property
    def name(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    address: str = ""  # host:port
    status: int = 204
    answer: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    came: list[Came] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.address}/hooks/amends"

    @property
    def kinds(self) -> list[str]:
        return [one.json["type"] for one in self.came]


@contextmanager
def hook_receiver() -> Iterator[Receiver]:
    """One that listens until the block ends."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made.came.append(Came({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(made.wait_s)
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            if made.status != 204:
                self.send_header("Content-Length", str(len(made.answer)))
            self.end_headers()
            if made.status != 204:
                self.wfile.write(made.answer)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
