"""A teacher who told a story cannot be found: not in the database or its free pages, not in the log of writes
beside it, not in the server's log, the ledger, a session, or any file of the house.

She tells one with a slip, in a browser in which she is signed in; others take theirs back, before and after a
release. Then every byte that a backup would carry off is searched for what could name her.
"""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from plainview.desk.stories.models import Reply, Slip, Story
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Person

SCRIPT = Path(__file__).parent / "one_teller.py"


@dataclass(frozen=True, kw_only=True)
class House:
    told: dict
    files: dict[str, bytes]
    log: str
    home: Path


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    home = tmp_path_factory.mktemp("told") / "home"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(SCRIPT.parents[3]),
        "PLAINVIEW_HOME": str(home),
        "PLAINVIEW_FACES": "desk",
        "PLAINVIEW_HOSTS": "testserver",
        "PLAINVIEW_HTTPS": "no",
        "PLAINVIEW_DEMO": "no",
        "PLAINVIEW_PROXIES": "1",
    }
    run = subprocess.run(
        [sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr[-3000:]
    files = {str(path): path.read_bytes() for path in home.parent.rglob("*") if path.is_file()}
    return House(told=json.loads(run.stdout), files=files, log=run.stderr, home=home)


def test_the_search_finds_what_is_there(house):
    """Else it would find nothing whatever there was."""
    database = next(body for name, body in house.files.items() if name.endswith(".sqlite3"))
    assert house.told["stays"].encode() in database
    assert house.told["n"] == 3


def test_no_file_of_the_house_holds_her(house):
    found = {
        (Path(name).name, secret)
        for name, body in house.files.items()
        for secret in house.told["secrets"]
        for encoding in ("utf-8", "utf-16-le")
        if secret.lower().encode(encoding) in body.lower()
    }
    assert not found


def test_the_servers_log_holds_nothing_of_what_she_wrote(house):
    assert "ValueError" in house.log, "a fault of ours is still told"
    assert [secret for secret in house.told["secrets"] if secret.lower() in house.log.lower()] == []


def test_a_backup_holds_as_little(house):
    """As an operator makes one, with the database's own means."""
    copy = sqlite3.connect(":memory:")
    with sqlite3.connect(next(house.home.glob("*.sqlite3"))) as original:
        original.backup(copy)
    words = "\n".join(copy.iterdump()).lower()
    assert house.told["stays"].lower() in words
    assert [secret for secret in house.told["secrets"] if secret.lower() in words] == []


def test_the_ledger_and_the_session_know_nothing_of_a_story(house):
    with sqlite3.connect(next(house.home.glob("*.sqlite3"))) as database:
        (ada,) = database.execute("SELECT id FROM people_person WHERE sign_in_name = 'ada'").fetchone()
        assert database.execute("SELECT COUNT(*) FROM ledger_line WHERE by = ?", [ada]).fetchone() == (0,)
        deeds = {deed for (deed,) in database.execute("SELECT deed FROM ledger_line")}
        assert "stories.released" in deeds and not any("told" in deed for deed in deeds)
        assert database.execute("SELECT COUNT(*) FROM django_session").fetchone() == (1,)
        assert database.execute("SELECT COUNT(*) FROM site_cache").fetchone() == (0,)


def test_no_column_leads_from_a_story_to_a_person():
    for model in (Story, Slip):
        led = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
        assert Person not in led and Line not in led
    assert {f.name for f in Reply._meta.concrete_fields if f.related_model is Person} == {"by", "shown_by"}
