"""The first words said in a folder that is still empty."""

import os
import subprocess
import sys

import pytest

ENROL = ["manage", "enrol", "--school", "Elm", "--class", "4B", "--teacher", "mdelgado"]


def said(home, *words: str, names: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "plainview.cli", *words],
        env=os.environ | {"PLAINVIEW_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plainview.site.settings"},
        input=names,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_class_can_be_enrolled_before_anything_was_served(tmp_path):
    answer = said(tmp_path / "home", *ENROL, "-", names="Ana Li\n")
    # No teacher's name was given, so it stops at that question: the tables it asks were there.
    assert "There is no teacher 'mdelgado' yet" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_reckoning_where_no_school_is_says_so(tmp_path):
    answer = said(tmp_path / "home", "rebuild")
    assert answer.returncode == 2
    assert "found no school that is ready" in answer.stderr


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        (["rebuild", "--help"], "usage: plainview rebuild "),
        (["import", "oatutor", "--help"], "usage: plainview import oatutor "),
    ],
)
def test_help_on_a_command_of_the_site_names_the_program_and_needs_no_school(words, usage, tmp_path):
    answer = said(tmp_path / "home", *words)
    assert answer.stdout.startswith(usage)
    assert (answer.returncode, answer.stderr) == (0, "")
