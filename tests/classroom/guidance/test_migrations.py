"""A school that used guidance before loses nothing by a change of its tables, and the gates stand after."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

AT = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
BEFORE = ("guidance", "0003_a_childs_share_can_be_erased")
NOW = ("guidance", "0006_a_card_stays_as_it_was_written")


@pytest.fixture
def older(tmp_path, django_db_blocker):
    """A database of its own as it was before, and a way to bring it to another day."""
    connections.databases["older"] = connections.databases["default"] | {
        "NAME": str(tmp_path / "school.sqlite3")
    }

    def to(target):
        executor = MigrationExecutor(connections["older"])
        return executor.migrate([target]).apps

    with django_db_blocker.unblock():
        yield to
        connections["older"].close()
    del connections.databases["older"]
    del connections["older"]


def of(apps, model):
    return apps.get_model(model).objects.using("older")


@pytest.fixture
def school(older):
    """Two teachers, a card that asked first, what one of them said, and a 'never'."""
    apps = older(BEFORE)
    oak = of(apps, "people.School").create(identifier="oak", name="Oak")
    room = of(apps, "people.Class").create(identifier="4b", school=oak, title="4B", grade="4")
    ada, cy = [
        of(apps, "people.Person").create(identifier=name, given_name=name, role="teacher", sign_in_name=name)
        for name in ("ada", "cy")
    ]
    card = of(apps, "guidance.Suggestion").create(
        key="k", school_class=room, rule="move_on", rule_version=1, model="m", card={"a": 1}, export=b"x",
        lowers_expectation=False, is_group=False, blind_first=True, made_at=AT,
        made_on=date(2026, 3, 4), expires_on=date(2026, 3, 11),
    )  # fmt: skip
    of(apps, "guidance.BlindPick").create(suggestion=card, pick="do", by=ada, at=AT)
    of(apps, "guidance.StandingDecision").create(
        school_class=room, rule="move_on", way="never", ends_on=date(2026, 6, 1), by=ada, at=AT,
        acting_role="teacher",
    )  # fmt: skip
    return {"card": card.pk, "cy": cy.pk}


def refused(deed) -> None:
    with pytest.raises(DatabaseError, match="added to, never changed"), transaction.atomic("older"):
        deed()


def test_what_was_said_stays_and_the_other_teacher_can_say_hers(older, school):
    apps = older(NOW)
    picks = of(apps, "guidance.BlindPick")
    assert list(picks.values_list("by__identifier", "pick", "at")) == [("ada", "do", AT)]
    hers = {"suggestion_id": school["card"], "by_id": school["cy"], "pick": "leave", "at": AT}
    picks.create(**hers)
    with pytest.raises(IntegrityError), transaction.atomic("older"):
        picks.create(**hers)
    assert of(apps, "guidance.StandingDecision").get().rule_version == 1


def test_the_gates_stand_after_it_and_after_going_back(older, school):
    apps = older(NOW)
    refused(lambda: of(apps, "guidance.BlindPick").update(pick="leave"))
    refused(lambda: of(apps, "guidance.BlindPick").all()._raw_delete("older"))
    refused(lambda: of(apps, "guidance.Suggestion").update(card={}))
    apps = older(BEFORE)
    refused(lambda: of(apps, "guidance.BlindPick").update(pick="leave"))
    refused(lambda: of(apps, "guidance.BlindPick").all()._raw_delete("older"))
    assert of(apps, "guidance.Suggestion").update(card={}) == 1  # nothing forbade it then
