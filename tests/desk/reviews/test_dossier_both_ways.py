"""A dossier goes out and comes in again, and nothing is lost: out, in and out again gives the same bytes."""

import io
import zipfile
from pathlib import Path

import pytest

from plainview.cli import main
from plainview.core.mendable import Mendable
from plainview.desk.reviews import export, notice, run, sheets, take_in, take_over
from plainview.desk.reviews.models import Asked, Product, Review, Stage
from plainview.lobby.people.policy import Denied

PRODUCT = """# A comment that somebody wrote.
name = "MathPath"
vendor = "Beta  Ltd"
version = "4.2"
seen = 2026-02-03

[[claim]]
id = "adapts"
says = '''It adapts.
Always.'''
checks = ["adaptivity.log_test"]
form = { loop = "step", kind = "content" }

[ownership]
owner = "somebody"
"""
EXHIBITS = """# What was handed over.
[[exhibit]]
file = "b.csv"
kind = "log"
mapping = { student = "who" }

[[exhibit]]
kind = "study"
asked = 2026-02-01
refused = 2026-03-01
says = "No."
claims = ["adapts"]

[[exhibit]]
file = "more"
kind = "other"
"""


@pytest.fixture
def dossier(tmp_path) -> Path:
    folder = tmp_path / "dossier"
    (folder / "exhibits" / "more").mkdir(parents=True)
    (folder / "ratings").mkdir()
    (folder / "product.toml").write_bytes(PRODUCT.replace("\n", "\r\n").encode())
    (folder / "plan.toml").write_text("# seed first\nseed = 3\ndraws = 999\nchecks = ['efficacy']\n")
    (folder / "exhibits" / "exhibits.toml").write_text(EXHIBITS)
    (folder / "exhibits" / "b.csv").write_text("who,at,item,correct\nana,2026-01-05T09:00:00Z,x,1\n")
    (folder / "exhibits" / "more" / "one.txt").write_text("one")
    (folder / "exhibits" / "more" / "two.bin").write_bytes(bytes(range(256)))
    (folder / "exhibits" / "policy é.txt").write_text("We keep it.")
    (folder / "ratings" / "ratings.csv").write_text("rater,question,level,note\nA,5,3,\n")
    (folder / "README.md").write_text("Read me.")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_comes_in_goes_out_word_for_word(dossier, desk, now, tmp_path):
    review = take_in.folder(dossier, by=desk.cora, at=now)
    export.folder(review, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(dossier)


def test_one_that_was_frozen_and_reviewed_elsewhere_comes_and_goes_too(dossier, desk, now, tmp_path, capsys):
    main(["dossier", "freeze", str(dossier), "--at", "2026-03-04"])
    main(["review", str(dossier)])
    assert (dossier / "plan.lock").exists()
    assert (dossier / "opened.json").exists()
    review = take_in.folder(dossier, by=desk.cora, at=now)
    assert review.stage == Stage.PLANNED
    export.folder(review, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(dossier)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("no json", "found no JSON"),
        ("[]", "as `plainview review` writes it"),
        ("{}", "found no 'plan'"),
        ('{"plan": {"frozen_sha256": "PLAN"}, "exhibits": 3}', "as `plainview review` writes it"),
    ],
)
def test_findings_that_are_none_are_said_by_their_place(dossier, desk, now, body, says):
    main(["dossier", "freeze", str(dossier), "--at", "2026-03-04"])
    review = take_in.folder(dossier, by=desk.cora, at=now)
    sheets.keep(review, "findings.json", body.replace("PLAN", review.frozen_plan.sha256))
    with pytest.raises(Mendable, match=says):
        take_over.take_over(review, by=desk.cora, at=now)
    assert not review.runs.exists()


def test_export_take_in_export_gives_the_same_bytes(steps, desk, now, tmp_path):
    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    steps.work()
    review.refresh_from_db()
    export.folder(review, tmp_path / "out")
    again = take_in.folder(tmp_path / "out", by=desk.cora, at=now)
    assert export.zip_bytes(again) == export.zip_bytes(review)
    with zipfile.ZipFile(io.BytesIO(export.zip_bytes(review))) as archive:
        assert {"product.toml", "plan.toml", "plan.lock", "findings.json", "opened.json"} <= set(
            archive.namelist()
        )


def test_a_refusal_stands_in_the_dossier(steps, desk, now, tmp_path):
    review = steps.noticed()
    notice.refuse(review.asked.get(kind="study"), says="It's ours.\n", by=desk.vic, at=now)
    export.folder(review, tmp_path / "out")
    again = take_in.folder(tmp_path / "out", by=desk.cora, at=now)
    refused = again.asked.get()
    assert (refused.kind, refused.came, refused.says) == ("study", Asked.Came.REFUSED, "It's ours.\n")
    assert export.zip_bytes(again) == export.zip_bytes(review)


def test_the_rows_say_what_the_folder_says(dossier, desk, now):
    review = take_in.folder(dossier, by=desk.cora, at=now)
    claim = review.claims.get()
    assert (claim.identifier, claim.loop, claim.changing) == ("adapts", "step", "content")
    assert claim.says == "It adapts.\nAlways."
    files = {one.file: one.kind for one in review.exhibits.all()}
    assert files == {"b.csv": "log", "more": "other", "policy é.txt": "policy"}
    assert review.exhibits.get(file="more").n_bytes == 259


def test_the_same_product_is_taken_in_once(dossier, desk, now):
    take_in.folder(dossier, by=desk.cora, at=now)
    take_in.folder(dossier, by=desk.cora, at=now)
    assert Product.objects.filter(name="MathPath").count() == 1


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("product.toml", b"name = 3\n", "product.toml, line 1"),
        ("product.toml", b"\xff\xfe", "not UTF-8"),
        ("opened.json", b"no json", "opened.json: found no JSON"),
        ("opened.json", b'["exhibits/b.csv"]', "opened.json: found something else"),
        ("opened.json", b'{"exhibits/b.csv": 3}', "opened.json: found something else"),
        ("plan.toml", b"seed = 'x'\n", "plan.toml, line 1"),
        ("exhibits/exhibits.toml", b"[[exhibit]]\nkind = 'nothing'\nfile = 'b.csv'\n", "expected one of log"),
        ("exhibits/exhibits.toml", b"[[exhibit]]\nfile = '../../../etc/passwd'\n", "cannot be called"),
    ],
)
def test_a_folder_with_faults_is_not_taken_in_by_half(dossier, desk, now, name, body, says):
    (dossier / name).write_bytes(body)
    before = Review.objects.count()
    with pytest.raises(Mendable, match=says):
        take_in.folder(dossier, by=desk.cora, at=now)
    assert Review.objects.count() == before


def test_a_link_in_a_folder_is_not_followed(dossier, desk, now):
    (dossier / "exhibits" / "log.csv").symlink_to("/etc/passwd")
    with pytest.raises(Mendable, match="found a link"):
        take_in.folder(dossier, by=desk.cora, at=now)


def test_only_the_chair_takes_a_dossier_in(dossier, desk, now):
    for who in (desk.vic, desk.ed, desk.olu, desk.sten):
        with pytest.raises(Denied):
            take_in.folder(dossier, by=who, at=now)
