"""Erasing leaves nothing of a child's cards and decisions; those of the others stay, and the chain holds."""

import re
from uuid import UUID
from zlib import compress, decompress

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from plainview.classroom.evidence.models import Erasure
from plainview.classroom.guidance import chain, decide, erase, registers, standing
from plainview.classroom.guidance.decide import Change, Why
from plainview.classroom.guidance.models import (
    BlindPick,
    Decision,
    DecisionNote,
    Erased,
    Estimate,
    LastLook,
    Reading,
    StandingDecision,
    Suggestion,
)
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


@pytest.fixture
def ian(people):
    """The school's data manager."""
    return Person.objects.create(identifier="ian", given_name="Ian", role="data_manager", sign_in_name="ian")


@pytest.fixture
def shared(group_card, people, now):
    """Bo, Dee and Kai decided together, with words, a note on how it went, a veto and a first word."""
    card = group_card
    decide.pick_first(card, pick="do", by=people.ada, at=now)
    made = decide.do_it(card, by=people.ada, at=now, why=Why(words="Bo cried last time."))
    decide.note(made, kind=DecisionNote.Kind.OUTCOME, words="Bo laughed.", by=people.ada, at=now)
    decide.note(made, kind=DecisionNote.Kind.TOLD_FAMILY, by=people.ada, at=now)
    until = card.made_on.replace(month=6)
    standing.veto(card, people.bo, words="A quiet place.", ends_on=until, by=people.fay, at=now)
    return made


@pytest.fixture
def alone(shared, people, content, now):
    """Bo's own, taken back: two decisions, one of which supersedes the other."""
    made = decide.originate(
        people.room_4b,
        students=[people.bo],
        activity=content.sheet,
        competency=content.share,
        by=people.ada,
        at=now,
        client_key=UUID(int=7),
        why=Why(words="Only Bo."),
    )
    decide.take_back(made, by=people.ada, at=now, words="Not today.")
    return made


def erased(people, ian, now):
    return erase.erase(people.bo, ground=Erasure.Ground.RIGHT, by=ian, at=now)


def test_nothing_that_was_suggested_or_decided_about_the_child_stays(alone, people, ian, now):
    certificate = erased(people, ian, now)
    for model in (Suggestion, BlindPick, LastLook):
        assert not model.objects.exists(), model
    for model in (Estimate, Reading, StandingDecision):
        assert not model.objects.filter(student=people.bo).exists(), model
    assert not Decision.objects.filter(students=people.bo).exists()
    assert Decision.objects.count() == 1
    assert (certificate.is_open, len(certificate.digest)) == (False, 64)
    assert certificate.n_rows > 8
    assert Line.objects.order_by("-pk").first().deed == "guidance.erased"


def test_what_was_decided_about_the_others_stays_theirs(alone, shared, people, five, ian, now, today):
    own = set(people.bo.evidence.values_list("pk", flat=True))
    erased(people, ian, now)
    shared.refresh_from_db()
    assert set(shared.students.all()) == set(five[1:3])
    assert (shared.verdict, shared.rule, shared.by) == ("do_it", "reteach_together/1", people.ada)
    assert (shared.words, shared.suggestion) == ("[erased]", None)
    assert shared.evidence_ids
    assert not own & set(shared.evidence_ids)
    assert [note.kind for note in shared.notes.all()] == ["told_family"]
    assert Estimate.objects.filter(student=people.dee).exists()
    [told] = registers.for_family(people.dee, on=today)
    assert told.what == "Teach a small group again (Make equal fractions)"


def test_no_table_of_this_room_holds_the_child_any_more(alone, people, five, ian, now, everything):
    """Word for word: neither the name nor a piece of the child's work, in any row of guidance."""
    own = [f'"e{pk}"' for pk in people.bo.evidence.values_list("pk", flat=True)]
    erased(people, ian, now)
    rows = repr([rows for table, rows in everything().items() if table.startswith("guidance_")])
    for word in ("Bo ", "quiet place", "Only Bo", f"'s{people.bo.pk}'", f'"s{people.bo.pk}"', *own):
        assert word not in rows


def test_a_child_who_was_left_out_is_on_no_record_of_it(group_card, people, five, ian, now):
    made = decide.change_it(
        group_card, Change(students=(five[1].pk, five[2].pk)), by=people.ada, at=now, why=Why(words="Not Bo.")
    )
    assert made.diff == {"left_out": [f"s{people.bo.pk}"]}
    erased(people, ian, now)
    made.refresh_from_db()
    assert (made.diff, made.words, made.suggestion) == ({}, "[erased]", None)
    assert chain.first_broken(people.room_4b) is None


def test_a_no_with_words_alone_keeps_a_reason(group_card, people, ian, now):
    """The database asks for a reason: that there was one is still true."""
    made = decide.no(group_card, by=people.ada, at=now, why=Why(words="Bo is ill."))
    erased(people, ian, now)
    made.refresh_from_db()
    assert (made.verdict, made.words) == ("no", "[erased]")


def test_the_record_of_the_others_can_be_read_without_the_card(
    alone, shared, people, ian, now, signed_in_as, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    erased(people, ian, now)
    page = signed_in_as(people.ada).get(reverse("guidance:decision", args=[shared.pk])).content.decode()
    assert "The card was erased with a child" in page
    assert "Teach a small group again" in page
    assert "Everything up to here is as it was written." in page
    assert not re.search(r"\bBo\b", page.split("<main")[1])
    for name in ("guidance:cards", "day:morning"):
        assert signed_in_as(people.ada).get(reverse(name)).status_code == 200


# --- the chain ---------------------------------------------------------------------------------------------


def test_the_chain_holds_for_what_is_left(alone, shared, people, five, ian, now):
    assert chain.first_broken(people.room_4b) is None
    erased(people, ian, now)
    assert chain.first_broken(people.room_4b) is None
    erase.erase(people.dee, ground=Erasure.Ground.RIGHT, by=ian, at=now)
    assert chain.first_broken(people.room_4b) is None
    erase.erase(five[2], ground=Erasure.Ground.RIGHT, by=ian, at=now)
    assert not Decision.objects.exists()
    assert chain.first_broken(people.room_4b) is None


def without_triggers(table: str) -> None:
    """What someone with the file in her hands could do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def test_what_is_left_cannot_be_changed_unseen(alone, shared, people, ian, now):
    erased(people, ian, now)
    without_triggers("guidance_decision")
    Decision.objects.filter(pk=shared.pk).update(words="Something else.")
    assert chain.first_broken(people.room_4b) == 1


def test_a_decision_does_not_go_unseen_under_a_certificate_that_nobody_made(alone, shared, people, ian, now):
    """A row that calls it erased is not enough: the chain must say so too."""
    certificate = Erasure.objects.create(
        student_number=0, ground="right", done_by_number=ian.pk, at=now, is_open=False
    )
    without_triggers("guidance_decision")
    Decision.objects.filter(pk=shared.pk).update(words="Something else.")
    shared.refresh_from_db()
    left = chain.digest_of_what_is_left(shared.pk)
    Erased.objects.create(link=shared.link, left=left, certificate=certificate, sealed=shared.link + 1)
    assert chain.first_broken(people.room_4b) is not None


def test_the_command_walks_every_chain_and_names_the_place(alone, shared, people, capsys):
    call_command("verify_chain")
    assert capsys.readouterr().out == "1 chains read, 0 not as they were written.\n"
    without_triggers("guidance_decision")
    Decision.objects.filter(pk=shared.pk).update(verdict="not_now")
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_chain")
    said = capsys.readouterr().out
    assert f"class:{people.room_4b.pk}: changed at number 1 of 3." in said
    assert "1 chains read, 1 not as they were written." in said


def test_a_card_that_was_written_anew_after_the_decision_is_named(shared, capsys):
    card = shared.suggestion
    raw = decompress(card.export)
    without_triggers("guidance_suggestion")
    Suggestion.objects.filter(pk=card.pk).update(
        export=compress(raw.replace(b'"absent": false', b'"absent": true'))
    )
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_chain")
    assert f"the card under decision {shared.pk} is not the one" in capsys.readouterr().out


# --- the gate ----------------------------------------------------------------------------------------------


def refused(deed) -> None:
    with pytest.raises(DatabaseError, match="added to, never changed"), transaction.atomic():
        deed()


def test_without_a_certificate_nothing_goes_and_nothing_changes(alone, shared, people):
    refused(lambda: Decision.objects.filter(pk=shared.pk).update(words=""))
    refused(lambda: shared.students.remove(people.bo))
    refused(lambda: DecisionNote.objects.filter(decision=shared).delete())
    refused(lambda: BlindPick.objects.all().delete())
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("DELETE FROM guidance_decision"))


def test_what_a_card_said_stays_word_for_word(shared, group_card):
    for changed in ({"card": {}}, {"export": b""}, {"rule_version": 2}, {"model": ""}, {"key": "x"}):
        refused(lambda changed=changed: Suggestion.objects.update(**changed))
    refused(Suggestion.objects.get().save)
    refused(lambda: Suggestion.objects.all()._raw_delete("default"))
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("UPDATE guidance_suggestion SET export = x''"))
    kept = Suggestion.objects.get()
    assert (kept.card, bytes(kept.export)) == (group_card.card, bytes(group_card.export))


def test_a_certificate_lets_a_card_go_and_never_lets_it_change(group_card, people, ian, now):
    Erasure.objects.create(student_number=people.bo.pk, ground="right", done_by_number=ian.pk, at=now)
    refused(lambda: Suggestion.objects.update(export=b""))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM guidance_suggestion")
        cursor.execute("DELETE FROM guidance_suggestion_students")
    assert not Suggestion.objects.exists()


def test_a_certificate_opens_the_gate_for_its_own_child_alone(alone, shared, people, five, ian, now):
    Erasure.objects.create(student_number=five[4].pk, ground="right", done_by_number=ian.pk, at=now)
    refused(lambda: Decision.objects.filter(pk=shared.pk).update(words=""))
    refused(lambda: shared.students.remove(people.bo))


def test_no_gate_opens_for_who_decided_what(alone, shared, people, ian, now):
    Erasure.objects.create(student_number=people.bo.pk, ground="right", done_by_number=ian.pk, at=now)
    for changed in ({"verdict": "no"}, {"by": people.cy}, {"at": now}, {"rule": ""}, {"reasons": []}):
        refused(lambda changed=changed: Decision.objects.filter(pk=shared.pk).update(**changed))


def test_what_was_erased_stays_written(alone, people, ian, now):
    erased(people, ian, now)
    refused(lambda: Erased.objects.update(left=""))
    refused(lambda: Erased.objects.all().delete())
    assert not Erasure.objects.filter(is_open=True).exists()


@pytest.mark.parametrize("who", ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"])
def test_erasing_is_an_office(alone, people, now, who):
    with pytest.raises(Denied, match="data manager"):
        erase.erase(people.bo, ground="right", by=getattr(people, who), at=now)
    assert Decision.objects.filter(students=people.bo).exists()


def test_every_table_of_this_room_about_a_child_is_erased():
    erased_here = {StandingDecision, Estimate, Reading, Suggestion, Decision}
    about = {
        model
        for model in apps.get_app_config("guidance").get_models()
        if {"student", "students"} & {field.name for field in model._meta.get_fields() if field.is_relation}
    }
    assert about == erased_here
