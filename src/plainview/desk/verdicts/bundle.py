"""The files that go with a page: findings, report, and the dossier with which anyone computes them again.

In:   a review.
Out:  files by name, the documents that the page lists, and which exhibits are not among them.
Not here: what a dossier is (reviews.export).

An exhibit that the vendor marked confidential (``confidential = true`` in exhibits.toml) is not handed on.
Its name, size and hash are, in left-out.toml: whoever is given the file by the vendor can tell that it is the
same, and `plainview verify` says which checks cannot be repeated without it.
"""

import io
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from plainview.desk.experts.export import ratings_csv
from plainview.desk.published.page import Document
from plainview.desk.reviews import store
from plainview.desk.reviews.export import ALWAYS, Part, parts, standing
from plainview.desk.reviews.models import Exhibit, Review
from plainview.desk.reviews.toml import written

DOSSIER, LEFT_OUT = "dossier.zip", "left-out.toml"
INSIDE = "dossier"  # the folder that the archive unpacks into
# A page is kept in the database, and goes to whoever asks for it. What is larger is left out, with its hash.
LARGEST_EXHIBIT = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    file: str  # "exhibits/log.csv"
    kind: str
    sha256: str
    n_bytes: int
    why: str  # "confidential", "too large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    files: dict[str, bytes]
    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...]


def bundle(review: Review) -> Bundle:
    """Everything that is kept beside the page. The same review gives the same bytes."""
    left_out = tuple(_left_out(one) for one in standing(review) if why_left_out(one))
    run = review.run
    files = {
        "findings.json": run.findings.encode(),
        "report.html": run.report_html.encode(),
        **_ratings(review),
        DOSSIER: dossier(review, left_out),
    }
    documents = [_ours(name, body) for name, body in files.items()]
    return Bundle(files=files, documents=(*documents, *map(_exhibit, standing(review))), left_out=left_out)


def why_left_out(exhibit: Exhibit) -> str:
    if exhibit.settings.get("confidential") is True:
        return "confidential"
    return "too large" if exhibit.n_bytes > LARGEST_EXHIBIT else ""


def dossier(review: Review, left_out: tuple[LeftOut, ...]) -> bytes:
    """The folder as an archive, without what is left out."""
    absent = {one.file for one in left_out}
    kept = [one for one in parts(review) if not _is_of(one, absent)]
    if left_out:
        told = {
            "left_out": [
                {
                    "file": one.file,
                    "kind": one.kind,
                    "sha256": one.sha256,
                    "n_bytes": one.n_bytes,
                    "why": one.why,
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
    kinds = {
        "findings.json": "findings",
        "report.html": "report",
        DOSSIER: "dossier",
        "ratings.csv": "ratings",
    }
    return Document(title=name, kind=kinds[name], file=name, sha256=sha256(body).hexdigest())


def _exhibit(one: Exhibit) -> Document:
    return Document(title=one.name, kind=why_left_out(one) or "exhibit", sha256=one.sha256)


def _left_out(one: Exhibit) -> LeftOut:
    return LeftOut(
        file=one.name, kind=one.kind, sha256=one.sha256, n_bytes=one.n_bytes, why=why_left_out(one)
    )
