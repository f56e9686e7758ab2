"""A district's officer at work. Each of her pages is looked at in test_pages_of_the_desk."""


def test_what_is_overdue_is_the_first_thing_an_officer_sees(enter):
    page = enter("officer")
    page.goto("/desk/register/")
    assert "past" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_text("overdue for").first.is_visible()


def test_a_letter_is_edited_and_becomes_a_sheet_with_scripts_off(enter):
    page = enter("officer", java_script_enabled=False)
    page.goto("/desk/register/")
    page.get_by_role("link", name="Fractal").first.click()
    page.get_by_role("link", name="A letter that asks to pause").click()
    page.get_by_label("The text").fill("Dear Acme,\n\nplease stop.")
    page.get_by_role("button", name="A sheet to print").click()
    assert page.locator(".sheet p").all_inner_texts() == ["Dear Acme,", "please stop."]
