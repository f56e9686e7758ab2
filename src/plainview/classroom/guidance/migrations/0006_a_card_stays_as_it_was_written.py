"""What a card said, and the file it was made from, stay word for word; it goes only with one of its children."""

from django.db import migrations

from plainview.lobby.ledger.append_only import keep_columns

CERTIFIED = (
    "EXISTS (SELECT 1 FROM evidence_erasure c WHERE c.is_open AND c.student_number IN "
    "(SELECT t.person_id FROM guidance_suggestion_students t WHERE t.suggestion_id = OLD.id))"
)
# The stage and the last day live on: a card is decided, or goes away.
STAYS = [
    "key",
    "school_class_id",
    "competency_id",
    "rule",
    "rule_version",
    "model",
    "card",
    "export",
    "lowers_expectation",
    "is_group",
    "made_at",
    "made_on",
]


class Migration(migrations.Migration):
    dependencies = [("guidance", "0005_a_standing_decision_is_for_one_version_of_its_rule")]
    operations = [keep_columns("guidance_suggestion", STAYS, delete_unless=CERTIFIED)]
