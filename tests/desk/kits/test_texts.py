"""Texts are filled from the frozen page: facts with their source, in both languages, nothing else."""

from datetime import date

import pytest
from django.utils.translation import override

from plainview.core.dossier.bank import bank
from plainview.core.logs.attempt import COLUMNS
from plainview.desk.kits import write
from plainview.desk.kits.kinds import KINDS
from plainview.desk.kits.law import COPPA, FERPA, NY_2D, PPRA, SOPPA
from plainview.desk.published import read
from plainview.desk.published.clauses import clauses
from plainview.desk.published.page import Mark

ADDRESS = "https://desk.example/products/fractal/1/"


@pytest.fixture
def text_of(fractal_page):
    def written(name: str, *, language: str = "en", on: date = date(2026, 11, 23)) -> str:
        with override(language):
            return write.write(KINDS[name], write.facts(fractal_page, address=ADDRESS, on=on))

    return written


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", KINDS)
def test_every_text_says_where_its_facts_stand(text_of, fractal_page, name, language):
    text = text_of(name, language=language)
    assert ADDRESS in text and fractal_page.hash in text and "Fractal" in text
    assert not any(code in text for code in ("{{", "{%", "&#", "&quot;", "<p", "None"))


@pytest.mark.parametrize("name", ["resolution", "letter", "petition"])
def test_what_was_found_is_told_row_by_row_whichever_way_it_falls(text_of, fractal_page, name):
    text = text_of(name)
    for row in read.page_of(fractal_page).label:
        if row.row != "teachers" and row.mark != Mark.NOT_TESTED:
            assert row.sentence.en in text


def test_what_teachers_told_is_no_fact_of_a_letter(text_of, fractal_page):
    """A story never enters a score, and no letter rests on one."""
    teachers = read.page_of(fractal_page).row("teachers")
    assert all(teachers.sentence.en not in text_of(name) for name in KINDS)


def test_in_spanish_the_sentences_are_the_pages_own(text_of):
    text = text_of("letter", language="es")
    assert "La siguiente tarea es casi la misma, responda lo que responda el niño." in text
    assert "The next task is nearly the same" not in text


def test_the_records_request_names_the_article_and_the_days(text_of):
    text = text_of("records-request")
    assert "34 CFR 99.10" in text and "45 days" in text and "Confirm with counsel" in text


def test_the_clause_holds_the_whole_minimum_review_dataset(text_of):
    text = text_of("clause")
    assert ", ".join(COLUMNS) in text
    assert all(word in text for word in ("Right to review", "Notice of versions", "Exit"))


def test_a_condition_is_due_by_the_day_alone(text_of, fractal_page):
    condition = read.page_of(fractal_page).conditions[0]
    late = date(2100, 1, 1)
    assert f"shows that it is met: “{condition.words.en}”" not in text_of("resolution", on=condition.deadline)
    assert f"shows that it is met: “{condition.words.en}”" in text_of("resolution", on=late)


def test_no_law_is_called_confirmed_before_somebody_has():
    assert all(law.verified_on is None and law.article for law in (FERPA, PPRA, COPPA, SOPPA, NY_2D))


def test_questions_for_a_principal_are_the_banks_own_words(text_of):
    assert {number: str(asks) for number, asks in write.ASKED_OF_A_PRINCIPAL.items()} == {
        number: bank()[number].asks for number in write.ASKED_OF_A_PRINCIPAL
    }
    assert "22. ¿Puede la clase" in text_of("questions", language="es")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_clause_is_the_one_that_districts_put_into_their_contracts(text_of, language):
    text = " ".join(text_of("clause", language=language).split())
    with override(language):
        paragraphs = [words for one in clauses() for words in (one.heading, *one.paragraphs)]
    assert all(" ".join(words.split()) in text for words in paragraphs)
