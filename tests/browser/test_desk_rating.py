"""An expert at her ballot: by keys with scripts, by a button without."""

import re

from playwright.sync_api import Page, expect


def open_part(page: Page, name: str) -> None:
    """From the first page to the questions of a part: Rivet is being rated, and this expert has begun."""
    page.goto("/desk/ratings/")
    page.get_by_role("link", name="Rivet").click()
    page.get_by_role("link", name="rate", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()


def test_a_level_is_kept_as_it_is_chosen_and_focus_stays(enter):
    page = enter("expert")
    open_part(page, "Data")
    levels = page.locator("#q36").get_by_role("radio")
    levels.nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#kept-36")).to_have_text("Kept: level 2.")
    expect(levels.nth(2)).to_be_focused()
    page.locator("#q36").get_by_label("What you saw").fill("Section 4 of the contract.")
    with page.expect_response(re.compile("/keep/36/$")):
        page.keyboard.press("Tab")
    page.reload()
    expect(page.locator("#kept-36")).to_have_text("Kept: level 2.")
    expect(page.locator("#q36").get_by_label("What you saw")).to_have_value("Section 4 of the contract.")


def test_without_scripts_a_button_keeps_it_on_a_phone_in_spanish(enter):
    page = enter("expert", java_script_enabled=False, locale="es-MX", viewport={"width": 375, "height": 700})
    page.goto("/desk/ratings/")
    page.get_by_role("link", name="Rivet").click()
    page.get_by_role("link", name="calificar", exact=True).click()
    page.get_by_role("link", name="Datos", exact=True).click()
    question = page.locator("#q37")
    expect(question).to_contain_text("3 – Se cuentan con fecha las pérdidas")
    question.get_by_role("radio").nth(3).check()
    question.get_by_role("button", name="Guardar").click()
    expect(page).to_have_url(re.compile("#q37$"))
    expect(page.locator("#kept-37")).to_have_text("Guardado: nivel 3.")
