"""What the pages of a review show, and how they are served."""

import io
import re
import zipfile

import pytest

from plainview.desk.reviews import ask, export, run, settle, stage
from plainview.desk.reviews.models import VendorSeat
from plainview.lobby.ledger.models import Line


@pytest.fixture
def checked(steps, desk, now):
    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    steps.work()
    review.refresh_from_db()
    return review


def test_a_page_says_where_a_review_stands_and_whose_turn_it_is(client, steps, desk):
    client.force_login(desk.cora)
    page = client.get(f"/desk/reviews/{steps.noticed().pk}/").content.decode()
    assert "It stands at: the vendor has been told, and a clock runs." in page
    assert "Whose turn: the vendor." in page
    assert "Olu asked." in page  # its history, with the reasons
    assert "Cora" in page


def test_a_vendor_reads_no_reasons_and_no_names_of_the_desk(client, steps, desk):
    client.force_login(desk.vic)
    page = client.get(f"/desk/reviews/{steps.noticed().pk}/").content.decode()
    assert "Olu asked." not in page
    assert "Cora" not in page


def test_a_review_goes_from_intake_to_checked_on_pages_alone(client, steps, desk, now):
    client.force_login(desk.cora)
    said = {"name": "MathPath", "vendor": "Beta", "version": "4", "why": "Asked for."}
    at = client.post("/desk/reviews/begin/", said)["Location"]
    client.post(
        f"{at}new-claim/", {"identifier": "works", "says": "It works.", "checks": ["efficacy.effect"]}
    )
    client.post(f"{at}gather/", {"why": "Public papers alone."})
    client.post(f"{at}plan/", {"seed": 1, "draws": 999, "checks": ["efficacy.effect"]})
    assert client.post(f"{at}freeze/").status_code == 302
    assert client.post(f"{at}start/")["Location"] == f"{at}progress/"
    waiting = client.get(f"{at}progress/", HTTP_HX_REQUEST="true")
    assert "hx-get" in waiting.content.decode()
    steps.work()
    assert client.get(f"{at}progress/", HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert "the dossier holds no study" in client.get(f"{at}findings/").content.decode()


def test_the_downloaded_zip_is_the_export(client, checked, desk):
    client.force_login(desk.cora)
    answer = client.get(f"/desk/reviews/{checked.pk}/dossier.zip")
    body = b"".join(answer.streaming_content)
    assert body == export.zip_bytes(checked)
    assert answer["Content-Disposition"].startswith("attachment")
    assert Line.objects.filter(deed="reviews.dossier.looked", by=desk.cora.pk, thing=checked.pk).exists()
    assert "product.toml" in zipfile.ZipFile(io.BytesIO(body)).namelist()


def test_a_zip_comes_in_on_a_page_and_a_bad_one_says_why(client, checked, desk):
    client.force_login(desk.cora)
    good, bad = io.BytesIO(export.zip_bytes(checked)), io.BytesIO(b"no archive")
    good.name = bad.name = "d.zip"
    assert client.post("/desk/reviews/take-in/", {"file": good}).status_code == 302
    answer = client.post("/desk/reviews/take-in/", {"file": bad})
    assert answer.status_code == 422
    assert "cannot be unpacked" in answer.content.decode()
    assert client.post("/desk/reviews/take-in/").status_code == 422


def test_the_report_is_shown_in_a_sandbox(client, checked, desk):
    client.force_login(desk.vic)
    answer = client.get(f"/desk/reviews/{checked.pk}/report/")
    assert answer.content.decode() == checked.run.report_html
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_each_look_at_a_review_writes_a_line(client, checked, desk):
    client.force_login(desk.vic)
    client.get(f"/desk/exhibits/{checked.exhibits.get().pk}/")
    assert Line.objects.filter(deed="reviews.faults.looked", by=desk.vic.pk).count() == 1
    for page, deed in [("", "reviews.review.looked"), ("findings/", "reviews.findings.looked")]:
        client.get(f"/desk/reviews/{checked.pk}/{page}")
        assert Line.objects.filter(deed=deed, by=desk.vic.pk, thing=checked.pk).count() == 1


def test_a_plan_of_a_whole_question_shows_its_boxes_ticked(client, steps, desk, now):
    from plainview.desk.reviews import plan

    review = steps.gathering()
    plan.write(review, seed=1, draws=999, checks=["efficacy"], bounds={}, why="", by=desk.cora, at=now)
    client.force_login(desk.cora)
    page = client.get(f"/desk/reviews/{review.pk}/plan/").content.decode()
    assert page.count("checked") > 5


def links_of(page: str) -> set[str]:
    return set(re.findall(r'href="(/desk/[^"#]*)"', page))


@pytest.mark.parametrize("who", ["cora", "vic"])
def test_no_link_of_a_review_leads_nowhere_at_any_stage(who, client, steps, desk, now):
    review = steps.planned()
    client.force_login(getattr(desk, who))
    for to in ("checked", "rating", "consolidating", "concluded"):
        stage.move(review, to=to, by=desk.cora, at=now, why="on the way")
        for link in links_of(client.get(f"/desk/reviews/{review.pk}/").content.decode()):
            assert client.get(link).status_code == 200, (to, link)


def test_once_the_plan_is_frozen_nobody_is_offered_to_change_a_claim(client, steps, desk):
    client.force_login(desk.cora)
    review = steps.gathering()
    assert "new-claim" in client.get(f"/desk/reviews/{review.pk}/").content.decode()
    review = steps.planned()
    page = client.get(f"/desk/reviews/{review.pk}/").content.decode()
    assert "new-claim" not in page and f"/desk/reviews/{review.pk}/claims/" not in page


def test_the_chair_reads_on_the_review_what_people_asked_and_nobody_else_does(client, steps, desk, now):
    review = steps.noticed()
    said = {"vendor_name": "", "asker": "family", "address": "", "language": "en", "at": now}
    asked = ask.ask(product_name="Fractal", wants="Does it wait for slow readers?", **said)
    settle.take_up(asked, product=review.product, review=review, by=desk.cora, at=now, why="It is under way.")
    for who, reads in (("cora", True), ("vic", False)):
        client.force_login(getattr(desk, who))
        page = client.get(f"/desk/reviews/{review.pk}/").content.decode()
        assert ("Does it wait for slow readers?" in page) is reads


def test_a_vendor_is_told_that_it_will_be_shown_the_page(client, steps, desk, now):
    review = steps.planned()
    for to in ("checked", "concluded"):
        stage.move(review, to=to, by=desk.cora, at=now, why="on the way")
    client.force_login(desk.vic)
    assert "You are shown the page before it is published" in client.get("/desk/reviews/").content.decode()


def test_the_letter_says_who_writes_and_where_to_answer(client, steps, desk, settings):
    settings.OFFICE = "Office of Review"
    review = steps.at_intake()
    client.force_login(desk.cora)
    form = client.get(f"/desk/reviews/{review.pk}/notice/").context["form"]
    letter = form.initial["letter"]
    assert "Office of Review reviews Fractal 2.1." in letter
    assert f"http://testserver/desk/reviews/{review.pk}/" in letter
    assert letter.endswith("Office of Review")
    VendorSeat.objects.all().delete()
    form = client.get(f"/desk/reviews/{review.pk}/notice/").context["form"]
    assert "http" not in form.initial["letter"], "nobody of the vendor can sign in"


def test_what_a_product_is_and_its_own_page_are_written_down_at_intake(client, steps, desk):
    review = steps.at_intake()
    client.force_login(desk.cora)
    said = {"version": "3", "about": "Sums for grade 3.", "domains": "", "homepage": "https://acme.example/f"}
    assert client.post(f"/desk/reviews/{review.pk}/said/", said).status_code == 302
    review.product.refresh_from_db()
    assert review.product.homepage == "https://acme.example/f"


def test_a_vendor_reads_what_exactly_is_asked_for_and_which_columns_a_log_needs(client, steps, desk):
    review = steps.at_intake()
    client.force_login(desk.cora)
    letter = client.get(f"/desk/reviews/{review.pk}/notice/").context["form"].initial["letter"]
    assert "a learning log: one row for each answer of one term" in letter
    client.force_login(desk.vic)
    page = client.get(f"/desk/reviews/{steps.gathering().pk}/hand-over/").content.decode()
    assert "student, at, item, correct" in page and "assigned_by" in page
