"""Invariant 7: nothing orders people by an estimate; no rank, points, streak, pacing line, "behind"."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

SRC = Path(__file__).parents[2] / "src" / "plainview"
ROOMS = [path for wing in ("classroom", "lobby", "site") for path in sorted((SRC / wing).rglob("*.py"))]
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))

# What an estimate says of a child, and what was scored of a piece of evidence.
SAYS_HOW_WELL = {"p_known", "low", "high", "state", "earned", "shown"}
# How much is known says something of the looking, not of the child; still, nobody is put in its order.
SAYS_HOW_MUCH = {"n_pieces", "n_days", "newest_on"}

# Words of a race. "Badge" is the card a child signs in with.
NEVER = re.compile(
    r"\b(rank(s|ed|ing)?|(?<!percentage )points|streaks?|behind|at[- ]risk|leaderboards?|pacing|"
    r"top students?|high score|low performers?|struggling|failed|failing)\b",
    re.IGNORECASE,
)


def said_in_templates() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)
        quoted = re.findall(r"{% translate (?:\"(.*?)\"|'(.*?)')", text)
        yield str(path.relative_to(SRC)), " ".join(filter(None, sum(quoted, ())))
        yield str(path.relative_to(SRC)), re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)


def said_in_code() -> Iterator[tuple[str, str]]:
    """Every string that code hands to gettext, under any of its names."""
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            called = getattr(node, "func", None)
            name = getattr(called, "id", getattr(called, "attr", ""))
            if name == "_" or name.endswith("gettext") or name.endswith("gettext_lazy"):
                for text in node.args:
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield f"{path.relative_to(SRC)}:{node.lineno}", text.value


def test_no_word_of_a_race_is_said_anywhere():
    said = [*said_in_templates(), *said_in_code()]
    assert len(said) > 500
    assert [f"{where}: {found[0]}" for where, text in said if (found := NEVER.search(text))] == []


def orderings() -> Iterator[tuple[str, set[str]]]:
    """Each place where something is put in order, and every name and word that decides about it."""
    for path in ROOMS:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "order_by":
                deciding = node.args
            elif name in ("sorted", "sort", "min", "max", "nlargest", "nsmallest"):
                deciding = [keyword.value for keyword in node.keywords if keyword.arg == "key"]
            else:
                continue
            yield f"{path.relative_to(SRC)}:{node.lineno}", set().union(*map(words_in, deciding))


def words_in(tree: ast.AST) -> set[str]:
    words = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words |= set(re.split(r"__|\W", node.value))
    return words


def test_no_code_puts_anything_in_the_order_of_an_estimate():
    found = list(orderings())
    assert len(found) > 50
    assert [(where, words) for where, words in found if words & (SAYS_HOW_WELL | SAYS_HOW_MUCH)] == []


def test_no_table_has_such_an_order_by_nature():
    for model in apps.get_models():
        order = {str(field).lstrip("-") for field in model._meta.ordering}
        assert not order & (SAYS_HOW_WELL | SAYS_HOW_MUCH), model.__name__


def test_no_page_sorts_by_itself():
    assert [str(path) for path in TEMPLATES if "dictsort" in path.read_text()] == []
