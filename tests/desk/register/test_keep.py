"""An officer keeps their own district's register, and no other."""

import pytest
from django.http import Http404

from plainview.desk.register import keep
from plainview.desk.register.models import Contract
from plainview.desk.reviews.models import Request
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied

from .conftest import TERMS


@pytest.mark.parametrize("who", ["una", "cora", "ed", "sten", "vic"])
def test_nobody_else_adds_changes_or_takes_off(who, oak, now):
    person = getattr(oak, who)
    deeds = [
        lambda: keep.add(oak.oak, name="X", terms=TERMS, by=person, at=now),
        lambda: keep.change(oak.fractal, name="X", terms=TERMS, by=person, at=now),
        lambda: keep.take_off(oak.fractal, by=person, at=now),
        lambda: keep.use(oak.fractal, school="", grade="", n_children=1, minutes_a_week=1, by=person, at=now),
        lambda: keep.ask_for_review(oak.fractal, by=person, at=now),
    ]
    for deed in deeds:
        with pytest.raises(Http404):
            deed()
    assert Contract.objects.filter(district=oak.oak).count() == 1 and not Request.objects.exists()


def test_each_deed_leaves_a_line_without_words(oak, now):
    keep.use(oak.fractal, school="Hill", grade="3", n_children=9, minutes_a_week=40, by=oak.olu, at=now)
    keep.take_off(oak.fractal, by=oak.olu, at=now)
    deeds = set(Line.objects.filter(by=oak.olu.pk).values_list("deed", flat=True))
    assert deeds == {"register.contract_added", "register.use_entered", "register.contract_taken_off"}


def test_the_same_product_and_first_day_is_one_contract_and_a_renewal_is_another(oak, now):
    with pytest.raises(Denied, match="already"):
        keep.add(oak.oak, name="  FRACTAL ", terms=TERMS, by=oak.olu, at=now)
    keep.add(oak.oak, name="Fractal", terms=TERMS | {"starts_on": None}, by=oak.olu, at=now)
    with pytest.raises(Denied):
        keep.add(oak.oak, name="Fractal", terms=TERMS | {"starts_on": None}, by=oak.olu, at=now)
    keep.change(oak.fractal, name="Fractal", terms=TERMS | {"vendor": "New"}, by=oak.olu, at=now)


def test_newer_numbers_of_a_grade_take_the_place_of_the_old(oak, now):
    for n in (20, 25):
        keep.use(oak.fractal, school="Hill", grade="3", n_children=n, minutes_a_week=40, by=oak.olu, at=now)
    assert [use.n_children for use in oak.fractal.uses.all()] == [25]


def test_a_review_is_asked_for_without_naming_the_district(oak, now):
    asked = keep.ask_for_review(oak.fractal, by=oak.olu, at=now)
    assert (asked.product_name, asked.asker) == ("Fractal", Request.Asker.DISTRICT)
    assert "Oak" not in asked.wants and not asked.address
    keep.ask_for_review(oak.fractal, by=oak.olu, at=now)
    assert Request.objects.count() == 1, "asked twice, it is one request"
