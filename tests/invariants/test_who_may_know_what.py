"""Invariants 9 and 10: sensitive facts are kept apart; nobody asks the decision log about one teacher."""

import html
import re

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from plainview.core.rules.catalogue import RULES
from plainview.desk.published.addresses import PUBLIC

SENSITIVE = ("support", "disab", "iep", "custody", "household", "language_status", "sees_record", "plan")


def test_nothing_sensitive_stands_on_the_person():
    person = apps.get_model("people", "Person")
    names = {field.name for field in person._meta.concrete_fields}
    assert not [name for name in names if any(word in name for word in SENSITIVE)]


def text_of(answer) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", answer.text))


@pytest.mark.parametrize("role", ["student", "principal"])
def test_neither_a_child_nor_the_principal_reads_anyones_supports(school, visitor, role):
    """A child's own supports travel with the work; the plan they come from is not on the child's pages."""
    words = [words for (words,) in school.ask("SELECT DISTINCT words FROM people_support")]
    assert len(words) > 5
    pages = [answer for answer in visitor(role).walk(of_a_kind=3) if answer.kind == "text/html"]
    assert pages
    for answer in pages:
        text = text_of(answer)
        assert not [found for found in words if found in text], answer.path
        assert not re.search(r"\b(IEP|504|English learner)\b", text), answer.path


@pytest.mark.parametrize("role", ["student", "family"])
def test_a_child_and_a_family_read_no_other_childs_full_name(school, visitor, role):
    everyone = school.ask("SELECT given_name, family_name FROM people_person WHERE role = 'student'")
    others = {f"{given} {family}" for given, family in everyone} - {"Jaylen Foster"}
    assert len(others) == 27
    for answer in visitor(role).walk(of_a_kind=3):
        if answer.kind == "text/html":
            assert not [name for name in others if name in text_of(answer)], answer.path


# --- 10: the decision log is teacher data ------------------------------------------------------------------


def every_address(resolver=None, before: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            found += every_address(part, before + str(part.pattern))
        else:
            found.append((before + str(part.pattern), part))
    return found


def test_no_address_asks_about_a_teacher():
    addresses = [address for address, _part in every_address()]
    assert len(addresses) > 50
    assert not [address for address in addresses if re.search(r"<[^>]*(teacher|adult|staff|by)", address)]


OF_THE_SCHOOL = {"day:conditions", "guidance:rules", "guidance:rule"}
FOR_ANYONE = ("people:sign", "people:badge_s", "people:pick", "account_", "mfa_", "curriculum:", "demo:")
FOR_ANYONE += ("register:confirm", "register:stop")  # by a link from a letter, and nothing without it
FOR_ANYONE += ("register:api_description",)  # what programs may ask, and no district's word


def test_for_the_principal_there_is_no_page_about_people(school, visitor):
    """Every address of the classroom, asked with a number that exists: there is nothing for her."""
    principal = visitor("principal")
    answered = {}
    for address, _part in every_address():
        path = "/" + re.sub(r"<(int|str|slug):\w+>", "1", address)
        if path.startswith(PUBLIC):
            continue  # of products, and open to anyone
        answer = principal.get(path)
        if answer.status == 200:
            answered[answer.view] = answer
    about_people = {view for view in answered if not view.startswith(FOR_ANYONE)} - OF_THE_SCHOOL
    assert about_people == set()
    assert set(answered) >= {"day:conditions", "guidance:rules"}


def test_what_the_principal_reads_names_nobody_but_who_wrote_a_rule(school, visitor):
    everyone = school.ask(
        "SELECT given_name, family_name FROM people_person WHERE identifier != 'maple-achebe'"
    )
    names = {f"{given} {family}" for given, family in everyone} | {family for _given, family in everyone}
    authors = {rule.written_by for rule in RULES.values()}
    for answer in visitor("principal").walk(of_a_kind=10):
        text = text_of(answer)
        for author in authors:
            text = text.replace(author, "")
        if answer.view in OF_THE_SCHOOL:
            found = [name for name in names - {""} if re.search(rf"\b{re.escape(name)}\b", text)]
            assert not found, f"{answer.path} names {found}"
