"""Ports for servers of tests."""

from __future__ import annotations

import random
import socket

# Below those that systems lend to whoever asks for any port or connects to somewhere, and above those of the demos:
# nobody else is given it between the choice and its use.
_RANGE = range(20_000, 32_000)
_TRIES = 100
_chance = random.SystemRandom()  # nobody's seed makes two processes choose the same


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    for _ in range(_TRIES):
        port = _chance.choice(_RANGE)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"of {_TRIES} ports none is free")
