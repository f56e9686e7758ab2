"""CPU of one public page at a time, in this process: beside the bare framework, and when nothing is new.

In:   a house with published pages.
Out:  figures; contenders take turns in one run.
Not here: many at once (pressing).
"""

import gc
import re
from dataclasses import dataclass
from statistics import median
from urllib.parse import urljoin

from plainview.cli.bench.figures import Figure, median_of_medians, ratio_by_run
from plainview.site.bench.asking import Answered, ask
from plainview.site.bench.desk.products import slug

ONE, FIRST, CACHED = "one public page", "first load", "in caches"
LARGEST_FIRST_LOAD = 100  # kB: a phone, a slow line, nothing kept yet
LINKED = re.compile(rb"""<(?:link|script|img)\b[^>]*?\b(?:href|src)=["']([^"'#]+)["'][^>]*>""")
NOT_FETCHED = (b"alternate", b"canonical", b"data:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    n_runs: int = 7
    n_each: int = 20


def paths() -> dict[str, str]:
    """What a reader opens, by what it is called in the figures. These addresses stay.

    What programs ask for is not among them: each program may ask so often, and no oftener.
    """
    return {
        "a product’s page, frozen": f"/products/{slug(1)}/1/",
        "a product’s newest page": f"/products/{slug(1)}/",
        "all products": "/products/",
        "one claim across products": "/claims/adapts/",
        "news of all products": "/products/feed.atom",
    }


def one_page(runs: Runs) -> list[Figure]:
    return [_beside_a_bare_one(what, path, runs) for what, path in paths().items()]


def _beside_a_bare_one(what: str, path: str, runs: Runs) -> Figure:
    n_bytes = len(_warm(path).body)
    bare = f"/bench/bare/{n_bytes}/"
    _warm(bare)
    taken = [_in_turn([path, bare], runs.n_each) for _run in range(runs.n_runs)]
    pages, bares = zip(*taken, strict=True)
    ms, bare_ms = median_of_medians(pages), median_of_medians(bares)
    return Figure(
        group=ONE,
        what=f"{what}: CPU against a bare page of equal size",
        measured=ratio_by_run(pages, bares),
        unit="x",
        note=f"{n_bytes:,} bytes; {ms:.2f} CPU-ms beside {bare_ms:.2f}",
    )


def _warm(path: str) -> Answered:
    for _n in range(3):
        answered = ask(path, by=None)
    return answered


def _in_turn(asked: list[str], n: int) -> list[list[float]]:
    gc.collect()
    rounds = [[ask(path, by=None).cpu_ms for path in asked] for _n in range(n)]
    return [list(times) for times in zip(*rounds, strict=True)]


# --- what a phone has to fetch -------------------------------------------------------------------------


def first_load() -> list[Figure]:
    return [_first_load(what, path) for what, path in paths().items() if "news" not in what]


def _first_load(what: str, path: str) -> Figure:
    page = ask(path, by=None, packed=True)
    linked = _linked(page, path)
    sizes = [len(page.body), *(len(ask(one, by=None, packed=True).body) for one in linked)]
    return Figure(
        group=FIRST,
        what=f"{what}, with all that it links to",
        measured=sum(sizes) / 1000,
        unit="kB",
        at_most=LARGEST_FIRST_LOAD,
        note=f"packed; {1 + len(linked)} requests; the page itself {sizes[0] / 1000:.0f} kB",
    )


def _linked(page: Answered, path: str) -> list[str]:
    """Style, scripts, pictures: what a browser fetches by itself."""
    body = page.unpacked()
    found = {m[1].decode(): m[0] for m in LINKED.finditer(body)}
    return [urljoin(path, url) for url, tag in found.items() if not any(sign in tag for sign in NOT_FETCHED)]


# --- what a cache may keep -----------------------------------------------------------------------------


def cached() -> list[Figure]:
    figures = [_keepable()]
    for what, path in paths().items():
        etag = ask(path, by=None).headers.get("ETag", "")
        spent = [ask(path, by=None, etag=etag, expect=304).cpu_ms for _n in range(20)]
        figures.append(
            Figure(group=CACHED, what=f"{what}, unchanged (304)", measured=median(spent), unit="CPU-ms")
        )
    return figures


def _keepable() -> Figure:
    """Pages that name their state, may be kept by anyone, and set nothing."""
    asked = [ask(path, by=None).headers for path in paths().values()]
    fit = [
        "ETag" in found and "public" in found.get("Cache-Control", "") and "Set-Cookie" not in found
        for found in asked
    ]
    return Figure(
        group=CACHED,
        what="pages with an ETag that anyone may keep, and without a cookie",
        measured=sum(fit) / len(fit) * 100,
        unit="%",
        at_least=100,
    )
