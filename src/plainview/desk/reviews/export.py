"""A review as a dossier: the folder that `plainview review` and `plainview verify` read.

In:   a review.
Out:  its folder, or the same as a zip; the same review gives the same bytes.
Not here: taking one in (take_in).
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plainview.desk.reviews import sheets, store, toml
from plainview.desk.reviews.models import Asked, Exhibit, Plan, Review

# What findings are written into. They are ours once a run is done; before, those that came with the dossier.
FOUND = {"findings.json": "findings", "report.html": "report_html", "report.md": "report_md"}
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the first day a zip knows: the same dossier is the same bytes on any day


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the folder: words, or bytes in the store by their hash."""

    name: str
    body: bytes = b""
    sha256: str = ""


def folder(review: Review, to: Path, *, linked: bool = False) -> None:
    """Write it. ``linked`` exhibits cost no room: for a folder that is only read."""
    for part in parts(review):
        there = to / part.name
        there.parent.mkdir(parents=True, exist_ok=True)
        if part.sha256:
            store.put(part.sha256, there, linked=linked)
        else:
            there.write_bytes(part.body)


def zip_bytes(review: Review) -> bytes:
    out = io.BytesIO()
    write_zip(review, out)
    return out.getvalue()


def write_zip(review: Review, out: Any) -> None:
    """Into an open file. An exhibit passes through piece by piece, however large."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts(review):
            entry = zipfile.ZipInfo(part.name, ALWAYS)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in store.pieces_of(store.path_of(part.sha256)) if part.sha256 else [part.body]:
                    file.write(piece)


def parts(review: Review) -> list[Part]:
    """By name, each once."""
    found = {one.name: one for one in _parts(review)}
    return [found[name] for name in sorted(found)]


def _parts(review: Review) -> Iterator[Part]:
    """A later one of the same name stands for an earlier one."""
    for sheet in review.sheets.all():
        yield Part(name=sheet.name, body=bytes(sheet.body))
    if exhibits := exhibits_toml(review):
        yield Part(name=sheets.EXHIBITS, body=exhibits)
    for exhibit in standing(review):
        yield from _bytes_of(exhibit)
    if body := opened(review):
        yield Part(name=sheets.OPENED, body=body)
    yield from _plan(review.plan)
    yield from _found(review)


def standing(review: Review) -> list[Exhibit]:
    return list(review.exhibits.filter(replaced_at=None).order_by("number", "pk"))


def _bytes_of(exhibit: Exhibit) -> Iterator[Part]:
    if not exhibit.parts:
        yield Part(name=exhibit.name, sha256=exhibit.sha256)
    for part in exhibit.parts:
        yield Part(name=f"{exhibit.name}/{part['file']}", sha256=part["sha256"])


def _plan(plan: Plan | None) -> Iterator[Part]:
    if plan is None:
        return
    yield Part(name="plan.toml", body=plan.text.encode())
    if plan.lock:
        yield Part(name="plan.lock", body=plan.lock.encode())


def _found(review: Review) -> Iterator[Part]:
    """Only what was found by the plan that stands: a new plan waits for a run of its own."""
    run, plan = review.run, review.plan
    if run is not None and plan is not None and run.plan_id == plan.pk:
        for name, column in FOUND.items():
            yield Part(name=name, body=getattr(run, column).encode())


def exhibits_toml(review: Review) -> bytes:
    """As it came, as long as the rows say the same; else written from them; nothing for nothing."""
    came = sheets.body(review, sheets.EXHIBITS)
    if came is not None:
        return came
    tables = [*map(_named, filter(_says_something, standing(review))), *map(_refused, _refusals(review))]
    return toml.written({"exhibit": tables}).encode() if tables else b""


def _says_something(exhibit: Exhibit) -> bool:
    return exhibit.is_kind_said or bool(exhibit.settings) or bool(exhibit.parts)


def _named(exhibit: Exhibit) -> dict[str, Any]:
    kind = {"kind": exhibit.kind} if exhibit.is_kind_said else {}
    return {"file": exhibit.file, **kind, **exhibit.settings}


def _refusals(review: Review) -> list[Asked]:
    return list(review.asked.filter(came=Asked.Came.REFUSED))


def _refused(asked: Asked) -> dict[str, Any]:
    said = {"kind": asked.kind, "asked": asked.asked_on, "refused": asked.came_on, "says": asked.says}
    return {key: value for key, value in (said | {"claims": asked.claims}).items() if value}


def opened(review: Review) -> bytes:
    """opened.json: what had been opened here, and before it came here. As `plainview review` writes it."""
    came = json.loads(sheets.body(review, sheets.OPENED) or b"{}")
    here = {one.name: one.sha256 for one in standing(review) if one.opened_at is not None}
    now = here | came
    if not now:
        return b""
    return (json.dumps(dict(sorted(now.items())), indent=1, ensure_ascii=False) + "\n").encode()
