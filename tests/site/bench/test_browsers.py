"""Many browsers against a server of a few lines, on loopback: what they time, what they call an error."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

import pytest

from plainview.site.bench import browsers
from plainview.site.bench.load import Asker, Load, spread

NEXT = b'<input name="item" value="8">'


class Server:
    """Answers every request with the next question, or as it was told."""

    def __init__(self, *, status: int = 200, after: float = 0.0, hang_up_after: int = 10**6) -> None:
        self.status, self.after, self.hang_up_after = status, after, hang_up_after
        self.forms: list[dict] = []
        self.n_connections = 0

    async def serve(self, reader, writer) -> None:
        self.n_connections += 1
        for _n in range(self.hang_up_after):
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
            except asyncio.IncompleteReadError:
                break
            length = [line for line in head.split("\r\n") if line.startswith("Content-Length")]
            body = await reader.readexactly(int(length[0].split()[1])) if length else b""
            self.forms.append({name: value[0] for name, value in parse_qs(body.decode()).items()})
            await asyncio.sleep(self.after)
            writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s" % (self.status, len(NEXT), NEXT))
        writer.close()


def child(*due: float) -> dict:
    return {"cookie": "sessionid=1", "path": "/practice/", "item": 7, "due": list(due)}


def browse(server: Server, *who: dict, at_most_seconds: float = 5, **more) -> browsers.Seen:
    async def both() -> browsers.Seen:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        plan = browsers.Plan(
            port=listening.sockets[0].getsockname()[1],
            csrf="token",
            at_most_seconds=at_most_seconds,
            answers={"7": "seven", "8": "eight"},
            browsers=list(who),
            **more,
        )
        async with listening:
            return await browsers.browse(plan)

    # In a thread of its own: where a browser of other tests is open, this one has a running loop already.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(both())).result()


def test_a_child_answers_the_question_that_came_back():
    server = Server()
    seen = browse(server, child(0, 0.01))
    assert [(form["item"], form["response"]) for form in server.forms] == [("7", "seven"), ("8", "eight")]
    assert sorted(form["client_key"] for form in server.forms) == sorted(seen.keys)
    assert len(seen.answers_ms) == 2
    assert (seen.n_errors, server.n_connections) == (0, 1)


def test_whoever_has_no_question_only_reads():
    server = Server()
    seen = browse(server, child(0) | {"item": None})
    assert server.forms == [{}]
    assert (len(seen.pages_ms), seen.answers_ms, seen.keys) == (1, [], [])


def test_waiting_for_an_earlier_answer_counts_as_time():
    """Both are due at once; the second waits for the first, and a server cannot hide that."""
    seen = browse(Server(after=0.1), child(0, 0))
    assert max(seen.answers_ms) >= 200


def test_what_the_server_refused_is_an_error_and_not_an_answer():
    seen = browse(Server(status=503), child(0))
    assert (seen.n_errors, seen.answers_ms, seen.keys) == (1, [], [])
    assert seen.faults == {"Wrong: /practice/: 503": 1}


def test_no_answer_in_time_is_an_error():
    seen = browse(Server(after=5), child(0), at_most_seconds=0.5)
    assert (seen.n_errors, seen.answers_ms) == (1, [])


def test_a_connection_that_the_server_closed_is_opened_again():
    server = Server(hang_up_after=1)
    seen = browse(server, child(0, 0.1))
    assert (seen.n_errors, len(seen.answers_ms), server.n_connections) == (0, 2, 2)


def test_kept_alive_browsers_connect_before_anything_is_timed():
    server = Server()
    seen = browse(server, child(0), child(0), connect_for=0.1)
    assert len(server.forms) == 4
    assert (len(seen.answers_ms), len(seen.pages_ms), seen.n_connections) == (2, 0, 2)


@pytest.mark.parametrize("n, most", [(4, 1), (10, 1), (25, 3)])
def test_everybody_asks_in_turn_and_within_the_time(n, most):
    askers = [Asker(cookie=str(number), path="/") for number in range(10)]
    spread(askers, n, seconds=60, chance=random.Random(1))
    assert sum(len(one.due) for one in askers) == n
    assert {len(one.due) for one in askers} <= {most - 1, most}
    assert all(0 <= due <= 60 for one in askers for due in one.due)


def test_a_shorter_load_presses_at_the_same_rate():
    load = Load(title="", answers_a_minute=6000, pages_a_minute=216, p99_at_most_ms=1, seconds=10)
    assert (load.n_answers, load.n_pages) == (1000, 36)
