"""Ctrl-C stops a command, also where a library turns it into a fault of its own."""

import os
import signal

from tests.cli.test_review import catalogued, folder  # noqa: F401 (a fixture)
from tests.core.audit.conftest import FOUND, answered, named

from plainview.cli import ask, main, stop


def interrupted():
    """As DuckDB does it: the interrupt is noticed inside, and comes out as something else."""
    try:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted") from None


def test_a_check_that_takes_it_for_its_own_fault_does_not_let_the_review_go_on(folder, monkeypatch, capsys):  # noqa: F811
    catalogued(
        monkeypatch,
        named("adaptivity.log_test/1", FOUND.question, lambda dossier, progress: interrupted()),
        named("efficacy.rating/1", "Is it?", answered(FOUND)),
    )
    assert main(["review", str(folder)]) == 130
    err = capsys.readouterr().err
    assert "[2/2]" not in err and "broke" not in err
    assert err.endswith("Stopped: no report was written, and none that was there was changed.\n")
    assert not (folder / "findings.json").exists()


def test_another_command_that_is_stopped_says_so_without_a_traceback(monkeypatch, capsys):
    monkeypatch.setattr("plainview.cli.log.answer", lambda asked: interrupted())
    assert main(["log", "check", "x.csv"]) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


def test_a_fault_that_nobody_asked_for_keeps_its_traceback(monkeypatch):
    def broken(asked):
        raise RuntimeError("ours")

    monkeypatch.setattr("plainview.cli.log.answer", broken)
    try:
        main(["log", "check", "x.csv"])
    except RuntimeError as fault:
        assert str(fault) == "ours"
    else:
        raise AssertionError("it was swallowed")


def test_the_handler_that_was_there_is_put_back():
    before = signal.getsignal(signal.SIGINT)
    with stop.watched():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    assert ask.STOPPED == 130
