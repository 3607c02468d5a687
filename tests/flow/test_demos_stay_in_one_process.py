"""The suite itself: demos want the same port, so no two of them may run at once."""

from __future__ import annotations

import os

import pytest


def test_flow_tests_are_one_group(request: pytest.FixtureRequest) -> None:
    """Where the suite is shared out, the group must have reached pytest-xdist, which loses it in silence otherwise."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("the suite runs in one process")
    assert request.node.nodeid.endswith("@demo")
