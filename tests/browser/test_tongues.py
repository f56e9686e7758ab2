"""Spanish pages show content written in English: a screen reader is told where the language changes."""

import re
from html.parser import HTMLParser

import pytest
from tests.browser.walk import pages

# Names of content inside a sentence are looked for, too; short ones are also common words.
LONG_ENOUGH = 12
VOID = {"meta", "link", "input", "br", "img", "hr", "source", "col", "use", "path", "circle"}
CONTENT = """
SELECT short_name FROM curriculum_competency UNION SELECT statement FROM curriculum_competency
UNION SELECT title FROM curriculum_activity UNION SELECT student_words FROM curriculum_activity
UNION SELECT name FROM curriculum_misconception UNION SELECT title FROM curriculum_unit
"""


class Spoken(HTMLParser):
    """Each text of a page with the language it is said to be in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attributes).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        if any(here == tag for here, _language in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open[-1][0] not in {"title", "option", "script", "style"}:
            self.texts.append((data.strip(), self.open[-1][1]))


def spoken(text: str) -> list[tuple[str, str]]:
    reader = Spoken()
    reader.feed(text)
    return reader.texts


@pytest.fixture
def content(school) -> set[str]:
    return {words for (words,) in school.ask(CONTENT)}


@pytest.fixture
def walked(visitor):
    def walk(role: str, language: str):
        walker = visitor(role)
        for cookie in [one for one in walker.cookies if "language" in one.name]:
            walker.cookies.clear(
                cookie.domain, cookie.path, cookie.name
            )  # a family's home is told at the door
        walker.opener.addheaders = [("Accept-Language", language)]
        return pages(walker.walk(of_a_kind=1))

    return walk


@pytest.mark.parametrize("role", ["teacher", "student", "family", "specialist"])
def test_in_spanish_each_piece_of_english_content_says_that_it_is_english(walked, school, content, role):
    shown, unmarked = 0, []
    # What was written down for a child stays in the language of that day.
    kept = {words for (words,) in school.ask("SELECT because FROM plans_step")}
    holds = re.compile("|".join(re.escape(one) for one in content if len(one) >= LONG_ENOUGH))
    for page in walked(role, "es"):
        assert '<html lang="es"' in page.text, page.path
        for text, language in spoken(page.text):
            shown += text in content
            if language == "en" or text in kept:
                continue
            if text in content or holds.search(text):
                unmarked.append(f"{page.path}: {text}")
    assert shown > 10
    assert not unmarked, "\n".join(sorted(set(unmarked)))


def test_in_english_nothing_is_marked(walked):
    marks = [page.path for page in walked("student", "en") if page.text.count('<span lang="en"')]
    assert marks == []
