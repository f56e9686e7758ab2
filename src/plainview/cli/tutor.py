"""`plainview tutor NAME --port 8500`: a tutor whose truth is known, served on this machine.

In:   a tutor's name, a port.
Out:  the published protocol (docs/for-reviewers/tutor.openapi.json) on 127.0.0.1, until it is stopped.
Not here: the tutors (core.tutors.products), who asks (probe). Nothing is kept, and nobody else is let in.
"""

import argparse
import json
import secrets
from collections.abc import Callable
from typing import Any

from plainview.cli import amount
from plainview.core.mendable import Mendable

HERE = "127.0.0.1"
LONGEST_BODY = 65_536
MOST_SESSIONS = 20_000


def add_to(commands: Any) -> None:
    """The words after `tutor`."""
    asking = commands.add_parser(
        "tutor",
        help="serve a tutor of which it is known whether it adapts",
        description="Serves a built-in tutor on this machine by the published protocol.",
    )
    asking.add_argument("name", nargs="?", help="which tutor; --list names them all")
    asking.add_argument("--list", action="store_true", help="name the tutors, and whether each adapts")
    asking.add_argument("--port", type=amount.port, default=8500, help="(8500); 0: any that is free")
    asking.add_argument("--seed", type=amount.seed, default=1, help="of the pool of items (1)")


def answer(asked: argparse.Namespace) -> int:
    """Serve until stopped."""
    from plainview.core.tutors.products import ADAPTS, PRODUCTS

    if asked.list or not asked.name:
        for name in PRODUCTS:
            print(f"{name}: {'adapts' if ADAPTS[name] else 'does not adapt'}")
        return 0
    server = open_server(asked.name, port=asked.port, seed=asked.seed)
    print(
        f"The tutor '{asked.name}' listens on http://{HERE}:{server.server_port}. Ctrl-C ends it.", flush=True
    )
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return 0


def open_server(name: str, *, port: int, seed: int = 1) -> Any:
    """A server that is ready to be asked.

    Raises
    ------
    Mendable
        If there is no such tutor, or the port is taken.
    """
    from http.server import ThreadingHTTPServer  # only who serves waits for it

    from plainview.core.tutors.pool import make_pool
    from plainview.core.tutors.products import product

    try:
        tutor = product(name, make_pool(seed=seed))
        desk = Desk(tutor)
        server = ThreadingHTTPServer((HERE, port), _handler(desk))
    except ValueError as fault:
        raise Mendable(str(fault)) from None
    except OSError as fault:
        raise Mendable(f"port {port}: cannot be listened on ({fault.strerror}).") from None
    server.daemon_threads = True
    return server


class Refused(Exception):
    """A status and a sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Desk:
    """Open sessions, and what each was offered last."""

    def __init__(self, tutor: Any) -> None:
        self.tutor = tutor
        self.sessions: dict[str, Any] = {}
        self.offered: dict[str, Any] = {}

    def open(self, said: dict[str, Any]) -> dict[str, Any]:
        if len(self.sessions) >= MOST_SESSIONS:
            raise Refused(429, "too many sessions are open: close some first.")
        profile = _profile(said.get("profile"))
        seed = said.get("seed", len(self.sessions))
        if not isinstance(seed, int):
            raise Refused(400, "seed: expected a whole number.")
        name = secrets.token_hex(16)
        self.sessions[name] = self.tutor.open(profile, seed=seed)
        return {"session": name}

    def next(self, name: str) -> dict[str, Any]:
        session = self._session(name)
        if name not in self.offered:
            self.offered[name] = session.next()
        return offer_as_json(self.offered[name])

    def answer(self, name: str, said: dict[str, Any]) -> None:
        from plainview.core.tutors.tutor import Offer

        session, offered = self._session(name), self.offered.get(name)
        if not isinstance(offered, Offer) or said.get("item") != offered.item:
            raise Refused(400, "item: expected the one that was offered last.")
        session.answer(_reply(said))
        del self.offered[name]

    def override(self, name: str, said: dict[str, Any]) -> None:
        try:
            self._session(name).override(str(said.get("skill", "")))
        except ValueError as fault:
            raise Refused(400, str(fault)) from None
        self.offered.pop(name, None)

    def close(self, name: str) -> None:
        self._session(name)
        del self.sessions[name]
        self.offered.pop(name, None)

    def _session(self, name: str) -> Any:
        if name not in self.sessions:
            raise Refused(404, "there is no such session.")
        return self.sessions[name]


def _profile(said: Any) -> Any:
    from plainview.core.tutors.tutor import Profile

    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise Refused(400, "profile: expected an object of texts.")
    known = set(Profile.__dataclass_fields__) - {"more"}
    return Profile(**{key: value for key, value in said.items() if key in known})


def _reply(said: dict[str, Any]) -> Any:
    from plainview.core.tutors.tutor import Reply

    correct = said.get("correct")
    if not isinstance(correct, (int, float)) or not 0 <= correct <= 1:
        raise Refused(400, "correct: expected a number from 0 to 1.")
    ms, hints = said.get("response_ms"), said.get("hints", 0)
    if not isinstance(hints, int) or not (ms is None or isinstance(ms, int)):
        raise Refused(400, "response_ms and hints: expected whole numbers.")
    error = str(said.get("error", ""))
    return Reply(item=str(said["item"]), correct=float(correct), error=error, response_ms=ms, hints=hints)


def offer_as_json(offered: Any) -> dict[str, Any]:
    from plainview.core.tutors.tutor import Stop

    reason = {"words": offered.reason.words, "rests_on": str(offered.reason.rests_on)}
    if isinstance(offered, Stop):
        return {"stop": True, "calls_teacher": offered.calls_teacher, "reason": reason}
    return {
        "item": offered.item,
        "skill": offered.skill,
        "difficulty": offered.difficulty,
        "approach": offered.approach,
        "reason": reason,
    }


def _handler(desk: Desk) -> Any:
    from http.server import BaseHTTPRequestHandler

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._do(lambda: self._get(self.path.strip("/").split("/")))

        def do_POST(self) -> None:
            self._do(lambda: self._post(self.path.strip("/").split("/"), self._body()))

        def do_PUT(self) -> None:
            self._do(lambda: self._put(self.path.strip("/").split("/"), self._body()))

        def do_DELETE(self) -> None:
            self._do(lambda: self._delete(self.path.strip("/").split("/")))

        def _get(self, path: list[str]) -> tuple[int, Any]:
            match path:
                case ["sessions", name, "next"]:
                    return 200, desk.next(name)
                case ["openapi.json"]:
                    return 200, json.loads(openapi())
            raise Refused(404, "there is nothing here: see /openapi.json.")

        def _post(self, path: list[str], said: dict[str, Any]) -> tuple[int, Any]:
            match path:
                case ["sessions"]:
                    return 201, desk.open(said)
                case ["sessions", name, "answers"]:
                    desk.answer(name, said)
                    return 204, None
            raise Refused(404, "there is nothing here: see /openapi.json.")

        def _put(self, path: list[str], said: dict[str, Any]) -> tuple[int, Any]:
            match path:
                case ["sessions", name, "override"]:
                    desk.override(name, said)
                    return 204, None
            raise Refused(404, "there is nothing here: see /openapi.json.")

        def _delete(self, path: list[str]) -> tuple[int, Any]:
            match path:
                case ["sessions", name]:
                    desk.close(name)
                    return 204, None
            raise Refused(404, "there is nothing here: see /openapi.json.")

        def _body(self) -> dict[str, Any]:
            length = self.headers.get("Content-Length", "0")
            if not length.isdigit() or int(length) > LONGEST_BODY:
                self.close_connection = True
                raise Refused(400, "expected a short JSON object.")
            try:
                said = json.loads(self.rfile.read(int(length)) or b"{}")
            except ValueError:
                raise Refused(400, "expected a JSON object.") from None
            if not isinstance(said, dict):
                raise Refused(400, "expected a JSON object.")
            return said

        def _do(self, answer: Callable[[], tuple[int, Any]]) -> None:
            try:
                status, said = answer()
            except Refused as refused:
                status, said = refused.status, {"fault": refused.words}
            body = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            if body:
                self.send_header("Content-Type", "application/json")
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent: a shell that serves a probe sees thousands of requests."""

    return Handler


def openapi() -> str:
    """The published protocol."""
    from importlib.resources import files

    return files("plainview.core.tutors").joinpath("tutor.openapi.json").read_text(encoding="utf-8")
