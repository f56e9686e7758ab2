"""The dossiers that come with Plainview, published: real products, and no word that the data do not carry."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from plainview.desk.background.models import Payer
from plainview.desk.published import read
from plainview.desk.published.models import File, Publication
from plainview.desk.reviews.models import Product, Review, Run
from plainview.desk.verdicts import as_found, beside, first, publish
from plainview.desk.verdicts.tongues import Both
from plainview.lobby.people.policy import Denied

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def pages(desk, settings, tmp_path):
    settings.HOME = tmp_path
    made = {path.name: one for path, one in first.publish(by=desk.cora, at=AT)}
    return {name: read.page_of(one) for name, one in made.items()}


def dossier(page, to) -> None:
    body = File.objects.get(
        publication__product=page.product.slug, publication__number=page.number, name="dossier.zip"
    ).body
    zipfile.ZipFile(io.BytesIO(bytes(body))).extractall(to)


def verify(folder):
    asked = [sys.executable, "-m", "plainview.cli", "verify", str(folder)]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


def test_each_page_says_what_its_data_carry_and_nothing_else(pages, desk):
    """One test, since publishing takes as long as many."""
    assert len(pages) == len(first.folders()) == 5
    for page in pages.values():
        nothing_is_made_up(page)
        both_languages_are_whole(page)
        what_was_left_out_is_named(page)
    ours_is_said_to_be_ours(pages)
    nobody_was_asked(pages)
    who_paid_for_the_trial(pages["mindspark-delhi"])
    a_second_time_changes_nothing(desk)


def nothing_is_made_up(page) -> None:
    assert (page.conditions, page.refusals, page.experts, page.reply, page.stories.n) == (
        (),
        (),
        None,
        None,
        0,
    )
    assert {one.passed for one in page.gateways} == {None}
    review = Review.objects.get(product__slug=page.product.slug)
    computed = {one["id"]: one["verdict"] for one in _claims(review)}
    assert {one.id: one.verdict for one in page.claims} == computed
    assert all(move.by and move.why for move in review.moves.exclude(to_stage="checked"))


def _claims(review) -> list[dict]:
    return json.loads(review.run.findings)["claims"]


def both_languages_are_whole(page) -> None:
    told = [page.opening, *(one.sentence for one in page.claims), *(one.why for one in page.gateways)]
    told += [one.sentence for one in page.label] + list(page.repeat.steps)
    told += [one.why for one in page.not_tested]
    assert [one for one in told if not one.es or one.es == one.en] == []


def what_was_left_out_is_named(page) -> None:
    left_out = [one for one in page.documents if one.kind == "left out"]
    assert len(left_out) == (0 if "plainview" in page.product.slug else 1)
    for one in left_out:
        assert one.url.startswith("https://") and one.sha256
        assert any(one.title in step.en and one.title in step.es for step in page.repeat.steps)


def ours_is_said_to_be_ours(pages) -> None:
    ours = [name for name, page in pages.items() if "wrote its software" in page.conflicts[0].words.en]
    assert ours == ["plainview-classroom"]
    assert Product.objects.get(is_ours=True).slug == pages["plainview-classroom"].product.slug


def nobody_was_asked(pages) -> None:
    for name, page in pages.items():
        assert not page.was_shown
        assert ("The vendor was asked for nothing" in page.opening.en) == (name != "plainview-classroom")
        html = _html(page)
        assert "was shown this page before" not in html
        assert ("What the vendor says" in html) == (name == "plainview-classroom")


def _html(page) -> str:
    row = File.objects.get(publication__product=page.product.slug, name="page.en.html")
    return bytes(row.body).decode()


def who_paid_for_the_trial(page) -> None:
    """Said with what was tried; of who pays for the product today the data say nothing."""
    assert "Central Square Foundation" in page.opening.es
    assert page.money.who_pays == ()
    assert any(one.url == "https://doi.org/10.1257/aer.20171112" for one in page.documents)


def a_second_time_changes_nothing(desk) -> None:
    before = _rows()
    assert [made for _path, made in first.publish(by=desk.cora, at=AT + timedelta(days=1))] == [None] * 5
    assert _rows() == before


def _rows() -> list[int]:
    return [of.objects.count() for of in (Review, Run, Publication, File, Payer, Product)]


@pytest.mark.parametrize("is_demo", [True, False])
def test_a_demonstration_says_that_its_office_is_made_up_and_the_product_is_not(
    is_demo, desk, settings, tmp_path
):
    settings.HOME, settings.DEMO = tmp_path, is_demo
    made = dict(first.publish(["kids-a-z", "plainview-classroom"], by=desk.cora, at=AT))
    openings = {path.name: read.page_of(one).opening for path, one in made.items()}
    assert ("This office and its people are made up" in openings["kids-a-z"].en) == is_demo
    assert ("los números son reales" in openings["kids-a-z"].es) == is_demo
    assert "are real" not in openings["plainview-classroom"].en  # a made-up class


def test_whoever_downloads_a_dossier_repeats_it_or_is_told_what_cannot_be(desk, settings, tmp_path):
    settings.HOME = tmp_path
    ((_path, made),) = first.publish(["kids-a-z"], by=desk.cora, at=AT)
    dossier(read.page_of(made), tmp_path / "fetched")
    ran = verify(tmp_path / "fetched" / "dossier")
    assert ran.returncode == 3, ran.stdout + ran.stderr
    assert "Cannot be repeated without what was left out: exposure.identifiers/1" in ran.stdout
    assert "All else agrees" in ran.stdout


def test_what_a_vendor_handed_over_is_never_published_this_way(review, tools, desk):
    """A review like any other: its vendor sees the page first, whatever the caller says."""
    tools.conclude_all()
    review.refresh_from_db()
    assert not beside.is_public(review)
    with pytest.raises(Denied, match="Show the page to the vendor first"):
        publish.publish(review, by=desk.cora, at=AT, changelog=Both(en="x", es="x"), was_public=True)


def test_findings_of_other_bytes_are_not_taken_over(desk, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    there = next(path for path in first.folders() if path.name == "plainview-classroom")
    shutil.copytree(there, tmp_path / "changed")
    (tmp_path / "changed" / "exhibits" / "items.csv").write_text("id,competency\n")
    with pytest.raises(Denied, match=r"items\.csv is not the file"):
        as_found.as_found(tmp_path / "changed", by=desk.cora, at=AT)
    assert not Product.objects.filter(name__startswith="Plainview").exists()


def test_the_command_wants_a_chair(desk):
    with pytest.raises(CommandError, match="found no chair who signs in as 'nobody'"):
        call_command("first_dossiers", "kids-a-z", by="nobody")
