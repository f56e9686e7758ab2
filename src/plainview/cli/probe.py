"""`plainview probe URL --permission "..."`: twins and drills against a tutor, over its published protocol.

In:   where the tutor is, who permitted it, how fast one may ask.
Out:  probe.json, an exhibit; what it shows, in sentences.
Not here: the design (core.audit.adaptivity.twins), its judgement (say_probe). Students are made up, always.
"""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from plainview.cli import amount
from plainview.core.cannot_say import CannotSay
from plainview.core.mendable import Mendable

ANSWERED, CANNOT_SAY = 0, 3
PATIENCE_S = 30.0
LONGEST_ANSWER = 1_000_000
TRIES = 5


def add_to(commands: Any) -> None:
    """The words after `probe`."""
    asking = commands.add_parser(
        "probe",
        help="what does a tutor give to twins who differ in one thing?",
        description="Opens sessions for made-up students at a tutor that speaks the published protocol "
        "(docs/for-reviewers/tutor.openapi.json) and writes what they were given. Ask the vendor for a test "
        "tenant and for leave in writing first. Exit code: 0 answered, 2 something to mend, 3 cannot say.",
    )
    asking.add_argument("url", help="where the tutor is, such as http://127.0.0.1:8500")
    asking.add_argument(
        "--permission", required=True, help="who allowed this, of which test tenant, and when"
    )
    asking.add_argument("-o", "--out", default="probe.json", metavar="FILE", help="where to (probe.json)")
    asking.add_argument(
        "--factor", action="append", metavar="NAME", help="only this, such as speed; may be repeated"
    )
    asking.add_argument("--blocks", type=amount.count, default=4, help="of four twins, at least 4 (4)")
    asking.add_argument("--rate", type=amount.rate, default=10.0, help="most requests a second (10)")
    asking.add_argument("--header", action="append", default=[], metavar="NAME: VALUE", help="sent along")
    asking.add_argument("--seed", type=amount.seed, default=1, help="chance begins here (1)")
    asking.add_argument("--json", action="store_true", help="answer for a program")


def answer(asked: argparse.Namespace) -> int:
    """Probe, write, say."""
    from plainview.core.audit.adaptivity import say_probe
    from plainview.core.audit.adaptivity.probe import as_json, probe

    if asked.blocks < 4:
        raise Mendable(f"--blocks: found {asked.blocks}, expected at least 4.")
    out = Path(asked.out)
    _can_be_written(out)
    tutor = RemoteTutor(asked.url, rate=asked.rate, headers=_headers(asked.header))
    made = probe(
        tutor,
        of=asked.url,
        permission=asked.permission,
        seed=asked.seed,
        factors=_factors(asked.factor),
        blocks=asked.blocks,
        tell=_tell,
    )
    try:
        out.write_text(as_json(made), encoding="utf-8")
    except OSError as fault:
        raise Mendable(f"{asked.out}: this file cannot be written ({fault.strerror}).") from None
    judged = say_probe.judge(made)
    answers = say_probe.all_findings(judged)
    _print(answers, asked)
    return ANSWERED if any(not isinstance(one, CannotSay) for one in answers) else CANNOT_SAY


def _can_be_written(out: Path) -> None:
    """Known before the first request: what a vendor's sandbox was asked for an hour must have a place."""
    if out.is_dir() or not out.parent.is_dir():
        raise Mendable(f"{out}: expected a file in a folder that there is.")
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise Mendable(f"{out}: this file cannot be written.")


def _print(answers: Any, asked: argparse.Namespace) -> None:
    if asked.json:
        told = [
            {"check": one.check, "question": one.question, "cannot_say": str(one)}
            if isinstance(one, CannotSay)
            else {
                "check": one.check,
                "question": one.question,
                "answer": one.answer,
                "sentence": one.sentence,
            }
            for one in answers
        ]
        print(json.dumps({"written": asked.out, "answers": told}, ensure_ascii=False))
        return
    for one in answers:
        print(one.question)
        print(one if isinstance(one, CannotSay) else f"{one.answer}. {one.sentence}")
    print(f"What every made-up student was given is in {asked.out}: it can be an exhibit of a dossier.")


def _tell(done: int, of: int, what: str) -> None:
    import sys

    sys.stderr.write(f"[{done + 1}/{of}] twins who differ in: {what}\n")


def _factors(names: list[str] | None) -> tuple[Any, ...]:
    from plainview.core.audit.adaptivity.twins import Factor

    if not names:
        return tuple(Factor)
    try:
        return tuple(Factor(name) for name in names)
    except ValueError:
        wrong = ", ".join(f"'{name}'" for name in names if name not in list(Factor))
        raise Mendable(f"--factor: found {wrong}, expected some of: {', '.join(Factor)}.") from None


def _headers(given: list[str]) -> dict[str, str]:
    parted = [header.partition(":") for header in given]
    if any(not colon for _, colon, _ in parted):
        raise Mendable("--header: expected a name, a colon and a value.")
    return {name.strip(): value.strip() for name, _, value in parted}


class RemoteTutor:
    """A tutor behind HTTP: as many requests a second as were allowed, and no more."""

    def __init__(self, url: str, *, rate: float, headers: dict[str, str] | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Mendable(f"{url}: expected an address such as http://127.0.0.1:8500.")
        if rate <= 0:
            raise Mendable(f"--rate: found {rate}, expected more than 0.")
        self.url, self.headers = url.rstrip("/"), headers or {}
        self.apart, self.last = 1 / rate, 0.0

    def open(self, profile: Any, *, seed: int) -> "RemoteSession":
        from dataclasses import asdict

        said = {key: value for key, value in asdict(profile).items() if isinstance(value, str) and value}
        opened = self.ask("POST", "/sessions", {"profile": said, "seed": seed})
        if "session" not in opened:
            raise Mendable(f"{self.url}/sessions: found no 'session' in the answer, expected its name.")
        return RemoteSession(self, str(opened["session"]))

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request, again where the tutor asks for patience."""
        import http.client  # only who probes waits for the web's own modules
        import urllib.error

        for again in range(TRIES):
            self._wait()
            try:
                return self._once(method, path, body)
            except urllib.error.HTTPError as fault:
                if fault.code == 501:
                    raise NotImplementedError(path) from None
                if fault.code not in (429, 503) or again == TRIES - 1:
                    raise Mendable(
                        f"{self.url}{path}: found status {fault.code} ({_words(fault)})."
                    ) from None
                time.sleep(_after(fault, again))
            except (urllib.error.URLError, OSError, http.client.HTTPException, ValueError) as fault:
                reason = getattr(fault, "reason", fault)
                raise Mendable(f"{self.url}{path}: no answer ({reason}).") from None
        raise Mendable(f"{self.url}{path}: no answer.")

    def _wait(self) -> None:
        wait = self.last + self.apart - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self.last = time.monotonic()

    def _once(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        import urllib.request

        asking = urllib.request.Request(  # noqa: S310 (the scheme was looked at)
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **self.headers},
            method=method,
        )
        with urllib.request.urlopen(asking, timeout=PATIENCE_S) as reply:  # noqa: S310
            text = reply.read(LONGEST_ANSWER)
        try:
            said = json.loads(text) if text else {}
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise Mendable(f"{self.url}{path}: found no JSON object, expected one.")
        return said


def _words(fault: Any) -> str:
    try:
        return str(json.loads(fault.read(LONGEST_ANSWER)).get("fault", ""))
    except (ValueError, AttributeError):
        return str(fault.reason)


def _after(fault: Any, again: int) -> float:
    said = fault.headers.get("Retry-After", "")
    return min(float(said), PATIENCE_S) if said.isdigit() else float(2**again)


class RemoteSession:
    """One made-up student there."""

    def __init__(self, tutor: RemoteTutor, name: str) -> None:
        self.tutor, self.path = tutor, f"/sessions/{quote(name, safe='')}"

    def next(self) -> Any:
        from plainview.core.tutors.tutor import Offer, Reason, RestsOn, Stop

        said = self.tutor.ask("GET", f"{self.path}/next")
        try:
            reason = said.get("reason", {})
            because = Reason(words=str(reason.get("words", "")), rests_on=RestsOn(reason["rests_on"]))
            if said.get("stop"):
                return Stop(reason=because, calls_teacher=bool(said.get("calls_teacher", False)))
            difficulty = said.get("difficulty")
            return Offer(
                item=str(said["item"]),
                skill=str(said.get("skill", "")),
                difficulty=None if difficulty is None else float(difficulty),
                reason=because,
                approach=str(said.get("approach", "practice")),
            )
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            raise Mendable(
                f"{self.tutor.url}{self.path}/next: found no offer and no stop ({fault})."
            ) from None

    def answer(self, reply: Any) -> None:
        from dataclasses import asdict

        self.tutor.ask("POST", f"{self.path}/answers", asdict(reply))

    def override(self, skill: str) -> None:
        self.tutor.ask("PUT", f"{self.path}/override", {"skill": skill})
