"""Person by person: who sees a review and its parts, and what each may do. The rest is not found."""

import pytest
from django.http import Http404

from plainview.desk.reviews import policy, readers, run
from plainview.desk.reviews.models import Asked, Exhibit, Review, Stage
from plainview.lobby.people.policy import Denied

EVERYBODY = ["cora", "ed", "flo", "vic", "val", "olu", "sten", None]
CHAIR = {"cora"}


@pytest.fixture
def review(steps, desk, now) -> Review:
    """Checked; Ed was let in to read, Flo was not."""
    made = steps.planned()
    readers.let_in(made, desk.ed, by=desk.cora, at=now)
    run.start(made, by=desk.cora, at=now)
    steps.work()
    made.refresh_from_db()
    return made


def person(desk, name):
    return getattr(desk, name) if name else None


def outcome(check, *args) -> str:
    try:
        check(*args)
    except Denied:
        return "denied"
    except Http404:
        return "not found"
    return "yes"


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_query_and_the_check_tell_the_same_story(who, desk, review):
    seen = Review.objects.seen_by(person(desk, who)).filter(pk=review.pk).exists()
    assert seen == (outcome(policy.check_may_see, person(desk, who), review) == "yes")
    assert seen == (who in {"cora", "ed", "vic"})


@pytest.mark.parametrize("who", EVERYBODY)
def test_before_the_vendor_is_told_only_the_chair_sees_it(who, desk, steps):
    review = steps.at_intake()
    assert outcome(policy.check_may_see, person(desk, who), review) == (
        "yes" if who in CHAIR else "not found"
    )


# What each deed answers to the chair, the reader, the vendor's own contact; to all others it is not found.
DEEDS = {
    "leads": (policy.check_leads, ("yes", "denied", "denied")),
    "writes claims": (policy.check_may_write_claims, ("denied", "denied", "denied")),  # the plan is frozen
    "asks the vendor": (policy.check_may_ask_vendor, ("denied", "denied", "denied")),
    "hands over": (policy.check_may_hand_over, ("yes", "denied", "denied")),
    "plans": (policy.check_may_plan, ("denied", "denied", "denied")),
    "freezes": (policy.check_may_freeze, ("denied", "denied", "denied")),
    "reads the plan": (policy.check_may_see_plan, ("yes", "yes", "yes")),
    "runs": (policy.check_may_run, ("yes", "denied", "denied")),
    "reads findings": (policy.check_may_see_findings, ("yes", "yes", "yes")),
    "takes the dossier": (policy.check_may_take_along, ("yes", "yes", "denied")),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_once_the_checks_have_run(deed, desk, review):
    check, expected = DEEDS[deed]
    found = tuple(outcome(check, person(desk, who), review) for who in ("cora", "ed", "vic"))
    assert found == expected
    for who in ("flo", "val", "olu", "sten", None):
        assert outcome(check, person(desk, who), review) == "not found", who


def test_while_exhibits_are_gathered_the_chair_and_the_vendor_hand_over(desk, steps):
    review = steps.gathering()
    for who, says in [("cora", "yes"), ("vic", "yes"), ("val", "not found"), ("ed", "not found")]:
        assert outcome(policy.check_may_hand_over, person(desk, who), review) == says, who
    assert outcome(policy.check_may_write_claims, desk.cora, review) == "yes"
    assert outcome(policy.check_may_plan, desk.cora, review) == "yes"


def test_only_the_vendor_or_the_chair_refuses(desk, steps):
    asked = steps.noticed().asked.first()
    for who in EVERYBODY:
        expected = "yes" if who in {"cora", "vic"} else "not found"
        assert outcome(policy.check_may_refuse, person(desk, who), asked) == expected, who
    Asked.objects.filter(pk=asked.pk).update(came="received", came_on="2026-11-23")
    asked.refresh_from_db()
    assert outcome(policy.check_may_refuse, desk.vic, asked) == "denied"


def test_a_plan_that_is_being_written_is_the_chairs(desk, steps, now):
    from plainview.desk.reviews import plan

    review = steps.with_a_log()
    plan.write(review, seed=1, draws=999, checks=[], bounds={}, why="", by=desk.cora, at=now)
    assert outcome(policy.check_may_see_plan, desk.vic, review) == "not found"
    assert outcome(policy.check_may_see_plan, desk.cora, review) == "yes"


def test_a_vendor_sees_only_what_it_handed_over_itself(desk, steps, now):
    from plainview.desk.reviews import receive, store

    review = steps.with_a_log()
    said = {"kept": store.keep([b"a,b\n1,2\n"]), "by": desk.cora, "at": now}
    districts = receive.receive(review, name="groups.csv", **said)
    vendors = review.exhibits.get(file="log.csv")
    for who in EVERYBODY:
        seen = set(policy.exhibits_seen_by(person(desk, who), review))
        expected = {"cora": {districts, vendors}, "vic": {vendors}}.get(who, set())
        assert seen == expected, who
        for one in (districts, vendors):
            is_seen = outcome(policy.exhibit_seen_by, person(desk, who), one.pk) == "yes"
            assert is_seen == (one in expected), who


def test_a_vendors_next_contact_sees_what_the_last_one_handed_over(desk, steps, now):
    from plainview.desk.reviews import seats
    from plainview.lobby.people.models import Person, Role

    review = steps.with_a_log()
    vera = Person.objects.create_user("vera", identifier="vera", given_name="Vera", role=Role.VENDOR)
    seats.take(desk.vic.vendor_seat, by=desk.cora, at=now)
    seats.give(desk.acme, vera, by=desk.cora, at=now)
    assert list(policy.exhibits_seen_by(vera, review)) == list(review.exhibits.all())
    desk.vic.refresh_from_db()
    assert not policy.exhibits_seen_by(desk.vic, review).exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_requests_are_the_chairs_to_read(who, desk, now):
    from plainview.desk.reviews import ask

    said = {"asker": "family", "wants": "Is it fair?", "address": "mother@example.org", "language": "en"}
    made = ask.ask(product_name="Fractal", vendor_name="", **said, at=now)
    expected = "yes" if who in CHAIR else "not found"
    assert outcome(policy.request_seen_by, person(desk, who), made.pk) == expected
    assert outcome(policy.check_may_settle, person(desk, who), made) == expected


def test_who_was_let_out_sees_it_no_more(desk, review, now):
    readers.let_out(review, desk.ed, by=desk.cora, at=now)
    assert outcome(policy.check_may_see, desk.ed, review) == "not found"


# --- the same by address -----------------------------------------------------------------------------------

PAGES = {
    "": ("cora", "ed", "vic"),
    "plan/": ("cora", "ed", "vic"),
    "findings/": ("cora", "ed", "vic"),
    "findings.json": ("cora", "ed", "vic"),
    "report/": ("cora", "ed", "vic"),
    "dossier.zip": ("cora", "ed"),
    "said/": ("cora",),
    "product/": ("cora",),
    "new-claim/": ("cora",),
    "claims/adapts/": ("cora",),
    "hand-over/": ("cora",),
    "progress/": ("cora",),
}
SAID_NO = {("vic", "dossier.zip"), ("vic", "hand-over/"), ("ed", "hand-over/")}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_by_each_person(page, client, desk, review):
    address = f"/desk/reviews/{review.pk}/{page}"
    assert client.get(address).status_code == 302  # signed out: to the door
    for who in EVERYBODY[:-1]:
        client.force_login(person(desk, who))
        expected = 200 if who in PAGES[page] else 403 if (who, page) in SAID_NO else 404
        assert client.get(address).status_code == expected, who


@pytest.mark.parametrize("deed", ["decline/", "gather/", "freeze/", "start/"])
def test_each_step_is_the_chairs_alone(deed, client, desk, review):
    before = review.moves.count(), review.runs.count()
    for who in EVERYBODY[1:-1]:
        client.force_login(person(desk, who))
        assert client.post(f"/desk/reviews/{review.pk}/{deed}", {"why": "x"}).status_code == 404, who
    assert (review.moves.count(), review.runs.count()) == before


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("/desk/reviews/", {"cora", "ed", "flo", "vic", "val"}),
        ("/desk/reviews/begin/", CHAIR),
        ("/desk/reviews/take-in/", CHAIR),
        ("/desk/requests/", CHAIR),
        ("/desk/vendors/acme/", CHAIR),
    ],
)
def test_the_lists_by_each_person(page, who, client, desk, review):
    for name in EVERYBODY[:-1]:
        client.force_login(person(desk, name))
        assert client.get(page).status_code == (200 if name in who else 404), name


def test_a_list_holds_only_what_one_may_see(client, desk, review):
    for who, is_there in [("cora", True), ("ed", True), ("vic", True), ("flo", False), ("val", False)]:
        client.force_login(person(desk, who))
        assert (f"/desk/reviews/{review.pk}/" in client.get("/desk/reviews/").content.decode()) == is_there, (
            who
        )


def test_an_exhibits_page_and_bytes_by_each_person(client, desk, review):
    exhibit = Exhibit.objects.get(review=review)
    for address in (f"/desk/exhibits/{exhibit.pk}/", f"/desk/exhibits/{exhibit.pk}/bytes/"):
        for who in EVERYBODY[:-1]:
            client.force_login(person(desk, who))
            expected = 200 if who in {"cora", "ed", "vic"} else 404
            assert client.get(address).status_code == expected, (who, address)


def test_every_stage_is_open_to_somebody():
    assert set(policy.OPEN_TO_THE_CHAIR) | {Stage.REQUESTED, Stage.DECLINED, Stage.PUBLISHED} == set(Stage)
