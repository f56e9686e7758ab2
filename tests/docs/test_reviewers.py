"""What reviewers read agrees with what there is: a page for every check, the schemas, links that lead."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from plainview.core.audit import findings
from plainview.core.audit.catalogue import CHECKS, without_version
from plainview.core.audit.check import Check
from plainview.core.dossier.bank import bank
from plainview.core.dossier.dossier import Kind
from plainview.core.dossier.shape import Shape, schema

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "for-reviewers"
METHODS = ROOT / "docs" / "methods"
# A check's name, wherever a page says one: "fairness.abroca" or "fairness.abroca/1".
NAMES = re.compile(r"`((?:adaptivity|efficacy|fairness|soundness|exposure)\.[a-z_0-9]+)(?:/\d+)?`")


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_every_check_has_a_page_that_names_it(check: Check):
    page = ROOT / check.page
    assert page.is_file(), f"{check.name} names {check.page}, and there is no such page"
    assert without_version(check.name) in page.read_text(encoding="utf-8")


def test_every_check_that_a_page_names_exists():
    known = {without_version(name) for name in CHECKS}
    told = {
        (page.name, name)
        for page in (*METHODS.glob("*.md"), *PAGES.glob("*.md"))
        for name in NAMES.findall(page.read_text(encoding="utf-8"))
    }
    # One that nobody could mistake for a check of ours.
    assert {(page, name) for page, name in told if name not in known | {"fairness.mine"}} == set()


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_a_check_loads_says_what_it_needs_and_asks_a_question(check: Check):
    module, _, function = check.where.partition(":")
    assert callable(getattr(__import__(module, fromlist=[function]), function))
    assert check.asks.endswith("?") and check.needs and not check.needs.endswith(".")
    assert re.fullmatch(rf"{check.question}\.[a-z_0-9]+/\d+", check.name)


@pytest.mark.parametrize("name", ["product", "plan", "exhibits", "findings"])
def test_the_schemas_in_the_docs_are_those_that_are_used(name):
    told = json.loads((PAGES / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert told == (findings.schema() if name == "findings" else schema(name))


@pytest.mark.parametrize(
    ("name", "of"), [("product.toml", "product"), ("plan.toml", "plan"), ("exhibits/", "exhibits")]
)
def test_the_examples_on_the_page_have_the_shape_of_their_schema(name, of):
    page = (PAGES / "dossier.md").read_text(encoding="utf-8")
    text = page.partition(f"\n## {name}")[2].partition("```toml\n")[2].partition("```")[0]
    shape = Shape(tomllib.loads(text), schema(of), file=name, text=text)
    assert (shape.faults, shape.unknown) == ([], [])


def test_every_kind_of_exhibit_stands_on_the_page():
    page = (PAGES / "dossier.md").read_text(encoding="utf-8")
    assert {kind for kind in Kind if f"`{kind}`" not in page} == {Kind.OTHER}
    assert set(schema("exhibits")["properties"]["exhibit"]["items"]["properties"]["kind"]["enum"]) == set(
        Kind
    )


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert link.startswith("http") or (page.parent / link).exists(), link


def test_a_question_of_the_bank_that_a_check_answers_names_one_that_exists():
    known = {without_version(name) for name in CHECKS} | {"experts", "exhibit"}
    assert {one.answered_by for one in bank().values()} - known == set()
