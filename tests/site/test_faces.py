"""A school hosts the classroom alone, an independent body the desk alone: three starts, in real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

FACES = ("classroom", "desk", "classroom desk")
OF_THE_CLASSROOM, OF_THE_DESK, OF_BOTH = "/plans/groups/", "/products/", "/people/sign-in/"


def environment(home: Path, faces: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PLAINVIEW_", "DJANGO_"))}
    return clean | {"PLAINVIEW_HOME": str(home), "PLAINVIEW_FACES": faces, "PLAINVIEW_HTTPS": "no"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(home: Path, faces: str):
    """`plainview serve` in an empty folder, until it says where it is."""
    port, said = free_port(), home.parent / "said"
    with said.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "plainview.cli", "serve", "--port", str(port)],
            env=environment(home, faces),
            stdout=file,
            stderr=file,
        )
    try:
        ends = time.monotonic() + 300  # beside other tests on a small machine
        while "Plainview is on" not in said.read_text():
            assert server.poll() is None and time.monotonic() < ends, said.read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def asked(url: str) -> tuple[int, dict[str, str], str]:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_words):
            return None

    try:
        with urllib.request.build_opener(Stay).open(url, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers), answer.read().decode()


def worker_of(pid: int) -> list[int]:
    """The processes of `plainview work` that this server has beside it."""
    found = []
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"plainview.cli\0work\0--with\0{pid}\0" in words.read_text():
                found.append(int(words.parent.name))
        except OSError:  # it ended while we looked
            continue
    return found


def until(what, seconds: float = 90):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


@pytest.mark.parametrize("faces", FACES)
def test_each_start_makes_its_own_tables_and_serves_its_own_pages_and_no_others(faces, tmp_path):
    with served(tmp_path / "home", faces) as (url, pid):
        if faces == "desk":
            assert "free classroom" not in asked(url + "/account/sign-in/")[2]
        status, headers, _body = asked(url + OF_BOTH)  # a desk alone has no children, and one door
        assert (status, headers.get("Location")) == (
            (200, None) if "classroom" in faces else (302, "/account/sign-in/")
        )
        assert (asked(url + OF_THE_CLASSROOM)[0] == 302) == ("classroom" in faces)  # to the school's door
        assert (asked(url + OF_THE_CLASSROOM)[0] == 404) == ("classroom" not in faces)
        assert asked(url + OF_THE_DESK)[0] == (200 if "desk" in faces else 404)
        assert asked(url + "/desk/reviews/")[0] == (302 if "desk" in faces else 404)
        status, headers, _body = asked(url + "/")
        if "classroom" in faces:
            assert (status, headers["Location"]) == (302, "/people/sign-in/?next=/")
        else:
            assert (status, "Set-Cookie" in headers) == (200, False)
        if "desk" not in faces:
            assert worker_of(pid) == []
            return
        (worker,) = until(lambda: worker_of(pid))
        os.kill(worker, signal.SIGKILL)
        (another,) = until(lambda: [w for w in worker_of(pid) if w != worker])
    until(lambda: not Path(f"/proc/{another}").exists())


def test_a_worker_goes_when_its_server_was_killed(tmp_path):
    with served(tmp_path / "home", "desk") as (_url, pid):
        (worker,) = until(lambda: worker_of(pid))
        os.kill(pid, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{worker}").exists())


LOADED = """
import sys, django
django.setup()
from django.core.management import call_command
from django.urls import resolve
from plainview.site import server
from plainview.site.prepare import prepare
prepare(say=lambda words: None)
server.read_whole()
print(*sorted(name for name in sys.modules if name.startswith({starts!r})))
"""


def loaded(home: Path, faces: str, starts: tuple[str, ...]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(starts=starts)],
        env=environment(home, faces) | {"DJANGO_SETTINGS_MODULE": "plainview.site.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_desk_alone_never_reads_the_classroom_and_serves_without_the_libraries_of_the_checks(tmp_path):
    assert loaded(tmp_path / "home", "desk", ("plainview.classroom", "numpy", "numba", "pyarrow")) == []


def test_a_classroom_alone_never_reads_the_desk(tmp_path):
    assert loaded(tmp_path / "home", "classroom", ("plainview.desk",)) == []


@pytest.mark.parametrize("words", [["rebuild"], ["content", "load"], ["import", "ccss"]])
def test_what_is_the_classrooms_says_so_where_there_is_none(words, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "plainview.cli", *words],
        env=environment(tmp_path / "home", "desk"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"plainview {words[0]} is of the classroom, and there is none here.")
