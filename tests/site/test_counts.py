"""Where rate limits are counted: as Django's own database cache answers, in fewer statements."""

import subprocess
import sys
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
TRY_AT_ONCE = """
import sys
from django.conf import settings
engine = {"ENGINE": "plainview.site.sqlite", "NAME": sys.argv[1], "OPTIONS": {"timeout": 20}}
settings.configure(DATABASES={"default": engine}, USE_TZ=True)
import django
from django.db import connection
from plainview.site.counts import Counts
django.setup()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode=WAL")
    if "make" in sys.argv:
        cursor.execute("CREATE TABLE ours (cache_key varchar(255) PRIMARY KEY, value text, expires datetime)")
        sys.exit()
cache = Counts("ours", {})
print(sum(cache.take([("name", 20, 300)]) is not None for _n in range(40)))
"""
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


def test_a_count_ends_when_it_was_to_end_however_often_it_was_added_to(table, monkeypatch):
    cache, clock = Counts(table, PARAMS), [time.time()]
    monkeypatch.setattr(counts, "_now", lambda: counts.datetime.fromtimestamp(int(clock[0]), tz=counts.UTC))
    assert cache.add("a-day", 1, timeout=86_400)
    for n in range(2, 8):
        clock[0] += 11 * 60
        assert cache.incr("a-day") == n
    clock[0] += 86_400
    with pytest.raises(ValueError, match="a-day"):
        cache.incr("a-day")


def test_nobodys_count_is_lost_to_another(table, monkeypatch):
    cache, get = Counts(table, PARAMS), Counts.get
    cache.set("n", 1, 60)

    def overtaken(self, key, default=None, version=None):
        found = get(self, key, default, version)
        if found == 1:
            cache.set(key, 5, 60)  # another counts between the look and the writing
        return found

    monkeypatch.setattr(Counts, "get", overtaken)
    assert cache.incr("n") == 6


def test_a_try_is_one_statement_and_within_its_limits_or_not(table, monkeypatch):
    cache, limits = Counts(table, PARAMS), [("address", 4, 60), ("name", 2, 300)]
    with CaptureQueriesContext(connection) as asked:
        assert cache.take(limits)
    assert len(asked) == 1
    assert cache.take(limits)
    assert cache.take(limits) is None  # the name is full; the address counts on
    assert cache.take([("address", 4, 60)])
    assert cache.take([("address", 4, 60)]) is None
    assert cache.take([("address:of-another", 1, 60)])


def test_a_try_that_was_right_leaves_no_trace(table):
    cache, limits = Counts(table, PARAMS), [("address", 3, 60), ("name", 2, 300)]
    wrong = cache.take(limits)
    for _right in range(5):
        cache.take_back(cache.take(limits))
    with connection.cursor() as cursor:
        kept = cursor.execute("SELECT cache_key FROM ours ORDER BY cache_key").fetchall()
    assert kept == sorted((key,) for key in wrong)


def test_each_try_ends_by_itself(table, monkeypatch):
    cache, limit, clock = Counts(table, PARAMS), [("name", 2, 300)], [time.time()]
    monkeypatch.setattr(counts, "_now", lambda: counts.datetime.fromtimestamp(int(clock[0]), tz=counts.UTC))
    assert cache.take(limit)
    clock[0] += 200
    assert cache.take(limit)
    assert cache.take(limit) is None
    clock[0] += 101  # the first has ended, the second has not
    assert cache.take(limit)
    assert cache.take(limit) is None


def test_however_many_try_at_once_no_more_get_through(tmp_path):
    """Each try reads and counts in one statement; there is nothing between to slip through."""
    file = tmp_path / "counts.sqlite3"
    # as several processes of a server stand before one file
    run = [sys.executable, "-c", TRY_AT_ONCE, str(file)]
    subprocess.run([*run, "make"], check=True)
    started = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _n in range(3)]
    assert sum(int(one.communicate()[0]) for one in started) == 20


def test_the_table_does_not_grow_for_ever(table):
    cache = Counts(table, PARAMS)
    for n in range(counts.TIDY_EVERY * 3):
        cache.set(f"address-{n}", n, 60) if n % 2 else cache.take([(f"address-{n}", 5, 60)])
    with connection.cursor() as cursor:
        n_kept = cursor.execute("SELECT COUNT(*) FROM ours").fetchone()[0]
    assert n_kept <= PARAMS["OPTIONS"]["MAX_ENTRIES"] + counts.TIDY_EVERY
