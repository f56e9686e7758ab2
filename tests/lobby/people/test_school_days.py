from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plainview.lobby.people.school_days import (
    add_school_days,
    is_school_day,
    next_school_day,
    school_days_between,
)

FRIDAY, SATURDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
days = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


def test_a_week_has_five_school_days():
    assert [is_school_day(FRIDAY + timedelta(days=n)) for n in range(4)] == [True, False, False, True]
    assert school_days_between(FRIDAY, FRIDAY + timedelta(days=7)) == 5


def test_the_weekend_leads_to_monday():
    assert next_school_day(SATURDAY) == MONDAY
    assert next_school_day(FRIDAY) == FRIDAY
    assert add_school_days(FRIDAY, 1) == MONDAY
    assert add_school_days(MONDAY, -1) == FRIDAY


@given(on=days, n=st.integers(min_value=0, max_value=60))
def test_adding_and_counting_agree(on, n):
    later = add_school_days(on, n)
    assert school_days_between(on, later) == n
    assert school_days_between(later, on) == -n
    assert is_school_day(later) or n == 0
