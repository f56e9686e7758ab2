"""A house to measure in knows nothing of the operator's own."""

import pytest

from plainview.site.bench import house, run


def test_the_operators_variables_do_not_reach_the_house(monkeypatch, tmp_path):
    monkeypatch.setenv("PLAINVIEW_HOME", "/srv/a-real-school")
    monkeypatch.setenv("PLAINVIEW_SECRET", "of a real school")
    monkeypatch.setenv("PLAINVIEW_DEMO", "yes")
    found = house.environment(tmp_path)
    ours = {name: value for name, value in found.items() if name.startswith("PLAINVIEW_")}
    assert ours == {"PLAINVIEW_HOME": str(tmp_path), "PLAINVIEW_HTTPS": "yes", "PLAINVIEW_DEMO": "no"}


def test_without_a_folder_of_ones_own_the_house_is_thrown_away():
    with house._home(None) as home:
        (home / "plainview.sqlite3").write_text("rows")
    assert not home.exists()


def test_a_folder_of_ones_own_is_kept(tmp_path):
    with house._home(tmp_path / "kept") as home:
        (home / "plainview.sqlite3").write_text("rows")
    assert (tmp_path / "kept" / "plainview.sqlite3").exists()


def test_quick_means_fewer_rows_and_shorter_bursts_at_the_same_rate():
    whole, quick = run.orders_of(n_rows=None, quick=False), run.orders_of(n_rows=None, quick=True)
    assert whole.n_rows == 2_000_000
    assert quick.n_rows < whole.n_rows
    assert quick.load_seconds < whole.load_seconds
    assert quick.loads == whole.loads
    assert run.orders_of(n_rows=500, quick=True).n_rows == 500


@pytest.mark.parametrize(
    "title, rate", [("1,000 students answer within 60 s", 1000), ("six times that", 6000)]
)
def test_the_loads_are_those_that_were_asked_for(title, rate):
    (load,) = [one for one in run.Orders().loads if one.title == title]
    assert load.n_answers == rate
