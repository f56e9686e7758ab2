"""Letters: only to an address that said yes, at most one a day, with a way out in one press."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from plainview.desk.published.freeze import note_event
from plainview.desk.published.models import Event
from plainview.desk.register import digest, subscribe, tasks
from plainview.desk.register.models import Subscriber
from plainview.lobby.jobs.models import Job
from plainview.lobby.jobs.task import TASKS

from .conftest import a_condition, publish

DAY = date(2026, 12, 1)
SITE = "https://desk.example/"


@pytest.fixture
def reader(oak, now) -> Subscriber:
    """An address that said yes."""
    made = subscribe.ask(oak.oak, address="Reader@oak.example", language="en", site=SITE, by=oak.olu, at=now)
    subscribe.confirm(subscribe.token_of(made, subscribe.CONFIRM), at=now)
    mail.outbox.clear()
    return Subscriber.objects.select_related("district").get(pk=made.pk)


def nothing(*_told) -> None:
    """A worker that nobody watches."""


def test_an_address_is_told_nothing_before_it_says_yes(oak, now):
    made = subscribe.ask(oak.oak, address="a@oak.example", language="es", site=SITE, by=oak.olu, at=now)
    publish(a_condition(deadline=DAY))
    assert digest.batches(at=now + timedelta(days=60)) == []
    assert Job.objects.get().name == "register.mail_confirmation"
    tasks.mail_confirmation(nothing, subscriber=made.pk)
    (letter,) = mail.outbox
    assert letter.to == ["a@oak.example"] and SITE + "desk/register/yes/" in letter.body


def test_a_process_that_only_serves_pages_asks_for_the_letter_too(oak, now, monkeypatch):
    """It has not looked at this room's tasks before somebody asks: no worker lives in it."""
    monkeypatch.delitem(TASKS, "register.mail_confirmation")
    subscribe.ask(oak.oak, address="a@oak.example", language="en", site=SITE, by=oak.olu, at=now)
    assert Job.objects.get(name="register.mail_confirmation").module == "plainview.desk.register.tasks"


def test_an_address_that_does_not_answer_is_asked_once_a_day(oak, now):
    def asked(at) -> int:
        subscribe.ask(oak.oak, address="A@oak.example", language="en", site=SITE, by=oak.olu, at=at)
        Job.objects.filter(ended_at=None).update(state="done", due_at=None, ended_at=at)
        return Job.objects.count()

    assert asked(now) == 1
    assert asked(now + timedelta(hours=23)) == 1
    subscribe.take_off(Subscriber.objects.get(), by=oak.olu, at=now)
    assert asked(now + timedelta(hours=23)) == 1, "taken off and entered again, it is the same address"
    assert asked(now + timedelta(hours=25)) == 2
    assert "oak.example" not in str(list(Job.objects.values()))


def test_a_condition_reaches_its_reader_on_the_first_day_over_by_the_clock_alone(reader, now):
    publish(a_condition(deadline=DAY))
    late = timezone.make_aware(timezone.datetime(2026, 12, 2, 0, 30))
    assert digest.batches(at=late - timedelta(hours=1)) == []
    assert digest.batches(at=late) == [[reader.pk]]
    assert digest.send(reader, at=late)
    (letter,) = mail.outbox
    assert letter.subject == "A condition is overdue: Fractal"
    assert "Publish the log." in letter.body and SITE + "products/fractal/" in letter.body


def test_a_letter_has_a_way_out_in_one_press_and_nothing_that_counts_readers(reader, now):
    publish(at=now + timedelta(minutes=1))
    digest.send(reader, at=now + timedelta(hours=1))
    (letter,) = mail.outbox
    raw = letter.message()
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["List-Unsubscribe"].strip("<>").startswith(SITE + "desk/register/no/")
    assert raw.get_content_type() == "text/plain" and not letter.attachments
    links = [word for word in letter.body.split() if word.startswith("http")]
    assert links[:-1] == [SITE + "products/fractal/"], "no link but the page's own and the way out"


def test_a_reader_gets_one_letter_a_day_and_each_thing_once(reader, now):
    publish(at=now + timedelta(minutes=1))
    assert digest.send(reader, at=now + timedelta(hours=1))
    note_event(
        product="fractal", kind=Event.Kind.CORRECTION, at=now + timedelta(hours=2), words={"en": "A word."}
    )
    assert digest.batches(at=now + timedelta(hours=3)) == []
    tomorrow = now + timedelta(days=1)
    assert digest.batches(at=tomorrow) == [[reader.pk]]
    reader.refresh_from_db()
    digest.send(reader, at=tomorrow)
    assert "A word." in mail.outbox[1].body and "First." not in mail.outbox[1].body
    reader.refresh_from_db()
    assert not digest.send(reader, at=tomorrow + timedelta(days=1)), "nothing happened, nothing is written"


def test_news_of_what_the_district_does_not_use_are_not_told(reader, now):
    publish(a_condition(deadline=DAY), slug="secretly-used", name="Secretly Used")
    assert digest.batches(at=now + timedelta(days=60)) == []


def test_it_is_written_in_the_readers_language(reader, now):
    Subscriber.objects.update(language="es")
    reader.refresh_from_db()
    publish(a_condition(deadline=DAY))
    digest.send(reader, at=timezone.make_aware(timezone.datetime(2026, 12, 3)))
    assert "Publicar: log." in mail.outbox[0].body


def test_every_hour_asks_for_the_letters_once(reader, now, monkeypatch):
    publish(at=now + timedelta(minutes=1))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=1))
    assert tasks.news(nothing) == 1
    tasks.news(nothing)
    job = Job.objects.get(name="register.write_to")
    assert job.arguments == {"subscribers": [reader.pk]}
    assert tasks.write_to(nothing, **job.arguments) == 1
    assert tasks.write_to(nothing, **job.arguments) == 0, "done twice, it is sent once"


def test_one_address_that_is_refused_stops_no_other_and_the_job_is_tried_again(reader, oak, now, monkeypatch):
    other = subscribe.ask(oak.oak, address="other@oak.example", language="en", site=SITE, by=oak.olu, at=now)
    subscribe.confirm(subscribe.token_of(other, subscribe.CONFIRM), at=now)
    publish(at=now + timedelta(minutes=1))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=1))
    send = digest.letter

    def refusing(subscriber, found):
        if subscriber.pk == reader.pk:
            raise ConnectionRefusedError("the mail server is away")
        return send(subscriber, found)

    monkeypatch.setattr(digest, "letter", refusing)
    with pytest.raises(ConnectionRefusedError):
        tasks.write_to(nothing, subscribers=[reader.pk, other.pk])
    assert [letter.to for letter in mail.outbox] == [["other@oak.example"]]
    monkeypatch.setattr(digest, "letter", send)
    assert tasks.write_to(nothing, subscribers=[reader.pk, other.pk]) == 1
    assert [letter.to for letter in mail.outbox][1:] == [["reader@oak.example"]]


# --- yes and no --------------------------------------------------------------------------------------------


def test_a_program_that_opens_the_link_says_yes_for_nobody(oak, now, client):
    made = subscribe.ask(oak.oak, address="a@oak.example", language="en", site=SITE, by=oak.olu, at=now)
    link = reverse("register:confirm", args=[subscribe.token_of(made, subscribe.CONFIRM)])
    answer = client.get(link)
    assert answer.status_code == 200 and not answer.cookies
    assert Subscriber.objects.get().confirmed_at is None
    assert "We will write to you" in client.post(link).content.decode()
    assert Subscriber.objects.get().confirmed_at


def test_one_press_ends_the_letters_and_keeps_nothing_of_the_address(reader, client):
    link = reverse("register:stop", args=[subscribe.token_of(reader, subscribe.STOP)])
    client.get(link)
    assert Subscriber.objects.exists(), "opening the page ends nothing"
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and not answer.cookies
    assert not Subscriber.objects.exists()
    assert client.post(link).status_code == 200, "a second press finds nothing to do"


def test_a_link_is_good_for_one_thing_and_one_subscription(reader, oak, now, client):
    confirm = subscribe.token_of(reader, subscribe.CONFIRM)
    assert subscribe.of_token(confirm, subscribe.STOP) is None
    for token in ("x", confirm + "x", "1:2:3"):
        client.post(reverse("register:stop", args=[token]))
    assert Subscriber.objects.exists()
    Subscriber.objects.update(address="someone-else@oak.example")
    assert subscribe.of_token(confirm, subscribe.CONFIRM) is None


def test_an_address_that_never_answered_is_dropped(oak, reader, now):
    subscribe.ask(oak.oak, address="silent@oak.example", language="en", site=SITE, by=oak.olu, at=now)
    assert subscribe.drop_unanswered(asked_before=now + timedelta(days=8)) == 1
    assert Subscriber.objects.get() == reader
