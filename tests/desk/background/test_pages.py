"""The pages about money, reading and law, person by person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plainview.desk.background import take_in
from plainview.desk.background.models import Grant, Tie

from .conftest import a_return

EVERYONE = ["cora", "ed", "sten", "olu", "vic"]
ANYONES = ["funding", "reading", "law", "grants_as_table"]


@pytest.mark.parametrize("name", ANYONES)
def test_anyone_reads_without_signing_in_and_gets_no_cookie(name, client, acme_is_tied, now):
    take_in.tax_return(a_return(), called="r.xml", address="", by=acme_is_tied.cora, at=now)
    answer = client.get(reverse(f"background:{name}"))
    assert answer.status_code == 200
    assert not answer.cookies, "a reader of a public page is followed by nobody"


def test_the_money_page_shows_flows_ties_and_hashes(client, acme_is_tied, now):
    source = take_in.tax_return(a_return(), called="r.xml", address="", by=acme_is_tied.cora, at=now)
    html = client.get("/funding/").content.decode()
    for words in ("Giving Fund of the West", "250,000", "Big Holding", source.sha256, "<svg", "<caption"):
        assert words in html


def test_empty_it_says_what_would_fill_it(client, db):
    html = client.get("/funding/").content.decode()
    assert "No grant between them is known here yet." in html and '<svg class="chart flow' not in html


def test_a_name_with_markup_or_a_formula_stays_words(client, acme_is_tied, now):
    raw = (
        b"giver,receiver,receiver_ein,year,amount\n\"=cmd|'/c calc'!A1<b>\",Acme Learning,998877665,2024,5\n"
    )
    take_in.grants_table(raw, called="g.csv", address="", by=acme_is_tied.cora, at=now)
    assert "A1<b>" not in client.get("/funding/").content.decode()
    out = b"".join(client.get("/funding/grants.csv").streaming_content).decode()
    assert "'=cmd" in out and "\n=cmd" not in out


@pytest.mark.parametrize(
    "query", ["?kind=law", "?language=es", "?q=tutor", "?q=%3Cscript%3E", "?kind=nothing"]
)
def test_the_list_takes_any_filter(query, client, db):
    answer = client.get("/reading/" + query)
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_the_law_page_says_that_nobody_has_confirmed_it(client, db):
    assert "not been confirmed by counsel" in client.get("/law/").content.decode()


@pytest.mark.parametrize("who", EVERYONE)
def test_the_books_are_there_for_the_chair_and_not_found_for_the_others(who, desk, signed_in_as):
    answer = signed_in_as(getattr(desk, who)).get("/desk/background/")
    assert answer.status_code == (200 if who == "cora" else 404)


@pytest.mark.parametrize("who", EVERYONE)
def test_whoever_holds_an_office_declares(who, desk, signed_in_as):
    answer = signed_in_as(getattr(desk, who)).get("/desk/background/declare/")
    assert answer.status_code == (200 if who in {"cora", "sten"} else 404)


def test_a_return_is_uploaded_and_its_grants_are_there(desk, signed_in_as):
    sent = {"do": "document", "kind": "return", "document": SimpleUploadedFile("r.xml", a_return())}
    assert signed_in_as(desk.cora).post("/desk/background/", sent).status_code == 302
    assert Grant.objects.count() == 1


def test_a_broken_return_is_answered_with_its_sentence(desk, signed_in_as):
    sent = {"do": "document", "kind": "return", "document": SimpleUploadedFile("r.xml", b"<Return")}
    answer = signed_in_as(desk.cora).post("/desk/background/", sent)
    assert answer.status_code == 422 and "r.xml is not whole" in answer.content.decode()


def test_a_tie_is_written_down_and_taken_off(desk, signed_in_as):
    browser = signed_in_as(desk.cora)
    sent = {"do": "tie", "name": "Acme Inc", "ein": "12-3456789", "kind": "is_vendor", "vendor": desk.acme.pk}
    assert browser.post("/desk/background/", sent | {"says_so": "Register"}).status_code == 302
    tie = Tie.objects.get()
    assert tie.body.key == "ein:123456789"
    assert browser.post(reverse("background:untie", args=[tie.pk])).status_code == 302
    assert not Tie.objects.exists()


def test_an_office_that_is_not_ones_own_is_refused(desk, signed_in_as):
    answer = signed_in_as(desk.sten).post("/desk/background/declare/", {"office": "chair", "words": ""})
    assert answer.status_code == 422


def test_the_path_says_the_language(client, db):
    assert "Lo que pide la ley" in client.get("/es/law/").content.decode()
    assert "ensayo aleatorizado" in client.get("/es/reading/?kind=randomised").content.decode().lower()
    assert client.get("/en/law/", headers={"accept-language": "es"})["Content-Language"] == "en"
