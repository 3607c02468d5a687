"""The process that speaks to notification services: one order on its input, one answer on its output, then it ends.

Apprise brings some 150 services, each with code of its own that opens connections. Here none of it can do more than it
should: once everything is loaded, hooks of the interpreter itself refuse every connection but to the public internet
by IPv4, every other way out, every file that is not part of the installation, and every further process. Nothing is
logged, since addresses hold tokens. See `crawlers.notifier`, which starts it.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from .net import is_public

WAIT_S: Final = 10.0  # for a connection, and for an answer
# They write to this machine, are programs on it, or speak something else than HTTP; a mail is sent by ourselves.
BARRED: Final = frozenset(
    {
        *("blink1", "dbus", "exec", "file", "gio", "glib", "gnome", "growl", "kde", "macosx", "qt", "rsyslog"),
        *("script", "shell", "syslog", "windows"),
        *("deltachat", "deltachats", "mailto", "mailtos"),
        *("fcm", "vapid"),  # their keys lie in files
    }
)
_REFUSED: Final = frozenset(
    {
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "pty.spawn",
        "os.remove",
        "os.rename",
        "os.mkdir",
        "os.chmod",
        "os.symlink",
        "os.link",
        "shutil.rmtree",
    }
)
_PLAIN: Final = 2  # dots of "apprise.plugins.slack"
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Refused(OSError):
    """The guard said no."""


class Guard:
    """What this process may not do, whoever wants to. `hits` counts connections that were refused."""

    def __init__(self, allowed: frozenset[tuple[str, int]]) -> None:
        self.hits = 0
        self._allowed = allowed
        self._folders = [
            os.path.realpath(one)
            for one in (sys.prefix, sys.base_prefix, Path(__file__).parent.parent, "/etc/ssl", "/etc/mime.types")
        ]

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            self._connect(*arguments)
        elif event == "open":
            self._open(*arguments)
        elif event in _REFUSED:
            raise Refused(f"{event} is refused")

    def reaches(self, address: str, port: int) -> bool:
        """Whether a connection there is allowed."""
        return (address, port) in self._allowed or is_public(address)

    def _connect(self, connection: socket.socket, address: Any) -> None:
        is_ours = connection.family == socket.AF_INET and isinstance(address, tuple)
        if not is_ours or not self.reaches(str(address[0]), int(address[1])):
            self.hits += 1
            raise Refused("this address does not lead to the public internet")

    def _open(self, path: Any, mode: str | None, flags: int) -> None:
        if isinstance(path, int) or path is None:
            return
        name = os.path.realpath(os.fsdecode(path))
        is_read = not (flags or 0) & _WRITES and not set(mode or "r") & set("wax+")
        if not is_read or not any(name == one or name.startswith(f"{one}{os.sep}") for one in self._folders):
            raise PermissionError(13, "this process opens no files of its own")


def main() -> None:
    """Carry out the one order."""
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    order = json.loads(sys.stdin.readline())
    json.dump(carry_out(order), sys.stdout)
    sys.stdout.flush()


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """What came of an order: `service`, and `fault` where the address cannot be used, or `is_sent` and `status`."""
    from apprise import Apprise, AppriseAsset
    from apprise.common import PersistentStoreMode

    _services().load_modules()
    asset = AppriseAsset(
        async_mode=False, plugin_paths=[], storage_mode=PersistentStoreMode.MEMORY, allow_templates=False
    )
    asset.app_id, asset.app_desc, asset.app_url = "Amends", "Amends", ""
    statuses = _watch_answers(str(order.get("agent", "")))
    guard = Guard(frozenset((str(host), int(port)) for host, port in order["allowed"]))
    sys.addaudithook(guard)
    address = str(order["address"])
    if not is_usable(address):
        return {"fault": "barred"}
    service = None
    with suppress(Exception):  # whatever one of 150 pieces of foreign code makes of an address
        service = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is None:
        return {"fault": "unknown"}
    if fault := _fault(service, guard):
        return {"fault": fault}
    told: dict[str, Any] = {"service": str(service.service_name)}
    if order["do"] == "send":
        told["is_sent"] = _sent(service, str(order["title"]), str(order["body"]))
        told |= {"status": statuses[-1] if statuses else None, "is_refused": guard.hits > 0}
    return told


def is_usable(address: str) -> bool:
    """Whether a service of this scheme may be used at all: one that speaks HTTP, and is none of the barred."""
    scheme = address.partition("://")[0].strip().lower()
    return scheme in ("http", "https", *usable_schemes())  # of the two Apprise looks whose address it is, if anybody's


def usable_schemes() -> list[str]:
    """All that may be used, in order."""
    manager = _services()
    return sorted(one for one in manager.schemas() if one not in BARRED and _speaks_http(manager[one]))


def _services() -> Any:
    from apprise.manager_plugins import NotificationManager

    manager: Any = NotificationManager  # it has no annotations
    return manager()


def _speaks_http(plugin: Any) -> bool:
    """Whether it is a part of Apprise that makes its requests with `requests`, which is what the guard knows."""
    module = str(getattr(plugin, "__module__", ""))
    parts = [module]
    if module.count(".") > _PLAIN:  # a package: "apprise.plugins.matrix.base"
        parts += [name for name in sys.modules if name.startswith(f"{module.rpartition('.')[0]}.")]
    is_own = bool(plugin.enabled) and module.startswith("apprise.plugins.")
    return is_own and any(hasattr(sys.modules.get(one), "requests") for one in parts)


def _fault(service: Any, guard: Guard) -> str:
    """Why an address that Apprise can read cannot be used; empty where it can."""
    if not is_usable(f"{_scheme(service)}://"):
        return "barred"
    if not service.verify_certificate:
        return "unverified"
    service.retry, service.optional = 0, False  # we try again ourselves, and want to know
    if len(service) != 1:
        return "several"
    if any("{host}" in one for one in service.templates):
        return _host_fault(service, guard)
    return ""


def _scheme(service: Any) -> str:
    found = service.secure_protocol or service.protocol
    return str(found if isinstance(found, str) else next(iter(found)))


def _host_fault(service: Any, guard: Guard) -> str:
    port = int(service.port or (443 if service.secure else 80))
    host = str(service.host or "")
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return "no_host"
    if not all(guard.reaches(one, port) for one in found):
        return "private"
    is_exempt = not any(is_public(one) for one in found)
    return "" if service.secure or is_exempt else "insecure"


def _sent(service: Any, title: str, body: str) -> bool:
    from apprise.common import NotifyFormat, NotifyType, OverflowMode

    service.overflow_mode = OverflowMode.TRUNCATE  # one message, whatever its service takes
    service.socket_connect_timeout = service.socket_read_timeout = WAIT_S
    with suppress(Exception):
        return bool(
            service.notify(title=title, body=body, notify_type=NotifyType.WARNING, body_format=NotifyFormat.TEXT)
        )
    return False


def _watch_answers(agent: str) -> list[int]:
    """The status of each answer from now on. No proxies and no .netrc of this machine, no redirects."""
    from requests.adapters import HTTPAdapter
    from requests.sessions import Session

    statuses: list[int] = []
    send: Callable[..., Any] = HTTPAdapter.send

    def watched(self: HTTPAdapter, request: Any, **named: Any) -> Any:
        if agent and str(request.headers.get("User-Agent", "")).startswith("python-requests"):
            request.headers["User-Agent"] = agent
        answer = send(self, request, **{**named, "proxies": {}})
        statuses.append(answer.status_code)
        return answer

    HTTPAdapter.send = watched  # type: ignore[method-assign,assignment]  # this process has no other use for it
    Session.get_redirect_target = lambda *_: None  # type: ignore[method-assign]
    return statuses


if __name__ == "__main__":
    main()
