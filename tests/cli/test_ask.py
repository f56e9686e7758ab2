"""The words of the shell."""

import subprocess
import sys

import pytest

from plainview.cli import ask, door, main, one_thread


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("recompute", *door.COMMANDS))


@pytest.mark.parametrize("words", [["recompute"], ["recompute", "a", "b"]])
def test_what_is_no_command_is_wrong_use(words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_saying_what_there_is_needs_neither_the_site_nor_the_rules():
    """`plainview --help` must answer at once, also on a small machine."""
    program = (
        "import sys, plainview.cli.ask as ask; ask._parser();"
        "heavy = {m for m in sys.modules if m.startswith(('django', 'plainview.site', "
        "'plainview.core.rules', 'numpy'))};"
        "sys.exit(len(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0


def test_a_command_counts_with_one_thread_unless_it_was_told_otherwise(monkeypatch, tmp_path):
    environment = {"OMP_NUM_THREADS": "4"}
    monkeypatch.setattr(one_thread.os, "environ", environment)
    assert main(["recompute", str(tmp_path / "none.json")]) == ask.TO_MEND
    assert environment == dict.fromkeys(one_thread.NAMES, "1") | {"OMP_NUM_THREADS": "4"}


def test_stopping_it_is_no_fault(monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "run", stopped)
    assert main(["serve"]) == ask.STOPPED


def test_an_unknown_command_is_answered_in_a_sentence_that_lists_what_there_is(capsys):
    assert main(["frobnicate"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("plainview frobnicate: there is no such command.")
    assert "recompute" in said and "demo" in said and "usage:" not in said


def test_a_slip_of_the_finger_is_answered_with_the_command_that_was_meant(capsys):
    assert main(["recompuet"]) == 2
    assert capsys.readouterr().err == "plainview recompuet: there is no such command. Perhaps recompute?\n"


def test_without_a_command_it_says_what_it_can_do(capsys):
    assert main([]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("Say what plainview shall do, for instance `plainview demo`.")
    assert "usage:" not in said.out + said.err
