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


def test_the_public_pages_of_stories_and_letters_are_sound(enter, school):
    page = enter()
    (slug,) = school.ask("SELECT product FROM published_publication ORDER BY id")[0]
    pages = ["/stories/", "/stories/tell/", "/stories/withdraw/", "/stories/moderation/", f"/stories/{slug}/"]
    pages += ["/kits/", f"/kits/{slug}/", f"/kits/{slug}/petition/", f"/es/kits/{slug}/records-request/"]
    faults = []
    for address in pages:
        page.goto(address)
        faults += look.faults(page)
    page.click("button[name=print]")
    faults += look.faults(page)
    assert not faults, "\n".join(faults)
    assert look.sheets(page) <= 2


def test_the_stewards_pages_are_sound(enter, school):
    page = enter("steward")
    told = [pk for (pk,) in school.ask("SELECT id FROM stories_story ORDER BY standing LIMIT 2")]
    faults = []
    for address in ("", "slips/", "log/", *(f"{pk}/" for pk in told)):
        page.goto(f"/desk/stories/{address}")
        faults += look.faults(page)
    assert not faults, "\n".join(faults)
