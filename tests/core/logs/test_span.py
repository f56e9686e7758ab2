"""Times that cannot be right are told; the rows are kept."""

import pytest

from plainview.core.logs.door import check_log
from plainview.core.logs.table import convert

HEADER = "student,at,item,correct\n"
SAID = "times run from {} to {}: those before 1990 or after 2099 cannot be right, and times decide the order"


@pytest.fixture
def log(tmp_path):
    def log(*days):
        path = tmp_path / "log.csv"
        path.write_text(HEADER + "".join(f"s{n},{day},i,1\n" for n, day in enumerate(days)))
        return path

    return log


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (("2026-03-01T09:00:00Z", "9999-01-01T09:00:00Z"), ("2026-03-01", "9999-01-01")),
        (("2026-03-01T09:00:00Z", "0001-01-02T09:00:00Z"), ("0001-01-02", "2026-03-01")),
        (("1970-01-01T00:00:00Z", "2026-03-01T09:00:00Z"), ("1970-01-01", "2026-03-01")),
    ],
)
def test_an_impossible_year_is_told_by_both_who_read_logs(log, tmp_path, days, span):
    path = log(*days)
    opened, converted = check_log(path), convert(path, tmp_path / "out.parquet")
    assert SAID.format(*span) in opened.told and SAID.format(*span) in converted.told
    assert opened.coded.n_rows == converted.n_attempts == 2


@pytest.mark.parametrize("days", [("2026-03-01", "2026-03-02"), ("1", "2"), ("2004-09-01T09:00:00Z",)])
def test_possible_years_and_places_in_an_order_are_not_spoken_of(log, tmp_path, days):
    path = log(*days)
    told = (*check_log(path).told, *convert(path, tmp_path / "out.parquet").told)
    assert not [one for one in told if "cannot be right" in one]
