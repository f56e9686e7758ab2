"""The database itself refuses to change or drop a row."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes

# Only an open certificate of erasure opens the gate, and only for its own child.
CERTIFIED = "EXISTS (SELECT 1 FROM evidence_erasure e WHERE e.is_open AND e.student_number = OLD.student_id)"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        refuse_changes("evidence_evidence", delete_unless=CERTIFIED),
        refuse_changes("evidence_judgement", delete_unless=CERTIFIED),
        refuse_changes("evidence_work", delete_unless=CERTIFIED),
    ]
