"""The processes of `amends up`: one parent that starts web and worker, restarts what dies and stops them together.

The parent holds no state: a child that is killed is started again, and children end by themselves when the parent
is gone, so no process tree is ever left behind.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huey import Huey

    from .wiring import Services

log = logging.getLogger(__name__)

GRACE_S = 10.0  # how long a child may take to stop before it is killed
FAST_DEATH_S = 5.0  # a child that lives shorter than this has a fault, not an accident
FAST_DEATHS = 3
MOST_PROCESSES = 4  # chosen by ourselves; a larger machine says what it wants: AMENDS_PROCESSES
MEMORY_EACH = 1 << 30  # bytes of the machine
POSTERS = 2  # answers that are posted at the same time
RETRY_S = 10.0  # between two looks for a task store that cannot be opened
# The model keeps every core busy for hours when it has changed. Next to a worker of equal rank the pages took three
# times as long, at 10 up to two thirds more, at 19 a tenth more; below that (SCHED_IDLE) a busy machine judged next to
# nothing.
WORKER_NICE = 19
PARENT_VARIABLE = "AMENDS_SUPERVISOR_PID"
PORT_VARIABLE = "AMENDS_PORT"


class PortTaken(Exception):
    """The port cannot be listened on, mostly because another program does."""


def check_port(host: str, port: int) -> None:
    """Raise PortTaken unless `host:port` is free to listen on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise PortTaken(f"Port {port} is for the system's administrator. Choose one from 1024: --port") from error
        except OSError as error:
            raise PortTaken(
                f"Port {port} on {host} is taken by another program (perhaps another Amends). "
                f"Stop it, or choose another port: --port {port + 1 if port < 65535 else port - 1}"
            ) from error


def address_of(host: str, port: int) -> str:
    """As it stands in a URL: numbers of the IPv6 network in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def end_with_parent() -> None:
    """End this process when the supervisor that started it is gone, however and however soon that happened.

    Started by anybody else it goes on alone: a worker put into the background outlives its shell.
    """
    parent = os.environ.get(PARENT_VARIABLE, "")
    if not parent.isdecimal():
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_S)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    fast_deaths: int = field(default=0)

    def start(self) -> None:
        self.started = time.monotonic()
        # A session of its own keeps the terminal's Ctrl-C for the parent, which then stops the children in order.
        # The port may have been given at the command line: the mails that the worker sends lead there.
        environment = os.environ | {PARENT_VARIABLE: str(os.getpid()), PORT_VARIABLE: str(self.port)}
        self.process = subprocess.Popen(self.command, start_new_session=True, env=environment)


class Supervisor:
    """Runs named commands until asked to stop. `run` returns the exit status for the command line."""

    def __init__(self, commands: Mapping[str, Sequence[str]], *, listens: tuple[str, int]) -> None:
        self._children = [_Child(name, command, listens[1]) for name, command in commands.items()]
        self._listens = listens
        self._stop = threading.Event()

    def run(self, *, ready: Callable[[], None]) -> int:
        """`ready` is called once, when one of the children answers at the address: people follow it at once."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        try:
            for child in self._children:
                child.start()
            is_told = False
            while not self._stop.wait(0.5 if is_told else 0.1):
                if not is_told and _answers(*self._listens):
                    ready()
                    is_told = True
                for child in self._children:
                    if not self._keep_alive(child):
                        return 1
            return 0
        finally:
            self._stop_all()

    def stop(self) -> None:
        self._stop.set()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        self._stop.set()

    def _keep_alive(self, child: _Child) -> bool:
        if child.process is None or child.process.poll() is None:
            return True
        code = child.process.returncode
        lived_s = time.monotonic() - child.started
        child.fast_deaths = child.fast_deaths + 1 if lived_s < FAST_DEATH_S else 0
        if child.fast_deaths >= FAST_DEATHS:
            log.error(
                "%s ended %d times right after its start (last status %d); giving up", child.name, FAST_DEATHS, code
            )
            return False
        log.warning("%s ended with status %d; starting it again", child.name, code)
        child.start()
        return True

    def _stop_all(self) -> None:
        running = [child.process for child in self._children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def python(module: str, *arguments: str) -> list[str]:
    """The command line that runs one of our modules with this very interpreter."""
    return [sys.executable, "-m", module, *arguments]


def web_processes(wanted: int, *, cores: int, memory: int) -> int:
    """How many processes serve the pages: as many as were `wanted`, or as many as pay.

    A page is computed by one core, so there is one a core. `memory` of the machine, in bytes: a process that checks
    answers holds 300 MiB with its sentence model, and the worker, the database and the system want room beside it.
    """
    return wanted or max(1, min(cores, memory // MEMORY_EACH, MOST_PROCESSES))


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # what a container or a service may use, where the system says so
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def serve_web(host: str, port: int, *, threads: int, processes: int) -> None:
    """Serve the pages with gunicorn until it is told to stop. `processes`: as in `web_processes`."""
    import psutil
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            settings = {
                "bind": address_of(host, port),
                "workers": web_processes(processes, cores=_cores(), memory=psutil.virtual_memory().total),
                # Read once, before the processes part: what they do not change they share. Nothing is connected to and
                # no thread runs before that.
                "preload_app": True,
                "threads": threads,
                "worker_class": "gthread",
                # Seconds. Longer than browsers' and proxies' own rest between two clicks (nginx: 60): whoever closes an
                # idle connection first must be the one who asks, or a request may run into the closing.
                "keepalive": 95,
                "accesslog": None,  # addresses of staff are nobody's business
                "loglevel": "warning",
                "proc_name": "amends-web",
                "graceful_timeout": 5,
                "control_socket_disable": True,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            from . import create_app
            from .settings import WebSettings

            # The port may have been given at the command line: addresses that are shown must hold it.
            app = create_app(WebSettings().model_copy(update={"port": port}))
            gc.collect()
            gc.freeze()  # what was imported stays: looking through it for garbage takes a quarter of a second each time
            return app

    end_with_parent()
    Server().run()


def run_worker(services: Services, threads: int) -> None:
    """Run the Huey consumer in this process until it is told to stop."""
    from .logs import tell_task_faults_in_a_line

    if hasattr(os, "nice"):
        os.nice(WORKER_NICE)  # the threads and crawls that it starts inherit this
    end_with_parent()
    tell_task_faults_in_a_line()
    huey = _tasks_once_reachable(services, threads)
    stop = threading.Event()
    # Beside the tasks: somebody waits before a page, and an import reads longer than a task may take.
    threading.Thread(target=_work_on_imports, args=(services, stop), name="imports", daemon=True).start()
    # Who holds an answer for half a minute sees it go then. Two: one slow platform does not keep the others waiting.
    for number in range(POSTERS):
        threading.Thread(target=_post, args=(services, stop), name=f"posting-{number}", daemon=True).start()
    # The supervisor speaks SIGTERM; work that is cut off there is found again by its lapsed claim.
    consumer = huey.create_consumer(
        workers=threads, initial_delay=0.2, max_delay=2.0, shutdown_timeout=5, graceful_signal="TERM"
    )
    consumer.run()
    stop.set()


def _work_on_imports(services: Services, stop: threading.Event) -> None:
    from .jobs.import_steps import work_until

    work_until(services, stop)


def _post(services: Services, stop: threading.Event) -> None:
    from .answering import check_before_posting
    from .jobs.posting import post_until

    post_until(services, stop, check=check_before_posting)


def _tasks_once_reachable(services: Services, threads: int) -> Huey:
    """The tasks, their sweeps enqueued. A full disk or a server that is away passes: it is told, and waited for."""
    from db.errors import PASSING, of_driver

    from .tasks import build_tasks

    while True:
        try:
            huey, sweeps = build_tasks(services, threads=threads)
            for sweep in sweeps:
                sweep()  # at once: after a start nobody should wait for the next full minute
        except Exception as error:
            fault = of_driver(error)
            if not isinstance(fault, PASSING):
                raise
            log.error("no task can be started yet: %s", fault)  # noqa: TRY400 - the stack would tell nothing more
            time.sleep(RETRY_S)
        else:
            return huey
