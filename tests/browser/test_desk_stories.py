"""Telling a story and writing a letter as people do: on a small phone, with scripts off, in Spanish."""

from playwright.sync_api import expect
from tests.browser import look

WORDS = "La maestra Rosa de la Escuela Benito Juárez no pudo apagarlo durante once semanas enteras."


def test_a_story_is_told_and_taken_back_with_scripts_off(enter, school):
    page = enter(java_script_enabled=False, viewport={"width": 320, "height": 640}, locale="es-MX")
    page.goto("/es/stories/tell/")
    page.select_option("select[name=product]", index=1)
    page.check("input[name=teller][value=family]")
    page.fill("textarea[name=words]", WORDS)
    page.click("button[name=look]")
    expect(page.locator("mark")).to_have_text(["Rosa", "Escuela Benito Juárez"])
    page.wait_for_timeout(2500)  # as long as a person reads: what comes sooner is shown again
    page.click("button[name=send]")
    code = page.locator(".numbers b").inner_text()
    (kept,) = school.ask("SELECT words FROM stories_story WHERE words LIKE '%once semanas enteras%'")
    assert kept[0].startswith("La maestra [un nombre] de la [una escuela]")
    assert page.context.cookies() == []
    page.goto("/es/stories/withdraw/")
    page.fill("input[name=code]", code)
    page.click("main button")
    assert not school.ask("SELECT 1 FROM stories_story WHERE words LIKE '%once semanas enteras%'")


def test_a_letter_that_was_edited_is_a_sheet_or_two(enter, school):
    page = enter()
    (slug,) = school.ask("SELECT product FROM published_publication ORDER BY id")[0]
    page.goto(f"/es/kits/{slug}/records-request/")
    page.click("button[name=print]")
    faults = look.faults(page)
    assert not faults, "\n".join(faults)
    assert look.sheets(page) <= 2
