"""The pages of evidence, as each person meets them."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from plainview.classroom.evidence import amend, correct, images, judge, own_words
from plainview.classroom.evidence.models import (
    Amendment,
    AssignedBy,
    Evidence,
    Helped,
    Judgement,
    Kind,
    Medium,
    Work,
)
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Absence, Enrollment, FamilyChoice, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_the_fourth_of_march(now, today, monkeypatch, settings, tmp_path):
    """Only views read the clock; here it stands still."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: now)
    settings.MEDIA_ROOT = tmp_path


def png(colour="white") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(file, "PNG")
    file.seek(0)
    file.name = "work.png"
    return file


def looks(by, about) -> list[str]:
    return list(Line.objects.filter(by=by.pk, about=about.pk).values_list("deed", flat=True))


def text(response) -> str:
    return " ".join(response.content.decode().split())


CAPTURE = "/evidence/"


@pytest.fixture
def tapped(content, people, key):
    """What a thumb leaves behind on the page for notes."""

    def fields(**changes):
        said = {"children": [people.bo.pk], "competency": "4.NF.A.1", "outcome": "alone", "words": ""}
        said |= {"kind": "observation", "medium": "hands_on", "language": "en", "client_key": key(77).hex}
        return said | changes

    return fields


# --- the page for notes --------------------------------------------------------------------------------


def test_children_stand_by_name_and_opening_the_page_is_logged(signed_in_as, people, content):
    page = text(signed_in_as(people.ada).get(CAPTURE))
    assert page.index(">Bo<") < page.index(">Dee<")
    assert 'data-offline="queue"' in page
    assert looks(people.ada, people.bo) == looks(people.ada, people.dee) == ["evidence.capture.looked"]


@pytest.mark.parametrize(
    ("outcome", "shown", "helped"),
    [("alone", 1.0, "none"), ("helped", 1.0, "adult"), ("not_yet", 0.0, "none")],
)
def test_three_taps_write_it_down(signed_in_as, people, tapped, content, today, outcome, shown, helped):
    answer = signed_in_as(people.ada).post(CAPTURE, tapped(outcome=outcome))
    assert answer.status_code == 302
    row = Evidence.objects.get()
    assert (row.student, row.competency, row.kind, row.shown, row.helped, row.on, row.by) == (
        people.bo,
        content.equal,
        "observation",
        shown,
        helped,
        today,
        people.ada,
    )


def test_the_page_remembers_the_class_the_skill_and_the_medium(signed_in_as, people, tapped):
    browser = signed_in_as(people.ada)
    answer = browser.post(CAPTURE, tapped(competency="4.NF.A.2", medium="paper"), follow=True)
    assert answer.redirect_chain[0][0] == (
        f"/evidence/?class={people.room_4b.pk}&competency=4.NF.A.2&medium=paper&language=en"
    )
    page = text(answer)
    assert 'value="4.NF.A.2" checked' in page
    assert '<option value="paper" selected' in page
    assert "Written down for Bo." in page


def test_several_children_at_once(signed_in_as, people, tapped):
    answer = signed_in_as(people.ada).post(
        CAPTURE, tapped(children=[people.bo.pk, people.dee.pk]), follow=True
    )
    assert "Written down for Bo and Dee." in text(answer)
    assert Evidence.objects.count() == 2


def test_names_are_joined_as_the_readers_language_joins_them(signed_in_as, people, tapped):
    people.dee.given_name = "Inés"
    people.dee.save()
    both = tapped(children=[people.bo.pk, people.dee.pk])
    answer = signed_in_as(people.ada).post(CAPTURE, both, follow=True, headers={"accept-language": "es"})
    assert "Bo e Inés" in text(answer)


def test_who_writes_about_several_is_told_that_each_family_reads_it(signed_in_as, people, content):
    page = text(signed_in_as(people.ada).get(CAPTURE))
    assert "A note about several children is one text, and each of their families reads it." in page


def test_words_alone_and_about_nothing_in_particular(signed_in_as, people, tapped):
    said = tapped(outcome="words", competency="", words="Asked why twelve is so useful.")
    signed_in_as(people.ada).post(CAPTURE, said)
    row = Evidence.objects.get()
    assert (row.shown, row.competency, row.words) == (None, None, "Asked why twelve is so useful.")


def test_pressed_twice_it_counts_once_and_says_so(signed_in_as, people, tapped, now, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    browser = signed_in_as(people.ada)
    browser.post(CAPTURE, tapped())
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=2))
    again = browser.post(CAPTURE, tapped(words="and more"), follow=True)
    assert "kept before" in text(again)
    assert Evidence.objects.get().words == ""


def test_a_note_from_the_queue_is_answered_without_a_page(signed_in_as, people, tapped):
    sent = tapped(written_at="2026-03-02T15:00:00.000Z")
    browser = signed_in_as(people.ada)
    for _again in range(2):
        assert browser.post(CAPTURE, sent, headers={"X-Plainview-Queue": "1"}).status_code == 204
    assert str(Evidence.objects.get().on) == "2026-03-02"


@pytest.mark.parametrize(
    "clock",
    ["", "soon", "2026-03-02T15:00:00", "2031-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2026-13-40T00:00Z"],
)
def test_a_device_with_an_impossible_clock_is_not_believed(signed_in_as, people, tapped, today, clock):
    signed_in_as(people.ada).post(CAPTURE, tapped(written_at=clock))
    assert Evidence.objects.get().on == today


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"children": []}, "Tap a name"),
        ({"outcome": ""}, "Press one of the buttons"),
        ({"outcome": "words"}, "Say what you saw"),
        ({"competency": "9.XX"}, "not in the unit any more"),
        ({"on": "2026-03-05"}, "still to come"),
        ({"language": "klingon"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_typed_is_lost(
    signed_in_as, people, tapped, changes, sentence
):
    words = {} if changes.get("outcome") == "words" else {"words": "He folded it."}
    answer = signed_in_as(people.ada).post(CAPTURE, tapped(**words, **changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not words or "He folded it." in text(answer)
    assert not Evidence.objects.exists()


def test_a_child_of_another_class_and_one_who_is_not_there_are_told_alike(signed_in_as, people, tapped):
    other = Person.objects.create(identifier="zed", given_name="Zed", role="student")
    Enrollment.objects.create(
        person=other, school_class=people.next_door, role="student", begins_on="2025-09-01"
    )
    browser = signed_in_as(people.ada)
    told = [text(browser.post(CAPTURE, tapped(children=[pk]))) for pk in (other.pk, 999_999)]
    for page in told:
        assert "not in the class any more" in page
        assert "Zed" not in page
    assert not Evidence.objects.exists()


def test_a_class_without_children_says_who_fills_it(signed_in_as, people):
    page = text(signed_in_as(people.cy).get(CAPTURE))
    assert "No child is in Room 4C yet." in page
    assert '<form method="post" action="/evidence/"' not in page


def test_a_child_who_is_away_can_be_noted_and_the_page_says_so(signed_in_as, people, tapped, today):
    Absence.objects.create(student=people.bo, on=today, entered_by=people.ada)
    browser = signed_in_as(people.ada)
    assert "away" in text(browser.get(CAPTURE))
    assert "Today's list says away: Bo." in browser.post(
        CAPTURE, tapped(), follow=True
    ).content.decode().replace("&#x27;", "'")
    assert Evidence.objects.count() == 1


def test_two_of_one_name_are_told_apart(signed_in_as, people):
    twin = Person.objects.create(identifier="bo2", given_name="Bo", family_name="D'Angelo", role="student")
    Enrollment.objects.create(
        person=twin, school_class=people.room_4b, role="student", begins_on="2025-09-01"
    )
    page = text(signed_in_as(people.ada).get(CAPTURE))
    assert "Bo D." in page
    assert "Bo O." in page


def test_a_photograph_becomes_work(signed_in_as, people, tapped):
    signed_in_as(people.ada).post(CAPTURE, tapped(photo=png()))
    row = Evidence.objects.get()
    assert (row.kind, row.work.student, row.work.title) == ("work", people.bo, "Make equal fractions")
    assert Image.open(images.open_stored(row.work.image)).format == "JPEG"


def test_a_script_named_like_a_photograph_is_told_and_the_words_stay(signed_in_as, people, tapped):
    script = io.BytesIO(b"#!/bin/sh\nrm -rf /\n")
    script.name = "work.jpg"
    answer = signed_in_as(people.ada).post(CAPTURE, tapped(photo=script, words="He folded it."))
    assert answer.status_code == 422
    assert "This file holds text" in text(answer)
    assert "He folded it." in text(answer)
    assert not Evidence.objects.exists()
    assert not Work.objects.exists()


def test_a_photograph_larger_than_we_take_is_not_read_to_its_end(signed_in_as, people, tapped):
    large = io.BytesIO(b"\xff\xd8\xff" + b"x" * (images.LARGEST + 100_000))
    large.name = "work.jpg"
    answer = signed_in_as(people.ada).post(CAPTURE, tapped(photo=large, words="He folded it."))
    assert answer.status_code == 422
    assert "larger than 8 MB" in text(answer)
    assert "He folded it." in text(answer)


def test_no_photographs_of_a_child_whose_family_chose_so(signed_in_as, people, tapped, now):
    FamilyChoice.objects.create(student=people.bo, kind="no_photos", chosen=True, by=people.eve, at=now)
    browser = signed_in_as(people.ada)
    assert "No photos of: Bo." in text(browser.get(CAPTURE))
    answer = browser.post(CAPTURE, tapped(photo=png()))
    assert answer.status_code == 422
    assert "family chose no photos" in text(answer)
    assert not Work.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eve", 404), ("gus", 404), ("fay", 200)])
def test_only_adults_of_the_class_open_the_page(signed_in_as, people, who, status):
    assert signed_in_as(getattr(people, who)).get(CAPTURE).status_code == status


def test_signed_out_one_is_led_to_the_door(client):
    assert client.get(CAPTURE).status_code == 302


# --- one row -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ada", 200),
        ("fay", 200),
        ("bo", 200),
        ("eve", 200),
        ("cy", 404),
        ("dee", 404),
        ("gus", 404),
        ("hal", 404),
    ],
)
def test_who_reads_a_row_and_who_is_logged(signed_in_as, people, seen, who, status):
    person, row = getattr(people, who), seen()
    answer = signed_in_as(person).get(f"/evidence/{row.pk}/")
    assert answer.status_code == status
    logged = [deed for deed in looks(person, people.bo) if deed.endswith(".looked")]
    assert logged == (["evidence.row.looked"] if status == 200 and who != "bo" else [])


def test_a_row_says_who_when_in_which_language_and_with_what_help(signed_in_as, people, seen):
    row = seen(words="Dobló la tira <b>en tres</b>.", language="es", medium="paper", helped="peer")
    page = text(signed_in_as(people.ada).get(f"/evidence/{row.pk}/"))
    for said in (
        "Bo O&#x27;Neill",
        "Ada Okafor",
        "4 March 2026",
        "Español",
        "on paper",
        "with another child",
    ):
        assert said in page
    assert '<blockquote class="words" lang="es" dir="auto">Dobló la tira &lt;b&gt;en tres&lt;/b&gt;.' in page


def test_an_answer_shows_its_question_and_what_was_chosen(signed_in_as, people, answered):
    row = answered("b2", hints=2)
    page = text(signed_in_as(people.bo).get(f"/evidence/{row.pk}/"))
    for said in ("The question", "Which is more?", "I answered:", "3/8", "Not yet, that time.", "2 hints"):
        assert said in page
    for never in ("wrong", "incorrect", "0.0", "score"):
        assert never not in page.lower()


def test_a_corrected_row_leads_to_what_holds_and_tells_its_history(signed_in_as, people, seen, now, key):
    first = seen(words="Two strips.")
    second = correct.correct(
        first, by=people.ada, at=now, why="It was three.", client_key=key(2), words="Three strips."
    )
    browser = signed_in_as(people.eve)
    assert f"/evidence/{second.pk}/" in text(browser.get(f"/evidence/{first.pk}/"))
    page = text(browser.get(f"/evidence/{second.pk}/"))
    for said in ("Two strips.", "Three strips.", "It was three.", "Corrected later."):
        assert said in page


@pytest.mark.parametrize("kind", ["observation", "work", "talk", "rubric"])
def test_a_child_reads_her_own_row_as_told_to_her_and_finds_the_way_back(signed_in_as, people, seen, kind):
    row = seen(kind=kind, words="Folded it.", medium="paper", helped="none")
    page = text(signed_in_as(people.bo).get(f"/evidence/{row.pk}/"))
    for said in (
        "I did it on paper",
        "I did it on my own",
        "My teacher chose it",
        "Ada Okafor wrote it down",
    ):
        assert said in page
    main = page.split("<main")[1].split("</main>")[0]
    for never in ("on her or his own", "Who chose the task", "the teacher", "Who and how", "rubric"):
        assert never not in main
    assert f'href="{reverse("day:my_week")}">Back to my week' in page


def test_every_word_about_a_row_has_its_word_for_the_child():
    told = [
        (own_words.TITLES, Kind),
        (own_words.HOW, Medium),
        (own_words.HELPED, Helped),
        (own_words.CHOSEN, AssignedBy),
        (own_words.SAID, dict.fromkeys(["open", "fully", "partly", "not_yet"])),
    ]
    for words, vocabulary in told:
        assert set(words) == set(vocabulary)


# --- pictures ------------------------------------------------------------------------------------------


@pytest.fixture
def work(people, now, today, seen) -> Work:
    picture = images.redraw(png())
    path = images.store(picture, student_pk=people.bo.pk)
    said = {"title": "A strip", "made_on": today, "by": people.ada, "at": now}
    work = Work.objects.create(student=people.bo, image=path, digest=picture.digest, **said)
    seen(work=work, kind="work")
    return work


@pytest.mark.parametrize("who", ["ada", "fay", "bo", "eve"])
def test_a_picture_is_private_and_nothing_but_a_picture(signed_in_as, people, work, who):
    person = getattr(people, who)
    answer = signed_in_as(person).get(f"/evidence/work/{work.pk}/image/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert ("evidence.work.looked" in looks(person, people.bo)) == (who != "bo")


@pytest.mark.parametrize("who", ["cy", "dee", "gus", "hal"])
def test_a_picture_one_may_not_see_is_not_found(signed_in_as, people, work, who):
    assert signed_in_as(getattr(people, who)).get(f"/evidence/work/{work.pk}/image/").status_code == 404


def test_a_picture_the_browser_kept_is_asked_for_anew(signed_in_as, people, work):
    browser = signed_in_as(people.eve)
    kept = browser.get(f"/evidence/work/{work.pk}/image/")["ETag"]
    assert browser.get(f"/evidence/work/{work.pk}/image/", headers={"If-None-Match": kept}).status_code == 304
    browser.force_login(people.hal, backend="plainview.lobby.people.sign_in.AdultBackend")
    assert browser.get(f"/evidence/work/{work.pk}/image/", headers={"If-None-Match": kept}).status_code == 404


def test_a_picture_that_was_taken_back_is_shown_to_the_class_adults_only(
    signed_in_as, people, work, now, key
):
    row = Evidence.objects.get()
    correct.withdraw(row, by=people.ada, at=now, why="Dee's work", client_key=key(2))
    address = f"/evidence/work/{work.pk}/image/"
    assert signed_in_as(people.ada).get(address).status_code == 200
    assert signed_in_as(people.eve).get(address).status_code == 404
    assert signed_in_as(people.bo).get(address).status_code == 404


def test_a_picture_lost_from_the_disk_is_not_found(signed_in_as, people, work):
    images.remove_all_of(people.bo.pk)
    assert signed_in_as(people.ada).get(f"/evidence/work/{work.pk}/image/").status_code == 404


# --- putting it right ----------------------------------------------------------------------------------


@pytest.fixture
def correction(content, key):
    def fields(**changes):
        said = {"shown": "1", "competency": content.equal.pk, "words": "Folded a strip and saw it."}
        said |= {"helped": "none", "medium": "hands_on", "language": "en", "on": "2026-03-04"}
        return said | {"why": "I misheard.", "client_key": key(5).hex, "deed": "correct"} | changes

    return fields


def test_a_row_is_put_right(signed_in_as, people, seen, correction):
    row = seen()
    browser = signed_in_as(people.ada)
    assert "Put it right" in text(browser.get(f"/evidence/{row.pk}/correct/"))
    answer = browser.post(f"/evidence/{row.pk}/correct/", correction(shown="0.5", helped="adult"))
    newer = Evidence.objects.get(supersedes=row)
    assert answer.url == f"/evidence/{newer.pk}/"
    assert (newer.shown, newer.helped, newer.words, newer.why) == (0.5, "adult", row.words, "I misheard.")


def test_a_row_is_taken_back(signed_in_as, people, seen, correction):
    row = seen()
    signed_in_as(people.ada).post(f"/evidence/{row.pk}/correct/", correction(deed="withdraw"))
    assert Evidence.objects.get(supersedes=row).withdrawn


def test_a_correction_without_a_reason_is_asked_for(signed_in_as, people, seen, correction):
    row = seen()
    answer = signed_in_as(people.ada).post(f"/evidence/{row.pk}/correct/", correction(why=""))
    assert answer.status_code == 422
    assert not Evidence.objects.filter(supersedes=row).exists()


def test_a_paper_answer_that_was_not_read_again_is_not_marked_again(
    signed_in_as, people, answered, content, correction
):
    row = answered("b2", medium="paper", by=people.ada)
    said = correction(shown="1", medium="paper", words="", response="3/8")
    del said["competency"]
    signed_in_as(people.ada).post(f"/evidence/{row.pk}/correct/", said)
    newer = Evidence.objects.get(supersedes=row)
    assert (newer.response, newer.shown) == ("b2", 1.0)  # the teacher's word on what it showed


@pytest.mark.parametrize(
    ("who", "status"), [("fay", 403), ("eve", 403), ("bo", 403), ("cy", 404), ("hal", 404)]
)
def test_who_may_not_put_it_right_reads_why_or_nothing(signed_in_as, people, seen, who, status):
    assert signed_in_as(getattr(people, who)).get(f"/evidence/{seen().pk}/correct/").status_code == status


# --- a child's own word, the teacher's word ------------------------------------------------------------


def test_a_child_says_what_she_thinks(signed_in_as, people, content, key):
    browser = signed_in_as(people.bo)
    assert "What I think I can do" in text(browser.get("/evidence/self/"))
    said = {
        "competency": "4.NF.A.1",
        "outcome": "alone",
        "words": "I showed my sister.",
        "client_key": key(3),
    }
    answer = browser.post("/evidence/self/", said)
    row = Evidence.objects.get()
    assert (row.kind, row.shown, row.by, row.student) == ("self_assessment", 1.0, people.bo, people.bo)
    assert answer.url == f"/evidence/{row.pk}/"
    browser.post("/evidence/self/", said)
    assert Evidence.objects.count() == 1


def test_a_child_who_taps_nothing_is_asked_and_her_words_stay(signed_in_as, people, content):
    answer = signed_in_as(people.bo).post("/evidence/self/", {"words": "My sister knows."})
    assert answer.status_code == 422
    assert "Choose what it is about." in text(answer)
    assert "My sister knows." in text(answer)


def test_the_teacher_says_what_she_holds_with_the_work_in_view(signed_in_as, people, content, seen):
    seen(words="Explained it to Dee.")
    address = reverse("evidence:judge", args=[people.bo.pk, content.equal.pk])
    browser = signed_in_as(people.ada)
    assert "Explained it to Dee." in text(browser.get(address))
    assert looks(people.ada, people.bo).count("evidence.judge.looked") == 1
    answer = browser.post(f"{address}?next=/child/7/", {"state": "steady", "words": ""})
    assert answer.url == "/child/7/"
    assert Judgement.objects.get().state == "steady"


def test_one_is_never_led_to_a_strange_place(signed_in_as, people, content):
    address = reverse("evidence:judge", args=[people.bo.pk, content.equal.pk])
    answer = signed_in_as(people.ada).post(f"{address}?next=https://example.org/", {"state": "steady"})
    assert "example.org" not in answer.url.split("?")[0]


# --- a family's request --------------------------------------------------------------------------------


def test_a_family_asks_and_the_school_answers(signed_in_as, people, seen):
    row = seen()
    browser = signed_in_as(people.eve)
    address = f"/evidence/amend/{people.bo.pk}/?row={row.pk}"
    assert "Folded a strip" in text(browser.get(address))
    page = text(browser.post(address, {"words": "He was ill that day."}, follow=True))
    assert "An answer is due by Wednesday, 18 March." in page
    asked = Amendment.objects.get()
    browser = signed_in_as(people.ada)
    assert "He was ill that day." in text(browser.get("/evidence/amendments/"))
    page = text(browser.post(f"/evidence/amendments/{asked.pk}/", {"words": "I took it back."}, follow=True))
    assert "The family can read your answer now." in page
    assert "I took it back." in text(signed_in_as(people.eve).get(f"/evidence/amend/{people.bo.pk}/"))


def test_a_familys_word_stands_beside_the_row_for_those_it_is_meant_for(signed_in_as, people, seen, now):
    row = seen()
    amend.ask(student=people.bo, evidence=row, words="Custody matters.", by=people.eve, at=now)
    for who, reads in [("ada", True), ("fay", True), ("eve", True), ("bo", False)]:
        page = text(signed_in_as(getattr(people, who)).get(f"/evidence/{row.pk}/"))
        assert ("Custody matters." in page) == reads, who


def test_an_answer_given_meanwhile_is_told_and_not_overwritten(signed_in_as, people, now):
    asked = amend.ask(student=people.bo, evidence=None, words="He was ill.", by=people.eve, at=now)
    amend.answer(asked, words="Noted.", by=people.ada, at=now)
    answer = signed_in_as(people.ada).post(f"/evidence/amendments/{asked.pk}/", {"words": "Other."})
    assert answer.status_code == 422
    assert "answered this on" in text(answer)


@pytest.mark.parametrize("who", ["cy", "hal", "gus", "bo", "dee"])
def test_a_request_one_may_not_see_is_not_found(signed_in_as, people, now, who):
    asked = amend.ask(student=people.bo, evidence=None, words="He was ill.", by=people.eve, at=now)
    browser = signed_in_as(getattr(people, who))
    assert browser.get(f"/evidence/amendments/{asked.pk}/").status_code == 404
    assert browser.get(f"/evidence/amend/{people.bo.pk}/").status_code == 404


def test_a_row_of_another_child_cannot_be_drawn_into_a_request(signed_in_as, people, seen):
    row = seen(student=people.dee)
    assert signed_in_as(people.eve).get(f"/evidence/amend/{people.bo.pk}/?row={row.pk}").status_code == 404


# --- words alone, scores alone (invariant 6) -----------------------------------------------------------


def test_every_page_lives_with_words_alone(signed_in_as, people, seen, content):
    row = seen(shown=None, words="Asked why.")
    pages = [CAPTURE, f"/evidence/{row.pk}/", f"/evidence/{row.pk}/correct/"]
    pages += [reverse("evidence:judge", args=[people.bo.pk, content.equal.pk]), "/evidence/amendments/"]
    browser = signed_in_as(people.ada)
    for address in pages:
        assert browser.get(address).status_code == 200, address
    judge.judge(
        student=people.bo, competency=content.equal, state="steady", words="", by=people.ada, at=row.at
    )
    assert browser.get(pages[3]).status_code == 200


def test_every_page_lives_with_scores_alone(signed_in_as, people, answered, content):
    row = answered("a1")
    browser = signed_in_as(people.ada)
    for address in (CAPTURE, f"/evidence/{row.pk}/", f"/evidence/{row.pk}/correct/"):
        assert browser.get(address).status_code == 200, address


# --- every page an adult reads leaves a line (invariant 4) -------------------------------------------------

WHO_READS = {
    "capture": "ada",
    "record": "ada",
    "correct": "ada",
    "work_image": "ada",
    "judge": "ada",
    "amend": "eve",
    "amendments": "ada",
    "amendment": "ada",
    "self_assess": "bo",  # a child's own page; her own reading is nobody's business
}


def test_every_address_of_the_room_is_named_here():
    from plainview.classroom.evidence.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(WHO_READS)


@pytest.mark.parametrize("name", sorted(WHO_READS))
def test_every_page_by_which_an_adult_reads_a_childs_row_is_logged(
    signed_in_as, people, content, seen, now, work, name
):
    row = Evidence.objects.get(work=work)
    asked = amend.ask(student=people.bo, evidence=row, words="He was ill.", by=people.eve, at=now)
    arguments = {
        "record": [row.pk],
        "correct": [row.pk],
        "work_image": [work.pk],
        "judge": [people.bo.pk, content.equal.pk],
        "amend": [people.bo.pk],
        "amendment": [asked.pk],
    }
    person = getattr(people, WHO_READS[name])
    browser = signed_in_as(person)
    assert browser.get(reverse(f"evidence:{name}", args=arguments.get(name, []))).status_code == 200
    logged = [deed for deed in looks(person, people.bo) if deed.endswith(".looked")]
    assert len(logged) == (1 if person.is_adult else 0)
    if logged:
        from plainview.lobby.people.who_looked import DEEDS

        assert logged[0] in DEEDS, "the family reads this list: each deed has a name in words"
