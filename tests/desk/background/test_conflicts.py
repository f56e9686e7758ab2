"""Interests of ours stand beside every review they concern, by office and never by name."""

import pytest

from plainview.desk.background import conflicts, take_in, write_down
from plainview.desk.published.page import Conflict
from plainview.lobby.people.policy import Denied

from .conftest import a_return, row


def told(review) -> list[tuple[str, str]]:
    rows = [Conflict.model_validate(one) for one in conflicts.of_review(review)]
    assert all(one.words.en and one.who in {"desk", "chair", "expert", "steward"} for one in rows)
    return [(one.who, one.words.en) for one in rows]


def test_where_nobody_declared_anything_the_page_says_so(desk):
    assert told(desk.review) == [
        ("desk", "No declaration has been handed in."),
        ("chair", "No declaration has been handed in."),
        ("expert", "No expert has declared."),
    ]


def test_what_experts_declared_in_their_own_room_stands_with_it(desk):
    line = {"who": "Expert A, a teacher", "words": {"en": "No part in it.", "es": "Sin parte en ello."}}
    assert conflicts.of_review(desk.review, experts=[line])[-1] == line
    assert not any(
        "No expert" in one["words"]["en"] for one in conflicts.of_review(desk.review, experts=[line])
    )


def test_our_own_product_is_marked_first(desk):
    desk.fractal.is_ours = True
    desk.fractal.save()
    who, words = told(desk.review)[0]
    assert who == "desk" and words.startswith("This product is made by the people who run this desk")


def test_what_an_office_declares_stands_there_without_a_name(desk, now):
    write_down.declare(desk.review, office="chair", words="I taught with it in 2024.", by=desk.cora, at=now)
    write_down.declare(None, office="desk", words="", by=desk.cora, at=now)
    write_down.declare(None, office="steward", words="", by=desk.sten, at=now)
    said = told(desk.review)
    assert ("chair", "I taught with it in 2024.") in said
    assert ("desk", "One person declared to have no interest.") in said
    assert ("steward", "One person declared to have no interest.") in said
    assert not any(name in words for _who, words in said for name in ("Cora", "Sten"))


def test_a_new_declaration_takes_the_place_of_the_last(desk, now):
    write_down.declare(None, office="chair", words="Shares.", by=desk.cora, at=now)
    write_down.declare(None, office="chair", words="", by=desk.cora, at=now)
    assert [words for who, words in told(desk.review) if who == "chair"] == [
        "One person declared to have no interest."
    ]


def test_whoever_pays_both_sides_is_named_though_nobody_declared_it(acme_is_tied, now):
    desk = acme_is_tied
    write_down.tie(
        name="Our Office", ein="", kind="desk", vendor=None, says_so="Budget", by=desk.cora, at=now
    )
    take_in.tax_return(
        a_return(row(), row(name="Our Office", ein="", cash="9000")),
        called="r",
        address="",
        by=desk.cora,
        at=now,
    )
    assert "Giving Fund of the West has given money to the vendor and to this desk." in [
        words for _who, words in told(desk.review)
    ]


@pytest.mark.parametrize(
    "who, office",
    [
        ("ed", "chair"),
        ("cora", "steward"),
        ("vic", "desk"),
        ("olu", "chair"),
        ("sten", "chair"),
        ("ed", "expert"),
    ],
)
def test_nobody_declares_for_an_office_they_do_not_hold(who, office, desk, now):
    with pytest.raises(Denied):
        write_down.declare(None, office=office, words="", by=getattr(desk, who), at=now)


def test_a_tie_to_a_vendor_names_one_and_no_other_does(desk, now):
    for kind, vendor in (("is_vendor", None), ("desk", desk.acme)):
        with pytest.raises(Denied):
            write_down.tie(name="X", ein="", kind=kind, vendor=vendor, says_so="y", by=desk.cora, at=now)
