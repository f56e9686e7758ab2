"""The living page is the frozen one with today above it; what is frozen stays as it is."""

from datetime import UTC, date, datetime
from hashlib import sha256

from plainview.desk.published import read
from plainview.desk.published.freeze import note_event
from plainview.desk.published.models import Event
from plainview.desk.published.page import Words


def living(reader, address="/products/fractal/") -> str:
    return reader.get(address).content.decode()


def strip(page: str) -> str:
    return page[page.index('<aside class="today"') : page.index("</aside>")]


def test_a_condition_turns_overdue_by_the_clock_alone(reader, on):
    on(date(2026, 12, 1))
    assert "overdue" not in strip(living(reader)).casefold()
    on(date(2026, 12, 4))
    told = strip(living(reader))
    assert "Overdue" in told and "by 3 days, since 1 December 2026" in told
    assert "Send no child’s name" in told
    assert Event.objects.filter(product="fractal").count() == 2  # published, sold: nobody wrote "overdue"


def test_the_list_says_it_too(reader, on):
    on(date(2026, 12, 4))
    assert "1 condition overdue" in living(reader, "/products/")


def test_a_page_that_expired_says_so_by_the_clock_alone(reader, on):
    on(date(2027, 11, 2))
    assert "Expired" not in strip(living(reader))
    on(date(2027, 11, 3))
    assert "Expired" in strip(living(reader))


def test_a_deed_closes_it(reader, on):
    on(date(2026, 12, 4))
    living(reader)
    note_event(
        product="fractal",
        kind=Event.Kind.CONDITION_MET,
        at=datetime(2026, 12, 3, 17, tzinfo=UTC),
        condition="stop-the-leak",
        words=Words(en="Three new recordings are clean."),
    )
    told = strip(living(reader))
    assert "Overdue" not in told
    assert "after its day" in told and "Three new recordings are clean." in told


def test_the_frozen_bytes_stay_whatever_happens(reader, on):
    before = reader.get("/products/fractal/1/").content
    on(date(2027, 5, 1))
    note_event(
        product="fractal",
        kind=Event.Kind.CORRECTION,
        at=datetime(2027, 4, 1, tzinfo=UTC),
        words=Words(en="A correction."),
    )
    after = reader.get("/products/fractal/1/")
    assert after.content == before
    assert after["ETag"] == f'W/"{sha256(before).hexdigest()}"'
    assert after["Cache-Control"].endswith("immutable")


def test_below_the_strip_nothing_differs_from_what_was_frozen(reader):
    frozen = bytes(read.file("fractal", 1, "page.en.html").body).decode()
    from_the_label_on = frozen[frozen.index('<section class="label"') :]
    assert from_the_label_on in living(reader)


def test_it_says_where_it_lasts_and_what_came_before(reader):
    told = strip(living(reader, "/es/products/fractal/"))
    assert 'href="/es/products/fractal/1/"' in told
    assert 'href="/es/products/fractal/versions/"' in told
    assert 'href="/products/fractal/feed.atom"' in told


def test_its_languages_lead_to_the_living_page(reader):
    assert 'href="/es/products/fractal/" hreflang="es"' in living(reader)


def test_the_chain_is_computed_again_for_whoever_looks(reader):
    found = living(reader, "/products/fractal/versions/")
    assert read.newest("fractal").hash in found
    assert "it holds" in found


def test_the_report_is_shown_in_a_box_and_the_dossier_is_handed_over(reader):
    report = reader.get("/products/fractal/1/report.html")
    assert report["Content-Security-Policy"].startswith("sandbox;")
    dossier = reader.get("/products/fractal/1/dossier.zip")
    assert dossier["Content-Disposition"] == 'attachment; filename="fractal-1-dossier.zip"'
    assert dossier["X-Content-Type-Options"] == "nosniff"
