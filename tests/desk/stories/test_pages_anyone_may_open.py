"""The pages of stories, as somebody without an account walks them."""

import re
from datetime import timedelta

import pytest

from plainview.desk.reviews.models import BEFORE_THE_VENDOR_IS_TOLD, Review
from plainview.desk.stories import code, moderate, reply, views
from plainview.desk.stories.models import Story
from plainview.lobby.people import hourly

WORDS = "Then Mrs. Garcia of Oak High School could not turn Fractal off for three weeks."
TOLD = {"product": "fractal", "teller": "family", "words": WORDS, "themes": ["say", "time"]}


@pytest.fixture(autouse=True)
def a_new_hour(monkeypatch):
    monkeypatch.setattr(views, "tries", hourly.Tries())
    monkeypatch.setattr(views, "SOONEST", timedelta(seconds=-1))


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


@pytest.fixture
def walk(desk, client):
    """Write, look, send; the page at the end."""

    def walked(language: str = "", keep: tuple[int, ...] = (), **said):
        address = f"{language}/stories/tell/"
        looked = client.post(address, TOLD | said | {"look": "1"})
        assert looked.status_code == 200, looked.content.decode()
        page = looked.content.decode()
        sent = {"seen": hidden(page, "seen"), "code": hidden(page, "code"), "keep": keep, "send": "1"}
        return client.post(address, TOLD | said | sent)

    return walked


def test_what_was_marked_is_taken_out_unless_the_person_keeps_it(walk):
    walk()
    assert Story.objects.get().words == (
        "Then [an adult] of [a school] could not turn Fractal off for three weeks."
    )


def test_what_the_person_keeps_stays(walk):
    walk(keep=(1,))
    assert "Oak High School" in Story.objects.get().words and "Garcia" not in Story.objects.get().words


def test_nothing_is_kept_before_it_is_sent(desk, client):
    page = client.post("/stories/tell/", TOLD | {"look": "1"}).content.decode()
    assert "<mark>Mrs. Garcia</mark>" in page
    assert not Story.objects.exists()


def test_the_code_on_the_last_page_takes_it_back(walk, client):
    code = re.search(r"<b>([A-Z0-9-]{19})</b>", walk().content.decode())[1]
    assert client.post("/stories/withdraw/", {"code": code}).status_code == 200
    assert not Story.objects.exists()


def test_words_that_were_not_looked_at_are_not_sent(desk, client):
    page = client.post("/stories/tell/", TOLD | {"look": "1"}).content.decode()
    changed = TOLD | {"words": WORDS + " And more.", "send": "1", "seen": hidden(page, "seen"), "code": "x"}
    assert client.post("/stories/tell/", changed).status_code == 422
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "nobodys", ["", "x", "AAAA-AAAA-AAAA", "AAAA-AAAA-AAAA-AAA1", "AAAAAAAAAAAAAAAA", "aaaa-aaaa-aaaa-aaaa"]
)
def test_a_code_that_was_not_drawn_here_is_not_taken_and_another_is_drawn(desk, client, nobodys):
    page = client.post("/stories/tell/", TOLD | {"look": "1"}).content.decode()
    sent = TOLD | {"seen": hidden(page, "seen"), "code": nobodys, "send": "1"}
    again = client.post("/stories/tell/", sent)
    assert again.status_code == 422 and "Please look at what is marked once more" in again.content.decode()
    assert not Story.objects.exists()
    fresh = hidden(again.content.decode(), "code")
    assert code.is_drawn(fresh) and fresh != nobodys
    whole = TOLD | {"seen": hidden(again.content.decode(), "seen"), "code": fresh, "send": "1"}
    assert client.post("/stories/tell/", whole).status_code == 200
    assert Story.objects.exists()


def test_a_machine_that_sends_at_once_is_shown_the_page_again(desk, client, monkeypatch):
    monkeypatch.setattr(views, "SOONEST", timedelta(seconds=2))
    page = client.post("/stories/tell/", TOLD | {"look": "1"}).content.decode()
    sent = TOLD | {"seen": hidden(page, "seen"), "code": "x", "send": "1"}
    assert client.post("/stories/tell/", sent).status_code == 422
    assert not Story.objects.exists()


@pytest.mark.parametrize("address", ["", "tell/", "withdraw/", "moderation/", "fractal/"])
@pytest.mark.parametrize("language", ["", "/es"])
def test_no_page_sets_a_cookie(desk, client, address, language):
    page = client.get(f"{language}/stories/{address}")
    assert page.status_code == 200
    assert not page.cookies and not client.cookies
    assert "<script" not in page.content.decode()


def test_no_step_of_telling_sets_a_cookie_or_may_be_kept(walk, client):
    page = walk()
    assert page.status_code == 200 and not client.cookies
    assert "no-store" in page["Cache-Control"]


def test_a_page_of_another_site_sends_nothing(desk, client):
    for sign in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert client.post("/stories/tell/", TOLD | {"look": "1"}, headers=sign).status_code == 403
    own = client.post("/stories/tell/", TOLD | {"look": "1"}, headers={"origin": "http://testserver"})
    assert own.status_code == 200


def test_one_place_sends_so_many_an_hour(walk, monkeypatch):
    monkeypatch.setattr(views, "MOST_SENT", 2)
    assert [walk().status_code for _n in range(3)] == [200, 200, 429]
    assert Story.objects.count() == 2


def test_with_a_slip_nobody_waits(walk, open_codes, monkeypatch):
    """Thirty educators leave the same meeting, and sit behind one address."""
    monkeypatch.setattr(views, "MOST_SENT", 0)
    assert walk(slip=open_codes[0]).status_code == 200
    assert Story.objects.get().is_verified


def test_a_code_that_is_no_slips_is_said_beside_the_field(desk, client):
    page = client.post("/stories/tell/", TOLD | {"slip": "ABCD-ABCD-ABCD-ABCD", "look": "1"})
    assert page.status_code == 422
    assert "not known here" in page.content.decode()


def test_slips_are_not_tried_without_end(desk, client, open_codes, monkeypatch):
    """A good one is not told from a bad one once the tries of the hour are used."""
    monkeypatch.setattr(views, "MOST_SLIPS", 2)
    for _n in range(2):
        client.post("/stories/tell/", TOLD | {"slip": "ABCD-ABCD-ABCD-ABCD", "look": "1"})
    page = client.post("/stories/tell/", TOLD | {"slip": open_codes[0], "look": "1"})
    assert page.status_code == 422 and "many times from your network" in page.content.decode()
    assert client.post("/stories/tell/", TOLD | {"look": "1"}).status_code == 200


def test_what_somebody_wrote_is_never_read_as_markup(walk, client, let_out, tell_one):
    nasty = "Then </textarea><script>alert(1)</script> came, {{ 7|add:7 }} <img src=x onerror=alert(1)>."
    page = client.post("/stories/tell/", TOLD | {"words": nasty, "look": "1"}).content.decode()
    assert "<script>alert" not in page and "<img" not in page
    stories = let_out(tell_one(words=nasty)[0], tell_one()[0], tell_one()[0])
    shown = (
        client.get(f"/stories/fractal/{stories[0].pk}/").content.decode()
        + client.get("/stories/fractal/").content.decode()
    )
    assert "<script>alert" not in shown and "<img" not in shown and "&lt;script&gt;" in shown


def test_a_story_that_was_not_released_is_not_found(tell_one, desk, now, client):
    story, _code = tell_one()
    moderate.accept(story, by=desk.sten, at=now)
    assert client.get(f"/stories/fractal/{story.pk}/").status_code == 404
    assert story.words not in client.get("/stories/fractal/").content.decode()


def test_a_story_stands_with_its_reply_and_what_is_known_of_it(three_released, desk, now, client):
    story = three_released[0]
    said = reply.reply(story, words="We mended it in version 2.2.", by=desk.vic, at=now)
    address = f"/stories/fractal/{story.pk}/"
    assert "We mended it" not in client.get(address).content.decode()
    reply.show(said, by=desk.sten, at=now)
    page = client.get(address).content.decode()
    assert page.index(story.words) < page.index("We mended it in version 2.2.")


def test_it_speaks_spanish(walk, desk, client):
    assert '<html lang="es"' in client.get("/es/stories/tell/").content.decode()
    walk(language="/es", words="La maestra Rosa de la Escuela Benito Juárez no pudo apagar Fractal.")
    assert Story.objects.get().language == "es"


@pytest.mark.parametrize("stage", BEFORE_THE_VENDOR_IS_TOLD)
def test_nobody_learns_here_that_a_product_is_looked_at_before_its_vendor_is_told(desk, client, stage):
    assert "Fractal" in client.get("/stories/tell/").content.decode()
    assert client.get("/stories/fractal/").status_code == 200
    Review.objects.update(stage=stage)
    assert "Fractal" not in client.get("/stories/tell/").content.decode()
    assert client.get("/stories/fractal/").status_code == 404
    assert client.post("/stories/tell/", TOLD | {"look": "1"}).status_code == 422
