"""A capture of 50 MB through every check of what leaves.

In:   a made-up browser's traffic: pages, scripts, JSON answers, cookies, an analytics party; one canary in a
      hundred requests stands in an address, a header or a body, plain or in base64.
Out:  seconds by the clock from the folder to the last answer, and the most memory ever held.
Not here: how a capture is read (core.formats.har), how canaries are found (core.audit.exposure).
"""

import base64
import json
import random
import string
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.review_log import Clock
from plainview.cli.bench.timing import most_memory_mb
from plainview.core.audit.review import review
from plainview.core.dossier.folder import open_dossier

BYTES, QUICK = 50_000_000, 2_000_000
MOST_S = 10.0
CANARIES = {
    "first name": "Zofia-q7f3kd92",
    "last name": "Brzask-m4w8xe51",
    "e-mail": "zofia.q7f3kd92@canary.example",
}
CAPTURE = """
first_party = ["lessons.example"]
owner = "Lessons"
exercised = ["signed in", "answered five questions"]

[[person]]
name = "student 1"
role = "student"
{canaries}
[[person.capture]]
file = "student-1.har"
pass = 1
"""


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    with TemporaryDirectory(prefix="plainview-bench-") as home:
        folder = Path(home) / "dossier"
        n_bytes = written(folder, QUICK if quick else BYTES)
        say(f"{n_bytes / 1e6:.0f} MB of HAR")
        clock = Clock(say)
        began = time.perf_counter()
        found = review(open_dossier(folder, aside=Path(home) / "aside"), only=["exposure"], telling=clock)
        took = time.perf_counter() - began
    if broke := [one.check.name for one in found.asked if one.broke]:
        raise RuntimeError(f"broke: {', '.join(broke)}")
    n = sum(bool(one.findings) for one in found.asked)
    group = f"a capture of {n_bytes / 1e6:.0f} MB"
    what = f"every check of what leaves, from file to last answer ({n} answered)"
    whole = Figure(group=group, what=what, measured=took, unit="s", at_most=None if quick else MOST_S)
    return [whole, Figure(group=group, what="most memory held", measured=most_memory_mb(), unit="MB")]


def written(folder: Path, n_bytes: int) -> int:
    """The dossier; how many bytes its capture has."""
    (folder / "exhibits").mkdir(parents=True)
    (folder / "product.toml").write_text('name = "bench"\nvendor = "nobody"\nversion = "1"\n')
    canaries = "".join(
        f"[[person.canary]]\nfield = {json.dumps(field)}\nvalue = {json.dumps(value)}\n"
        for field, value in CANARIES.items()
    )
    (folder / "exhibits" / "capture.toml").write_text(CAPTURE.format(canaries=canaries))
    path = folder / "exhibits" / "student-1.har"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"log": {"version": "1.2", "creator": {"name": "bench", "version": "1"}, "entries": [\n')
        chance, n = random.Random(1), 0
        while file.tell() < n_bytes:
            file.write((",\n" if n else "") + json.dumps(entry(n, chance)))
            n += 1
        file.write("\n]}}\n")
    return path.stat().st_size


def entry(n: int, chance: random.Random) -> dict[str, Any]:
    """One request: a page's own JSON, a script, or a word to an analytics party."""
    host = chance.choice(("lessons.example", "cdn.lessons.example", "metrics.tracker.example"))
    leak = chance.choice(list(CANARIES.values())) if n % 100 == 7 else ""
    query = f"?id={n}&u={base64.b64encode(leak.encode()).decode()}" if leak and n % 200 == 7 else f"?id={n}"
    sent = json.dumps({"event": "answer", "n": n, "who": leak if n % 200 == 107 else _noise(chance, 40)})
    body = json.dumps({"items": [_noise(chance, 60) for _ in range(chance.randrange(20, 120))]})
    return {
        "startedDateTime": f"2026-03-09T09:{n // 60 % 60:02d}:{n % 60:02d}.000Z",
        "time": 12,
        "request": {
            "method": "POST",
            "url": f"https://{host}/api/{_noise(chance, 8)}{query}",
            "httpVersion": "HTTP/2",
            "headers": [
                {"name": "referer", "value": "https://lessons.example/lesson/4"},
                {"name": "user-agent", "value": "Mozilla/5.0 (X11; Linux x86_64) " + _noise(chance, 60)},
            ],
            "cookies": [{"name": "sid", "value": _noise(chance, 32)}],
            "queryString": [],
            "postData": {"mimeType": "application/json", "text": sent},
            "headersSize": -1,
            "bodySize": len(sent),
        },
        "response": {
            "status": 200,
            "statusText": "",
            "httpVersion": "HTTP/2",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "cookies": [],
            "content": {"size": len(body), "mimeType": "application/json", "text": body},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": len(body),
        },
        "cache": {},
        "timings": {"send": 0, "wait": 10, "receive": 2},
    }


def _noise(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(string.ascii_letters + string.digits, k=length))
