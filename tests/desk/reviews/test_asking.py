"""Anyone asks for a review, without an account; nothing is kept of them but what they gave."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client

from plainview.desk.reviews import ask, ask_views, settle
from plainview.desk.reviews.models import Product, Request, Review, Stage
from plainview.lobby.ledger.models import Line
from plainview.lobby.people import hourly
from plainview.lobby.people.policy import Denied

SAID = {
    "product_name": "MathPath",
    "vendor_name": "Beta",
    "wants": "Does it help?\nWho sees what my child types?",
    "asker": "family",
    "address": "mother@example.org",
}


@pytest.fixture(autouse=True)
def fresh_counts(db, monkeypatch):
    cache.clear()
    monkeypatch.setattr(ask_views, "tries", hourly.Tries())


def asked(now, **other) -> Request:
    return ask.ask(**(SAID | other), language="es", at=now)


def test_a_form_without_an_account_makes_a_request(client, db):
    assert client.get("/ask/").status_code == 200
    assert client.post("/ask/", SAID).status_code == 302
    made = Request.objects.get()
    assert (made.product_name, made.asker, made.state) == ("MathPath", "family", Request.State.WAITING)


def test_asking_sets_no_cookie(client, db):
    for page in (client.get("/ask/"), client.post("/ask/", SAID), client.get("/es/ask/thanks/")):
        assert page.status_code in (200, 302)
        assert not page.cookies and not client.cookies


def test_whoever_asks_in_spanish_is_thanked_in_spanish(client, db):
    assert 'action="/es/ask/"' in client.get("/es/ask/").content.decode()
    assert client.post("/es/ask/", SAID)["Location"] == "/es/ask/thanks/"
    assert Request.objects.get().language == "es"


def test_a_page_of_another_site_asks_nothing(db):
    careful = Client(enforce_csrf_checks=True)
    for sign in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert careful.post("/ask/", SAID, headers=sign).status_code == 403
    assert not Request.objects.exists()
    own = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    assert careful.post("/ask/", SAID, headers=own).status_code == 302


def test_the_count_of_what_an_address_asked_is_written_nowhere(client, db):
    client.post("/ask/", SAID, REMOTE_ADDR="203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM site_cache")
        assert cursor.fetchone() == (0,)


def test_the_same_words_a_second_time_are_the_same_request(client, db):
    for wants in (SAID["wants"], "  does it help?  who SEES what my child types?"):
        assert client.post("/ask/", SAID | {"wants": wants}).status_code == 302
    assert Request.objects.count() == 1


def test_what_is_asked_too_often_waits(client, db):
    for n in range(5):
        assert client.post("/ask/", SAID | {"wants": f"{n}"}).status_code == 302
    assert client.post("/ask/", SAID | {"wants": "again"}).status_code == 429
    assert client.post("/ask/", SAID | {"wants": "x"}, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert Request.objects.count() == 6


def test_no_address_of_a_machine_is_kept(client, db):
    client.post("/ask/", SAID, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/77.7")
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            kept = str(cursor.fetchall())
            assert "203.0.113.77" not in kept, table
            assert "Mozilla/77.7" not in kept, table
    assert Line.objects.get(deed="reviews.requested").by == 0


def test_script_in_a_request_is_shown_as_words(client, desk, now):
    evil = "<script>alert(1)</script>"
    made = asked(now, product_name=evil, wants=evil, vendor_name=evil)
    client.force_login(desk.cora)
    for page in ("/desk/requests/", f"/desk/requests/{made.pk}/"):
        said = client.get(page).content.decode()
        assert evil not in said
        assert "&lt;script&gt;" in said


def test_taken_up_it_becomes_a_review_at_intake(desk, now):
    review = settle.take_up(asked(now), product=desk.fractal, by=desk.cora, at=now, why="Many children.")
    assert review.stage == Stage.INTAKE
    assert Request.objects.get().review == review
    assert review.moves.get().by == desk.cora


def test_a_request_may_join_a_review_that_is_under_way(steps, desk, now):
    review = steps.gathering()
    settle.take_up(asked(now), product=desk.fractal, review=review, by=desk.cora, at=now, why="The same.")
    assert list(review.requests.all()) == [Request.objects.get()]
    assert Review.objects.filter(product=desk.fractal).count() == 2  # this one, and the fixture's


def test_declining_has_a_reason(desk, now):
    made = asked(now)
    with pytest.raises(Denied):
        settle.decline(made, by=desk.cora, at=now, why=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=made.pk).update(state="declined", settled_by=desk.cora, settled_at=now)


def test_an_answer_goes_out_in_the_askers_language_and_the_address_is_dropped(desk, now, steps):
    made = asked(now)
    settle.decline(made, by=desk.cora, at=now, why="We cannot this year.")
    steps.work()
    (sent,) = mail.outbox
    assert sent.to == ["mother@example.org"]
    assert "We cannot this year." in sent.body
    made.refresh_from_db()
    assert made.address == ""
    assert made.answered_at is not None


def test_a_line_break_in_a_name_writes_no_second_head_line(desk, now, steps):
    made = asked(now, product_name="X\r\nBcc: all@example.org")
    settle.decline(made, by=desk.cora, at=now, why="No.")
    steps.work()
    (sent,) = mail.outbox
    assert sent.bcc == []
    assert "\n" not in sent.subject


def test_an_address_goes_in_the_end_though_the_mail_never_went_out(desk, now):
    made = asked(now)
    settle.decline(made, by=desk.cora, at=now, why="No.")
    assert settle.drop_addresses(settled_before=now) == 0
    assert settle.drop_addresses(settled_before=now + timedelta(seconds=1)) == 1
    assert Request.objects.get().address == ""


def test_a_settled_request_is_not_settled_twice(desk, now):
    made = asked(now)
    settle.decline(made, by=desk.cora, at=now, why="No.")
    with pytest.raises(Denied):
        settle.take_up(Request.objects.get(), product=desk.fractal, by=desk.cora, at=now, why="Yes.")


def test_the_chair_takes_it_up_on_a_page(client, desk, now):
    made = asked(now)
    client.force_login(desk.cora)
    page = f"/desk/requests/{made.pk}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"do": "take_up", "why": "Yes."}).status_code == 422  # no product named
    said = {"do": "take_up", "name": "MathPath", "vendor": "Beta", "why": "Yes."}
    assert client.post(page, said).status_code == 302
    assert Product.objects.get(name="MathPath").vendor.name == "Beta"
    assert client.post(page, said).status_code == 422
