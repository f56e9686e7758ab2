"""The database itself refuses to change or drop what was handed over for a condition."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0003_what_is_handed_over_for_a_condition")]
    operations = [refuse_changes("verdicts_proof")]
