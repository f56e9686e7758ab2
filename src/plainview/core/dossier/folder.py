"""A dossier's folder, read: product, plan and exhibits, every fault by file and place.

In:   a folder; a folder aside for work.
Out:  one frozen dossier. What stops the reading is raised, all of it at once; what only closes one exhibit is
      told, and the rest can be answered.
Not here: opening an exhibit (log, groups, and the checks), writing (new, freeze).
"""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from plainview.core.dossier import freeze
from plainview.core.dossier.bounds import never_read
from plainview.core.dossier.dossier import Claim, Dossier, Plan, Product
from plainview.core.dossier.exhibits import FOLDER, SAID, exhibits_of, refusals_of
from plainview.core.dossier.ratings import ratings_of
from plainview.core.dossier.shape import Shape, Way, places, schema
from plainview.core.dossier.unfilled import unfilled
from plainview.core.dossier.unpack import is_packed
from plainview.core.mendable import Mendable
from plainview.core.toml import toml_of

SEED, DRAWS = 1, 999
MOST_BYTES = 1 << 20  # of a file that a person writes


def open_dossier(folder: str | Path, *, aside: Path) -> Dossier:
    """Read a dossier's folder.

    Parameters
    ----------
    folder : with product.toml; plan.toml and exhibits/ where there are any
    aside : a folder that lives as long as the review

    Raises
    ------
    Mendable
        All faults of product.toml, plan.toml and exhibits/exhibits.toml at once.
    """
    folder = Path(folder)
    must_be_there(folder)
    reading = _Reading(folder)
    product = reading.file("product.toml", "product", must=True)
    plan = reading.file("plan.toml", "plan")
    said = reading.file(f"{FOLDER}/{SAID}", "exhibits")
    reading.claims_once(product)
    reading.exhibits_whole(said)
    lock = reading.lock()
    if reading.faults:
        raise Mendable(*reading.faults)
    reading.nearly_known(said)
    tables = said.get("exhibit", [])
    ratings, ratings_faults = ratings_of(folder)
    exhibits = exhibits_of(folder, tables, aside=aside, lines=reading.lines_of("exhibit"))
    return Dossier(
        folder=folder,
        product=product_of(product),
        plan=_plan(plan, lock, folder),
        exhibits=tuple(exhibits),
        aside=aside,
        refusals=refusals_of(tables),
        ratings=ratings,
        faults=(
            *unfilled(product, plan, reading.places()),
            *never_read(plan.get("bounds", {}), reading.places().get(freeze.PLAN, {})),
            *(one.fault for one in exhibits if one.fault),
            *ratings_faults,
        ),
        told=tuple(reading.told),
    )


def must_be_there(folder: Path) -> None:
    """A dossier is a folder.

    Raises
    ------
    Mendable
        If it is none.
    """
    if folder.is_dir():
        return
    if not folder.exists():
        raise Mendable(f"{folder}: there is no such folder.")
    unpack = " Unpack it, and name the folder that comes out." if is_packed(folder) else ""
    raise Mendable(f"{folder}: found a file, expected a dossier's folder.{unpack}")


class _Reading:
    """The files of one folder, and what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.told: list[str] = []
        self.text: dict[str, str] = {}

    def file(self, name: str, of: str, *, must: bool = False) -> dict[str, Any]:
        path = self.folder / name
        if not path.is_file():
            if must:
                self.faults.append(
                    f"{name}: there is no such file in {self.folder}. `plainview dossier new` writes one."
                )
            return {}
        if path.stat().st_size > MOST_BYTES:
            self.faults.append(
                f"{name}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}."
            )
            return {}
        try:
            self.text[name] = path.read_text(encoding="utf-8-sig")
            said = toml_of(self.text[name], file=name)
        except UnicodeDecodeError as fault:
            line = path.read_bytes()[: fault.start].count(b"\n") + 1
            self.faults.append(
                f"{name}, line {line}: found bytes that are not UTF-8, expected a file in UTF-8."
            )
            return {}
        except Mendable as fault:
            self.faults += fault.faults
            return {}
        shape = Shape(said, schema(of), file=name, text=self.text[name])
        self.faults += shape.faults
        self.told += shape.unknown
        return said

    def lines_of(self, table: str) -> dict[int, int]:
        found = places(self.text.get(f"{FOLDER}/{SAID}", ""))
        return {int(way[1]): line for way, line in found.items() if len(way) == 2 and way[0] == table}

    def places(self) -> dict[str, dict[Way, int]]:
        return {name: places(text) for name, text in self.text.items()}

    def claims_once(self, product: Mapping[str, Any]) -> None:
        claims = product.get("claim", [])
        ids = [one.get("id") for one in claims if isinstance(one, dict)] if isinstance(claims, list) else []
        for twice in sorted({str(one) for one in ids if one is not None and ids.count(one) > 1}):
            self.faults.append(
                f"product.toml: found the claim '{twice}' more than once, expected each id once."
            )

    def exhibits_whole(self, said: Mapping[str, Any]) -> None:
        """Each table names a file, or the day on which there was none."""
        tables, lines = said.get("exhibit", []), self.lines_of("exhibit")
        for n, one in enumerate(tables if isinstance(tables, list) else []):
            if isinstance(one, dict) and ("file" in one) == ("refused" in one):
                found = "both 'file' and 'refused'" if "file" in one else "neither 'file' nor 'refused'"
                where = f"{FOLDER}/{SAID}, line {lines.get(n, 1)}, exhibit {n + 1}"
                self.faults.append(f"{where}: found {found}, expected one of them.")

    def nearly_known(self, said: Mapping[str, Any]) -> None:
        """Any key may stand there; one that is nearly a setting was meant as that, and would do nothing."""
        known = schema("exhibits")["properties"]["exhibit"]["items"]["properties"]
        lines = self.places().get(f"{FOLDER}/{SAID}", {})
        for n, one in enumerate(said.get("exhibit", [])):
            for key in (key for key in one if key not in known):
                if near := get_close_matches(key, known, n=1, cutoff=0.8):
                    line = lines.get(("exhibit", n, key), 1)
                    self.told.append(
                        f"{FOLDER}/{SAID}, line {line}, exhibit {n + 1}: no check reads '{key}'; "
                        f"perhaps '{near[0]}' was meant"
                    )

    def lock(self) -> freeze.Lock | None:
        try:
            return freeze.read_lock(self.folder)
        except Mendable as fault:
            self.faults += fault.faults
            return None


def product_of(said: Mapping[str, Any]) -> Product:
    return Product(
        name=said["name"],
        vendor=said["vendor"],
        version=said["version"],
        claims=tuple(_claim(one) for one in said.get("claim", ())),
        said=said,
    )


def _claim(said: Mapping[str, Any]) -> Claim:
    return Claim(
        id=said["id"], says=said["says"], form=said.get("form", {}), checks=tuple(said.get("checks", ()))
    )


def _plan(said: Mapping[str, Any], lock: freeze.Lock | None, folder: Path) -> Plan:
    return Plan(
        seed=said.get("seed", SEED),
        draws=said.get("draws", DRAWS),
        checks=tuple(said.get("checks", ())),
        bounds=said.get("bounds", {}),
        frozen_sha256=lock.sha256 if lock else None,
        is_as_frozen=lock is not None and lock.sha256 == freeze.hash_of_plan(folder),
        frozen_on=lock.frozen_on if lock else "",
        opened_before=lock.opened_before if lock else (),
    )
