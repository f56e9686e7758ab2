"""Makes what can be computed of the dossiers under content/dossiers; what people wrote there stays.

In:   product.toml, plan.toml, exhibits/exhibits.toml and study-rows.toml of each, which people wrote; our
      demo school's export (docs/for-reviewers/demo-school); and where they are, the data beside the project
      (../shared/data): the rows of a trial, captures that somebody else published.
Out:  exhibits that we make, left-out.toml with the hash of each that is not copied, plan.lock, findings.json,
      report.html and report.md.
Not here: answers (core.audit). Nothing of ../shared/data is copied: a folder aside holds it while it is
      asked.

Run from the project's root: python scripts/first_dossiers.py [SLUG ...]
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml

from plainview.core.dossier.columns import Columns, columns_of

ROOT = Path(__file__).resolve().parent.parent
DOSSIERS = ROOT / "content" / "dossiers"
DATA = ROOT.parent / "shared" / "data"
SCHOOL_LOG = ROOT / "docs" / "for-reviewers" / "demo-school" / "exhibits" / "log.csv"
UNIT = ROOT / "content" / "fractions-4" / "competencies.yaml"
FROZEN_ON = "2026-11-22"
COMPUTED = ("findings.json", "report.html", "report.md", "plan.lock", "opened.json", "left-out.toml")
TRIAL = "mindspark/ms_blel_jpal_wide.csv"
# Exhibits that are not copied, by dossier: where they lie beside the project, and why they are left out.
LEFT_OUT = {
    "mindspark-delhi": (TRIAL, "its authors publish it; rows of students are not copied"),
    "kids-a-z": ("har/click-button-www.kidsa-z.com.har", "The Markup publishes it"),
    "abcmouse": ("har/loginpage-www.abcmouse.com.har", "The Markup publishes it"),
    "arbitersports": ("har/search-hello.students.arbitersports.com.har", "The Markup publishes it"),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("slug", nargs="*", help="only these")
    words = asked.parse_args()
    for folder in sorted(path for path in DOSSIERS.iterdir() if path.is_dir()):
        if words.slug and folder.name not in words.slug:
            continue
        if lacks := lacking(folder.name):
            sys.stderr.write(f"{folder.name}: {lacks} is not beside the project; it stays as it is.\n")
            continue
        make(folder)


def lacking(slug: str) -> str:
    """What would be needed and is not here."""
    name = LEFT_OUT.get(slug, ("",))[0]
    return name if name and not (DATA / name).exists() else ""


def make(folder: Path) -> None:
    """Exhibits of our own making; then asked aside, with what is left out put in its place."""
    if folder.name in MADE_HERE:
        MADE_HERE[folder.name](folder / "exhibits")
    for name in COMPUTED:
        (folder / name).unlink(missing_ok=True)
    with TemporaryDirectory() as aside:
        whole = Path(aside) / folder.name
        shutil.copytree(folder, whole)
        left = put_in_place(whole)
        _plainview("dossier", "freeze", str(whole), "--at", FROZEN_ON)
        _plainview("review", str(whole), allowed=(0, 3))
        for name in COMPUTED:
            if (whole / name).exists():
                shutil.copyfile(whole / name, folder / name)
    if left:
        (folder / "left-out.toml").write_text(left, encoding="utf-8", newline="\n")


def put_in_place(folder: Path) -> str:
    """Copies the exhibit that is left out into a folder aside; left-out.toml, or nothing."""
    if folder.name not in LEFT_OUT:
        return ""
    name, why = LEFT_OUT[folder.name]
    out = folder / "exhibits" / Path(name).name
    out.write_bytes((DATA / name).read_bytes())
    hashed = hashlib.sha256(out.read_bytes()).hexdigest()
    return (
        "# Exhibits that are not in this folder. Put one there, and `plainview verify` repeats all.\n\n"
        f'[[left_out]]\nfile = "exhibits/{out.name}"\nsha256 = "{hashed}"\nwhy = "{why}"\n'
    )


# --- our own classroom -------------------------------------------------------------------------------------


def classroom(exhibits: Path) -> None:
    """The school's log, the items in it, and the unit's competencies as CASE has them."""
    text = SCHOOL_LOG.read_bytes()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as out:  # no day: the same bytes
        out.write(text)
    (exhibits / "log.csv.gz").write_bytes(packed.getvalue())
    (exhibits / "items.csv").write_text(items_of(text.decode("utf-8")), encoding="utf-8", newline="\n")
    framework = json.dumps(framework_of(yaml.safe_load(UNIT.read_text(encoding="utf-8"))), indent=1)
    (exhibits / "framework.json").write_text(framework + "\n", encoding="utf-8", newline="\n")


def items_of(log: str) -> str:
    """Each item of the log once, with the competency that the log names for it."""
    rows = csv.DictReader(io.StringIO(log))
    found = sorted({(row["item"], row["skills"]) for row in rows})
    return "item,competency\n" + "".join(f"{item},{skill}\n" for item, skill in found)


def framework_of(competencies: list[dict[str, str]]) -> dict[str, object]:
    """A CFPackage: identifiers are made from the codes, so the same unit gives the same file."""
    identifier = {one["competency"]: str(_id(one["competency"])) for one in competencies}
    return {
        "CFDocument": {
            "identifier": str(_id("fractions-4")),
            "title": "Fractions, grade 4 (statements in our own words, codes of the public standards)",
        },
        "CFItems": [
            {
                "identifier": identifier[one["competency"]],
                "humanCodingScheme": one["competency"],
                "fullStatement": " ".join(one["statement"].split()),
                "educationLevel": [f"{int(one['grade']):02d}"],
                "CFItemType": "Standard",
            }
            for one in competencies
        ],
        "CFAssociations": [
            {
                "associationType": "precedes",
                "originNodeURI": {"identifier": identifier[earlier]},
                "destinationNodeURI": {"identifier": identifier[one["competency"]]},
            }
            for one in competencies
            for earlier in one.get("requires", [])
            if earlier in identifier
        ],
    }


def _id(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://plainview.invalid/fractions-4/{name}")


# --- a published trial -------------------------------------------------------------------------------------


def trial(exhibits: Path) -> None:
    """Numbers by arm as a summary; the adjusted difference as the article prints it."""
    rows = DATA / TRIAL
    table = columns_of(rows, file=rows.name)
    hashed = hashlib.sha256(rows.read_bytes()).hexdigest()
    lines = [
        "# Made by scripts/first_dossiers.py. Counted from the authors' rows, of students with both tests:",
        f"# {rows.name}, sha256 {hashed}.",
        "# `difference`, `standard_error`: as the article prints them (AER 109, 1426-60).",
        "# `retest`, `r`: the correlation of the two occasions, 4.5 months apart, in the comparison arm.",
        "",
        "[study]",
        'title = "Muralidharan, Singh & Ganimian (2019), numbers by arm"',
        'kind = "rct"',
        'assigned = "students"',
        'boundary = "cautious"',
        *_attrition(table),
        *_outcome(table, "mathematics", "mathematics", "m", difference=0.37, error=0.064),
        *_outcome(table, "Hindi", "reading", "h", difference=0.23, error=0.062),
    ]
    (exhibits / "study-summary.toml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _attrition(table: Columns) -> Iterator[str]:
    """Of the outcome that lost more: mathematics."""
    there = _both(table, "m")
    yield from ("", "[attrition.students]")
    for arm, treated in (("treated", 1.0), ("control", 0.0)):
        mine = table.number("treat") == treated
        yield f"{arm} = {{ assigned = {mine.sum()}, analysed = {(mine & there).sum()} }}"


def _outcome(
    table: Columns, name: str, domain: str, letter: str, *, difference: float, error: float
) -> Iterator[str]:
    after, before = table.number(f"{letter}_theta_mle2"), table.number(f"{letter}_theta_mle1")
    there, treated = _both(table, letter), table.number("treat") == 1
    again = np.corrcoef(after[there & ~treated], before[there & ~treated])[0, 1]
    yield from ("", "[[outcome]]", f'name = "{name}, by arm"', f'domain = "{domain}"')
    yield f"retest = {again:.3f}"
    yield f"treated = {_arm(after[there & treated])}"
    yield f"control = {_arm(after[there & ~treated])}"
    yield f"difference = {difference}"
    yield f"standard_error = {error}"
    yield from ("", "[outcome.before]", 'name = "the same test before"')
    yield f"treated = {_arm(before[there & treated])}"
    yield f"control = {_arm(before[there & ~treated])}"
    yield from ("adjusted = true", "same_test = true", f"r = {again:.3f}")


def _both(table: Columns, letter: str) -> np.ndarray:
    return ~np.isnan(table.number(f"{letter}_theta_mle1") + table.number(f"{letter}_theta_mle2"))


def _arm(values: np.ndarray) -> str:
    return f"{{ n = {len(values)}, mean = {values.mean():.4f}, sd = {values.std(ddof=1):.4f} }}"


MADE_HERE: dict[str, Callable[[Path], None]] = {"plainview-classroom": classroom, "mindspark-delhi": trial}


def _plainview(*words: str, allowed: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-m", "plainview.cli", *words], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode not in allowed:
        raise SystemExit(f"plainview {' '.join(words)} ended with {done.returncode}.")


if __name__ == "__main__":
    main()
