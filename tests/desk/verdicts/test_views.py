"""The pages, person by person."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plainview.desk.reviews import sheets
from plainview.desk.reviews.models import Reader, Stage
from plainview.desk.verdicts import policy, publish, reply, views
from plainview.desk.verdicts.models import Condition, Correction, Gateway, Reply, Verdict
from plainview.lobby.people.policy import NotSeen

PEOPLE = ["cora", "ed", "flo", "vic", "val", "olu", "sten"]
IN_BOTH = {"sentence_en": "As the study shows.", "sentence_es": "Como muestra el estudio."}
WHY = {"why_en": "As the study shows.", "why_es": "Como muestra el estudio."}


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    """The pages read the clock; here it stands where the tests' does."""
    monkeypatch.setattr(views, "now", lambda: (now, timezone.localdate(now)))


@pytest.fixture
def ed_rates(review, desk, now):
    Reader.objects.create(review=review, person=desk.ed, since=now)


def address(name: str, *args) -> str:
    return reverse(f"verdicts:{name}", args=args)


def who_reads(review, desk) -> set[str]:
    return {who for who in PEOPLE if policy.reviews_seen_by(getattr(desk, who)).filter(pk=review.pk).exists()}


def test_who_reads_what_when(review, desk, tools, ed_rates):
    """While it is being concluded the chair alone; then experts who rated; the vendor once it was shown."""
    assert who_reads(review, desk) == {"cora"}
    tools.conclude_all()
    assert who_reads(review, desk) == {"cora", "ed"}
    from plainview.desk.verdicts import show

    show.show(review, by=desk.cora, at=tools.later - timedelta(days=15))
    assert who_reads(review, desk) == {"cora", "ed", "vic"}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_query_and_the_check_tell_the_same_story(who, review, desk, tools, ed_rates):
    tools.shown()
    person = getattr(desk, who)
    in_query = policy.reviews_seen_by(person).filter(pk=review.pk).exists()
    try:
        policy.check_may_read(person, review)
        by_check = True
    except NotSeen:
        by_check = False
    assert in_query == by_check


def test_signed_out_leads_to_the_sign_in_page(client, review):
    for name in ("of_review", "draft", "reply", "correct", "reopen"):
        answer = client.get(address(name, review.pk))
        assert answer.status_code == 302 and "sign" in answer["Location"], name


@pytest.mark.parametrize("who", ["val", "olu", "sten", "flo"])
def test_for_others_the_pages_are_not_there(who, review, desk, tools, signed_in_as):
    tools.shown()
    browser = signed_in_as(getattr(desk, who))
    for name in ("of_review", "draft", "reply", "correct"):
        assert browser.get(address(name, review.pk)).status_code == 404, name
    assert "Fractal" not in browser.get(address("list")).content.decode()


def test_the_vendor_can_post_nothing_that_concludes(review, desk, tools, signed_in_as, now):
    tools.shown()
    browser = signed_in_as(desk.vic)
    before = (Verdict.objects.count(), Gateway.objects.count(), Condition.objects.count())
    posts = {
        address("claim", review.pk, "works"): {"word": "supported", "months": 24, **IN_BOTH},
        address("gate", review.pk, "G1"): {"passing": "passed", **WHY},
        address("new_condition", review.pk): {"owner": "x"},
        address("close", review.pk): {"why": "x"},
        address("show", review.pk): {"days": 14},
        address("publish", review.pk): {"changelog_en": "x", "changelog_es": "x"},
        address("reopen", review.pk): {"because": "version", "why": "x"},
    }
    for url, told in posts.items():
        assert browser.post(url, told).status_code in (400, 403, 404), url
    assert before == (Verdict.objects.count(), Gateway.objects.count(), Condition.objects.count())
    review.refresh_from_db()
    assert review.stage == Stage.CONCLUDED


def test_cora_walks_from_findings_to_a_page(review, desk, signed_in_as, monkeypatch, tools, now):
    browser = signed_in_as(desk.cora)
    assert (
        "Students who use Fractal learn more."
        in browser.get(address("of_review", review.pk)).content.decode()
    )
    for claim, word in {
        "works": "supported",
        "adapts": "refused",
        "steady": "inconclusive",
        "free": "not tested",
    }.items():
        url = address("claim", review.pk, claim)
        assert browser.get(url).status_code == 200
        assert browser.post(url, {"word": word, "months": 24, **IN_BOTH}).status_code == 302
    for gate in ("G1", "G2", "G3", "G4"):
        url = address("gate", review.pk, gate)
        assert browser.get(url).status_code == 200
        assert browser.post(url, {"passing": "cannot say", **WHY}).status_code == 302
    condition = {"words_en": "Hand over a log.", "words_es": "Entregar un registro.", "owner": "Acme"}
    condition |= {
        "deadline": "2027-03-01",
        "proves_en": "A log.",
        "proves_es": "Un registro.",
        "claim": "adapts",
    }
    assert browser.post(address("new_condition", review.pk), condition).status_code == 302
    assert browser.post(address("close", review.pk), {"why": "All is said."}).status_code == 302
    assert browser.post(address("show", review.pk), {"days": 14}).status_code == 302
    later = (tools.later, timezone.localdate(tools.later))
    monkeypatch.setattr(views, "now", lambda: later)
    told = {"changelog_en": "First page.", "changelog_es": "Primera página."}
    assert browser.post(address("publish", review.pk), told).status_code == 302
    review.refresh_from_db()
    assert review.stage == Stage.PUBLISHED
    assert "Publication 1" in browser.get(address("of_review", review.pk)).content.decode()


def test_what_was_typed_is_kept_when_it_cannot_be_taken(review, desk, signed_in_as):
    browser = signed_in_as(desk.cora)
    told = {"word": "inconclusive", "months": 24, **IN_BOTH}
    page = browser.post(address("claim", review.pk, "works"), told).content.decode()
    assert "more careful than the checks" in page
    assert "Como muestra el estudio." in page


def test_too_early_a_publication_says_until_when(review, desk, signed_in_as, tools):
    tools.shown()
    told = {"changelog_en": "First page.", "changelog_es": "Primera página."}
    answer = signed_in_as(desk.cora).post(address("publish", review.pk), told)
    assert answer.status_code == 400
    assert "The vendor may reply until" in answer.content.decode()


def test_the_vendor_reads_the_draft_and_replies(review, desk, signed_in_as, tools):
    tools.shown()
    browser = signed_in_as(desk.vic)
    page = browser.get(address("draft", review.pk)).content.decode()
    assert "A draft. It is not published." in page
    assert "This page never changes" not in page
    assert "Students who use Fractal learn more." in page
    assert browser.post(address("reply", review.pk), {"words": "<b>We disagree.</b>"}).status_code == 302
    assert Reply.objects.get().words == "<b>We disagree.</b>"
    assert "<b>We disagree.</b>" not in browser.get(address("of_review", review.pk)).content.decode()


def test_no_link_of_a_draft_leads_to_what_is_not_published_yet(review, desk, signed_in_as, tools):
    tools.shown()
    page = signed_in_as(desk.vic).get(address("draft", review.pk)).content.decode()
    slug = review.product.slug
    own = [one for one in re.findall(r'<a [^>]*href="([^"]*)"', page) if f"/{slug}/" in one]
    assert own == []
    assert "Read the stories, or tell yours" in page  # the words stay


def test_the_vendor_does_not_see_what_is_still_being_written(review, desk, signed_in_as, tools):
    tools.shown()
    page = signed_in_as(desk.vic).get(address("of_review", review.pk)).content.decode()
    assert "As the study shows." not in page


def test_an_expert_does_not_read_the_vendors_draft(review, desk, signed_in_as, tools, ed_rates):
    tools.shown()
    browser = signed_in_as(desk.ed)
    assert browser.get(address("of_review", review.pk)).status_code == 200
    assert browser.get(address("draft", review.pk)).status_code == 404


def test_a_correction_goes_from_the_vendor_to_the_chair_and_back(review, desk, client, signed_in_as, tools):
    tools.shown()
    browser = signed_in_as(desk.vic)
    assert browser.post(address("correct", review.pk), {"words": "Our name is ACME."}).status_code == 302
    asked = Correction.objects.get()
    assert browser.post(address("correction", asked.pk), {"granted": "yes", **WHY}).status_code == 403
    browser = signed_in_as(desk.cora)
    assert "Our name is ACME." in browser.get(address("correction", asked.pk)).content.decode()
    assert browser.post(address("correction", asked.pk), {"granted": "yes", **WHY}).status_code == 302
    assert "It is corrected." in browser.get(address("correction", asked.pk)).content.decode()


def test_a_condition_shows_its_clock_and_takes_evidence(review, desk, signed_in_as, tools, monkeypatch, now):
    from datetime import date

    from plainview.desk.verdicts import condition

    must = condition.set_condition(
        review,
        words=tools.both,
        owner="Acme",
        deadline=date(2026, 12, 1),
        proves=tools.both,
        claim="adapts",
        by=desk.cora,
        at=now,
    )
    tools.shown()
    publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    url = address("condition", must.pk)
    monkeypatch.setattr(views, "now", lambda: (tools.later, timezone.localdate(tools.later)))
    assert "Overdue" in signed_in_as(desk.vic).get(url).content.decode()
    browser = signed_in_as(desk.cora)
    assert "1 condition overdue" in browser.get(address("list")).content.decode()
    assert "needs evidence" in browser.post(url, {"kind": "met", **WHY}).content.decode()
    assert browser.post(url, {"kind": "met", "finding": "efficacy.effect/1", **WHY}).status_code == 302
    assert "Met" in browser.get(url).content.decode()
    assert signed_in_as(desk.val).get(url).status_code == 404


def test_the_reply_of_a_published_page_is_closed(review, desk, signed_in_as, tools):
    tools.shown()
    reply.reply(review, words="We disagree.", by=desk.vic, at=tools.later - timedelta(days=14))
    publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    page = signed_in_as(desk.vic).post(address("reply", review.pk), {"words": "More."}).content.decode()
    assert "Ask for a correction instead" in page
    assert Reply.objects.count() == 1


def test_a_vendor_who_comes_early_is_told_not_yet_and_sees_nothing_of_the_page(
    review, desk, tools, signed_in_as
):
    tools.conclude_all()
    page = signed_in_as(desk.vic).get(address("draft", review.pk))
    assert page.status_code == 200
    assert "Not yet" in page.content.decode() and "As the study shows." not in page.content.decode()
    assert signed_in_as(desk.val).get(address("draft", review.pk)).status_code == 404
    assert signed_in_as(desk.ed).get(address("draft", review.pk)).status_code == 404


def test_that_the_checks_must_run_once_more_is_said_before_anything_is_concluded(review, desk, signed_in_as):
    browser = signed_in_as(desk.cora)
    told = "Start the checks once more"
    assert told not in browser.get(address("of_review", review.pk)).content.decode()
    sheets.keep(review, sheets.RATINGS, "rater,question,level\nA,1,2\n")
    assert told in browser.get(address("of_review", review.pk)).content.decode()
