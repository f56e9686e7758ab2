"""The desk's own bench, in small: its figures stand beside their bars."""

import pytest
from django.utils import timezone

from plainview.desk.published.models import Publication
from plainview.lobby.jobs import work
from plainview.lobby.jobs.models import Job, State
from plainview.site.bench.desk import pressing, products, working

pytestmark = pytest.mark.django_db


def test_each_made_up_product_has_a_whole_page(now):
    products.publish(2, at=now)
    assert list(Publication.objects.values_list("product", "number")) == [("made-up-0", 1), ("made-up-1", 1)]


def test_what_was_done_twice_or_never_is_counted(monkeypatch):
    monkeypatch.setattr(work, "wind_up_clocks", lambda: None)
    working._ask(4)
    work.work(once=True)
    assert working._done_otherwise(4) == 0
    twice, never = Job.objects.all()[:2]
    Job.objects.filter(pk=twice.pk).update(attempts=2)
    Job.objects.filter(pk=never.pk).update(state=State.BROKEN, ended_at=timezone.now(), due_at=None)
    assert working._done_otherwise(4) == 2


def test_readers_ask_evenly_and_each_for_her_own_page(monkeypatch):
    plans = []

    def run(_words, *, input, **_how):
        import json

        plans.append(json.loads(input))
        return type("Done", (), {"stdout": "{}"})

    monkeypatch.setattr(pressing.subprocess, "run", run)
    server = type("Server", (), {"port": 1})
    pressing._read(server, {"/a/": 50, "/b/": 50}, seconds=10, n_readers=8)
    readers = plans[0]["browsers"]
    due = sorted(moment for one in readers for moment in one["due"])
    assert due == pytest.approx([n / 10 for n in range(100)])
    assert {len(one["due"]) for one in readers} <= {12, 13}
    assert sum(len(one["due"]) for one in readers if one["path"] == "/a/") == 50
