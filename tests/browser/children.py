"""Children of the demonstration school, and how one of them comes in.

In:   a school and a page.
Out:  a child of the newest decision; a child who was given something to practise; either, signed in by badge.
Not here: what she then does (the tests).
"""

from dataclasses import dataclass

from playwright.sync_api import Page, expect
from tests.browser.served import School

NEWEST_DECISION = """
SELECT b.code, b.picture, a.title FROM guidance_decision d, json_each(d.made, '$.steps') made
JOIN plans_step s ON s.id = made.value
JOIN people_badge b ON b.student_id = s.student_id
JOIN curriculum_activity a ON a.id = s.activity_id
ORDER BY d.id DESC LIMIT 1
"""
NOT_COUNTED = """
SELECT p.id, b.code, b.picture FROM people_person p
JOIN people_badge b ON b.student_id = p.id
JOIN people_support s ON s.student_id = p.id
WHERE s.exempt_from_screen_cap ORDER BY p.id LIMIT 1
"""
NOT_ON_THE_PLAN = """
SELECT a.title FROM curriculum_activity a
WHERE a.kind = 'practice' AND a.medium = 'screen' AND NOT a.retired
  AND a.id NOT IN (SELECT activity_id FROM plans_step WHERE student_id = ? AND activity_id IS NOT NULL
                   AND stage IN ('offered', 'chosen'))
ORDER BY a.id LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    code: str  # on the badge
    picture: str
    activity: str  # what stands on the plan


def of_the_newest_decision(school: School) -> Child:
    [(code, picture, activity)] = school.ask(NEWEST_DECISION)
    return Child(code=code, picture=picture, activity=activity)


def given_practice(teacher: Page, school: School) -> Child:
    """The teacher puts another set on the plan of a child whose screen minutes are not counted."""
    [(pk, code, picture)] = school.ask(NOT_COUNTED)
    teacher.goto(f"/plans/plan/{pk}/")
    [(title,)] = school.ask(NOT_ON_THE_PLAN, pk)
    teacher.get_by_label("Activity").select_option(label=title)
    teacher.get_by_role("button", name="Put it on the plan").click()
    expect(teacher.get_by_role("status")).to_contain_text(title)
    return Child(code=code, picture=picture, activity=title)


def sign_in(page: Page, child: Child) -> None:
    page.goto("/")
    page.get_by_role("textbox").fill(child.code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name=child.picture, exact=True).click()
    expect(page.get_by_role("heading", name="My week", level=1)).to_be_visible()
