"""Whoever asks for a task holds the task itself: a process that only serves pages knows no words of tasks."""

import ast
from pathlib import Path

import plainview

HOUSE = Path(plainview.__file__).parent


def test_nobody_asks_for_a_task_by_a_word():
    asked = []
    for file in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            if getattr(called, "id", getattr(called, "attr", "")) == "enqueue" and node.args:
                asked.append((file, node.args[0]))
    assert asked, "the search finds nothing: is it still called enqueue?"
    by_a_word = [(file.name, one.value) for file, one in asked if isinstance(one, ast.Constant)]
    assert by_a_word == []
