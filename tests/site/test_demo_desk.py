"""The demonstration's desk: a product at each stage, something to do for each role, numbers that are true."""

import json
import tomllib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plainview.desk.experts import policy as experts
from plainview.desk.published import clocks, read
from plainview.desk.reviews import export
from plainview.desk.reviews.models import Asked, Product, Request, Review, Stage
from plainview.desk.stories.models import Standing, Story
from plainview.desk.verdicts import first
from plainview.lobby.people.models import Person
from plainview.site.demo import links
from plainview.site.demo.desk import shelf
from plainview.site.demo.desk.build import build


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.HOME = tmp_path
    build(today=timezone.localdate(), say=lambda _words: None)


def who(word: str) -> Person:
    return Person.objects.get(identifier=links.OF_THE_DESK[word])


def test_a_product_stands_at_each_stage_and_each_role_has_something_to_do(desk):
    """One test, since building takes as long as many tests."""
    passed_by = {Stage.REQUESTED, Stage.DECLINED, Stage.GATHERING}
    assert set(Review.objects.values_list("stage", flat=True)) == set(Stage) - passed_by
    the_chairs()
    the_experts()
    the_vendors()
    assert who("steward") and Story.objects.filter(standing=Standing.HELD).count() == 2
    every_made_up_product_says_so_to_whoever_works_on_it()
    the_page_that_was_published()
    what_is_said_of_real_products()
    the_clock_alone_brings_conditions_to_where_they_are()


def the_chairs() -> None:
    seen = Review.objects.seen_by(who("chair"))
    assert seen.count() == Review.objects.count() == 8 + len(first.folders())
    assert Request.objects.filter(state=Request.State.WAITING).count() >= 2


def every_made_up_product_says_so_to_whoever_works_on_it() -> None:
    sheets = [(folder / "product.toml").read_text(encoding="utf-8") for folder in first.folders()]
    real = [tomllib.loads(sheet)["name"] for sheet in sheets]
    client = Client()
    client.force_login(who("chair"))
    for review in Review.objects.exclude(product__name__in=real):
        page = client.get(f"/desk/reviews/{review.pk}/").content.decode()
        assert "Made up for the demonstration" in page, review


def the_experts() -> None:
    rivet = Review.objects.get(product__slug="rivet")
    words = ("expert", "expert2", "expert3")
    in_by_now = [experts.has_handed_in(rivet.invitations.get(expert=who(word))) for word in words]
    assert in_by_now == [False, True, True]


def the_vendors() -> None:
    mine = Review.objects.seen_by(who("vendor"))
    waiting = Asked.objects.filter(came="", due_on__gt=timezone.localdate(), review__in=mine)
    assert waiting.count() == 2
    assert {one.stage for one in mine} == {Stage.NOTICED, Stage.CONCLUDED, Stage.PUBLISHED}


def the_page_that_was_published() -> None:
    page = read.page_of(read.newest("fractal"))
    assert page.experts.n_raters == 3
    assert {one.kind for one in page.refusals} == {"groups", "policy"}
    assert page.stories.n == 7
    assert page.reply.words.startswith("We thank the desk")


def what_is_said_of_real_products() -> None:
    """Word for word what the checks lead to: no condition, no expert, no story is made up."""
    real = [page for page in read.pages_of(read.all_newest()) if page.product.slug != "fractal"]
    assert len(real) == len(first.folders()) > 2
    for page in real:
        assert (page.conditions, page.experts, page.stories.n, page.reply) == ((), None, 0, None)
        assert {one.passed for one in page.gateways} == {None}
    assert [one.product.slug for one in real if Product.objects.get(slug=one.product.slug).is_ours] != []


def the_clock_alone_brings_conditions_to_where_they_are() -> None:
    page, events = read.page_of(read.newest("fractal")), list(read.events("fractal"))

    def on(day) -> list[str]:
        return [clocks.status(one, events, on=day).value for one in page.conditions]

    today = timezone.localdate()
    assert on(today - timedelta(days=7)) == ["open", "open", "met"]
    assert on(today) == ["overdue", "open", "met"]
    assert on(today + timedelta(days=10)) == ["overdue", "overdue", "met"]


def test_a_stored_run_says_what_the_checks_say(desk, tmp_path):
    """The quickest of them, asked again: the others are asked by scripts/desk_demo.py."""
    from plainview.core.audit.findings import findings_of, written
    from plainview.core.audit.review import review as ask
    from plainview.core.dossier.folder import open_dossier

    orbit = Review.objects.get(product__slug="orbit-facts")
    export.folder(orbit, tmp_path / "orbit")
    again = json.loads(written(findings_of(ask(open_dossier(tmp_path / "orbit", aside=tmp_path)))))
    stored = json.loads(orbit.run.findings)
    assert again | {"made_with": {}} == stored | {"made_with": {}}


def test_every_stored_run_is_of_a_product_on_the_shelf():
    stored = {path.name.split(".")[0] for path in (shelf.folder() / "runs").iterdir()}
    runs = {name.removesuffix("-with-ratings") for name in stored}
    products = {path.parent.name for path in shelf.folder().glob("*/product.toml")}
    assert products - runs == {"quill"}  # its plan is frozen, and its checks wait for a press
    assert runs <= products
