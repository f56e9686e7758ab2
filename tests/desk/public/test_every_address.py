"""What holds for every public address: no cookie, no script, nothing from elsewhere, and caches know."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from plainview.desk.published import addresses
from plainview.desk.published.render import css

PAGES = [
    "/products/",
    "/products/?q=frac&adapts=shown_not_to&claim=works&vendor=Acme+Learning&page=2",
    "/products/?q=nothing+like+it",
    "/products/compare/",
    "/products/compare/?p=fractal&p=wordwise&p=steady&p=fractal&p=nobody",
    "/products/fractal/",
    "/products/steady/",
    "/products/fractal/versions/",
    "/products/fractal/1/",
    "/claims/",
    "/claims/adapts/",
    "/claims/other/",
    "/methods/",
    "/methods/log-test/",
    "/api/",
    "/stories/",
    "/stories/moderation/",
    "/kits/",
    "/kits/fractal/",
    "/funding/",
    "/reading/",
    "/law/",
]
DATA = [
    "/products/fractal/chain.json",
    "/products/fractal/feed.atom",
    "/products/feed.atom",
    "/products/products.csv",
    "/products/claims.csv",
    "/products/conditions.csv",
    "/products/fractal/1/page.json",
    "/products/fractal/1/page.css",
    "/products/fractal/1/page.txt",
    "/products/fractal/1/findings.json",
    "/products/fractal/1/dossier.zip",
    "/products/fractal/1/report.html",
    "/api/v1/openapi.json",
    "/api/v1/products",
    "/api/v1/products/fractal/pages/1",
]
IN_EACH_LANGUAGE = [f"{tongue}{page}" for tongue in ("", "/en", "/es") for page in PAGES]


@pytest.mark.parametrize("address", [*IN_EACH_LANGUAGE, *DATA])
def test_nothing_is_set_and_a_cache_may_keep_it(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    assert not response.cookies and "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"].startswith("public, max-age=")
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    again = reader.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", IN_EACH_LANGUAGE)
def test_no_page_runs_or_fetches_anything_from_elsewhere(reader, address):
    response = reader.get(address)
    found = response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "<script" not in found and "style=" not in found
    fetched = re.findall(r'<(?:link|img|iframe|object|source)[^>]*(?:href|src)="([^"]*)"', found)
    assert all(one.startswith(("/", "data:image/svg+xml,")) for one in fetched)
    assert len(found.encode()) + len(css()) < 100_000


@pytest.mark.parametrize("address", IN_EACH_LANGUAGE)
def test_no_page_shows_its_code(reader, address):
    found = re.sub(r"<[^>]+>", " ", reader.get(address).content.decode())
    assert not re.search(r"\{\{|\{%|%\(\w+\)s|object at 0x|datetime\.", found)


def test_no_page_asks_for_a_person_or_a_session(reader, django_assert_max_num_queries):
    reader.get("/products/fractal/")
    with django_assert_max_num_queries(1) as asked:  # has anything been published or happened since?
        reader.get("/products/fractal/")
    assert "session" not in asked.captured_queries[0]["sql"]


def test_frozen_bytes_are_one_read(reader, django_assert_num_queries):
    with django_assert_num_queries(1):
        reader.get("/products/fractal/1/", headers={"Accept-Encoding": "gzip"})


def test_the_lasting_addresses_are_all_answered(reader):
    lasting = [
        addresses.PRODUCTS,
        addresses.COMPARE,
        addresses.CLAIMS,
        addresses.METHODS,
        addresses.PROGRAMS,
        addresses.product("fractal"),
        addresses.versions("fractal"),
        addresses.publication("fractal", 1),
        addresses.file("fractal", 1, "dossier.zip"),
        addresses.method("log-test"),
        addresses.feed(),
        addresses.feed("fractal"),
    ]
    assert {one: reader.get(one).status_code for one in lasting} == dict.fromkeys(lasting, 200)


def test_every_view_of_this_room_is_open_or_a_program_s():
    room = next(one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "public")
    closed = [
        str(one.pattern)
        for one in room.url_patterns
        if isinstance(one, URLPattern) and not getattr(one.callback, "is_open", False)
    ]
    assert closed == []


@pytest.mark.parametrize(
    "address",
    [
        *("/products/nobody/", "/es/products/fractal/9/", "/claims/x/", "/methods/x/"),
        *("/products/fractal/1/2/3/", "/es/products/fractal/1/2/3/", "/stories/x/y/z/", "/es/nothing/here/"),
    ],
)
def test_what_is_not_here_is_said_to_be_not_here(reader, address):
    response = reader.get(address)
    assert response.status_code == 404
    assert not response.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert (
        "No existe esa página" if address.startswith("/es/") else "no such page"
    ) in response.content.decode()


def test_a_slip_at_a_desk_alone_sets_no_cookie_either(reader, settings):
    settings.FACES = ("desk",)
    slip = reader.get("/nothing/here/", headers={"Accept-Language": "es"})
    assert slip.status_code == 404 and not slip.cookies
    assert "No existe esa página" in slip.content.decode()


def test_a_program_is_told_of_its_slip_as_data(reader):
    slip = reader.get("/api/v1/nothing")
    assert slip.status_code == 404 and not slip.cookies
    assert slip.json()["detail"]


def test_a_forgotten_slash_and_a_language_alone_lead_on(reader):
    assert reader.get("/es/products/fractal")["Location"] == "/es/products/fractal/"
    assert reader.get("/es/")["Location"] == "/es/products/"


def test_nothing_can_be_sent_to_a_page(reader):
    assert Client(enforce_csrf_checks=True).post("/products/").status_code in (403, 405)
    assert reader.post("/products/fractal/1/").status_code == 405
    assert reader.post("/api/v1/products").status_code == 405


def test_a_page_without_a_language_answers_in_the_one_that_is_asked_for(reader):
    spanish = reader.get("/products/", headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.8"})
    assert (spanish["Content-Language"], '<html lang="es"' in spanish.content.decode()) == ("es", True)
    assert "Accept-Language" in spanish["Vary"]
    assert reader.get("/products/", headers={"Accept-Language": "fr"})["Content-Language"] == "en"


def test_what_is_cited_does_not_change_with_who_reads_it(reader):
    cited = reader.get("/products/fractal/1/", headers={"Accept-Language": "es"})
    assert cited["Content-Language"] == "en"
    assert "Accept-Language" not in cited["Vary"]
    assert reader.get("/es/products/fractal/1/")["Content-Language"] == "es"


def test_a_page_leads_on_in_its_own_language(reader):
    found = reader.get("/es/products/").content.decode()
    assert 'href="/es/products/fractal/"' in found
    assert 'href="/en/products/" hreflang="en"' in found
    assert 'href="/products/fractal/"' in reader.get("/products/").content.decode()


def test_who_asks_for_the_head_alone_is_sent_no_body(reader):
    head = reader.head("/products/fractal/")
    assert head.content == b""
    assert int(head["Content-Length"]) == len(reader.get("/products/fractal/").content)


def test_it_is_packed_for_whoever_takes_that(reader):
    packed = reader.get("/products/fractal/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < 15_000
    assert "Accept-Encoding" in packed["Vary"]
