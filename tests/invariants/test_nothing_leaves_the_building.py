"""Invariant 16: outbound connections none. The server runs with the network cut; every knock is kept."""

import subprocess
import sys

import pytest
from tests.browser.served import ROLES, environment


def test_the_cut_is_a_cut(tmp_path):
    """The test that follows would see nothing if this did not."""
    knock = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", knock], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "THE NETWORK IS CUT: 192.0.2.1" in done.stderr


@pytest.mark.parametrize("role", ROLES)
def test_no_page_makes_the_server_reach_out(school, visitor, role):
    answers = list(visitor(role).walk(of_a_kind=1))
    assert answers
    assert "THE NETWORK IS CUT" not in school.log
