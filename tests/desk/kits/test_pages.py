"""A text is edited, printed, saved; and what was typed is nowhere afterwards."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plainview.desk.kits import views
from plainview.desk.kits.kinds import KINDS
from plainview.desk.kits.models import Petition
from plainview.desk.stories.quiet import WithoutTellers

TYPED = "My child Xanthippe Quillfeather, <script>alert(1)</script> & all"
LETTER = "/kits/fractal/letter/"


def test_each_kit_can_be_edited(fractal_page, client):
    for name in KINDS:
        page = client.get(f"/kits/fractal/{name}/")
        assert page.status_code == 200
        assert "<textarea" in page.content.decode()


@pytest.mark.parametrize("address", ["/kits/", "/kits/fractal/", LETTER, "/es/kits/", f"/es{LETTER}"])
def test_no_page_sets_a_cookie_or_runs_a_script(fractal_page, client, address):
    page = client.get(address)
    assert page.status_code == 200 and not client.cookies
    assert "<script" not in page.content.decode()


def test_what_was_edited_comes_back_to_print_and_is_never_markup(fractal_page, client):
    page = client.post(LETTER, {"text": TYPED, "print": "1"}).content.decode()
    assert "Xanthippe Quillfeather" in page and "<script>alert" not in page


def test_it_is_saved_as_a_file_that_no_browser_opens_here(fractal_page, client):
    file = client.post(f"/es{LETTER}", {"text": TYPED, "save": "1"})
    assert file.content.decode() == TYPED
    assert file["Content-Disposition"] == 'attachment; filename="fractal-letter.es.txt"'
    assert file["Content-Type"].startswith("text/plain") and file["X-Content-Type-Options"] == "nosniff"


def test_what_is_typed_is_written_nowhere(fractal_page, client):
    """No statement of the database, no cookie, no cache of a browser."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        pages = [client.post(LETTER, {"text": TYPED, how: "1"}) for how in ("print", "save")]
    assert asked.captured_queries
    assert not any(
        "Quillfeather" in query["sql"] or not query["sql"].lstrip().upper().startswith("SELECT")
        for query in asked.captured_queries
    )
    assert not client.cookies
    assert all("no-store" in page["Cache-Control"] for page in pages)


def test_a_fault_while_it_is_typed_tells_the_log_its_place_only(fractal_page, client, monkeypatch, caplog):
    def fails(*_args, **_kwargs):
        raise ValueError(TYPED)

    monkeypatch.setattr(views, "show", fails)
    client.raise_request_exception = False
    caplog.handler.addFilter(WithoutTellers())
    with caplog.at_level(logging.WARNING):
        assert client.post(LETTER, {"text": TYPED}).status_code == 500
    assert "ValueError in" in caplog.text and "Quillfeather" not in caplog.text


def test_a_page_of_another_site_prints_nothing_here(fractal_page, client):
    page = client.post(LETTER, {"text": TYPED}, headers={"origin": "https://elsewhere.example"})
    assert page.status_code == 403 and "Quillfeather" not in page.content.decode()


def test_what_was_not_published_has_no_kit(fractal_page, client):
    assert client.get("/kits/nothing/letter/").status_code == 404
    assert client.get("/kits/fractal/nothing/").status_code == 404


SIGN = "/kits/fractal/petition/sign/"


def test_a_signature_is_a_number_and_nothing_else(fractal_page, client):
    client.post(SIGN), client.post(SIGN)
    assert list(Petition.objects.values()) == [{"product": "fractal", "n_signed": 2}]
    assert "Signed 2 times so far." in client.get("/kits/fractal/petition/").content.decode()


def test_one_network_signs_a_few_times_an_hour(fractal_page, client):
    statuses = [client.post(SIGN).status_code for _n in range(views.MOST_SIGNED + 1)]
    assert statuses == [200] * views.MOST_SIGNED + [403]
    assert Petition.objects.get().n_signed == views.MOST_SIGNED


def test_looking_signs_nothing(fractal_page, client):
    assert client.get(SIGN).status_code == 404
    assert not Petition.objects.exists()


def test_the_page_says_what_a_count_is_worth(fractal_page, client):
    assert "it proves no number of people" in client.get("/kits/fractal/petition/").content.decode()
