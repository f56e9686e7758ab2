"""A frozen page stands alone: its own sheet, no script, nothing from elsewhere; nobody’s words are markup."""

import re

import pytest
from tests.desk.published.three_products import AT, FRACTAL, STEADY

from plainview.desk.published import page as p
from plainview.desk.published import render

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def html(page: p.Page, language: str = "en") -> str:
    kept = [render.Kept(name=one.file, n_bytes=10, sha256="0" * 64) for one in page.documents if one.file]
    return render.html(page, language, kept=kept, at=AT).decode()


@pytest.mark.parametrize("language", p.LANGUAGES)
def test_the_same_page_gives_the_same_bytes(language):
    assert html(FRACTAL, language) == html(FRACTAL, language)


@pytest.mark.parametrize("page", [FRACTAL, STEADY], ids=lambda page: page.product.slug)
def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(page):
    found = html(page)
    assert "<script" not in found and " on" + "click" not in found and "style=" not in found
    fetched = re.findall(r'<(?:link|img|iframe|object|source)[^>]*(?:href|src)="([^"]*)"', found)
    assert fetched
    assert all(one.startswith(("/", "data:image/svg+xml,")) for one in fetched)


def test_it_is_whole_in_each_language():
    english, spanish = html(FRACTAL), html(FRACTAL, "es")
    assert '<html lang="en"' in english and '<html lang="es"' in spanish
    assert "The next task is nearly the same" in english
    assert "La siguiente tarea es casi la misma" in spanish
    assert "The next task is nearly the same" not in spanish


def test_what_has_no_spanish_words_is_english_and_says_so():
    row = FRACTAL.label[0].model_copy(update={"sentence": p.Words(en="Only English here.")})
    page = FRACTAL.model_copy(update={"label": (row, *FRACTAL.label[1:])})
    assert '<span lang="en">Only English here.</span>' in html(page, "es")


def test_the_eight_rows_stand_in_their_order_each_with_its_mark_as_a_word():
    found = html(FRACTAL)
    places = [found.index(f'id="label-{row.value}"') for row in p.Row]
    assert places == sorted(places)
    for word in ("shown not to", "cannot say", "not shown"):
        assert f"</svg> {word}</span>" in found


def test_each_row_leads_to_its_evidence_or_to_nothing():
    found = html(FRACTAL)
    ids = set(re.findall(r'id="([^"]+)"', found))
    assert set(re.findall(r'href="#([^"]+)"', found)) <= ids
    assert 'href="#adaptivity-log-test"' in found


def test_what_the_label_rests_on_stands_open_and_is_in_no_fold():
    found = re.sub(r"<details.*?</details>", "", html(FRACTAL), flags=re.DOTALL)
    for row in FRACTAL.label:
        assert not row.evidence or f'id="{row.evidence}"' in found


def test_a_long_table_says_how_many_rows_stand_elsewhere():
    rows = tuple((f"row {n}", n) for n in range(100))
    table = p.Table(title="Long", columns=("what", "n"), rows=rows)
    finding = FRACTAL.findings[0].model_copy(update={"tables": (table,)})
    found = html(FRACTAL.model_copy(update={"findings": (finding,)}))
    assert "row 7" in found and "row 8" not in found
    assert "92 more rows stand in page.json." in found


def test_an_id_stands_once():
    ids = re.findall(r' id="([^"]+)"', html(FRACTAL))
    assert len(ids) == len(set(ids))


def test_what_others_write_is_never_markup():
    page = FRACTAL.model_copy(
        update={
            "product": FRACTAL.product.model_copy(update={"name": EVIL, "vendor": EVIL, "one_line": EVIL}),
            "reply": p.Reply(words=EVIL, on=FRACTAL.published_on, by=EVIL),
            "refusals": (p.Refusal(kind=EVIL, asked_on=FRACTAL.published_on, says=EVIL),),
            "claims": (
                FRACTAL.claims[0].model_copy(update={"says": EVIL, "sentence": p.Words(en=EVIL, es=EVIL)}),
            ),
            "findings": (
                FRACTAL.findings[0].model_copy(update={"sentence": EVIL, "asks": EVIL, "not_seen": EVIL}),
            ),
            "office": EVIL,
        }
    )
    for language in p.LANGUAGES:
        found = html(page, language)
        assert "<script" not in found and "<img" not in found
        assert "&lt;script&gt;" in found


def test_a_page_of_which_little_can_be_said_still_says_so():
    found = html(STEADY)
    assert "No condition was set." in found
    assert "No check has run yet." in found


def test_as_plain_text_it_says_the_same_within_a_page_s_width():
    told = render.text(FRACTAL, "en").decode()
    assert "Does it adapt? [shown not to]" in told
    assert "Who pays?" in told
    assert max(map(len, told.splitlines())) <= 78
    assert "¿Se adapta?" in render.text(FRACTAL, "es").decode()


def test_one_page_and_its_sheet_weigh_no_more_than_a_hundred_kilobytes():
    assert len(html(FRACTAL).encode()) + len(render.css()) < 100_000
