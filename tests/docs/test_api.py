"""The reference of the core is what its docstrings say, and nothing that a reader calls stands outside it."""

import ast
import importlib
import re
from pathlib import Path

from scripts import api

ROOMS = ("logs", "learner", "measure", "stats", "charts", "runners")
PAGE = api.PAGE.read_text(encoding="utf-8")
MODULES = [(m, tuple(ns)) for room in api.listed()["rooms"] for m, ns in room["modules"].items()]


def test_the_page_is_what_the_script_makes_of_the_docstrings():
    assert api.page() == PAGE, "run: python scripts/api.py"


def test_every_function_that_explains_its_parameters_is_on_the_page():
    there = {(module, name) for module, names in MODULES for name in names}
    told = {
        (".".join(path.relative_to(api.CORE).with_suffix("").parts), node.name)
        for room in ROOMS
        for path in (api.CORE / room).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and "Parameters\n---" in (ast.get_docstring(node) or "")
        if not node.name.startswith("_")
    }
    assert told - there == set()


def test_every_link_of_the_page_leads_somewhere():
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in PAGE.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        place, _, anchor = target.partition("#")
        assert (api.PAGE.parent / place).exists() if place else anchor in headings, target


def test_what_the_page_names_can_be_imported():
    for module, names in MODULES:
        there = importlib.import_module(f"plainview.core.{module}")
        assert all(hasattr(there, name) for name in names)


def test_the_page_names_no_place_of_this_machine():
    assert str(Path.home()) not in PAGE
