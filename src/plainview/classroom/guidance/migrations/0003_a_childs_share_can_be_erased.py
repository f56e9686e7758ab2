"""A child's share of cards and decisions can be erased under a certificate, and the chain knows what is left."""

from django.db import migrations, models

from plainview.lobby.ledger.append_only import open_a_gate, refuse_changes

OPEN = "EXISTS (SELECT 1 FROM evidence_erasure c WHERE c.is_open AND c.student_number {of})"
# Those a decision is about, and those its card was about: a child may have been left out of it.
OF_A_DECISION = (
    "IN (SELECT s.person_id FROM guidance_decision_students s WHERE s.decision_id = {decision} "
    "UNION ALL SELECT t.person_id FROM guidance_suggestion_students t "
    "JOIN guidance_decision d ON d.suggestion_id = t.suggestion_id WHERE d.id = {decision})"
)
OF_A_CARD = (
    "IN (SELECT t.person_id FROM guidance_suggestion_students t WHERE t.suggestion_id = OLD.suggestion_id)"
)
DECISION = OPEN.format(of=OF_A_DECISION.format(decision="OLD.id"))
# Who decided what, when and on which grounds stays as it was, whoever goes.
STAYS = [
    "school_class_id",
    "competency_id",
    "activity",
    "verdict",
    "lowers_expectation",
    "reasons",
    "scope",
    "standing_id",
    "from_on",
    "to_on",
    "review_on",
    "reversible_until",
    "by_id",
    "acting_role",
    "at",
    "model",
    "rule",
    "snapshot_hash",
    "supersedes_id",
    "client_key",
    "digest",
    "link",
]


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0003_requests_and_certificates_stay"),
        ("guidance", "0002_decisions_are_never_changed"),
    ]
    operations = [
        migrations.CreateModel(
            name="Erased",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("link", models.BigIntegerField()),
                ("left", models.CharField(blank=True, max_length=64)),
                ("sealed", models.BigIntegerField()),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="+", to="evidence.erasure"
                    ),
                ),
            ],
        ),
        refuse_changes("guidance_erased"),
        open_a_gate("guidance_decision", delete_unless=DECISION, update_unless=DECISION, but_never=STAYS),
        open_a_gate("guidance_decision_students", delete_unless=OPEN.format(of="= OLD.person_id")),
        open_a_gate(
            "guidance_decisionnote",
            delete_unless=OPEN.format(of=OF_A_DECISION.format(decision="OLD.decision_id")),
        ),
        open_a_gate("guidance_blindpick", delete_unless=OPEN.format(of=OF_A_CARD)),
    ]
