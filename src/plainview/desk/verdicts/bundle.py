"""The files that go with a page: findings, report, and the dossier with which anyone computes them again.

In:   a review.
Out:  files by name, the documents that the page lists, and which exhibits are not among them.
Not here: what a dossier is (reviews.export).

An exhibit that the vendor marked confidential (``confidential = true`` in exhibits.toml) is not handed on.
Its name, size and hash are, in left-out.toml: whoever is given the file by the vendor can tell that it is the
same, and `plainview verify` says which checks cannot be repeated without it.
"""

import io
import re
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from plainview.desk.experts.export import ratings_csv
from plainview.desk.published.page import Document
from plainview.desk.reviews import sheets, store
from plainview.desk.reviews.export import ALWAYS, Part, parts, standing
from plainview.desk.reviews.models import Exhibit, Review
from plainview.desk.reviews.toml import written

EXHIBITS = sheets.EXHIBITS
HASH = re.compile("[0-9a-f]{64}")
DOSSIER, LEFT_OUT = "dossier.zip", "left-out.toml"
INSIDE = "dossier"  # the folder that the archive unpacks into
# A page is kept in the database, and goes to whoever asks for it. What is larger is left out, with its hash.
LARGEST_EXHIBIT, LARGEST_TOGETHER = 64 << 20, 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    file: str  # "exhibits/log.csv"
    kind: str
    sha256: str
    n_bytes: int | None
    why: str  # "confidential", "too large"; or as the dossier said it that was taken in
    url: str = ""  # where others publish it


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    files: dict[str, bytes]
    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...]


def bundle(review: Review) -> Bundle:
    """Everything that is kept beside the page. The same review gives the same bytes."""
    exhibits = standing(review)
    elsewhere = left_out_elsewhere(review)
    left_out = (*elsewhere, *left_out_of(exhibits))
    run = review.run
    files = {
        "findings.json": run.findings.encode(),
        "report.html": run.report_html.encode(),
        **_ratings(review),
        DOSSIER: dossier(review, left_out),
    }
    documents = [_ours(name, body) for name, body in files.items()]
    why = {one.file: one.why for one in left_out}
    handed_over = [_exhibit(one, why.get(one.name, "exhibit")) for one in exhibits]
    published = [_published(one) for one in elsewhere]
    return Bundle(files=files, documents=(*documents, *handed_over, *published), left_out=left_out)


def left_out_of(exhibits: Sequence[Exhibit]) -> tuple[LeftOut, ...]:
    """What is confidential, what is too large, and what would make the whole too large."""
    absent, n_bytes = list[LeftOut](), 0
    for one in exhibits:
        if why := _why_left_out(one, n_bytes):
            absent.append(_left_out(one, why))
        else:
            n_bytes += one.n_bytes
    return tuple(absent)


def left_out_elsewhere(review: Review) -> tuple[LeftOut, ...]:
    """What was left out before the dossier came here, as its own left-out.toml says it."""
    told = _toml(review, LEFT_OUT).get("left_out", [])
    here = {one.name for one in standing(review)}
    said = {f"exhibits/{one.get('file')}": one for one in _toml(review, EXHIBITS).get("exhibit", [])}
    return tuple(
        LeftOut(
            file=str(one["file"]),
            kind=str(one.get("kind") or said.get(one["file"], {}).get("kind", "other")),
            sha256=str(one["sha256"]),
            n_bytes=one.get("n_bytes"),
            why=str(one.get("why", "")),
            url=_web(said.get(one["file"], {}).get("url", "")),
        )
        for one in told
        if {"file", "sha256"} <= one.keys() and one["file"] not in here and HASH.fullmatch(str(one["sha256"]))
    )


def _toml(review: Review, name: str) -> dict[str, Any]:
    """A sheet that came from elsewhere may be anything."""
    try:
        return sheets.read(review, name)
    except tomllib.TOMLDecodeError:
        return {}


def _web(address: object) -> str:
    return address if isinstance(address, str) and address.startswith("https://") else ""


def _why_left_out(exhibit: Exhibit, n_bytes_before: int) -> str:
    if exhibit.settings.get("confidential") is True:
        return "confidential"
    fits = exhibit.n_bytes <= LARGEST_EXHIBIT and n_bytes_before + exhibit.n_bytes <= LARGEST_TOGETHER
    return "" if fits else "too large"


def dossier(review: Review, left_out: tuple[LeftOut, ...]) -> bytes:
    """The folder as an archive, without what is left out."""
    absent = {one.file for one in left_out} | ({LEFT_OUT} if left_out else set())
    kept = [one for one in parts(review) if not _is_of(one, absent)]
    if left_out:
        told = {
            "left_out": [
                {
                    key: value
                    for key in ("file", "kind", "sha256", "n_bytes", "why", "url")
                    if (value := getattr(one, key)) not in (None, "")
                }
                for one in left_out
            ]
        }
        kept.append(Part(name=LEFT_OUT, body=written(told).encode()))
    return _packed(sorted(kept, key=lambda one: one.name))


def _is_of(part: Part, absent: set[str]) -> bool:
    """A file that is left out, or one inside a folder that is."""
    return any(
        str(place) in absent for place in (PurePosixPath(part.name), *PurePosixPath(part.name).parents)
    )


def _packed(kept: list[Part]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in kept:
            entry = zipfile.ZipInfo(f"{INSIDE}/{part.name}", ALWAYS)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            body = store.path_of(part.sha256).read_bytes() if part.sha256 else part.body
            archive.writestr(entry, body)
    return out.getvalue()


def _ratings(review: Review) -> dict[str, bytes]:
    """Beside the dossier too: whoever only wants to read them need not unpack anything."""
    body = ratings_csv(review)
    return {"ratings.csv": body} if body else {}


def _ours(name: str, body: bytes) -> Document:
    kind = name.partition(".")[0]  # "findings", "report", "dossier", "ratings"
    return Document(title=name, kind=kind, file=name, sha256=sha256(body).hexdigest())


def _exhibit(one: Exhibit, kind: str) -> Document:
    return Document(title=one.name, kind=kind, sha256=one.sha256)


def _published(one: LeftOut) -> Document:
    return Document(title=one.file, kind="left out", url=one.url, sha256=one.sha256)


def _left_out(one: Exhibit, why: str) -> LeftOut:
    return LeftOut(file=one.name, kind=one.kind, sha256=one.sha256, n_bytes=one.n_bytes, why=why)
