"""From a concluded review to a page that never changes."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from plainview.desk.published import chain, clocks, read
from plainview.desk.published.models import Event, File, Publication
from plainview.desk.reviews import plan, run, take_in
from plainview.desk.reviews.models import Product, Review, Stage
from plainview.desk.verdicts import compose, conclude, condition, gateway, publish, reopen, reply, show
from plainview.desk.verdicts.models import Draft, Letter, Reply, Verdict
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def must(tools, review, desk, now):
    return condition.set_condition(
        review,
        words=tools.both,
        owner="Acme",
        deadline=date(2027, 3, 1),
        proves=tools.both,
        claim="adapts",
        by=desk.cora,
        at=now,
    )


@pytest.fixture
def published(must, tools, review, desk):
    tools.shown()
    return publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)


def test_the_page_holds_what_was_concluded(published, desk):
    page = read.page_of(published)
    said = {one.id: (one.verdict, one.mark) for one in page.claims}
    assert said == {
        "works": ("supported", "shown"),
        "adapts": ("refused", "refused"),
        "steady": ("inconclusive", "cannot_say"),
        "free": ("not tested", "not_tested"),
    }
    assert [one.id for one in page.gateways] == ["G1", "G2", "G3", "G4"]
    assert page.label[3].mark == "shown"
    assert page.refusals[0].says == "Our logs are a trade secret."
    assert page.conditions[0].id == "c1"
    assert page.expires_on == date(2028, 11, 23)


def test_the_vendor_sees_the_page_first_and_has_its_days(tools, review, desk, now):
    tools.conclude_all()
    with pytest.raises(Denied, match="Show the page to the vendor first"):
        publish.publish(review, by=desk.cora, at=now, changelog=tools.both)
    show.show(review, by=desk.cora, at=now)
    with pytest.raises(Denied, match="may reply until"):
        publish.publish(review, by=desk.cora, at=now + timedelta(days=14), changelog=tools.both)


def test_as_soon_as_the_vendor_has_replied_it_may_be_published(tools, review, desk, now):
    tools.shown()
    reply.reply(review, words="We disagree.", by=desk.vic, at=now + timedelta(days=1))
    made = publish.publish(review, by=desk.cora, at=now + timedelta(days=2), changelog=tools.both)
    stands = read.page_of(made)
    assert (stands.reply.words, stands.reply.by) == ("We disagree.", "Acme")
    assert stands.claims[0].verdict == "supported"


def test_what_is_concluded_otherwise_is_shown_again(tools, review, desk, now):
    tools.shown()
    tools.say("works", "inconclusive", why="Second thoughts.", at=now + timedelta(days=1))
    with pytest.raises(Denied, match="Show it again"):
        publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    assert show.show(review, by=desk.cora, at=now + timedelta(days=2)).pk == Draft.objects.latest("pk").pk
    assert Draft.objects.count() == 2


def test_a_draft_shown_twice_is_one_draft(tools, review, desk, now):
    first = tools.shown()
    assert show.show(review, by=desk.cora, at=now + timedelta(days=3)).pk == first.pk


def test_a_second_press_publishes_nothing_more(published, review, desk, tools):
    again = publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    assert again.pk == published.pk
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("who", ["vic", "val", "ed", "olu", "sten"])
def test_only_the_chair_publishes(who, tools, review, desk):
    tools.shown()
    with pytest.raises((Denied, NotSeen)):
        publish.publish(review, by=getattr(desk, who), at=tools.later, changelog=tools.both)
    assert not Publication.objects.exists()


def test_editing_anything_behind_a_page_leaves_its_bytes_as_they_were(published, review, must):
    def frozen():
        rows = File.objects.filter(publication=published).order_by("name")
        return published.hash, [(one.name, one.sha256, bytes(one.body)) for one in rows]

    before = frozen()
    Product.objects.update(name="Another name", one_line="Other words.")
    review.product.vendor.name = "Another vendor"
    review.product.vendor.save()
    Review.objects.filter(pk=review.pk).update(version="9")
    review.claims.update(says="Something else entirely.")
    published.refresh_from_db()
    assert frozen() == before
    assert chain.faults(read.links("fractal")) == []


def test_the_database_refuses_a_verdict_once_it_is_published(published, review, desk, now):
    row = Verdict.objects.filter(review=review).values().first() | {"id": None}
    with pytest.raises(DatabaseError, match="is published"), transaction.atomic():
        Verdict.objects.create(**row)
    with pytest.raises(Denied, match="is published"):
        conclude.conclude(review, claim="works", word="supported", sentence=None, by=desk.cora, at=now)


def test_on_the_public_page_overdue_comes_by_the_clock_alone(published):
    asked = read.page_of(published).conditions[0]
    events = read.events("fractal")
    assert clocks.status(asked, events, on=date(2027, 3, 1)) == clocks.Status.OPEN
    assert clocks.status(asked, events, on=date(2027, 3, 2)) == clocks.Status.OVERDUE


def test_met_is_told_to_everyone_at_once(published, must, tools, desk):
    condition.met(
        must,
        evidence=condition.Evidence(finding="efficacy.effect/1"),
        why=tools.both,
        by=desk.cora,
        at=tools.later + timedelta(days=1),
    )
    asked = read.page_of(published).conditions[0]
    assert clocks.status(asked, read.events("fractal"), on=date(2027, 3, 2)) == clocks.Status.MET


def test_a_condition_that_was_withdrawn_before_anyone_saw_it_is_not_on_the_page(
    must, tools, review, desk, now
):
    condition.withdrawn(must, why=tools.both, by=desk.cora, at=now)
    assert compose.page(review, at=now).conditions == ()


def test_the_vendor_gets_a_letter_for_each_condition(
    published, must, desk, django_capture_on_commit_callbacks
):
    letter = Letter.objects.get(condition=must, kind="notice")
    assert "Fractal: condition c1" in letter.subject
    assert "Como muestra el estudio." in letter.body


def test_a_journalist_repeats_every_number(published, tmp_path):
    body = File.objects.get(publication=published, name="dossier.zip").body
    zipfile.ZipFile(io.BytesIO(bytes(body))).extractall(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "plainview.cli", "verify", str(tmp_path / "dossier")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "exhibits/policy.txt was left out (confidential)" in ran.stdout


def test_a_second_publication_hangs_on_the_first_and_leaves_it_as_it_was(
    published, must, desk, dossier, tools, now
):
    """The product is taken in again, concluded, and published: number 2."""
    before = {one.name: one.sha256 for one in published.files.all()}
    at = tools.later + timedelta(days=200)
    again = take_in.folder(dossier, by=desk.cora, at=at)
    plan.freeze(again, by=desk.cora, at=at)
    run.work(run.start(again, by=desk.cora, at=at).pk, lambda *_: None, at=lambda: at)
    again.refresh_from_db()
    for one in conclude.on_the_way(again):
        word = one.may_say[0]
        conclude.conclude(again, claim=one.judged.id, word=word, sentence=tools.both, by=desk.cora, at=at)
    for gate in ("G1", "G2", "G3", "G4"):
        gateway.record(again, gate=gate, passing="cannot say", why=tools.both, by=desk.cora, at=at)
    conclude.close(again, by=desk.cora, at=at, why="Looked at again.")
    show.show(again, by=desk.cora, at=at)
    made = publish.publish(again, by=desk.cora, at=at + timedelta(days=15), changelog=tools.both)
    page = read.page_of(made)
    assert (made.number, made.previous_hash) == (2, published.hash)
    assert [one.hash for one in page.changelog] == [published.hash, ""]
    assert [one.id for one in page.conditions] == [must.code]
    assert clocks.status(page.conditions[0], read.events("fractal"), on=at.date()) == clocks.Status.OVERDUE
    assert {one.name: one.sha256 for one in published.files.all()} == before
    assert chain.faults(read.links("fractal")) == []


def test_what_the_vendor_marked_confidential_is_left_out_with_its_hash(published):
    body = File.objects.get(publication=published, name="dossier.zip").body
    archive = zipfile.ZipFile(io.BytesIO(bytes(body)))
    assert "dossier/exhibits/policy.txt" not in archive.namelist()
    told = archive.read("dossier/left-out.toml").decode()
    listed = next(one for one in read.page_of(published).documents if one.title == "exhibits/policy.txt")
    assert listed.sha256 in told
    assert listed.kind == "confidential"


def test_findings_are_kept_byte_for_byte(published, review):
    body = bytes(File.objects.get(publication=published, name="findings.json").body)
    assert body == review.run.findings.encode()
    assert json.loads(body)["product"]["name"] == "Fractal"


def test_refusals_are_events_too(published):
    assert Event.objects.filter(product="fractal", kind="refused").count() == 1


def test_a_new_version_is_a_new_review_that_follows(published, review, desk, tools):
    at = tools.later + timedelta(days=5)
    made = reopen.reopen(review, because="version", version="3.0", by=desk.cora, at=at, why="3.0 is out.")
    assert (made.follows, made.stage, made.version) == (review, Stage.INTAKE, "3.0")
    assert Event.objects.filter(product="fractal", kind="reopened").count() == 1
    again = reopen.reopen(review, because="version", version="3.0", by=desk.cora, at=at, why="3.0 is out.")
    assert again.pk == made.pk


def test_another_owner_is_told_as_such(published, review, desk, tools):
    reopen.reopen(review, because="ownership", version="", by=desk.cora, at=tools.later, why="It was sold.")
    assert Event.objects.filter(product="fractal", kind="ownership_changed").exists()


def test_a_verdict_that_ran_out_asks_for_a_new_look(published, review, desk, tools):
    last = date(2028, 11, 23)
    assert not reopen.must_be_looked_at(review, on=last)
    assert reopen.must_be_looked_at(review, on=last + timedelta(days=1))
    with pytest.raises(Denied, match="holds still"):
        reopen.reopen(review, because="expiry", version="", by=desk.cora, at=tools.later, why="Old.")


@pytest.mark.parametrize("who", ["vic", "val", "ed", "olu", "sten"])
def test_only_the_chair_opens_it_again(who, published, review, desk, tools):
    with pytest.raises((Denied, NotSeen)):
        reopen.reopen(review, because="version", version="3", by=getattr(desk, who), at=tools.later, why="x")


# --- the vendor's words ---------------------------------------------------------------------------------
def test_a_reply_is_plain_text_and_has_a_length(tools, review, desk, now):
    tools.shown()
    with pytest.raises(Denied, match="At most 6000"):
        reply.reply(review, words="x" * 6001, by=desk.vic, at=now)
    kept = reply.reply(review, words="  One\r\ntwo\u202e three\x00 <b>four</b> ", by=desk.vic, at=now)
    assert kept.words == "One\ntwo three <b>four</b>"


def test_only_the_vendor_itself_replies(tools, review, desk, now):
    tools.shown()
    for who in (desk.val, desk.ed, desk.olu, desk.sten):
        with pytest.raises((Denied, NotSeen)):
            reply.reply(review, words="We agree.", by=who, at=now)
    with pytest.raises(Denied, match="Only who speaks for Acme"):
        reply.reply(review, words="We agree.", by=desk.cora, at=now)


def test_there_is_no_reply_before_the_draft_and_none_after_its_days(tools, review, desk, now):
    with pytest.raises(NotSeen):
        reply.reply(review, words="Early.", by=desk.vic, at=now)
    tools.shown()
    with pytest.raises(Denied, match="days for a reply ended"):
        reply.reply(review, words="Late.", by=desk.vic, at=now + timedelta(days=15))


def test_the_same_reply_twice_is_one(tools, review, desk, now):
    tools.shown()
    reply.reply(review, words="We disagree.", by=desk.vic, at=now)
    reply.reply(review, words="We disagree.", by=desk.vic, at=now)
    assert Reply.objects.count() == 1


def test_a_correction_has_a_clock_and_one_answer(published, review, desk, tools):
    asked = reply.ask_correction(review, words="The name is wrong.", by=desk.vic, at=tools.later)
    assert asked.answer_by == timezone.localdate(tools.later) + timedelta(days=10)
    first = reply.answer_correction(asked, granted=True, why=tools.both, by=desk.cora, at=tools.later)
    again = reply.answer_correction(asked, granted=False, why=tools.both, by=desk.cora, at=tools.later)
    assert (again.pk, again.granted) == (first.pk, True)
    assert Event.objects.filter(kind="correction").count() == 1


def test_nothing_is_mailed_to_one_without_an_address(published):
    assert not mail.outbox


def test_what_the_checks_say_anew_is_concluded_and_shown_before_it_is_published(tools, review, desk, now):
    tools.shown()
    told = json.loads(review.run.findings)
    told["claims"][0] |= {"verdict": "contradicted", "sentence": "The study shows the opposite."}
    again = run.start(review, by=desk.cora, at=now)
    found = {"findings": json.dumps(told), "report_html": "", "report_md": "", "answered": []}
    run.keep(again, found, at=tools.later)
    with pytest.raises(Denied, match="no verdict yet"):
        publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    assert not show.is_current(show.newest(review))


def test_the_page_says_what_the_product_is_though_only_the_dossier_did(review, desk, tools, now):
    Product.objects.update(one_line="")
    tools.conclude_all()
    assert compose.page(review, at=now).product.one_line == "Practice in fractions."
