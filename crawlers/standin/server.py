"""Runs the stand-in in a thread of this process, on loopback and nowhere else."""

from __future__ import annotations

import errno
import ipaddress
import logging
import socket
import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .app import Platform
from .archive import Archive, Snapshot
from .control import change
from .errors import NotLoopback, PortTaken
from .ledger import RequestSeen
from .loading import SHIPPED_DATA, load
from .records import Site
from .replies import Arrival
from .scenarios import scenario_from
from .stage import Stage

_BACKLOG = 256
_log = logging.getLogger(__name__)


class StandIn:
    """The review platform, from `with` to the end of its block.

        with StandIn(anchor=now) as standin:
            standin.source_urls()["hotel-site"]

    Raises DataError, NotLoopback or PortTaken before anything is served.
    """

    def __init__(
        self,
        *,
        anchor: datetime,
        port: int = 0,
        snapshot: str = Snapshot.T0,
        data_dir: Path | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        archive = Archive(load(data_dir or SHIPPED_DATA), anchor=anchor)
        self._business, self._apis = archive.business, archive.apis
        self._stage = Stage(first_snapshot=Snapshot(snapshot))
        with _listen(_loopback(host), port) as listening:
            address, self.port = listening.getsockname()[:2]
            shown = f"[{address}]" if ":" in address else address
            self.base_url = f"http://{shown}:{self.port}"
            platform = Platform(archive, self._stage, base_url=self.base_url)
            # By descriptor: werkzeug's own binding ends the process when the port is taken.
            self._server: BaseWSGIServer = make_server(
                address, self.port, platform, threaded=True, request_handler=_Handler, fd=listening.fileno()
            )
        self._thread = threading.Thread(target=self._serve, name="standin", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and frees the port. Safe to call twice, and without start()."""
        self._stage.closing.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def source_urls(self) -> dict[str, str]:
        """The address a crawler is given, by the slug of the source."""
        return {site.slug: self.base_url + site.path for site in self._business.sites}

    def api_site(self, platform: str) -> Site:
        """The place that one platform's API speaks of, with its id and the keys it takes."""
        return self._apis[platform]

    def set_scenario(self, prefix: str, kind: str, **options: object) -> None:
        """As POST /_standin/scenario; raises BadScenario."""
        self._stage.scenarios.put(scenario_from({"prefix": prefix, "kind": kind, **options}))

    def set_snapshot(self, snapshot: str) -> None:
        """Moves every site to t0, t1 or t2; raises BadScenario."""
        change(self._stage, {"kind": "snapshot", "snapshot": snapshot})

    def set_moderation(self, platform: str, **options: object) -> None:
        """How answers fare that come from now on, as POST /_standin/scenario with kind "moderation" has it."""
        change(self._stage, {"kind": "moderation", "platform": platform, **options})

    def answer_by_hand(self, slug: str, review_id: str, text: str) -> None:
        """As if somebody had typed it on the site."""
        site = next(one for one in (*self._business.sites, *self._apis.values()) if one.slug == slug)
        self._stage.replies.take(site, review_id, text)

    def arrivals(self) -> tuple[Arrival, ...]:
        """Every answer that was taken since the start, in their order."""
        return self._stage.replies.arrivals()

    def reset(self) -> None:
        """No scenarios, no answers, the first snapshot; the records of requests and of arrivals stay."""
        self._stage.reset()

    def requests(self) -> dict[str, int]:
        """How often each path, with its query, was asked for since the start or since `forget_requests`."""
        return self._stage.ledger.counts()

    def request_log(self) -> tuple[RequestSeen, ...]:
        """The latest requests with time and user agent, oldest first."""
        return self._stage.ledger.log()

    @property
    def most_at_once(self) -> int:
        """The most requests that were being answered at the same time."""
        return self._stage.ledger.most_at_once

    @property
    def open_requests(self) -> int:
        """Requests that are being answered at this moment."""
        return self._stage.ledger.open_now

    def forget_requests(self) -> None:
        self._stage.ledger.clear()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # chunked answers for pages that do not say their length
    disable_nagle_algorithm = True  # headers and body go out separately; do not wait between them

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        _log.debug("%s: %s", type, message % args)


def _loopback(host: str) -> str:
    name = "127.0.0.1" if host == "localhost" else host
    try:
        allowed = ipaddress.ip_address(name).is_loopback
    except ValueError:
        allowed = False
    if not allowed:
        raise NotLoopback(f"the stand-in listens on this machine only (127.0.0.1 or ::1), not on {host}")
    return name


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"port {port} is taken by another program; choose another port") from error
        raise
    return listening
