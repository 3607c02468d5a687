"""A model hub on this machine: it answers as the Hugging Face hub does where fetching a model asks it.

The shapes are those that huggingface_hub reads (hub API, checked 2026-11-27): information on a model and a revision,
the list of its files, and the files themselves with their tag, commit and ranges.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """What lies on it, what was asked of it, and where it breaks off."""

    models: dict[str, dict[str, bytes]]
    url: str = ""
    gated: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)  # paths of files that were sent
    cut: dict[str, int] = field(default_factory=dict)  # the bytes after which a file breaks off, once
    status: int | None = None  # what it answers to everything


@contextmanager
def running_hub(models: dict[str, dict[str, bytes]]) -> Iterator[Hub]:
    hub = Hub(models)

    class Handler(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Hub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Nothing."""

    def _answer(self) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if self.served.status is not None:
            self._send(self.served.status, b"{}")
            return
        is_api = parts[:2] == ["api", "models"]
        name = "/".join(parts[2:4] if is_api else parts[:2])
        files = self.served.models.get(name)
        rest = parts[4:] if is_api else parts[2:]
        revision = rest[1] if len(rest) > 1 else "main"
        if files is None:
            self._send(401, b"{}", error="RepoNotFound")
        elif revision not in {"main", COMMIT}:
            self._send(404, b"{}", error="RevisionNotFound")
        elif name in self.served.gated and not is_api:
            self._send(403, b"{}", error="GatedRepo")
        elif is_api and rest[:1] == ["tree"]:
            self._send_json([_entry(path, content) for path, content in files.items()])
        elif is_api:
            told = [{"rfilename": path, "size": len(content)} for path, content in files.items()]
            self._send_json({"id": name, "modelId": name, "sha": COMMIT, "siblings": told, "tags": []})
        else:
            self._send_file("/".join(rest[2:]), files)

    def _send_json(self, told: object) -> None:
        self._send(200, json.dumps(told).encode())

    def _send_file(self, path: str, files: dict[str, bytes]) -> None:
        content = files.get(path)
        if content is None:
            self._send(404, b"", error="EntryNotFound")
            return
        start = 0
        if wanted := self.headers.get("Range"):
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
        if self.command == "GET":
            self.served.asked.append(path)
        cut = self.served.cut.pop(path, None) if self.command == "GET" else None
        extra = {"ETag": f'"{_tag(content)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if wanted:
            extra["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._send(206 if wanted else 200, content[start:], extra=extra, cut=cut)

    def _send(
        self, status: int, body: bytes, *, error: str = "", extra: dict[str, str] | None = None, cut: int | None = None
    ) -> None:
        self.send_response(status)
        for header, value in (extra or {}).items():
            self.send_header(header, value)
        if error:
            self.send_header("X-Error-Code", error)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:cut])
        if cut is not None:
            self.close_connection = True


def _entry(path: str, content: bytes) -> dict[str, object]:
    return {"type": "file", "path": path, "size": len(content), "oid": _tag(content)}


def _tag(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
