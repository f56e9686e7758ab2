"""The database itself refuses to change or drop a row."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        refuse_changes(
            "evidence_evidence",
            # Only an open certificate of erasure opens the gate, and only for its own child.
            delete_unless=(
                "EXISTS (SELECT 1 FROM evidence_erasure e "
                "WHERE e.is_open AND e.student_number = OLD.student_id)"
            ),
        ),
        refuse_changes(
            "evidence_judgement",
            delete_unless=(
                "EXISTS (SELECT 1 FROM evidence_erasure e "
                "WHERE e.is_open AND e.student_number = OLD.student_id)"
            ),
        ),
    ]
