"""A file that was handed over by mistake is set aside: kept, with a reason, and read by no check."""

import pytest
from django.db import IntegrityError, transaction

from plainview.desk.reviews import export, plan, receive, set_aside, store
from plainview.desk.reviews.models import Asked, Exhibit
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen

NO_LOG = b"\x89PNG\r\n\x1a\n" + bytes(400)
WHY = "It was the wrong file."


@pytest.fixture
def wrong(desk, steps, now) -> Exhibit:
    return receive.receive(steps.gathering(), name="log.csv", kept=store.keep([NO_LOG]), by=desk.vic, at=now)


def test_it_stands_in_the_dossier_no_more_and_its_bytes_are_kept(wrong, desk, now):
    set_aside.set_aside(wrong, by=desk.vic, at=now, why=WHY)
    wrong.refresh_from_db()
    assert export.standing(wrong.review) == []
    assert (wrong.set_aside_by, wrong.set_aside_why, wrong.replaced_at) == (desk.vic, WHY, now)
    assert store.path_of(wrong.sha256).read_bytes() == NO_LOG
    assert Line.objects.filter(deed="reviews.exhibit.set_aside", by=desk.vic.pk, thing=wrong.pk).exists()


def test_what_was_asked_for_is_open_again_with_its_day(wrong, desk, now):
    asked = wrong.review.asked.get(kind="log")
    assert asked.came == Asked.Came.RECEIVED
    set_aside.set_aside(wrong, by=desk.vic, at=now, why=WHY)
    asked.refresh_from_db()
    assert (asked.came, asked.came_on) == (Asked.Came.NOTHING_YET, None)
    assert asked.due_on is not None


def test_it_stays_answered_where_another_file_of_the_kind_is_there(wrong, desk, now):
    receive.receive(wrong.review, name="log-2.csv", kept=store.keep([b"a"]), by=desk.vic, at=now)
    set_aside.set_aside(wrong, by=desk.vic, at=now, why=WHY)
    assert wrong.review.asked.get(kind="log").came == Asked.Came.RECEIVED


def test_nobody_sets_aside_without_a_reason_or_what_is_not_theirs(wrong, desk, now):
    with pytest.raises(Denied, match="Say why"):
        set_aside.set_aside(wrong, by=desk.vic, at=now, why=" ")
    for stranger in (desk.val, desk.olu, desk.ed):
        with pytest.raises(NotSeen):
            set_aside.set_aside(wrong, by=stranger, at=now, why=WHY)


def test_what_the_desk_opened_and_could_read_stays(wrong, desk, now):
    Exhibit.objects.filter(pk=wrong.pk).update(reading="read", opened_at=now)
    wrong.refresh_from_db()
    with pytest.raises(Denied, match="has opened this file"):
        set_aside.set_aside(wrong, by=desk.cora, at=now, why="It does not look good.")


def test_what_nobody_could_read_may_go_though_a_check_opened_it(wrong, desk, now):
    Exhibit.objects.filter(pk=wrong.pk).update(reading="not_read", opened_at=now)
    wrong.refresh_from_db()
    set_aside.set_aside(wrong, by=desk.cora, at=now, why=WHY)
    assert export.standing(wrong.review) == []


def test_after_the_plan_is_frozen_nothing_is_set_aside(desk, steps, now):
    review = steps.planned()
    with pytest.raises(Denied, match="The plan is frozen"):
        set_aside.set_aside(review.exhibits.get(), by=desk.vic, at=now, why=WHY)


def test_the_frozen_plan_names_only_what_stands(wrong, desk, steps, now):
    receive.receive(wrong.review, name="log-2.csv", kept=store.keep([b"a"]), by=desk.vic, at=now)
    set_aside.set_aside(wrong, by=desk.vic, at=now, why=WHY)
    said = {"seed": 7, "draws": 999, "checks": [], "bounds": {}, "why": ""}
    plan.write(wrong.review, **said, by=desk.cora, at=now)
    assert "log.csv" not in plan.freeze(wrong.review, by=desk.cora, at=now).lock


def test_the_database_wants_a_person_a_time_and_a_reason(wrong, desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Exhibit.objects.filter(pk=wrong.pk).update(set_aside_by=desk.vic)


def test_on_the_pages_it_is_offered_done_and_told(wrong, desk, steps, client):
    steps.work()
    client.force_login(desk.vic)
    page = client.get(f"/desk/exhibits/{wrong.pk}/").content.decode()
    assert "Set it aside" in page
    assert "nothing of it can be read" in client.get(f"/desk/reviews/{wrong.review_id}/").content.decode()
    assert client.post(f"/desk/exhibits/{wrong.pk}/set-aside/", {"why": WHY}).status_code == 302
    told = client.get(f"/desk/reviews/{wrong.review_id}/").content.decode()
    assert WHY in told and "nothing of it can be read" not in told
    assert "Set it aside" not in client.get(f"/desk/exhibits/{wrong.pk}/").content.decode()
