"""Who may do what with stories, person by person; the query and the check tell the same story."""

import pytest

from plainview.desk.stories import policy, reply
from plainview.desk.stories.models import Standing, Story
from plainview.lobby.people.policy import Denied, NotSeen

EVERYONE = ["cora", "ed", "flo", "gus", "sten", "olu", "vic", "val", None]


def person(desk, who):
    return getattr(desk, who) if who else None


@pytest.fixture
def told(three_released, tell_one):
    """One of each standing: released, and held."""
    return three_released[0], tell_one()[0]


@pytest.mark.parametrize("who", EVERYONE)
def test_only_a_steward_looks_after_stories(desk, who):
    if who == "sten":
        policy.check_looks_after_stories(desk.sten)
    else:
        with pytest.raises(Denied):
            policy.check_looks_after_stories(person(desk, who))


@pytest.mark.parametrize("who", EVERYONE)
def test_the_query_and_the_check_tell_the_same_story(desk, told, who):
    seen = set(policy.stories_seen_by(person(desk, who)))
    for story in told:
        if story in seen:
            policy.check_may_see(person(desk, who), story)
        else:
            with pytest.raises(NotSeen):
                policy.check_may_see(person(desk, who), story)
    assert (told[1] in seen) == (who == "sten")


@pytest.mark.parametrize("who", EVERYONE)
def test_only_the_products_own_vendor_replies(desk, told, now, who):
    if who == "vic":
        assert reply.reply(told[0], words="We have mended it.", by=desk.vic, at=now).vendor == desk.acme
    else:
        with pytest.raises(Denied):
            policy.check_may_reply(person(desk, who), told[0])


def test_a_vendor_does_not_reply_to_what_nobody_can_read(desk, told):
    """Else its page would tell it of a story before anyone else hears of it."""
    with pytest.raises(NotSeen):
        policy.check_may_reply(desk.vic, told[1])


@pytest.mark.parametrize(("who", "sees"), [("sten", True), ("vic", True), ("val", False), ("cora", False)])
def test_a_reply_that_was_not_shown_is_its_writers_and_the_stewards(desk, told, now, who, sees):
    said = reply.reply(told[0], words="We have mended it.", by=desk.vic, at=now)
    assert (said in policy.replies_seen_by(person(desk, who))) == sees
    reply.show(said, by=desk.sten, at=now)
    assert said in policy.replies_seen_by(None)


DESK = ["", "slips/", "log/", "{held}/", "{released}/"]


@pytest.mark.parametrize("who", ["cora", "ed", "olu", "vic"])
@pytest.mark.parametrize("address", DESK)
def test_a_stewards_page_is_not_found_by_others(desk, told, signed_in_as, who, address):
    page = address.format(held=told[1].pk, released=told[0].pk)
    assert signed_in_as(getattr(desk, who)).get(f"/desk/stories/{page}").status_code == 404


@pytest.mark.parametrize("address", DESK)
def test_who_is_not_signed_in_is_led_to_the_door(desk, told, client, address):
    page = client.get(f"/desk/stories/{address.format(held=told[1].pk, released=told[0].pk)}")
    assert page.status_code == 302
    assert Story.objects.get(pk=told[1].pk).standing == Standing.HELD


@pytest.mark.parametrize("deed", ["accept", "mask", "take-away", "tag"])
@pytest.mark.parametrize("who", ["cora", "vic", "olu"])
def test_nobody_else_does_a_stewards_deed_by_its_address(desk, told, signed_in_as, deed, who):
    page = signed_in_as(getattr(desk, who)).post(f"/desk/stories/{told[1].pk}/{deed}/", {"reason": "names"})
    assert page.status_code == 404
    assert Story.objects.filter(pk=told[1].pk, standing=Standing.HELD).exists()


def test_another_vendor_does_not_open_the_page_for_a_reply(desk, told, signed_in_as):
    assert signed_in_as(desk.val).get(f"/desk/stories/{told[0].pk}/reply/").status_code == 403
    assert signed_in_as(desk.vic).get(f"/desk/stories/{told[0].pk}/reply/").status_code == 200
    assert signed_in_as(desk.vic).get(f"/desk/stories/{told[1].pk}/reply/").status_code == 404
