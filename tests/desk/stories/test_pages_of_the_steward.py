"""A steward's morning: read, take a name out, accept, hold against what was found, release, print slips."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk.published.three_products import freeze_three

from plainview.desk.stories import desk_views
from plainview.desk.stories.days import period_of
from plainview.desk.stories.models import Fact, Moderation, Reply, Sheet, Slip, Standing, Story

LONG_AGO = timezone.localdate() - timedelta(days=40)


@pytest.fixture
def steward(desk, signed_in_as):
    return signed_in_as(desk.sten)


def test_the_list_says_nothing_of_when(steward, tell_one):
    for _n in range(3):
        tell_one()
    page = steward.get("/desk/stories/").content.decode()
    linked = [int(pk) for pk in re.findall(r"/desk/stories/(\d+)/", page)]
    assert linked == sorted(linked) and len(linked) == 3


def test_a_name_that_was_overlooked_is_ticked_and_gone(steward, tell_one):
    story, _code = tell_one(words="Then Mrs. Garcia and the quillfeather child left the room at once.")
    page = steward.get(f"/desk/stories/{story.pk}/").content.decode()
    assert "<mark>Mrs. Garcia</mark>" in page
    form = {"out": ["0"], "copied": "quillfeather", "reason": "names"}
    assert steward.post(f"/desk/stories/{story.pk}/mask/", form).status_code == 302
    assert Story.objects.get().words == "Then [left out] and the [left out] child left the room at once."


def test_nothing_ticked_is_said_and_nothing_done(steward, tell_one):
    story, _code = tell_one()
    assert steward.post(f"/desk/stories/{story.pk}/mask/", {"reason": "names"}).status_code == 422
    assert not Moderation.objects.exists()


def test_from_held_to_released(steward, tell_one):
    told = [tell_one(on=LONG_AGO)[0] for _n in range(3)]
    for story in told:
        assert steward.post(f"/desk/stories/{story.pk}/accept/").status_code == 302
    assert steward.post("/desk/stories/release/").status_code == 302
    released = Story.objects.filter(standing=Standing.RELEASED)
    assert {one.released_on for one in released} == {
        period_of(timezone.localdate())
    } and released.count() == 3


def test_two_alone_are_not_released_and_the_page_says_why(steward, tell_one):
    for story in [tell_one(on=LONG_AGO)[0] for _n in range(2)]:
        steward.post(f"/desk/stories/{story.pk}/accept/")
    page = steward.post("/desk/stories/release/")
    assert page.status_code == 403 and "so they wait" in page.content.decode()


def test_a_story_goes_with_a_reason_or_stays(steward, tell_one):
    story, _code = tell_one()
    address = f"/desk/stories/{story.pk}/take-away/"
    assert steward.post(address, {"reason": ""}).status_code == 422
    assert steward.post(address, {"reason": "free words"}).status_code == 422
    assert steward.post(address, {"reason": "advertisement"}).status_code == 302
    assert not Story.objects.exists()
    assert "it is an advertisement" in steward.get("/desk/stories/log/").content.decode()


@pytest.fixture
def fractal_is_published(desk):
    return freeze_three()[0]


def test_a_finding_corroborates_and_the_page_leads_to_it(
    steward, fractal_is_published, three_released, client
):
    story = three_released[0]
    form = {"says": "I could not change it", "standing": "corroborated", "check": "adaptivity.log_test/1"}
    assert steward.post(f"/desk/stories/{story.pk}/tag/", form).status_code == 302
    page = client.get(f"/stories/fractal/{story.pk}/").content.decode()
    assert "/products/fractal/1/" in page and "I could not change it" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"says": "words that are not there", "standing": "reported"}, 403),
        ({"says": "I could not change it", "standing": "corroborated", "check": ""}, 403),
        ({"says": "I could not change it", "standing": "contradicted", "check": "no.check/1"}, 422),
    ],
)
def test_nothing_is_corroborated_out_of_thin_air(steward, fractal_is_published, three_released, form, status):
    assert steward.post(f"/desk/stories/{three_released[0].pk}/tag/", form).status_code == status
    assert not Fact.objects.exists()


def test_slips_are_shown_once(steward):
    page = steward.post("/desk/stories/slips/", {"n": "10"})
    codes = re.findall(r"<b[^>]*>([A-Z0-9]{4}(?:-[A-Z0-9]{4}){3})</b>", page.content.decode())
    assert len(set(codes)) == 10 == Slip.objects.count()
    assert "no-store" in page["Cache-Control"]
    assert not any(code in steward.get("/desk/stories/slips/").content.decode() for code in codes)


def test_a_sheet_is_opened_with_the_number_that_drew(steward):
    steward.post("/desk/stories/slips/", {"n": "12"})
    sheet = Sheet.objects.get()
    steward.post(f"/desk/stories/slips/{sheet.pk}/open/", {"n_drawn": "3"})
    assert Sheet.objects.get().opened_on is None
    steward.post(f"/desk/stories/slips/{sheet.pk}/open/", {"n_drawn": "11"})
    assert Sheet.objects.get().n_drawn == 11


def test_a_reply_is_written_by_the_vendor_and_shown_by_the_steward(
    desk, three_released, signed_in_as, client
):
    story = three_released[0]
    vendor = signed_in_as(desk.vic)
    assert "Reply" in vendor.get("/desk/stories/ours/").content.decode()
    vendor.post(f"/desk/stories/{story.pk}/reply/", {"words": "It was mended <b>in</b> version 2.2."})
    said = Reply.objects.get()
    steward = signed_in_as(desk.sten)
    assert "It was mended" in steward.get("/desk/stories/").content.decode()
    steward.post(f"/desk/stories/replies/{said.pk}/show/")
    page = client.get(f"/stories/fractal/{story.pk}/").content.decode()
    assert "It was mended &lt;b&gt;in" in page and said.at.strftime("%Y-%m-%d") in page


def test_a_reply_that_names_somebody_is_not_shown_and_not_kept(desk, three_released, signed_in_as, now):
    vendor = signed_in_as(desk.vic)
    vendor.post(f"/desk/stories/{three_released[0].pk}/reply/", {"words": "That was surely Mrs. Garcia."})
    said = Reply.objects.get()
    steward = signed_in_as(desk.sten)
    assert steward.post(f"/desk/stories/replies/{said.pk}/keep-back/", {"reason": "court"}).status_code == 403
    steward.post(f"/desk/stories/replies/{said.pk}/keep-back/", {"reason": "names"})
    assert not Reply.objects.exists()
    assert Moderation.objects.filter(deed="reply_kept_back", reason="names").exists()


def test_the_lists_ask_the_database_as_often_for_many_as_for_few(
    steward, tell_one, django_assert_max_num_queries
):
    for _n in range(12):
        tell_one()
    with django_assert_max_num_queries(12):
        assert steward.get("/desk/stories/").status_code == 200
    assert desk_views.A_PAGE >= 12
