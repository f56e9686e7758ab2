"""Two holes that import walls cannot see, second half: a page that is put together from another room's page.

A template may extend and include its own room's, those of rooms below, and the frame and components of site/.
"""

import re
from pathlib import Path

import pytest

import plainview

HOUSE = Path(plainview.__file__).parent
# What each room may draw on, besides itself and site/. The order of the house, from the top.
LOBBY = ["people", "jobs", "ledger"]
CLASSROOM = ["day", "guidance", "plans", "evidence", "curriculum", *LOBBY]
DESK = [
    "public",
    "register",
    "kits",
    "verdicts",
    "experts",
    "stories",
    "background",
    "reviews",
    "published",
    *LOBBY,
]
ORDER = {*CLASSROOM, *DESK}
ASKED_FOR = re.compile(r"""{%-?\s*(?:extends|include)\s+(["'])(?P<name>[^"']+)\1""")
BY_VARIABLE = re.compile(r"""{%-?\s*(?:extends|include)\s+(?!["'])(?P<name>\S+)""")
SIGN_IN_LIBRARY = {"allauth", "account", "mfa"}


def templates() -> list[Path]:
    return sorted(path for path in HOUSE.rglob("templates/**/*") if path.suffix in {".html", ".svg", ".txt"})


def room_of(name: str) -> str:
    """ "plans/plan.html" is of plans; error pages are the frame's; the sign-in library's are the door's."""
    folder = name.split("/", maxsplit=1)[0] if "/" in name else "site"
    return "people" if folder in SIGN_IN_LIBRARY else folder


def room_at(path: Path) -> str:
    """The room in whose folder the file lies."""
    wing, room, *_rest = path.relative_to(HOUSE).parts
    return "site" if wing == "site" else room


def name_of(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


def below(room: str) -> set[str]:
    """The rooms whose templates ``room`` may use."""
    for face in (CLASSROOM, DESK):
        if room in face:
            return {"site", *face[face.index(room) :]}
    return {"site", "demo", "bench"}  # the frame itself knows no room


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_uses_its_own_room_the_rooms_below_and_the_frame(path):
    room = room_at(path)
    for found in ASKED_FOR.finditer(path.read_text()):
        assert room_of(found["name"]) in below(room), f"{name_of(path)} reaches up to {found['name']}"


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_what_a_template_includes_stands_in_it_by_name(path):
    """A name in a variable is a hole that this test cannot see through."""
    found = [m["name"] for m in BY_VARIABLE.finditer(path.read_text())]
    assert not found, f"{name_of(path)} takes in whatever {found} says"


def test_every_room_keeps_its_templates_under_its_own_name():
    for path in templates():
        here, named = room_at(path), room_of(name_of(path))
        own = below("site") if here == "site" else {here}
        assert named in own, f"{name_of(path)} lies in the room {here}"


def test_the_rule_itself_says_no_where_it_must():
    assert "day" not in below("plans") and "guidance" not in below("plans")
    assert {"evidence", "curriculum", "people", "site"} <= below("plans")
    assert not below("site") & set(ORDER)
    assert ASKED_FOR.search("""{% include 'day/my_week.html' with a=1 %}""")["name"] == "day/my_week.html"
    assert BY_VARIABLE.search("{% extends base %}")["name"] == "base"
