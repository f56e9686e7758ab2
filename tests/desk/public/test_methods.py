"""Pages on how a check is done: kept in English beside the code, framed in the reader's language."""

import pytest

from plainview.core.audit.catalogue import CHECKS
from plainview.desk.public import methods
from plainview.desk.published import words


def text(reader, address: str) -> str:
    return " ".join(reader.get(address).content.decode().split())


def test_in_spanish_the_frame_is_spanish_and_says_that_the_page_is_not(reader):
    page = text(reader, "/es/methods/log-test/")
    assert '<html lang="es"' in page and '<div class="article" lang="en">' in page
    assert "por ahora está en inglés" in page
    assert "Adaptarse significa que lo que viene después depende" in page


def test_in_english_nothing_is_said_twice(reader):
    assert "in a few words" not in text(reader, "/en/methods/log-test/").lower()


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_the_list_says_of_each_question_what_its_checks_do(reader, tongue):
    page = text(reader, f"/{tongue}/methods/")
    for about in methods.ABOUT.values():
        assert words.both(lambda about=about: about).model_dump()[tongue] in page.replace("&#x27;", "'")


def test_every_check_is_found_under_its_question():
    of_checks = {one.key: one for one in methods.groups()}
    for check in CHECKS.values():
        pages = {name for method in of_checks[str(check.question)].methods for name in method.checks}
        assert check.name in pages, check.name


def test_every_page_stands_in_the_list_once():
    listed = [method.name for group in methods.groups() for method in group.methods]
    assert sorted(listed) == sorted(name for name in methods.names() if methods.method(name))
