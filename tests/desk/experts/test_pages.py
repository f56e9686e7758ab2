"""Each page, person by person; the whole way by its own forms; and what a page never shows."""

from django.urls import reverse
from tests.desk.experts.conftest import PANEL

from plainview.core.dossier.bank import bank
from plainview.desk.experts import made_up
from plainview.desk.experts.models import Ballot, Consolidated, Declaration, Rating, Revision, Round
from plainview.desk.reviews.models import Stage
from plainview.lobby.ledger.models import Line

EVERYONE = ["cora", "ed", "flo", "gus", "sten", "olu", "vic", "val"]


def url(name, *args):
    return reverse(f"experts:{name}", args=args)


def statuses(signed_in_as, panel, address, post=None) -> dict[str, int]:
    found = {}
    for who in EVERYONE:
        client = signed_in_as(panel.person(who))
        found[who] = (client.get(address) if post is None else client.post(address, post)).status_code
    return found


def those(found: dict[str, int], status=200) -> set[str]:
    return {who for who, said in found.items() if said == status}


def test_who_finds_which_page(rating, signed_in_as, client):
    for who in ("flo", "gus"):
        rating.hand_in(who)
    asked = rating.invitation("ed")
    pages = {
        url("home"): {"cora", *PANEL},
        url("practice"): set(PANEL),
        url("practice_product", "acorn"): set(PANEL),
        url("practised", rating.desk.ed.practices.get().pk): {"ed"},
        url("invitation", asked.pk): {"ed"},
        url("declare", asked.pk): {"ed"},
        url("ballot", asked.pk): {"ed"},
        url("part", asked.pk, "data"): {"ed"},
        url("panel", rating.review.pk): {"cora"},
        url("together", rating.round.pk): set(),
        url("question", rating.round.pk, 5): set(),
    }
    for address, readers in pages.items():
        found = statuses(signed_in_as, rating, address)
        assert those(found) == readers, address
        assert set(found.values()) <= {200, 404}, address
    client.logout()
    for address in pages:
        assert client.get(address).status_code == 302, "signed out: to the door"


def test_what_is_posted_by_another_is_not_found_and_changes_nothing(rating, signed_in_as):
    rating.ballot("ed")
    asked = rating.invitation("ed")
    for who in ("flo", "cora", "vic", "olu", "sten"):
        client = signed_in_as(rating.person(who))
        for address in (
            url("keep", asked.pk, 5), url("leave", asked.pk, "data"), url("hand_in", asked.pk),
            url("answer", asked.pk), url("declare", asked.pk),
        ):  # fmt: skip
            assert client.post(address, {"level": "4", "because": "x"}).status_code == 404, (who, address)
    for who in ("flo", "vic", "olu", "sten"):
        client = signed_in_as(rating.person(who))
        for address in (
            url("let_go", asked.pk), url("open", rating.round.pk), url("note_alike", rating.round.pk),
            url("ask", rating.review.pk), url("begin", rating.review.pk),
        ):  # fmt: skip
            assert client.post(address, {"why": "x"}).status_code == 404, (who, address)
    assert not Rating.objects.exists() and rating.review.stage == Stage.RATING


def test_once_ratings_are_opened_no_link_asks_for_a_declaration_anew(opened, signed_in_as):
    asked = opened.invitation("ed")
    page = signed_in_as(opened.desk.ed).get(url("invitation", asked.pk)).content.decode()
    assert url("declare", asked.pk) not in page
    asked.review.stage = Stage.RATING
    asked.review.save(update_fields=["stage"])
    page = signed_in_as(opened.desk.ed).get(url("invitation", asked.pk)).content.decode()
    assert url("declare", asked.pk) in page


def test_before_she_declares_the_invitation_shows_no_more_than_the_product(panel, signed_in_as):
    panel.ask("ed")
    client = signed_in_as(panel.desk.ed)
    page = client.get(url("invitation", panel.invitation("ed").pk)).content.decode()
    assert "Fractal" in page and "Acme" in page
    assert client.get(reverse("reviews:review", args=[panel.review.pk])).status_code == 404
    assert client.get(url("ballot", panel.invitation("ed").pk)).status_code == 403


def test_the_whole_way_by_its_forms_alone(panel, signed_in_as):
    """Asked, answered, declared, practised, rated, handed in, opened, thought again, noted: no scripts."""
    for who in PANEL:
        signed_in_as(panel.desk.cora).post(url("ask", panel.review.pk), {"expert": panel.person(who).pk})
        _say_yes_and_declare(panel, signed_in_as, who)
        _practise(signed_in_as(panel.person(who)))
    signed_in_as(panel.desk.cora).post(url("begin", panel.review.pk), {"practice_bar": "80"})
    assert panel.review.stage == Stage.RATING and panel.round.practice_bar == 80
    for level, who in enumerate(PANEL):
        _rate(panel, signed_in_as, who, level)
    client = signed_in_as(panel.desk.cora)
    answer = client.post(url("open", panel.round.pk))
    assert answer.url == url("together", panel.round.pk) and panel.review.stage == Stage.CONSOLIDATING
    assert "Widest apart" in client.get(answer.url).content.decode()
    client = signed_in_as(panel.desk.gus)
    address = url("question", panel.round.pk, 5)
    assert client.post(address, {"level": "2", "because": ""}).status_code == 422
    client.post(address, {"level": "1", "because": "Flo saw the list, I had not"})
    assert Revision.objects.get().level == 1
    client = signed_in_as(panel.desk.cora)
    client.post(address, {"level": "apart", "why": "no common reading"})
    assert Consolidated.objects.get().level is None
    assert client.post(url("note_alike", panel.round.pk)).status_code == 302
    page = client.get(address).content.decode()
    assert "Flo saw the list" in page and "They stay apart." in page


def _say_yes_and_declare(panel, signed_in_as, who):
    client, asked = signed_in_as(panel.person(who)), panel.invitation(who)
    assert client.post(url("answer", asked.pk), {"answer": "yes"}).url == url("declare", asked.pk)
    nothing_said = client.post(url("declare", asked.pk), {"role_words": "a teacher"})
    assert nothing_said.status_code == 422 and not Declaration.objects.filter(invitation=asked).exists()
    said = dict.fromkeys(
        [
            "took_part_in_building",
            "took_part_in_distributing",
            "took_part_in_buying",
            "has_financial_interest",
        ],
        "no",
    )
    assert client.post(url("declare", asked.pk), {"role_words": "a teacher", **said}).status_code == 302


def _practise(client):
    for one in made_up.products("en"):
        client.post(
            url("practice_product", one.slug), {f"q{known.question}": known.level for known in one.key}
        )
    answer = client.post(url("finish"))
    assert "Nowhere." in client.get(answer.url).content.decode()


def _rate(panel, signed_in_as, who, level):
    client, asked = signed_in_as(panel.person(who)), panel.invitation(who)
    assert client.get(url("ballot", asked.pk)).status_code == 200
    kept = client.post(url("keep", asked.pk, 5), {"level": level, "note": "seen"})
    assert kept.url == f"{url('part', asked.pk, 'algorithm')}#q5"
    assert client.post(url("keep", asked.pk, 6), {"level": "apart"}).status_code == 422, (
        "a reason is asked for"
    )
    client.post(url("keep", asked.pk, 6), {"level": "apart", "cannot_because": "refused"})
    assert client.post(url("hand_in", asked.pk)).status_code == 403, "not whole yet"
    for about in dict.fromkeys(one.about for one in bank().values()):
        client.post(url("leave", asked.pk, about), {"because": "nothing to see"})
    assert client.post(url("hand_in", asked.pk)).status_code == 302
    assert "seen" in client.get(url("ballot", asked.pk)).content.decode(), "her own, to read"
    assert client.get(url("part", asked.pk, "data")).status_code == 403, "and fixed"


def test_every_form_of_a_part_carries_its_token(rating, signed_in_as):
    """A question is put together from a piece of its own, and the token must reach it: scripts may be off."""
    page = signed_in_as(rating.desk.ed).get(url("part", rating.invitation("ed").pk, "data")).content.decode()
    forms = page.split("<form")[1:]
    assert len([one for one in forms if "/keep/" in one.split(">")[0]]) == 7
    assert all("csrfmiddlewaretoken" in one for one in forms if 'method="post"' in one.split(">")[0])


def test_with_scripts_one_question_comes_back_alone(rating, signed_in_as):
    client, asked = signed_in_as(rating.desk.ed), rating.invitation("ed")
    headers = {"HX-Request": "true"}
    answer = client.post(url("keep", asked.pk, 5), {"level": "3"}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Kept: level 3." in page and "<html" not in page
    answer = client.post(url("keep", asked.pk, 5), {"level": "3", "cannot_because": "x"}, headers=headers)
    assert answer.status_code == 422 and "not both" in answer.content.decode()
    assert Rating.objects.get().level == 3, "what was kept stays"


def test_why_a_level_was_chosen_in_practice_is_shown_beside_the_key(panel, signed_in_as):
    client = signed_in_as(panel.desk.ed)
    for one in made_up.products("en"):
        said = {f"q{known.question}": (known.level + 1) % 5 for known in one.key}
        client.post(url("practice_product", one.slug), said | {"n5": "<b>a list is a list</b>"})
    page = client.get(url("practice_product", "acorn")).content.decode()
    assert 'value="&lt;b&gt;a list is a list&lt;/b&gt;"' in page
    answer = client.post(url("finish"))
    page = client.get(answer.url).content.decode()
    assert page.count("&lt;b&gt;a list is a list&lt;/b&gt;") == 3 and "<b>a list" not in page


def test_a_note_is_shown_as_it_was_written_and_runs_nothing(rating, signed_in_as):
    note = "<script>alert(1)</script> \N{RIGHT-TO-LEFT OVERRIDE} naïve 測試 🙂 {{ 7|add:7 }}"
    client, asked = signed_in_as(rating.desk.ed), rating.invitation("ed")
    client.post(url("keep", asked.pk, 5), {"level": "3", "note": note})
    assert Rating.objects.get().note == note
    page = client.get(url("part", asked.pk, "algorithm")).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page and "測試 🙂" in page
    for who in PANEL:
        if who != "ed":
            rating.hand_in(who)
    for about in dict.fromkeys(one.about for one in bank().values()):
        client.post(url("leave", asked.pk, about), {"because": note})
    client.post(url("hand_in", asked.pk))
    rating.open()
    for address in (
        url("ballot", asked.pk), url("together", rating.round.pk), url("question", rating.round.pk, 5),
        url("question", rating.round.pk, 6),
    ):  # fmt: skip
        assert "<script>alert" not in client.get(address).content.decode()


def test_a_nul_byte_and_a_letter_for_a_level_are_told_and_nothing_breaks(rating, signed_in_as):
    client, asked = signed_in_as(rating.desk.ed), rating.invitation("ed")
    assert client.post(url("keep", asked.pk, 5), {"level": "3", "note": "a\x00b"}).status_code == 422
    for level in ("9", "-1", "x", "٣", "3" * 5000):
        assert client.post(url("keep", asked.pk, 5), {"level": level}).status_code == 422
    assert client.post(url("keep", asked.pk, 46), {"level": "3"}).status_code == 404
    assert not Rating.objects.exists()


def test_the_chair_sees_who_has_handed_in_and_declarations_and_not_a_level(rating, signed_in_as):
    rating.hand_in("ed")
    page = signed_in_as(rating.desk.cora).get(url("panel", rating.review.pk)).content.decode()
    assert page.count("<span>has handed in</span>") == 1
    assert "nothing stands against rating" in page
    assert "Until then nobody sees any rating" in page


def test_a_panel_that_is_not_there_is_not_found(rating, signed_in_as):
    client = signed_in_as(rating.desk.cora)
    for name in ("panel", "together"):
        assert client.get(url(name, 999_999)).status_code == 404
    assert Round.objects.count() == 1 and Ballot.objects.count() == 0


def test_the_ledger_holds_no_level_and_no_word_of_a_rating(rating):
    rating.hand_in("ed", lambda n: 3)
    lines = Line.objects.filter(deed__startswith="experts.ballot")
    ballot = Ballot.objects.get(invitation__expert=rating.desk.ed)
    assert {(one.about, one.thing) for one in lines} == {(None, ballot.pk)}
