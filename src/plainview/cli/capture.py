"""`plainview capture --profile SCRIPT FOLDER`: made-up students go through a script; the traffic is kept.

In:   a script (TOML): where to begin, who there is, what each does. A browser on this machine.
Out:  a HAR file for each person and pass, with websocket frames and the calls by which scripts tell browsers
      apart, and capture.toml. 0 done, 2 something to mend.
Not here: what is in them (core.audit.exposure). Real children: only made-up ones, with a vendor's permission.

    first_party = ["lessons.example"]
    start = "https://lessons.example/login"
    passes = 2
    [[person]]
    name = "student 1"
    role = "student"
    [person.canary]
    "e-mail" = "zofia.q7f3@canary.example"      # without one, values are made up
    [elements]                                   # as the contract calls them, where the names differ
    "e-mail" = "e-mail address"
    [[step]]
    does = "signed in"
    fill = {"#mail" = "e-mail"}                  # what stands in a field: a canary's name
    click = "#go"
    wait_ms = 500

A step may hold: open, fill, type, click, press, wait_ms, wait_for, only = ["student"].
"""

import argparse
import base64
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from plainview.cli import amount
from plainview.cli.capture_script import read_script
from plainview.core.mendable import Mendable

DONE, TO_MEND = 0, 2
PASSES, PLAN = 2, "capture.toml"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def add_to(commands: Any) -> None:
    """The words after `capture`."""
    parser = commands.add_parser(
        "capture", help="drive a browser as two made-up students, and keep the traffic (HAR) and capture.toml"
    )
    parser.add_argument("--profile", metavar="SCRIPT", required=True, help="what each person does (TOML)")
    parser.add_argument("folder", help="where the captures are written; a dossier's exhibits/")
    parser.add_argument(
        "--passes", type=amount.count, metavar="N", help="reset and repeat (2, or what the script says)"
    )
    parser.add_argument("--seed", type=amount.seed, default=1, help="of values that are made up (1)")
    parser.add_argument("--browser", metavar="FILE", help="a Chromium to drive (the one on the path)")
    parser.add_argument("--headed", action="store_true", help="show the browser")


def answer(asked: argparse.Namespace) -> int:
    """Go through the script for each person; say what was written."""
    script = read_script(Path(asked.profile), seed=asked.seed)
    folder, passes = Path(asked.folder), asked.passes or int(script.get("passes", PASSES))
    rounds = list(_rounds(script, passes))
    _ready(folder, [name for *_, name in rounds])
    browser = _browser(asked.browser)
    # Aside until all of them are whole: half a capture would be reviewed like any other.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".plainview-") as aside:
        for person, number, name in rounds:
            _drive(script, person, Path(aside) / name, browser=browser, headed=asked.headed)
            print(f"{person['name']}, pass {number}: {folder / name}", flush=True)
        written = [(person["name"], number, name) for person, number, name in rounds]
        (Path(aside) / PLAN).write_text(capture_toml(script, written), encoding="utf-8")
        for name in (*(name for *_, name in rounds), PLAN):
            (Path(aside) / name).replace(folder / name)
    print(folder / PLAN)
    return DONE


def _ready(folder: Path, names: Sequence[str]) -> None:
    """A folder that can be written to, and holds none of the files: a person may have added statements."""
    there = [name for name in (*names, PLAN) if (folder / name).exists()]
    if there:
        raise Mendable(
            *(f"{folder / name}: is there already, and nothing is written over." for name in there)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise Mendable(f"{folder}: nothing can be written there ({fault.strerror or fault}).") from None


def capture_toml(script: Mapping[str, Any], written: Sequence[tuple[str, int, str]]) -> str:
    """What `plainview review` reads beside the captures."""
    lines = ["# Written by `plainview capture`."]
    for key in ("first_party", "owner", "same_owner", "not_exercised"):
        if key in script:
            lines.append(f"{key} = {_toml(script[key])}")
    does = [str(step["does"]) for step in script["step"] if "does" in step]
    lines.append(f"exercised = {_toml(does or [str(len(script['step'])) + ' steps'])}")
    for person in script["person"]:
        lines += ["", "[[person]]", f"name = {_toml(person['name'])}", f"role = {_toml(person['role'])}"]
        elements = {**script.get("elements", {}), **person.get("elements", {})}
        for field, value in person["canary"].items():
            element = _toml(elements.get(field, field))
            lines += ["[[person.canary]]", f"field = {_toml(field)}", f"element = {element}"]
            lines.append(f"value = {_toml(value)}")
        for who, number, file in written:
            if who == person["name"]:
                lines += ["[[person.capture]]", f"file = {_toml(file)}", f"pass = {number}"]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    """Text and lists of text: what JSON writes of these is TOML."""
    return json.dumps(value, ensure_ascii=False)


def _rounds(script: Mapping[str, Any], passes: int) -> Iterator[tuple[dict[str, Any], int, str]]:
    for person in script["person"]:
        name = "-".join("".join(c if c.isalnum() else " " for c in person["name"].lower()).split())
        for number in range(1, passes + 1):
            yield person, number, f"{name}-pass-{number}.har"


def _browser(said: str | None) -> str:
    found = said or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
    )
    if not found:
        raise Mendable("There is no Chromium on the path: install one, or say --browser FILE.")
    return found


def _drive(
    script: Mapping[str, Any], person: Mapping[str, Any], path: Path, *, browser: str, headed: bool
) -> None:
    """One person, one fresh browser, the whole script."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise Mendable(
            "Driving a browser needs one more package: pip install 'plainview[capture]'."
        ) from None
    frames: list[dict[str, Any]] = []
    bodies: dict[tuple[str, str], list[bytes]] = {}
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(
                executable_path=browser, headless=not headed, args=list(ARGUMENTS)
            )
        except Error as fault:
            raise Mendable(f"{browser}: the browser does not start ({str(fault).splitlines()[0]}).") from None
        context = opened.new_context(record_har_path=path, record_har_content="embed")
        watch = (resources.files(__package__) / "capture.js").read_text(encoding="utf-8")
        context.add_init_script(watch)
        page = context.new_page()
        page.on("websocket", lambda socket: _listen(socket, frames))
        context.on("request", lambda request: _keep_body(request, bodies))
        try:
            _go(page, person, {"open": script["start"], "wait_ms": 0}, 0, script["start"])
            for number, step in enumerate(script["step"], start=1):
                if person["role"] in step.get("only", [person["role"]]):
                    _go(page, person, step, number, script["start"])
            calls = [call for frame in page.frames for call in _calls(frame)]
        except Error as fault:
            raise Mendable(f"{person['name']}: {str(fault).splitlines()[0]}") from None
        finally:
            cookies = context.cookies()
            context.close()
            opened.close()
    har = json.loads(path.read_text(encoding="utf-8"))
    _put_bodies(har["log"]["entries"], bodies)
    _put_frames(har["log"]["entries"], frames)
    har["log"]["_plainview"] = {"calls": calls, "cookies": [dict(one) for one in cookies]}
    path.write_text(json.dumps(har, ensure_ascii=False), encoding="utf-8")


def _go(page: Any, person: Mapping[str, Any], step: Mapping[str, Any], number: int, start: str) -> None:
    """One step; where it cannot be done, who was at which step, and what the browser says."""
    from playwright.sync_api import Error, TimeoutError

    where = f"{person['name']}, " + (f"step {number}" if number else f"opening {start}")
    try:
        _step(page, step, person, number, start)
    except TimeoutError:
        sought = [step.get("click"), step.get("wait_for"), *step.get("fill", {}), *step.get("type", {})]
        what = " or ".join(f"'{one}'" for one in sought if one)
        raise Mendable(
            f"{where}: {what or 'the page'} was not there within 30 seconds. The page was {page.url}."
        ) from None
    except Error as fault:
        raise Mendable(f"{where}: the browser says {str(fault).splitlines()[0]}.") from None


def _keep_body(request: Any, bodies: dict[tuple[str, str], list[bytes]]) -> None:
    """Packed bodies are bytes, and the HAR writer keeps text: they are put back afterwards."""
    content = request.post_data_buffer
    if content:
        bodies.setdefault((request.method, request.url), []).append(content)


def _put_bodies(entries: Sequence[dict[str, Any]], bodies: Mapping[tuple[str, str], list[bytes]]) -> None:
    left = {key: list(contents) for key, contents in bodies.items()}
    for entry in entries:
        request = entry["request"]
        waiting = left.get((request["method"], request["url"]))
        if waiting and not _is_text(content := waiting.pop(0)):
            post = request.setdefault("postData", {"mimeType": "application/octet-stream"})
            post |= {"text": base64.b64encode(content).decode(), "encoding": "base64"}


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _listen(socket: Any, frames: list[dict[str, Any]]) -> None:
    def note(kind: str) -> Any:
        return lambda payload: frames.append({"url": socket.url, "type": kind, "payload": payload})

    socket.on("framesent", note("send"))
    socket.on("framereceived", note("receive"))


def _step(page: Any, step: Mapping[str, Any], person: Mapping[str, Any], number: int, start: str) -> None:
    canary = person["canary"]
    if "open" in step:
        page.goto(urljoin(start, step["open"]))
    for selector, field in step.get("fill", {}).items():
        if field not in canary:
            raise Mendable(f"step {number}: found the field '{field}', expected one of {', '.join(canary)}.")
        page.fill(selector, canary[field])
    for selector, text in step.get("type", {}).items():
        page.fill(selector, str(text))
    if "click" in step:
        page.click(step["click"])
    if "press" in step:
        page.keyboard.press(step["press"])
    if "wait_for" in step:
        page.wait_for_selector(step["wait_for"])
    page.wait_for_timeout(float(step.get("wait_ms", 300)))


def _calls(frame: Any) -> list[dict[str, Any]]:
    try:
        found = frame.evaluate("() => window.__plainview_calls ? window.__plainview_calls() : []")
    except Exception:  # a frame may be gone by now; what others noted stands
        return []
    return found if isinstance(found, list) else []


def _put_frames(entries: list[dict[str, Any]], frames: Sequence[Mapping[str, Any]]) -> None:
    """Websockets, one entry an address, as Chrome writes them."""
    by_url: dict[str, list[dict[str, Any]]] = {}
    for frame in frames:
        payload = frame["payload"]
        is_bytes = isinstance(payload, bytes)
        text = base64.b64encode(payload).decode() if is_bytes else payload
        message = {"type": frame["type"], "opcode": 2 if is_bytes else 1, "data": text}
        by_url.setdefault(frame["url"], []).append(message)
    at = entries[0]["startedDateTime"] if entries else ""
    for url, messages in by_url.items():
        entries.append(
            {
                "startedDateTime": at,
                "request": {"method": "GET", "url": url, "headers": [], "cookies": [], "queryString": []},
                "response": {"status": 101, "headers": [], "cookies": [], "content": {}},
                "_resourceType": "websocket",
                "_webSocketMessages": messages,
            }
        )
