"""A table comes in whole or not at all; a large one in seconds; nothing in it goes out as a formula."""

from time import perf_counter

import pytest
from django.http import Http404

from plainview.desk.background.table import Unreadable
from plainview.desk.register import take_in
from plainview.desk.register.models import Contract, Use

CONTRACTS = (
    "product,vendor,starts_on,ends_on,notice_days,cost,currency,who_pays\n"
    'Fractal,Acme,2026-07-01,2027-06-30,60,"12,000.00",usd,the district\n'
    "Open Ended,,,,,,,\n"
)
USES = "product,school,grade,children,minutes_a_week\nFractal,Hill,3,120,45\nfractal,Hill,4,80,30\n"


def bring(oak, now, text, deed=take_in.contracts):
    return deed(oak.oak, text.encode(), called="our.csv", by=oak.olu, at=now)


def test_contracts_come_in_and_those_that_are_there_are_brought_up_to_date(oak, now):
    assert bring(oak, now, CONTRACTS) == 2
    fractal = Contract.objects.get(district=oak.oak, name="Fractal")
    assert fractal.pk == oak.fractal.pk and fractal.notice_days == 60 and fractal.currency == "USD"
    assert Contract.objects.get(name="Open Ended").ends_on is None
    bring(oak, now, CONTRACTS)
    assert Contract.objects.filter(district=oak.oak).count() == 2


def test_uses_come_in_by_product_school_and_grade(oak, now):
    assert bring(oak, now, USES, take_in.uses) == 2
    bring(oak, now, USES.replace("120", "121"), take_in.uses)
    assert sorted(Use.objects.values_list("grade", "n_children")) == [("3", 121), ("4", 80)]


@pytest.mark.parametrize(
    "text, deed, says",
    [
        ("product,starts_on\nFractal,1.7.2026\n", take_in.contracts, "line 2, column 'starts_on'"),
        (
            "product,starts_on,ends_on\nF,2026-07-01,2026-01-01\n",
            take_in.contracts,
            "line 2: the contract ends",
        ),
        ("product,children\nFractal,3\nUnheard Of,4\n", take_in.uses, "line 3: “Unheard Of”"),
        ("product,children\nFractal,-3\n", take_in.uses, "line 2, column 'children'"),
        ("product,children,minutes_a_week\nFractal,3,99999\n", take_in.uses, "a number from 0 to 10080"),
    ],
)
def test_a_fault_is_told_by_its_line_and_nothing_comes_in(text, deed, says, oak, now):
    before = (Contract.objects.count(), Use.objects.count())
    with pytest.raises(Unreadable) as refused:
        bring(oak, now, text, deed)
    assert says in str(refused.value)
    assert (Contract.objects.count(), Use.objects.count()) == before


def test_fifty_thousand_rows_come_in_within_seconds(oak, now):
    head = "product,school,grade,children,minutes_a_week\n"
    text = head + "".join(f"Fractal,School {i // 13},{i % 13},{i % 31},45\n" for i in range(50_000))
    began = perf_counter()
    assert bring(oak, now, text, take_in.uses) == 50_000
    assert perf_counter() - began < 15, "it takes about two where nothing else runs"
    assert Use.objects.count() == 50_000


def test_what_goes_out_comes_back_in_and_no_cell_begins_a_formula(oak, now):
    bring(oak, now, 'product,vendor,who_pays\n"=HYPERLINK(""x"")",@vendor,+1\n')
    bring(oak, now, USES, take_in.uses)
    out = "".join(take_in.contracts_out(oak.oak))
    assert "'=HYPERLINK" in out and "'@vendor" in out and "'+1" in out
    Contract.objects.filter(district=oak.oak).exclude(pk=oak.fractal.pk).delete()
    bring(oak, now, out)
    assert Contract.objects.get(vendor="@vendor").who_pays == "+1"
    assert bring(oak, now, "".join(take_in.uses_out(oak.oak)), take_in.uses) == 2


def test_another_districts_officer_brings_nothing(oak, now):
    with pytest.raises(Http404):
        take_in.contracts(oak.oak, CONTRACTS.encode(), called="x.csv", by=oak.una, at=now)


def test_nothing_of_another_district_goes_out(oak):
    assert "Secretly" not in "".join(take_in.contracts_out(oak.oak))
