"""Where rate limits are counted: as Django's own database cache answers, in fewer statements."""

import time

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainview.site import counts
from plainview.site.counts import Counts

pytestmark = pytest.mark.django_db
PARAMS = {"OPTIONS": {"MAX_ENTRIES": 50}}
KEYS = st.sampled_from(["a", "b", "it's"])
VALUES = st.one_of(st.integers(), st.text(max_size=5), st.lists(st.floats(allow_nan=False), max_size=3))
DEEDS = st.tuples(st.sampled_from(["set", "add"]), KEYS, VALUES, st.sampled_from([None, 60, -5]))


@pytest.fixture
def table(django_db_setup, db, settings):
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": name}
        for name in ("ours", "theirs")
    }
    call_command("createcachetable", "ours", verbosity=0)
    call_command("createcachetable", "theirs", verbosity=0)
    return "ours"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(deeds=st.lists(DEEDS, max_size=12))
def test_it_answers_as_djangos_own(table, deeds):
    ours, theirs = Counts("ours", PARAMS), DatabaseCache("theirs", PARAMS)
    ours.clear(), theirs.clear()
    for deed, key, value, timeout in deeds:
        said = [getattr(cache, deed)(key, value, timeout) for cache in (ours, theirs)]
        assert deed == "set" or said[0] == said[1]
        assert ours.get(key, "nothing") == theirs.get(key, "nothing")


def test_what_has_had_its_time_may_be_added_again(table, monkeypatch):
    cache = Counts(table, PARAMS)
    assert cache.add("lock", 1, timeout=10)
    assert not cache.add("lock", 2, timeout=10)
    later = time.time() + 60
    monkeypatch.setattr(counts, "_now", lambda: counts.datetime.fromtimestamp(int(later), tz=counts.UTC))
    assert cache.get("lock") is None
    assert cache.add("lock", 3, timeout=100)
    assert cache.get("lock") == 3


def test_a_write_is_one_statement(table):
    cache = Counts(table, PARAMS)
    with CaptureQueriesContext(connection) as asked:
        cache.set("count", [1.0], 60)
    assert len(asked) == 1


def test_the_table_does_not_grow_for_ever(table):
    cache = Counts(table, PARAMS)
    for n in range(counts.TIDY_EVERY * 3):
        cache.set(f"address-{n}", n, 60)
    with connection.cursor() as cursor:
        n_kept = cursor.execute("SELECT COUNT(*) FROM ours").fetchone()[0]
    assert n_kept <= PARAMS["OPTIONS"]["MAX_ENTRIES"] + counts.TIDY_EVERY
