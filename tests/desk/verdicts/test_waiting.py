"""What waits for the chair is seen on the list; a letter that has no reason is not offered."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plainview.desk.reviews import store
from plainview.desk.verdicts import condition, proof, publish, reply, show
from plainview.desk.verdicts.condition import Evidence


@pytest.fixture
def published(review, desk, tools, now):
    """With one condition, due two months later."""
    said = {"words": tools.both, "proves": tools.both, "owner": "Acme", "claim": "adapts"}
    deadline = (tools.later + timedelta(days=60)).date()
    made = condition.set_condition(review, **said, deadline=deadline, by=desk.cora, at=now)
    tools.conclude_all()
    show.show(review, by=desk.cora, at=now)
    publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    return made


@pytest.fixture
def pages(client, desk, monkeypatch):
    def page(who: str, at, address: str) -> str:
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)
        client.force_login(getattr(desk, who))
        return client.get(address).content.decode()

    return page


def test_a_file_that_nobody_has_looked_at_is_told_until_somebody_says_what_follows(
    published, desk, tools, pages
):
    handed = tools.later + timedelta(days=2)
    file = proof.hand_over(published, name="a.csv", kept=store.keep([b"a"]), by=desk.vic, at=handed)
    assert "1 thing waits for an answer." in pages("cora", handed, reverse("verdicts:list"))
    assert "waits for an answer" not in pages("vic", handed, reverse("verdicts:list"))
    later = handed + timedelta(hours=1)
    evidence = Evidence(exhibit=file.sha256)
    condition.change(published, kind="met", why=tools.both, evidence=evidence, by=desk.cora, at=later)
    assert "waits for an answer" not in pages("cora", later, reverse("verdicts:list"))


def test_a_correction_that_was_asked_for_waits_too(published, review, desk, tools, pages):
    review.refresh_from_db()
    row = reply.ask_correction(review, words="Our name is ACME.", by=desk.vic, at=tools.later)
    assert "1 thing waits for an answer." in pages("cora", tools.later, reverse("verdicts:list"))
    reply.answer_correction(row, granted=False, why=tools.both, by=desk.cora, at=tools.later)
    assert "waits for an answer" not in pages("cora", tools.later, reverse("verdicts:list"))


def test_only_letters_that_have_a_reason_are_offered(published, tools, pages):
    address = reverse("verdicts:condition", args=[published.pk])
    before = pages("cora", tools.later, address)
    assert 'value="reminder"' in before
    assert 'value="notice"' not in before, "it went out with the page"
    over = pages("cora", tools.later + timedelta(days=70), address)
    assert 'value="overdue"' in over and 'value="reminder"' not in over


def test_two_files_of_one_name_are_told_apart_by_their_day(published, desk, tools, pages):
    for n, body in enumerate((b"a", b"b")):
        at = tools.later + timedelta(days=n)
        proof.hand_over(published, name="a.csv", kept=store.keep([body]), by=desk.vic, at=at)
    page = pages("cora", tools.later, reverse("verdicts:condition", args=[published.pk]))
    named = [line for line in page.replace("</option>", "\n").splitlines() if "a.csv, " in line]
    assert len(named) == 2 and named[0] != named[1]
