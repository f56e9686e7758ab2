"""Many browsers at once: one asyncio process, raw sockets, connections kept alive. Loopback only.

In:   a plan on the standard input: a port, who asks for what at which second, how long to wait at most.
Out:  on the standard output, what each request took, in the order they were due; what went wrong.
Not here: Django. This process knows of the site what a browser knows: pages, forms and cookies.

A request's time runs from the moment it was due, not from the moment we got round to it: a server that makes
browsers queue cannot hide it.
"""

import asyncio
import json
import re
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

HOST = "127.0.0.1"
NEXT_ITEM = re.compile(rb'name="item" value="(\d+)"')
OK = 200
MOST_FAULTS_TOLD = 5


@dataclass(slots=True, kw_only=True)
class Plan:
    port: int
    csrf: str
    at_most_seconds: float  # then whatever is still waiting counts as an error
    answers: dict[str, str]  # by question
    browsers: list[dict]  # cookie, path, item (null: it only reads), due (the seconds at which it asks)
    connect_for: float = 0.0  # all connect first and read their page, spread over so many seconds


@dataclass(slots=True, kw_only=True)
class Seen:
    answers_ms: list[float] = field(default_factory=list)
    pages_ms: list[float] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # of the answers that the server said it had kept
    faults: Counter = field(default_factory=Counter)
    n_errors: int = 0
    n_connections: int = 0
    seconds: float = 0.0

    def fault(self, what: str) -> None:
        self.n_errors += 1
        self.faults[what[:200]] += 1


class Wrong(Exception):
    """An answer that is no answer."""


class Browser:
    """One child or adult at one device: one connection, one thing after another."""

    def __init__(
        self, plan: Plan, seen: Seen, *, cookie: str, path: str, item: int | None, due: list
    ) -> None:
        self.plan, self.seen = plan, seen
        self.cookie, self.path, self.item, self.due = cookie, path, item, due
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def live(self, begins: float, wait: float) -> None:
        """Everything this browser does, one thing after another."""
        if self.plan.connect_for:
            await asyncio.sleep(max(0.0, begins + wait - time.perf_counter()))
            await self._counted(self.path, None, [])
        for second in self.due:
            due = begins + self.plan.connect_for + second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            times = self.seen.pages_ms if self.item is None else self.seen.answers_ms
            await self._counted(self.path, self._form(), times, due=due)

    async def _counted(self, path: str, form: dict | None, times: list[float], *, due: float = 0.0) -> None:
        try:
            body = await self._ask(path, form)
        except (OSError, EOFError, Wrong, ValueError) as fault:
            self.seen.fault(f"{type(fault).__name__}: {fault}")
            self.close()
            return
        times.append((time.perf_counter() - due) * 1000)
        if form:
            self.seen.keys.append(form["client_key"])
            found = NEXT_ITEM.search(body)
            self.item = int(found[1]) if found else self.item

    def _form(self) -> dict | None:
        if self.item is None:
            return None
        said = {
            "item": self.item,
            "response": self.plan.answers[str(self.item)],
            "hints": 0,
            "helped": "none",
        }
        return {"csrfmiddlewaretoken": self.plan.csrf, "client_key": uuid4().hex, **said}

    async def _ask(self, path: str, form: dict | None) -> bytes:
        if self.reader and self.reader.at_eof():
            self.close()  # kept alive long enough for the server; a browser opens another
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(HOST, self.plan.port)
            self.seen.n_connections += 1
        self.writer.write(request(path, cookie=self.cookie, form=form))
        status, headers, body = await response(self.reader)
        if headers.get("connection", "").lower() == "close":
            self.close()
        if status != OK:
            raise Wrong(f"{path}: {status}")
        return body

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


def request(path: str, *, cookie: str, form: dict | None) -> bytes:
    """What a browser sends, through a proxy that ends TLS."""
    body = urlencode(form).encode() if form else b""
    lines = [
        f"{'POST' if form else 'GET'} {path} HTTP/1.1",
        f"Host: {HOST}",
        f"Origin: https://{HOST}",
        "X-Forwarded-Proto: https",
        f"X-Forwarded-For: {HOST}",
        "Accept: text/html",
        "Accept-Language: en",
        "User-Agent: plainview-bench",
        f"Cookie: {cookie}",
    ]
    if form:
        lines += [
            "HX-Request: true",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def response(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(_header(line) for line in head[1:] if line)
    status = int(head[0].split()[1])
    return status, headers, await reader.readexactly(int(headers["content-length"]))


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


async def browse(plan: Plan) -> Seen:
    seen = Seen()
    browsers = [Browser(plan, seen, **one) for one in plan.browsers]
    begins = time.perf_counter() + 0.2
    apart = plan.connect_for * 0.9 / max(1, len(browsers))
    lives = [asyncio.create_task(one.live(begins, n * apart)) for n, one in enumerate(browsers)]
    _done, waiting = await asyncio.wait(lives, timeout=plan.at_most_seconds)
    for task in waiting:
        task.cancel()
        seen.fault("no answer in time")
    seen.seconds = time.perf_counter() - begins
    for task in _done:
        task.result()
    for browser in browsers:
        browser.close()
    return seen


def main() -> None:
    plan = Plan(**json.load(sys.stdin))
    seen = asyncio.run(browse(plan))
    told = asdict(seen) | {"faults": dict(seen.faults.most_common(MOST_FAULTS_TOLD))}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
