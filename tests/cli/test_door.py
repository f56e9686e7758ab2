"""The one door from the shell to the site."""

import sys
from types import ModuleType

import pytest

from plainview.cli import door, main
from plainview.core.mendable import Mendable


class Shell(ModuleType):
    """Stands where ``plainview.site.shell`` stands, and remembers what it was asked."""

    def __init__(self, outcome=0):
        super().__init__("plainview_shell_of_this_test")
        self.asked, self.outcome = [], outcome

    def run(self, command: str, arguments: list[str]) -> int:
        self.asked.append((command, arguments))
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture
def stands(monkeypatch):
    def put(shell: Shell) -> Shell:
        monkeypatch.setitem(sys.modules, shell.__name__, shell)
        monkeypatch.setattr(door, "SHELL", shell.__name__)
        return shell

    return put


@pytest.mark.parametrize("command", door.COMMANDS)
def test_every_command_of_the_site_goes_through_with_what_follows_it(command, stands):
    shell = stands(Shell(outcome=3))
    first = door.COMMANDS[command][1][:1]
    assert main([command, *first, "--port", "8001"]) == 3
    assert shell.asked == [(command, [*first, "--port", "8001"])]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["content", "chek"], "plainview content: found 'chek', expected check or load."),
        (["import"], "plainview import: found nothing, expected oatutor or ccss."),
    ],
)
def test_a_word_that_nothing_answers_to_stops_at_the_door(words, sentence, stands, capsys):
    shell = stands(Shell())
    assert main(words) == 2
    assert capsys.readouterr().err == sentence + "\n"
    assert shell.asked == []


def test_help_on_a_command_says_the_words_that_may_follow(stands, capsys):
    shell = stands(Shell())
    assert main(["import", "--help"]) == 0
    assert "oatutor | ccss" in capsys.readouterr().out
    assert shell.asked == []


def test_what_the_reader_can_mend_is_a_sentence(stands, capsys):
    stands(Shell(Mendable("PORT='x' cannot be used: write a number.")))
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == "PORT='x' cannot be used: write a number.\n"


def test_without_the_site_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(door, "SHELL", "plainview.site.nothing_here")
    assert main(["serve"]) == 2
    assert "pip install 'plainview[site]'" in capsys.readouterr().err


def test_our_own_bug_keeps_its_traceback(stands):
    stands(Shell(ModuleNotFoundError("No module named 'plainview.typo'", name="plainview.typo")))
    with pytest.raises(ModuleNotFoundError, match="typo"):
        main(["serve"])


def test_a_package_that_is_not_installed_is_named(stands, capsys):
    stands(Shell(ModuleNotFoundError("No module named 'django'", name="django")))
    assert main(["serve"]) == 2
    assert "(django is not here.)" in capsys.readouterr().err


def test_the_sites_side_of_the_door_is_there():
    """The two sides are written apart; this holds them together."""
    shell = pytest.importorskip("plainview.site.shell")
    assert shell.__name__ == door.SHELL
    assert callable(shell.run)
