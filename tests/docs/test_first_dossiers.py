"""The dossiers to start with: whole, as their script makes them, and computed again number by number."""

import gzip
import json
import shutil
import tomllib
from hashlib import sha256

import pytest
from scripts import first_dossiers as made

from plainview.cli import main
from plainview.core.audit.left_out import left_out
from plainview.core.dossier.folder import open_dossier

SLUGS = sorted(path.name for path in made.DOSSIERS.iterdir() if path.is_dir())
MOST_BYTES = 400_000
WITHOUT_DATA = "../shared/data is not here: what is left out of a dossier cannot be put in its place"
needs_data = pytest.mark.skipif(not made.DATA.exists(), reason=WITHOUT_DATA)


def told(slug, name):
    return tomllib.loads((made.DOSSIERS / slug / name).read_text(encoding="utf-8"))


def findings(slug):
    return json.loads((made.DOSSIERS / slug / "findings.json").read_text(encoding="utf-8"))


def answers(slug, question):
    return [
        answer for one in findings(slug)["checks"] if one["question"] == question for answer in one["answers"]
    ]


def test_our_own_classroom_a_published_trial_and_products_known_by_a_capture():
    assert {"plainview-classroom", "mindspark-delhi", "kids-a-z"} <= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_dossier_is_whole_small_and_frozen(slug, tmp_path):
    folder = made.DOSSIERS / slug
    dossier = open_dossier(folder, aside=tmp_path)
    absent = {one.file for one in left_out(folder)}
    assert {one.file for one in dossier.exhibits if one.fault} == absent
    assert dossier.plan.is_as_frozen and not dossier.plan.opened_before
    assert all((folder / name).is_file() for name in ("findings.json", "report.html", "report.md"))
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < MOST_BYTES
    assert f"`{slug}`" in (made.DOSSIERS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_whose_it_is_and_that_nobody_was_asked(slug):
    other = told(slug, "product.toml")["other"]
    if other["is_ours"]:
        assert "itself" in other["who_reviews"]
    else:
        assert other["vendor_was_asked"] is False and other["source_url"].startswith("https://")
        assert all(
            one["says"].startswith("(No claim is quoted.") for one in told(slug, "product.toml")["claim"]
        )
    assert findings(slug)["refused"] == []


@pytest.mark.parametrize("slug", sorted(made.LEFT_OUT))
def test_what_is_left_out_is_named_with_its_hash_and_where_it_is_to_be_had(slug):
    (absent,) = left_out(made.DOSSIERS / slug)
    (said,) = [one for one in told(slug, "exhibits/exhibits.toml")["exhibit"] if one["file"] in absent.file]
    assert said["url"].startswith("https://") and not (made.DOSSIERS / slug / absent.file).exists()
    here = {one["file"]: one["sha256"] for one in findings(slug)["exhibits"]}
    assert here[absent.file] == absent.sha256


@pytest.mark.parametrize("slug", ["kids-a-z", "abcmouse", "arbitersports"])
def test_of_a_product_known_by_a_capture_only_what_left_the_browser_is_said(slug):
    assert {one["answer"] for one in answers(slug, "exposure") if one["kind"] == "finding"} >= {
        "red",
        "others too",
        "events sent",
    }
    for question in ("adaptivity", "efficacy", "fairness"):
        assert all(one["kind"] == "cannot say" for one in answers(slug, question)), question


def test_of_a_trial_without_a_log_nobody_hears_whether_it_adapts():
    assert all(one["kind"] == "cannot say" for one in answers("mindspark-delhi", "adaptivity"))
    effects = [
        round(one["effect"]["value"], 3)
        for one in answers("mindspark-delhi", "efficacy")
        if one.get("check") == "efficacy.effect/1"
    ]
    assert effects == [0.399, 0.236, 0.394, 0.228]
    said = told("mindspark-delhi", "product.toml")["other"]["two_ways_of_counting"]
    assert all(str(effect) in said for effect in effects)


def unpacked(path):
    """Packed by another zlib the bytes may differ; what is in them may not."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_our_own_dossier_is_made_of_the_demo_schools_export(tmp_path):
    made.classroom(tmp_path)
    kept = made.DOSSIERS / "plainview-classroom" / "exhibits"
    for path in tmp_path.iterdir():
        assert unpacked(path) == unpacked(kept / path.name), "run: python scripts/first_dossiers.py"


def test_our_own_numbers_come_out_again(capsys):
    assert main(["verify", str(made.DOSSIERS / "plainview-classroom")]) == 0


def test_without_what_is_left_out_it_is_said_what_cannot_be_repeated(capsys):
    assert main(["verify", str(made.DOSSIERS / "mindspark-delhi")]) == 3
    assert "All else agrees" in capsys.readouterr().out


@needs_data
@pytest.mark.parametrize("slug", sorted(made.LEFT_OUT))
def test_with_what_is_left_out_in_its_place_every_number_comes_out_again(slug, tmp_path, capsys):
    whole = tmp_path / slug
    shutil.copytree(made.DOSSIERS / slug, whole)
    made.put_in_place(whole)
    assert main(["verify", str(whole)]) == 0


@needs_data
def test_the_numbers_by_arm_are_those_of_the_rows(tmp_path):
    made.trial(tmp_path)
    name = "study-summary.toml"
    kept = made.DOSSIERS / "mindspark-delhi" / "exhibits" / name
    assert (tmp_path / name).read_bytes() == kept.read_bytes()
    assert sha256((made.DATA / made.TRIAL).read_bytes()).hexdigest() in kept.read_text(encoding="utf-8")
