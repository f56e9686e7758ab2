"""Invariant 16: outbound connections none. The server runs with the network cut; every knock is kept."""

import subprocess
import sys

from tests.browser.served import KNOCK, environment


def test_the_cut_is_a_cut(tmp_path):
    """The test that follows would see nothing if this did not."""
    knock = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", knock], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"{KNOCK}: 192.0.2.1" in done.stderr


def test_no_page_makes_the_server_reach_out(school, visitor):
    """Every other test that visits a school ends with the same look at what its server tried."""
    for role in ("teacher", "family"):
        assert len(list(visitor(role).walk(of_a_kind=1))) > 10
    assert KNOCK not in school.log
