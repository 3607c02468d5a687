"""What the start says of ports, and what a terminal shows while it works."""

from __future__ import annotations

import os
import pty
import socket
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.flow.running import ROOT
from tests.ports import free_port
from webui.serve import PortTaken, address_of, check_port


def test_port_of_the_other_network_is_no_taken_one() -> None:
    """AMENDS_HOST may be ::1; its ports are looked at in its own network."""
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
    check_port("::1", free_port())
    assert (address_of("::1", 8000), address_of("127.0.0.1", 8000)) == ("[::1]:8000", "127.0.0.1:8000")


def test_advice_names_a_port_that_there_is() -> None:
    """After the last port comes none."""
    with socket.socket() as other:
        with suppress(OSError):  # somebody else has it: as good
            other.bind(("127.0.0.1", 65535))
            other.listen()
        with pytest.raises(PortTaken, match="--port 65534"):
            check_port("127.0.0.1", 65535)


def test_bar_is_not_full_while_more_may_come() -> None:
    """Nobody knows how many reviews a site holds: the bar shows what was read, not that it was all."""
    program = "from webui.progress import counting\nwith counting('Reading') as tell: tell(125, 0)"
    master, slave = pty.openpty()
    subprocess.run([sys.executable, "-c", program], stdout=slave, stderr=slave, cwd=ROOT, check=True)
    os.close(slave)
    shown = b""
    with suppress(OSError):  # a terminal whose other side is closed ends so
        while part := os.read(master, 4096):
            shown += part
    os.close(master)
    assert b"125/?" in shown
