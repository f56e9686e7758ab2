"""Our own classroom, reviewed by the command that any vendor's product meets: from export to report."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.served import environment
from tests.reading import grade

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "docs" / "for-reviewers" / "demo-school"
WRITTEN_BY_PEOPLE = ("product.toml", "plan.toml", "exhibits/exhibits.toml")


def plainview(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "plainview.cli", *words]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def reviewed(built, tmp_path_factory) -> Path:
    """The dossier of a school that was built, and exported, just now."""
    home, folder = tmp_path_factory.mktemp("home") / "school", tmp_path_factory.mktemp("reviewed") / "demo"
    shutil.copytree(built, home)
    for name in WRITTEN_BY_PEOPLE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DEMO / name, folder / name)
    key = folder / "key"
    key.write_bytes(b"a key that is as long as it must be")
    export = ("manage", "export_log", "maple-4b", "--by", "delgado", "--key-file", str(key))
    done = plainview(*export, "--out", str(folder / "exhibits" / "log.csv"), home=home)
    assert done.returncode == 0, done.stderr
    key.unlink()
    done = plainview("review", str(folder), home=home)
    assert done.returncode in (0, 3), done.stderr
    return folder


def test_the_export_of_the_school_goes_through_a_review(reviewed):
    found = json.loads((reviewed / "findings.json").read_text())
    answers = [answer for check in found["checks"] for answer in check["answers"]]
    assert len(found["checks"]) > 20 and answers
    assert [a["reason"] for a in answers if "the check itself broke" in a.get("reason", "")] == []
    assert found["exhibits"][0]["n_bytes"] > 100_000


def test_where_a_teacher_decides_nobody_can_say_that_the_product_adapts(reviewed):
    found = json.loads((reviewed / "findings.json").read_text())
    claim = next(one for one in found["claims"] if one["id"] == "no-hidden-hand")
    assert claim["verdict"] == "inconclusive"
    assert "the product assigned 0 items to 0 students" in claim["sentence"]


def test_no_child_can_be_found_in_the_report(reviewed):
    log = (reviewed / "exhibits" / "log.csv").read_text().splitlines()
    students = {line.partition(",")[0] for line in log[1:]}
    assert len(students) == 28
    for name in ("findings.json", "report.html", "report.md"):
        text = (reviewed / name).read_text()
        assert [student for student in students if student in text] == []


def test_the_report_in_the_docs_comes_out_again():
    done = subprocess.run(
        [sys.executable, "-m", "plainview.cli", "verify", str(DEMO)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "numbers agree, and every sentence." in done.stdout


def test_its_first_page_is_read_with_ease():
    page_one = (DEMO / "report.md").read_text().partition("## The evidence")[0]
    assert grade(page_one) <= 8
