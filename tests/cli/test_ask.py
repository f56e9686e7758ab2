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


@pytest.mark.parametrize("words", [[], ["recompute"], ["guess"], ["recompute", "a", "b"]])
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
