"""Every deed that a room may write into the ledger has words that a family can read."""

import ast
from pathlib import Path

import plainview
from plainview.lobby.people.models import SupportGiven
from plainview.lobby.people.who_looked import DEEDS

HOUSE = Path(plainview.__file__).parent
ROOMS = ("day.", "evidence.", "guidance.", "plans.", "people.", "reviews.", "experts.", "stories.")
ROOMS += ("background.", "verdicts.", "kits.", "register.", "public.", "published.", "jobs.")
WRITERS = {"deed", "looked", "_looked", "_set", "keep"}


def deeds_in_the_code() -> set[str]:
    """The fixed words handed to whatever writes a line: as an argument, or by the name ``deed``."""
    found = {f"people.support.{outcome}" for outcome in SupportGiven.Outcome.values}
    for file in HOUSE.rglob("*.py"):
        if "migrations" not in file.parts:
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call):
                    found |= _words_of(node)
    return found


def _words_of(call: ast.Call) -> set[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    named = [keyword.value for keyword in call.keywords if keyword.arg == "deed"]
    arguments = [*named, *(call.args if name in WRITERS else [])]
    words = {a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return {word for word in words if word.startswith(ROOMS)}


def test_every_deed_has_words():
    unsaid = deeds_in_the_code() - set(DEEDS)
    assert not unsaid, f"who_looked.DEEDS needs words for: {', '.join(sorted(unsaid))}"


def test_no_words_stand_for_a_deed_that_nobody_does():
    assert set(DEEDS) <= deeds_in_the_code()
