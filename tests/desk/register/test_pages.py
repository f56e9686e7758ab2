"""The register's pages, person by person, and in the awkward cases."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from plainview.desk.published.clauses import clauses
from plainview.desk.register import keys, subscribe, tell
from plainview.desk.register.keep import key_of
from plainview.desk.register.models import Contract, Subscriber, Use
from plainview.desk.reviews.models import Request

from .conftest import a_condition, publish

pytestmark = pytest.mark.usefixtures("clock")
EVERYONE = ["olu", "una", "cora", "ed", "sten", "vic"]
OF_A_DISTRICT = ["glance", "everything", "add", "tables", "subscriptions"]
OF_A_CONTRACT = ["contract", "pause", "clauses"]


@pytest.mark.parametrize("name", OF_A_DISTRICT)
@pytest.mark.parametrize("who", EVERYONE)
def test_a_districts_pages_are_there_for_officers_alone_and_show_their_own(who, name, oak, signed_in_as):
    answer = signed_in_as(getattr(oak, who)).get(reverse(f"register:{name}"))
    assert answer.status_code == (200 if who in {"olu", "una"} else 404)
    if who == "una":
        assert "Fractal" not in answer.content.decode() and "Oak" not in answer.content.decode()


@pytest.mark.parametrize("name", OF_A_CONTRACT)
@pytest.mark.parametrize("who", EVERYONE)
def test_a_contract_is_there_for_its_own_officer_and_not_found_for_the_others(who, name, oak, signed_in_as):
    publish(a_condition())
    answer = signed_in_as(getattr(oak, who)).get(reverse(f"register:{name}", args=[oak.fractal.pk]))
    assert answer.status_code == (200 if who == "olu" else 404)


@pytest.mark.parametrize("name", ["contract", "take_off", "ask_for_review", "pause", "clauses"])
@pytest.mark.parametrize("who", ["una", "cora", "vic"])
def test_nobody_else_posts_to_a_contract(who, name, oak, signed_in_as):
    sent = {"do": "use", "school": "X", "grade": "1", "n_children": 1, "minutes_a_week": 1, "words": "x"}
    answer = signed_in_as(getattr(oak, who)).post(reverse(f"register:{name}", args=[oak.fractal.pk]), sent)
    assert answer.status_code == 404
    assert Contract.objects.filter(pk=oak.fractal.pk).exists() and not Use.objects.exists()


def test_an_officer_without_a_district_finds_nothing(desk, signed_in_as):
    assert signed_in_as(desk.olu).get(reverse("register:glance")).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(client, db):
    assert client.get(reverse("register:glance")).status_code == 302


def test_the_first_thing_seen_is_what_is_past_its_day(oak, signed_in_as, now, monkeypatch):
    publish(a_condition())
    html = signed_in_as(oak.olu).get(reverse("register:glance")).content.decode()
    assert "Nothing is past its day" in html and "open, 8 days left" in html
    from datetime import timedelta

    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=12))
    html = signed_in_as(oak.olu).get(reverse("register:glance")).content.decode()
    assert "One condition is past its day" in html and "overdue for 4 days" in html


def test_one_press_asks_for_a_review(oak, signed_in_as):
    browser = signed_in_as(oak.olu)
    assert "Ask for a review" in browser.get(reverse("register:glance")).content.decode()
    assert browser.post(reverse("register:ask_for_review", args=[oak.fractal.pk])).status_code == 302
    assert Request.objects.get().product_name == "Fractal"
    html = browser.get(reverse("register:glance")).content.decode()
    assert "asked for on 23 November 2026" in html


def test_a_contract_is_added_changed_and_taken_off(oak, signed_in_as):
    browser = signed_in_as(oak.olu)
    sent = {"name": "Wordwise", "currency": "usd", "ends_on": "2027-01-31", "notice_days": "30"}
    answer = browser.post(reverse("register:add"), sent)
    made = Contract.objects.get(name="Wordwise")
    assert answer.status_code == 302 and made.currency == "USD"
    address = reverse("register:contract", args=[made.pk])
    assert browser.post(address, sent | {"do": "change", "name": "Word Wise"}).status_code == 302
    use = {"do": "use", "school": "Hill", "grade": "2", "n_children": "24", "minutes_a_week": "50"}
    assert browser.post(address, use).status_code == 302
    html = browser.get(address).content.decode()
    assert "24 children, 20 hours of screen a week" in html and "Word Wise" in html
    assert browser.post(reverse("register:take_off", args=[made.pk])).status_code == 302
    assert not Contract.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"currency": "dollars"},
        {"starts_on": "2027-02-01", "ends_on": "2027-01-01"},
        {"product": "no-such"},
    ],
)
def test_what_cannot_be_is_asked_for_again(wrong, oak, signed_in_as):
    sent = {"name": "New", "currency": "USD"} | wrong
    assert signed_in_as(oak.olu).post(reverse("register:add"), sent).status_code == 422
    assert not Contract.objects.filter(name="New").exists()


def test_an_empty_register_says_what_would_fill_it(oak, signed_in_as):
    Contract.objects.all().delete()
    html = signed_in_as(oak.olu).get(reverse("register:glance")).content.decode()
    assert "Nothing stands in your register yet." in html


def test_two_thousand_contracts_are_a_page_of_a_hundred_in_few_questions(
    oak, signed_in_as, django_assert_max_num_queries
):
    publish(a_condition())
    Contract.objects.bulk_create(
        Contract(district=oak.oak, name=f"Product {i:04}", key=key_of(f"Product {i:04}", None))
        for i in range(2000)
    )
    browser = signed_in_as(oak.olu)
    with django_assert_max_num_queries(15):
        html = browser.get(reverse("register:everything"), {"page": 3}).content.decode()
    assert html.count("Product 0") == 100 and "page 3 of 21" in html
    with django_assert_max_num_queries(15):
        glance = browser.get(reverse("register:glance"))
    assert glance.status_code == 200 and len(glance.content) < 100_000


def test_names_with_markup_stay_words(oak, signed_in_as):
    Contract.objects.filter(pk=oak.fractal.pk).update(name="<script>alert(1)</script>")
    browser = signed_in_as(oak.olu)
    for name in ("glance", "everything"):
        assert (
            "<script>alert" not in browser.get(reverse(f"register:{name}") + "?q=%3Cscript").content.decode()
        )
    assert (
        "<script>alert"
        not in browser.get(reverse("register:contract", args=[oak.fractal.pk])).content.decode()
    )


def test_tables_come_in_and_go_out_by_the_page(oak, signed_in_as):
    browser = signed_in_as(oak.olu)
    table = SimpleUploadedFile("our.csv", b"product,vendor\nWordwise,Acme\n")
    assert browser.post(reverse("register:tables"), {"kind": "contracts", "table": table}).status_code == 302
    answer = browser.get(reverse("register:table_out", args=["contracts"]))
    assert b"Wordwise,Acme" in b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="oak-contracts.csv"'
    wrong = SimpleUploadedFile("our.csv", b"product,cost\nWordwise,lots\n")
    answer = browser.post(reverse("register:tables"), {"kind": "contracts", "table": wrong})
    assert answer.status_code == 422 and "our.csv, line 2, column" in answer.content.decode()
    assert browser.get("/desk/register/tables/people.csv").status_code == 404


# --- subscriptions and secrets -----------------------------------------------------------------------------


def test_an_address_is_asked_and_another_districts_is_not_found(oak, signed_in_as, now):
    browser = signed_in_as(oak.olu)
    assert (
        browser.post(
            reverse("register:subscriptions"), {"address": "a@b.example", "language": "en"}
        ).status_code
        == 302
    )
    theirs = subscribe.ask(
        oak.elm, address="c@d.example", language="en", site="http://x/", by=oak.una, at=now
    )
    assert "c@d.example" not in browser.get(reverse("register:subscriptions")).content.decode()
    assert browser.post(reverse("register:take_off_subscriber", args=[theirs.pk])).status_code == 404
    own = Subscriber.objects.get(address="a@b.example")
    assert browser.post(reverse("register:take_off_subscriber", args=[own.pk])).status_code == 302
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["c@d.example"]


def test_the_feed_opens_by_its_secret_alone_and_shows_what_is_overdue(
    oak, signed_in_as, client, now, monkeypatch
):
    publish(a_condition())
    html = signed_in_as(oak.olu).post(reverse("register:renew_secret", args=["feed"])).content.decode()
    address = re.search(r"http://testserver(/desk/register/feed/[^<]+)", html)[1]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=12))
    client.logout()
    answer = client.get(address)
    xml = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml") and not answer.cookies
    assert "Publish the log." in xml and "overdue" in xml
    assert address.split("/")[-1].removesuffix(".atom") not in xml, (
        "a reader that shows the feed gives nothing away"
    )
    assert client.get("/desk/register/feed/guess.atom").status_code == 404
    keys.renew(oak.oak, opens="feed", by=oak.olu, at=now)
    assert client.get(address).status_code == 404, "the address before opens nothing any more"


def test_programs_read_their_own_district_with_its_secret(oak, client, now):
    publish(a_condition())
    secret = keys.renew(oak.oak, opens="api", by=oak.olu, at=now)
    ask = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    (contract,) = client.get(reverse("register:api_contracts"), **ask).json()["contracts"]
    assert contract["product"] == "fractal" and contract["conditions"][0]["status"] == "open"
    told = client.get(reverse("register:api_news"), **ask).json()
    assert told["district"] == "oak" and told["news"][0]["kind"] == "published"
    for wrong in ({}, {"HTTP_AUTHORIZATION": "Bearer guess"}, {"HTTP_AUTHORIZATION": "Basic x"}):
        assert client.get(reverse("register:api_contracts"), **wrong).status_code == 401
    feed = keys.renew(oak.oak, opens="feed", by=oak.olu, at=now)
    ask = {"HTTP_AUTHORIZATION": f"Bearer {feed}"}
    assert client.get(reverse("register:api_contracts"), **ask).status_code == 401, (
        "a feed's secret opens the feed"
    )


# --- letters -----------------------------------------------------------------------------------------------


def test_a_letter_is_filled_from_the_frozen_page_and_goes_out_as_it_was_edited(oak, signed_in_as):
    frozen = publish(a_condition())
    browser = signed_in_as(oak.olu)
    address = reverse("register:pause", args=[oak.fractal.pk])
    html = browser.get(address).content.decode()
    for words in (
        "Oak District uses Fractal 2.1",
        "It did not adapt.",
        "Publish the log.",
        frozen.page_sha256,
    ):
        assert words in html
    sheet = browser.post(address, {"do": "print", "words": "Dear <b>Acme</b>,\r\n\r\nplease stop."})
    assert "Dear &lt;b&gt;Acme&lt;/b&gt;," in sheet.content.decode()
    text = browser.post(address, {"do": "text", "words": "Dear Acme,\r\n\r\nplease stop."})
    assert text.content == b"Dear Acme,\n\nplease stop." and "attachment" in text["Content-Disposition"]


def test_clauses_are_there_before_any_review_and_take_its_conditions_up_after(oak, signed_in_as):
    browser = signed_in_as(oak.olu)
    address = reverse("register:clauses", args=[oak.fractal.pk])
    html = browser.get(address).content.decode()
    assert "Minimum Review Dataset" in html and "Conditions of the review" not in html
    assert browser.get(reverse("register:pause", args=[oak.fractal.pk])).status_code == 404
    publish(a_condition())
    html = browser.get(address).content.decode()
    assert "Conditions of the review" in html and "Publish the log. By 1 December 2026 (open)" in html


def test_the_clauses_of_a_district_are_those_that_anyone_may_use(oak, signed_in_as):
    page = signed_in_as(oak.olu).get(reverse("register:clauses", args=[oak.fractal.pk]))
    words = unescape(page.content.decode())
    for one in clauses():
        assert one.heading in words
        assert all(paragraph in words for paragraph in one.paragraphs)


def test_nobody_is_told_of_hours_that_nobody_wrote_down(oak, signed_in_as):
    Use.objects.all().delete()
    words = signed_in_as(oak.olu).get(reverse("register:glance")).content.decode()
    assert "0 hours" not in words and "is not written down yet" in words


def test_the_titles_of_the_feed_are_in_the_readers_language(oak, now):
    publish(a_condition())
    said = {"at": now + timedelta(days=30), "site": "https://review.example", "own": "x"}
    with override("es"):
        told = tell.atom(oak.oak, **said)
    titles = re.findall("<title>Fractal: ([^<]*)</title>", told)
    assert "overdue" not in titles and "publicado" in titles
