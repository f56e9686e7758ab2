"""Experts hear by mail that they are asked, that the rating begins and that the ratings are open."""

import pytest
from django.core import mail
from tests.desk.experts.conftest import PANEL, Panel

from plainview.desk.experts import agree, invite
from plainview.lobby.jobs.models import Job
from plainview.lobby.jobs.work import work
from plainview.lobby.people.models import Person

SIGN_IN = "https://review.example/account/sign-in/"


@pytest.fixture(autouse=True)
def addresses(desk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.OFFICE = "Office of Review"
    for who in ("ed", "flo"):
        Person.objects.filter(sign_in_name=who).update(email=f"{who}@uni.example")
        getattr(desk, who).refresh_from_db()


def ask(panel: Panel, who: str) -> None:
    invite.ask(panel.review, panel.person(who), by=panel.desk.cora, at=panel.at, sign_in=SIGN_IN)


def written() -> list[mail.EmailMessage]:
    """What went out since the last look."""
    mail.outbox.clear()
    work(once=True)
    return list(mail.outbox)


def test_whoever_is_asked_is_told_where_to_say_yes_or_no(panel):
    ask(panel, "ed")
    letter = written()[0]
    assert letter.to == ["ed@uni.example"]
    assert letter.subject == "Would you rate Fractal?"
    assert "Cora of Office of Review asks you to rate Fractal by Acme." in letter.body
    assert letter.body.rstrip().endswith("Office of Review")


def test_the_only_address_in_it_is_the_page_for_signing_in(panel):
    ask(panel, "ed")
    addresses = [word for word in written()[0].body.split() if "/" in word]
    assert addresses == [SIGN_IN]


def test_it_comes_in_the_experts_language(panel):
    Person.objects.filter(sign_in_name="ed").update(language="es")
    ask(panel, "ed")
    letter = written()[0]
    assert letter.subject == "¿Calificaría Fractal?"
    assert "Would" not in letter.body and "Sign in" not in letter.body


def test_no_job_holds_an_address_of_mail_and_nobody_reads_anothers(panel):
    ask(panel, "ed")
    ask(panel, "flo")
    assert not any("@" in str(job.arguments) for job in Job.objects.all())
    assert sorted(letter.to for letter in written()) == [["ed@uni.example"], ["flo@uni.example"]]


def test_whoever_has_answered_or_was_let_go_meanwhile_is_not_written_to(panel):
    for who in ("ed", "flo"):
        ask(panel, who)
    panel.accept("ed")
    invite.let_go(panel.invitation("flo"), by=panel.desk.cora, at=panel.at, why="a mistake")
    assert written() == []


def test_they_hear_that_it_begins_and_that_all_are_in_but_nobody_who_has_left(rating):
    assert [(one.to[0], one.subject) for one in written()] == [
        ("ed@uni.example", "Fractal: the rating begins"),
        ("flo@uni.example", "Fractal: the rating begins"),
    ]
    for who in PANEL:
        rating.hand_in(who)
    rating.open()
    assert {one.subject for one in written()} == {"Fractal: every rating is in"}


def test_the_page_says_who_cannot_be_written_to(panel, client):
    client.force_login(panel.desk.cora)
    address = f"/desk/ratings/reviews/{panel.review.pk}/ask/"
    told = client.post(address, {"expert": panel.desk.gus.pk}, follow=True).content.decode()
    assert "has no e-mail address here" in told
    told = client.post(address, {"expert": panel.desk.ed.pk}, follow=True).content.decode()
    assert "A letter goes to Ed" in told
    assert "http://testserver/account/sign-in/" in written()[0].body


def test_readers_are_told_who_was_asked_and_did_not_rate(rating):
    people = [
        Person.objects.create_user(name, "a long password", identifier=name, role="expert")
        for name in ("hal", "ida", "jo")
    ]
    for person in people:
        setattr(rating.desk, person.sign_in_name, person)
        rating.ask(person.sign_in_name)
    invite.answer(rating.invitation("hal"), says_yes=False, by=people[0], at=rating.at)
    for who in ("ida", "jo"):
        invite.let_go(rating.invitation(who), by=rating.desk.cora, at=rating.at, why="no word for weeks")
    for who in PANEL:
        rating.hand_in(who)
    rating.open()
    work(once=True)
    told = agree.for_page(rating.review)["sentence"]
    assert told["en"].startswith(
        "6 experts were asked. 1 said no. 2 were let go by the chair before handing in. "
        "3 experts rated, each alone."
    )
    assert told["es"].startswith("Se pidió a 6 expertos.")


def test_the_chair_hears_it_when_the_last_one_has_handed_in_and_no_sooner(rating):
    Person.objects.filter(pk=rating.desk.cora.pk).update(email="cora@review.example")
    written()
    for who in ("ed", "flo"):
        rating.hand_in(who)
    assert written() == []
    rating.hand_in("gus")
    (letter,) = written()
    assert (letter.to, letter.subject) == (["cora@review.example"], "Fractal 2.1: all have handed in")
