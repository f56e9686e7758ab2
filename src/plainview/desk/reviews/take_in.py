"""A dossier folder becomes a review, word for word: what is exported from it again is the same folder.

In:   a folder, or a zip of one; who takes it in, when.
Out:  a review with its sheets, claims, exhibits, refusals and plan. What it was found to say elsewhere is
      kept beside, and given back with it until the checks have run here.
Not here: running them (run).
"""

import hashlib
import json
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from plainview.core.dossier import freeze as lock
from plainview.core.dossier.kinds import guessed
from plainview.core.dossier.shape import Shape, schema
from plainview.core.mendable import Mendable
from plainview.desk.reviews import begin, intake, names, policy, receive, sheets, stage, store
from plainview.desk.reviews.models import Asked, Exhibit, Plan, Review, Stage
from plainview.desk.reviews.unzip import unzip
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person

LARGEST_SHEET = 16 << 20
PLAN = ("plan.toml", "plan.lock")


def archive(path: Path, *, by: Person, at: datetime) -> Review:
    """A zip as somebody handed it over."""
    policy.check_may_take_in(by)
    with tempfile.TemporaryDirectory(prefix=".take-in-", dir=store.folder()) as aside:
        return folder(unzip(path, Path(aside) / "dossier"), by=by, at=at)


def folder(path: Path, *, by: Person, at: datetime) -> Review:
    """A new review of the product that the folder names.

    Raises
    ------
    Mendable
        With every fault by file and place; then nothing was taken in.
    """
    policy.check_may_take_in(by)
    texts = {name: _text(path, name) for name in (sheets.PRODUCT, sheets.EXHIBITS, *PLAN)}
    said = intake.read(texts[sheets.PRODUCT] or "")
    tables = _tables(texts[sheets.EXHIBITS])
    plan = _plan(path, texts)
    with durable():
        product = begin.product_of(name=said["name"][:120], vendor=said["vendor"][:120])
        why = _("A dossier was taken in.")
        review = begin.begin(product=product, version=str(said["version"])[:60], by=by, at=at, why=why)
        intake.keep(review, texts[sheets.PRODUCT], said)
        _keep_sheets(review, path)
        _keep_exhibits(review, path, tables, by=by, at=at)
        stage.move(review, to=Stage.GATHERING, by=by, at=at, why=why)
        if plan:
            _keep_plan(review, plan, by=by, at=at)
        deed("reviews.taken_in", by=by.pk, at=at, thing=review.pk)
    return review


def _text(path: Path, name: str) -> str | None:
    if not (path / name).is_file():
        return None
    if (path / name).stat().st_size > intake.MOST_BYTES:
        raise Mendable(f"{name}: found more than {intake.MOST_BYTES:,} bytes, expected fewer.")
    try:
        return (path / name).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Mendable(f"{name}: found bytes that are not UTF-8, expected a file in UTF-8.") from None


def _tables(text: str | None) -> list[Mapping[str, Any]]:
    """What exhibits.toml says, each with a file or the day on which there was none."""
    try:
        said = tomllib.loads((text or "").removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as fault:
        raise Mendable(f"{sheets.EXHIBITS}: found no TOML ({fault}), expected it.") from None
    shape = Shape(said, schema("exhibits"), file=sheets.EXHIBITS, text=text or "")
    if shape.faults:
        raise Mendable(*shape.faults)
    return said.get("exhibit", [])


# --- sheets ------------------------------------------------------------------------------------------------


def _keep_sheets(review: Review, path: Path) -> None:
    """All that is no exhibit and no plan, whatever it is: a README, ratings, what was found elsewhere."""
    for file in _files(path):
        name = file.relative_to(path).as_posix()
        is_exhibit = name.startswith("exhibits/") and name != sheets.EXHIBITS
        if not is_exhibit and name not in (sheets.PRODUCT, *PLAN):
            if file.stat().st_size > LARGEST_SHEET:
                raise Mendable(f"{name}: found more than {LARGEST_SHEET:,} bytes, expected fewer.")
            body = file.read_bytes()
            if name == sheets.OPENED:
                _check_opened(body)
            sheets.keep(review, name, body)


def _check_opened(body: bytes) -> None:
    """What was opened here is written into it: it has to be what `plainview review` writes."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Mendable(f"{sheets.OPENED}: found no JSON, expected it.") from None
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise Mendable(f"{sheets.OPENED}: found something else, expected each file's name and its hash.")


def _files(path: Path) -> Iterator[Path]:
    """What begins with a dot is nobody's; a link may lead anywhere, and is not followed."""
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        if any(part.startswith(".") for part in parts):
            continue
        if file.is_symlink():
            raise Mendable(f"{'/'.join(parts)}: found a link, expected the file itself.")
        if file.is_file():
            yield file


# --- exhibits ----------------------------------------------------------------------------------------------


def _keep_exhibits(
    review: Review, path: Path, tables: list[Mapping[str, Any]], *, by: Person, at: datetime
) -> None:
    root = path / "exhibits"
    said = {str(one["file"]): one for one in tables if "file" in one}
    for number, file in enumerate([*said, *_others(root, said)], start=1):
        if (root / _checked(file)).exists():
            exhibit = _exhibit(review, root, file, said.get(file, {}), number, by=by, at=at)
            receive.read_later(exhibit, at=at)
    for one in tables:
        if "refused" in one:
            _refusal(review, one, by=by)


def _others(root: Path, said: Mapping[str, Any]) -> list[str]:
    """Files that exhibits.toml does not name, in the order of their names."""
    found = [file.relative_to(root).as_posix() for file in _files(root)] if root.is_dir() else []
    named = [name.rstrip("/") for name in said]
    return [
        file
        for file in found
        if file != "exhibits.toml" and not any(file == name or file.startswith(f"{name}/") for name in named)
    ]


def _exhibit(
    review: Review, root: Path, file: str, said: Mapping[str, Any], number: int, *, by: Person, at: datetime
) -> Exhibit:
    place = root / _checked(file)
    parts = _parts(place) if place.is_dir() else []
    kept = store.keep_file(place) if place.is_file() else _of_parts(parts)
    return Exhibit.objects.create(
        review=review,
        file=file,
        number=number,
        kind=said.get("kind") or guessed(Path(file).name),
        is_kind_said="kind" in said,
        settings={key: _plain(value) for key, value in said.items() if key not in ("file", "kind")},
        sha256=kept.sha256,
        n_bytes=kept.n_bytes,
        parts=parts,
        handed_over_at=at,
        handed_over_by=by,
    )


def _checked(file: str) -> str:
    try:
        return names.checked_path(file.rstrip("/"))
    except names.NotTaken as fault:
        raise Mendable(f"{sheets.EXHIBITS}: {fault}") from None


def _parts(place: Path) -> list[dict[str, Any]]:
    found = [(file.relative_to(place).as_posix(), store.keep_file(file)) for file in _files(place)]
    return [{"file": name, "sha256": kept.sha256, "n_bytes": kept.n_bytes} for name, kept in found]


def _of_parts(parts: list[dict[str, Any]]) -> store.Kept:
    """As the core hashes a folder: its files' hashes and names, in order."""
    lines = "".join(f"{one['sha256']}  {one['file']}\n" for one in parts)
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return store.Kept(sha256=digest, n_bytes=sum(one["n_bytes"] for one in parts))


def _plain(value: Any) -> Any:
    """As JSON holds it: a day is a text, which the core reads as well."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def _refusal(review: Review, said: Mapping[str, Any], *, by: Person) -> None:
    Asked.objects.create(
        review=review,
        kind=said.get("kind", "other"),
        asked_on=_day(said.get("asked")),
        came=Asked.Came.REFUSED,
        came_on=_day(said["refused"]),
        says=said.get("says", ""),
        claims=list(said.get("claims", [])),
        noted_by=by,
    )


def _day(said: Any) -> date | None:
    if isinstance(said, datetime):
        return said.date()
    return said if isinstance(said, date) or said is None else date.fromisoformat(said)


# --- the plan ----------------------------------------------------------------------------------------------


def _plan(path: Path, texts: Mapping[str, str | None]) -> dict[str, Any]:
    """The plan's columns; nothing where there is none. A lock without a plan locks nothing."""
    text = texts["plan.toml"]
    if text is None:
        return {}
    shape = Shape(_toml("plan.toml", text), schema("plan"), file="plan.toml", text=text)
    if shape.faults:
        raise Mendable(*shape.faults)
    if texts["plan.lock"] is None:
        return {"text": text}
    said = lock.read_lock(path)
    return {
        "text": text,
        "lock": texts["plan.lock"],
        "sha256": said.sha256[:64],
        "opened_before": list(said.opened_before),
    }


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as fault:
        raise Mendable(f"{name}: found no TOML ({fault}), expected it.") from None


def _keep_plan(review: Review, plan: dict[str, Any], *, by: Person, at: datetime) -> None:
    """One that was frozen elsewhere comes frozen, with the hash that its lock holds."""
    is_frozen = "lock" in plan
    frozen = {"frozen_at": at, "frozen_by": by} if is_frozen else {}
    Plan.objects.create(review=review, number=1, **plan, **frozen)
    if is_frozen:
        why = _("The plan came frozen: %(hash)s") % {"hash": plan["sha256"][:12]}
        stage.move(review, to=Stage.PLANNED, by=by, at=at, why=why)
