"""The bench of a review: what it makes up is what it says, and a figure is the median of its runs."""

import json

import numpy as np
import pytest

from plainview.cli.bench import review_har, review_log, review_peer, reviews
from plainview.cli.bench.figures import Figure
from plainview.core.dossier.dossier import Kind
from plainview.core.dossier.folder import open_dossier
from plainview.core.dossier.groups import groups_of
from plainview.core.dossier.log import log_of


def test_the_log_is_of_a_product_that_moves_by_the_answer(tmp_path):
    review_log.written(tmp_path / "d", 2_000)
    dossier = open_dossier(tmp_path / "d", aside=tmp_path / "aside")
    log = log_of(dossier, dossier.of_kind(Kind.LOG)[0], ("assigned_by", "estimate_before"))
    assert (log.coded.n_rows, log.coded.n_students, log.faults.n) == (2_000, 20, 0)
    assert log.text("assigned_by").names == ("algorithm",)
    assert list(groups_of(dossier).columns) == ["group"]


def test_the_capture_is_a_har_of_the_size_that_was_asked_for(tmp_path):
    n = review_har.written(tmp_path / "d", 1_000_000)
    assert 1_000_000 <= n <= 1_020_000
    entries = json.loads((tmp_path / "d" / "exhibits" / "student-1.har").read_text())["log"]["entries"]
    leaks = [
        one for one in entries if any(value in json.dumps(one) for value in review_har.CANARIES.values())
    ]
    assert 0 < len(leaks) <= len(entries) / 50


def test_the_peer_and_ours_count_the_same():
    steps, of_next = review_peer._made(20_000)
    table = review_peer.cells(steps, steps.item.astype(np.int64), of_next)
    drawn = np.random.default_rng(2).integers(0, 2, (steps.n, 3), dtype=np.uint8)
    ours = review_peer.ours(table, drawn)
    theirs = [review_peer.theirs(steps, of_next, drawn[:, draw]) for draw in range(3)]
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_a_figure_is_the_median_of_its_runs():
    runs = [Figure(group="g", what="w", measured=value, unit="s", at_most=2.0) for value in (3.0, 1.0, 1.5)]
    found = reviews.middle(runs)
    assert (found.measured, found.holds, found.note) == (1.5, True, "median of 3 runs")
    assert reviews.middle([Figure(group="g", what="w", measured=None, unit="s")]).measured is None


def test_it_tells_what_it_measured_and_writes_it_where_it_is_told(monkeypatch, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- figures -->\nof last year\n<!-- end of figures -->\nafter\n")
    monkeypatch.setattr(reviews, "PAGE", page)
    figure = Figure(group="g", what="every log check", measured=50.0, unit="s", at_most=120.0)
    monkeypatch.setattr(reviews, "_run", lambda name, quick: [figure])
    assert reviews.answer(["--only", "review_log", "--write"]) == 0
    assert "1 of 1 bars hold." in capsys.readouterr().out
    assert "every log check" in page.read_text() and "of last year" not in page.read_text()


def test_a_part_that_stopped_is_told_and_nothing_is_written(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(reviews, "_run", lambda name, quick: [])
    monkeypatch.setattr(reviews, "PAGE", tmp_path / "none.md")
    assert reviews.answer(["--only", "review_har", "--write"]) == 1
    assert "review_har: the measuring stopped" in capsys.readouterr().err
