"""A real HTTP server on loopback that answers exactly what a test wants, and remembers what was asked."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from types import TracebackType
from typing import Self

OPEN = "User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    body: bytes | str = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    held: threading.Event | None = None  # it is given only when this is set
    cut_at: int | None = None  # say the whole length, send only so many bytes

    @property
    def raw(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True, slots=True)
class Seen:
    path: str
    at: float
    headers: Mapping[str, str]
    body: bytes = b""


class Site:
    """`with Site({"/": Answer(body="…")}) as site`. A path may be given a list to work off: the last answer stays."""

    def __init__(self, pages: Mapping[str, Answer | list[Answer]], *, robots: Answer | str | None = OPEN) -> None:
        self.pages: dict[str, list[Answer]] = {
            path: list(answer) if isinstance(answer, list) else [answer] for path, answer in pages.items()
        }
        if robots is not None:
            self.pages["/robots.txt"] = [
                robots if isinstance(robots, Answer) else Answer(body=robots, kind="text/plain")
            ]
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def times(self, path: str) -> list[float]:
        return [seen.at for seen in self.seen if seen.path == path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _next(self, path: str) -> Answer:
        with self._lock:
            waiting = self.pages.get(path)
            if waiting is None:
                return Answer(status=404, body="not found", kind="text/plain")
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                site.seen.append(Seen(self.path, monotonic(), dict(self.headers), sent))
                answer = site._next(self.path)
                while answer.held and not (answer.held.is_set() or site._closing.is_set()):
                    answer.held.wait(0.05)
                site._closing.wait(answer.delay_s)
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.raw)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(answer.raw[: answer.cut_at])
                except OSError:
                    return

            do_POST = do_GET  # noqa: N815 - the name that http.server looks for

            def log_message(self, *_: object) -> None:
                return

        return Handler
