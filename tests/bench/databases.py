"""Empty, migrated databases of both kinds for benchmarks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from db.migrate import upgrade
from db.session import make_engine
from tests.postgres import Cluster, running_cluster

KINDS = ("sqlite", "postgresql")
_numbers = count(1)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server with room to work, as one would be set up; still without waiting for the disk."""
    with running_cluster(shared_buffers="256MB", max_wal_size="4GB", autovacuum="on") as running:
        yield running


@contextmanager
def database(kind: str, server: Cluster) -> Iterator[Engine]:
    """One of our databases, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        name = f"bench_{next(_numbers)}"
        if kind == "postgresql":
            server.create(name)
        engine = make_engine(server.url(name) if kind == "postgresql" else f"sqlite:///{Path(folder) / 'amends.db'}")
        upgrade(engine)
        try:
            yield engine
        finally:
            engine.dispose()
            if kind == "postgresql":
                server.drop(name)
